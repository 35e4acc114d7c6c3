/** TikZ blocks: the drawing once it is there, until then a quiet place for it, and what went wrong in TeX's words. */
import type { Filler } from './fill';
import { attributes, escapeHtml } from './text';

/** Points of room around a drawing. */
const MARGIN = 1;

/** A drawing's place: the first line of its source, and of the block that it stands in, both of the chapter, from 0. */
export interface DrawingPlace {
  readonly line: number;
  readonly blockLine: number;
}

export function drawingHtml(source: string, place: DrawingPlace, filler: Filler, alt = 'Drawing'): string {
  const drawing = filler.context.drawing?.(source);
  if (drawing === undefined) return '<div class="placeholder">TikZ drawing: shown when the book is rendered</div>';
  switch (drawing.kind) {
    case 'waiting':
      return '<div class="placeholder" aria-busy="true">Drawing…</div>';
    case 'undrawn':
      return `<div class="placeholder">TikZ drawing: ${escapeHtml(drawing.reason)}</div><pre><code>${escapeHtml(source)}</code></pre>`;
    case 'fault':
      return faultHtml(drawing.message, source, place, drawing.line);
    case 'drawn': {
      const { width, height, svg, greys, missing, unsupported } = drawing;
      // Lines that run along the edge need half their width beyond it.
      const [across, down] = [width + 2 * MARGIN, height + 2 * MARGIN];
      const size = { width: `${across}pt`, height: `${down}pt`, viewBox: `${-MARGIN} ${-MARGIN} ${across} ${down}` };
      const root = attributes({ class: 'reckoner-drawing', role: 'img', 'aria-label': alt, ...size });
      const notes =
        note('Colours that neither the drawing nor the book style defines are grey here: ', greys) +
        note('The fonts of the preview lack: ', missing) +
        note('The preview cannot show: ', unsupported);
      return `<div class="reckoner-drawn"><svg${root}>${svg}</svg></div>${notes}`;
    }
  }
}

function note(words: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const list = names.map(name => `<code>${escapeHtml(name)}</code>`).join(', ');
  return `<div class="reckoner-note reckoner-quiet" role="note">${words}${list}</div>`;
}

function faultHtml(message: string, source: string, place: DrawingPlace, at: number | undefined): string {
  const text = at === undefined ? undefined : source.split(/\r\n?|\n/)[at];
  const line = place.line + (at ?? 0);
  const where = at === undefined ? '' : `, line ${line + 1}`;
  const shown = text === undefined ? '' : `<pre><code>${escapeHtml(text)}</code></pre>`;
  const own = attributes({ class: 'reckoner-note', role: 'note', 'data-l': line - place.blockLine });
  return `<div${own}><strong>TikZ${where}</strong>: ${escapeHtml(message)}${shown}</div>`;
}
