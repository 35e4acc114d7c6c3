/** Files are renamed or moved, and what names them names them still. */
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editsFor, type Renamed } from '../../../server/project/renamedFiles';

const CHAPTER = `---
bibliography:
  - ../references.bib
---

{{< include ../parts/_pump.qmd >}}

![A](images/a.png) and [next](./next.qmd#sec-a), [all](/index.qmd), [web](https://x.org/next.qmd), [gone](gone.qmd).
`;

const THERE = [
  'references.bib',
  'parts/_pump.qmd',
  'chapters/images/a.png',
  'chapters/next.qmd',
  'index.qmd',
  'chapters/a.qmd',
];

/** The text after the renames, whose paths are those of a book. */
function after(text: string, path: string, ...renames: readonly (readonly [from: string, to: string])[]): string {
  const file = { path: `/book/${path}`, text, root: '/book' };
  const whole = renames.map(([from, to]): Renamed => ({ from: `/book/${from}`, to: `/book/${to}` }));
  const isThere = (one: string) => THERE.some(name => one === `/book/${name}` || `/book/${name}`.startsWith(`${one}/`));
  const document = TextDocument.create('file:///a', 'quarto', 1, text);
  return TextDocument.applyEdits(document, [...editsFor(file, whole, isThere)]);
}

test.each([
  [['references.bib', 'bib/all.bib'], '../references.bib', '../bib/all.bib'],
  [['parts/_pump.qmd', 'parts/_valve.qmd'], '../parts/_pump.qmd', '../parts/_valve.qmd'],
  [['chapters/images/a.png', 'chapters/images/b.png'], 'images/a.png', 'images/b.png'],
  [['chapters/next.qmd', 'chapters/last.qmd'], './next.qmd#sec-a', './last.qmd#sec-a'],
  [['index.qmd', 'start.qmd'], '(/index.qmd)', '(/start.qmd)'],
] as const)('a file that a chapter names: %j', (rename, old, text) => {
  expect(after(CHAPTER, 'chapters/a.qmd', rename)).toBe(CHAPTER.replace(old, text));
});

test('a folder', () => {
  expect(after(CHAPTER, 'chapters/a.qmd', ['chapters/images', 'chapters/pictures'])).toBe(
    CHAPTER.replace('images/a.png', 'pictures/a.png'),
  );
});

test('the chapter itself moves: what it names stays where it is', () => {
  const moved = after(CHAPTER, 'chapters/a.qmd', ['chapters/a.qmd', 'a.qmd']);
  expect(moved).toContain('  - references.bib\n');
  expect(moved).toContain('{{< include parts/_pump.qmd >}}');
  expect(moved).toContain('](chapters/images/a.png)');
  expect(moved).toContain('](./chapters/next.qmd#sec-a)');
  expect(moved).toContain('(/index.qmd)');
});

test('the folder of all moves: nothing changes', () => {
  expect(after(CHAPTER, 'chapters/a.qmd', ['chapters', 'text'])).toBe(CHAPTER);
});

test('a chapter in the list of a book', () => {
  const list = 'book:\n  chapters:\n    - index.qmd\n    - part: "Pumps"\n      chapters: [chapters/next.qmd]\n';
  expect(after(list, '_quarto.yml', ['chapters/next.qmd', 'chapters/last.qmd'])).toBe(list.replace('next', 'last'));
});

test('what is no file, or another one, stays', () => {
  expect(after(CHAPTER, 'chapters/a.qmd', ['other.qmd', 'gone.qmd'])).toBe(CHAPTER);
});
