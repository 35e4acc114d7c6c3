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
    const { formula, value } = at;
    if (formula?.kind === 'source') {
      at = sources[formula.source];
      continue;
    }
    if (value.number !== undefined) return { value, source: at, formula: formula && withMaker(formula, sources) };
    // What is true or false shows no number.
    const shows = formula !== undefined && value.type !== 'bool';
    const shown: PartRecord | undefined = shows ? soleInput(formula, sources) : undefined;
    if (shown === undefined) return undefined;
    if (shown.kind !== 'source') return { value: shown.value, source: undefined, formula: withMaker(shown, sources) };
    at = sources[shown.source];
  }
  return undefined;
}

/** A formula that gives no more than the number of a name, in some unit: with what made that in place of the name. */
function withMaker(formula: PartRecord, sources: readonly SourceRecord[]): PartRecord {
  const made = (part: PartRecord): PartRecord | undefined => {
    if (part.kind !== 'source') return isOtherForm(part) ? within(part) : undefined;
    const source = sources[part.source]!;
    if (isLeaf(source) || source.formula === undefined) return undefined;
    return source.formula.kind === 'source' ? made(source.formula) : source.formula;
  };
  const within = (part: PartRecord): PartRecord | undefined => {
    const inner = part.kind === 'attribute' ? made(part.of) : part.kind === 'call' && part.on && made(part.on);
    if (!inner) return undefined;
    return part.kind === 'attribute' ? { ...part, of: inner } : ({ ...part, on: inner } as PartRecord);
  };
  return (isOtherForm(formula) ? within(formula) : undefined) ?? formula;
}

/** The one number, or the one text made of a number, in a formula of a text. */
function soleInput(part: PartRecord, sources: readonly SourceRecord[]): PartRecord | undefined {
  const found = new Map<unknown, PartRecord>();
  // Of the numbers that a function was given, one may be what is shown, or its `precision`.
  const given = new Map<unknown, PartRecord>();
  const look = (one: PartRecord): void => {
    if (one.kind === 'source') {
      const source = sources[one.source]!;
      // A text that somebody wrote is no number: a unit, a symbol.
      const isText = one.value.type === 'str' && source.kind !== 'text';
      if (one.value.number !== undefined || isText) (source.isParameter ? given : found).set(one.source, one);
      return;
    }
    const rounded = one === part ? undefined : roundedIn(one);
    if (rounded !== undefined) look(rounded);
    else if (one.value.number !== undefined && one.kind !== 'literal' && one !== part) found.set(one, one);
    else for (const inner of one.kind === 'call' ? givenTo<PartRecord>(one) : partsOf<PartRecord>(one)) look(inner);
  };
  look(part);
  const [first, ...others] = (found.size === 0 ? given : found).values();
  return first !== undefined && others.every(one => isSameNumber(one.value, first.value)) ? first : undefined;
}

/** True for a number that a text reads twice: for its digits, and for "day" or "days" behind them. */
function isSameNumber({ number, shortUnit }: PartValue, other: PartValue): boolean {
  return number !== undefined && number === other.number && (shortUnit ?? other.shortUnit) === other.shortUnit;
}

/** The number that is rounded for a text. */
function roundedIn(part: PartRecord): PartRecord | undefined {
  if (part.kind !== 'call') return undefined;
  const { callee, on, args } = part;
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
      if (!isLeaf(source) && inputsOf(source.formula, record).length > 0) follow(source.formula);
      else if (![...found].some(one => isSameEntry(one, source))) found.add(source);
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
export function isLeaf({ kind, formula }: SourceRecord): boolean {
  return kind === 'assumption' || kind === 'text' || formula === undefined;
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
