/** Entries of bibliographies: found and renamed from their file as from the chapters, partials included. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Position, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../../server/engine';
import { references } from '../../../server/features/references';
import { prepareRename, rename } from '../../../server/features/rename';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const FILES = {
  '_quarto.yml':
    'project:\n  type: book\nbibliography: sources.bib\nbook:\n  chapters: [index.qmd, mill.qmd, weir.qmd]\n',
  'sources.bib': '% Mills\n@book{arkwright,\n  title = {Water Frames}\n}\n\n@book{weir88, title = {Weirs}}\n',
  'index.qmd': '# Rivers\n\nAfter [@arkwright, p. 3].\n',
  'mill.qmd': '# Mills\n\nTurning.\n\n{{< include _note.qmd >}}\n',
  '_note.qmd': 'A wheel turns slowly [see @arkwright].\n',
  'weir.qmd': '# Weirs\n\n@arkwright says so, @weir88 does not.\n\n{{< include _note.qmd >}}\n',
};

let workspace: TestWorkspace;
let engine: Engine;

beforeEach(() => {
  workspace = new TestWorkspace(FILES);
  engine = engineIn(workspace.folder).engine;
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

const read = (name: string) => readFileSync(workspace.pathOf(name), 'utf8');
const open = (name: string, text = read(name)) => engine.open(workspace.uriOf(name), 1, text);

function at(name: string, words: string, text = read(name)): { textDocument: { uri: string }; position: Position } {
  const uri = workspace.uriOf(name);
  const position = TextDocument.create(uri, '', 1, text).positionAt(text.indexOf(words) + 2);
  return { textDocument: { uri }, position };
}

async function renamed(name: string, words: string, newName: string): Promise<WorkspaceEdit> {
  return (await engine.answer(workspace.uriOf(name), rename, { ...at(name, words), newName }))!;
}

/** Takes the edits into the files. */
function keep({ changes = {} }: WorkspaceEdit): void {
  for (const name of Object.keys(FILES)) {
    const edits = changes[workspace.uriOf(name)];
    if (edits !== undefined)
      workspace.write(name, TextDocument.applyEdits(TextDocument.create('', '', 1, read(name)), edits));
  }
}

const texts = () => Object.fromEntries(Object.keys(FILES).map(name => [name, read(name)]));

test('a key is renamed from its file in all chapters and partials, and back', async () => {
  open('sources.bib');
  const found = await engine.answer(workspace.uriOf('sources.bib'), prepareRename, at('sources.bib', 'arkwright'));
  expect(found?.placeholder).toBe('arkwright');
  keep(await renamed('sources.bib', 'arkwright', 'frames1769'));
  expect(Object.values(texts()).join('')).not.toContain('arkwright');
  expect(texts()['sources.bib']).toContain('@book{frames1769,');
  expect(texts()['_note.qmd']).toBe('A wheel turns slowly [see @frames1769].\n');
  engine.closeDocument(workspace.uriOf('sources.bib'));
  open('sources.bib');
  keep(await renamed('sources.bib', 'frames1769', 'arkwright'));
  expect(texts()).toEqual(FILES);
});

test('a key is renamed from a chapter in files that only other chapters include', async () => {
  open('index.qmd');
  keep(await renamed('index.qmd', 'arkwright', 'frames1769'));
  expect(Object.values(texts()).join('')).not.toContain('arkwright');
});

test('all places of a key, from its file', async () => {
  open('sources.bib');
  open('weir.qmd');
  const context = { includeDeclaration: true };
  const found = await engine.answer(workspace.uriOf('sources.bib'), references, {
    ...at('sources.bib', 'arkwright'),
    context,
  });
  const names = found!.map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line + 1}`);
  expect(names.sort()).toEqual(['_note.qmd:1', 'index.qmd:3', 'sources.bib:2', 'weir.qmd:3']);
});

test('a key that another entry has, and a file that is not saved, are refused', async () => {
  open('sources.bib');
  await expect(renamed('sources.bib', 'arkwright', 'weir88')).rejects.toThrow('"weir88" is there already');
  engine.change(workspace.uriOf('sources.bib'), 2, [{ text: `\n${FILES['sources.bib']}` }]);
  open('index.qmd');
  await expect(renamed('index.qmd', 'arkwright', 'frames')).rejects.toThrow(
    'sources.bib has changes that are not saved',
  );
});

test('nothing is told of other places in the file', async () => {
  open('sources.bib');
  expect(await engine.answer(workspace.uriOf('sources.bib'), prepareRename, at('sources.bib', 'Water'))).toBeNull();
});
