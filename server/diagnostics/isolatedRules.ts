/** Rules whose faults are their own: a fault of the program in one of them takes no finding of another. */
import { DetailsMissing } from '../evaluation/detailsMissing';
import type { Draft, Rule } from './rule';
import { RULES } from './rules';

/**
 * Rules that find what the given ones do, up to where one throws; `log` takes a line about that and what it threw, once for
 * each rule: it will fail at each version. `DetailsMissing` is no fault: whoever runs the rules looks again once the details
 * are there.
 */
export function isolatedRules(
  rules: readonly Rule[] = RULES,
  log: (message: string, thrown: unknown) => void,
): readonly Rule[] {
  const failed = new Set<Rule>();
  return rules.map(rule =>
    isolated(rule, thrown => {
      if (!failed.has(rule)) log(`The rule ${rule.code} failed, so that findings of it may be missing`, thrown);
      failed.add(rule);
    }),
  );
}

function isolated(rule: Rule, fault: (thrown: unknown) => void): Rule {
  const take = (thrown: unknown): void => {
    if (thrown instanceof DetailsMissing) throw thrown;
    fault(thrown);
  };
  const { cell, block, prose, document, chapter, readAhead } = rule;
  // Checks of one item are made as a whole, the others one finding at a step.
  return {
    ...rule,
    ...(cell && { cell: item => whole(() => cell.call(rule, item), take) }),
    ...(block && { block: item => whole(() => block.call(rule, item), take) }),
    ...(prose && { prose: item => whole(() => prose.call(rule, item), take) }),
    ...(document && { document: (one, around) => inSteps(() => document.call(rule, one, around), take) }),
    ...(readAhead && { readAhead: (item, program) => attempt(() => readAhead.call(rule, item, program), take) }),
    ...(chapter && { chapter: analysis => inSteps(() => chapter.call(rule, analysis), take) }),
  };
}

function attempt(body: () => void, take: (thrown: unknown) => void): void {
  try {
    body();
  } catch (thrown) {
    take(thrown);
  }
}

function whole(check: () => Iterable<Draft>, take: (thrown: unknown) => void): readonly Draft[] {
  const found: Draft[] = [];
  attempt(() => {
    for (const draft of check()) found.push(draft);
  }, take);
  return found;
}

function* inSteps(check: () => Iterable<Draft>, take: (thrown: unknown) => void): Generator<Draft, void> {
  try {
    yield* check();
  } catch (thrown) {
    take(thrown);
  }
}
