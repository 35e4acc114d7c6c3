/** What captions say of the rows of their tables: "The pumps are the smallest of the three", "The shortest of the three needs the most". */
import type { ProseBlock } from '../rule';
import { plainCount } from './claimWords';
import type { Line } from './lines';
import { singular, unitNamed } from './numbers';
import { type Cell, kindOf, type Row, type Table, TOTAL, tablesOf } from './tables';

/** A claim that no column bears out. */
export interface TableClaim {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

const MOST =
  'most expensive|most|largest|biggest|highest|greatest|longest|heaviest|dearest|costliest|tallest|widest|deepest|oldest|latest|larger|bigger|higher|greater|longer|heavier|dearer|costlier|taller|more expensive';
const LEAST =
  'least expensive|least|fewest|smallest|lowest|shortest|lightest|cheapest|narrowest|youngest|earliest|smaller|lower|shorter|lighter|cheaper|less expensive';
const IS_LEAST = new RegExp(`^(?:${LEAST})$`, 'i');
/** Of a time it is the least, and of a rate the most. */
const QUICK = 'fastest|quickest';
const SLOW = 'slowest';
const EXTREME = String.raw`the\s(${MOST}|${LEAST}|${QUICK}|${SLOW})`;

function isOfLeast(said: string, cells: readonly Cell[]): boolean {
  const isOfTime = cells[0]?.number.unit?.kind === 'time';
  if (/^(?:fastest|quickest)$/i.test(said)) return isOfTime;
  return /^slowest$/i.test(said) ? !isOfTime : IS_LEAST.test(said);
}
const OF_ALL = String.raw`of\s(?:the|all)\s(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b`;

/** "The pumps are by far the smallest of the three consumers" */
const ROW_IS = new RegExp(
  String.raw`(?:^|[.;:]\s|,\s)(?:(?:the|our|its)\s)?([\p{L}][\p{L}\d' \u2019-]{1,40}?)\s(?:is|are|was|were)\s(?:(?:by\sfar|still|clearly|also)\s)?${EXTREME}\s${OF_ALL}`,
  'giu',
);
/** "The shortest of the three intervals needs the most trams" */
const EXTREME_HAS = new RegExp(
  String.raw`\b${EXTREME}\s${OF_ALL}(?:\s[a-z]+)?\s(?:needs?|has|have|takes?|uses?|costs?|holds?|draws?|offers?|carries|carry|gives?|makes?|serves?|wastes?)\s${EXTREME}\s([a-z]{3,})`,
  'gi',
);
/** A superlative of these is of some column that the caption need not name. */
const OTHERS = 2;

/** The claims of the captions of a block that its tables do not bear out. */
export function* tableClaims(block: ProseBlock): Iterable<TableClaim> {
  const captions = block.lines.filter(({ place, text }) => place === 'caption' && /\bof\s(?:the|all)\s/i.test(text));
  if (captions.length === 0) return;
  const [table, ...more] = tablesOf(block);
  if (table === undefined || more.length > 0) return;
  const rows = table.rows.filter(({ label }) => !TOTAL.test(label));
  if (rows.length < OTHERS) return;
  for (const line of captions) {
    yield* rowsThatAre(line, table, rows);
    yield* extremesThatHave(line, table, rows);
  }
}

function* rowsThatAre(line: Line, { columns }: Table, rows: readonly Row[]): Iterable<TableClaim> {
  for (const { 0: whole, index, 1: subject, 2: said, 3: count } of line.text.matchAll(ROW_IS)) {
    if (plainCount(count!) !== rows.length) continue;
    const [row, ...others] = rows.filter(({ label }) => isCalled(label, subject!));
    if (row === undefined || others.length > 0) continue;
    const full = columns.map(column => columnOf(column, rows)).filter(cells => cells !== undefined);
    const at = rows.indexOf(row);
    if (full.length === 0 || full.some(cells => isExtreme(cells, at, isOfLeast(said!, cells)))) continue;
    const start = index + whole.search(/[\p{L}]/u);
    const cells = full.map(one => textOf(one[at]!)).join(', ');
    const best = full[0]!.findIndex((_, other) => isExtreme(full[0]!, other, isOfLeast(said!, full[0]!)));
    const other = best < 0 ? '' : `, and ${rows[best]!.label} ${textOf(full[0]![best]!)}`;
    yield {
      line,
      from: start,
      to: index + whole.length,
      message: `The caption says "the ${said!} of the ${count!}", but in no column is it so: ${row.label} has ${cells}${other}.`,
    };
  }
}

function* extremesThatHave(line: Line, { columns }: Table, rows: readonly Row[]): Iterable<TableClaim> {
  for (const match of line.text.matchAll(EXTREME_HAS)) {
    const { 0: whole, index, 1: first, 2: count, 3: second, 4: noun } = match;
    const keys = columnOf(columns[0]!, rows);
    if (plainCount(count!) !== rows.length || keys === undefined) continue;
    const at = keys.findIndex((_, one) => isExtreme(keys, one, isOfLeast(first!, keys)));
    const named = columns.slice(1).filter(column =>
      rows.some(({ cells }) => {
        const cell = cells.get(column);
        return cell !== undefined && saysNoun(cell.line.about, noun!);
      }),
    );
    const cells = named.length === 1 ? columnOf(named[0]!, rows) : undefined;
    if (at < 0 || cells === undefined || isExtreme(cells, at, isOfLeast(second!, cells))) continue;
    yield {
      line,
      from: index,
      to: index + whole.length,
      message: `The caption says "the ${second!} ${noun!}", but beside ${textOf(keys[at]!)} stands ${textOf(cells[at]!)} among ${cells.map(textOf).join(', ')}.`,
    };
  }
}

/** The cells of a column, if each row has one number of one kind there. */
function columnOf(column: object, rows: readonly Row[]): readonly Cell[] | undefined {
  const cells = rows.flatMap(row => row.cells.get(column) ?? []);
  if (cells.length < rows.length) return undefined;
  const kinds = new Set(cells.map(({ number }) => kindOf(number.unit?.kind)));
  return kinds.size === 1 ? cells : undefined;
}

/** True where no other cell is beyond this one. */
function isExtreme(cells: readonly Cell[], at: number, isLeast: boolean): boolean {
  const own = cells[at]!.value;
  return cells.every(({ value }, other) => other === at || (isLeast ? value >= own : value <= own));
}

function textOf({ line, number }: Cell): string {
  return line.text.slice(number.from, number.to);
}

/** A row is called by all words of its label, or by its one word that is no unit. */
function isCalled(label: string, subject: string): boolean {
  const words = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [])
      .filter(word => !/^(?:the|a|an|of)$/.test(word) && unitNamed(word) === undefined)
      .map(singular)
      .join(' ');
  const [own, said] = [words(label), words(subject)];
  return own !== '' && own === said;
}

function saysNoun(about: string, noun: string): boolean {
  const words = about.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.map(singular).includes(singular(noun.toLowerCase()));
}
