/** Which case of a `match` takes a value, and what its pattern names. */
import { equals, is } from '../python/runtime/comparison';
import type { Pattern } from '../python/syntax/ast';
import type { Part } from './graph';
import { NotFollowed } from './refusals';
import type { Environment, Tracer } from './tracer';

/** The names that a pattern gives parts of a value; undefined where it does not fit. Throws `NotFollowed` where nobody knows. */
export function matched(
  pattern: Pattern,
  part: Part,
  tracer: Tracer,
  environment: Environment,
): ReadonlyMap<string, Part> | undefined {
  switch (pattern.kind) {
    case 'MatchValue':
      return equals(part.value, tracer.trace(pattern.value, environment).value) ? NO_NAMES : undefined;
    case 'MatchSingleton':
      return is(part.value, pattern.value) ? NO_NAMES : undefined;
    case 'MatchAs': {
      const { name } = pattern;
      const within = pattern.pattern === undefined ? NO_NAMES : matched(pattern.pattern, part, tracer, environment);
      return within === undefined || name === undefined ? within : new Map([...within, [name.name, part]]);
    }
    case 'MatchOr':
      for (const one of pattern.patterns) {
        const found = matched(one, part, tracer, environment);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'MatchSequence':
      return matchedItems(pattern.patterns, part, tracer, environment);
    default:
      throw new NotFollowed('a pattern');
  }
}

/** Patterns for the items of a tuple or list that is written where it is matched. */
function matchedItems(
  patterns: readonly Pattern[],
  part: Part,
  tracer: Tracer,
  environment: Environment,
): ReadonlyMap<string, Part> | undefined {
  const isPlain = part.kind === 'display' && [...part.items.keys()].every((key, at) => key === BigInt(at));
  if (!isPlain || patterns.some(({ kind }) => kind === 'MatchStar')) throw new NotFollowed('a pattern');
  const { items } = part;
  if (items.size !== patterns.length) return undefined;
  const names = new Map<string, Part>();
  for (const [at, one] of patterns.entries()) {
    const found = matched(one, items.get(BigInt(at))!, tracer, environment);
    if (found === undefined) return undefined;
    for (const [name, item] of found) names.set(name, item);
  }
  return names;
}

const NO_NAMES: ReadonlyMap<string, Part> = new Map();
