/** Analysis to HTML: the live preview of a chapter. */
import type { Chapter } from '../chapter/model';

export { RenderCache, type RenderedChapter, renderChapter, renderSteps, titleOf } from './chapter';
export type { Drawing, GraphFile, Notebook, NotebookCell, NotebookOutput, PreviewContext } from './context';
export { alonePage, contentsPage, livePage, type PageContents } from './page';
export { PreviewSession } from './session';

export { refusalOf, type TypesetOutcome, type TypesetRequest } from './typeset';

/** True where a chapter may hold drawings. */
export function needsDrawings({ blocks }: Chapter): boolean {
  return blocks.some(({ text }) => text.includes('tikz') && /(?<![`~])[`~]{3,}\s*\{?\.?tikz\b/.test(text));
}
