import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { blockTree, inlineTree } from '../../../server/chapter/markdown';
import { noRepair } from '../../support/parserLog';

interface Any {
  type: string;
  value?: string;
  children?: Any[];
  url?: string;
  items?: { key: string; suppressed: boolean; suffix: string }[];
  data?: { attributes?: { id?: string; classes: string[] } };
  position?: { start: { offset: number }; end: { offset: number } };
}

/** A tree as one line: `paragraph(text"a" strong(text"b"))`. */
function shown(node: Any): string {
  const attributes = node.data?.attributes;
  const tail = attributes ? `{${[attributes.id, ...attributes.classes].filter(Boolean).join(' ')}}` : '';
  const items = node.items?.map(({ key, suppressed, suffix }) => `${suppressed ? '-' : ''}${key}${suffix}`).join(';');
  const value = items !== undefined ? `"${items}"` : node.value !== undefined ? `"${node.value}"` : '';
  return `${node.type}${value}${node.children ? `(${node.children.map(shown).join(' ')})` : ''}${tail}`;
}

const inline = (markdown: string): string =>
  inlineTree(markdown)
    .map(node => shown(node as unknown as Any))
    .join(' ');
const blocks = (markdown: string): string[] =>
  parseChapter(markdown, 'a').blocks.flatMap(block =>
    blockTree(block).children.map(child => shown(child as unknown as Any)),
  );

test.each([
  ['see @fig-a.', 'text"see " citation"fig-a" text"."'],
  ['[@a; -@b, p. 3]', 'citation"a;-b, p. 3"'],
  ['[no cite](u) a@b.c \\@x', 'link(text"no cite") text" a@b.c @x"'],
  ['x[^a][^b] ^[n *e*]', 'text"x" noteReference"a" noteReference"b" text" " inlineNote(text"n " emphasis(text"e"))'],
  ['**b** [s *t*]{.c #i}', 'strong(text"b") text" " span(text"s " emphasis(text"t")){i c}'],
  ['![c](u.png){#fig-u} {x', 'image{fig-u} text" {x"'],
  ['`{python} a`{.x} `b`', 'inlineCode"{python} a"{x} text" " inlineCode"b"'],
  ['\\index{A!b} \\noindent x', 'tex"\\index{A!b}" text" " tex"\\noindent" text" x"'],
  ['$a$ $5 and $6 $$b$$ {#eq-b}', 'math"a" text" $5 and $6 " math"b"{eq-b}'],
  ['H~2~O x^2^ ~580 ~~s~~', 'text"H" subscript(text"2") text"O x" superscript(text"2") text" ~580 " delete(text"s")'],
  ['{{< video "u" >}}', 'shortcode"{{< video "u" >}}"'],
])('inline syntax: %s', (markdown, tree) => {
  expect(inline(markdown)).toBe(tree);
});

test('blocks follow Pandoc: lists and headings do not interrupt a paragraph', () => {
  expect(blocks('Text\n- no list\n# no heading\n')).toEqual(['paragraph(text"Text\n- no list\n# no heading")']);
  expect(blocks('## Title {#sec-t .x}\n')).toEqual(['heading(text"Title"){sec-t x}']);
  expect(blocks('Term\n:   meaning\n')).toEqual([
    'defList(defListTerm(text"Term") defListDescription(paragraph(text"meaning")))',
  ]);
});

test('tables, notes and display math become nodes with offsets in the block', () => {
  expect(blocks('| a | `x|y` |\n|--|--|\n| $m$ | |\n\n: Cap {#tbl-t}\n')).toEqual([
    'table(tableRow(tableCell(text"a") tableCell(inlineCode"x|y")) tableRow(tableCell(math"m") tableCell())){tbl-t}',
  ]);
  const text = 'Before\n\n[^n]: Note *e*\n    more\n\n    second `{python} x`\n';
  const block = parseChapter(text, 'a').blocks.find(({ kind }) => kind === 'footnote')!;
  const tree = blockTree(block) as unknown as Any;
  expect(shown(tree.children![0]!)).toBe(
    'footnoteDefinition(paragraph(text"Note " emphasis(text"e") text"\nmore") paragraph(text"second " inlineCode"{python} x"))',
  );
  const code = tree.children![0]!.children![1]!.children![1]!;
  expect(block.text.slice(code.position!.start.offset, code.position!.end.offset)).toBe('`{python} x`');
  expect(blocks('$$\na = b\n$$ {#eq-x}\n')).toEqual(['paragraph(math"a = b"{eq-x})']);
});

test('trees are kept as long as the block stays the same', () => {
  const before = parseChapter('One\n\nTwo\n', 'a');
  const after = parseChapter('One\n\nTwo!\n', 'a', { previous: before, log: noRepair });
  expect(blockTree(after.blocks[0]!)).toBe(blockTree(before.blocks[0]!));
});
