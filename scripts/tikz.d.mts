/** Types of tikz.mjs. */
export function packTikz(folder: string, quality: number): void;
