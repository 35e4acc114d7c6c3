/**
 * Every program in test/conformance/programs prints what CPython 3.13 prints. To add one, add `name.py` there and
 * `name.out`, made by `python3 name.py > name.out`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runFile } from '../../../../mlsys';

const folder = fileURLToPath(new URL('../../../conformance/programs/', import.meta.url));
const programs = readdirSync(folder).filter(name => name.endsWith('.py'));

describe('programs print what CPython prints', () => {
  test.each(programs)('%s', name => {
    const source = readFileSync(folder + name, 'utf8');
    const expected = readFileSync(folder + name.replace(/\.py$/, '.out'), 'utf8');
    const result = runFile(source, name);
    expect(result.traceback).toBe('');
    expect(result.stdout).toBe(expected);
  });
});
