/** Citations and references by a CSL style. */
import { describe, expect, test } from 'vitest';
import { parseBibliography } from '../../../server/chapter/bibliography';
import { parseCslBibliography } from '../../../server/chapter/cslBibliography';
import { type PreviewContext, RenderCache, renderChapter } from '../../../server/preview';
import { itemOf } from '../../../server/preview/citations/items';
import { setCitationText } from '../../../server/preview/citations/process';
import { citationStyleOf, citationsOf, citedEntries } from '../../../server/workspace/bibliographies';
import { analyze } from '../../support/analysis';
import { filesOf } from '../../support/files';

const BIBLIOGRAPHY = parseBibliography(`
@string{acm = {ACM Press}}
@book{knuth, author = {Donald E. Knuth}, title = {The {TeX}book}, publisher = {Addison-Wesley}, address = {Reading}, year = 1984}
@article{lamport, author = {Lamport, Leslie and {Big Team}}, title = {Time & Clocks}, journal = {CACM}, volume = 21, number = 7, pages = {558--565}, year = 1978, doi = {10.1145/359545}}
@inproceedings{rohe, author = {Ludwig van der Rohe and A. B and C. D and E. F}, title = {Less}, booktitle = {Proc. of More}, publisher = acm, year = {2020}}
@misc{one, author = {Brown, Tom}, title = {One}, date = {2020-05-01}, eprint = {2005.14165}, archivePrefix = {arXiv}}
@misc{two, author = {Brown, Tom}, title = {<script>alert(1)</script>}, year = {2020}}
`);

const CONTEXT: PreviewContext = { citation: key => BIBLIOGRAPHY.get(key), citations: setCitationText };

function page(text: string, context = CONTEXT): string {
  return renderChapter(analyze(text), context)
    .blocks.map(block => block.html)
    .join('\n');
}

const shown = (text: string, context = CONTEXT): string => page(text, context).replace(/<(?:"[^"]*"|[^">])*>/g, '');

const NUMBERED = `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Numbers</title><id>numbers</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation collapse="citation-number"><layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout></citation>
<bibliography><layout><text variable="citation-number" suffix=". "/><text variable="title"/></layout></bibliography>
</style>`;

describe('citations', () => {
  test.each([
    ['Known [@knuth].', 'Known (Knuth 1984).'],
    ['Known [see @knuth, p. 33; -@rohe].', 'Known (see Knuth 1984, 33; 2020).'],
    ['@lamport says.', 'Lamport and Big Team (1978) says.'],
    ['@knuth [chap. 3] says.', 'Knuth (1984, chap. 3) says.'],
    ['[@rohe].', '(Rohe et al. 2020).'],
    ['[@one; @two]', '(Brown 2020b; 2020a)'],
    ['[@knuth and others]', '(Knuth 1984 and others)'],
  ])('%s', (text, expected) => {
    expect(shown(`${text}\n`).split('\n')[0]!.replaceAll('van der ', '')).toBe(expected);
  });

  test('lead to their references and tell the title', () => {
    expect(page('[@knuth]')).toContain(
      '<cite title="The TeXbook" data-keys="knuth"><a href="#c-ref-knuth" role="doc-biblioref">(Knuth 1984)</a></cite>',
    );
    expect(page('[@knuth]')).toContain('<div id="c-ref-knuth" class="reckoner-reference" role="listitem">');
  });

  test('keys that are in no bibliography are told beside the others', () => {
    expect(page('[@knuth; @nobody]')).toContain(
      '<span class="reckoner-unresolved" title="Not in the bibliography">nobody</span>',
    );
  });

  test('in captions among attributes read as those in the text', () => {
    const context = { ...CONTEXT, citationStyle: () => NUMBERED };
    expect(shown('[@knuth]\n\n::: {#fig-a fig-cap="From [@knuth]"}\nx\n:::\n', context)).toContain(
      'Figure 1: From [1]',
    );
  });

  test('are set by the style of the chapter', () => {
    const context = { ...CONTEXT, citationStyle: () => NUMBERED };
    expect(shown('[@lamport] and [@knuth; @lamport], @knuth says.', context)).toBe(
      '[1] and [2, 1], Knuth [2] says.\nReferences1. Time &#x26; clocks2. The TeXbook',
    );
  });

  test('by a style that cannot be read stay as they are without one', () => {
    const context = { ...CONTEXT, citationStyle: () => '<style>' };
    expect(shown('[@knuth]', context)).toBe('(Knuth 1984)');
  });

  test('keep what they were while a change is being set', () => {
    const cache = new RenderCache();
    const html = (text: string, context: PreviewContext): string =>
      renderChapter(analyze(text), { ...CONTEXT, ...context, citationStyle: () => NUMBERED }, cache).blocks[0]!.html;
    expect(html('[@knuth]', {})).toContain('[1]');
    expect(html('[@knuth] and [@lamport]', { typeset: () => ({ kind: 'waiting' }) })).toContain(
      'Lamport and Big Team 1978',
    );
    expect(html('[@knuth] and [@lamport]', {})).toContain('[2]');
  });
});

const NOTES = `<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Notes</title><id>notes</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="." delimiter="; "><choose>
<if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/><group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group></if>
<else-if position="ibid"><text term="ibid"/></else-if>
<else-if position="subsequent"><group delimiter=", "><names variable="author"><name form="short" and="text"/></names><text value="note"/><text variable="first-reference-note-number"/></group></else-if>
<else><group delimiter=", "><names variable="author"><name and="text"/></names><text variable="title" quotes="true"/><date variable="issued" form="text"/><group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group></else>
</choose></layout></citation>
<bibliography><layout suffix="."><text variable="title"/></layout></bibliography>
</style>`;

/** What a page by the style of notes shows, with the numbers of footnotes in brackets. Pandoc makes the same of each. */
function noted(text: string, head = ''): string[] {
  const html = page(`${head}${text}\n`, { ...CONTEXT, citationStyle: () => NOTES });
  return html
    .replace(/<section class="reckoner-references.*?<\/section>/s, '')
    .replace(/<sup[^>]*>(.*?)<\/sup>/g, '[$1]')
    .replace(/<[^>]*>/g, '')
    .replaceAll(' ↩︎', '')
    .split('\n')
    .filter(line => line !== '');
}

describe('a style of notes', () => {
  test('makes footnotes of citations, behind the punctuation, counted with the others', () => {
    expect(noted('Known [@knuth, p. 33]. Own^[Words.] and "quoted [see @knuth]"; then [@knuth], [-@lamport].')).toEqual(
      [
        'Known.[1] Own[2] and “quoted[3]”; then,[4].[5]',
        '1.Donald E. Knuth, “The TeXbook,” 1984, p. 33.',
        '2.Words.',
        '3.See Knuth, note, 1.',
        '4.Ibid.',
        '5.“Time &#x26; clocks,” 1978.',
      ],
    );
  });

  test('names the authors in the text where that does', () => {
    expect(noted('@knuth says, and @lamport [p. 5].\n\nSo @knuth.')).toEqual([
      'Donald E. Knuth[1] says, and Leslie Lamport and Big Team[2].',
      'So Knuth[3].',
      '1.“The TeXbook,” 1984.',
      '2.“Time &#x26; clocks,” 1978, p. 5.',
      '3.Note, 1.',
    ]);
  });

  test('puts those of footnotes in brackets, unless they are all that it says', () => {
    expect(
      noted('A[^b] b[^a] c^[[@knuth]] d^[@one, and @lamport].\n\n[^a]: One [@knuth].\n[^b]: Two [@knuth, p. 3].'),
    ).toEqual([
      'A[1] b[2] c[3] d[4].',
      '1.Two (Donald E. Knuth, “The TeXbook,” 1984, p. 3).',
      '2.One (Knuth, note, 1).',
      '3.ibid.',
      '4.Tom Brown, “One,” May 1, 2020, and Leslie Lamport and Big Team, “Time &#x26; clocks,” 1978.',
    ]);
  });

  test('makes links of calls and notes, both ways', () => {
    const html = page('Known [@knuth].\n', { ...CONTEXT, citationStyle: () => NOTES });
    expect(html).toContain(
      '<a href="#c-fn-text-1" aria-label="Footnote 1" role="doc-noteref" id="c-fnref-text-1">1</a>',
    );
    expect(html).toContain('<div class="footnote" id="c-fn-text-1" role="doc-footnote">');
    expect(html).toContain('data-keys="knuth">Donald E. Knuth');
  });

  test('tells what is in no bibliography, and leaves captions among attributes without a note', () => {
    expect(page('[@knuth; @nobody]', { ...CONTEXT, citationStyle: () => NOTES })).toContain('Not in the bibliography');
    expect(noted('[@knuth]\n\n::: {#fig-a fig-cap="From [@knuth]"}\nx\n:::').join('|')).toContain(
      'Figure 1: From  [Donald',
    );
  });

  test('counts anew with each edit', () => {
    const cache = new RenderCache();
    const html = (text: string): string =>
      renderChapter(analyze(text), { ...CONTEXT, citationStyle: () => NOTES }, cache)
        .blocks.map(block => block.html.replace(/<[^>]*>/g, ''))
        .join('|');
    expect(html('A [@knuth].\n\nB [@lamport].\n')).toContain('|2.Leslie');
    expect(html('B [@lamport].\n')).toContain('|1.Leslie');
    expect(html('A^[x].\n\nB [@lamport].\n')).toContain('A1.|B.2|');
  });

  test.each([
    ['en-GB', '‘The TeXbook’, 1984, p. 33.'],
    ['de', '„The TeXbook“, 1984, S. 33.'],
    ['de-AT', '„The TeXbook“, 1984, S. 33.'],
    ['es', '«The TeXbook», 1984, p. 33.'],
    ['fr', '« The TeXbook », 1984, p. 33.'],
    ['it', '“The TeXbook,” 1984, p. 33.'],
  ])('speaks the language of the chapter: %s', (language, words) => {
    expect(noted('[@knuth, p. 33]', `---\nlang: ${language}\n---\n\n`)[1]!.replace(/[\u00a0\u202f]/g, ' ')).toBe(
      `1.Donald E. Knuth, ${words}`,
    );
  });
});

test('numbers follow the text: those of footnotes count where they are called', () => {
  const context = { ...CONTEXT, citationStyle: () => NUMBERED };
  expect(shown('A[^n] [@knuth].\n\n[^n]: See [@lamport].\n', context)).toContain('A1 [2].');
});

describe('references', () => {
  test('stand at the end, in the order of the style, with their addresses as links', () => {
    const html = page('[@knuth; @lamport; @rohe]');
    expect(html.replace(/<[^>]*>/g, '').split('\n')[1]).toBe(
      'ReferencesKnuth, Donald E. 1984. The TeXbook. Reading: Addison-Wesley.' +
        'Lamport, Leslie and Big Team. 1978. “Time &#x26; Clocks.” CACM 21 (7): 558–565. https://doi.org/10.1145/359545.' +
        'Rohe, Ludwig van der, A. B, C. D, and E. F. 2020. “Less.” In Proc. of More. ACM Press.',
    );
    expect(html).toContain('<a href="https://doi.org/10.1145/359545">');
  });

  test('stand where the chapter has a place for them', () => {
    const html = page('[@knuth]\n\n## Sources\n\n::: {#refs}\n:::\n\nBehind\n');
    expect(html.indexOf('Addison')).toBeLessThan(html.indexOf('Behind'));
    expect(html).not.toContain('<h2>References');
  });

  test('hold what nocite names, or nothing', () => {
    expect(shown('---\nnocite: |\n  @knuth, @one\n---\n\nText\n')).toContain('https://arxiv.org/abs/2005.14165');
    expect(shown('---\nsuppress-bibliography: true\n---\n\n[@knuth]\n')).not.toContain('Addison');
  });

  test('bring no markup of their own', () => {
    expect(page('[@two]').replace(/"[^"]*"/g, '')).not.toContain('<script');
  });
});

test('names of persons and of organisations are told apart', () => {
  const { entries } = parseBibliography(
    '@misc{a, author = {{\\"O}zg{\\"u}r, A. and {The {XYZ} Team} and de la Cruz, Jr, Maria and Plato and others}}',
  );
  expect(itemOf(entries[0]!).author).toEqual([
    { family: 'Özgür', given: 'A.' },
    { literal: 'The XYZ Team' },
    { family: 'Cruz', 'non-dropping-particle': 'de la', given: 'Maria', suffix: 'Jr' },
    { family: 'Plato' },
    { literal: 'others' },
  ]);
});

/** The title of an entry as the processor gets it; Pandoc's is the same. */
function titleOf(title: string, more = '', language = 'en-US'): unknown {
  return itemOf(parseBibliography(`@article{a, title = {${title}}${more}}`).entries[0]!, language).title;
}

describe('titles of BibTeX', () => {
  test.each([
    ['Deep Learning: A Review of {BERT} and Self-Attention', 'Deep learning: A review of BERT and self-attention'],
    ['GPT-3 Is Big. Part Two? Yes! No; Maybe', 'GPT-3 is big. Part two? Yes! No; maybe'],
    ['The {TeX}book: An iPhone in USA', 'The TeXbook: An iPhone in USA'],
    ['{Measuring Massive} Understanding --- The 2nd Try', 'Measuring Massive understanding — the 2nd try'],
    [
      "State-of-the-art {M}achine Learning's Best (Under)/Slash Word",
      "State-of-the-art Machine learning's best (under)/slash word",
    ],
    ['On {de novo} Design', 'On <span class="nocase">de novo</span> design'],
    ['{Über} {die} Welt I', 'Über <span class="nocase">die</span> welt i'],
  ])('are sentences in English: %s', (title, shown) => {
    expect(titleOf(title)).toBe(shown);
  });

  test('of other languages stay as they are', () => {
    expect(titleOf('Das Kapital und Die Welt', ', langid = {ngerman}')).toBe('Das Kapital und Die Welt');
    expect(titleOf('Das Kapital und Die Welt', '', 'de')).toBe('Das Kapital und Die Welt');
    expect(titleOf('Das Kapital und Die Welt', ', langid = {english}', 'de')).toBe('Das kapital und die welt');
  });

  test('get their capitals back from a style that asks for them', () => {
    const bibliography = parseBibliography(
      '@article{a, author = {A, B}, title = {Attention is all {you} need}, journal = {J}, year = 2017}\n' +
        '@thesis{t, author = {A, B}, title = {On It}, type = {PhD thesis}, school = {U}, year = 2018}\n' +
        '@book{b, author = {A, B}, title = {The {de novo} Book}, publisher = {P}, year = 2019}',
    );
    const context = { ...CONTEXT, citation: (key: string) => bibliography.get(key) };
    expect(shown('[@a; @t; @b]', context).split('\n')[1]).toBe(
      'ReferencesA, B. 2017. “Attention Is All you Need.” J.———. 2018. “On It.” PhD thesis, U.———. 2019. The de novo Book. P.',
    );
  });
});

test('items of a bibliography that is CSL are taken as they are', () => {
  const bibliography = parseCslBibliography(
    JSON.stringify([
      {
        id: 'a',
        type: 'article-journal',
        title: 'All Capitals Stay',
        'container-title': 'Journal',
        author: [{ family: 'Doe', given: 'Jane' }, 'broken'],
        issued: { 'date-parts': [['2020', 5]] },
        volume: 3,
        page: '1-9',
        custom: { x: 1 },
      },
      { id: 'b', type: 'book', title: 'Years', author: [{ literal: 'The Team' }], issued: [{ year: 2021 }] },
    ]),
    'json',
  );
  expect(bibliography.entries.map(entry => itemOf(entry))).toEqual([
    {
      id: 'a',
      type: 'article-journal',
      title: 'All Capitals Stay',
      'container-title': 'Journal',
      author: [{ family: 'Doe', given: 'Jane' }],
      issued: { 'date-parts': [[2020, 5]] },
      volume: '3',
      page: '1-9',
    },
    { id: 'b', type: 'book', title: 'Years', author: [{ literal: 'The Team' }], issued: { 'date-parts': [[2021]] } },
  ]);
  const context = { ...CONTEXT, citation: (key: string) => bibliography.get(key) };
  expect(shown('[@a; @b]', context)).toContain('Doe, Jane. 2020. “All Capitals Stay.” Journal 3: 1–9.');
});

test('the style is that of the chapter, else of its project', () => {
  const files = filesOf({ '_quarto.yml': 'csl: style.csl\n', 'style.csl': 'project', 'own.csl': 'chapter' });
  const style = (head: string): string | undefined =>
    citationStyleOf('/book/chapter.qmd', analyze(`---\n${head}\n---\n`).chapter, files);
  expect(style('title: x')).toBe('project');
  expect(style('csl: own.csl')).toBe('chapter');
  expect(style('csl: gone.csl')).toBe(undefined);
  expect(style('csl: https://x.y/z.csl')).toBe(undefined);
});

test('entries that the front matter lists count beside, and before, those of files', () => {
  const files = filesOf({ 'a.bib': '@book{knuth, title={File}}\n@book{rohe, title={Less}}' });
  const text =
    '---\nbibliography: a.bib\nreferences:\n- id: knuth\n  type: book\n  title: The TeXbook\n  issued: 1984\n---\n\n[@knuth]\n';
  const { chapter } = analyze(text);
  const citation = citationsOf('/book/chapter.qmd', chapter, files)!;
  expect(shown(text, { ...CONTEXT, citation })).toContain('(The TeXbook 1984)');
  expect(citation('rohe')?.field('title')).toBe('Less');
  const [knuth, rohe] = citedEntries('/book/chapter.qmd', chapter, files);
  expect(knuth).toMatchObject({
    key: 'knuth',
    uri: expect.stringContaining('chapter.qmd'),
    range: { start: { line: 3, character: 6 } },
  });
  expect(rohe).toMatchObject({ key: 'rohe', uri: expect.stringContaining('a.bib') });
});
