/** The words by which sentences compare: "larger", "more than", "just under", "nearly". All rules of claims read them here. */

/** What is said of the larger of two, */
export const LARGER =
  'more expensive|more|larger|bigger|higher|greater|longer|heavier|dearer|costlier|pricier|taller|wider|broader|deeper|thicker|steeper|stronger|warmer|hotter|louder|brighter|older|later|farther|further';
/** and of the smaller; of a quick thing, the time is less, and the rate more. */
export const SMALLER =
  'less expensive|less|fewer|smaller|lower|shorter|lighter|cheaper|narrower|shallower|thinner|flatter|weaker|cooler|colder|quieter|dimmer|younger|earlier|sooner|nearer|closer';
export const QUICKER = 'faster|quicker';
export const SLOWER = 'slower';

/** Where a text may compare with something that it only names, at a glance. */
export const THAN_NAMED = /\sthan\s(?:(?:the|its|our|their)\s)?[a-z]/i;

/** How a number behind it is meant. */
export type Sense = 'lower' | 'upper' | 'below' | 'rough' | 'exact';

/** By their senses; `below` is near the number and not above it. */
const SENSES: readonly (readonly [Exclude<Sense, 'exact'>, string])[] = [
  [
    'lower',
    '(?:(?:a )?(?:little|bit)|slightly|somewhat|just|barely|hardly|scarcely|well|far|much|significantly|considerably) (?:more than|over|above)|(?:no|not) (?:less|fewer) than|more than|upwards of|in excess of|at least|over|above|beyond|exceeding|exceeds',
  ],
  [
    'upper',
    '(?:(?:a )?(?:little|bit)|slightly|somewhat|just|barely|well|far|much|significantly|considerably) (?:less|fewer) than|(?:just|well|slightly|a little) (?:under|below|short of)|(?:no|not) more than|less than|fewer than|at most|up to|under|below|within|short of',
  ],
  ['below', 'nearly|almost|not quite|close to'],
  ['rough', 'about|around|roughly|approximately|some|on the order of|in the order of|circa'],
];

/** A qualifier with the blank behind it. */
export const QUALIFIERS = SENSES.flatMap(([, words]) => words.split(/\|(?![^(]*\))/))
  .map(words => `${words} `)
  .join('|');

const READ = SENSES.map(([sense, words]) => [sense, new RegExp(`^(?:${words})$`, 'i')] as const);

/** The sense of a qualifier; of none, the number is meant as it is. */
export function senseOf(qualifier: string): Sense {
  const words = qualifier.trim().replaceAll(/\s+/g, ' ');
  return words === '' ? 'exact' : (READ.find(([, pattern]) => pattern.test(words))?.[0] ?? 'exact');
}

const ALL_SMALLER = new RegExp(`^(?:${SMALLER})$`, 'i');

/** True of a comparative that is said of the smaller one. */
export function isSmaller(degree: string): boolean {
  return ALL_SMALLER.test(degree);
}

/** What is said to be about so many times may be off by this part, */
const ROUGHLY = 0.2;
/** and what is said without such a word. */
const PLAINLY = 0.05;

/**
 * Whether a ratio is so many times, as its qualifier means that. `spread` is by how much it may be off for the digits of its two
 * numbers; of orders of magnitude, the nearest of them is meant.
 */
export function isMultiple(ratio: number, times: number, qualifier: string, spread: number, isOrder = false): boolean {
  const sense = senseOf(qualifier);
  if (sense === 'lower') return ratio >= times * (1 - spread);
  if (sense === 'upper') return ratio <= times * (1 + spread);
  if (isOrder) return ratio >= times / NEAREST_ORDER && ratio <= times * NEAREST_ORDER;
  const below = (sense === 'exact' ? PLAINLY : ROUGHLY) + spread;
  const above = (sense === 'rough' ? ROUGHLY : PLAINLY) + spread;
  return ratio >= times * (1 - below) && ratio <= times * (1 + above);
}

const NEAREST_ORDER = 2.1;

/** Whether a number with its rounding respects a limit; one that is none is not asked about. */
export function isWithinLimit(
  { value, half }: { readonly value: number; readonly half: number },
  limit: number,
  qualifier: string,
): boolean {
  return senseOf(qualifier) === 'lower' ? value + half >= limit : value - half <= limit;
}
