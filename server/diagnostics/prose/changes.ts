/** What a sentence says of a change from one number to another: "drops from 10 to 4", "from 3 to 6, doubling", "from 9 to 6, by a third". */
import { ratioIn, type Way, wayIn, wayOfNoun } from './changeWords';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { QUALIFIERS, senseOf } from './comparatives';
import { type Measured, spread } from './multiples';
import { shortNumber, type WrittenNumber } from './numbers';

/** "by more than two thirds", "to a quarter" */
const SHARE = new RegExp(
  String.raw`\b(by|to)\s(${QUALIFIERS})?(${FRACTION_IN_WORDS})\b(?!\sof\s(?:it|that|them|the)\b)`,
  'i',
);

/** ", as @tbl-line shows,": it parts nothing. */
const ASIDE = /,\sas\s[^,;.]{1,60},(?=\s)/g;

/** What stands behind the second number: "a drop by a third", "doubling". */
const BEHIND = new RegExp(
  String.raw`^(?:(?:\s[a-z]+){1,2},\s|,?\s)(?:nearly |almost |about |more than |an? (?:difference|change|drop|fall|cut|reduction|rise|increase|gain|growth) (?:of |(?=by )))?(by (?:${QUALIFIERS})?${FRACTION_IN_WORDS}|\w+(?: orders? of magnitude)?)\b(?![^.;]{0,20}\bevery\b)`,
);

/** `from` is where the finding starts, counted from the start of the lead. */
type Told<Draft> = (message: string, from?: number) => Draft;

/** The claim about a change, where it is wrong; `lead` is the sentence up to the first number. */
export function change<Draft>(
  text: string,
  lead: string,
  from: Measured,
  to: Measured,
  second: WrittenNumber,
  third: WrittenNumber | undefined,
  told: Told<Draft>,
): Draft | undefined {
  const ratio = to.value / from.value;
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const times = () => `${shortNumber(ratio)} times the first`;
  const last = lastOf(lead);
  if (last?.way === 'rises' && to.value + to.half < from.value - from.half)
    return told('The sentence says that it rises, but the second number is the smaller one.', last.at);
  if (last?.way === 'falls' && to.value - to.half > from.value + from.half)
    return told('The sentence says that it falls, but the second number is the larger one.', last.at);
  // "is cut to a third, from 90 to 30"
  const whole = lead.replaceAll(ASIDE, ' ');
  const before = whole.split(/[,;]/).at(/,\s*from\s(?:about\s|roughly\s|[~≈$€£])?$/i.test(whole) ? -2 : -1)!;
  const behind = BEHIND.exec(text.slice(second.to))?.[1] ?? '';
  const claim = ratioIn(before) ?? ratioIn(behind);
  if (claim !== undefined) {
    const value = claim.isOrder && ratio < 1 ? 1 / ratio : ratio;
    return value * (1 + spread(from, to)) < claim.low || value * (1 - spread(from, to)) > claim.high
      ? told(`The sentence says "${claim.said}", but the second number is ${times()} one.`)
      : undefined;
  }
  const share = SHARE.exec(before) ?? SHARE.exec(behind);
  if (share !== null) {
    const [said, way, qualifier = '', words] = share;
    const is = way!.toLowerCase() === 'to' ? ratio : Math.abs(ratio - 1);
    return isShare(is, fractionOf(words!)!, qualifier, spread(from, to) * ratio)
      ? undefined
      : told(`The sentence says "${said}", but the second number is ${times()} one.`);
  }
  const points = third === undefined ? undefined : inPoints(text, from, to, second, third);
  if (points !== undefined) return points.isRight ? undefined : told(points.message);
  const percent = third?.unit?.kind === 'ratio' ? changeInPercent(text, second, third, ratio) : undefined;
  if (percent !== undefined)
    return Math.abs(percent - third!.value) <=
      third!.half + 100 * spread(from, to) * Math.max(ratio, 1) + 0.02 * percent
      ? undefined
      : told(
          `The sentence says ${shortNumber(third!.value)}%, but from one number to the other it is ${shortNumber(percent)}%.`,
        );
  // "30 times a day" is how often, and "330 = 11 × 30" a product.
  if (
    third !== undefined &&
    (OFTEN.test(text.slice(third.digitsTo)) || /^\s?×\s?[\d√(]/.test(text.slice(third.digitsTo)))
  )
    return undefined;
  if (third?.unit?.kind !== 'factor' || !/^[^.;\d]{0,40}$/.test(text.slice(second.to, third.from))) return undefined;
  const claimed = Math.max(ratio, 1 / ratio);
  const slack = third.half + claimed * spread(from, to) + claimed * 0.02;
  return Math.abs(third.value - claimed) <= slack || isOfRests(from, to, second, third)
    ? undefined
    : told(
        `The sentence says ${shortNumber(third.value)}×, but from one number to the other it is ${shortNumber(claimed)}×.`,
      );
}

/** "from 99.9% to 99.99% reliability, a 10× reduction in failures": the factor is that of what is left of a hundred. */
function isOfRests(from: Measured, to: Measured, second: WrittenNumber, third: WrittenNumber): boolean {
  if (second.unit?.kind !== 'ratio' || from.value >= 100 || to.value >= 100) return false;
  const ratio = (100 - from.value) / (100 - to.value);
  const factor = Math.max(ratio, 1 / ratio);
  return Math.abs(third.value - factor) <= third.half + ROUNDED * factor;
}

const OFTEN =
  /^\s?(?:times|×)?\s?(?:every|each|per|an?)\s(?:second|minute|hour|day|night|week|month|quarter|year|season)\b/i;

/** "from 26% to 15%, a drop of 11 percentage points" */
const POINTS_BEFORE = /^,?\s(?:an?|by)\s(?:[a-z]+\s){0,2}$/;
const POINTS = /^\s?(?:percentage\s|%\s)?points\b/;

function inPoints(
  text: string,
  from: Measured,
  to: Measured,
  second: WrittenNumber,
  third: WrittenNumber,
): { readonly isRight: boolean; readonly message: string } | undefined {
  if (second.unit?.kind !== 'ratio' || !POINTS.test(text.slice(third.digitsTo))) return undefined;
  if (!POINTS_BEFORE.test(text.slice(second.to, third.from))) return undefined;
  const apart = Math.abs(to.value - from.value);
  const isRight = Math.abs(apart - third.value) <= (third.half + from.half + to.half) * 1.000_001;
  const said = `${shortNumber(third.value)} points, but the two are ${shortNumber(apart)} points apart`;
  return { isRight, message: `The sentence says ${said}.` };
}

/** What "a 25% increase" and "a reduction of 60%" say of a ratio. */
function changeInPercent(text: string, second: WrittenNumber, third: WrittenNumber, ratio: number): number | undefined {
  const lead = text.slice(second.to, third.from);
  const tail = /^\s?([a-z]+)/.exec(text.slice(third.to))?.[1] ?? '';
  if (!/^,?\s(?:[a-z]+\s){0,4}$/.test(lead)) return undefined;
  const words = `${lead} ${tail}`;
  const way = wayOfNoun(words);
  return way === undefined ? undefined : 100 * (way === 'rises' ? ratio - 1 : 1 - ratio);
}

/** Which of the two the words nearest before the numbers say, and where. */
function lastOf(lead: string): { readonly way: Way; readonly at: number } | undefined {
  // "lower the efficiency (η) from": what stands in brackets is no pause.
  const near = lead
    .replaceAll(/\([^()]*\)/g, aside => '_'.repeat(aside.length))
    .split(/[,;(]/)
    .at(-1)!;
  // What ranges from one to the other goes neither way.
  if (/\b(?:rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?)\s+from\b/i.test(near)) return undefined;
  const found = wayIn(near);
  return found === undefined ? undefined : { ...found, at: lead.length - near.length + found.at };
}

/** So far may a share be off that is told in words. */
const ROUNDED = 0.045;

function isShare(ratio: number, share: number, qualifier: string, slack: number): boolean {
  const sense = senseOf(qualifier);
  if (sense === 'lower') return ratio >= share - slack;
  if (sense === 'upper') return ratio <= share + slack;
  return Math.abs(ratio - share) <= slack + (sense === 'exact' ? 1 : 2) * ROUNDED;
}
