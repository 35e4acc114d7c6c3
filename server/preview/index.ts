/** Analysis to HTML: the live preview of a chapter. */
import type { Chapter } from '../chapter/model';
import type { RenderMath } from './context';

export { type RenderedBlock, type RenderedChapter, renderChapter, titleOf } from './chapter';
export type { Drawing, PreviewContext, RenderMath } from './context';
export { documentOf, type PageOptions } from './document';
export { PreviewSession } from './session';

/** True where a chapter shows formulas, so that `loadMath` is worth its time. */
export function needsMath(chapter: Chapter): boolean {
  return chapter.math.length > 0 || chapter.blocks.some(({ text }) => text.includes('md_math') || text.includes('$'));
}

/** True where a chapter may hold drawings. */
export function needsDrawings({ text }: Chapter): boolean {
  return text.includes('tikz') && /[`~]{3,}\s*\{?\.?tikz\b/.test(text);
}

let loading: Promise<RenderMath> | undefined;

/** Loads the renderer of formulas, once. */
export function loadMath(): Promise<RenderMath> {
  loading ??= import('./math').then(module => module.renderMath);
  return loading;
}
