/** Diagrams of Mermaid: the page draws them (`client/page/diagrams`), and shows their source where it cannot. */
import type { FactReader } from './facts';
import { sourceOf } from './graphBlocks';
import { element, type Html, text } from './hast';
import type { Slot } from './slots';
import { noteNode, shortened } from './source';

/** Longest diagram that is drawn, in UTF-16 units: what draws it cannot be interrupted. */
const LONGEST = 20_000;

/** Looks that a chapter may ask for under `mermaid: theme`. */
const THEMES: ReadonlySet<string | undefined> = new Set(['default', 'neutral', 'dark', 'forest', 'base']);

/** A diagram; `line` is that of its source's first line, counted from that of the part that it stands in. */
export function diagramNodes(diagram: Extract<Slot, { kind: 'diagram' }>, line: number, facts: FactReader): Html[] {
  const source = sourceOf(diagram, 'Mermaid diagram', facts);
  if (typeof source === 'object') return [source];
  if (source.length > LONGEST) {
    const why = `it is longer than ${LONGEST.toLocaleString('en')} characters`;
    const code = element('pre', {}, [element('code', {}, [text(shortened(source))])]);
    return [code, noteNode([text(`Mermaid diagram: shown as source, since ${why}.`)])];
  }
  const theme = facts.ask('meta', 'format.html.mermaid.theme') ?? facts.ask('meta', 'mermaid.theme');
  const { alt, width, file } = diagram;
  const own = {
    dataL: line,
    dataAlt: alt,
    dataWidth: width,
    dataFile: file,
    dataTheme: THEMES.has(theme) ? theme : undefined,
  };
  return [element(DIAGRAM, own, [element('pre', {}, [element('code', {}, [text(source)])])])];
}

/** The element of a diagram, whose text is its source. It has a name of its own, so that the page never turns it into another one. */
const DIAGRAM = 'reckoner-diagram';
