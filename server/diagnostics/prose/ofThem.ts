/** Some of what the sentence before counts: "It owns 40 trams. Four of them, 10% of the fleet, are spare, which leaves 36." */
import { halfOfDigit, plainCount } from './claimWords';
import { NUMBER_WORD } from './literals';
import type { SaidMultiple } from './multiples';
import { numbersIn, shortNumber } from './numbers';

const SOME = new RegExp(
  String.raw`(?:^|[.;]\s)(${NUMBER_WORD}|\d[\d,]*)\sof\s(?:them|these|those)(?:,\s(?:or\s)?(\d+(?:\.\d+)?)\s?%)?(?=[\s,])([^.;!?]*?\bleaves?\s(${NUMBER_WORD}|\d[\d,]*(?![\d,]*\.\d))(?!\s?(?:%|percent|per\scent|of\b)))?`,
  'gi',
);
/** So many counts before it may be those that are meant. */
const BEFORE = 6;

/** The parts and the rests that no number before them bears out. */
export function* ofThem(text: string): Iterable<SaidMultiple> {
  if (!/\sof\s(?:them|these|those)\b/i.test(text)) return;
  for (const { 0: whole, index, 1: count, 2: percent, 3: toRest, 4: rest } of text.matchAll(SOME)) {
    const start = index + whole.search(/[\p{L}\d]/u);
    const [some, left] = [count, rest].map(one => (one === undefined ? undefined : plainCount(one)));
    const wholes = numbersIn(text.slice(0, start))
      .slice(-BEFORE)
      .filter(({ value, unit }) => Number.isInteger(value) && unit?.kind !== 'ratio' && unit?.kind !== 'factor')
      .map(({ value }) => value)
      .filter(value => some !== undefined && value > some);
    if (some === undefined || wholes.length === 0) continue;
    const isShare = (all: number) =>
      Math.abs((100 * some) / all - Number(percent)) <= halfOfDigit(percent!) + 0.05 * Number(percent);
    if (percent !== undefined && !wholes.some(isShare)) {
      const all = nearest(wholes, one => (100 * some) / one, Number(percent));
      if (all !== undefined)
        yield {
          from: start,
          to: index + whole.length - (toRest?.length ?? 0),
          message: `The sentence says ${percent}%, but ${count!.toLowerCase()} of ${shortNumber(all)} are ${shortNumber((100 * some) / all)}%.`,
        };
      continue;
    }
    if (left === undefined || wholes.some(all => all - some === left)) continue;
    const all = nearest(wholes, one => one - some, left);
    if (all === undefined) continue;
    yield {
      from: start,
      to: index + whole.length,
      message: `The sentence says that ${rest!} are left, but ${shortNumber(all)} without ${count!.toLowerCase()} leave ${shortNumber(all - some)}.`,
    };
  }
}

/** The whole of which the part comes nearest to what is said; of one that is far off, something else is said. */
function nearest(wholes: readonly number[], of: (all: number) => number, said: number): number | undefined {
  const off = (all: number) => Math.abs(Math.log(of(all) / said));
  const [first] = [...wholes].sort((a, b) => off(a) - off(b));
  return first !== undefined && off(first) < Math.log(2) ? first : undefined;
}
