/** Types of tikz.mjs. */
export function packTikz(folder: string, quality: number): void;
export function outlinesOf(font: Buffer): Buffer;
export function packMemory(memory: Uint8Array, isTried?: boolean): Buffer;
