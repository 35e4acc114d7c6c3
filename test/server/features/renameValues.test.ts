/** A rename changes no value: what it lets through gives every reference the text that it had. */
import { expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { features } from '../../../server/features';
import { DEFAULT_SETTINGS } from '../../../server/protocol';
import { analyze } from '../../support/analysis';
import { Random, randomChapter, textOf } from '../../support/randomChapters';

const rename = await features.find(one => one.method === 'textDocument/rename')!.load();
const uri = 'file:///book/chapter.qmd';

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
