/** A comment that gives the value beside it, and gives another one: `x_str = fmt(x)  # e.g. "500"`, `days = hours / 24  # = 3.5`. */

import { type Expression, symbolIndex } from '../../../mlsys';
import type { BindingInfo, CellResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { guardTexts } from '../contract/guardTexts';
import { oncePerText } from '../contract/oncePerText';
import { type OwnNumber, staleCount, staleOf, type ToldText, toldTexts } from '../contract/toldNumbers';
import { replacement } from '../fixes';
import { numberOf } from '../prose/behind';
import { MEASURED, numbersIn, shortNumber, singular, type Unit, unitNamed, type WrittenNumber } from '../prose/numbers';
import { isMeasuredIn, readName, splitName } from '../prose/subject';
import type { Draft, Rule } from '../rule';
import { lineStart, restOfLine } from '../sourceLines';

export const staleComment: Rule = {
  code: 'stale-comment',
  severity: 'info',
  *cell(cell): Iterable<Draft> {
    yield* behindCode(cell);
    yield* guardTexts(cell);
    if (cell.status === 'ok') yield* inTexts(cell);
  },
};

/** Numbers of the header box and of docstrings. */
function* inTexts(cell: CellResult): Iterable<Draft> {
  const texts = toldTexts(cell.cell, cell.program);
  if (texts.length === 0) return;
  // Each number of a text is held against the others as well.
  const named = namedValues(cell);
  const byUnit = new Map<string, readonly OwnNumber[]>();
  const ownIn = ({ unit }: WrittenNumber): readonly OwnNumber[] => {
    const key = `${unit!.kind} ${unit!.text}`;
    const own = byUnit.get(key) ?? ownNumbers(named, unit!);
    byUnit.set(key, own);
    return own;
  };
  let numbers: ReadonlyMap<string, number> | undefined;
  for (const told of texts) {
    for (const number of told.numbers) {
      const own = staleOf(told, number, ownIn);
      if (own !== undefined) yield toldOtherwise(cell, told, number, own);
    }
    for (const count of told.counts) {
      numbers ??= plainNumbers(named);
      const own = staleCount(count, numbers, told.words);
      if (own !== undefined) yield toldOtherwise(cell, told, count.number, own);
    }
  }
}

function toldOtherwise({ cell }: CellResult, told: ToldText, number: WrittenNumber, own: OwnNumber): Draft {
  const said = written(own.value, told.text.slice(number.from, number.digitsTo));
  const range = cell.toDocumentRange({ start: told.start + number.from, end: told.start + number.digitsTo });
  return {
    range,
    message: `The text above the code says ${told.text.slice(number.from, number.to)}, but \`${own.name}\` is ${said}${told.text.slice(number.digitsTo, number.to)}.`,
    fixes: [{ title: `Say ${said} there`, preferred: false, edits: [replacement(range, said)] }],
  };
}

function plainNumbers(named: ReadonlyMap<string, ValueInfo>): ReadonlyMap<string, number> {
  return new Map(
    [...named].flatMap(([name, value]) => {
      const own = ownNumber(value, undefined, name, true);
      return own === undefined ? [] : [[name, own] as const];
    }),
  );
}

/** The values of a cell that are known, one for each name that it binds once. */
function namedValues(cell: CellResult): ReadonlyMap<string, ValueInfo> {
  const last = new Map(cell.bindings.map(binding => [binding.name, binding]));
  const known = [...last.values()].filter(({ name }) => cell.definitionsOf(name).length <= 1);
  return new Map(known.flatMap(({ name, value }) => (value.unknown === undefined ? [[name, value] as const] : [])));
}

/** Those that may be told in a unit. */
function ownNumbers(named: ReadonlyMap<string, ValueInfo>, unit: Unit): readonly OwnNumber[] {
  return [...named].flatMap(([name, value]) => {
    const { parts, measures } = readName(lastOf(name));
    // Months are no percentage, and no factor.
    if (CALENDAR.test(parts.at(-1) ?? '')) return [];
    const isShare = unit.kind === 'ratio' && !measures.some(({ kind }) => kind === 'ratio');
    const own = (isShare ? shareOf(value) : undefined) ?? ownNumber(value, unit, name, true);
    const isOfUnit = measures.some(({ kind, factor }) => kind === unit.kind && factor === unit.factor);
    return own === undefined ? [] : [{ name, parts, value: own, isOfUnit }];
  });
}

function* behindCode(cell: CellResult): Iterable<Draft> {
  const { program } = cell;
  // A look at the text spares most cells the reading of their statements.
  const examples = MAY_HOLD.test(program.source) ? examplesIn(program) : [];
  if (examples.length === 0 || cell.status !== 'ok') return;
  for (const { name, example } of examples) {
    const value = cell.definitionsOf(name).length > 1 ? undefined : cell.bindingsOf(name).at(-1)?.value;
    if (value === undefined || value.unknown !== undefined) continue;
    const isText = example.isText && (value.type === 'str' || !PLAIN.test(example.text));
    const said = isText ? otherText(example, value) : otherNumber(example, value, name);
    if (said === undefined) continue;
    const range = cell.cell.toDocumentRange(example);
    const quote = example.isText ? '"' : '';
    yield {
      range,
      message: `The comment says ${quote}${example.text}${quote}, but \`${name}\` is ${quote}${said}${quote}.`,
      fixes: [
        {
          title: `Say ${quote}${said}${quote} in the comment`,
          preferred: true,
          edits: [replacement(range, said)],
        },
      ],
    };
  }
}

type ValueInfo = BindingInfo['value'];

interface Example {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** True for one between quotation marks. */
  readonly isText: boolean;
  /** Of a number, the unit behind it. */
  readonly unit: string;
  /** True where an arrow or a sign of equality says that it is what the statement gives. */
  readonly isResult: boolean;
  /** "about": it is rounded by more than its digits say. */
  readonly isRough: boolean;
  /** True of a comment behind an operation or a call. */
  readonly isComputed: boolean;
  /** What the comment says besides the number, where it may speak of the name. */
  readonly said?: string;
}

/** The assignments of a cell whose comments give their values. */
const examplesIn = oncePerText(
  ({ module, source }): readonly { readonly name: string; readonly example: Example }[] => {
    return symbolIndex(module).definitions.all.flatMap(({ name, kind, value, statement }) => {
      const example =
        kind === 'assignment' && value !== undefined
          ? (exampleAt(source, statement.end, isComputation(value)) ??
            (isComputation(value) ? exampleAbove(source, statement.start) : undefined))
          : undefined;
      return example === undefined ? [] : [{ name, example }];
    });
  },
);

function isComputation({ kind }: Expression): boolean {
  return kind === 'BinOp' || kind === 'Call';
}

/** Behind code, a comment that starts with what may be a value, or gives an example. */
const MAY_HOLD =
  /^[ \t]*#.*(?:[=≈]|about|around|roughly|approximately|~).*\d|[^\s#][ \t]*#(?:.*\be\.g\.|[ \t]*(?:->|→|=>|=|≈)?[ \t]*(?:(?:about|around|roughly|approx\w*\.?|ca\.|~|≈)\s?)?["“'$€£]?[-−\d]|[ \t]*["“']|[^\n#]*\(\d[\d.]*\s?[x×]\)[ \t]*$)/m;
const QUOTED = /^([ \t]*#(?:.*?\be\.g\.,?)?\s*)(?:"([^"“”]+)"|“([^"“”]+)”|'([^'"]+)')(.*)/;
/** Nothing but a number, with its unit, and with what the unit is counted per. */
const NUMBER = String.raw`([$\u20ac\u00a3]?[-\u2212]?\d[\d,_]*(?:\.\d+)?(?:e[-+]?\d+)?)`;
const COUNTED = new RegExp(
  String.raw`^([ \t]*#\s*(?:(->|\u2192|=>|=|\u2248)\s*)?((?:about|around|roughly|approximately|approx\.|ca\.|~|\u2248)\s?)?)${NUMBER}\s?(per\s?cent|[A-Za-z%\u00b5\u00b0/]+[\u00b2\u00b3]?|)(?:\s(?:per|an?)\s[A-Za-z]+(?:\sand\s[a-z]+)?|(?<=%|cent)\sof\s(?:the|all|its)\s[a-z]+)?\s*(?:[:;,(]\s*(.*))?$`,
);

/** Words by which a comment speaks of another value than the one beside it. */
const OTHER =
  /\d|\b(?:was|were|old|earlier|before|previously|instead|not|vs|versus|max|min|maximum|minimum|limit|default|up to|at most|at least|if|when|for)\b/i;

/** So many digits are no number of a note or a list. */
const DIGITS = 3;

function exampleAt(source: string, offset: number, isComputed: boolean): Example | undefined {
  const rest = restOfLine(source, offset);
  const quoted = QUOTED.exec(rest);
  // Without "e.g." a comment that is nothing but a quoted text gives it, with or without its unit.
  if (quoted !== null && (quoted[1]!.includes('e.g.') || /^\s*[A-Za-z%µ°/]{0,12}\s*$/.test(quoted[5]!))) {
    const text = quoted[2] ?? quoted[3] ?? quoted[4]!;
    const start = offset + quoted[1]!.length + 1;
    const unit = /^\s*([A-Za-z%µ°/]*)/.exec(quoted[5]!)![1]!;
    return { text, start, end: start + text.length, isText: true, unit, isResult: true, isRough: false, isComputed };
  }
  const counted = COUNTED.exec(rest);
  if (counted === null) return isComputed ? undefined : (measuredFirst(rest, offset) ?? inBrackets(rest, offset));
  const [, lead, arrow, rough, written, named, more] = counted;
  const sign = /^[$€£]/.exec(written!)?.[0] ?? '';
  const text = written!.slice(sign.length);
  const unit = sign !== '' && named === '' ? '$' : named;
  // "16 bytes: weights and moments" says of what; anything may follow a plain number.
  if (more !== undefined && (unit === '' || OTHER.test(more))) return undefined;
  // A number of many digits behind a computation gives its result.
  const isTold = isComputed && text.replaceAll(/[^\d]|^0+/g, '').length >= DIGITS;
  const start = offset + lead!.length + sign.length;
  return {
    text,
    start,
    end: start + text.length,
    isText: false,
    unit: unit!.replace(/^per\s?cent$/, '%'),
    isResult: arrow !== undefined || rough !== undefined || isTold,
    isRough: rough !== undefined,
    isComputed,
  };
}

/** "# 50 years until the silt is dug out", beside what is typed and named after the same unit. */
function measuredFirst(rest: string, offset: number): Example | undefined {
  const [, lead, text, unit, whole] = MEASURED_FIRST.exec(rest) ?? [];
  // "(e.g. 85 -> 84.2)" tells what follows from it.
  const more = whole?.replace(/\s*\(e\.g\.[^()]*\)\s*$/, '');
  if (text === undefined || OTHER.test(more!)) return undefined;
  const start = offset + lead!.length;
  const end = start + text.length;
  return {
    text,
    start,
    end,
    isText: false,
    unit: unit!,
    isResult: false,
    isRough: false,
    isComputed: false,
    said: more!,
  };
}

/** "# Speedup of the part (3x)", beside what is typed. */
function inBrackets(rest: string, offset: number): Example | undefined {
  const [, lead, text] = FACTOR_LAST.exec(rest) ?? [];
  if (text === undefined) return undefined;
  const start = offset + lead!.length;
  const end = start + text.length;
  return { text, start, end, isText: false, unit: '×', isResult: false, isRough: false, isComputed: false };
}

const FACTOR_LAST = /^([ \t]*#[^#\d()]*\()(\d+(?:\.\d+)?)\s?[x×]\)\s*$/;

const MEASURED_FIRST =
  /^([ \t]*#\s*)(\d[\d,_]*(?:\.\d+)?)(?:\s(?=[A-Za-zµ°%])|(?=%))(%|[A-Za-zµ°/]+[²³]?)\s((?!(?:per|an?|each|every|more|less|fewer|longer|shorter|or|and|to|is|are|=|[-+×*/])\b)[a-z][^;]*)$/;

/** "# 70.6e9 × 14 = 988 GB" on a line of its own, and "# about 190 minutes", above what is computed. */
function exampleAbove(source: string, statement: number): Example | undefined {
  const end = lineStart(source, statement) - 1;
  if (end <= 0) return undefined;
  const start = lineStart(source, end);
  const [whole, lead, equals, about, written, unit] = ABOVE.exec(source.slice(start, end)) ?? [];
  if (whole === undefined) return undefined;
  const sign = /^[$€£]/.exec(written!)?.[0] ?? '';
  const text = written!.slice(sign.length);
  const from = start + lead!.length + sign.length;
  return {
    text,
    start: from,
    end: from + text.length,
    isText: false,
    unit: (sign !== '' && unit === '' ? '$' : unit!).replace(/^per\s?cent$/, '%'),
    isResult: true,
    isRough: about !== undefined || equals === '≈',
    isComputed: true,
  };
}

const ABOVE = new RegExp(
  String.raw`^([ \t]*#\s*(?:(?=[^#]*[=\u2248]).*?([=\u2248])\s*|((?:about|around|roughly|approximately|~|\u2248)\s?)))${NUMBER}\s?(per\s?cent|[A-Za-z%\u00b5\u00b0/]+[\u00b2\u00b3]?|)[.]?[ \t]*$`,
);

/** The text that the name got, where it is another one. */
function otherText(example: Example, { type, repr }: ValueInfo): string | undefined {
  const found = type === 'str' ? /^(['"])(.*)\1$/s.exec(repr)?.[2] : undefined;
  return found === undefined || found === example.text || /["“”\n\\]/.test(found) ? undefined : found;
}

/** A number alone, which quotation marks make no text. */
const PLAIN = /^[-−]?\d[\d,]*(?:\.\d+)?$/;

/** So much may a number that a comment gives be off and still be meant for the value. */
const FARTHEST = 1.8;

const FARTHEST_QUOTED = 20;

/** And what is said to be rough. */
const ROUGHLY = 0.1;

/** The number that the name got, as the comment would write it, where it is another one. */
function otherNumber(example: Example, value: ValueInfo, name: string): string | undefined {
  const plain = example.text.replaceAll(/[,_]/g, '').replace('−', '-');
  const decimals = /\.(\d+)$/.exec(plain)?.[1]?.length ?? 0;
  const typed = Number(plain);
  const unit = example.unit === '' ? undefined : (unitNamed(example.unit) ?? CURRENCY[example.unit.toLowerCase()]);
  // "50 years until" beside `years`: they have no length of their own.
  const isCalendar =
    CALENDAR.test(example.unit) && splitName(lastOf(name)).some(word => singular(word) === singular(example.unit));
  const isCounted = unit === undefined && example.unit.length > 2 && namesNoun(name, example.unit);
  const isPlain = isCalendar || isCounted || (example.unit === '' && example.isResult);
  if (unit === undefined ? !isPlain : !MEASURED.test(unit.kind)) return undefined;
  const { measures } = readName(lastOf(name));
  // "0.8% accuracy loss per month" beside `drift_points_per_month`
  const isSaid = example.said !== undefined && speaksOfName(example.said, name);
  const plainOwn = ownNumber(
    value,
    unit,
    name,
    example.isComputed || example.isText || isSaid || unit?.kind === 'factor',
  );
  const isShare = unit?.kind === 'ratio' && !measures.some(({ kind }) => kind === 'ratio');
  const share = isShare ? shareOf(value) : undefined;
  const isNearer = share !== undefined && plainOwn !== undefined && isSaid && isNearerTo(typed, plainOwn, share);
  const own = isNearer ? plainOwn : (share ?? plainOwn);
  if (own === undefined || own === 0 || typed === 0) return undefined;
  const shown = plain.includes('e') ? 0.005 * Math.abs(typed) : 0.5 * 10 ** -decimals;
  const half = example.isRough ? Math.max(shown, ROUGHLY * Math.abs(typed)) : shown;
  const ratio = own / typed;
  // What is quoted with its unit is meant for the value, however far off.
  const farthest = example.isText && example.unit !== '' ? FARTHEST_QUOTED : FARTHEST;
  if (Math.abs(own - typed) <= half * 1.000_001 || ratio < 1 / farthest || ratio > farthest) return undefined;
  return written(own, example.text);
}

/** A number as a text beside it is written. */
function written(value: number, text: string): string {
  if (/e/i.test(text)) return shortNumber(value);
  const decimals = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  return value.toLocaleString('en-US', {
    useGrouping: text.includes(','),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A word of the name stands in the comment. */
function speaksOfName(text: string, name: string): boolean {
  const words = new Set(text.toLowerCase().match(/[a-z]{4,}/g));
  return splitName(lastOf(name)).some(word => words.has(word));
}

function isNearerTo(typed: number, one: number, other: number): boolean {
  return Math.abs(Math.log(one / typed)) < Math.abs(Math.log(other / typed));
}

/** "16 cards" beside `cards`, or `num_cards`. */
function namesNoun(name: string, noun: string): boolean {
  return singular(splitName(lastOf(name)).at(-1) ?? '') === singular(noun.toLowerCase());
}

const CALENDAR = /^(?:months?|quarters?|years?)$/;

const DOLLAR = unitNamed('$')!;
const CURRENCY: Readonly<Record<string, Unit>> = { euro: DOLLAR, euros: DOLLAR, eur: DOLLAR, cents: DOLLAR };

/** In per cent, what is less than all: `growth = 0.06  # 7 %`. */
function shareOf({ type, repr }: ValueInfo): number | undefined {
  const number = type === 'float' ? numberOf(repr) : undefined;
  return number !== undefined && number > 0 && number < 1 ? Number((100 * number).toPrecision(12)) : undefined;
}

/** The number of a value in the unit of the comment; undefined where it is of something else for all that is known. */
function ownNumber(
  { type, repr, unit: written }: ValueInfo,
  unit: Unit | undefined,
  name: string,
  isComputed: boolean,
): number | undefined {
  if (type === 'str') {
    const [number, ...more] = numbersIn(/^(['"])(.*)\1$/s.exec(repr)?.[2] ?? '');
    const isOther = unit !== undefined && !isOfKind(name, unit, true);
    return number === undefined || more.length > 0 || isOther ? undefined : number.value;
  }
  if (type !== 'int' && type !== 'float' && type !== 'Quantity') return undefined;
  const number = numberOf(repr);
  if (number === undefined || unit === undefined) return number;
  const of = written === undefined || written === '' ? undefined : unitNamed(written);
  if (type === 'Quantity') return of?.kind === unit.kind ? (number * of.factor) / unit.factor : undefined;
  return isOfKind(name, unit, isComputed) ? number : undefined;
}

/** True where a name may be of a number in a unit; `isPlain` tells that names without a unit of their own may be of any. */
function isOfKind(name: string, unit: Unit, isPlain: boolean): boolean {
  const { parts, measures } = readName(lastOf(name));
  return (
    (isPlain && measures.length === 0) ||
    // `peak_gflops` are so many a second.
    measures.some(({ kind }) => kind === unit.kind || `${kind}/time` === unit.kind) ||
    parts.some(part => isMeasuredIn(part, unit)) ||
    (unit.kind === 'time' && /(?:^|\.)t_/.test(name))
  );
}
