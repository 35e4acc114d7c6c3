/** The prose tree: what a block of a chapter means. */
export { readBlock, readInline, readText } from './blocks';
export * from './nodes';
