/** Words of comparison beside two numbers that say something else: "from 4 to 6, doubling". A closed list of phrases is read. */
import { type Line, OPAQUE } from '../prose/lines';
import { measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from '../prose/numbers';
import type { Draft, ProseBlock, Rule } from '../rule';

export const claimMismatch: Rule = {
  code: 'claim-mismatch',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    if (!CLAIMS.test(block.source) || (block.source.match(NUMBERS)?.length ?? 0) < 2) return;
    for (const line of block.lines) {
      const numbers = numbersIn(line.text);
      for (const [at, first] of numbers.entries()) {
        const second = numbers[at + 1];
        if (second === undefined) break;
        const draft = pairClaim(block, line, first, second, numbers[at + 2]);
        if (draft !== undefined) yield draft;
      }
    }
  },
};

/** Where a number may stand in a source. */
const NUMBERS = /\{python\}|\d+/g;

/** A block without any of these words is not read. */
const CLAIMS =
  /\bfrom\b|\b(?:doubl|tripl|quadrupl|halv|twice|half|magnitude|more than|less than|over|under|below|above|exceed|at least|at most|fewer than)/i;

const RISES =
  /\b(?:grow|rise|increase|climb|jump|go up|improve)(?:s|d|ing)?\b|\b(?:grew|rose|went up|rising|increasing|improving)\b/i;
const FALLS =
  /\b(?:drop|fall|decrease|shrink|decline|reduce|cut|lower)(?:s|d|ped|ing)?\b|\b(?:fell|shrank|falling|dropping|reducing|decreasing)\b/i;

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

function pairClaim(
  block: ProseBlock,
  line: Line,
  first: WrittenNumber,
  second: WrittenNumber,
  third: WrittenNumber | undefined,
): Draft | undefined {
  const { text } = line;
  const between = text.slice(first.to, second.from);
  if (between.includes(OPAQUE) || /[.;:!?]\s/.test(between)) return undefined;
  // "from 40 to 80 ms": the first takes the unit of the second.
  const a = first.unit === undefined || first.unit.kind === 'to' ? { ...first, unit: second.unit } : first;
  if (!sameKind(a.unit, second.unit)) return undefined;
  const [from, to] = [measured(a), measured(second)];
  const told = (message: string): Draft => ({ range: block.place(line, first.from, second.to), message });
  const lead = text.slice(sentenceStart(text, first.from), first.from);
  if (
    /^\s+to\s+(?:about\s|roughly\s|only\s|just\s|[~≈$])?$/.test(between) &&
    /\bfrom\s+(?:about\s|roughly\s|[~≈$])?$/i.test(lead)
  )
    return change(line, lead, from, to, second, third, told);
  return bound(between, from, to, told);
}

interface Measured {
  readonly value: number;
  readonly half: number;
}

/** "drops from 10 to 4", "doubles from 3 to 6", "from 10 to 40, a 4× rise" */
function change(
  line: Line,
  lead: string,
  from: Measured,
  to: Measured,
  second: WrittenNumber,
  third: WrittenNumber | undefined,
  told: (message: string) => Draft,
): Draft | undefined {
  const ratio = to.value / from.value;
  if (!Number.isFinite(ratio) || ratio <= 0) return undefined;
  const times = `${shortNumber(ratio)} times the first`;
  const last = lastOf(lead);
  if (last === 'rises' && to.value + to.half < from.value - from.half)
    return told('The sentence says that it rises, but the second number is the smaller one.');
  if (last === 'falls' && to.value - to.half > from.value + from.half)
    return told('The sentence says that it falls, but the second number is the larger one.');
  const before = lead.split(/[,;]/).at(-1)!;
  const behind =
    /^,?\s(?:nearly |almost |about |more than |a difference of |a change of |a drop of |a rise of |an increase of )?(\w+(?: orders? of magnitude)?)\b(?![^.;]{0,20}\bevery\b)/.exec(
      line.text.slice(second.to),
    )?.[1];
  for (const [words, low, high] of RATIOS) {
    const said = words.exec(before)?.[0] ?? words.exec(behind ?? '')?.[0];
    if (said === undefined) continue;
    const isOrder = low > 4.5;
    const value = isOrder && ratio < 1 ? 1 / ratio : ratio;
    if (value * (1 + spread(from, to)) < low || value * (1 - spread(from, to)) > high)
      return told(`The sentence says "${said}", but the second number is ${times} one.`);
    return undefined;
  }
  if (third?.unit?.kind !== 'factor' || !/^[^.;\d]{0,40}$/.test(line.text.slice(second.to, third.from)))
    return undefined;
  const claimed = Math.max(ratio, 1 / ratio);
  const slack = third.half + claimed * spread(from, to) + claimed * 0.02;
  return Math.abs(third.value - claimed) <= slack
    ? undefined
    : told(
        `The sentence says ${shortNumber(third.value)}×, but from one number to the other it is ${shortNumber(claimed)}×.`,
      );
}

function spread(from: Measured, to: Measured): number {
  return Math.abs(from.half / from.value) + Math.abs(to.half / to.value);
}

/** Which of the two the words nearest before the numbers say. */
function lastOf(lead: string): 'rises' | 'falls' | undefined {
  const near = lead.split(/[,;]/).at(-1)!;
  const [up, down] = [RISES.exec(near), FALLS.exec(near)];
  if (up !== null && down !== null) return undefined;
  return up !== null ? 'rises' : down !== null ? 'falls' : undefined;
}

const MORE =
  /^,?\s(?:which is |that is |well |far |is |are )?(?:more than|over|above|exceeds|exceeding|in excess of|at least)\s(?:the |its |a |an )?(?:limit |budget |target )?(?:of )?(?:about |~|\$)?$/;
const LESS =
  /^,?\s(?:which is |that is |well |far |is |are )?(?:less than|fewer than|under|below|at most|within)\s(?:the |its |a |an )?(?:limit |budget |target )?(?:of )?(?:about |~|\$)?$/;

/** "12.4 ms, under the 10 ms" */
function bound(
  between: string,
  first: Measured,
  second: Measured,
  told: (message: string) => Draft,
): Draft | undefined {
  if (LESS.test(between) && first.value - first.half > second.value + second.half)
    return told(`The sentence says "${between.replace(/^,?\s/, '').trim()}", but the first number is the larger one.`);
  if (MORE.test(between) && first.value + first.half < second.value - second.half)
    return told(`The sentence says "${between.replace(/^,?\s/, '').trim()}", but the first number is the smaller one.`);
  return undefined;
}

function sentenceStart(text: string, at: number): number {
  const found = [...text.slice(0, at).matchAll(/[.!?:;]\s/g)].at(-1);
  return found === undefined ? 0 : found.index + 2;
}
