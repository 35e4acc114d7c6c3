/** Quarto Markdown to `Chapter`. */
export type * from './model';
export { parseChapter } from './parse';
