/** What cells print, display and draw, with the captions and the layout that their options give. */
import { UNKNOWN_TEXT } from '../../mlsys';
import { readText } from '../chapter/prose';
import type { CellOutput, CellResult } from '../evaluation/analysis';
import { type CaptionPlace, captioned, locationOption, placeOf } from './captions';
import { codeNodes } from './code';
import type { BlockFiller } from './fill';
import { element, foreign, type Html, text, trusted } from './hast';
import { valueHtml } from './html';
import { inlineHast } from './inlines';
import { gridNodes, layoutFrom } from './layout';
import { letter } from './numbering';
import { ProseConverter } from './prose';
import { anchorOf } from './text';

/** Longest Markdown or HTML of a cell that is read. */
const MOST_MARKUP = 200_000;

function optionOf(result: CellResult, key: string): unknown {
  return result.cell.option(key)?.value;
}

export function textOption(result: CellResult, key: string): string | undefined {
  const value = optionOf(result, key);
  if (Array.isArray(value)) return value.map(String).join(' ');
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may have one for each output. */
function listOption(result: CellResult, key: string): readonly string[] | undefined {
  const value = optionOf(result, key);
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** What a cell shows below its code; `index` is its place among those of its block. */
export function outputNodes(result: CellResult, index: number, filler: BlockFiller): Html[] {
  const items = joined(result);
  const figures = items.filter(({ item }) => item.kind === 'figure');
  const layout = layoutFrom(
    optionOf(result, 'layout-ncol'),
    optionOf(result, 'layout-nrow'),
    optionOf(result, 'layout'),
  );
  const subcaptions = listOption(result, 'fig-subcap');
  const isGroup = figures.length > 1 && (layout !== undefined || subcaptions !== undefined);
  const nodes: Html[] = [];
  const caption = captionOfTable(result, filler);
  const tables: Html[] = [];
  let tablesAt = -1;
  for (const { item, at } of items) {
    if (item.kind === 'figure') {
      const nth = figures.findIndex(one => one.at === at);
      if (!isGroup) nodes.push(figureNode(result, index, item.figure ?? at, nth, filler));
      else if (nth === 0) {
        const panels = layout ?? { form: 'columns', count: 1 };
        nodes.push(groupNode(result, figures, index, subcaptions, panels, filler));
      }
    } else if (caption.length > 0 && (item.kind === 'markdown' || item.kind === 'html' || isUnknownText(item))) {
      if (tablesAt < 0) tablesAt = nodes.push(text('')) - 1;
      tables.push(...itemNodes(item, filler));
    } else nodes.push(...itemNodes(item, filler));
  }
  if (tablesAt >= 0) nodes[tablesAt] = tableNode(result, tables, caption, filler);
  // One place for what is not known of a cell: what drawing calls return is not known with the figure.
  return nodes.some(isUndrawn) ? nodes.filter(node => !isPlaceholder(node)) : nodes;
}

function isPlaceholder(node: Html): boolean {
  if (node.type === 'raw') return node.value.startsWith('<span class="placeholder">');
  return node.type === 'element' && [node.properties.className].flat().includes('placeholder');
}

function isUndrawn(node: Html): boolean {
  return (
    node.type === 'element' && node.tagName === 'figure' && node.children.some(child => isPlaceholder(child as Html))
  );
}

interface Shown {
  readonly item: CellOutput;
  readonly at: number;
}

/** The outputs in order; with `output: asis`, what is printed in one go is read as one text. */
function joined(result: CellResult): readonly Shown[] {
  if (result.cell.setting('output') !== 'asis') return result.output.map((item, at) => ({ item, at }));
  const items: Shown[] = [];
  for (const [at, item] of result.output.entries()) {
    const last = items.at(-1)?.item;
    if (item.kind !== 'text') items.push({ item, at });
    else if (last?.kind === 'markdown' && items.at(-1)!.at === -1)
      items[items.length - 1] = { item: { ...last, text: last.text + item.text }, at: -1 };
    else items.push({ item: { ...item, kind: 'markdown' }, at: -1 });
  }
  return items;
}

/** True for what a cell prints or ends in of which nothing is known. */
function isUnknownText({ kind, text: written }: CellOutput): boolean {
  return kind === 'text' && written.replace(/\n$/, '') === UNKNOWN_TEXT;
}

/** Text that a cell prints. */
export function outputNode(written: string): Html {
  return element('pre', { className: 'reckoner-output' }, codeNodes(written));
}

function itemNodes(item: CellOutput, filler: BlockFiller): Html[] {
  switch (item.kind) {
    case 'text': {
      if (isUnknownText(item))
        return [placeholder('This output is not known here: it comes when the book is rendered.')];
      const written = item.text.replace(/\n$/, '');
      return written === '' ? [] : [outputNode(written)];
    }
    case 'markdown':
      return markdownNodes(item.text, filler);
    case 'latex':
      return filler.fill(inlineHast(item.text));
    case 'html':
      return htmlNodes(item.text);
    case 'value':
      return [outputNode(item.text)];
    case 'warning':
      return [element('div', { className: ['reckoner-note', 'reckoner-warning'], role: 'note' }, codeNodes(item.text))];
    case 'figure':
      return [];
  }
}

/** Markdown that a cell displays. */
export function markdownNodes(written: string, filler: BlockFiller): Html[] {
  if (written.length > MOST_MARKUP) return [outputNode(written)];
  return filler.fill(new ProseConverter().blocks(readText(written).children));
}

/** Exponents, as in the units of a quantity. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-0123456789'].map((sign, at) => [sign, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'[at]!]),
);

/** HTML that a program made, reduced to what a page may show; a mere quantity reads like any other value. */
export function htmlNodes(html: string): Html[] {
  if (html.length > MOST_MARKUP) return [outputNode(html)];
  const plain = html.replace(/<sup>([-\d]+)<\/sup>/gi, (_, exponent: string) =>
    exponent.replace(/[-\d]/g, sign => RAISED[sign]!),
  );
  const nodes = valueHtml(/<\w/.test(plain) ? html : plain);
  if (!/<\w/.test(plain)) return [element('pre', { className: 'reckoner-output' }, nodes)];
  return nodes.length === 0 ? [] : [element('div', { className: ['reckoner-html', 'reckoner-scroll'] }, nodes)];
}

/** The caption of the tables that a cell displays, where it has a label or a caption for them. */
function captionOfTable(result: CellResult, filler: BlockFiller): Html[] {
  const { label } = result.cell;
  const caption = textOption(result, 'tbl-cap');
  const words = caption === undefined ? [] : filler.inline(caption);
  const name = label?.startsWith('tbl-') === true ? filler.label(label, words.length === 0 ? '' : ':') : [];
  return [...name, ...words];
}

/** Where the caption of a figure or table of a cell stands. */
function placeOfCaption(result: CellResult, kind: string, { facts }: BlockFiller): CaptionPlace | undefined {
  const name = locationOption(kind);
  return placeOf(optionOf(result, name)) ?? placeOf(facts.ask('option', name));
}

/** The figure around such tables. */
function tableNode(result: CellResult, shown: readonly Html[], words: readonly Html[], filler: BlockFiller): Html {
  const { label } = result.cell;
  const id = label?.startsWith('tbl-') === true ? anchorOf(label) : undefined;
  const place = placeOfCaption(result, 'tbl', filler) ?? 'top';
  return element('figure', { className: 'reckoner-table', id }, captioned(shown, words, place));
}

function placeholder(words: string): Html {
  return element('span', { className: 'placeholder' }, [text(words)]);
}

function drawn(cell: number, index: number, alt: string, filler: BlockFiller): Html {
  const svg = filler.at === undefined ? undefined : filler.facts.ask('figure', filler.at, cell, index, alt);
  if (svg !== undefined) return trusted(svg);
  return placeholder('This figure is drawn when the book is rendered.');
}

/** The `nth` figure of a cell. */
function figureNode(result: CellResult, cell: number, index: number, nth: number, filler: BlockFiller): Html {
  const id = result.cell.label;
  const captions = listOption(result, 'fig-cap');
  const caption = captions === undefined ? textOption(result, 'fig-cap') : captions[nth];
  const alt = listOption(result, 'fig-alt')?.[nth] ?? textOption(result, 'fig-alt') ?? '';
  const picture = drawn(cell, index, alt, filler);
  // Of several figures the first one bears the label.
  const isNumbered = id?.startsWith('fig-') === true && nth === 0;
  const words = caption === undefined ? [] : filler.inline(caption);
  const all = [...(isNumbered ? filler.label(id, words.length === 0 ? '' : ':') : []), ...words];
  const own = isNumbered ? { id: anchorOf(id) } : {};
  return foreign('figure', own, captioned([picture], all, placeOfCaption(result, 'fig', filler)));
}

/** The letter of a panel; one of a cell of another chapter, whose panels are no labels here, has that of its place. */
function panelSign(id: string, nth: number, filler: BlockFiller): readonly Html[] {
  const label = filler.label(id, ':');
  return label.length > 0 ? label : signOfPanel(nth);
}

export function signOfPanel(nth: number): readonly Html[] {
  return [element('span', { className: 'reckoner-label' }, [text(`(${letter(nth + 1)})`)]), text(' ')];
}

/** The figures of a cell as panels of one. */
function groupNode(
  result: CellResult,
  figures: readonly Shown[],
  cell: number,
  subcaptions: readonly string[] | undefined,
  layout: NonNullable<ReturnType<typeof layoutFrom>>,
  filler: BlockFiller,
): Html {
  const id = result.cell.label;
  const isNumbered = id?.startsWith('fig-') === true;
  const caption = textOption(result, 'fig-cap');
  const alts = listOption(result, 'fig-alt');
  const panels = figures.map(({ item, at }, nth): Html[] => {
    const own = subcaptions?.[nth];
    const index = item.kind === 'figure' ? (item.figure ?? at) : at;
    const picture = drawn(cell, index, alts?.[nth] ?? '', filler);
    if (own === undefined) return [element('figure', {}, [picture])];
    const panel = isNumbered ? `${id}-${nth + 1}` : undefined;
    const sign = panel === undefined ? [] : panelSign(panel, nth, filler);
    const below = element('figcaption', {}, [...sign, ...filler.inline(own)]);
    return [element('figure', { id: panel === undefined ? undefined : anchorOf(panel) }, [picture, below])];
  });
  const words = caption === undefined ? [] : filler.inline(caption);
  const all = [...(isNumbered ? filler.label(id, words.length === 0 ? '' : ':') : []), ...words];
  const own = { id: isNumbered ? anchorOf(id) : undefined };
  return element('figure', own, captioned(gridNodes(panels, layout), all, placeOfCaption(result, 'fig', filler)));
}
