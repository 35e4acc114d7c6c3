/** Draws graphs by Graphviz; a chunk of its own, loaded with the first `{dot}` cell. */
import { instance } from '@viz-js/viz';
import { sanitiseDrawing } from '../tikz/sanitise';
import type { DrawGraph, GraphDrawing } from './context';
import { decoded, describeGraph } from './graphText';
import { digest } from './text';

let loading: ReturnType<typeof instance> | undefined;

/** What draws; it is loaded again once Graphviz has stopped for good. */
export async function loadGraphviz(): Promise<DrawGraph> {
  loading ??= instance();
  const graphviz = await loading;
  return source => {
    try {
      const markup = graphviz.renderString(source, { format: 'svg', graphAttributes: { bgcolor: 'transparent' } });
      return JSON.stringify(drawingOf(markup));
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      loading = undefined;
      throw new Error('Graphviz cannot draw it', { cause: error });
    }
  };
}

const SIZE = /<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="([-\d. ]+)"/;

function drawingOf(markup: string): GraphDrawing {
  const [, width = '1', height = '1', viewBox = ''] = SIZE.exec(markup) ?? [];
  // Links are shown as what they stand around: a group.
  const shapes = markup.slice(markup.indexOf('<g ')).replace(/<(\/?)a(?=[\s>])/g, '<$1g');
  return {
    width: Number(width),
    height: Number(height),
    viewBox,
    svg: sanitiseDrawing(shapes, `v${digest(markup)}`),
    description: decoded(describeGraph(markup)),
  };
}
