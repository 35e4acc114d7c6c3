/** What a sentence says of a change from one number to another: "drops from 10 to 4", "from 3 to 6, doubling", "from 9 to 6, by a third". */
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { QUALIFIERS, senseOf } from './comparatives';
import { type Measured, spread } from './multiples';
import { shortNumber, type WrittenNumber } from './numbers';

const RISES = /\b(?:grow|rise|increase|climb|jump|go up)(?:s|d|ing)?\b|\b(?:grew|rose|went up|rising|increasing)\b/i;
const FALLS =
  /\b(?:drop|fall|decrease|shrink|decline|reduce|cut)(?:s|d|ped|ing)?\b|\blower(?:s|ed|ing)\b|\b(?:to|can|will|would|may|must) lower\b|\b(?:fell|shrank|falling|dropping|reducing|decreasing)\b/i;

/** Claims about the ratio of two numbers, by the words for it. */
const RATIOS: readonly (readonly [RegExp, number, number])[] = [
  [/\b(?:doubl(?:e|es|ed|ing)|twofold)\b/i, 1.9, 2.1],
  [/\b(?:tripl(?:e|es|ed|ing)|threefold)\b/i, 2.85, 3.15],
  [/\b(?:quadrupl(?:e|es|ed|ing)|fourfold)\b/i, 3.8, 4.2],
  [/\b(?:halv(?:e|es|ed|ing)|in half)\b/i, 0.475, 0.525],
  [/\b(?:an|one) order of magnitude\b/i, 5, 20],
  [/\btwo orders of magnitude\b/i, 50, 200],
  [/\bthree orders of magnitude\b/i, 500, 2000],
];

/** "by more than two thirds", "to a quarter" */
const SHARE = new RegExp(
  String.raw`\b(by|to)\s(${QUALIFIERS})?(${FRACTION_IN_WORDS})\b(?!\sof\s(?:it|that|them|the)\b)`,
  'i',
);

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
  const before = lead.split(/[,;]/).at(/,\s*from\s(?:about\s|roughly\s|[~≈$€£])?$/i.test(lead) ? -2 : -1)!;
  const behind = BEHIND.exec(text.slice(second.to))?.[1] ?? '';
  for (const [words, low, high] of RATIOS) {
    const said = words.exec(before)?.[0] ?? words.exec(behind)?.[0];
    if (said === undefined) continue;
    const isOrder = low > 4.5;
    const value = isOrder && ratio < 1 ? 1 / ratio : ratio;
    if (value * (1 + spread(from, to)) < low || value * (1 - spread(from, to)) > high)
      return told(`The sentence says "${said}", but the second number is ${times()} one.`);
    return undefined;
  }
  const share = SHARE.exec(before) ?? SHARE.exec(behind);
  if (share !== null) {
    const [said, way, qualifier = '', words] = share;
    const is = way!.toLowerCase() === 'to' ? ratio : Math.abs(ratio - 1);
    return isShare(is, fractionOf(words!)!, qualifier, spread(from, to) * ratio)
      ? undefined
      : told(`The sentence says "${said}", but the second number is ${times()} one.`);
  }
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

/** What "a 25% increase" and "a reduction of 60%" say of a ratio. */
function changeInPercent(text: string, second: WrittenNumber, third: WrittenNumber, ratio: number): number | undefined {
  const lead = text.slice(second.to, third.from);
  const tail = /^\s?([a-z]+)/.exec(text.slice(third.to))?.[1] ?? '';
  if (!/^,?\s(?:[a-z]+\s){0,4}$/.test(lead)) return undefined;
  const words = `${lead} ${tail}`;
  if (/\b(?:increase|rise|growth|gain|more|higher)\b/.test(words)) return 100 * (ratio - 1);
  return /\b(?:decrease|drop|reduction|saving|savings|cut|less|lower|fewer)\b/.test(words)
    ? 100 * (1 - ratio)
    : undefined;
}

/** Which of the two the words nearest before the numbers say, and where. */
function lastOf(lead: string): { readonly way: 'rises' | 'falls'; readonly at: number } | undefined {
  const near = lead.split(/[,;(]/).at(-1)!;
  // What ranges from one to the other goes neither way.
  if (/\b(?:rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?)\s+from\b/i.test(near)) return undefined;
  const [up, down] = [RISES.exec(near), FALLS.exec(near)];
  const found = up ?? down;
  if (found === null || (up !== null && down !== null)) return undefined;
  return { way: up !== null ? 'rises' : 'falls', at: lead.length - near.length + found.index };
}

/** So far may a share be off that is told in words. */
const ROUNDED = 0.045;

function isShare(ratio: number, share: number, qualifier: string, slack: number): boolean {
  const sense = senseOf(qualifier);
  if (sense === 'lower') return ratio >= share - slack;
  if (sense === 'upper') return ratio <= share + slack;
  return Math.abs(ratio - share) <= slack + (sense === 'exact' ? 1 : 2) * ROUNDED;
}
