/** Graphs of Graphviz: the drawing once it is there, until then a quiet place for it, and what went wrong in Graphviz's words. */
import type { GraphDrawing } from './context';
import type { FactReader } from './facts';
import { element, type Html, text, trusted } from './hast';
import type { Slot } from './slots';
import { noteNode, shortened } from './source';
import { attributes } from './text';

const POINTS_PER_INCH = 72;

/** A graph; `line` is that of its source's first line, counted from that of the part that it stands in. */
export function graphNodes(graph: Extract<Slot, { kind: 'graph' }>, line: number, facts: FactReader): Html[] {
  const source = sourceOf(graph, 'Graphviz diagram', facts);
  if (typeof source === 'object') return [source];
  const outcome = facts.ask('text', 'graph', source);
  if (outcome.kind === 'waiting')
    return [element('div', { className: 'placeholder', ariaBusy: 'true' }, [text('Drawing…')])];
  if (outcome.kind === 'refused') return refusalNodes(graph, source, outcome.reason, line, facts);
  const { width, height, viewBox, svg, description } = JSON.parse(outcome.html) as GraphDrawing;
  const scale = graph.width === undefined ? 1 : (graph.width * POINTS_PER_INCH) / width;
  const root = attributes({
    class: 'reckoner-drawing',
    role: 'img',
    'aria-label': graph.alt ?? description,
    width: `${rounded(width * scale)}pt`,
    height: `${rounded(height * scale)}pt`,
    viewBox,
  });
  return [element('div', { className: 'reckoner-drawn' }, [trusted(`<svg${root}>${svg}</svg>`)])];
}

/** The text of a diagram, or why the file that it names cannot be read. */
export function sourceOf(
  { source, file }: Extract<Slot, { kind: 'graph' | 'diagram' }>,
  what: string,
  facts: FactReader,
): string | Html {
  if (file === undefined) return source;
  const found = facts.ask('graphFile', file);
  if (found !== undefined && 'source' in found) return found.source;
  return noteNode([text(`${what} of ${file}: ${found?.problem ?? 'drawn when the book is rendered'}.`)]);
}

const rounded = (points: number): number => Math.round(points * 100) / 100;

/** Graphviz's message with the line of the chapter where it names one; else the source, and why it is not drawn. */
function refusalNodes(
  { file }: Extract<Slot, { kind: 'graph' }>,
  source: string,
  reason: string,
  line: number,
  facts: FactReader,
): Html[] {
  const found = /^(.*?) in line (\d{1,7})(.*)$/s.exec(reason);
  if (found === null) {
    const code = element('pre', {}, [element('code', {}, [text(shortened(source))])]);
    return [code, noteNode([text(`Graphviz diagram: shown as source, since ${reason}.`)])];
  }
  const at = Number(found[2]) - 1;
  const written = source.split(/\r\n?|\n/)[at];
  const where =
    file === undefined ? `Graphviz, line ${facts.ask('firstLine') + line + at}` : `Graphviz, ${file}, line ${at + 1}`;
  const shown = written?.trim() ? [element('pre', {}, [element('code', {}, [text(written)])])] : [];
  return [
    element('div', { className: 'reckoner-note', role: 'note', dataL: file === undefined ? line + at : line }, [
      element('strong', {}, [text(where)]),
      text(`: ${found[1]}${found[3]}`),
      ...shown,
    ]),
  ];
}
