/** docs/python.md keeps its word: every row of its tables is run. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BUDGETS, parseProgram, runFile, Session } from '../../mlsys';

const text = readFileSync(fileURLToPath(new URL('../../docs/python.md', import.meta.url)), 'utf8');

interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of the page, with the heading above each. */
function tables(): Table[] {
  const found: Table[] = [];
  let title = '';
  let rows: string[][] = [];
  for (const line of [...text.split('\n'), '']) {
    if (line.startsWith('## ')) title = line.slice(3);
    if (line.startsWith('|')) rows.push(cellsOf(line));
    else if (rows.length > 0) {
      found.push({ title, header: rows[0]!, rows: rows.slice(2) });
      rows = [];
    }
  }
  return found;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim().replaceAll('\\|', '|'));
}

/** Lines of code of a cell: code spans, with `<br>` between them. */
function code(cell: string): string {
  return cell
    .split('<br>')
    .map(span => span.replace(/^`/, '').replace(/`$/, ''))
    .join('\n');
}

const all = tables();
const budgetsOfRows = { steps: 300_000, milliseconds: 500, bytes: 30_000_000, output: 100_000 };

for (const { title, header, rows } of all) {
  if (header[2] === 'prints')
    describe(title, () => {
      test.each(rows.map(row => [row[0], row[1], row[2]] as const))('%s', (_, example, prints) => {
        const result = runFile(code(example!), 'example.py');
        expect(result.traceback).toBe('');
        expect(result.stdout.replace(/\n$/, '')).toBe(code(prints!));
      });
    });
  if (header[2] === 'named')
    describe(title, () => {
      test.each(rows.map(row => [row[1], row[2]] as const))('%s', (example, named) => {
        const { refusal, fault = refusal } = new Session().run(parseProgram(code(example!), 'cell'), 0);
        expect(fault?.construct).toContain(code(named!));
      });
    });
  if (header[0] === 'budget')
    describe(title, () => {
      let budget = '';
      for (const row of rows) {
        budget = row[0] || budget;
        const expected = budget;
        const amount = row[1]!.replaceAll(',', '');
        const known = {
          steps: 'steps',
          time: 'milliseconds',
          memory: 'bytes',
          output: 'output',
          recursion: 'recursion',
        };
        if (amount !== '')
          test(`${expected}: ${row[1]}`, () => {
            const value = DEFAULT_BUDGETS[known[expected as keyof typeof known] as keyof typeof DEFAULT_BUDGETS];
            const shown = expected === 'time' ? value / 1000 : expected === 'memory' ? value / 1e6 : value;
            expect(Number.parseInt(amount, 10)).toBe(shown);
          });
        if (row[2] !== '')
          test(`${expected}: ${row[2]}`, () => {
            const { status } = new Session({ budgets: budgetsOfRows }).run(parseProgram(code(row[2]!), 'cell'), 0);
            expect(status).toBe('budget');
          });
      }
    });
}

test('the page has its tables', () => {
  expect(all.length).toBeGreaterThan(8);
});
