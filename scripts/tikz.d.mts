/** Types of tikz.mjs. */
export function packTikz(folder: string, quality: number): void;
export function outlinesOf(font: Buffer): Buffer;
