/** TikZ blocks: the drawing once it is there, until then a quiet place for it, and what went wrong in TeX's words. */
import type { FactReader } from './facts';
import { element, type Html, text, trusted } from './hast';
import { noteNode } from './source';
import { attributes } from './text';

/** Points of room around a drawing. */
const MARGIN = 1;

/** A drawing; `line` is that of its source's first line, counted from that of the part that it stands in. */
export function drawingNodes(source: string, line: number, facts: FactReader, alt = 'Drawing'): Html[] {
  const drawing = facts.ask('drawing', source);
  const placeholder = (words: string, own = {}): Html[] => [
    element('div', { className: 'placeholder', ...own }, [text(words)]),
  ];
  if (drawing === undefined) return placeholder('TikZ drawing: shown when the book is rendered');
  switch (drawing.kind) {
    case 'waiting':
      return placeholder('Drawing…', { ariaBusy: 'true' });
    case 'undrawn': {
      const code = element('code', {}, [text(source)]);
      return [...placeholder(`TikZ drawing: ${drawing.reason}`), element('pre', {}, [code])];
    }
    case 'fault':
      return [faultNode(drawing.message, source, line, drawing.line, facts)];
    case 'drawn': {
      const { width, height, svg, greys, missing, unsupported } = drawing;
      // Lines that run along the edge need half their width beyond it.
      const [across, down] = [width + 2 * MARGIN, height + 2 * MARGIN];
      const size = { width: `${across}pt`, height: `${down}pt`, viewBox: `${-MARGIN} ${-MARGIN} ${across} ${down}` };
      const root = attributes({ class: 'reckoner-drawing', role: 'img', 'aria-label': alt, ...size });
      return [
        element('div', { className: 'reckoner-drawn' }, [trusted(`<svg${root}>${svg}</svg>`)]),
        ...note('Colours that neither the drawing nor the book style defines are grey here: ', greys),
        ...note('The fonts of the preview lack: ', missing),
        ...note('The preview cannot show: ', unsupported),
      ];
    }
  }
}

function note(words: string, names: readonly string[]): Html[] {
  if (names.length === 0) return [];
  const list = names.flatMap((name, at) => [...(at === 0 ? [] : [text(', ')]), element('code', {}, [text(name)])]);
  return [noteNode([text(words), ...list])];
}

function faultNode(message: string, source: string, first: number, at: number | undefined, facts: FactReader): Html {
  const written = at === undefined ? undefined : source.split(/\r\n?|\n/)[at];
  const line = first + (at ?? 0);
  const where = at === undefined ? '' : `, line ${facts.ask('firstLine') + line}`;
  const shown = written === undefined ? [] : [element('pre', {}, [element('code', {}, [text(written)])])];
  return element('div', { className: 'reckoner-note', role: 'note', dataL: line }, [
    element('strong', {}, [text(`TikZ${where}`)]),
    text(`: ${message}`),
    ...shown,
  ]);
}
