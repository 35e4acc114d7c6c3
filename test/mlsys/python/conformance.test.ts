/**
 * Whole programs against what CPython 3.13 prints. A new case is a file `name.py` in `test/conformance/python` and what
 * CPython prints for it in `name.out` beside it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFile } from '../../../mlsys';

const FOLDER = join(import.meta.dirname, '../../conformance/python');

const programs = readdirSync(FOLDER)
  .filter(name => name.endsWith('.py'))
  .sort();

test.each(programs)('%s', name => {
  const source = readFileSync(join(FOLDER, name), 'utf8');
  const { stdout, traceback } = runFile(source, name);
  expect(traceback).toBe('');
  expect(stdout.split('\n')).toEqual(readFileSync(join(FOLDER, name.replace(/py$/, 'out')), 'utf8').split('\n'));
});
