/** A reference that shows another value than the one which the project's lock names. */
import type { LockedValues } from '../../chapter/model';
import type { RefBlock, RefGroupOutcome } from '../../evaluation/analysis';
import { readingOf } from '../../evaluation/display';
import { lockedOf, refsWhere } from '../recording';
import type { Draft, Rule } from '../rule';

export const valueDrift: Rule = {
  code: 'value-drift',
  severity: 'warning',
  *chapter(analysis): Iterable<Draft> {
    const locked = lockedOf(analysis);
    if (locked === undefined) return;
    if (locked.problem !== undefined) {
      yield {
        range: { start: 0, end: 0 },
        message: `reckoner.lock.json cannot be used: ${locked.problem}. \`reckoner lock\` writes it anew.`,
      };
      return;
    }
    for (const [{ ref, doubt, stale }, { was, is }] of refsWhere(analysis, block => drifted(block, locked))) {
      // Of a value that does not count, another finding tells.
      if (doubt !== undefined || stale) continue;
      yield {
        range: ref.exprRange,
        message: `\`${ref.expr}\` reads ${is}, and ${was} in reckoner.lock.json. Accept the value, or mend what changed it.`,
        // Wherever the chapter shows it, it is one value that is accepted.
        cause: `${ref.expr.trim()} ${is}`,
      };
    }
  },
};

interface Drift {
  readonly was: string;
  readonly is: string;
}

type Drifts = readonly (readonly [number, Drift])[];

interface Known {
  readonly content: object;
  readonly locked: LockedValues;
  readonly found: Drifts;
}

/** By what the references of a block gave. */
const known = new WeakMap<RefGroupOutcome, Known>();

function drifted({ block, outcome, refs }: RefBlock, locked: LockedValues): Drifts {
  const before = known.get(outcome);
  if (before?.content === block.content && before.locked === locked) return before.found;
  const found = refs.flatMap(({ ref, display }, at): Drifts => {
    if (display === undefined) return [];
    const expr = ref.expr.trim();
    const value = Object.hasOwn(locked.values, expr) ? locked.values[expr]! : [];
    const all = typeof value === 'string' ? [value] : value;
    const is = readingOf(display);
    return all.length === 0 || all.includes(is) ? [] : [[at, { was: all.join(' or '), is }]];
  });
  known.set(outcome, { content: block.content, locked, found });
  return found;
}
