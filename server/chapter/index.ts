/** Quarto Markdown to `Chapter`. */
export type * from './model';
export { editChapter, parseChapter } from './parse';
