/** Markdown trees (mdast, with nodes for what Pandoc adds) for the preview and whoever needs the structure of a text. */
export type * from './nodes';
export { blockTree, inlineTree, markdownTree, parseBlock } from './tree';
