/** Multiples that are said of two things whose numbers only the cells tell: "The tongue loses four times as much as the top". */
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, isSmaller, LARGER, QUALIFIERS, SMALLER, THAN_NAMED } from './comparatives';
import { type ExportedNumber, exportedNumber, exportNames, measuresOf } from './exports';
import type { Line } from './lines';
import { MULTIPLES, type SaidMultiple, timesOf } from './multiples';
import { shortNumber } from './numbers';
import { means, measures } from './subject';
import { TextMarks } from './textMarks';

const SAID = new RegExp(
  String.raw`(?<=^|[.!?]\s)(?:the|an?|its|our|their)?\s?([a-z]+)(?:\s[a-z]+){1,4}?\s(${QUALIFIERS})?(${MULTIPLES})\sas\s[a-z]+\sas\s(?:the\s|an?\s|its\s|our\s|their\s)?([a-z]+)(?:\s(?:does|do|did))?(?=[.,;)]|$)`,
  'gi',
);
/** "energy is less than half of the wages", and of "them" where they are what the sentence began with */
const PART = new RegExp(
  String.raw`(?<=(?:^|[.!?,;]\s)(?:and\s|but\s|while\s)?(?:the\s|its\s|our\s|their\s)?)([a-z]+)\s(?:is|are|was|were|costs?|takes?|needs?|uses?|weighs?|comes? to|amounts? to|makes? up)\s(${QUALIFIERS})?(${FRACTION_IN_WORDS})\s(?:of|as\s[a-z]+\sas)\s(?:the\s|its\s|our\s|their\s)?([a-z]+)(?=[.,;)]|$)`,
  'gi',
);
/** "Diesel is cheap: the hire costs ten times as much", as what the sentence began with */
const MORE_THAN_FIRST = new RegExp(
  String.raw`(?<=[:;,]\s(?:and\s|but\s|while\s)?(?:the\s|its\s|our\s|their\s)?)([a-z]+)\s(?:costs?|takes?|needs?|uses?|weighs?|draws?|makes?|lasts?|emits?)\s(${QUALIFIERS})?(${MULTIPLES}|${FRACTION_IN_WORDS})\sas\s(?:much|many|long)(?=[.,;)]|$)`,
  'gi',
);
/** "the table shows that leaks take more than the reserve does" */
const MORE = new RegExp(
  String.raw`(?<=(?:^|[.!?,;:]\s|\bthat\s)(?:and\s|but\s|while\s)?(?:the\s|its\s|our\s|their\s)?)([a-z]+)\s(?:is|are|was|were|costs?|takes?|needs?|uses?|weighs?|draws?|lasts?|holds?|gives?|makes?)\s(?:(?:still|also|much|far|even)\s)?(${LARGER}|${SMALLER})\sthan\s(?:the\s|its\s|our\s|their\s)?([a-z]+)(?:\s(?:does|do|did|is|are|was|were))?(?=[.,;)]|$)`,
  'gi',
);
const BACK = /^(?:them|it|that|these|those)$/i;
/** What a sentence begins with. */
const FIRST = /^(?:the\s|its\s|our\s|their\s)?([a-z]+)\s(?:is|are|was|were|costs?|takes?|needs?|uses?|weighs?)\s/i;
const MAY_SAY = new RegExp(String.raw`\sas\s[a-z]+\sas\s|\b(?:${MULTIPLES}|${FRACTION_IN_WORDS})\s`, 'i');

/** The multiples that no two values which are named alike bear out. */
export function* nounPairs(block: ProseBlock, { text }: Line): Iterable<SaidMultiple> {
  if (THAN_NAMED.test(text)) yield* largerOfTwo(block, text);
  if (!MAY_SAY.test(text)) return;
  for (const match of [...text.matchAll(SAID), ...text.matchAll(PART), ...text.matchAll(MORE_THAN_FIRST)]) {
    const [whole, subject, qualifier = '', words, named = 'it'] = match;
    const times = fractionOf(words!) ?? timesOf(words!);
    const object = BACK.test(named) ? antecedent(text, match.index) : named;
    if (times === undefined || object === undefined) continue;
    const pairs = pairsOf(subject!.toLowerCase(), object.toLowerCase(), block);
    const [first] = pairs;
    if (first === undefined) continue;
    if (pairs.some(({ ratio, slack }) => isMultiple(ratio, times, qualifier, slack))) continue;
    yield {
      from: match.index,
      to: match.index + whole.length,
      message: `The sentence says "${qualifier}${words!}", but \`${first.one.name.path}\` is ${shortNumber(first.ratio)} times \`${first.other.name.path}\`.`,
    };
  }
}

/** What is said to be larger, where all values that are named alike say that it is the smaller one. */
function* largerOfTwo(block: ProseBlock, text: string): Iterable<SaidMultiple> {
  for (const { 0: whole, index, 1: subject, 2: degree, 3: object } of text.matchAll(MORE)) {
    const pairs = pairsOf(subject!.toLowerCase(), object!.toLowerCase(), block);
    const [first] = pairs;
    const isSo = ({ ratio, slack }: Pair) => (isSmaller(degree!) ? ratio <= 1 + slack : ratio >= 1 - slack);
    if (first === undefined || pairs.some(isSo)) continue;
    yield {
      from: index,
      to: index + whole.length,
      message: `The sentence says "${degree!} than", but \`${first.one.name.path}\` is ${shortNumber(first.ratio)} times \`${first.other.name.path}\`.`,
    };
  }
}

/** What the sentence that goes on here began with. */
function antecedent(text: string, at: number): string | undefined {
  const sentence = new TextMarks(text).sentenceAround(at, at + 1);
  return FIRST.exec(text.slice(sentence.from, at))?.[1];
}

interface Pair {
  readonly one: ExportedNumber;
  readonly other: ExportedNumber;
  readonly ratio: number;
  readonly slack: number;
}

/** Values of one measure whose names differ by the two nouns alone. */
function pairsOf(subject: string, object: string, { near }: ProseBlock): readonly Pair[] {
  const all = near.flatMap(cell => exportNames(cell)?.names ?? []);
  const named = (noun: string) => {
    const own = all.filter(({ parts }) => parts.some(part => means(noun, part)));
    // "cups" are rather those of `cups_cost` than of `cup_cost`.
    const exact = own.filter(({ parts }) => parts.includes(noun));
    return (exact.length > 0 ? exact : own).flatMap(name => {
      const number = exportedNumber(name, near);
      if (number === undefined || number.value <= 0) return [];
      const rest = name.parts.filter(part => !means(noun, part) && !measures([part], 'money'));
      const measure = measuresOf(number).map(({ kind, factor }) => `${kind} ${factor}`);
      return [{ number, key: [...rest, '|', ...measure].join(' ') }];
    });
  };
  const [ones, others] = [named(subject), named(object)];
  return ones.flatMap(one =>
    others.flatMap(other => {
      if (one.key !== other.key || one.number.name.path === other.number.name.path) return [];
      const [a, b] = [one.number, other.number];
      return [
        { one: a, other: b, ratio: a.value / b.value, slack: Math.abs(a.half / a.value) + Math.abs(b.half / b.value) },
      ];
    }),
  );
}
