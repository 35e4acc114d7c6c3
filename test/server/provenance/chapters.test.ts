/** Trees of chapters that are written in many ways: where they end, and what their formulas give. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExpressionRunner, partsOf } from '../../../mlsys';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import type { PartRecord, ProvenanceRecord, SourceRecord } from '../../../server/evaluation/provenance';
import { leavesOf } from '../../../server/provenance/behind';
import { pythonOf } from '../../../server/provenance/python';

const FOLDER = join(import.meta.dirname, '../../fixtures/trees');
const NAMES = 'import math\nimport numpy as np\nfrom mlsys.constants import *\nfrom mlsys.formatting import *\n';
const python = new ExpressionRunner();

function chapters(folder: string): string[] {
  return readdirSync(folder).filter(name => name.endsWith('.qmd'));
}

async function treesOf(path: string) {
  const analysis = new Evaluator().update(parseChapter(readFileSync(path, 'utf8'), 'file:///chapter.qmd'), 1);
  expect(analysis.cells.filter(({ fault }) => fault !== undefined)).toEqual([]);
  const trees = await Promise.all(
    analysis.refs.map(async ({ ref }) => {
      const record = await analysis.provenanceAt(ref.expr, ref.cellsBefore);
      if (record === undefined) throw new Error(`no tree of ${ref.expr}`);
      return { expr: ref.expr, record };
    }),
  );
  return { trees, code: analysis.cells.map(({ program }) => program.source).join('\n') };
}

function endsOf(record: ProvenanceRecord): readonly SourceRecord[] {
  const [first] = record.sources;
  return first!.formula === undefined ? [first!] : leavesOf(first!.formula, record);
}

/** True for what is known, and for what is made of nothing but what is written: `Money(2.5)`, `"a b".split()`. */
function isKnown({ kind, formula }: SourceRecord): boolean {
  return ['assumption', 'constant', 'text', 'data'].includes(kind) || (formula !== undefined && isWritten(formula));
}

function isWritten(part: PartRecord): boolean {
  if (part.kind === 'source' || (part.kind === 'code' && part.names.length > 0)) return false;
  return partsOf<PartRecord>(part).every(isWritten);
}

/** Statements of a loop or the like are no expression that could be run. */
function hasStatement({ sources }: ProvenanceRecord): boolean {
  return sources.some(
    ({ formula }) => formula?.kind === 'code' && /^(?:for|while|match)\b| as \w+$/.test(formula.code),
  );
}

/** The definitions of a chapter alone, so that a formula finds nothing but its leaves. */
function definitionsOf(code: string): string {
  let isKept = false;
  const isOfDefinition = (line: string): boolean => {
    if (/^\S/.test(line)) isKept = /^(?:import|from|def|class|@)/.test(line);
    return isKept;
  };
  return code.split('\n').filter(isOfDefinition).join('\n');
}

function again(expr: string, setup: string): string {
  const result = python.evaluate({ id: 0, setup: `${NAMES}${setup}\n`, expr });
  return 'repr' in result ? result.repr : `${result.error}: ${result.message}`;
}

describe.each(chapters(FOLDER))('%s', name => {
  test('ends in what is known, and gives the values again', async () => {
    const { trees, code } = await treesOf(join(FOLDER, name));
    const definitions = definitionsOf(code);
    const faults = trees.flatMap(({ expr, record }) => {
      const open = endsOf(record).filter(one => !isKnown(one));
      const wanted = again(JSON.stringify(record.sources[0]!.value.repr), '');
      const formula = `repr(${pythonOf(record)})`;
      // What goes through the items of a container has these as they stand in the chapter.
      const isSame = hasStatement(record) || [definitions, code].some(setup => again(formula, setup) === wanted);
      return [
        ...open.map(one => `${expr} ends in ${one.kind} ${one.name}`),
        ...(isSame ? [] : [`${expr} is ${wanted}, ${formula} is ${again(formula, code)}`]),
      ];
    });
    expect(faults).toEqual([]);
  });
});

test.each(chapters(join(FOLDER, 'not-followed')))('%s says that its values are not followed', async name => {
  const { trees } = await treesOf(join(FOLDER, 'not-followed', name));
  for (const { expr, record } of trees) {
    const kinds = endsOf(record).map(({ kind }) => kind);
    const [{ formula }] = record.sources as [SourceRecord];
    // A call that is not followed is told as it is written.
    expect({ expr, isSaid: kinds.includes('object') || formula?.kind === 'call' }).toEqual({ expr, isSaid: true });
  }
});
