/**
 * The script of a browser's workers: the program and its chunks, which are made for Node, in a scope in which they find what they
 * require. What only Node needs of the program is not initialised here, so that nothing of Node's own modules but paths is used.
 */

/** Chunks (`scripts/bundles.mjs`) that the program in a browser uses, by their names, and what stands in the place of Node's paths. */
export const SHARED_CHUNKS = ['algebra', 'katex', 'highlight', 'citeproc', 'browser/paths'] as const;

/** A file's bytes, or its text. */
type Part = string | ArrayBuffer | Uint8Array;

/** Runs each chunk when it is first required; all other modules are empty. */
const REQUIRE = `const loaded = {};
const require = name => {
  const chunk = name === 'node:path' ? 'browser/paths' : name.replace(/^\\.\\/|\\.js$/g, '');
  if (loaded[chunk] === undefined) {
    const module = (loaded[chunk] = { exports: {} });
    chunks[chunk]?.(module, module.exports);
  }
  return loaded[chunk].exports;
};
const module = { exports: {} };
const { exports } = module;
`;

/** The parts of the script, to be put one behind the other. */
export function workerScript<P extends Part>(program: P, chunks: readonly P[]): (P | string)[] {
  const parts: (P | string)[] = ['{\nconst chunks = {\n'];
  for (const [at, name] of SHARED_CHUNKS.entries())
    parts.push(`${JSON.stringify(name)}(module, exports) {\n`, chunks[at]!, '\n},\n');
  return [...parts, '};\n', REQUIRE, '(() => {\n', program, '\n})();\nvoid module.exports.serveWorker();\n}\n'];
}
