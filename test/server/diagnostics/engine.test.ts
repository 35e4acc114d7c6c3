/** Plain Markdown files: Quarto runs no engine for them, so nothing is evaluated and nothing reported. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { runRules } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';

const analysisOf = (text: string, file: string) =>
  new Evaluator().update(parseChapter(text, `file:///book/${file}`), 1);

test.each([
  ['a mention of a reference', 'Write `{python} x` for the value of x.\n'],
  ['a value', 'Two is `{python} 1 + 1`.\n'],
  ['a cell', '```{python}\nx = 1 / 0\ny = (\n```\n\n`{python} x` and `{python} gone`\n'],
  ['code without its opening fence', '# │ Exports: x\n# └────\nx = 1\n```\n\n`{python} x`\n'],
])('nothing is evaluated or reported in a .md file: %s', (_, text) => {
  for (const file of ['README.md', 'notes.MARKDOWN']) {
    const analysis = analysisOf(text, file);
    expect(analysis.counts).toEqual({ refs: 0, values: 0 });
    expect(analysis.cells.every(cell => cell.status === 'skipped' && cell.run === undefined)).toBe(true);
    expect(runRules(analysis)).toEqual([]);
  }
});

test('the same text in a .qmd file with a cell is', () => {
  expect(runRules(analysisOf('Write `{python} x`.\n\n```{python}\n```\n', 'a.qmd'))).toHaveLength(1);
});
