/** A rename changes no value: what it lets through gives every reference the text that it had. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { features } from '../../../server/features';
import { DEFAULT_SETTINGS } from '../../../server/protocol';
import { analyze } from '../../support/analysis';
import { Random, randomChapter, textOf } from '../../support/randomChapters';

const rename = await features.find(one => one.method === 'textDocument/rename')!.load();
const uri = 'file:///book/chapter.qmd';

/** The texts of all references, without the name that is changed. */
function texts(one: ReturnType<typeof analyze>, ...names: readonly string[]): string[] {
  const all = new RegExp(`\\b(?:${names.join('|')})\\b`, 'g');
  return one.refs.map(({ text, status }) => `${status} ${text?.replaceAll(all, '?')}`);
}

/** More of them with `RENAME_CHAPTERS=200`. */
const COUNT = Number(process.env.RENAME_CHAPTERS ?? 4);

test('references read as before', { timeout: 600_000 }, () => {
  let taken = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const r = new Random(seed);
    const text = textOf(randomChapter(r));
    const analysis = analyze(text);
    const places = [...text.matchAll(/[A-Za-z_]\w*/g)].map(({ index }) => index);
    for (let attempt = 0; attempt < 10; attempt++) {
      const at = r.pick(places);
      const position = analysis.chapter.lines.positionAt(at);
      const params = { textDocument: { uri }, position, newName: 'renamed_one' };
      let edit: WorkspaceEdit;
      try {
        edit = rename.handle(analysis, params, { uri, settings: DEFAULT_SETTINGS, findings: [] }) as WorkspaceEdit;
      } catch {
        continue; // refused
      }
      taken++;
      const document = TextDocument.create(uri, 'quarto', 1, text);
      const renamed = TextDocument.applyEdits(document, edit.changes![uri]!);
      const texts = (one: ReturnType<typeof analyze>) =>
        one.refs.map(({ text: shown, status }) => `${status} ${shown?.replaceAll('renamed_one', '?')}`);
      const name = /^\w+/.exec(text.slice(at))![0];
      const before = texts(analysis).map(one => one.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), '?'));
      const after = texts(analyze(renamed)).map(one => one.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), '?'));
      expect(after, `seed ${seed}: ${name} at ${JSON.stringify(position)}`).toEqual(before);
    }
  }
  expect(taken).toBeGreaterThan(COUNT);
});

/** A chapter in the style of a book, with header boxes, bridges and f-strings. */
const EXAMPLE = readFileSync(join(import.meta.dirname, '../../../examples/capacity-planning.qmd'), 'utf8');

test('each export, class and attribute of a real chapter can be renamed, and reads as before', {
  timeout: 600_000,
}, () => {
  const analysis = analyze(EXAMPLE);
  const document = TextDocument.create(uri, 'quarto', 1, EXAMPLE);
  const context = { uri, settings: DEFAULT_SETTINGS, findings: [] };
  const refused: string[] = [];
  const definitions = analysis.cells.flatMap(cell => cell.definitions).filter(({ kind }) => kind !== 'import');
  for (const { name, range } of definitions) {
    const own = name.slice(name.lastIndexOf('.') + 1);
    const params = { textDocument: { uri }, position: document.positionAt(range.start), newName: 'renamed_one' };
    let edit: WorkspaceEdit;
    try {
      edit = rename.handle(analysis, params, context) as WorkspaceEdit;
    } catch (error) {
      refused.push(`${name}: ${(error as Error).message}`);
      continue;
    }
    const renamed = TextDocument.applyEdits(document, edit.changes![uri]!);
    const after = analyze(renamed);
    expect(texts(after, 'renamed_one', own), name).toEqual(texts(analysis, 'renamed_one', own));
    // Nothing of the old name is left where it counted.
    const left = after.symbols.named(own).filter(one => one.symbol?.local === undefined && one.symbol?.path === name);
    expect(
      left.map(({ range: place }) => renamed.slice(0, place.start).split('\n').length),
      name,
    ).toEqual([]);
  }
  expect(refused).toEqual([]);
  expect(definitions.length).toBeGreaterThan(40);
});
