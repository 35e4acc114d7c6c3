/**
 * Where the numbers of whole chapters come from: every tree ends in what the author or the registry knows, and its formula,
 * run as Python over these leaves alone, gives the value again.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExpressionRunner } from '../../../mlsys';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import type { SourceRecord } from '../../../server/evaluation/provenance';
import { leavesOf } from '../../../server/provenance/behind';
import { pythonOf } from '../../../server/provenance/python';

const root = join(import.meta.dirname, '../../..');
const SAMPLE = join(root, '../shared/chapters/introduction.qmd');
const OWN = join(root, 'examples/capacity-planning.qmd');

const SETUP = `
import math
import numpy as np
from mlsys.constants import *
from mlsys.formatting import *
`;
const python = new ExpressionRunner();

function again(expr: string): string {
  const result = python.evaluate({ id: 0, setup: SETUP, expr });
  return 'repr' in result ? result.repr : `${result.error}: ${result.message}`;
}

/** What an object of a display shows, of others the value itself. */
function comparable(expr: string, { value }: SourceRecord): readonly [got: string, wanted: string] {
  const isMarkdown = value.type === 'Markdown';
  return isMarkdown
    ? [again(`type(${expr}).__name__`), "'Markdown'"]
    : [again(`repr(${expr})`), again(JSON.stringify(value.repr))];
}

async function treesOf(path: string) {
  const analysis = new Evaluator().update(parseChapter(readFileSync(path, 'utf8'), 'file:///chapter.qmd'), 1);
  const good = analysis.refs.filter(ref => ref.text !== undefined);
  const trees = await Promise.all(
    good.map(async ({ ref }) => ({ expr: ref.expr, record: await analysis.provenanceAt(ref.expr, ref.cellsBefore) })),
  );
  return { good, trees };
}

describe.each([
  ['the sample chapter', SAMPLE, 45],
  ['our own chapter', OWN, 30],
])('%s', (_, path, least) => {
  // The sample lies beside the checkout and not everywhere.
  const isThere = existsSync(path);

  test.skipIf(!isThere)('every reference with a value has a tree', async () => {
    const { good, trees } = await treesOf(path);
    expect(good.length).toBeGreaterThanOrEqual(least);
    expect(trees.filter(({ record }) => record === undefined)).toEqual([]);
  });

  test.skipIf(!isThere)('trees end in assumptions, constants and text', async () => {
    const { trees } = await treesOf(path);
    const ends = trees.flatMap(({ expr, record }) => {
      const [first] = record!.sources;
      const leaves = first!.formula === undefined ? [first!] : leavesOf(first!.formula, record!);
      return leaves.map(({ kind, name }) => ({ expr, kind, name }));
    });
    expect(ends.filter(({ kind }) => !['assumption', 'constant', 'text'].includes(kind))).toEqual([]);
  });

  test.skipIf(!isThere)('the formula over the leaves gives the value again', async () => {
    const { trees } = await treesOf(path);
    const pairs = trees.map(({ expr, record }) => {
      const [got, wanted] = comparable(pythonOf(record!), record!.sources[0]!);
      return { expr, got, wanted };
    });
    expect(pairs.filter(({ got, wanted }) => got !== wanted)).toEqual([]);
  });
});
