/** The number behind a text that shows it, and what that number ends in. */
import { givenTo, partsOf } from '../../mlsys';
import { numbersIn } from '../diagnostics/prose/numbers';
import type { NumericValue, PartRecord, PartValue, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { isOtherForm } from './formula';

/** A number with the formula that made it. */
export interface Computed {
  readonly value: PartValue;
  /** The name that has the value; undefined for what is computed where it is formatted: `fmt(eta * 100)`. */
  readonly source: SourceRecord | undefined;
  readonly formula: PartRecord | undefined;
}

/** So many names for one value, and formats of formats, are looked through. */
const MOST_STEPS = 50;

/** The number that the first source of a record shows or is; undefined where it shows none, or several. */
export function computedBehind({ sources }: ProvenanceRecord): Computed | undefined {
  let at = sources[0];
  for (let steps = 0; at !== undefined && steps < MOST_STEPS; steps++) {
    const { value } = at;
    // What changed it is no formula.
    const formula = at.changedBy === undefined ? at.formula : undefined;
    if (formula?.kind === 'source') {
      at = sources[formula.source];
      continue;
    }
    if (value.number !== undefined) return { value, source: at, formula: formula && withMaker(formula, sources) };
    // What is true or false shows no number.
    const shows = formula !== undefined && value.type !== 'bool';
    const input: PartRecord | undefined = shows ? soleInput(formula, sources) : undefined;
    if (input === undefined) return undefined;
    // A formatter that takes the magnitude of what it is given, or makes a float of it, shows that.
    const shown = sameNumber(input);
    if (shown.kind !== 'source') return { value: shown.value, source: undefined, formula: withMaker(shown, sources) };
    at = sources[shown.source];
  }
  return undefined;
}

/** A formula that gives no more than the number of a name, in some unit: with what made that in place of the name. */
function withMaker(formula: PartRecord, sources: readonly SourceRecord[]): PartRecord {
  const made = (given: PartRecord): PartRecord | undefined => {
    const part = sameNumber(given);
    if (part.kind !== 'source') return isOtherForm(part) ? within(part) : undefined;
    const source = sources[part.source]!;
    if (isLeaf(source) || source.formula === undefined || isLeftOut(source.formula)) return undefined;
    return source.formula.kind === 'source' ? made(source.formula) : source.formula;
  };
  const within = (part: PartRecord): PartRecord | undefined => {
    const of = innerOf(part);
    const inner = of && made(of);
    if (inner === undefined) return undefined;
    return part.kind === 'attribute' ? { ...part, of: inner } : ({ ...part, on: inner } as PartRecord);
  };
  return (isOtherForm(formula) ? within(formula) : undefined) ?? formula;
}

/** True for a formula of which no more is told than what it ends in. */
function isLeftOut(formula: PartRecord): boolean {
  return formula.kind === 'code' && formula.code === '…';
}

/** What the number that a text shows is made of, or that number where it has a name; undefined where it shows none, or several. */
export function shownBy(
  { formula, value }: SourceRecord,
  record: ProvenanceRecord,
): readonly SourceRecord[] | undefined {
  if (formula === undefined || formula.kind === 'source' || value.type === 'bool') return undefined;
  const input = soleInput(formula, record.sources);
  return input && inputsOf(sameNumber(input), record);
}

/** What a part takes its number from as it is: by its magnitude, as another class of numbers, by way of a text. */
function sameNumber(part: PartRecord): PartRecord {
  let at = part;
  for (let inner = formOf(at); inner !== undefined && inner.value.number === at.value.number; inner = formOf(at))
    at = inner;
  return at;
}

/** What a part is another form of; undefined for what is written as it is. */
function formOf(part: PartRecord): PartRecord | undefined {
  if (part.value.number === undefined) return undefined;
  const [first, second] = part.kind === 'call' ? part.args : [];
  const isNumber =
    part.kind === 'call' && part.on === undefined && NUMBER_CLASSES.test(part.callee) && second === undefined;
  // `Decimal(repr(x))`
  const isText = isNumber && first?.kind === 'call' && (first.callee === 'repr' || first.callee === 'str');
  const of = isNumber ? (isText ? first.args[0] : first) : isOtherForm(part) ? innerOf(part) : undefined;
  return of?.kind === 'literal' ? undefined : of;
}

const NUMBER_CLASSES = /(?:^|\.)(?:float|int|Decimal|Fraction)$/;

/** The quantity that is converted, or whose magnitude is taken. */
function innerOf(part: PartRecord): PartRecord | undefined {
  return part.kind === 'attribute' ? part.of : part.kind === 'call' ? part.on : undefined;
}

/** The one number, or the one text made of a number, in a formula of a text. */
function soleInput(part: PartRecord, sources: readonly SourceRecord[]): PartRecord | undefined {
  const found = new Map<unknown, PartRecord>();
  // Of the numbers that a function was given, one may be what is shown, or its `precision`.
  const given = new Map<unknown, PartRecord>();
  const look = (one: PartRecord): void => {
    if (one.kind === 'source') {
      const source = sources[one.source]!;
      const isText = one.value.type === 'str' || one.value.text !== undefined;
      if (one.value.number !== undefined || (isText && isOfNumbers(source, sources)))
        (source.isParameter ? given : found).set(one.source, one);
      return;
    }
    const rounded = one === part ? undefined : roundedIn(one);
    if (rounded !== undefined) look(rounded);
    else if (one.value.number !== undefined && one.kind !== 'literal' && one !== part) found.set(one, one);
    else if (one.kind === 'choice') look(one.of);
    else for (const inner of one.kind === 'call' ? givenTo<PartRecord>(one) : partsOf<PartRecord>(one)) look(inner);
  };
  look(part);
  const [first, ...others] = (found.size === 0 ? given : found).values();
  return first !== undefined && others.every(one => isSameNumber(one.value, first.value)) ? first : undefined;
}

/** True for a text with a number behind it: not for one that somebody wrote, the name of a unit, a symbol. */
function isOfNumbers(source: SourceRecord, sources: readonly SourceRecord[]): boolean {
  const seen = new Set<SourceRecord>();
  const look = (part: PartRecord): boolean => {
    if (part.kind === 'literal') return false;
    if (part.value.number !== undefined) return true;
    return part.kind === 'source' ? follow(sources[part.source]!) : partsOf<PartRecord>(part).some(look);
  };
  const follow = (one: SourceRecord): boolean => {
    if (seen.has(one)) return false;
    seen.add(one);
    return one.kind !== 'text' && one.formula !== undefined && look(one.formula);
  };
  return follow(source);
}

/** True for a number that a text reads twice: for its digits, and for "day" or "days" behind them. */
function isSameNumber({ number, shortUnit }: PartValue, other: PartValue): boolean {
  return number !== undefined && number === other.number && (shortUnit ?? other.shortUnit) === other.shortUnit;
}

/** The number that is rounded for a text. */
function roundedIn(part: PartRecord): PartRecord | undefined {
  if (part.kind !== 'call') return undefined;
  const { callee, on, args } = part;
  // `int(round(x))` gives what is rounded already.
  if (on === undefined && NUMBER_CLASSES.test(callee)) return args[0] && roundedIn(args[0]);
  const of = callee === 'round' ? args[0] : callee === 'quantize' ? on : undefined;
  return of?.value.number === undefined ? undefined : of;
}

/** The sources that a formula reads, each once, in order. */
export function inputsOf(formula: PartRecord | undefined, { sources }: ProvenanceRecord): readonly SourceRecord[] {
  const found = new Set<SourceRecord>();
  const look = (part: PartRecord): void => {
    if (part.kind === 'source') found.add(sources[part.source]!);
    else for (const one of partsOf<PartRecord>(part)) look(one);
  };
  if (formula !== undefined) look(formula);
  return [...found];
}

/** What a formula ends in: sources that no formula follows, and assumptions, each once, in order. */
export function leavesOf(formula: PartRecord | undefined, record: ProvenanceRecord): readonly SourceRecord[] {
  const found = new Set<SourceRecord>();
  const seen = new Set<SourceRecord>();
  const follow = (part: PartRecord | undefined): void => {
    for (const source of inputsOf(part, record)) {
      if (seen.has(source)) continue;
      seen.add(source);
      const isFollowed = !isLeaf(source) && inputsOf(source.formula, record).length > 0;
      if (!isFollowed && ![...found].some(one => isSameEntry(one, source))) found.add(source);
      // What changed it is behind it, though nobody knows how.
      if (isFollowed || source.changedBy !== undefined) follow(source.formula);
    }
  };
  follow(formula);
  return [...found];
}

/** True for one place, or one entry of a data file, that was come by on two ways, under one name. */
function isSameEntry(one: SourceRecord, other: SourceRecord): boolean {
  if (one.name !== other.name) return false;
  const [a, b] = [one.data, other.data];
  if (a !== undefined && b !== undefined)
    return a.file === b.file && a.start.line === b.start.line && a.start.character === b.start.character;
  const [here, there] = [one.place, other.place];
  return here !== undefined && here.file === there?.file && here.start === there.start && here.end === there.end;
}

/** True for a source at which a tree ends. */
export function isLeaf({ kind, formula, changedBy }: SourceRecord): boolean {
  return kind === 'assumption' || kind === 'text' || formula === undefined || changedBy !== undefined;
}

/** By what share of the number its text differs from it; undefined where the text shows another one. */
export function shareLost(text: string, { number }: Pick<NumericValue, 'number'>): number | undefined {
  if (number === undefined || number === 0) return undefined;
  const [shown, ...more] = numbersIn(/\d/.test(text) && numbersIn(text).length === 0 ? otherNotation(text) : text);
  if (shown === undefined || more.length > 0) return undefined;
  for (const scale of SCALES) {
    const share = (shown.value * scale) / number - 1;
    if (Math.abs(share) < CLOSE) return share;
  }
  return undefined;
}

/** A text with points and commas in the places of each other, as `1.765,4` writes them. */
function otherNotation(text: string): string {
  return text.replaceAll(/[.,]/g, mark => (mark === ',' ? '.' : ','));
}

/** Powers of ten by which words and units in a text may scale its number. */
const SCALES = [1, 1e-2, 1e-3, 1e-6, 1e-9, 1e-12, 1e3, 1e6, 1e9];
/** Further off, a text does not show the number rounded. */
const CLOSE = 0.35;
