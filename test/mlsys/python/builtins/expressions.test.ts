/**
 * Expressions with what CPython 3.13 says of each: its repr and type, or its exception and message. A new case is a new
 * line in a file of `test/conformance/expressions`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExpressionRunner } from '../../../../mlsys';

interface Case {
  readonly expr: string;
  readonly repr?: string;
  readonly type?: string;
  readonly error?: string;
  readonly message?: string;
}

const folder = join(import.meta.dirname, '../../../conformance/expressions');
const runner = new ExpressionRunner();

function outcome(expr: string): string {
  const result = runner.evaluate({ id: 0, setup: 'import math, cmath', expr });
  return 'repr' in result ? `${result.repr} (${result.type})` : `${result.error}: ${result.message}`;
}

function expected(one: Case): string {
  return one.error === undefined ? `${one.repr} (${one.type})` : `${one.error}: ${one.message}`;
}

describe.each(readdirSync(folder).filter(file => file.endsWith('.jsonl')))('%s', file => {
  const cases: Case[] = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));

  test(`${cases.length} expressions give what CPython gives`, () => {
    const wrong = cases
      .map(one => ({ expr: one.expr, want: expected(one), got: outcome(one.expr) }))
      .filter(({ want, got }) => want !== got);
    expect(wrong).toEqual([]);
  });
});
