/** Findings of a chapter follow what other chapters, bibliographies and files say, in the editor and on disk. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../../../server/engine';
import { definition } from '../../../server/features/definition';
import { documentLink } from '../../../server/features/documentLink';
import { hover } from '../../../server/features/hover';
import { inlayHint } from '../../../server/features/inlayHint';
import { references } from '../../../server/features/references';
import { rename } from '../../../server/features/rename';
import { NodeFileSystem } from '../../../server/files/node';
import { uriOfPath } from '../../../server/files/uri';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });
const PATIENT = { timeout: 15_000 };

let workspace: TestWorkspace;
let book: string;
let files: NodeFileSystem;
let engine: Engine;

beforeEach(() => {
  workspace = new TestWorkspace();
  book = workspace.folder;
  files = new NodeFileSystem();
  engine = engineIn(book, {}, files).engine;
  write('_quarto.yml', 'project:\n  type: book\nbook:\n  chapters: [index.qmd, tanks.qmd]\n');
  write('index.qmd', '');
  write('tanks.qmd', '# Tanks {#sec-tanks}\n\n::: {#fig-tank}\nA.\n\nB.\n:::\n');
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

const write = (name: string, text: string) => workspace.write(name, text);

function open(name: string, text: string): string {
  const uri = uriOfPath(join(book, name));
  engine.open(uri, 1, text);
  return uri;
}

/** `code "text"` of each warning and error that a chapter has by now. */
const told = (uri: string) => {
  const { checked } = engine.chapter(uri)!;
  return checked?.findings
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, range }) => `${code} ${checked.analysis.chapter.slice(range.start, range.end)}`);
};

const becomes = (uri: string, findings: readonly string[]) => expect.poll(() => told(uri), PATIENT).toEqual(findings);

/** Saves a file, and has the engine told of it. */
function save(name: string, text: string, cameOrWent = false): void {
  files.report([{ path: write(name, text), cameOrWent }]);
}

test('labels of another chapter that is typed in', async () => {
  const index = open('index.qmd', 'See @fig-tank and @fig-pump.\n');
  await becomes(index, ['unresolved-crossref @fig-pump']);
  const tanks = open('tanks.qmd', '# Tanks {#sec-tanks}\n\n::: {#fig-tank}\nA.\n\nB.\n:::\n');
  const version = engine.chapter(index)!.version;
  engine.change(tanks, 2, [
    { range: { start: { line: 2, character: 10 }, end: { line: 2, character: 14 } }, text: 'pump' },
  ]);
  await becomes(index, ['unresolved-crossref @fig-tank']);
  expect(engine.chapter(index)!.version).toBe(version);
  // Without saving it, the one on disk counts again.
  engine.closeDocument(tanks);
  await becomes(index, ['unresolved-crossref @fig-pump']);
});

test('labels of another chapter on disk, and of what it includes', async () => {
  const index = open('index.qmd', 'See @fig-tank and @fig-pump.\n');
  await becomes(index, ['unresolved-crossref @fig-pump']);
  save('tanks.qmd', '{{< include _pump.qmd >}}\n');
  await becomes(index, ['unresolved-crossref @fig-tank', 'unresolved-crossref @fig-pump']);
  save('_pump.qmd', '::: {#fig-pump}\nA.\n\nB.\n:::\n', true);
  await becomes(index, ['unresolved-crossref @fig-tank']);
});

test('chapters that come to the list', async () => {
  write('pumps.qmd', '# Pumps {#sec-pumps}\n');
  const index = open('index.qmd', 'See @sec-pumps.\n');
  await becomes(index, ['unresolved-crossref @sec-pumps']);
  save('_quarto.yml', 'project:\n  type: book\nbook:\n  chapters: [index.qmd, tanks.qmd, pumps.qmd]\n');
  await becomes(index, []);
});

test('a label that both have is told in both', async () => {
  const index = open('index.qmd', '# Start {#sec-start}\n');
  const tanks = open('tanks.qmd', '# Tanks {#sec-tanks}\n');
  await becomes(index, []);
  engine.change(tanks, 2, [
    { range: { start: { line: 0, character: 10 }, end: { line: 0, character: 19 } }, text: 'sec-start' },
  ]);
  await becomes(index, ['duplicate-label sec-start']);
  await becomes(tanks, ['duplicate-label sec-start']);
  expect(engine.chapter(index)!.checked!.findings[0]!.related).toMatchObject([
    { file: join(book, 'tanks.qmd'), position: { start: { line: 0, character: 10 } } },
  ]);
});

test('pictures and bibliographies that come and go', async () => {
  const index = open('index.qmd', '---\nbibliography: all.bib\n---\n\n![A.](a.svg) [@a]\n');
  await becomes(index, ['missing-file all.bib', 'missing-file a.svg']);
  save('a.svg', '<svg/>', true);
  await becomes(index, ['missing-file all.bib']);
  save('all.bib', '@book{b,}', true);
  await becomes(index, ['unknown-citation @a']);
  save('all.bib', '@book{a,}');
  await becomes(index, []);
  workspace.delete('a.svg');
  files.report([{ path: join(book, 'a.svg'), cameOrWent: true }]);
  await becomes(index, ['missing-file a.svg']);
});

test('symbols of chapters, open or not, by parts of their names', async () => {
  const paths = [
    write('index.qmd', '# Start\n\n{{< include _part.qmd >}}\n'),
    write('tanks.qmd', '---\ntitle: Tanks\n---\n\n## Water levels\n\n{{< include _part.qmd >}}\n\n$$x$$ {#eq-level}\n'),
  ];
  const code = 'class Tank:\n    level = 3\n    level_str = "3"\n\nlevel_str = Tank.level_str\n\ndef levels(): pass';
  write('_part.qmd', `\`\`\`{python}\n#| label: fig-levels\n${code}\n\`\`\`\n`);
  const find = async (query: string) =>
    (await engine.neighbours.symbols.find(query, paths, () => false)).map(
      ({ name, kind, container, uri, range }) =>
        `${kind} ${name} in ${container} (${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line + 1})`,
    );
  expect(await find('level')).toEqual([
    'export level_str in Tank (_part.qmd:5)',
    'export level_str in Start (_part.qmd:7)',
    'function levels in Start (_part.qmd:9)',
    'label fig-levels in Start (_part.qmd:2)',
    'section Water levels in Tanks (tanks.qmd:5)',
    'label eq-level in Water levels (tanks.qmd:9)',
  ]);
  expect(await find('tnk')).toEqual(['class Tank in Start (_part.qmd:3)']);
  // What is typed counts, saved or not.
  open('tanks.qmd', '## Basins\n');
  expect(await find('basin')).toEqual(['section Basins in undefined (tanks.qmd:1)']);
  expect(await find('water')).toEqual([]);
});

test('an included file that is open by itself has the names of a chapter that includes it', async () => {
  const cell = '```{python}\nrate = 12\n```\n';
  write('index.qmd', `${cell}\n{{< include _part.qmd >}}\n`);
  write('_part.qmd', '');
  const part = open('_part.qmd', 'Flows `{python} rate`, `{python} gone`.\n');
  const hints = async () =>
    (await engine.answer(part, inlayHint, { textDocument: { uri: part }, range: whole }))?.map(({ label }) => label);
  await expect.poll(hints, PATIENT).toEqual(['12', '⚠ no value']);
  const index = uriOfPath(join(book, 'index.qmd'));
  expect([engine.isOpen(index), engine.isOpen(part)]).toEqual([false, true]);
  await becomes(index, ['undefined-export gone']);
  // The chapter on disk counts.
  save('index.qmd', `${cell.replace('12', '13')}\n{{< include _part.qmd >}}\n`);
  await expect.poll(hints, PATIENT).toEqual(['13', '⚠ no value']);
  // Once the client opens the chapter, it is the client's.
  open('index.qmd', `${cell.replace('12', '14')}\n{{< include _part.qmd >}}\n`);
  await expect.poll(hints, PATIENT).toEqual(['14', '⚠ no value']);
  engine.closeDocument(index);
  await expect.poll(hints, PATIENT).toEqual(['13', '⚠ no value']);
  engine.closeDocument(part);
  expect(engine.chapter(index)).toBeUndefined();
});

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe('an include that puts its file in', () => {
  const CODE = '```{python}\nrate = 12\n```\n';
  const at = (line: number, character: number) => ({ line, character });
  let part: string;

  beforeEach(() => {
    part = uriOfPath(write('_part.qmd', CODE));
  });

  test('leads to it: link, definition, hover and references', async () => {
    const index = open('index.qmd', '# Start\n\n{{< include _part.qmd >}}\n\nAt `{python} rate`.\n');
    const document = { textDocument: { uri: index } };
    const links = await engine.answer(index, documentLink, document);
    expect(links).toEqual([{ target: part, range: { start: at(2, 12), end: at(2, 21) } }]);
    const asked = { ...document, position: at(2, 15) };
    expect((await engine.answer(index, definition, asked))!.map(({ targetUri }) => targetUri)).toEqual([part]);
    expect((await engine.answer(index, hover, asked))!.contents).toEqual({
      kind: 'markdown',
      value: `[\\_part.qmd](${part})`,
    });
    const found = await engine.answer(index, references, { ...asked, context: { includeDeclaration: true } });
    expect(found).toEqual([{ uri: index, range: { start: at(2, 12), end: at(2, 21) } }]);
  });

  test('stands in it as well', async () => {
    const inner = uriOfPath(write('_inner.qmd', 'Some text.\n'));
    write('_part.qmd', `${CODE}\n{{< include _inner.qmd >}}\n`);
    open('index.qmd', '# Start\n\n{{< include _part.qmd >}}\n\nAt `{python} rate`.\n');
    open('_part.qmd', `${CODE}\n{{< include _inner.qmd >}}\n`);
    const links = await engine.answer(part, documentLink, { textDocument: { uri: part } });
    expect(links).toEqual([{ target: inner, range: { start: at(4, 12), end: at(4, 22) } }]);
  });

  test('a name of a package in it is renamed once, whoever includes it', async () => {
    write('tanks/__init__.py', 'RATE = 12\n');
    const code = '```{python}\nfrom tanks import RATE\n```\n';
    write('_part.qmd', code);
    const text = '{{< include _part.qmd >}}\n\nAt `{python} RATE`.\n';
    const index = open('index.qmd', text);
    const other = open('tanks.qmd', text);
    const asked = { textDocument: { uri: index }, position: at(2, 13) };
    await engine.answer(other, hover, { ...asked, textDocument: { uri: other } });
    const changes = (await engine.answer(index, rename, { ...asked, newName: 'FLOW' }))!.changes!;
    expect(changes[part]).toEqual([{ newText: 'FLOW', range: { start: at(1, 18), end: at(1, 22) } }]);
    expect(Object.keys(changes)).toHaveLength(4);
    const found = await engine.answer(index, references, { ...asked, context: { includeDeclaration: true } });
    expect(found!.filter(({ uri }) => uri === part)).toHaveLength(1);
  });
});
