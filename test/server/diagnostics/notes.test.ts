/** Notes are read like the sentences that they belong to. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell, report } from '../../support/analysis';

const PUMP = cell('pump_kw = 40\npump_kw_str = f"{pump_kw}"\nlife_years = 12\nlife_years_str = f"{life_years}"');
const OTHERS = Array.from({ length: 9 }, (_, at) => cell(`row${at}_km = ${at + 700}`)).join('\n## More\n\n');

const stale = (text: string) => report(text).filter(line => line.includes(' stale-literal '));

test('a note within a sentence', () => {
  const text = (life: number) =>
    `${PUMP}\nThe pump draws \`{python} pump_kw_str\` kW.^[Its maker promises a life of ${life} years.]\n`;
  expect(stale(text(15))).toHaveLength(1);
  expect(stale(text(12))).toEqual([]);
});

test('a note at the end of a chapter is about the cells around its mark', () => {
  const text = (life: number) =>
    `${PUMP}\nThe pump draws \`{python} pump_kw_str\` kW.[^life]\n\n${OTHERS}\n\n[^life]: Its maker promises a life of ${life} years.\n`;
  expect(stale(text(15))).toHaveLength(1);
  expect(stale(text(12))).toEqual([]);
});

test('where the mark of a note goes, its note is read again', () => {
  const text = (first: string, last: string) =>
    `${PUMP}\nThe pump draws \`{python} pump_kw_str\` kW${first}.\n\n${OTHERS}\nAnd so on${last}.\n\n[^life]: The pump has a life of 15 years.\n`;
  const evaluator = new Evaluator();
  const runner = new RuleRunner();
  const stalesOf = (chapter: string, version: number) =>
    runner
      .run(evaluator.update(parseChapter(chapter, 'file:///a.qmd'), version))
      .filter(({ code }) => code === 'stale-literal');
  expect(stalesOf(text('', '[^life]'), 1)).toEqual([]);
  expect(stalesOf(text('[^life]', ''), 2)).toHaveLength(1);
  expect(stalesOf(text('', '[^life]'), 3)).toEqual([]);
});
