/** Multiples that are said of two things whose numbers only the cells tell: "The tongue loses four times as much as the top". */
import type { ProseBlock } from '../rule';
import { type ExportedNumber, exportedNumber, exportNames, measuresOf } from './exports';
import type { Line } from './lines';
import { isMultiple, MULTIPLES, QUALIFIERS, type SaidMultiple, timesOf } from './multiples';
import { shortNumber } from './numbers';
import { means, measures } from './subject';

const SAID = new RegExp(
  String.raw`(?<=^|[.!?]\s)(?:the|an?|its|our|their)?\s?([a-z]+)(?:\s[a-z]+){1,4}?\s(${QUALIFIERS})?(${MULTIPLES})\sas\s[a-z]+\sas\s(?:the\s|an?\s|its\s|our\s|their\s)?([a-z]+)(?:\s(?:does|do|did))?(?=[.,;)]|$)`,
  'gi',
);
const MAY_SAY = /\sas\s[a-z]+\sas\s/i;

/** The multiples that no two values which are named alike bear out. */
export function* nounPairs(block: ProseBlock, { text }: Line): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const match of text.matchAll(SAID)) {
    const [whole, subject, qualifier = '', words, object] = match;
    const times = timesOf(words!);
    if (times === undefined || /\bof$/i.test(words!)) continue;
    const pairs = pairsOf(subject!.toLowerCase(), object!.toLowerCase(), block);
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
