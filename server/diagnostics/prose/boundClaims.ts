/** Limits that sentences set to what they only name: "Cups cost the club less than €5,000". */
import type { ProseBlock } from '../rule';
import { isWithinLimit } from './comparatives';
import type { ExportedNumber } from './exports';
import { exportedNumber, exportNames } from './exports';
import type { Line } from './lines';
import type { SaidMultiple } from './multiples';
import { measureIn } from './nounClaims';
import { MEASURED, measured, sameKind, type WrittenNumber } from './numbers';
import { isMeasuredIn, means, measures, wordsOf } from './subject';
import { TextMarks } from './textMarks';

const BOUND = /\b(more than|over|at least|less than|under|fewer than|below|above|at most)\s[$€£]?$/i;
/** Behind a limit, it is that of a rate, or of a part. */
const OF_OTHER = /^\s?(?:(?:an?|per|each|every|of)\s|\/)/;

/** So far beyond the limit, the value is another one. */
const PLAUSIBLE = 1.6;

/** The typed limits that the value which the sentence names is beyond. */
export function* boundClaims(block: ProseBlock, line: Line, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  const { text } = line;
  for (const number of numbers) {
    const { unit, from, to } = number;
    const said = BOUND.exec(text.slice(Math.max(0, from - LONGEST), from))?.[1];
    if (said === undefined || !/\d/.test(text.slice(from, number.digitsTo))) continue;
    if (unit === undefined || !MEASURED.test(unit.kind) || /^(?:factor|to)$/.test(unit.kind)) continue;
    if (line.refsIn(from, to).length > 0 || (unit.kind !== 'ratio' && OF_OTHER.test(text.slice(to)))) continue;
    const sentence = new TextMarks(text).sentenceAround(from, to);
    // What is told in the sentence is what is compared.
    const isTold = numbers.some(
      one => one !== number && one.from >= sentence.from && one.to <= sentence.to && sameKind(one.unit, unit),
    );
    if (isTold) continue;
    const words = wordsOf(`${text.slice(sentence.from, from)} ${text.slice(to, sentence.to)}`);
    const limit = measured(number);
    const named = valuesNamed(words, number, block);
    const bears = ({ base }: Named) => isWithinLimit(base, limit.value, said);
    const [first] = named;
    if (first === undefined || named.some(bears)) continue;
    const ratio = first.base.value / limit.value;
    if (ratio > PLAUSIBLE || ratio < 1 / PLAUSIBLE) continue;
    yield {
      from: from - said.length - 1,
      to,
      message: `The sentence says "${said}", but \`${first.number.name.path}\` is ${first.number.text}.`,
    };
  }
}

const LONGEST = 16;

interface Named {
  readonly number: ExportedNumber;
  readonly base: { readonly value: number; readonly half: number };
}

/** What cells near the block compute under names of which the sentence says each word. */
function valuesNamed(words: readonly string[], { unit }: WrittenNumber, { near }: ProseBlock): readonly Named[] {
  const found = near
    .flatMap(cell => exportNames(cell)?.names ?? [])
    .flatMap((name): Named[] => {
      const isSaid = (part: string) => words.some(word => means(word, part));
      const own = name.parts.filter(part => !isMeasuredIn(part, unit) || isSaid(part));
      if (own.length === 0 || !own.every(isSaid)) return [];
      const number = exportedNumber(name, near);
      const measure = number && measureIn(number, unit!.kind);
      if (number === undefined || measure === undefined) return [];
      // Of a share, the one word of its name must say more than what it is.
      if (unit!.kind === 'ratio' && measures(own, 'ratio')) return [];
      return [{ number, base: { value: number.value * measure.factor, half: number.half * measure.factor } }];
    })
    .sort((a, b) => b.number.name.parts.length - a.number.name.parts.length);
  // "Cups cost" is rather of `cups_cost` than of `cup_cost`.
  const exact = found.filter(({ number }) => number.name.parts.every(part => words.includes(part)));
  return exact.length > 0 ? exact : found;
}
