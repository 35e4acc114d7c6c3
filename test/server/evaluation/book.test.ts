/**
 * A book of its own against CPython, pint and pydantic: `test/fixtures/book`, with a package that has models and data classes,
 * units, and data in YAML, JSON, CSV and TOML; with a partial, and guards of its own. A record is that of
 * `scripts/record.py --path ..`, made in the folder of the chapter with what it includes in place.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NodeFileSystem } from '../../../server/files/node';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';

const BOOK = join(import.meta.dirname, '../../fixtures/book');
const CHAPTERS = join(BOOK, 'chapters');
const chapters = readdirSync(CHAPTERS).filter(name => name.endsWith('.qmd'));

interface Recorded {
  readonly label: string;
  readonly expr: string;
  readonly ok: boolean;
  readonly value?: string;
  readonly error: { readonly type: string; readonly message: string } | null;
}

const store = new PackageStore(new NodeFileSystem());

describe.each(chapters)('%s', name => {
  const path = join(CHAPTERS, name);
  const { analysis } = analyse(path, readFileSync(path, 'utf8'), { root: BOOK }, store);
  const record = JSON.parse(readFileSync(path.replace(/qmd$/, 'expected.json'), 'utf8')) as {
    readonly cells: readonly Recorded[];
    readonly refs: readonly Recorded[];
  };

  test('values', () => {
    const values = analysis.refs.map(({ ref, text, doubt, fault }) => [
      ref.expr,
      doubt === undefined ? (text ?? fault?.message) : 'in doubt',
    ]);
    const wanted = record.refs.map(({ expr, ok, value, error }) => [expr, ok ? value : error!.message]);
    // A name that a failed cell was to make is missing in CPython, and said to be so here.
    expect(values).toEqual(wanted);
  });

  test('guards and errors of cells', () => {
    const told = analysis.cells.map(({ cell, fault }) => [cell.label, fault && `${fault.type}: ${fault.message}`]);
    const wanted = record.cells.map(({ label, error }) => [
      label,
      error ? `${error.type}: ${error.message}` : undefined,
    ]);
    expect(told).toEqual(wanted);
  });
});
