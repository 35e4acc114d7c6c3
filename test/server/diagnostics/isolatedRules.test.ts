/** A rule that fails takes its own findings and no other's. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { isolatedRules, RuleRunner } from '../../../server/diagnostics';
import type { Draft, Rule } from '../../../server/diagnostics/rule';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell } from '../../support/analysis';

const CHAPTER = `${cell('a = 6 * 7')}\nAbout 42 of them: \`{python} a\`.\n`;
const RANGE = { start: 0, end: 1 };

/** Finds one thing, then fails. */
function* half(): Generator<Draft, void> {
  yield { range: RANGE, message: 'found before' };
  throw new RangeError('Too deep.');
}

const fails = (): never => {
  throw new RangeError('Too deep.');
};

const found = (): Draft[] => [{ range: RANGE, message: 'found' }];

const CHECKS = ['cell', 'block', 'prose', 'document', 'chapter'] as const;

/** What is found, and told of faults, at two looks at the chapter. */
function lookedAt(rules: readonly Rule[]) {
  const log: string[] = [];
  const runner = new RuleRunner(isolatedRules(rules, (message, thrown) => log.push(`${message}: ${thrown}`)));
  const chapter = parseChapter(CHAPTER, 'file:///a.qmd');
  for (const _ of runner.readingAhead(chapter));
  const evaluator = new Evaluator();
  const looks = [CHAPTER, `Other.\n\n${CHAPTER}`].map(text =>
    runner.run(evaluator.update(parseChapter(text, 'file:///a.qmd'))).map(({ code, message }) => `${code}: ${message}`),
  );
  return { looks, log: log.map(message => message.split('\n')[0]) };
}

test.each(CHECKS)('a check of a %s that fails leaves those of other rules, and what it had found', kind => {
  const { looks, log } = lookedAt([
    { code: 'failing', severity: 'error', [kind]: half },
    { code: 'other', severity: 'error', [kind]: found },
  ]);
  for (const look of looks) expect(new Set(look)).toEqual(new Set(['failing: found before', 'other: found']));
  expect(log).toEqual(['The rule failing failed, so that findings of it may be missing: RangeError: Too deep.']);
});

test('reading ahead that fails leaves the check', () => {
  const { looks, log } = lookedAt([{ code: 'failing', severity: 'error', readAhead: fails, cell: found }]);
  expect(looks[0]).toEqual(['failing: found']);
  expect(log).toEqual(['The rule failing failed, so that findings of it may be missing: RangeError: Too deep.']);
});
