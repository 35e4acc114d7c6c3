/** Quarto Markdown to `Chapter`. */
export type * from './model';
export {
  editChapter,
  MAX_BLOCKS,
  MAX_CHAPTER_LENGTH,
  type ParserLog,
  type ParseUpdate,
  parseChapter,
  withInherited,
} from './parse';
