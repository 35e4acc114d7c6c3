/** What the page shows of each construct is what Quarto makes of Pandoc's tree of it; the table in docs/preview.md names them all. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';
import { pageStructure } from '../../support/pageStructure';
import type { PandocNode } from '../../support/pandocTree';
import { quartoStructure } from '../../support/quartoStructure';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test/fixtures/constructs');
const names = readdirSync(folder)
  .filter(file => file.endsWith('.json'))
  .map(file => basename(file, '.json'));

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Formulas as elements around their TeX; each citation as set by some style. */
const CONTEXT: PreviewContext = {
  typeset: ({ form, text }) => {
    if (form !== 'citations')
      return { kind: 'done', html: form.startsWith('code:') ? escaped(text) : `<var>${escaped(text)}</var>` };
    const { clusters } = JSON.parse(text) as { clusters: readonly unknown[] };
    return {
      kind: 'done',
      html: JSON.stringify({ clusters: clusters.map(() => 'cited'), references: [], inNotes: false }),
    };
  },
  citation: key => ({
    key,
    type: 'book',
    fields: [],
    range: { start: 0, end: 0 },
    keyRange: { start: 0, end: 0 },
    field: () => undefined,
    source: () => undefined,
  }),
};

for (const name of names) {
  const pieces = readFileSync(join(folder, `${name}.md`), 'utf8').split('\n%%%\n');
  const trees = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as PandocNode[][];
  describe(`the page has what Quarto makes of ${name}`, () => {
    test.each(pieces.map((piece, at) => [piece.trim().slice(0, 60), piece, trees[at]!] as const))(
      '%s',
      (_start, piece, tree) => {
        const { blocks } = renderChapter(analyze(`${piece}\n`), CONTEXT);
        const found = pageStructure(blocks.map(({ html }) => html).join('\n'));
        expect(found).toEqual(quartoStructure(tree));
        const { blocks: ofWindows } = renderChapter(analyze(`${piece}\n`.replaceAll('\n', '\r\n')), CONTEXT);
        expect(pageStructure(ofWindows.map(({ html }) => html).join('\n')), 'with the line ends of Windows').toEqual(
          found,
        );
      },
    );
  });
}

test('the table of constructs names all that are held against Pandoc, and each test that it names exists', () => {
  const docs = readFileSync(join(root, 'docs/preview.md'), 'utf8');
  const table = docs.slice(docs.indexOf('## Constructs'), docs.indexOf('## When the server ends'));
  const files = Array.from(table.matchAll(/\]\(\.\.\/(test\/[\w./-]+)\)/g), found => found[1]!);
  expect(files.filter(file => !existsSync(join(root, file)))).toEqual([]);
  expect(names.filter(name => !files.includes(`test/fixtures/constructs/${name}.md`))).toEqual([]);
});
