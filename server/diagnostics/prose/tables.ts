/** Tables whose rows multiply out, whose last row adds up, or whose shares make a hundred: the one row that does not is told. */
import type { ProseBlock } from '../rule';
import type { Line } from './lines';
import { MEASURED, measured, numbersIn, shortNumber, type WrittenNumber } from './numbers';

/** What is wrong in a cell of a table. */
export interface WrongCell {
  readonly line: Line;
  readonly number: WrittenNumber;
  readonly message: string;
  /** The cells that speak against it: where one of them is stale, it may be right. */
  readonly of: readonly Line[];
}

export interface Cell {
  readonly line: Line;
  readonly number: WrittenNumber;
  /** In the unit that its kind is measured in, with half of its last digit. */
  readonly value: number;
  readonly half: number;
}

export interface Row {
  readonly label: string;
  readonly cells: ReadonlyMap<object, Cell>;
}

export interface Table {
  readonly columns: readonly object[];
  readonly rows: readonly Row[];
}

/** So many rows beside a wrong one show that it is no chance: */
const OTHERS = 2;
/** More columns are data, and no calculation. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;
/** So many times as large, or as small, a slip makes a number. */
const FARTHEST = 2.05;
/** Columns of data that fit by chance, as often as this, are no calculation. */
const MOST_CHANCE = 0.02;
/** By so much a total may be off, and be one of the rows. */
const FARTHEST_TOTAL = 0.15;
export const TOTAL =
  /^\W*(?:grand\s)?(?:total|sum|all together|altogether|together|in all)\b(?!\s(?:per|cost per|time per))/i;
/** Rows that a total leaves out, or has twice. */
const OF_TOTAL = /\b(?:sub-?total|thereof|of which|net|average|mean|median|max|min|other)/i;

/** So near, a share is that of its row. */
const SHARE_OFF = 0.6;
/** The head of a column of shares. */
const SHARE =
  /\b(?:share|fraction|portion|percentage|part)\b(?!\s(?:of|in)\s(?!(?:the\s)?(?:total|whole|sum|all|it)\b))/i;

/** The numbers that the rows and columns around them speak against. */
export function* wrongCells(block: ProseBlock): Iterable<WrongCell> {
  if (!block.lines.some(({ column }) => column !== undefined)) return;
  for (const table of tablesOf(block)) {
    yield* wrongProducts(table);
    yield* wrongTotals(table);
    yield* wrongShares(table);
    yield* wrongMultiples(table);
  }
}

/** The tables of a block, with the cells that hold one number and nothing else that counts. */
export function tablesOf({ lines }: ProseBlock): readonly Table[] {
  const tables: { columns: object[]; rows: { label: string; cells: Map<object, Cell>; seen: Set<object> }[] }[] = [];
  for (const line of lines) {
    const { column } = line;
    if (column === undefined) continue;
    let table = tables.at(-1);
    const row = table?.rows.at(-1);
    // A column comes again where the next row begins; one that was never seen is of the same row, or of another table.
    if (table === undefined || row === undefined) {
      table = { columns: [], rows: [{ label: line.label, cells: new Map(), seen: new Set() }] };
      tables.push(table);
    } else if (row.seen.has(column) || table.columns[0] === column)
      table.rows.push({ label: line.label, cells: new Map(), seen: new Set() });
    else if (!table.columns.includes(column) && table.rows.length > 1) {
      table = { columns: [], rows: [{ label: line.label, cells: new Map(), seen: new Set() }] };
      tables.push(table);
    }
    const own = table.rows.at(-1)!;
    if (!table.columns.includes(column)) table.columns.push(column);
    own.seen.add(column);
    const [number, ...more] = numbersIn(line.text);
    if (number === undefined || more.length > 0 || !ALONE.test(line.text.slice(0, number.from))) continue;
    own.cells.set(column, { line, number, ...measured(number) });
  }
  return tables.filter(({ columns, rows }) => columns.length <= MOST_COLUMNS && rows.length <= MOST_ROWS);
}

/** Before the number of a cell stands at most a sign. */
const ALONE = /^\s*[$€£~≈+]?\s?$/;

/** One row of several in which a column is not the product of two others, as it is in the rest; or not their sum. */
function* wrongProducts({ columns, rows }: Table): Iterable<WrongCell> {
  const full = rows.filter(({ label }) => !TOTAL.test(label) && !OF_TOTAL.test(label));
  if (full.length < OTHERS + 1) return;
  // A result stands behind what it is made of.
  const triples = columns.flatMap((a, at) =>
    columns.slice(at + 1).flatMap((b, by) => columns.slice(at + by + 2).map(c => [a, b, c] as const)),
  );
  for (const triple of triples)
    for (const relation of RELATIONS) {
      const wrong = oddOne(full, triple, relation, triples.length * RELATIONS.length);
      if (wrong === undefined) continue;
      yield wrong;
      return;
    }
}

interface Relation {
  readonly sign: string;
  of(a: number, b: number): number;
  spread(a: Cell, b: Cell): number;
}

const RELATIONS: readonly Relation[] = [
  {
    sign: '×',
    of: (a, b) => a * b,
    spread: (a, b) => Math.abs(a.half * b.value) + Math.abs(b.half * a.value) + a.half * b.half,
  },
  { sign: '+', of: (a, b) => a + b, spread: (a, b) => a.half + b.half },
];

/** The one row that does not fit; `tried` is how many relations of columns are looked at in the table. */
function oddOne(
  rows: readonly Row[],
  columns: readonly [object, object, object],
  { sign, of, spread }: Relation,
  tried: number,
): WrongCell | undefined {
  const triples = rows.flatMap(({ cells }) => {
    const [one, two, three] = columns.map(column => cells.get(column));
    return one === undefined || two === undefined || three === undefined ? [] : [{ one, two, three }];
  });
  if (triples.length < rows.length || !isOfOneKind(triples.map(({ three }) => three))) return undefined;
  if (sign === '+' && !isOfOneKind(triples.flatMap(({ one, two, three }) => [one, two, three]))) return undefined;
  const fits = ({ one, two, three }: (typeof triples)[number]) =>
    Math.abs(of(one.value, two.value) - three.value) <= (three.half + spread(one, two)) * 1.000_001;
  const wrong = triples.filter(one => !fits(one));
  const [odd, ...more] = wrong;
  const right = triples.filter(fits);
  // "1 × 8 = 8" and "0 + 8 = 8" show nothing, and neither does the same row twice.
  const telling = new Map(
    right
      .filter(({ one, two, three }) => [one, two].every(({ value }) => Math.abs(value) > 1.000_001) && isSharp(three))
      .map(triple => [`${triple.one.value} ${triple.two.value}`, triple]),
  );
  if (odd === undefined || more.length > 0 || telling.size < OTHERS) return undefined;
  // How likely a number of this size would fit as well.
  const chances = Array.from(telling.values(), ({ one, two, three: { value: told, half } }) =>
    Math.min(1, (2 * Math.max(half, Math.abs(of(one.value, two.value) - told))) / Math.abs(told)),
  );
  if (chances.reduce((so, one) => so * one, tried * rows.length) > MOST_CHANCE) return undefined;
  const value = of(odd.one.value, odd.two.value);
  const ratio = odd.three.value / value;
  if (!(ratio < FARTHEST && ratio > 1 / FARTHEST)) return undefined;
  const text = ({ line, number }: Cell) => line.text.slice(number.from, number.to);
  const { line, number } = odd.three;
  return {
    line,
    number,
    of: [odd.one.line, odd.two.line],
    message: `In the other rows the columns are ${sign === '×' ? 'multiplied' : 'added'}, but ${text(odd.one)} ${sign} ${text(odd.two)} is no ${text(odd.three)}: it is ${shortNumber(value / (number.unit?.factor ?? 1))}.`,
  };
}

/** Two digits or more show what they are made of. */
function isSharp({ value, half }: Cell): boolean {
  return Math.abs(value) > 10 * half;
}

function isOfOneKind(cells: readonly Cell[]): boolean {
  const [first] = cells;
  return cells.every(({ number: { unit } }) => kindOf(unit?.kind) === kindOf(first?.number.unit?.kind));
}

export function kindOf(kind: string | undefined): string {
  return kind !== undefined && MEASURED.test(kind) ? kind : '';
}

/** A last row that tells the total of those above, and is near it. */
function* wrongTotals({ columns, rows }: Table): Iterable<WrongCell> {
  const total = rows.at(-1);
  const others = rows.slice(0, -1);
  if (total === undefined || others.length < OTHERS || !TOTAL.test(total.label)) return;
  if (others.some(({ label }) => TOTAL.test(label) || OF_TOTAL.test(label))) return;
  const columnsOf = columns.map(column => ({
    told: total.cells.get(column),
    cells: others.flatMap(({ cells }) => cells.get(column) ?? []),
  }));
  for (const { told, cells } of columnsOf) {
    if (told === undefined || cells.length < others.length || !isOfOneKind([told, ...cells])) continue;
    const sum = cells.reduce((so, { value }) => so + value, 0);
    const off = Math.abs(told.value - sum);
    if (off <= (told.half + cells.reduce((so, { half }) => so + half, 0)) * 1.000_001) continue;
    if (off > FARTHEST_TOTAL * Math.abs(sum) || cells.some(({ value }) => value >= told.value)) continue;
    const { line, number } = told;
    yield {
      line,
      number,
      of: cells.map(cell => cell.line),
      message: `The last row says ${line.text.slice(number.from, number.to)}, but the rows above add up to ${shortNumber(sum / (number.unit?.factor ?? 1))}.`,
    };
  }
}

/** In a column of shares, the one that its row has not of the sum of another column, where all others have theirs. */
function* wrongShares({ columns, rows }: Table): Iterable<WrongCell> {
  const own = rows.filter(({ label }) => !TOTAL.test(label));
  if (own.length < OTHERS + 1 || own.some(({ label }) => OF_TOTAL.test(label))) return;
  const columnsOf = columns.map(column => own.flatMap(({ cells }) => cells.get(column) ?? []));
  const full = columnsOf.filter(cells => cells.length === own.length && isOfOneKind(cells));
  for (const shares of full) {
    if (!shares.every(({ number, line }) => number.unit?.kind === 'ratio' && SHARE.test(line.about))) continue;
    for (const parts of full) {
      if (parts === shares || parts.some(({ value }) => value <= 0)) continue;
      const sum = parts.reduce((so, { value }) => so + value, 0);
      const due = parts.map(({ value }) => (100 * value) / sum);
      const wrong = shares.filter(({ value, half }, at) => Math.abs(value - due[at]!) > Math.max(half, SHARE_OFF));
      const [odd] = wrong;
      if (odd === undefined || wrong.length > 1) continue;
      const at = shares.indexOf(odd);
      const [share, part] = [odd, parts[at]!].map(({ line, number }) => line.text.slice(number.from, number.to));
      yield {
        line: odd.line,
        number: odd.number,
        of: parts.map(({ line }) => line),
        message: `In the other rows the share is that of the sum of the column, but ${part!} of ${shortNumber(sum / (parts[at]!.number.unit?.factor ?? 1))} is ${shortNumber(due[at]!)}%, and no ${share!}.`,
      };
      return;
    }
  }
}

/** Two columns of which one is so many times the other in all rows but one, where its digits are in another order. */
function* wrongMultiples({ columns, rows }: Table): Iterable<WrongCell> {
  const own = rows.filter(({ label }) => !TOTAL.test(label));
  if (own.length < OTHERS + 1) return;
  for (const [at, left] of columns.entries())
    for (const right of columns.slice(at + 1)) {
      const pairs = own.flatMap(({ cells }) => {
        const [one, two] = [cells.get(left), cells.get(right)];
        return one === undefined || two === undefined || one.value === 0
          ? []
          : [{ one, two, times: two.value / one.value }];
      });
      if (pairs.length < own.length) continue;
      const isSame = (a: number, b: number) => Math.abs(a / b - 1) < 1e-9;
      const most = pairs.find(
        ({ times }) => pairs.filter(pair => isSame(pair.times, times)).length === pairs.length - 1,
      );
      const odd = most && pairs.find(({ times }) => !isSame(times, most.times));
      if (most === undefined || odd === undefined || most.times === 1) continue;
      if (new Set(pairs.map(({ one }) => one.value)).size < pairs.length) continue;
      for (const [cell, due] of [
        [odd.two, odd.one.value * most.times],
        [odd.one, odd.two.value / most.times],
      ] as const) {
        if (!isPermutation(cell, due)) continue;
        const { line, number } = cell;
        yield {
          line,
          number,
          of: [cell === odd.two ? odd.one.line : odd.two.line],
          message: `In the other rows one column is ${shortNumber(most.times)} times the other, by which ${line.text.slice(number.from, number.to)} would be ${shortNumber(due / (number.unit?.factor ?? 1))}.`,
        };
        return;
      }
    }
}

/** The digits of a cell, three or more, in another order than those of what is due there. */
function isPermutation({ line, number }: Cell, due: number): boolean {
  const said = line.text.slice(number.from, number.digitsTo).replaceAll(',', '');
  const right = (due / (number.unit?.factor ?? 1)).toFixed(said.split('.')[1]?.length ?? 0);
  return said.length > 2 && said !== right && [...said].sort().join('') === [...right].sort().join('');
}
