/** Whether a value that a number was typed for, as far as words say so, stands in the sentence as well, or the number is of something else. */

import type { RefResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { wordsOfComment } from './codeWords';
import { type Compared, countsPart } from './compared';
import { type ExportedNumber, type ExportName, exportedNumber, exportNames, measuresOf } from './exports';
import type { Line } from './lines';
import { digitsIn, type Literal, literalsIn, NUMBER_WORD, OWN_DIGITS, scaleOf } from './literals';
import { differenceOf, nameShown } from './measure';
import { MEASURED, numbersIn, singular } from './numbers';
import { isMadeInSentence } from './ownSums';
import { pathIn } from './places';
import { means, readName, splitName, wordsOf } from './subject';

/** What the words of a sentence say for a name. */
export interface Evidence {
  /** Every word of the name is spoken of; of a name that says nothing but its unit, a word of its class or cell. */
  readonly isFull: boolean;
  /** The noun behind the number is a word of the name. */
  readonly isNoun: boolean;
  /** A word of the name stands shortly before the number. */
  readonly isClose: boolean;
  /** Number of words that are spoken of. */
  readonly score: number;
  /** Of an attribute of an object, the sentence has the whole name right before the number, and does not say which object it means. */
  readonly isOfAny?: boolean;
}

/** A value that a number may have been typed for. */
export interface Candidate extends Compared {
  readonly number: ExportedNumber;
  readonly evidence: Evidence;
}

/** By the words of a sentence, which words of the names near it they mean. */
const spokenIn = new WeakMap<readonly string[], ReadonlySet<string>>();

export function spokenOf({ words }: Literal, { near }: ProseBlock): ReadonlySet<string> {
  const known = spokenIn.get(words);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const cell of near) exportNames(cell)?.index.addSpoken(words, found);
  spokenIn.set(words, found);
  return found;
}

/** Another time, another thing, or one that might be. */
const OTHER =
  /\b(?:if|suppose|imagine|instead|previous(?:ly)?|originally|formerly|earlier|another|other|unlike|hypothetical(?:ly)?|say(?=,)|(?<=[,(]\s)say|example|e\.g|compared|versus|vs)\b/gi;

const AGAINST = /^(?:instead|unlike|compared|versus|vs)$/;
const CASE = /^(?:if|suppose|imagine|say)$/;

/** "(e.g., a lock)": an aside without a number says nothing of those around it. */
const ASIDE = /\([^()\d]*\)/g;

/** "take another 6 s": so much more; "sells the other 6,150 kWh": the rest. */
const MORE = /\b(?:another|the other)\s(?=[$€£~≈]?\d)/gi;
const IDIOM =
  /\b(?:on|at|to|from|along) the other (?:side|end|hand|way|bank|shore)\b|\banother (?:matter|story|question|point)\b|\bin other words\b|\bone\b[^.;:]*\bthe other(?=[.,;:)]|$)/gi;

/** In a sentence with "if", a number of something that is there: "the 64 devices", "the group of 38 hospitals"; "a battery of 4 MWh" before it. */
const GIVEN =
  /\b(?:the|these|those|its|their|our|all)\s(?:[a-z]+\s)?$|\b(?:the|its|their|our)\s[a-z]+\sof\s(?:the\s)?$/i;
const GIVEN_FIRST = /^(?!.*\bif\b).*\ban?\s[a-z]+\sof\s$/i;

/** "for four would need to be back after 28 days": what would be of another number of things than there are. */
const OF_OTHER_COUNT = new RegExp(String.raw`\b(?:${NUMBER_WORD}|\d+)\s(?:[a-z]+\s){0,2}would\b[^,;:.]*$`, 'i');

/** "At 2% the payment would be", "Without leaks it would take": in another case than that of the cell. */
const OF_OTHER_CASE =
  /\b(?:at|with|for)\s(?:only\s|just\s)?[$€£]?\d[\d,.]*\s?%?\s(?:[a-z]+\s){0,4}would\b[^,;:.]*$|\bwithout\s[^;:.]*\bwould\b[^,;:.]*$/i;

/** "At €6 a kilogram the fruit in a jar would cost", "With a return of 3% it would be": a typed number says of which case. */
const TYPED_CASE =
  /\b(?:at|with|for)\s(?:[a-z]+\s){0,5}?[$€£]?(\d(?:[\d,.]*\d)?)(?:[^,;:.]|[.,](?=\d))*\b(?:would|could|might)\b(?:[^,;:.]|[.,](?=\d))*$/di;

/** "If each of them walked 400 m, the town would walk 2,750 km" */
const TYPED_CONDITION =
  /\bif\s(?:[^,;:.\d]*?)[$€£]?(\d(?:[\d,.]*\d)?)(?:[^,;:.]|[.,](?=\d))*,\s(?:[^,;:.]|[.,](?=\d))*\b(?:would|could|might)\b(?:[^,;:.]|[.,](?=\d))*$/di;

function isOfTypedCase(line: Line, from: number, to: number): boolean {
  return [TYPED_CASE, TYPED_CONDITION].some(pattern => {
    const [start, end] = pattern.exec(line.text.slice(from, to))?.indices?.[1] ?? [];
    return start !== undefined && line.refsIn(from + start, from + end!).length === 0;
  });
}

/** "At 6.5%: …", which heads a line: one case of several. */
const CASE_LABEL = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:at|with|for|by)\s[$€£]?$/i;

/** "With a van every 2 days the stock could be" */
const CONDITION = /\b(?:with|at|for|by)\s[^,;:.]*$/i;
const CONSEQUENCE = /^(?:[^,;:.]|[.,](?=\d))*\b(?:would|could|might)\b/i;

/** "an 8× reduction, not 6×" */
const DENIED = /\b(?:not|never|rather than|no longer|nor)\s(?:(?:just|merely|only|simply|a|an|the)\s)*[~≈$(]?$/i;

/** "above the usual 1.96" */
const CUSTOMARY = /\b(?:usual|customary|conventional|classical|traditional|textbook|familiar)\s[$€£]?$/i;

/** "Could you estimate the nights for rounds of 8 minutes?" */
const EXERCISE =
  /\b(?:estimate|calculate|compute|predict|derive|repeat|redo|work out|find out)\b[^.;:]*\s(?:for|with|at|if|under)\s[^.;:]*$/i;

/** What the author chose, and a sentence may name where it tells of what follows: `power = 0.8`. */
function isAssumed({ name, isText }: ExportedNumber): boolean {
  return !isText && name.parts.length > 0 && name.isMember !== true;
}

/** True where the value stands beside the number as well; of what the number is surely of, another sentence may have it. */
export function isShown({ line, sentence, unit }: Literal, { number, evidence }: Candidate): boolean {
  const { from, to } = evidence.isNoun || evidence.isClose ? sentence : { from: 0, to: line.text.length };
  const { parts, measures: own, path, isMember } = number.name;
  if (isMember === true) return line.refsIn(from, to).some(({ ref }) => pathIn(ref.expr) === path);
  return line.refsIn(from, to).some(({ ref, text }) => {
    const shown = readName(lastOf(pathIn(ref.expr)));
    // `fee_ratio` shows no percentage.
    const [times, ...others] = shown.measures;
    if (unit?.kind === 'ratio' && own.length === 0 && others.length === 0 && times?.kind === 'factor') return false;
    if (shown.parts.join(' ') !== parts.join(' ') || areTwins(ref.expr, number.name.path)) return false;
    // `state_bytes` of each parameter, and `state_gb` of all of them: another value of a name that reads alike.
    const [one, ...more] = shown.measures;
    if (
      one !== undefined &&
      more.length === 0 &&
      own.length === 1 &&
      one.kind === own[0]!.kind &&
      isOtherValue(text, one.factor, number, own[0]!.factor)
    )
      return false;
    // The percentage of something does not say how many there are.
    if (own.length === 0 && one?.kind === 'ratio' && more.length === 0 && unit !== undefined && unit.kind !== 'ratio')
      return false;
    // `message_bytes` is not `message_bits`.
    return own.length === 0 || shown.measures.length === 0 || own[0]!.kind === shown.measures[0]!.kind;
  });
}

/** `grid_a_str` and `grid_b_str`: nothing but a letter or a number tells two names apart. */
export function areTwins(one: string, other: string): boolean {
  const [a, b] = [one, other].map(path => splitName(lastOf(path.trim())).filter(word => /^(?:[a-z]|\d+)$/.test(word)));
  return a!.length > 0 && b!.length > 0 && a!.join(' ') !== b!.join(' ');
}

function isOtherValue(text: string | undefined, factor: number, { value, half }: ExportedNumber, own: number): boolean {
  const [shown, ...more] = numbersIn(text ?? '');
  if (shown === undefined || more.length > 0) return false;
  const off = Math.abs(shown.value * factor - value * own);
  return off > (shown.half * factor + half * own) * 1.000_001;
}

/** True where the sentence says the number of something else, or a cell computes it elsewhere. */
export function isElsewhere(
  literal: Literal,
  { number, literal: typed, evidence: { isNoun, isFull, isClose } }: Candidate,
  names: readonly ExportName[],
  block: ProseBlock,
  isLeft = false,
): boolean {
  const { line, sentence } = literal;
  if (isShownInRow(line, number.name.path, block)) return true;
  const before = line.text.slice(sentence.from, literal.from);
  // Behind a semicolon the sentence may go on with another thing.
  const rest = line.text.slice(literal.to, sentence.to);
  const clause = (line.text.slice(sentence.from, literal.to) + rest.split(/;\s/, 1)[0]!)
    .replaceAll(ASIDE, one => ' '.repeat(one.length))
    .replaceAll(IDIOM, ' ');
  // A sentence that shows what the cell computes, or assumes, tells of that case.
  const isOfCase = line
    .refsIn(sentence.from, sentence.to)
    .some(({ cell }) => block.near.some(one => one.cell.index === cell && one.run === number.name.run));
  const isOther = Array.from(clause.replace(MORE, ' ').matchAll(OTHER), ({ 0: word, index }) => ({
    word: word.toLowerCase(),
    index,
  }))
    .filter(
      ({ word }) =>
        word !== 'if' || !(GIVEN.test(before) || GIVEN_FIRST.test(before) || (isLeft && /\bif\b[^,]*,/i.test(before))),
    )
    // "40 ms instead of 60": the first is what is.
    .filter(({ word, index }) => !(AGAINST.test(word) && index >= before.length))
    .some(({ word }) => !(isOfCase && CASE.test(word)) && !number.name.parts.some(part => means(word, part)));
  if (isOther || DENIED.test(before) || OF_OTHER_COUNT.test(before) || OF_OTHER_CASE.test(before)) return true;
  if (isOfTypedCase(line, sentence.from, literal.from)) return true;
  if (CUSTOMARY.test(before) || EXERCISE.test(before)) return true;
  if (isMuchMore(literal) && !isHowMuchMore(literal, number, block)) return true;
  if (isOfAnother(literal, number, block) || isOfGivenNumbers(literal, names, block)) return true;
  if (
    CONDITION.test(before) &&
    CONSEQUENCE.test(rest) &&
    !(isOfCase && literal.bound === undefined && isAssumed(number))
  )
    return true;
  if (CASE_LABEL.test(line.text.slice(0, literal.from)) && line.text.startsWith(':', literal.to)) return true;
  const isMeasured = MEASURED.test(literal.unit?.kind ?? '');
  const spoken = spokenOf(literal, block);
  // The noun is the whole name: "46 Mondays" of `mondays`, no "14 people" of `more_people`.
  const isNamed = isNoun && number.name.parts.every(part => countsPart(literal, [part]));
  const subject = literal.lead.findLast(word => !BETWEEN.test(word)) ?? '';
  const isRightBefore =
    !/^(?:ratio|factor)$/.test(literal.unit?.kind ?? '') && number.name.parts.some(part => means(subject, part));
  if (isDifference(literal, names, block) || isMadeInSentence(literal)) return true;
  const ofRow = isFull ? namedByRow(literal, number) : NONE;
  return names.some(name => {
    // Of an object that nothing speaks of, it is none.
    if (name.isOfObject === true && !name.around.some(part => spoken.has(part))) return false;
    const other = exportedNumber(name, block.near);
    if (other === undefined) return false;
    const of = measuresOf(other);
    // So many digits are of what has them, where nothing says that it is in another unit, nor that they are of the first one.
    if (of.length === 0 && !(isNoun || isClose) && digitsIn(literal.text) >= OWN_DIGITS)
      if (isSame(other.value, literal.value)) return true;
    // A plain number may be of any unit, but hardly of one that nothing speaks of, or of what the noun names.
    if (of.length === 0)
      return (
        (hasDigits(literal) && isToldAsMoney(literal, other, block)) ||
        (isSame(other.value, literal.value) &&
          ((!isMeasured && (!isNoun || (!isNamed && hasDigits(literal)))) ||
            (name.parts.length > 0 &&
              (isNamed ? name.parts.every(part => spoken.has(part)) : spoken.has(name.parts[0]!)))))
      );
    // Four digits in the same unit are of what has them.
    if (digitsIn(literal.text) >= MANY_DIGITS && literal.unit !== undefined)
      if (of.some(({ kind, factor }) => kind === literal.unit!.kind && isSame(other.value * factor, typed)))
        return true;
    // "the empty tank of 48 kg" is not of `climb_kg`, whatever that is.
    if (isFull && isRightBefore && !name.parts.some(part => spoken.has(part))) return false;
    // The row is named after the one, and after nothing of the other.
    if (ofRow.length > 0 && !name.parts.some(part => ofRow.includes(part))) return false;
    // What is told with a sign is no number of a column without one.
    if (
      literal.unit === undefined &&
      isFull &&
      line.place === 'cell' &&
      of.every(({ kind }) => SIGNED.test(kind ?? ''))
    )
      return false;
    return of.some(
      ({ kind, factor }) =>
        ((kind === undefined || kind === (literal.unit?.kind ?? kind)) && isSame(other.value * factor, typed)) ||
        // What it is compared with may be in another measure.
        (kind !== undefined &&
          kind === literal.unit?.kind &&
          isSame(other.value * factor, literal.value * literal.unit.factor)),
    );
  });
}

const MANY_DIGITS = 4;
const NONE: readonly string[] = [];

/** The words of a name after which the row of a table is named, where the number is told in the unit of that. */
function namedByRow({ line, unit }: Literal, number: ExportedNumber): readonly string[] {
  if (line.place !== 'cell' || unit === undefined) return NONE;
  if (!measuresOf(number).some(({ kind, factor }) => kind === unit.kind && factor === unit.factor)) return NONE;
  const label = wordsOf(line.label);
  return number.name.parts.filter(part => label.some(word => means(word, part)));
}

/** "warmed by 19 degrees", between the 9 and 28 that cells make. */
function isDifference({ line, from, value }: Literal, names: readonly ExportName[], block: ProseBlock): boolean {
  if (!BY.test(line.text.slice(Math.max(0, from - BY_LENGTH), from))) return false;
  const values = valuesOf(names, block);
  const known = new Set(values);
  return values.some(one => known.has(one + value));
}

/** The numbers that names of cells near a block have. */
function valuesOf(names: readonly ExportName[], { near }: ProseBlock): readonly number[] {
  return names.flatMap(name => exportedNumber(name, near)?.value ?? []);
}

const BY = /\bby\s(?:(?:about|another|some|only|just)\s)?$/i;
const BY_LENGTH = 16;

/** "With a party of 100 guests and 4 boats, each takes 25": the sentence gives its own numbers, and no cell near it has any of them. */
function isOfGivenNumbers({ line, sentence, from }: Literal, names: readonly ExportName[], block: ProseBlock): boolean {
  const [phrase] = GIVEN_CASE.exec(line.text.slice(sentence.from, from)) ?? [];
  if (phrase === undefined) return false;
  const given = literalsIn(line).filter(one => one.from >= sentence.from && one.to <= sentence.from + phrase.length);
  if (given.length < 2 || line.refsIn(sentence.from, from).length > 0) return false;
  const values = valuesOf(names, block);
  const isKnown = (one: Literal) =>
    values.some(value => [one.value, one.value / scaleOf(one)].some(own => isSame(value, own)));
  return !given.some(isKnown);
}

const GIVEN_CASE = /^\s*(?:with|for|given)\s(?:[^,;:.]|[.,](?=\d))*,(?!\d)/i;

/** "10 ms of jitter": the sentence says what takes so long, and neither code nor chapter says that of the value. */
function isOfAnother({ line, to, unit }: Literal, { name }: ExportedNumber, { near, mentionsOf }: ProseBlock): boolean {
  const { path, parts, around, run } = name;
  const words = unit?.kind === 'time' ? wordsOf(OF_WHAT.exec(line.text.slice(to))?.[1] ?? '') : [];
  if (words.length === 0 || OF_ITSELF.test(words.at(-1)!)) return false;
  const code = near.find(cell => cell.run === run);
  const said = [...parts, ...around, ...(code === undefined ? [] : wordsOfComment(path, code.program))];
  if (words.some(word => said.some(part => means(word, part)))) return false;
  const nouns = new Set(words.map(singular));
  return !mentionsOf(path).some(one => nouns.has(one.noun ?? '') || [...one.words].some(word => nouns.has(word)));
}

const OF_WHAT =
  /^\sof\s(?:(?:the|its|their|our|each|an?)\s)?(?!(?:time|them|it|this|that|these|those|which|each|all)\b)([a-z]+(?:[\s-][a-z]+){0,2})/i;

/** "8 days of expensive compute time", which says no more than "8 days" */
const OF_ITSELF = /^(?:time|work|labou?r|effort)$/;

/** "14 years longer", "€45 more", "saves €14,000": a difference; of percentages, anything may be more. */
export function isMuchMore({ line, from, to, unit }: Literal): boolean {
  if (/^(?:ratio|factor)$/.test(unit?.kind ?? '')) return false;
  return MUCH_MORE.test(line.text.slice(to)) || SAVED.test(line.text.slice(Math.max(0, from - 24), from));
}

const MUCH_MORE =
  /^\s(?:more|less|fewer|longer|shorter|older|younger|higher|lower|deeper|taller|wider|heavier|lighter|warmer|cooler|colder|hotter|earlier|later|sooner|larger|smaller|farther|further)\b/;
const SAVED = /\bsav(?:e|es|ed|ing|ings of)\s(?:(?:about|around|roughly|nearly|almost|some|only|another)\s)?[$€£~]?$/i;

/** Its name says that it is a difference, the chapter says so elsewhere, or it is one of what the sentence shows. */
export function isHowMuchMore({ line, sentence }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  const { parts, path, run } = number.name;
  if (parts.some(part => OF_DIFFERENCE.test(part))) return true;
  const maker = block.near.find(cell => cell.run === run);
  const made = maker === undefined ? undefined : differenceOf(path, maker.program);
  const isOfThat = ({ ref }: RefResult) => {
    const shown = nameShown(ref.expr.trim(), maker!.program) ?? ref.expr.trim();
    return [made!.whole, made!.part].some(name => lastOf(name) === lastOf(shown));
  };
  if (made !== undefined && line.refsIn(sentence.from, sentence.to).some(isOfThat)) return true;
  return block.mentionsOf(path).some(({ noun }) => noun !== undefined && MUCH_MORE.test(` ${noun}`));
}

const OF_DIFFERENCE =
  /^(?:sav|extra|more|less|few|long|short|diff|delta|gain|los[st]|margin|change|increase|decrease|gap|rise|drop|fall|added|surplus|deficit|excess|ahead|early|late|spar)/;

const SIGNED = /^(?:ratio|money)$/;

/** The chapter gives it as money elsewhere, as the number is told. */
function isToldAsMoney(
  { unit, value }: Literal,
  { name: { path }, value: own }: ExportedNumber,
  block: ProseBlock,
): boolean {
  if (unit?.kind !== 'money') return false;
  return block
    .mentionsOf(path)
    .some(one => one.unit?.kind === 'money' && isSame(own * one.unit.factor, value * unit.factor));
}

/** Words between a noun and its number: "the lunch weighs 540 g". */
const BETWEEN =
  /^(?:of|is|was|are|at|about|only|just|a|the|weighs?|costs?|takes?|lasts?|needs?|holds?|reach(?:es)?|covers?|uses?|draws?|measures?|has|have)$/;

/** Another column of the row has the value: this one tells of something else. */
function isShownInRow({ place, row }: Line, path: string, { lines }: ProseBlock): boolean {
  if (place !== 'cell') return false;
  const shows = (line: Line) => line.refsIn(0, line.text.length).some(({ ref }) => ref.expr.trim() === path);
  return lines.some(line => line.place === 'cell' && line.row === row && shows(line));
}

/** Two digits or more are hardly the same by chance. */
function hasDigits({ text }: Literal): boolean {
  return digitsIn(text) > 1;
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}
