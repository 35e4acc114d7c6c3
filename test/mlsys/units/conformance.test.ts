/** Quantities against records of pint 0.24.4: each file of `test/conformance/units` holds expressions and their results. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExpressionRunner } from '../../../mlsys';

type Case = readonly [string, string, string] | readonly [string, { readonly error: string; readonly message: string }];

const folder = join(import.meta.dirname, '../../conformance/units');

/** Errors whose text tells of Python's tokenizer or of an object's address. */
const UNTOLD = new Set(['AssertionError', 'TokenError', 'DefinitionSyntaxError', 'RecursionError']);

for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const blocks = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { setup: string; cases: Case[] }[];
  describe(file, () => {
    for (const { setup, cases } of blocks)
      test(
        setup
          .split('\n')
          .find(line => line.includes('define(') || line.includes('Registry('))!
          .trim(),
        () => {
          const runner = new ExpressionRunner();
          const differences = cases
            .filter(one => !agrees(runner, setup, one))
            .map(one => [one, shown(runner, setup, one[0])]);
          expect(differences).toEqual([]);
        },
      );
  });
}

function shown(runner: ExpressionRunner, setup: string, expr: string) {
  const result = runner.evaluate({ id: 0, setup, expr });
  return 'error' in result ? `${result.error}: ${result.message}` : `${result.type} ${result.repr}`;
}

function agrees(runner: ExpressionRunner, setup: string, [expr, wanted, type]: Case): boolean {
  const result = runner.evaluate({ id: 0, setup, expr });
  if (typeof wanted === 'string') return !('error' in result) && result.repr === wanted && result.type === type;
  if (!('error' in result) || result.error !== wanted.error) return false;
  return UNTOLD.has(wanted.error) || result.message === wanted.message;
}
