/** What a cell shows: its code where it is echoed, its output, its figures, and what went wrong. */

import type { UnopenedCell } from '../chapter/model';
import { readText } from '../chapter/prose';
import type { CellFault, CellOutput, CellResult } from '../evaluation/analysis';
import { codeNodes, pythonBlock } from './code';
import type { BlockFiller } from './fill';
import { element, foreign, type Html, text, trusted } from './hast';
import { inlineHast, ProseConverter } from './prose';
import { anchorOf } from './text';

/** Longest Markdown of a cell that is read. */
const MOST_MARKDOWN = 200_000;

function optionOf(result: CellResult, key: string): unknown {
  return result.cell.option(key)?.value;
}

function textOption(result: CellResult, key: string): string | undefined {
  const value = optionOf(result, key);
  if (Array.isArray(value)) return value.map(String).join(' ');
  return typeof value === 'string' ? value : undefined;
}

/** A cell; `index` is its place among those of its block. */
export function cellNodes(result: CellResult, index: number, filler: BlockFiller): Html[] {
  const faults = faultNodes(result, filler);
  const { cell } = result;
  if (cell.setting('include') === false) return faults;
  const code = cell.setting('echo') === false ? [] : codeOf(result);
  const isShown = cell.setting('output') !== false;
  const output = isShown ? result.output.flatMap((item, at) => itemNodes(result, index, item, at, filler)) : [];
  const inner = [...code, ...output, ...faults];
  if (inner.length === 0) return [];
  const className = result.stale ? ['reckoner-cell', 'reckoner-stale'] : ['reckoner-cell'];
  return [element('div', { className }, inner)];
}

/** The code without its options. */
function codeOf(result: CellResult): Html[] {
  const shown = result.cell.source
    .replace(/^\s*\n(?=#\|)/, '')
    .replace(/^(?:#\|.*\n?)+/, '')
    .trimEnd();
  if (shown.trim() === '') return [];
  const block = pythonBlock(shown);
  const fold = optionOf(result, 'code-fold');
  if (fold === undefined || fold === false) return [block];
  const summary = textOption(result, 'code-summary') ?? 'Code';
  return [element('details', { open: fold === 'show' }, [element('summary', {}, [text(summary)]), block])];
}

function outputNode(written: string): Html {
  return element('pre', { className: 'reckoner-output' }, codeNodes(written));
}

function itemNodes(result: CellResult, index: number, item: CellOutput, at: number, filler: BlockFiller): Html[] {
  switch (item.kind) {
    case 'text': {
      const written = item.text.replace(/\n$/, '');
      return written === '' ? [] : [outputNode(written)];
    }
    case 'markdown':
      return markdownNodes(item.text, filler);
    case 'latex':
      return filler.fill(inlineHast(item.text));
    case 'html':
      return [outputNode(htmlText(item.text))];
    case 'value':
      return [outputNode(item.text)];
    case 'warning':
      return [note('reckoner-warning', codeNodes(item.text))];
    case 'figure':
      return [figureNode(result, index, item.figure ?? at, filler)];
  }
}

function markdownNodes(written: string, filler: BlockFiller): Html[] {
  if (written.length > MOST_MARKDOWN) return [outputNode(written)];
  return filler.fill(new ProseConverter().blocks(readText(written).children));
}

/** Exponents, as in the units of a quantity. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-0123456789'].map((sign, at) => [sign, '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'[at]!]),
);

/** The text of displayed HTML: the preview puts in no markup that a program made. */
function htmlText(html: string): string {
  return html
    .replace(/<sup>([-\d]+)<\/sup>/gi, (_, exponent: string) => exponent.replace(/[-\d]/g, sign => RAISED[sign]!))
    .replace(/<(br|\/p|\/tr|\/li|\/h\d)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

function figureNode(result: CellResult, cell: number, index: number, filler: BlockFiller): Html {
  const id = result.cell.label;
  const caption = textOption(result, 'fig-cap');
  const alt = textOption(result, 'fig-alt') ?? caption ?? 'Figure';
  const svg = filler.at === undefined ? undefined : filler.facts.ask('figure', filler.at, cell, index, alt);
  const drawn =
    svg === undefined
      ? element('span', { className: 'placeholder' }, [text('This figure is drawn when the book is rendered.')])
      : trusted(svg);
  const isNumbered = id?.startsWith('fig-') === true;
  const words = [...(isNumbered ? filler.label(id) : []), ...(caption === undefined ? [] : filler.inline(caption))];
  const below = words.length === 0 ? [] : [foreign('figcaption', {}, words)];
  return foreign('figure', isNumbered ? { id: anchorOf(id) } : {}, [drawn, ...below]);
}

function note(kind: '' | 'reckoner-warning', children: readonly Html[]): Html {
  return element(
    'div',
    { className: kind === '' ? ['reckoner-note'] : ['reckoner-note', kind], role: 'note' },
    children,
  );
}

function faultText(fault: CellFault): Html[] {
  if (fault.type === 'Unsupported' || fault.type === 'BudgetExceeded') return [text(fault.message)];
  return [element('strong', {}, [text(fault.type)]), text(`: ${fault.message}`)];
}

/** Faults of the cell, shown even where its code is not. */
function faultNodes(result: CellResult, filler: BlockFiller): Html[] {
  const { status, fault, issues, checks, cell } = result;
  const name =
    cell.label === undefined
      ? [text(`Cell ${cell.index + 1}`)]
      : [text('Cell '), element('code', {}, [text(cell.label)])];
  const notes: Html[] = [];
  if (status === 'syntax-error') {
    const [issue] = issues;
    const line =
      issue && filler.page.lineOf(issue.range.start) - filler.page.lineOf(filler.facts.blocks[0]!.range.start);
    const where = line === undefined ? '' : ` (line ${filler.facts.ask('firstLine') + line})`;
    const kind = element('strong', {}, [text(issue?.kind ?? 'SyntaxError')]);
    notes.push(note('', [...name, text(': '), kind, text(`: ${issue?.message ?? 'invalid syntax'}${where}`)]));
  } else if (fault !== undefined) {
    const kind = status === 'blocked' || status === 'unsupported' ? 'reckoner-warning' : '';
    notes.push(note(kind, [...name, text(': '), ...faultText(fault)]));
  }
  for (const check of checks)
    if (!check.passed) notes.push(note('', [...name, text(`: a check failed: ${check.message}`)]));
  return notes;
}

/** Code that lost its opening fence, shown as the code that it is. */
export function unopenedNodes({ title, source }: UnopenedCell): Html[] {
  const name = title === undefined ? [text('This cell')] : [text('The cell '), element('strong', {}, [text(title)])];
  const why = note('', [...name, text(' has no opening fence, so it does not run.')]);
  return [why, pythonBlock(source.trimEnd())];
}
