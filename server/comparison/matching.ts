/** Which reference of one version of a chapter is which of another: by expression and sentence, wherever it stands. */
import type { Placed } from './sentences';

export interface Matched {
  readonly pairs: readonly { readonly before: Placed; readonly now: Placed }[];
  /** Those without a partner, in order. */
  readonly vanished: readonly Placed[];
  readonly appeared: readonly Placed[];
}

/** What must be the same for two references to be one, the surest first. */
const KEYS: readonly ((one: Placed) => string)[] = [
  // in a sentence that is the same
  ({ result, sentence }) => JSON.stringify([result.ref.expr.trim(), sentence.written]),
  // in one whose words are the same, with other references beside it
  one => JSON.stringify([one.result.ref.expr.trim(), one.sentence.words, ordinal(one)]),
];

/** The place of a reference among those of its sentence. */
function ordinal({ result, sentence }: Placed): number {
  return sentence.parts.filter(part => 'ref' in part).findIndex(part => 'ref' in part && part.ref === result);
}

export function matchRefs(before: readonly Placed[], now: readonly Placed[]): Matched {
  const partners = new Map<Placed, Placed>();
  const left = { before: new Set(before), now: new Set(now) };
  const pair = (one: Placed, other: Placed): void => {
    partners.set(other, one);
    left.before.delete(one);
    left.now.delete(other);
  };
  for (const key of KEYS)
    for (const [olds, news] of grouped(left.before, left.now, key))
      for (const [at, other] of news.entries()) if (olds[at] !== undefined) pair(olds[at], other);
  for (const [olds, news] of grouped(left.before, left.now, ({ result }) => result.ref.expr.trim()))
    for (const [one, other] of bySimilarity(olds, news)) pair(one, other);
  // The expression is another one in the same place of the same words.
  for (const [olds, news] of grouped(left.before, left.now, one => JSON.stringify([one.sentence.words, ordinal(one)])))
    for (const [at, other] of news.entries()) if (olds[at] !== undefined) pair(olds[at], other);
  return {
    pairs: now.flatMap(other => {
      const one = partners.get(other);
      return one === undefined ? [] : [{ before: one, now: other }];
    }),
    vanished: [...left.before],
    appeared: [...left.now],
  };
}

/** Those of both sides with the same key. */
function grouped(
  before: Iterable<Placed>,
  now: Iterable<Placed>,
  key: (one: Placed) => string,
): readonly (readonly [Placed[], Placed[]])[] {
  const groups = new Map<string, [Placed[], Placed[]]>();
  for (const [side, all] of [before, now].entries())
    for (const one of all) {
      const name = key(one);
      let group = groups.get(name);
      if (group === undefined) {
        group = [[], []];
        groups.set(name, group);
      }
      group[side]!.push(one);
    }
  return [...groups.values()].filter(([olds, news]) => olds.length > 0 && news.length > 0);
}

/** Beyond so many comparisons of sentences, order decides alone. */
const MOST_COMPARED = 20_000;

/** Pairs those first whose sentences have most words in common; where that tells nothing, in order. */
function bySimilarity(olds: readonly Placed[], news: readonly Placed[]): readonly (readonly [Placed, Placed])[] {
  if (olds.length * news.length > MOST_COMPARED)
    return news.slice(0, olds.length).map((other, at) => [olds[at]!, other]);
  const words = new Map([...olds, ...news].map(one => [one, new Set(one.sentence.words.toLowerCase().split(/\W+/))]));
  const scored = olds.flatMap((one, i) =>
    news.map((other, j) => ({ one, other, score: common(words.get(one)!, words.get(other)!), apart: Math.abs(i - j) })),
  );
  scored.sort((a, b) => b.score - a.score || a.apart - b.apart);
  const taken = new Set<Placed>();
  return scored.flatMap(({ one, other }): (readonly [Placed, Placed])[] => {
    if (taken.has(one) || taken.has(other)) return [];
    taken.add(one).add(other);
    return [[one, other]];
  });
}

/** The share of words that two sets have in common. */
function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
