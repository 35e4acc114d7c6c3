/** What a cell shows: its code where it is echoed, its output, its figures, and what went wrong. */

import type { UnopenedCell } from '../chapter/model';
import type { CellFault, CellOutput, CellResult } from '../evaluation/analysis';
import type { Filler } from './fill';
import { anchorOf, attributes, escapeHtml, longText } from './text';

function optionOf(result: CellResult, key: string): unknown {
  return result.cell.option(key)?.value;
}

/** An `execute:` default of the front matter, overridden by the cell's own option. */
function setting(result: CellResult, filler: Filler, key: string, fallback: unknown): unknown {
  const own = optionOf(result, key);
  if (own !== undefined) return own;
  const execute = filler.analysis.chapter.frontMatter?.data.execute;
  const general =
    typeof execute === 'object' && execute !== null ? (execute as Record<string, unknown>)[key] : undefined;
  return general ?? fallback;
}

function textOption(result: CellResult, key: string): string | undefined {
  const value = optionOf(result, key);
  if (Array.isArray(value)) return value.map(String).join(' ');
  return typeof value === 'string' ? value : undefined;
}

export function cellHtml(result: CellResult, filler: Filler): string {
  const faults = faultsHtml(result, filler);
  if (setting(result, filler, 'include', true) === false) return faults;
  const echo = setting(result, filler, 'echo', true);
  const code = echo === false ? '' : codeBlock(result, filler);
  const output = setting(result, filler, 'output', true) === false ? '' : outputHtml(result, filler);
  const inner = `${code}${output}${faults}`;
  if (inner === '') return '';
  const stale = result.stale ? ' reckoner-stale' : '';
  return `<div${attributes({ class: `reckoner-cell${stale}` })}>${inner}</div>`;
}

/** The code without its options. */
function codeBlock(result: CellResult, filler: Filler): string {
  const shown = result.cell.source.replace(/^(?:#\|.*\n?)+/, '').trimEnd();
  if (shown.trim() === '') return '';
  const html = filler.typeset('python', shown, undefined);
  const fold = optionOf(result, 'code-fold');
  if (fold === undefined || fold === false) return html;
  const summary = textOption(result, 'code-summary') ?? 'Code';
  return `<details${fold === 'show' ? ' open' : ''}><summary>${escapeHtml(summary)}</summary>${html}</details>`;
}

function outputHtml(result: CellResult, filler: Filler): string {
  const parts = result.output.map((item, at) => itemHtml(result, item, at, filler)).filter(part => part !== '');
  return parts.join('');
}

function itemHtml(result: CellResult, item: CellOutput, at: number, filler: Filler): string {
  switch (item.kind) {
    case 'text': {
      const text = item.text.replace(/\n$/, '');
      return text === '' ? '' : `<pre class="reckoner-output">${longText(text)}</pre>`;
    }
    case 'markdown':
      return filler.typeset('markdown', item.text, undefined);
    case 'latex':
      return filler.typeset('inline', item.text, undefined);
    case 'html':
      return `<pre class="reckoner-output">${longText(htmlText(item.text))}</pre>`;
    case 'value':
      return `<pre class="reckoner-output">${longText(item.text)}</pre>`;
    case 'warning':
      return note('reckoner-warning', longText(item.text));
    case 'figure':
      return figureHtml(result, item.figure ?? at, filler);
  }
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

function figureHtml(result: CellResult, index: number, filler: Filler): string {
  const figure = result.figures[index];
  const id = result.cell.label;
  const caption = textOption(result, 'fig-cap');
  const alt = textOption(result, 'fig-alt') ?? caption ?? 'Figure';
  const svg =
    (figure && filler.context.figure?.(figure, alt)) ??
    '<span class="placeholder">This figure is drawn when the book is rendered.</span>';
  const labelled = id?.startsWith('fig-') ? filler.labelHtml(id) : '';
  const words = caption === undefined ? '' : filler.typeset('inline', caption, result.cell.block);
  const below = labelled + words === '' ? '' : `<figcaption>${labelled}${words}</figcaption>`;
  return `<figure${attributes({ id: id?.startsWith('fig-') ? anchorOf(id) : undefined })}>${svg}${below}</figure>`;
}

function note(kind: '' | 'reckoner-warning' | 'reckoner-quiet', html: string): string {
  return `<div class="${`reckoner-note ${kind}`.trim()}" role="note">${html}</div>`;
}

function faultText(fault: CellFault): string {
  if (fault.type === 'Unsupported' || fault.type === 'BudgetExceeded') return escapeHtml(fault.message);
  return `<strong>${escapeHtml(fault.type)}</strong>: ${escapeHtml(fault.message)}`;
}

/** Faults of the cell, shown even where its code is not. */
function faultsHtml(result: CellResult, filler: Filler): string {
  const { status, fault, issues, checks, cell } = result;
  const name = cell.label === undefined ? `Cell ${cell.index + 1}` : `Cell <code>${escapeHtml(cell.label)}</code>`;
  const parts: string[] = [];
  if (status === 'syntax-error') {
    const [issue] = issues;
    const where =
      issue === undefined ? '' : ` (line ${filler.lineOf(issue.range.start) - filler.baseLine + 1} of this block)`;
    parts.push(
      note(
        '',
        `${name}: <strong>${escapeHtml(issue?.kind ?? 'SyntaxError')}</strong>: ${escapeHtml(issue?.message ?? 'invalid syntax')}${where}`,
      ),
    );
  } else if (fault !== undefined) {
    const kind = status === 'blocked' || status === 'unsupported' ? 'reckoner-warning' : '';
    parts.push(note(kind, `${name}: ${faultText(fault)}`));
  }
  for (const check of checks)
    if (!check.passed) parts.push(note('', `${name}: a check failed: ${escapeHtml(check.message)}`));
  return parts.join('');
}

/** Code that lost its opening fence, shown as the code that it is. */
export function unopenedHtml(cell: UnopenedCell, filler: Filler): string {
  const name = cell.title === undefined ? 'This cell' : `The cell <strong>${escapeHtml(cell.title)}</strong>`;
  return `${note('', `${name} has no opening fence, so it does not run.`)}${filler.typeset('python', cell.source.trimEnd(), undefined)}`;
}
