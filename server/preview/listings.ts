/** Listings: code with its file name, its lines, and its caption; and code of other engines that is shown as it is. */
import type { Properties } from 'hast';
import { isMetadata } from '../chapter/execution';
import type { CodeBlockNode } from '../chapter/prose';
import { readYaml } from '../chapter/yaml';
import { element, foreign, type Html, slot, text } from './hast';
import { inlineHast } from './inlines';
import { type CodeLines, hasAnnotations, lineNumbers, PLAIN_LINES } from './lines';
import { shownMeta } from './metadata';
import { identified } from './properties';
import { holdsShortcodes, unescapedShortcodes } from './shortcodeChip';
import { noteNode } from './source';

/** The options of a cell that another engine than Python's has, written behind the comment sign of its language. */
function engineOptions(source: string): (name: string) => string | undefined {
  const lines = OPTION_LINES.exec(source)?.[0].replace(OPTION_SIGN, '') ?? '';
  const { value } = readYaml(lines);
  if (isMetadata(value)) return name => shownMeta(value[name]);
  // Of what is no YAML, each line is read by itself.
  const all = [...lines.matchAll(/^([\w-]+):[ \t]*(.*?)[ \t]*$/gm)].map(([, name, one]) => [name, one] as const);
  return name => all.find(([own]) => own === name)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
}

/** An option of a block, by its names: as an attribute by the first one, or in the lines of a cell by any. */
function optionsOf({ attributes, value }: CodeBlockNode, isCell: boolean): (names: string) => string | undefined {
  const written = isCell ? engineOptions(value) : undefined;
  return names => {
    const all = names.split('|');
    return attributes?.get(all[0]!) ?? all.map(name => written?.(name)).find(one => one !== undefined);
  };
}

const OPTION_LINES = /^(?:[ \t]*(?:%%?|#|\/\/|--)\|.*(?:\n|$))+/;
const OPTION_SIGN = /^[ \t]*(?:%%?|#|\/\/|--)\|[ \t]?/gm;

export function isDrawing({ language, info }: CodeBlockNode): boolean {
  return language === 'tikz' || /^\{tikz\b/.test(info);
}

/** Engines of cells that draw diagrams. */
const DIAGRAMS: ReadonlySet<string> = new Set(['mermaid', 'dot']);

export function listingNode(node: CodeBlockNode, own: Properties): Html | Html[] {
  const { language = '', attributes, value } = node;
  // HTML is written among the blocks around it (`prose.ts`).
  if (language.startsWith('=')) return [];
  const engine = /^\{\s*([A-Za-z][\w-]*)/.exec(node.info)?.[1];
  const drawing = isDrawing(node);
  const option = optionsOf(node, engine !== undefined || drawing);
  if (option('include') === 'false') return [];
  const diagram = engine !== undefined && DIAGRAMS.has(engine) ? engine : undefined;
  const id = attributes?.id ?? option('label|lst-label');
  const isFigure = drawing || diagram !== undefined;
  const output = engine !== undefined && !isFigure ? /^(?:fig|tbl)(?=-)/.exec(id ?? '')?.[0] : undefined;
  const captionOption = isFigure ? 'fig-cap|caption' : output === undefined ? 'lst-cap' : `${output}-cap`;
  const caption = option(captionOption) ?? attributes?.get('caption');
  // What its engine makes of a cell that hides its code is not known here.
  const isHidden = engine !== undefined && diagram === undefined && option('echo') === 'false';
  const unknown = `Cell of ${engine}: its output comes when the book is rendered.`;
  const source = engine === undefined ? value : value.replace(OPTION_LINES, '').replace(/^(?:[ \t]*\n)+/, '');
  const code = (): Html[] =>
    isHidden ? [noteNode([text(unknown)])] : codeNodesOf(node, engine ?? language, source, own);
  const above = output === undefined || isHidden ? [] : code();
  const place = element('span', { className: 'placeholder' }, [text(unknown)]);
  const shown = drawing
    ? [drawingSlot(node, option('fig-alt|alt'))]
    : diagram !== undefined
      ? diagramNodes(diagram, node, code, option)
      : output === undefined
        ? code()
        : [place];
  if (id === undefined && caption === undefined) return shown;
  const properties = { ...identified(id), ...(isFigure || output !== undefined ? {} : { className: ['listing'] }) };
  const captioned = captionOf(id, caption);
  const isBelow = isFigure || output === 'fig';
  const figure = foreign('figure', properties, isBelow ? [...shown, ...captioned] : [...captioned, ...shown]);
  return above.length === 0 ? figure : [...above, figure];
}

/** The label and the words of a caption, where it has any. */
function captionOf(id: string | undefined, caption: string | undefined): Html[] {
  const label =
    id === undefined ? [] : [slot({ kind: 'label', id, offset: undefined, end: caption === undefined ? '' : ':' })];
  const captioned = [...label, ...(caption === undefined ? [] : inlineHast(caption))];
  return captioned.length === 0 ? [] : [foreign('figcaption', {}, captioned)];
}

/** `{=html}`, which other blocks may go on with. */
export function isRawHtml({ language }: CodeBlockNode): boolean {
  return /^=html\d?$/.test(language ?? '');
}

/** A diagram of Graphviz or Mermaid, with its source where the cell shows it. */
function diagramNodes(
  engine: string,
  node: CodeBlockNode,
  code: () => Html[],
  option: (names: string) => string | undefined,
): Html[] {
  if (option('eval') === 'false') return code();
  const width = Number(option('fig-width'));
  const drawn = slot({
    kind: engine === 'dot' ? 'graph' : 'diagram',
    // Mermaid counts the lines of its own text.
    source: engine === 'dot' ? node.value : node.value.replace(OPTION_LINES, ''),
    file: option('file'),
    offset: node.codeRange.start + (engine === 'dot' ? 0 : (OPTION_LINES.exec(node.value)?.[0].length ?? 0)),
    alt: option('fig-alt|alt'),
    width: width > 0 && width <= MOST_INCHES ? width : undefined,
  });
  return option('echo') === 'true' ? [...code(), drawn] : [drawn];
}

/** The widest that a diagram may ask to be. */
const MOST_INCHES = 100;

function drawingSlot(node: CodeBlockNode, alt: string | undefined): Html {
  return slot({ kind: 'drawing', source: node.value, offset: node.codeRange.start, alt });
}

function codeNodesOf(node: CodeBlockNode, language: string, source: string, own: Properties): Html[] {
  const { attributes } = node;
  const { dataL } = own;
  const code = slot({
    kind: 'code',
    language: language.replace(/^\./, ''),
    ...(holdsShortcodes(source, attributes)
      ? { source, hasShortcodes: true }
      : { source: unescapedShortcodes(source) }),
    lines: linesOf(node),
  });
  const block = element('pre', { dataL: typeof dataL === 'number' ? dataL : undefined }, [code]);
  const file = attributes?.get('filename');
  if (file === undefined) return [block];
  return [
    element('div', { className: 'reckoner-file' }, [
      element('div', { className: 'reckoner-filename' }, [text(file)]),
      block,
    ]),
  ];
}

/** Line numbers come by `code-line-numbers="true"` or the class of Pandoc, marked lines by `code-line-numbers="2-3,5"`. */
function linesOf({ attributes, value }: CodeBlockNode): CodeLines {
  const written = attributes?.get('code-line-numbers');
  const { classes = [] } = attributes ?? {};
  const isNumbered = classes.includes('numberLines') || classes.includes('number-lines') || written === 'true';
  const start = Number(attributes?.get('startFrom') ?? 1);
  const first = isNumbered ? (Number.isInteger(start) ? start : 1) : undefined;
  const marked = written === undefined || /^(?:true|false)$/.test(written) ? [] : lineNumbers(written);
  const annotated = attributes?.get('code-annotations') !== 'none' && hasAnnotations(value);
  return first === undefined && marked.length === 0 && !annotated ? PLAIN_LINES : { first, marked, annotated };
}
