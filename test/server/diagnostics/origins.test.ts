/** Findings about sentences lead to where the values that they speak of are made. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell, findingsOf } from '../../support/analysis';

const CODE = 'pumps_str = "8"\nrate = 3\nrate_str = f"{rate}"\nload_pct = 45';

/** Of each finding its code, and what stands at its related places. */
function places(text: string, findings = findingsOf(text)): string[] {
  return findings
    .filter(({ severity }) => severity !== 'hint')
    .map(
      ({ code, related = [] }) =>
        `${code}: ${related.map(({ range }) => text.slice(range.start, range.end)).join(', ')}`,
    );
}

describe('where values are made', () => {
  test.each([
    ['With `{python} pumps_str` × `{python} rate_str` = 25 valves.', ['equation-mismatch: pumps_str, rate_str']],
    ['It runs at a load of 40%.', ['stale-literal: load_pct']],
    ['It falls from `{python} rate_str` to `{python} pumps_str` l.', ['claim-mismatch: rate_str, pumps_str']],
    ['With `{python} pumps_str` × `{python} pumps_str` = 65 valves.', ['equation-mismatch: pumps_str']],
    ['With 8 × 3 = 25 valves.', ['equation-mismatch: ']],
    ['Of `{python} pumps_str` `{python} pumps_st`.', ['undefined-export: ']],
  ])('%s', (sentence, told) => {
    expect(places(`${cell(CODE)}\n${sentence}\n`)).toEqual(told);
  });

  test('moves with the cells, while the sentences stay', () => {
    const sentence = 'With `{python} pumps_str` × `{python} rate_str` = 25 valves.';
    const [evaluator, runner] = [new Evaluator(), new RuleRunner()];
    const told = (text: string, version: number) =>
      places(text, runner.run(evaluator.update(parseChapter(text, 'file:///book/chapter.qmd'), version)));
    const expected = ['equation-mismatch: pumps_str, rate_str'];
    const text = `Before.\n\n${sentence}\n`;
    const behind = `${cell(CODE)}\n${text}`;
    expect(told(behind, 1)).toEqual(expected);
    expect(told(`# Pumps\n\n${behind}`, 2)).toEqual(expected);
    expect(told(`${cell(`# Of the plant.\n${CODE}`)}\n${text}`, 3)).toEqual(expected);
    expect(told(`${cell(CODE)}\n${text}`, 4)).toEqual(expected);
  });
});
