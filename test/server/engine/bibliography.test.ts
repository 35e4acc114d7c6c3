/** Entries of bibliographies: found and renamed from their file as from the chapters, partials included. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('bibliographies of CSL items', () => {
  const JSON_TEXT =
    '[\n  {"type": "book", "id": "arkwright", "title": "Frames {id}", "note": {"id": "inner"}},\n  {"id": 1769}\n]\n';
  const YAML_TEXT = `---
references:
  - type: book
    id: arkwright   # the first
  - {id: "weir88", title: 'id: arkwright'}
  - {id: &one 1769}
  - id: *one
---
`;
  const CHAPTER = 'After [@arkwright, p. 3], @weir88, and @1769.\n';
  const csl = (name: string, text: string) => {
    workspace.write('_quarto.yml', `project:\n  type: book\nbibliography: ${name}\nbook:\n  chapters: [csl.qmd]\n`);
    workspace.write(name, text);
    workspace.write('csl.qmd', CHAPTER);
  };
  const edited = async (name: string, words: string, newName: string, ...files: string[]): Promise<string[]> => {
    const { changes = {} } = await renamed(name, words, newName);
    return files.map(file =>
      TextDocument.applyEdits(TextDocument.create('', '', 1, read(file)), changes[workspace.uriOf(file)] ?? []),
    );
  };

  test.each([
    ['items.json', JSON_TEXT, '"id": "arkwright"', '"id": "frames"', 7],
    ['items.yaml', YAML_TEXT, 'id: arkwright', 'id: frames', 4],
    ['items.yml', 'references:\n- id: "arkwright"\n', 'id: "arkwright"', 'id: "frames"', 5],
    ['items.yaml', '- id: arkwright\n', 'id: arkwright', 'id: frames', 4],
  ])('a key is renamed from %s and from a chapter', async (name, text, was, is, at) => {
    csl(name, text);
    open(name);
    const position = TextDocument.create('', '', 1, text).positionAt(text.indexOf(was) + at + 1);
    const asked = { textDocument: { uri: workspace.uriOf(name) }, position };
    const prepared = await engine.answer(workspace.uriOf(name), prepareRename, asked);
    expect(prepared?.placeholder).toBe('arkwright');
    const words = text.slice(text.indexOf(was) + at);
    const expected = [text.replace(was, is), CHAPTER.replace('arkwright', 'frames')];
    expect(await edited(name, words, 'frames', name, 'csl.qmd')).toEqual(expected);
    open('csl.qmd');
    expect(await edited('csl.qmd', 'arkwright', 'frames', name, 'csl.qmd')).toEqual(expected);
  });

  test('what is no text without quotes gets them', async () => {
    csl('items.json', JSON_TEXT);
    open('csl.qmd');
    expect(await edited('csl.qmd', '1769', 'frames', 'items.json')).toEqual([JSON_TEXT.replace('1769', '"frames"')]);
    workspace.write('items.yaml', YAML_TEXT);
    csl('items.yaml', YAML_TEXT);
    expect(await edited('csl.qmd', 'arkwright', 'true', 'items.yaml')).toEqual([
      YAML_TEXT.replace('id: arkwright', 'id: "true"'),
    ]);
  });

  test('a key that cannot be rewritten is refused', async () => {
    csl('items.yaml', '- &a {id: &x arkwright}\n- id: *x\n');
    open('csl.qmd');
    csl('items.yaml', 'x: &x arkwright\nreferences:\n- id: *x\n');
    await expect(renamed('csl.qmd', 'arkwright', 'frames')).rejects.toThrow('items.yaml gives "arkwright" in a way');
  });

  test.each(['- id: arkwright', '- {type: book, id: arkwright}', '- type: book\n    "id": arkwright'])(
    'a key is renamed from the front matter that lists it: %s',
    async item => {
      const text = `---\nreferences:\n  ${item}\n---\n\nAfter @arkwright.\n`;
      workspace.write('own.qmd', text);
      open('own.qmd');
      const [made] = await edited('own.qmd', text.slice(text.indexOf('arkwright')), 'frames', 'own.qmd');
      expect(made).toBe(text.replaceAll('arkwright', 'frames'));
      expect(await edited('own.qmd', 'arkwright.', 'frames', 'own.qmd')).toEqual([made]);
    },
  );
});
