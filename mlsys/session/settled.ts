/** What a cell that ended with an exception had made for good before: names that the fault has nothing to do with. */
import { factsOf } from '../python/compiler/facts';
import type { Span, Statement } from '../python/syntax/ast';

/**
 * The names that statements before the one at fault bind, and that neither it nor what would have followed binds or changes;
 * left out is what the statement at fault read, whatever that was made of, and what was made of the same: to mend the cell may
 * be to change these.
 */
export function settledNames(body: readonly Statement[], fault: Span): ReadonlySet<string> {
  const at = body.findIndex(({ start, end }) => start <= fault.start && fault.start < end);
  if (at < 0) return new Set();
  const facts = body.map(statement => factsOf(statement));
  const before = facts.slice(0, at);
  const rest = facts.slice(at);
  const unsettled = new Set(rest.flatMap(({ bound, loads }) => [...bound.keys(), ...loads]));
  // What it was made of ...
  for (const { bound, loads } of before.toReversed())
    if ([...bound.keys()].some(name => unsettled.has(name))) for (const name of loads) unsettled.add(name);
  // ... and what was made of that.
  for (const { bound, loads } of before)
    if ([...loads].some(name => unsettled.has(name))) for (const name of bound.keys()) unsettled.add(name);
  return new Set(before.flatMap(({ bound }) => [...bound.keys()].filter(name => !unsettled.has(name))));
}
