/** The words by which sentences tell of change: "rises", "is cut to", "doubles", "a drop of". All rules of claims read them here. */

/** Forms of verbs that say that something gets larger, */
const RISE =
  'grows?|growing|grew|grown|ris(?:e|es|ing|en)|rose|increas(?:e|es|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|go(?:es)? up|went up|going up|soar(?:s|ed|ing)?|surg(?:e|es|ed|ing)|swell(?:s|ed|ing)?|balloon(?:s|ed|ing)?|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)|boost(?:s|ed|ing)?';
/** and smaller. `lower` and `cut` are adjectives and nouns as well. */
const FALL =
  'drop(?:s|ped|ping)?|falls?|falling|fell|fallen|decreas(?:e|es|ed|ing)|shrinks?|shrinking|shrank|shrunk|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|cuts?|cutting|sinks?|sinking|sank|slips?|slipped|plung(?:e|es|ed|ing)|plummet(?:s|ed|ing)?|dwindl(?:e|es|ed|ing)|go(?:es)? down|went down|going down|lowers|lowered|lowering';

/** Whoever lowers something, lowers it: "the lower bound" does not. */
const LOWER = String.raw`\b(?:to|can|will|would|may|must|we|they|you|I) lower\b`;

const RISES = new RegExp(String.raw`\b(?:${RISE})\b`, 'i');
const FALLS = new RegExp(String.raw`\b(?:${FALL})\b|${LOWER}`, 'i');

export type Way = 'rises' | 'falls';

/** Which of the two the words say, and where; undefined where they say neither, or both. */
export function wayIn(words: string): { readonly way: Way; readonly at: number } | undefined {
  const [up, down] = [RISES.exec(words), FALLS.exec(words)];
  const found = up ?? down;
  if (found === null || (up !== null && down !== null)) return undefined;
  return { way: up !== null ? 'rises' : 'falls', at: found.index };
}

/** Between two numbers: "at 85% accuracy drops to 80%". */
const BETWEEN = new RegExp(
  String.raw`^(?:\s[a-z]+){0,2}\s(${RISE}|${FALL})\sto\s(?:about\s|roughly\s|only\s|just\s|nearly\s)?[~\u2248$\u20ac\u00a3]?$`,
  'i',
);

/** A text without this has no such verb. */
export const MAY_MOVE =
  /\b(?:gr[eo]w|ris|rose|increas|climb|jump|soar|surg|swell|balloon|drop|fall|fell|decreas|shr[aiu]nk|declin|reduc|cut|s[aiu]nk|slip|plung|plummet|dwindl|lower|go(?:es)?\s(?:up|down)|went\s(?:up|down))[a-z]*\sto\b/i;

/** The verb that leads from one number to the next, and its way. */
export function wayBetween(between: string): { readonly way: Way; readonly verb: string } | undefined {
  const verb = BETWEEN.exec(between)?.[1];
  const found = verb === undefined ? undefined : wayIn(verb);
  return found === undefined ? undefined : { way: found.way, verb: verb! };
}

/** Verbs that multiply, by their stems. */
const TIMES: Readonly<Record<string, number>> = { halv: 0.5, doubl: 2, tripl: 3, trebl: 3, quadrupl: 4 };
/** The stems, to be followed by `es`, `ed`, `e` or `ing`. */
export const MULTIPLYING = Object.keys(TIMES).join('|');

/** How many times as much a verb makes of something, by its stem. */
export function timesOfVerb(stem: string): number | undefined {
  return TIMES[stem.toLowerCase()];
}

/** Claims about the ratio of two numbers, by the words for it; rounded ones hold as well. */
const FOLD: Readonly<Record<string, number>> = { twofold: 2, threefold: 3, fourfold: 4, fivefold: 5, tenfold: 10 };
const ORDERS: Readonly<Record<string, number>> = { an: 10, one: 10, two: 100, three: 1000 };
const SLIGHTLY = 0.05;
/** Half an order of magnitude, or twice as much, is one still. */
const OF_ORDER: readonly [number, number] = [0.5, 2];

const RATIO = new RegExp(
  String.raw`\b(?:(${MULTIPLYING})(?:e|es|ed|ing)|(${Object.keys(FOLD).join('|')})|(in half)|(${Object.keys(ORDERS).join('|')}) orders? of magnitude)\b`,
  'gi',
);

/** What the last of the words say of the ratio of two numbers; of an order of magnitude, they do not say which way. */
export function ratioIn(
  words: string,
): { readonly said: string; readonly low: number; readonly high: number; readonly isOrder: boolean } | undefined {
  const found = [...words.matchAll(RATIO)].at(-1);
  const [said, stem, fold, half, order] = found ?? [];
  if (found === undefined || said === undefined || isCause(words, found.index, said)) return undefined;
  if (order !== undefined) {
    const times = ORDERS[order.toLowerCase()]!;
    return { said, low: times * OF_ORDER[0], high: times * OF_ORDER[1], isOrder: true };
  }
  const times = stem !== undefined ? timesOfVerb(stem)! : half !== undefined ? 0.5 : FOLD[fold!.toLowerCase()]!;
  return { said, low: times * (1 - SLIGHTLY), high: times * (1 + SLIGHTLY), isOrder: false };
}

/** "Doubling the batch lowers it from 9 to 7": what is doubled is not what changes. */
function isCause(words: string, at: number, said: string): boolean {
  const rest = words.slice(at + said.length);
  return /ing$/i.test(said) && (RISES.test(rest) || FALLS.test(rest));
}

const MORE = /\b(?:increase|rise|growth|gain|jump|more|higher|improvement)\b/;
const LESS = /\b(?:decrease|drop|fall|decline|reduction|saving|savings|cut|less|lower|fewer|loss)\b/;

/** Which way a noun of change goes, or a comparative: "a 25% increase", "a drop of 3 points". */
export function wayOfNoun(words: string): Way | undefined {
  return MORE.test(words) ? 'rises' : LESS.test(words) ? 'falls' : undefined;
}
