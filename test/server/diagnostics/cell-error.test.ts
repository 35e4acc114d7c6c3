import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NodeFileSystem } from '../../../server/files/node';
import { checkChapter } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { cell, findingsOf, report } from '../../support/analysis';
import { TestWorkspace } from '../../support/workspace';

test('stands at the expression that raised, with the calls that led there', () => {
  const text = cell('def rate(n):\n    return 1 / n\n\nfast = rate(0)');
  expect(report(text)).toEqual(['error cell-error "rate(0)": ZeroDivisionError: division by zero']);
  expect(findingsOf(text)[0]!.related!.map(place => place.message)).toEqual(['in rate(): return 1 / n']);
});

test('values that were set before the fault stand', () => {
  expect(report(`${cell('a = 1\nb = [][0]')}\n\`{python} a\`\n`)).toEqual([
    'error cell-error "[][0]": IndexError: list index out of range',
  ]);
});

test('a reference that raises', () => {
  expect(report(`${cell('a = 0')}\n\`{python} 1 / a\`\n`)).toEqual([
    'error cell-error "1 / a": The reference raises ZeroDivisionError: division by zero',
  ]);
});

test('the exceptions that led to it are named at their places', () => {
  const text = cell('try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError("empty") from e');
  const [finding] = findingsOf(text);
  expect(finding!.message).toBe('ValueError: empty');
  expect(finding!.related!.map(({ message, range }) => [message, text.slice(range.start, range.end)])).toEqual([
    ['raised from ZeroDivisionError: division by zero', '1 / 0'],
  ]);
  expect(findingsOf(text.replace(' from e', ''))[0]!.related!.map(place => place.message)).toEqual([
    'raised while ZeroDivisionError: division by zero was handled',
  ]);
  expect(findingsOf(text.replace(' from e', ' from None'))[0]!.related).toEqual([]);
});

test('a member of an enumeration that is there already', () => {
  const text = cell('from enum import Enum\n\nclass Pump(Enum):\n    SMALL = 1\n    LARGE = 2\n    SMALL = 3');
  const [finding, ...more] = findingsOf(text);
  expect([finding!.message, more]).toEqual(["TypeError: 'SMALL' already defined as 1", []]);
  expect(text.slice(finding!.range.start)).toMatch(/^SMALL = 3|^SMALL\n/);
});

test('a cell that may fail', () => {
  expect(report(cell('#| error: true\n1 / 0'))).toEqual([]);
});

test('an exception may be called as JavaScript calls what every object has', () => {
  expect(report(cell('class constructor(Exception): pass\nraise constructor("x")'))).toEqual([
    'error cell-error "raise constructor("x")": constructor: x',
  ]);
});

test('a file that a cell above names, which may write it', () => {
  const workspace = new TestWorkspace();
  onTestFinished(() => workspace.remove());
  const { folder } = workspace;
  const told = (text: string) => {
    const store = new PackageStore(new NodeFileSystem());
    const { findings } = checkChapter(join(folder, 'chapter.qmd'), { text, root: folder }, store);
    return findings
      .filter(({ code }) => code === 'cell-error')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  const reads = cell('rows = open("rain.db").read()');
  const missing = "FileNotFoundError: [Errno 2] No such file or directory: 'rain.db'";
  expect(told(reads)).toEqual([`error: ${missing}`]);
  expect(told(`${cell('import nowhere\nnowhere.connect("made/rain.db")')}${reads}`)).toEqual([
    `info: ${missing}. A cell above names it, and may write it.`,
  ]);
});
