/** `reckoner` in a project: what it includes, what it leaves out. */
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CommandLine } from '../support/commandLine';
import { TestWorkspace } from '../support/workspace';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000 });

const F = '```';

/** Two chapters that share a partial with a fault, in a project. */
const BOOK: Readonly<Record<string, string>> = {
  '_quarto.yml': 'project:\n  type: book\nbook:\n  chapters: [a.qmd, deep/b.qmd]\n',
  '_shared.qmd': `${F}{python}\nrate = 12\n${F}\n\nFlows \`{python} rate\`, \`{python} gone\`.\n`,
  'draft.qmd': `${F}{python}\n1 / 0\n${F}\n`,
  'a.qmd': '# A\n\n{{< include _shared.qmd >}}\n\nAgain: `{python} rate`.\n',
  'deep/b.qmd': '# B\n\n{{< include /_shared.qmd >}}\n\n{{< include _none.qmd >}}\n',
};

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make(BOOK);
}, 60_000);
afterAll(() => line.remove());

test('a book below the folder leaves out what it does not list', () => {
  const nested = new TestWorkspace(
    Object.fromEntries(Object.entries(BOOK).map(([name, text]) => [`book/${name}`, text])),
  );
  const { stderr } = line.runIn(nested.folder, 'check', '.');
  const { stdout } = line.runIn(nested.folder, 'doctor', '.');
  nested.remove();
  expect(stdout).toContain('  configuration: none (no _quarto.yml); projects in book\n');
  expect(stderr).toContain('reckoner: left out, not among the chapters of the book: book/draft.qmd\n');
});

test('a package beside the project of its documents is found where nothing says which repository that is', () => {
  const nested = new TestWorkspace({
    'pyproject.toml': '[project]\nname = "kit"\nversion = "1.0"\n',
    'src/kit/__init__.py':
      'import json, pathlib\nrate = json.loads((pathlib.Path(__file__).parents[2] / "data/rate.json").read_text())\n',
    'data/rate.json': '12',
    'docs/_quarto.yml': 'project:\n  type: website\n',
    'docs/index.qmd': `${F}{python}\nfrom kit import rate\n${F}\n\nFlows \`{python} rate\`.\n`,
  });
  const { stdout } = line.runIn(nested.folder, 'values', 'docs/index.qmd', '--format', 'json');
  nested.remove();
  expect((JSON.parse(stdout) as { refs: object[] }).refs).toMatchObject([{ expr: 'rate', value: '12' }]);
});

test('a finding in an included file is told once, with the chapters that include it', () => {
  for (const _ of ['cold', 'from the cache']) {
    const { status, stdout, stderr } = line.run('check', '.', '--format', 'json');
    expect(status).toBe(1);
    expect(stderr).toContain('reckoner: left out, not among the chapters of the book: draft.qmd\n');
    const { findings } = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
    expect(findings.map(({ file, line, code }) => [file, line, code])).toEqual([
      ['_shared.qmd', 5, 'undefined-export'],
      ['deep/b.qmd', 5, 'missing-file'],
    ]);
    expect(findings[0]!.related).toMatchObject([
      { file: 'a.qmd', line: 3, message: 'included here' },
      { file: 'deep/b.qmd', line: 3, message: 'included here' },
    ]);
  }
});

test('values say which file they stand in', () => {
  const { refs } = JSON.parse(line.run('values', 'a.qmd', '--format', 'json').stdout) as { refs: object[] };
  const file = line.workspace.pathOf('_shared.qmd');
  expect(refs).toMatchObject([
    { file, line: 5, expr: 'rate', value: '12' },
    { file, line: 5, expr: 'gone', ok: false },
    { line: 5, expr: 'rate', value: '12' },
  ]);
});

test('doctor tells what is seen of the project', () => {
  line.workspace.write('plain.qmd', '');
  const { status, stdout } = line.run('doctor', 'deep');
  expect(status).toBe(0);
  const [head, ...report] = stdout.replace(new RegExp(`^.*${'Reckoner'} `), 'Reckoner ').split('\n');
  expect(head).toMatch(/^Reckoner \d/);
  expect(report.join('\n')).toBe(`
Project
  folder: ${basename(line.workspace.folder)}
  configuration: _quarto.yml
  type: book

Chapters
  a.qmd: jupyter with python, 1 cell, 2 of 3 values, 1 include
  deep/b.qmd: jupyter with python, 1 cell, 1 of 2 values, 2 includes, 1 of them without a file
  left out: draft.qmd (not among the chapters of the book)
  left out: plain.qmd (not among the chapters of the book)
`);
  line.workspace.delete('plain.qmd');
});

test("doctor tells where a module may be put that is neither Python's own nor installed", () => {
  line.workspace.write('apart/_quarto.yml', 'project:\n  type: default\n');
  line.workspace.write(
    'apart/needs.qmd',
    `${F}{python}\nimport subprocess\nimport pandas as pd\nimport ourpumps\nfrom pathlib import Path\nread = Path('d.txt').read_text()\n${F}\n`,
  );
  line.workspace.write('apart/d.txt', '1');
  const { stdout } = line.run('doctor', 'apart');
  const [, modules] = stdout.split('Modules that are not at hand\n');
  expect(modules?.split('\n').slice(0, 3)).toEqual([
    '  subprocess: needs.qmd, line 2',
    '  pandas: needs.qmd, line 3',
    '  ourpumps: needs.qmd, line 4; if it is part of the book, put its sources into the workspace, or name their folder in `reckoner.packageRoots`',
  ]);
  expect(stdout).toMatch(/\nData files read\n {2}d\.txt\n$/);
  rmSync(line.workspace.pathOf('apart'), { recursive: true });
});

test('fixes change the chapter and no file that it includes', () => {
  const chapter = '{{< include _shared.qmd >}}\n\n`{python} rat` and `{python} rate`\n';
  line.workspace.write('fix.qmd', chapter);
  line.run('check', 'fix.qmd', '--fix');
  expect(readFileSync(line.workspace.pathOf('fix.qmd'), 'utf8')).toBe(chapter.replace('rat`', 'rate`'));
  expect(readFileSync(line.workspace.pathOf('_shared.qmd'), 'utf8')).toBe(BOOK['_shared.qmd']);
  line.workspace.delete('fix.qmd');
});

test('a kept result is looked at again where another chapter, a picture or a bibliography has changed', () => {
  const chapter = '---\nbibliography: all.bib\n---\n\nSee @sec-b and [@known]. ![A.](a.svg)\n';
  const files = { 'a.qmd': chapter, 'deep/b.qmd': '# B {#sec-b}\n', 'all.bib': '@book{known,}', 'a.svg': '' };
  const write = (name: string, text: string) => line.workspace.write(name, text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const codes = () => {
    const { findings } = JSON.parse(line.run('check', 'a.qmd', '--format', 'json').stdout) as {
      findings: { code: string }[];
    };
    return findings.map(({ code }) => code);
  };
  expect([codes(), codes()]).toEqual([[], []]);
  write('deep/b.qmd', '# B {#sec-c}\n');
  expect(codes()).toEqual(['unresolved-crossref']);
  write('deep/b.qmd', files['deep/b.qmd']);
  write('all.bib', '@book{other,}');
  expect(codes()).toEqual(['unknown-citation']);
  write('all.bib', files['all.bib']);
  line.workspace.delete('a.svg');
  expect(codes()).toEqual(['missing-file']);
  write('a.svg', '');
  expect(codes()).toEqual([]);
  for (const [name, text] of Object.entries(BOOK)) write(name, text);
});
