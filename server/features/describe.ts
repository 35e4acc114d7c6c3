/** Pieces of hover text, as Markdown. */

import { type CheckComparison, constantInfo, formulaInfo, twinInfo } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import { withCommas } from '../diagnostics/prose/numbers';
import type { Analysis, BindingInfo, CellResult, CheckOutcome } from '../evaluation/analysis';
import type { ValueInfo } from '../evaluation/results';
import { uriAt } from './feature';

const LONGEST = 200;
/** Characters of a line of code that are shown. */
const LONGEST_LINE = 400;

/** Text between backticks, whatever it holds. */
export function code(text: string): string {
  const flat = text.replaceAll(/\s*\n\s*/g, ' ');
  const short = flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
  const ticks = fence(short, 1);
  return ticks === '`' ? `\`${short}\`` : `${ticks} ${short} ${ticks}`;
}

/** Backticks that end only where they are meant to: more than stand together anywhere in the text. */
function fence(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** Plain text: Markdown's own characters are escaped, so that nothing of a chapter becomes a link or HTML. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()<>#+!|~$&-]/g, '\\$&');
}

export function python(source: string): string {
  const ticks = fence(source, 3);
  return `${ticks}python\n${source}\n${ticks}`;
}

/** True for an object that tells nothing of itself: `Markdown(...)` is known by how it reads. */
export function saysNothing({ repr }: Pick<ValueInfo, 'repr'>): boolean {
  return /^<.* object(?: at .*)?>$/.test(repr);
}

/** `25.23` (float), with its unit where it has one. */
export function valueText({ repr, type }: ValueInfo): string {
  return `${code(repr)} *${plain(type)}*`;
}

/** The line on which an offset of the chapter stands, from 1. */
export function lineOf(analysis: Analysis, offset: number): number {
  return analysis.chapter.lines.lineAt(offset) + 1;
}

/** A link to a place of the chapter. */
export function link(text: string, uri: string, analysis: Analysis, offset: number): string {
  return `[${plain(text)}](${uriAt(analysis.chapter, offset, uri)}#L${lineOf(analysis, offset)})`;
}

/** The cell by label or title, linked. */
export function cellLink(cell: CellResult, uri: string, analysis: Analysis): string {
  const { label, header, range } = cell.cell;
  const line = lineOf(analysis, range.start);
  return `${link(`cell ${label ?? header?.title ?? ''}`.trimEnd(), uri, analysis, range.start)} (line ${line})`;
}

/** Source of a statement, its first lines where it is long. */
export function statementText({ start, end }: OffsetRange, analysis: Analysis): string {
  const lines = analysis.chapter.slice(start, end).split(/\r?\n/);
  const column = start - analysis.chapter.lines.lineRangeAt(start).start;
  const dedented = lines.map((line, at) => (at === 0 ? line : line.replace(new RegExp(`^\\s{0,${column}}`), '')));
  const shown = dedented.length > 6 ? [...dedented.slice(0, 5), '…'] : dedented;
  return shown.map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)).join('\n');
}

/** The guards of a cell, one line each: the condition of one that holds and by how much, the message of a failed one. */
export function guardLines(cell: CellResult): string[] {
  return cell.checks.map(check => (check.passed ? `✓ ${holds(check)}` : `✗ **${plain(check.message)}**`));
}

/** `days > 5` holds: 9.1 > 5, by 82 % */
function holds(check: CheckOutcome): string {
  const { condition, words } = guardWords(check);
  return condition === undefined ? words : `${code(condition)} ${plain(words)}`;
}

/** The condition of a guard that holds, and by how much: `days > 5`, `holds: 9.1 > 5, by 82 %`. */
export function guardWords({ condition }: CheckOutcome): { readonly condition?: string; readonly words: string } {
  if (condition === undefined) return { words: 'a check in a function holds' };
  // of `a or b`, what did not hold decides nothing
  const compared = condition.comparisons.filter(one => one.held);
  const numbers = compared.map(({ left, operator, right, chained }, at) =>
    chained ? ` ${operator} ${right}` : `${at === 0 ? '' : ', '}${left} ${operator} ${right}`,
  );
  const tightest = compared.reduce<CheckComparison | undefined>(
    (least, one) => (least === undefined || one.ratio < least.ratio ? one : least),
    undefined,
  );
  if (tightest === undefined) return { condition: condition.text, words: 'holds' };
  return { condition: condition.text, words: `holds: ${numbers.join('')}${margin(tightest)}` };
}

/** How far the compared numbers are apart, in the words of people. */
function margin({ apart, ratio }: CheckComparison): string {
  if (ratio === 0) return ', just so';
  if (!Number.isFinite(ratio)) return `, by ${apart}`;
  if (ratio >= 9) return `, by a factor of ${grouped(Math.round(ratio + 1))}`;
  return `, by ${grouped(Number((100 * ratio).toPrecision(2)))} %`;
}

/** With three decimal places at most. */
function grouped(value: number): string {
  return withCommas(Math.round(1000 * value) / 1000);
}

/**
 * Follows bridges such as `days_str = Training.days_str` to the assignment that computed the value.
 */
export function origin(binding: BindingInfo): BindingInfo {
  let at = binding;
  for (let steps = 0; steps < 50; steps++) {
    const [read, ...others] = at.reads.filter(one => isSame(one.value, at.value));
    if (read?.binding === undefined || others.length > 0 || at.reads.length !== 1) return at;
    at = read.binding;
  }
  return at;
}

/** The same object or, of what has no identity, the same value. */
function isSame(a: ValueInfo, b: ValueInfo): boolean {
  return a.identity === b.identity && (a.identity !== undefined || (a.type === b.type && a.repr === b.repr));
}

/** What the library knows of a constant, a record or a formula, for a hover; undefined where it knows nothing. */
export function libraryText(name: string): string | undefined {
  const constant = constantInfo(name);
  if (constant !== undefined) {
    const lines = [`**${name}** = ${code(constant.text)}`];
    if (constant.note) lines.push(plain(constant.note));
    const source = [constant.source, constant.year].filter(Boolean).join(', ');
    if (source !== '') lines.push(`Source: ${plain(source)}`);
    if (constant.group) lines.push(`*mlsys.constants*: ${plain(constant.group)}`);
    return lines.join('\n\n');
  }
  const twin = twinInfo(name);
  if (twin !== undefined) {
    const rows = twin.fields.map(field => `| ${code(field.name)} | ${code(field.text)} |`);
    return [`**${name}** *${twin.cls}*`, ['| field | value |', '|---|---|', ...rows].join('\n')].join('\n\n');
  }
  const formula = formulaInfo(name);
  if (formula !== undefined)
    return [`${python(formula.signature)}`, plain(formula.doc), formula.latex === undefined ? '' : code(formula.latex)]
      .filter(part => part !== '')
      .join('\n\n');
  return undefined;
}
