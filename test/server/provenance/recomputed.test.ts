/**
 * Numbers of whole chapters once more, from where they come from: a chapter that imports what the first one does, and defines its
 * functions and classes, but has no value of its own, gets the formula of each reference with the values of its leaves. What stands
 * there is what stood in the first chapter.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../../mlsys';
import type { Analysis } from '../../../server/evaluation/analysis';
import type { PartRecord, ProvenanceRecord, SourceRecord } from '../../../server/evaluation/provenance';
import { NodeFileSystem } from '../../../server/files/node';
import { computedBehind, leavesOf } from '../../../server/provenance/behind';
import { pythonOf } from '../../../server/provenance/python';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { cell } from '../../support/analysis';

const ROOT = join(import.meta.dirname, '../../..');
const BOOK = join(ROOT, 'test/fixtures/book');
const SAMPLE = join(ROOT, '../shared/chapters/introduction.qmd');

const LIBRARY = ['from mlsys.constants import *', 'from mlsys.formatting import *'];
const PACKAGE = [
  'from plantbook.catalogue import _Catalogue',
  ...['plantbook', 'plantbook.costs', 'plantbook.sites', 'plantbook.texts'].map(name => `from ${name} import *`),
];

const qmdIn = (folder: string) =>
  readdirSync(folder)
    .filter(name => name.endsWith('.qmd'))
    .map(name => join(folder, name));

/** Chapters, the root of each, and imports of what formulas name within functions of packages. */
const CHAPTERS: readonly (readonly [path: string, root: string, modules: readonly string[]])[] = [
  ...qmdIn(join(ROOT, 'examples')).map(path => [path, dirname(path), LIBRARY] as const),
  ...qmdIn(join(BOOK, 'chapters')).map(path => [path, BOOK, PACKAGE] as const),
  // The sample lies beside the checkout and not everywhere.
  ...(existsSync(SAMPLE) ? [[SAMPLE, dirname(SAMPLE), LIBRARY] as const] : []),
];

const store = new PackageStore(new NodeFileSystem());

/** Imports and functions of a chapter's cells. */
function definitionsOf(analysis: Analysis): string {
  return analysis.cells
    .flatMap(({ program }) =>
      program.module.body.map(one => ({ ...one, text: program.source.slice(one.start, one.end) })),
    )
    .filter(({ kind }) => kind === 'Import' || kind === 'ImportFrom' || kind === 'FunctionDef')
    .map(({ text }) => text)
    .join('\n');
}

/** The number of a reference with where it comes from, as a record of its own; undefined where it shows none, or several. */
function numberOf(record: ProvenanceRecord): ProvenanceRecord | undefined {
  const { value, formula } = computedBehind(record) ?? {};
  const [first, ...others] = record.sources as [SourceRecord, ...SourceRecord[]];
  const known = computedBehind(record)?.source ?? first;
  return value === undefined || formula === undefined || !('repr' in value)
    ? undefined
    : { ...record, sources: [{ ...known, value: value as SourceRecord['value'], formula }, ...others] };
}

/** True for what is known, and for what is made of nothing but what is written: `Path("local.yaml")`. */
function isKnown({ kind, formula }: SourceRecord): boolean {
  return ['assumption', 'constant', 'text', 'data'].includes(kind) || (formula !== undefined && isWritten(formula));
}

function isWritten(part: PartRecord): boolean {
  if (part.kind === 'source' || (part.kind === 'code' && part.names.length > 0)) return false;
  return partsOf<PartRecord>(part).every(isWritten);
}

describe.each(CHAPTERS)('%s', (path, root, modules) => {
  const { analysis } = analyse(path, readFileSync(path, 'utf8'), { root }, store);
  const good = analysis.refs.filter(one => one.text !== undefined && one.doubt === undefined);
  const numbers = Promise.all(
    good.map(async ({ ref }) => {
      const record = await analysis.provenanceAt(ref.expr, ref.cellsBefore);
      const number = record && numberOf(record);
      return number === undefined ? [] : [{ expr: ref.expr, record: number }];
    }),
  );

  test('every number ends in what is known', async () => {
    const ends = (await numbers).flat().flatMap(({ expr, record }) =>
      leavesOf(record.sources[0]!.formula, record)
        .filter(one => !isKnown(one))
        .map(({ kind, name }) => `${expr}: ${kind} ${name}`),
    );
    expect(ends).toEqual([]);
  });

  test('formulas over what they end in give the values again', async () => {
    const formulas = (await numbers).flat().map(({ expr, record }) => ({
      expr,
      formula: pythonOf(record),
      value: record.sources[0]!.value.repr,
    }));
    expect(formulas.length).toBeGreaterThanOrEqual(Math.floor(good.length / 3));
    const imports = `import math\nimport numpy as np\n${modules.join('\n')}\n`;
    const alone = again(formulas, imports + definitionsOf(analysis));
    // What goes through the items of a container has these as they stand in the chapter.
    const whole = analysis.cells.filter(({ fault }) => fault === undefined);
    const code = whole.map(({ program }) => program.source).join('\n');
    const beside = again(formulas, imports + code);
    const got = formulas.map(({ formula }, at) => (formula.includes(' for ') ? beside[at] : alone[at]));
    const told = formulas.map(one => ({ ...one, got: got.shift() }));
    expect(told.filter(one => one.got !== one.value)).toEqual([]);
  });

  /** What formulas give as code of a chapter in the same place. */
  function again(formulas: readonly { readonly formula: string }[], setup: string): (string | undefined)[] {
    const cells = [setup, ...formulas.map(({ formula }, at) => `value_${at} = ${formula}`)];
    const refs = formulas.map((_, at) => `\`{python} value_${at}\`\n\n`);
    const other = analyse(path, `${cells.map(cell).join('\n')}\n${refs.join('')}`, { root }, store).analysis;
    expect(other.cells[0]!.fault).toBeUndefined();
    return other.refs.map(
      ({ value, fault }, at) => value?.repr ?? other.cells[at + 1]!.fault?.message ?? fault?.message,
    );
  }
});
