/** How often data behind guards that failed is looked for. */
import { expect, test, vi } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { Reporter } from '../../../server/evaluation/reporter';
import { cell } from '../../support/analysis';

test('only once something above was evaluated anew', () => {
  const asked = vi.spyOn(Reporter.prototype, 'provenance');
  const evaluator = new Evaluator();
  const text = [
    cell('beds = 10'),
    cell('from mlsys.formatting import check\ncheck(beds > 12, "room")'),
    cell('after = 1'),
    '`{python} after`\n',
  ].join('\n');
  const askedBy = (now: string): number => {
    asked.mockClear();
    evaluator.update(parseChapter(now, 'file:///chapter.qmd'), 1);
    return asked.mock.calls.length;
  };
  expect(askedBy(text)).toBe(1);
  expect(askedBy(text.replace('after = 1', 'after = 2'))).toBe(0);
  expect(askedBy(text.replace('`{python} after`', '`{python} after` and on'))).toBe(0);
  expect(askedBy(text.replace('beds = 10', 'beds = 11'))).toBe(1);
  asked.mockRestore();
});
