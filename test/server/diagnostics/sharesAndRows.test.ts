/** Points with a per cent sign, changes of money, rows called "Sum", and the one value that a block leaves out. */
import { expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

const LOSS = cell('loss_points_str = "7.2"');

test('points take no per cent sign', () => {
  const text = `${LOSS}\nThe net loses \`{python} loss_points_str\`% percentage points.\n`;
  expect(report(text)).toEqual([
    'warning rendered-sentence "% percentage": The sentence reads "7.2% percentage points": points are no per cent of something, so there is no "%" before them.',
  ]);
  const fixed = applyFix(text, 'Take "%" out');
  expect(fixed).toBe(text.replace('`% percentage', '` percentage'));
  expect(report(fixed)).toEqual([]);
});

const BILL = cell('old_k_str = "448"\nnew_k_str = "343"');
const bill = (verb: string) =>
  report(`${BILL}\nThe bill ${verb} from €\`{python} old_k_str\` thousand to €\`{python} new_k_str\` thousand.\n`);

test('the way from one sum of money to another', () => {
  expect(bill('rises')).toEqual([expect.stringContaining('claim-mismatch')]);
  expect(bill('falls')).toEqual([]);
});

const STORE = cell(`
class Store:
    weights_gb = 26
    cache_gb = 40.3
    total_gb = weights_gb + cache_gb
    weights_gb_str = f"{weights_gb}"
    cache_gb_str = f"{cache_gb}"
    total_gb_str = f"{total_gb:.1f}"
`);
const table = (sum: string) => `${STORE}
In all \`{python} Store.total_gb_str\` GB.

| Part | Memory (GB) |
|:--|--:|
| Weights | \`{python} Store.weights_gb_str\` |
| Cache | \`{python} Store.cache_gb_str\` |
| Sum | ${sum} |
`;

test('a row called "Sum" is that of the total', () => {
  expect(report(table('67.4'))).toEqual([expect.stringContaining('gives 66.3 (`Store.total_gb_str`)')]);
  expect(report(table('`{python} Store.total_gb_str`'))).toEqual([]);
});

const QUEUE = cell(`
limit = 2048
layers_str = f"{40}"
heads_str = f"{16}"
width_str = f"{5120:,}"
copies_str = f"{3}"
context_str = f"{limit:,}"
`);
const queue = (number: string, more = '') =>
  report(
    `${QUEUE}\nIt has \`{python} layers_str\` layers of \`{python} heads_str\` heads, \`{python} width_str\` wide, in \`{python} copies_str\` copies, and reads ${number} tokens at once.${more}\n`,
  ).filter(line => line.includes(' stale-literal '));

test('the one value that a block leaves out', () => {
  expect(queue('4,096')).toEqual([expect.stringContaining('gives 2,048 (`context_str`)')]);
});

test.each(['9,000', '12', 'forty'])('no such value: %s', number => {
  expect(queue(number)).toEqual([]);
});
