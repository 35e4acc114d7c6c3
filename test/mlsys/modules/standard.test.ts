/**
 * Programs that use the standard modules, against what CPython 3.13 prints. A new case is a file `use_name.py` in
 * `test/conformance/modules` and what CPython prints for it in `use_name.out` beside it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runFile } from '../../../mlsys';

const FOLDER = join(import.meta.dirname, '../../conformance/modules');

const programs = readdirSync(FOLDER)
  .filter(name => name.endsWith('.py'))
  .sort();

test.each(programs)('%s', name => {
  const { stdout, traceback } = runFile(readFileSync(join(FOLDER, name), 'utf8'), name);
  expect(traceback).toBe('');
  expect(stdout.split('\n')).toEqual(readFileSync(join(FOLDER, name.replace(/py$/, 'out')), 'utf8').split('\n'));
});

describe('what would differ from run to run is refused', () => {
  test.each([
    ['import random\nrandom.random()', 'random numbers without a seed'],
    ['import random\nrandom.seed()', 'random.seed() without a number'],
    ['import random\nrandom.Random().random()', 'random numbers without a seed'],
    ['from datetime import datetime\ndatetime.now()', 'datetime.now()'],
    ['import time\ntime.time()', 'time.time()'],
  ])('%s', (source, construct) => {
    expect(runFile(source, 'case.py').fault).toMatchObject({ type: 'Unsupported', construct });
  });
});

describe('what CPython has and cells have not is refused by name', () => {
  test.each([
    ['from typing import IO', 'typing.IO'],
    ["class A: __slots__ = ('x',)\nclass B(A): pass\nb = B()\nb.x = 1\nb.__dict__", '__dict__ beside __slots__'],
    ['import io\nio.open("f")', 'open("f")'],
    ['import io\nio.StringIO(newline="")', 'StringIO with another newline'],
    ['len.__doc__', '__doc__ of len()'],
    ['int.__doc__', '__doc__ of int'],
    ["'é'.encode('ascii', 'namereplace')", 'the error handler namereplace'],
    ['import sys\nsys.getsizeof(1)', 'sys.getsizeof'],
    ['import warnings\nwarnings.showwarning', 'warnings.showwarning'],
    ['import calendar\ncalendar.HTMLCalendar()', 'calendar.HTMLCalendar'],
    ['import numpy as np\nnp.argpartition([2, 1], 1)', 'numpy.argpartition'],
    ['import statistics\nstatistics.kde([1, 2], 1)', 'statistics.kde'],
    ['from collections import UserString\nUserString("a")', 'collections.UserString'],
    ['import json\njson.JSONEncoder().iterencode(1)', 'json.JSONEncoder.iterencode'],
    ["from datetime import datetime\ndatetime(2024, 1, 1).strftime('%Q')", 'the strftime directive %Q'],
    ['sorted([1.0, 3.0, 2.0, float("nan")] * 30)', 'sorting a long list with nan in it'],
  ])('%s', (source, construct) => {
    expect(runFile(source, 'case.py').fault).toMatchObject({ type: 'Unsupported', construct });
  });
});

test('a pattern that backtracks without end uses up the budget, not the editor', () => {
  const source = "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')";
  expect(runFile(source, 'case.py', { budgets: { steps: 200_000 } }).fault).toMatchObject({ type: 'BudgetExceeded' });
});

test('a long text does not overflow the matcher', () => {
  const source = "import re\nprint(len(re.findall(r'(?:a|b)*c', 'ab' * 50000 + 'c')))";
  expect(runFile(source, 'case.py').stdout).toBe('1\n');
});
