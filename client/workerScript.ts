/** The script of a browser's workers: the program, and the chunks that it shares with the program for Node. */

/** Chunks (`scripts/bundles.mjs`) that the program in a browser uses, by their names. */
export const SHARED_CHUNKS = ['algebra', 'katex'] as const;

/** A file's bytes, or its text. */
type Part = string | ArrayBuffer | Uint8Array;

/** The parts of the script, to be put one behind the other. A chunk is a function that the program calls when it needs it. */
export function workerScript<P extends Part>(program: P, chunks: readonly P[]): (P | string)[] {
  const parts: (P | string)[] = ['globalThis.reckonerChunks = {\n'];
  for (const [at, name] of SHARED_CHUNKS.entries())
    parts.push(`${JSON.stringify(name)}(module, exports) {\n`, chunks[at]!, '\n},\n');
  return [...parts, '};\n', program];
}
