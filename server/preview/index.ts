/** Analysis to HTML: the live preview of a chapter. */
import type { Chapter } from '../chapter/model';
import { embeddedIn } from './embedAddress';

export { RenderCache, type RenderedChapter, renderChapter, renderSteps, titleOf } from './chapter';
export type {
  Drawing,
  EmbeddedChapter,
  GraphFile,
  Notebook,
  NotebookCell,
  NotebookOutput,
  PreviewContext,
} from './context';
export { alonePage, contentsPage, livePage, type PageContents } from './page';
export { PreviewSession } from './session';

export { refusalOf, type TypesetOutcome, type TypesetRequest } from './typeset';

/** True where a chapter may hold drawings. */
export function needsDrawings({ blocks }: Chapter): boolean {
  return blocks.some(({ text }) => text.includes('tikz') && /(?<![`~])[`~]{3,}\s*\{?\.?tikz\b/.test(text));
}

/** The other chapters of which a chapter shows cells, by the names that it gives them. */
export function embeddedChapters(chapter: Chapter): readonly string[] {
  const names = chapter.nodes('shortcode').flatMap(({ node }) => {
    const { file } = embeddedIn(node.name === 'embed' ? (node.args[0] ?? '') : '');
    return /\.(?:qmd|md)$/i.test(file) ? [file] : [];
  });
  return [...new Set(names)];
}
