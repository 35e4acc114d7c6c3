/** A typed number and one that a cell exports in one measure, where they may be of the same. */
import { type ExportedNumber, type ExportName, measuresBeside, measuresOf } from './exports';
import { type Literal, scaleOf } from './literals';
import { MEASURED, unitNamed } from './numbers';
import { areInitials, means, measures as measuring, nounIn, speaksOf, wordsOf } from './subject';

export interface Compared {
  /** The literal and what it is compared with, in one measure; half a unit of the last digit of either. */
  readonly literal: number;
  readonly shown: number;
  readonly exact: number | undefined;
  readonly typedHalf: number;
  readonly shownHalf: number;
  /** True where both have the same unit, or none, by what they say. */
  readonly isSure: boolean;
}
/** Both as they are written. */
export function inOneMeasure(literal: Literal, number: ExportedNumber): Compared {
  const { value, half } = literal;
  // "3.6 thousand hours" of what is told in thousands
  const scale = scaleOf(literal);
  const by = measuresOf(number).some(({ kind, factor }) => kind === undefined && factor === scale) ? scale : 1;
  const exact = number.exact === undefined ? undefined : number.exact * by;
  return {
    literal: value,
    typedHalf: half,
    shown: number.value * by,
    shownHalf: number.half * by,
    exact,
    isSure: false,
  };
}

/** Names of what is counted, which is no share of anything: `num_pixels`, `Plant.pump_count`. */
const COUNTED = /(?:^|[._])(?:num|n|number|count)_|_(?:count|num)(?:_|$)|_n$/;

/** Names of what happens in some time or to some thing, whose number is no share either: `failures_per_day`. */
const HAPPENING = /^(?!.*(?:rate|share|fraction|ratio|prob|pct|percent)).*_per_[a-z]/i;

function isCounted(unit: Literal['unit']): boolean {
  return unit !== undefined && !MEASURED.test(unit.kind);
}

/** A whole number under a plural counts: `nurses_str`, but no `savings`. */
export function isCountOf({ name, value, exact }: ExportedNumber): boolean {
  return Number.isInteger(exact ?? value) && PLURAL.test(name.parts.at(-1) ?? '');
}

/** "twenty times what it took", no "visited 5 times". */
function isMultiple({ line, to, unit, bound }: Literal): boolean {
  return (
    unit?.text !== 'times' ||
    bound !== undefined ||
    /^\s(?:as|what|the|that|those|its|their|more|less|[a-z]+er)\b/.test(line.text.slice(to))
  );
}

/** Plurals that are sums of money. */
const SUMS =
  /(?:cost|wage|fee|taxe|tax|sale|expense|earning|price|rent|bill|charge|fund|loan|debt|payment|proceed|revenue|profit|budget|fine|income|salarie|tariff|due|asset|investment|credit|benefit|toll|fare|grant|margin|penaltie|premium)s$/;

/** A name that is nothing but a span of time: `years`. */
function isSpanOf({ name: { path } }: ExportedNumber): boolean {
  return /(?:^|[._])(?:years|months|days|hours|minutes|seconds)(?:_(?:str|text))?$/.test(path);
}

const PLURAL = /^(?!(?:loss|saving|gain|odd|emission|share|percentage)e?s$)[a-z]{2,}[^su]s$/;

/** Kinds of units that sentences put to a value whose name has none. */
export const LOOSE: ReadonlySet<string> = new Set(['ratio', 'money', 'factor']);

/** "nearly four shifts" rounds what it counts; words from here on are round by themselves. */
const ROUNDED_FROM = 20;

/** Shares are of it, in per cent. */
const WHOLE = 100;

/** Both in one measure; undefined where they count different things. */
export function compared(literal: Literal, number: ExportedNumber): Compared | undefined {
  const { unit, value, half } = literal;
  const all = measuresBeside(number, unit);
  // "8.63 a day" of `interest_day`
  const isOfSpan =
    literal.per !== undefined &&
    unit?.kind === 'money' &&
    all.every(one => one.kind === 'time' && one.factor === literal.per);
  const measures = isOfSpan ? [] : all;
  const pair = (own: number, other: number, isSure: boolean) => ({
    literal: value * own,
    typedHalf: half * own,
    shown: number.value * other,
    exact: number.exact === undefined ? undefined : number.exact * other,
    shownHalf: number.half * other,
    isSure,
  });
  // "twenty times what the village takes" is none of its years.
  if (
    unit?.kind === 'factor' &&
    isMultiple(literal) &&
    (COUNTED.test(number.name.path) || isCountOf(number) || isSpanOf(number))
  )
    return undefined;
  // "$3.4 million" is no count of rides.
  if (unit?.kind === 'money' && measures.length === 0 && isCountOf(number) && !SUMS.test(number.name.parts.at(-1)!))
    return undefined;
  const isShare = unit?.kind === 'ratio' && measures.length === 0;
  if (
    isShare &&
    (COUNTED.test(number.name.path) ||
      isCountOf(number) ||
      HAPPENING.test(number.name.path) ||
      (value <= WHOLE && number.value > WHOLE))
  )
    return undefined;
  // "1,240 degrees" of `top_c`
  if (unit?.kind === 'degree' && all.some(({ kind }) => isTemperature(kind))) return pair(1, 1, true);
  // `ships = ceil(days / 7)` counts ships, whatever its code is measured in.
  if (isCounted(unit) && number.ofCode?.kind !== undefined && nounIn(unit, number.name.parts) && isCountOf(number))
    return pair(1, 1, true);
  // "731 panels" are not the watts of `panel_w`; "24 million parameters" may be of `dense_m`.
  const scaled = scaleOf(literal);
  const isInSuch = scaled !== 1 && all.some(({ kind, factor }) => kind === undefined && factor === scaled);
  if (isCounted(unit) && number.loose !== undefined && number.loose.kind !== 'ratio' && !isCountOf(number) && !isInSuch)
    return undefined;
  // "in two directions" counts; what a formula gives does not.
  const isRounded = literal.isRough && value < ROUNDED_FROM;
  if (literal.isWord && !isRounded && !Number.isInteger(number.value)) return undefined;
  const isMeasured = unit !== undefined && MEASURED.test(unit.kind);
  // "device hours" of `device_hours`
  const [, noun, time] = /^(.+)-(hour|day|year)$/.exec(unit?.kind ?? '') ?? [];
  const isProduct =
    time !== undefined && measures.some(one => one.kind === 'time' && one.factor === unitNamed(time)?.factor);
  if (isProduct && number.name.parts.some(part => means(noun!.toLowerCase(), part))) return pair(1, 1, true);
  // `charger_mw` may be in MW and in mW.
  const ofKind = measures.filter(({ kind }) => kind !== undefined && kind === unit?.kind);
  const named = ofKind.find(({ factor }) => factor === unit!.factor) ?? ofKind[0];
  if (named !== undefined) return pair(unit!.factor, named.factor, true);
  // "$2.10 an hour" of a price in USD/hour
  const rate = literal.per === undefined ? undefined : measures.find(({ kind }) => kind === `${unit?.kind}/time`);
  if (rate !== undefined) return pair(unit!.factor / literal.per!, rate.factor, true);
  // "100 samples a second" of `rate_hz`
  const frequency =
    isMeasured || literal.per === undefined ? undefined : measures.find(({ kind }) => kind === 'frequency');
  if (frequency !== undefined) return pair(1 / literal.per!, frequency.factor, true);
  // "128 kbit/s" of `link_kbit`
  const flow = measures.find(({ kind }) => /^(?:bits|data)$/.test(kind ?? '') && `${kind}/time` === unit?.kind);
  if (flow !== undefined && number.unit === undefined) return pair(unit!.factor, flow.factor, true);
  // "an odds ratio of 1.77" of `odds_ratio`
  const isRatioSaid = !isMeasured && literal.bound === undefined && literal.line.place !== 'cell';
  const counted = measures.filter(
    ({ kind }) => kind === undefined || (kind === 'factor' && isRatioSaid && isOfName(literal, number.name)),
  );
  const scales = measures.length === 0 ? [1] : counted.map(({ factor }) => factor);
  if (isMeasured && measures.length === 0 && measuring(number.name.parts, unit.kind)) return pair(1, 1, true);
  if (isMeasured)
    return LOOSE.has(unit.kind) && scales.length > 0
      ? pair(
          unit.factor,
          scales[0]!,
          unit.kind === 'money' || (measures.length === 0 && !isOther(number.name, unit.kind)),
        )
      : undefined;
  if (scales.length === 0) return undefined;
  // "60 million" against `params_m`, and against a text that is in millions without saying so.
  const scale = scales.find(factor => isClose(value / (number.value * factor))) ?? scales[0]!;
  return pair(
    1,
    scale,
    isOfName(literal, number.name) ||
      countsPart(literal, number.name.parts) ||
      (literal.isRate && number.name.parts.some(part => part === 'rate' || isSpan(part, literal.per))),
  );
}

function isTemperature(kind: string | undefined): boolean {
  return kind === 'temperature' || kind === 'fahrenheit';
}

/** `failures_day` of "4 times a day" */
function isSpan(part: string, per: number | undefined): boolean {
  const unit = per === undefined ? undefined : unitNamed(part);
  return unit?.kind === 'time' && unit.factor === per;
}

/** A price is no share, and neither is what is counted per something. */
function isOther({ parts, path }: ExportName, kind: string): boolean {
  return (
    kind === 'ratio' && (/_per_/.test(path) || ['money', 'time', 'energy', 'power'].some(one => measuring(parts, one)))
  );
}

/** True where the noun behind the number, adjectives left aside, is a word of a name: "380 thousand active readers". */
export function countsPart({ unit, phrase }: Literal, parts: readonly string[]): boolean {
  return nounIn(unit, parts) || phrase.some(word => parts.some(part => means(word, part)));
}

/** Of a number without a unit: in a table, where row and column say what it is; or in "a peak of 312". */
function isOfName(literal: Literal, { parts }: ExportName): boolean {
  let words = subjects.get(literal);
  if (words === undefined) {
    words = subjectOf(literal);
    subjects.set(literal, words);
  }
  const isMeant = (part: string) => speaksOf(words, part) || areInitials(words, part);
  return literal.line.place === 'cell' ? parts.every(isMeant) : parts.some(isMeant);
}

/** Each number is compared with all that is computed near it. */
const subjects = new WeakMap<Literal, readonly string[]>();

/** So far before a number its subject is looked for. */
const BEFORE = 120;

function subjectOf({ line, from, digitsTo: to, phrase }: Literal): readonly string[] {
  if (line.place === 'cell') return wordsOf(line.about);
  const subject =
    /((?:[\p{L}\d-]+\s)?[\p{L}\d-]+)\s(?:of|is|was|are|at|reaches|equals|stands at|comes to)\s(?:about\s|roughly\s|only\s|just\s|[~≈])?$/u.exec(
      line.text.slice(Math.max(0, from - BEFORE), from),
    )?.[1];
  // "the battery lasts 15 years, the line 40", "and trucks 1,900 times a day"
  const listed = /(?:[,;]|\band)\s(?:the\s|a\s|its\s)?([\p{L}-]{3,})\s$/u.exec(
    line.text.slice(Math.max(0, from - BEFORE), from),
  )?.[1];
  // "**Cards**: five hold the tables"
  const isOwn = !/s$/.test(phrase[0] ?? '');
  const label = !isOwn
    ? undefined
    : /(?:^|[.;]\s)(\p{L}[\p{L}\s-]{2,30}):\s(?:about\s|roughly\s|[~≈])?$/u.exec(
        line.text.slice(Math.max(0, from - BEFORE), from),
      )?.[1];
  // "677 of them are renewed", "78 are susceptible"
  const done =
    /^\s(?:are|is|were|was|had|have|has)\s([a-z]{5,})\b/.exec(line.text.slice(to, to + BEFORE))?.[1] ??
    /^\s(?:of\s)?(?:[^.;:,()]|[.,](?=\d)){0,40}?\s(?:are|is|were|was|get|have been|has been)\s([a-z]+ed)\b/.exec(
      line.text.slice(to, to + BEFORE),
    )?.[1];
  return [
    ...[subject, label].flatMap(words => (words === undefined ? [] : wordsOf(words))),
    ...[done, listed].flatMap(word => word ?? []),
  ];
}

function isClose(ratio: number): boolean {
  return ratio > 0.5 && ratio < 2;
}
