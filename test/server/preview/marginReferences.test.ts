/** Entries of the bibliography beside what cites them. */
import { expect, test } from 'vitest';
import { parseBibliography } from '../../../server/chapter/bibliography';
import { type PreviewContext, RenderCache, renderChapter } from '../../../server/preview';
import { setCitationText } from '../../../server/preview/citations/process';
import { analyze } from '../../support/analysis';

const BIBLIOGRAPHY = parseBibliography(`
@book{rope, author = {Ada Rope}, title = {Knots}, year = 1984}
@book{sail, author = {Bea Sail}, title = {Canvas}, year = 1990}
`);
const CONTEXT: PreviewContext = { citation: key => BIBLIOGRAPHY.get(key), citations: setCitationText };
const HEAD = '---\ncitation-location: margin\n---\n\n';

const shown = (text: string, context = CONTEXT): string[] =>
  renderChapter(analyze(text), context).blocks.map(({ html }) => html.replace(/ data-l="\d+"/g, ''));

const beside = (html: string): string[] =>
  [...html.matchAll(/class="reckoner-reference"[^>]*>(\w+)/g)].map(([, who]) => who!);
const idsIn = (html: string): string[] => [...html.matchAll(/ id="c-ref-(\w+)"/g)].map(([, key]) => key!);

test('entries stand beside each paragraph that cites them, once, and in no list', () => {
  const blocks = shown(`${HEAD}Of [@rope; @sail] and @rope again.\n\nNone.\n\nLater [@rope].\n`);
  expect(blocks).toHaveLength(3);
  expect(blocks[0]).toMatch(
    /^<div class="reckoner-citing"><div class="column-margin reckoner-references-beside"><div role="list" aria-label="References">.*Knots.*Canvas.*<\/div><\/div><p>Of /s,
  );
  expect(blocks.map(beside)).toEqual([['Rope', 'Sail'], [], ['Rope']]);
  // What citations lead to is the first of them.
  expect(blocks.map(idsIn)).toEqual([['rope', 'sail'], [], []]);
  expect(blocks[1]).toBe('<p>None.</p>');
});

test.each([
  ['by format', 'format:\n  html:\n    citation-location: margin', 1],
  ['in the document', 'citation-location: document', 0],
  ['without a bibliography', 'citation-location: margin\nsuppress-bibliography: true', 0],
])('the option counts: %s', (_what, option, count) => {
  expect(beside(shown(`---\n${option}\n---\n\nOf [@rope].\n`)[0]!)).toHaveLength(count);
});

test('what has a place of its own has them beside it as a whole, other divs block by block', () => {
  const callout = shown(`${HEAD}::: {.callout-note}\n## Of @rope\n\n::: {.x}\n[@sail]\n:::\n:::\n`)[0]!;
  expect(callout).toMatch(/^<div class="reckoner-citing"><div class="column-margin.*<section class="callout/s);
  expect(beside(callout)).toEqual(['Rope', 'Sail']);
  const plain = shown(`${HEAD}::: {.x}\n[@rope]\n\n[@rope]\n:::\n`)[0]!;
  expect(plain).toMatch(/^<div class="x"><div class="reckoner-citing">/);
  expect(beside(plain)).toEqual(['Rope', 'Rope']);
  expect(idsIn(plain)).toEqual(['rope']);
  const theorem = shown(`${HEAD}::: {#thm-a}\n@rope says.\n:::\n`)[0]!;
  expect(theorem).toContain('</strong> <cite');
  expect(beside(theorem)).toEqual(['Rope']);
});

test('footnotes have those that they cite beside them, at the end or in the margin', () => {
  const notes = 'A[^a] b^[See @sail.].\n\n[^a]: See @rope.\n';
  const [text, ...atEnd] = shown(`${HEAD}${notes}`);
  expect(beside(text!)).toEqual([]);
  expect(atEnd.map(idsIn)).toEqual([['rope'], ['sail']]);
  const [first, ...others] = shown(`${HEAD.replace('---\n', '---\nreference-location: margin\n')}${notes}`);
  expect(idsIn(first!)).toEqual(['rope', 'sail']);
  expect(others).toEqual([]);
});

test('a list that has a place in the chapter is left out as well', () => {
  expect(shown(`${HEAD}Of [@rope].\n\n# Sources\n\n::: {#refs}\n:::\n`)).toHaveLength(2);
});

test('a page that is brought up to date is the page that is made anew', () => {
  const cache = new RenderCache();
  for (const text of [
    `${HEAD}Of [@rope].\n\nAnd [@rope].\n`,
    `${HEAD}Of none.\n\nAnd [@rope].\n`,
    `${HEAD}New [@rope].\n\nOf none.\n\nAnd [@rope].\n`,
    'Of none.\n\nAnd [@rope].\n',
    `${HEAD}Of none.\n\nAnd [@rope].\n`,
  ])
    expect(renderChapter(analyze(text), CONTEXT, cache)).toEqual(renderChapter(analyze(text), CONTEXT));
});
