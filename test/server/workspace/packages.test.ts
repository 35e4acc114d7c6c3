/**
 * Packages of a workspace. A new case is a folder `test/fixtures/packages/NAME` with a `main.py`, in itself or below, and
 * what CPython prints for it in `main.out`; the program runs in its own folder.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFile } from '../../../mlsys';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { NodeFileSystem } from '../../../server/files/node';
import { PackageStore, Packages, rootProblem } from '../../../server/workspace/packages';

const newStore = (): PackageStore => new PackageStore(new NodeFileSystem());

const CASES = join(import.meta.dirname, '../../fixtures/packages');

const programs = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith(`${sep}main.py`))
  .sort();

test.each(programs)('%s prints what it prints in CPython', path => {
  const file = join(CASES, path);
  const place = { folder: dirname(file), workspace: join(CASES, path.split(sep)[0]!) };
  const { stdout, traceback } = runFile(readFileSync(file, 'utf8'), 'main.py', {
    modules: new Packages(place, newStore()),
  });
  expect(traceback).toBe('');
  expect(stdout.split('\n')).toEqual(readFileSync(file.replace(/py$/, 'out'), 'utf8').split('\n'));
});

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-packages-')));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files; the names are relative to the folder of the test. */
function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Runs a program in `book`, which is the workspace, and tells what it prints or how it ends. */
function told(source: string, store = newStore(), chapters = 'book'): string {
  const place = { folder: join(folder, chapters), workspace: join(folder, 'book') };
  const { stdout, fault } = runFile(source, 'main.py', { modules: new Packages(place, store) });
  return fault === undefined ? stdout.trim() : `${stdout}${fault.type}: ${fault.message}`;
}

test('the sources of a project whose folder has the name of its package are found as if it were installed', () => {
  write({
    'book/kit/pyproject.toml': '[project]\nname = "kit"\n',
    'book/kit/kit/__init__.py': 'from .part import X\n',
    'book/kit/kit/part.py': 'X = 1\n',
    'book/tool/setup.py': '',
    'book/tool/src/tool.py': 'Y = 2\n',
    'book/plain/plain/__init__.py': 'Z = 3\n',
  });
  expect(told('import kit, kit.part, tool\nprint(kit.X, kit.part.X, tool.Y)', newStore(), 'book/contents/one')).toBe(
    '1 1 2',
  );
  expect(told('import plain\nprint(plain.Z)')).toContain('AttributeError');
});

describe('outside the workspace nothing is read', () => {
  const secret = 'print("read"); X = 1\n';

  test.each([
    ['a linked file', () => symlinkSync(join(folder, 'out/mod.py'), join(folder, 'book/mod.py'))],
    ['a linked package', () => symlinkSync(join(folder, 'out/mod'), join(folder, 'book/mod'))],
    [
      'a link to a link',
      () => {
        symlinkSync(join(folder, 'out/mod.py'), join(folder, 'book/first.py'));
        symlinkSync('first.py', join(folder, 'book/mod.py'));
      },
    ],
  ])('%s is refused, and nothing else takes its place', (_name, link) => {
    write({ 'out/mod.py': secret, 'out/mod/__init__.py': secret, 'book/a.txt': '' });
    link();
    expect(told('import mod\nprint(mod.X)')).toMatch(
      /^⟨unknown⟩\nUnsupported: the module mod .* lies outside the workspace$/,
    );
  });

  test.each([
    ['import sys; sys.path.insert(0, "..")'],
    ['import sys; sys.path.insert(0, "../out")'],
    ['import sys; sys.path.append("OUT")'],
    ['import inner; inner.__path__.append("OUT"); from inner import mod'],
    ['__file__ = "OUT/x.py"; __package__ = "out"'],
  ])('%s leads nowhere', source => {
    write({ 'out/mod.py': secret, 'book/inner/__init__.py': '' });
    const text = `${source.replaceAll('OUT', join(folder, 'out'))}\nimport mod`;
    expect(told(text)).toMatch(/^(ImportError: |Unsupported: the module mod is not at hand|ModuleNotFoundError: )/);
  });

  test('a link inside the workspace is followed', () => {
    write({ 'book/lib/mod.py': 'X = 5\n' });
    symlinkSync('lib/mod.py', join(folder, 'book/mod.py'));
    expect(told('import mod\nprint(mod.X)')).toBe('5');
  });

  test('a text without a place has no packages', () => {
    expect(new Packages(undefined, newStore()).find('package')).toBeUndefined();
    expect(new Packages(undefined, newStore()).portions('server')).toEqual([]);
  });
});

describe('what is no source', () => {
  test('a folder or a pipe with the name of a source is passed over, without waiting', () => {
    write({ 'book/pair.py/x.txt': '' });
    execFileSync('mkfifo', [join(folder, 'book/pipe.py')]);
    expect(told('import pair')).toBe('Unsupported: the module pair is not at hand');
    expect(told('import pipe')).toBe('Unsupported: the module pipe is not at hand');
  });

  test('sources in western encodings are read, others are refused', () => {
    write({
      'book/odd.py': Buffer.from([0x78, 0x3d, 0x22, 0xe9, 0x22]),
      'book/named.py': '# -*- coding: koi8-r -*-\nX = "é"\n',
      'book/quotes.py': Buffer.from('# coding: latin-1\nX = "\x93"\n', 'latin1'),
      'book/west.py': Buffer.from('# -*- coding: latin-1 -*-\nX = "é"\n', 'latin1'),
      'book/euro.py': Buffer.from(
        '#!/usr/bin/env python\n# vim: set fileencoding=iso-8859-15 :\nX = "\xa4"\n',
        'latin1',
      ),
      'book/marked.py': '\uFEFFX = "é"\n',
    });
    expect(told('import odd')).toMatch(/^Unsupported: the module odd .* is not UTF-8 text$/);
    expect(told('import named')).toMatch(/^Unsupported: the module named .* is written in koi8-r, not in UTF-8$/);
    expect(told('import quotes')).toMatch(/^Unsupported: the module quotes .* is written in latin-1, not in UTF-8$/);
    expect(told('import west, euro\nprint(west.X, euro.X)')).toBe('é €');
    expect(told('import marked\nprint(marked.X)')).toBe('é');
  });
});

describe('look-up', () => {
  test('beside the chapter, above it, and in a src folder of these', () => {
    write({ 'book/src/far/__init__.py': 'X = 3\n', 'book/mid.py': 'X = 2\n', 'book/ch/one/near.py': 'X = 1\n' });
    expect(told('import near, mid, far\nprint(near.X, mid.X, far.X)', undefined, 'book/ch/one')).toBe('1 2 3');
  });

  test('a submodule is part of its own package, not of one of the same name elsewhere', () => {
    write({ 'book/ch/lib/__init__.py': '', 'book/lib/__init__.py': '', 'book/lib/extra.py': '' });
    expect(told('import lib.extra', undefined, 'book/ch')).toBe("ModuleNotFoundError: No module named 'lib.extra'");
  });

  test('a package around the chapter is no place to look: its modules hide none of the library', () => {
    write({ 'book/kit/__init__.py': 'X = 1\n', 'book/kit/types.py': 'Y = 2\n', 'book/kit/pages/near.py': 'Z = 3\n' });
    const cell = 'from types import SimpleNamespace\nimport kit, kit.types, near\nprint(kit.X, kit.types.Y, near.Z)';
    expect(told(cell, undefined, 'book/kit/pages')).toBe('1 2 3');
  });

  test('a folder without __init__ stands behind the library', () => {
    write({ 'book/mlsys/notes.txt': '', 'book/data/x.py': 'X = 1\n', 'book/numpy/x.py': '' });
    expect(told('import mlsys.constants\nfrom data.x import X\nprint(X)')).toBe('1');
    expect(told('import numpy\nprint(numpy.arange(2))')).toBe('[0 1]');
  });

  test('a folder of modules by the name of the library is the book’s own', () => {
    write({ 'book/mlsys/constants.py': 'A100_TDP = 5\n' });
    expect(told('from mlsys.constants import A100_TDP\nprint(A100_TDP)')).toBe('5');
    expect(told('import mlsys.formatting')).toBe("ModuleNotFoundError: No module named 'mlsys.formatting'");
  });

  test('a text that an editor holds wins over the file, and goes with it', () => {
    write({ 'book/lib.py': 'X = 1\n' });
    const store = newStore();
    const path = join(folder, 'book/lib.py');
    expect(told('import lib\nprint(lib.X)', store)).toBe('1');
    expect(store.overlay(path, 'X = 1\n')).toBe(false);
    expect(store.overlay(path, 'X = 2\n')).toBe(true);
    expect(told('import lib\nprint(lib.X)', store)).toBe('2');
    expect(store.overlay(path, undefined)).toBe(true);
    expect(told('import lib\nprint(lib.X)', store)).toBe('1');
    expect(store.refresh()).toBe(false);
  });

  test('an overlay outside the workspace is not read either', () => {
    write({ 'out/lib.py': 'X = 1\n', 'book/a.txt': '' });
    symlinkSync(join(folder, 'out'), join(folder, 'book/linked'));
    const store = newStore();
    store.overlay(join(folder, 'book/linked/lib.py'), 'X = 2\n');
    expect(told('import linked.lib', store)).toMatch(/^(ModuleNotFoundError|Unsupported): /);
  });

  test('roots that are none say why', () => {
    write({ 'book/lib/a.py': '', 'out/a.py': '' });
    const trouble = (path: string) => rootProblem(path, join(folder, 'book'), new NodeFileSystem());
    expect(trouble('lib')).toBeUndefined();
    expect(trouble('nowhere')).toBe('there is no such folder');
    expect(trouble('lib/a.py')).toBe('it is not a folder');
    expect(trouble('../out')).toBe('it lies outside the workspace, where nothing is read');
  });
});

test.each([
  ['sys.path.insert(0, "one")', 'sys.path.insert(0, "two")'],
  ['sys.path.insert(0, "one")', 'x = 1'],
  ['x = 1', 'sys.path.append("two")'],
  ['import os; os.environ["PUMP"] = "1"', 'import os; os.environ["PUMP"] = "2"'],
])('after an edit from %j to %j chapters have the values of a fresh run', (before, after) => {
  write({ 'book/one/pump.py': 'X = 1\n', 'book/two/pump.py': 'X = 2\n' });
  const text = (setup: string) =>
    `\`\`\`{python}\nimport sys\n${setup}\n\`\`\`\n\n\`\`\`{python}\nimport os\nvalue = os.getenv("PUMP", "none")\n` +
    'import pump\n```\n\nIt is `{python} value` and `{python} pump.X`.\n';
  const fresh = () =>
    new Evaluator({
      modules: new Packages({ folder: join(folder, 'book'), workspace: join(folder, 'book') }, newStore()),
    });
  const shown = (evaluator: Evaluator, setup: string) =>
    evaluator.update(parseChapter(text(setup), 'file:///a.qmd')).refs.map(ref => ref.text ?? ref.fault?.message);
  const edited = fresh();
  for (const setup of [before, after, before]) expect(shown(edited, setup), setup).toEqual(shown(fresh(), setup));
});

test.each([
  ['counter.bump()', 'counter.bump(); counter.bump()'],
  ['counter.bump()', 'x = 1'],
  ['vars(counter)["X"] = 5', 'counter.X = 6'],
  ['counter.store("X", 7)', 'counter.store("Y", 7)'],
])('a module that %j has changed is as new after the edit to %j', (before, after) => {
  write({
    'book/counter.py':
      'X = 1\ndef bump():\n    global X\n    X += 1\ndef store(name, value):\n    globals()[name] = value\n',
  });
  const text = (change: string) =>
    `\`\`\`{python}\nimport counter\n\`\`\`\n\n\`\`\`{python}\n${change}\n\`\`\`\n\n` +
    'It is `{python} counter.X`.\n\n```{python}\nx = counter.X\n```\n\nAnd `{python} x`.\n';
  const fresh = () =>
    new Evaluator({
      modules: new Packages({ folder: join(folder, 'book'), workspace: join(folder, 'book') }, newStore()),
    });
  const shown = (evaluator: Evaluator, change: string) =>
    evaluator.update(parseChapter(text(change), 'file:///a.qmd')).refs.map(ref => ref.text);
  const edited = fresh();
  for (const change of [before, after, before]) expect(shown(edited, change), change).toEqual(shown(fresh(), change));
});

describe('what packages import and cells cannot have', () => {
  const lib =
    'import shelve, tempfile, multiprocessing\nfrom importlib import machinery\nfrom ast import parse as s\n' +
    'from typing import TextIO\nfrom os import getpid\nX = 4\n';

  test.each([
    ['print(lib.X)', '4'],
    ['lib.shelve.open("x")', 'Unsupported: shelve.open is not supported by Reckoner: cells have no files'],
    [
      'lib.multiprocessing.Lock()',
      'Unsupported: multiprocessing.Lock is not supported by Reckoner: cells start no processes',
    ],
    ['class A(lib.multiprocessing.Process): pass', /^Unsupported: multiprocessing\.Process /],
    ['lib.s == 3', /^Unsupported: ast\.parse /],
    ['lib.s or 3', /^Unsupported: ast\.parse /],
    ['isinstance(3, lib.tempfile.TemporaryFile)', /^Unsupported: tempfile\.TemporaryFile /],
    ['lib.machinery.ModuleSpec("lib")', /^Unsupported: importlib\.machinery\.ModuleSpec /],
    ['lib.getpid()', /^Unsupported: os\.getpid .*: cells have no access to the machine$/],
    ['lib.TextIO()', /^Unsupported: typing\.TextIO /],
    ['from os import getpid', /^Unsupported: os\.getpid /],
    ['import shelve', /^Unsupported: the module shelve /],
  ])('%s', (source, wanted) => {
    write({ 'book/lib.py': lib });
    expect(told(`import lib\n${source}`)).toEqual(typeof wanted === 'string' ? wanted : expect.stringMatching(wanted));
  });

  test('what may be installed or not is refused, since a value may depend on it', () => {
    write({ 'book/lib.py': 'try:\n    import polars\nexcept ImportError:\n    polars = None\n' });
    expect(told('import lib')).toMatch(/^Unsupported: the module polars .*: use lists, dicts or numpy arrays$/);
  });
});
