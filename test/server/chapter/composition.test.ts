/** Chapters with what they include: the text as Quarto puts it together, places in it, and edits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chapter, composeChapter, editComposed, type PartialFiles } from '../../../server/chapter';
import { describeChapter } from '../../support/describeChapter';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///book/chapter.qmd';

/** Files of the folder `/book`, whose texts may be changed. */
function filesOf(texts: Readonly<Record<string, string>>): PartialFiles {
  return {
    path: '/book/chapter.qmd',
    resolve: name => (name.startsWith('/') ? `/book${name}` : `/book/${name}`),
    uriOf: path => `file://${path}`,
    read: path => texts[path.slice('/book/'.length)],
  };
}

const compose = (text: string, texts: Readonly<Record<string, string>>): Chapter =>
  composeChapter(text, URI, filesOf(texts));

describe('the text', () => {
  test.each([
    ['a\n\n{{< include _b.qmd >}}\n\nc\n', { '_b.qmd': 'b\n' }, 'a\n\nb\n\n\nc\n'],
    ['{{< include _b.qmd >}}', { '_b.qmd': 'b' }, 'b\n\n'],
    ['  {{< include "_b c.qmd" >}}  \r\nd', { '_b c.qmd': 'b\n' }, 'b\n\nd'],
    ['```{python}\n{{< include _b.py >}}\ny = x\n```\n', { '_b.py': 'x = 1\n' }, '```{python}\nx = 1\n\ny = x\n```\n'],
    [
      '{{< include _b.qmd >}}\n',
      { '_b.qmd': 'b\n{{< include /c/_d.qmd >}}\ne\n', 'c/_d.qmd': 'd\n' },
      'b\nd\n\n\ne\n\n',
    ],
    [
      'text {{< include _b.qmd >}}\n{{{< include _b.qmd >}}}\n{{< /* include _b.qmd */ >}}\n{{< video _b.qmd >}}\n',
      { '_b.qmd': 'b' },
      undefined,
    ],
    ['{{< include _gone.qmd >}}\n', {}, undefined],
    ['{{< \ninclude _b.qmd >}}\n', { '_b.qmd': 'b' }, undefined],
    ['{{< include _b.qmd >}}\n', { '_b.qmd': '{{< include chapter.qmd >}}\n' }, '{{< include chapter.qmd >}}\n\n'],
  ])('%j', (text, texts, whole) => {
    expect(compose(text, texts as Record<string, string>).text).toBe(whole ?? text);
  });
});

test('places know their file and their position in it', () => {
  const chapter = compose('# A\n\n{{< include _b.qmd >}}\n\n# C {#sec-c}\n', { '_b.qmd': 'x\n\n# B {#sec-b}\n' });
  expect(
    chapter.labels.map(({ id, range }) => [
      id,
      chapter.composition!.fileAt(range.start)?.path,
      chapter.lines.rangeOf(range).start,
    ]),
  ).toEqual([
    ['sec-b', '/book/_b.qmd', { line: 2, character: 6 }],
    ['sec-c', undefined, { line: 4, character: 6 }],
  ]);
  const at = chapter.labels[0]!.range.start;
  expect(chapter.composition!.offsetIn('/book/_b.qmd', { line: 2, character: 6 })).toBe(at);
  expect(chapter.lines.chapterLineAt(at)).toBe(2);
  expect(chapter.lines.offsetAt({ line: 4, character: 6 })).toBe(chapter.labels[1]!.range.start);
});

test.each([
  ['missing', '{{< include _gone.qmd >}}', {}],
  ['cycle', '{{< include _b.qmd >}}', { '_b.qmd': '{{< include _b.qmd >}}' }],
  [undefined, '{{< include _b.qmd >}}', { '_b.qmd': '' }],
])('an include that cannot be carried out says why: %s', (problem, text, texts) => {
  expect(compose(text, texts as Record<string, string>).composition!.includes.at(-1)!.problem).toBe(problem);
});

const PIECES = [
  'a',
  ' ',
  '\n',
  '\n\n',
  '{{< include _b.qmd >}}',
  '{{< include _c.qmd >}}\n',
  '```{python}\n',
  'x = 1\n',
  '```\n',
  '`{python} x`',
  '# H {#sec-h}\n',
  '\r\n',
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map(parts => parts.join(''));
const edit = fc.record({
  file: fc.constantFrom(undefined, '_b.qmd', '_c.qmd'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(6),
  text: fc.constantFrom(...PIECES, ''),
});

test('after edits of a chapter and its files, all is as if it were read anew', () => {
  fc.assert(
    fc.property(text, text, text, fc.array(edit, { minLength: 1, maxLength: 8 }), (own, b, c, edits) => {
      const texts: Record<string, string> = { '_b.qmd': b, '_c.qmd': c };
      const files = filesOf(texts);
      let main = own;
      let chapter = composeChapter(main, URI, files);
      for (const { file, at, length, text: inserted } of edits) {
        const before = file === undefined ? main : texts[file]!;
        const start = Math.floor(at * before.length);
        const end = Math.min(before.length, start + length);
        const after = before.slice(0, start) + inserted + before.slice(end);
        if (file === undefined) main = after;
        else texts[file] = after;
        chapter = editComposed(chapter, file && `/book/${file}`, { start, end, text: inserted }, files, noRepair);
      }
      const fresh = composeChapter(main, URI, files);
      expect(describeChapter(chapter)).toEqual(describeChapter(fresh));
      expect(chapter.composition?.own.text ?? chapter.text).toBe(main);
    }),
    { numRuns: Number(process.env.RECKONER_EDIT_RUNS ?? 300) },
  );
});

test('an edit away from the includes keeps the blocks that it does not touch', () => {
  const files = filesOf({ '_b.qmd': 'first\n\nsecond\n' });
  const chapter = composeChapter('one\n\ntwo\n\n{{< include _b.qmd >}}\n\nthree\n', URI, files);
  const edited = editComposed(chapter, '/book/_b.qmd', { start: 0, end: 0, text: 'very ' }, files, noRepair);
  const kept = edited.blocks.filter(block => chapter.blocks.some(old => old.content === block.content));
  expect(edited.blocks.length - kept.length).toBe(1);
});
