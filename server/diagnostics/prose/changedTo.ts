/** What a sentence makes of the number before: "The index takes 123 GB. Half precision halves it, to 61 GB". */
import { MULTIPLYING, timesOfVerb } from './changeWords';
import { isMultiple, senseOf } from './comparatives';
import { type SaidMultiple, spread } from './multiples';
import { measured, sameKind, shortNumber, type WrittenNumber } from './numbers';

const CHANGES = String.raw`\b(${MULTIPLYING})(?:es|ed|e|ing)\s(?:it|that|this|them)`;
/** Before the number: what is done to "it". */
const CHANGED = new RegExp(
  String.raw`${CHANGES}(?:,\sto|:|\sto|\s[(\u2013\u2014])\s(?:(about|roughly|nearly|almost|just|only)\s)?[$\u20ac\u00a3~\u2248]?$`,
  'i',
);
const MAY_SAY = new RegExp(String.raw`${CHANGES}\b`, 'i');

/** So many numbers back "it" may be. */
const MOST = 4;
/** Further off, it is of something else. */
const PLAUSIBLE = 4;

/** The numbers that are none of so many times those before them. */
export function* changedTo(text: string, numbers: readonly WrittenNumber[]): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const [at, number] of numbers.entries()) {
    const found = CHANGED.exec(text.slice(0, number.from));
    if (found === null) continue;
    const times = timesOfVerb(found[1]!)!;
    const own = measured(number);
    const before = numbers
      .slice(Math.max(0, at - MOST), at)
      .filter(one => sameKind(one.unit, number.unit) || one.unit === undefined)
      .map(one => ({ one, ...measured({ ...one, unit: number.unit && (one.unit ?? number.unit) }) }));
    const ratios = before.map(other => ({ other, ratio: own.value / other.value, off: spread(own, other) }));
    const qualifier = found[2] === undefined || senseOf(found[2]) === 'exact' ? '' : `${found[2]} `;
    if (ratios.length === 0 || ratios.some(({ ratio, off }) => isMultiple(ratio, times, qualifier, off))) continue;
    const near = ratios.filter(
      ({ ratio, other }) =>
        ratio / times < PLAUSIBLE && times / ratio < PLAUSIBLE && sameKind(other.one.unit, number.unit),
    );
    const [nearest] = near.sort((a, b) => Math.abs(Math.log(a.ratio / times)) - Math.abs(Math.log(b.ratio / times)));
    if (nearest === undefined) continue;
    const { from, to } = nearest.other.one;
    yield {
      from: found.index,
      to: number.to,
      message: `The sentence says "${found[0].split(/[,:]?\s(?:to\s)?$/)[0]!.trim()}", but ${text.slice(number.from, number.to)} is ${shortNumber(nearest.ratio)} times the ${text.slice(from, to)} before it.`,
    };
  }
}
