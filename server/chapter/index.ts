/** Quarto Markdown to `Chapter`. */
export { composeAgain, composeChapter, editComposed, ownText } from './compose';
export type { PartialFiles } from './composition';
export type * from './model';
export {
  editChapter,
  MAX_BLOCKS,
  MAX_CHAPTER_LENGTH,
  parseChapter,
  withInherited,
} from './parse';
