/** Navigation in prose: labels, citations, footnotes and files lead to one another, and are renamed as one. */
import { describe, expect, test } from 'vitest';
import type { DocumentHighlight, Hover, Location, LocationLink, WorkspaceEdit } from 'vscode-languageserver';
import { composeChapter, parseChapter } from '../../../server/chapter';
import type { PartialFiles } from '../../../server/chapter/composition';
import type { CitedEntry, FeatureContext } from '../../../server/features/feature';
import { ask, edited, textAt } from '../../support/requests';

const CHAPTER = `---
title: Tanks
bibliography: references.bib
---

# Inflow {#sec-inflow}

As @fig-pump shows[^how], see [here](#sec-inflow) and [@hopper1952, p. 3].

{{< include parts/valve.qmd >}}

![A pump](images/pump.png){#fig-pump}

::: {#fig-tank fig-cap="A tank, by @hopper1952. See @fig-pump[^how]."}
Text.
:::

| a |
|---|
| 1 |

: As in @fig-pump {#tbl-flow}

\`\`\`{python}
#| label: fig-plot
#| fig-cap: "As @fig-pump"
x = 1
\`\`\`

@Fig-pump begins a sentence.

[^how]: By hand, as in @tbl-flow.
`;

const range = { start: { line: 3, character: 9 }, end: { line: 3, character: 19 } };
const ENTRY: CitedEntry = {
  key: 'hopper1952',
  type: 'article',
  uri: 'file:///book/references.bib',
  range,
  writeKey: key => key,
  field: name => ({ author: 'Hopper, Grace', title: 'The education of a computer', year: '1952' })[name],
};
const CONTEXT: Partial<FeatureContext> = {
  citations: () => [ENTRY],
  fileUri: name => `file:///book/${name}`,
};

/** Puts the cursor into the occurrence of a text. */
function at(text: string, nth = 0, chapter = CHAPTER): string {
  let from = -1;
  for (let count = 0; count <= nth; count++) from = chapter.indexOf(text, from + 1);
  return `${chapter.slice(0, from + 2)}¦${chapter.slice(from + 2)}`;
}

function definition(marked: string, context = CONTEXT): string[] | null {
  const links = ask<LocationLink[] | null>('textDocument/definition', marked, {}, undefined, context);
  return (
    links?.map(({ targetUri, targetSelectionRange }) =>
      targetUri.endsWith('chapter.qmd')
        ? textAt(marked, targetSelectionRange)
        : `${targetUri}:${targetSelectionRange.start.line}`,
    ) ?? null
  );
}

describe('definition', () => {
  test.each([
    ['a cross-reference', at('@fig-pump'), ['12: fig-pump']],
    ['one in a caption that is an attribute', at('@fig-pump', 1), ['12: fig-pump']],
    ['one in the caption of a table', at('@fig-pump', 2), ['12: fig-pump']],
    ['one in an option of a cell', at('@fig-pump', 3), ['12: fig-pump']],
    ['one with a capital', at('@Fig-pump'), ['12: fig-pump']],
    ['a link to a heading', at('#sec-inflow', 1), ['6: sec-inflow']],
    ['a footnote', at('[^how]'), ['32: how']],
    ['one in an attribute', at('[^how]', 1), ['32: how']],
    ['a citation', at('@hopper1952'), ['file:///book/references.bib:3']],
    ['one in an attribute', at('@hopper1952', 1), ['file:///book/references.bib:3']],
    ['an image', at('images/pump.png'), ['file:///book/images/pump.png:0']],
    ['a file of an include', at('parts/valve.qmd'), ['file:///book/parts/valve.qmd:0']],
    ['a bibliography', at('references.bib'), ['file:///book/references.bib:0']],
    ['plain words', at('begins'), null],
  ])('of %s', (_, marked, expected) => {
    expect(definition(marked)).toEqual(expected);
  });

  test('of a label in another chapter', () => {
    const label = () => ({ uri: 'file:///book/other.qmd', range, text: 'Figure 2.1', caption: 'A valve' });
    expect(definition(at('@fig-pump', 0, 'See @fig-pump.'), { label })).toEqual(['file:///book/other.qmd:3']);
  });
});

describe('hover', () => {
  const hover = async (marked: string) =>
    (
      (await ask<Promise<Hover | null>>('textDocument/hover', marked, {}, undefined, CONTEXT))?.contents as {
        value: string;
      }
    )?.value;

  test('reads captions and footnotes with their values in', async () => {
    const text = (mark: string) =>
      `\`\`\`{python}\nbars = 4\n\`\`\`\n\n![A pump of \`{python} bars\` bar](images/pump.png){#fig-own}\n\nSee ${mark}.\n\n[^two]: At \`{python} bars * 2\` bar.\n`;
    expect(await hover(text('@fi¦g-own'))).toContain('[A pump of 4 bar]');
    expect(await hover(text('[^t¦wo]'))).toBe('At 8 bar.');
  });

  test('tells number and caption, title and author, the text of a footnote', async () => {
    expect(await hover(at('@fig-pump'))).toBe('Figure 1: [A pump](file:///book/chapter.qmd#L12)');
    expect(await hover(at('@hopper1952'))).toContain('**The education of a computer**\n\nHopper, 1952');
    expect(await hover(at('[^how]'))).toContain('By hand');
  });

  test('shows a picture, and leads to a file', async () => {
    expect(await hover(at('images/pump.png'))).toBe(
      '![](file:///book/images/pump.png|width=300)\n\n[images/pump.png](file:///book/images/pump.png)',
    );
  });

  test('on a label tells how often it is referred to', async () => {
    expect(await hover(at('#fig-pump'))).toBe('Figure 1, referred to 5 times here');
  });
});

function references(marked: string, more: Partial<FeatureContext> = {}): string[] {
  const params = { context: { includeDeclaration: true } };
  const found = ask<Location[]>('textDocument/references', marked, params, undefined, { ...CONTEXT, ...more });
  return found.map(({ uri, range: one }) =>
    uri.endsWith('chapter.qmd') ? textAt(marked, one) : `${uri}:${one.start.line}`,
  );
}

describe('references', () => {
  test('of a label: in text, attributes, captions and options', () => {
    const all = ['8: fig-pump', '12: fig-pump', '14: fig-pump', '22: fig-pump', '26: fig-pump', '30: Fig-pump'];
    expect(references(at('#fig-pump'))).toEqual(all);
    expect(references(at('@Fig-pump'))).toEqual(all);
  });

  test('of a footnote and a citation', () => {
    expect(references(at('[^how]'))).toEqual(['8: how', '14: how', '32: how']);
    expect(references(at('@hopper1952'))).toEqual(['8: hopper1952', '14: hopper1952', 'file:///book/references.bib:3']);
  });

  const sibling = (text: string) => ({ uri: 'file:///book/b.qmd', chapter: parseChapter(text, 'file:///book/b.qmd') });

  test('in other chapters, where these do not have the label themselves', () => {
    expect(references(at('#fig-pump'), { siblings: () => [sibling('# B\n\nSee @fig-pump.\n')] })).toContain(
      'file:///book/b.qmd:2',
    );
    const own = sibling('![P](p.png){#fig-pump}\n\nSee @fig-pump.\n');
    expect(references(at('#fig-pump'), { siblings: () => [own] }).join()).not.toContain('b.qmd');
  });

  test('of a file: where the chapter names it', () => {
    const text = '![A](a.png)\n\n![B](b.png)\n\nSee [it](a.png).\n';
    expect(references(at('a.png', 0, text))).toEqual(['1: a.png', '5: a.png']);
  });

  test('highlights tell the definition from uses', () => {
    const found = ask<DocumentHighlight[]>('textDocument/documentHighlight', at('[^how]'));
    expect(found.map(({ kind }) => kind)).toEqual([2, 2, 3]);
  });
});

describe('rename', () => {
  const changes = (marked: string, newName: string, more: Partial<FeatureContext> = {}) =>
    ask<WorkspaceEdit>('textDocument/rename', marked, { newName }, undefined, { ...CONTEXT, ...more }).changes!;
  const rename = (marked: string, newName: string) =>
    edited(marked, changes(marked, newName)['file:///book/chapter.qmd']!);

  test('of a label changes all its places, and a capital stays', () => {
    const text = rename(at('@fig-pump'), 'fig-lift');
    expect(text).not.toMatch(/fig-pump/i);
    expect(text).toContain('{#fig-lift}');
    expect(text).toContain('@Fig-lift begins');
    expect(text).toContain('#| fig-cap: "As @fig-lift"');
    expect(text.length).toBe(CHAPTER.length);
  });

  test('is prepared with the whole name', () => {
    const found = ask<{ placeholder: string }>('textDocument/prepareRename', at('@Fig-pump'));
    expect(found.placeholder).toBe('fig-pump');
    expect(ask('textDocument/prepareRename', at('begins'))).toBeNull();
  });

  test('of a footnote, and of a citation with its entry', () => {
    expect(rename(at('[^how]'), 'by-hand')).toContain('[^by-hand]: By hand');
    const made = changes(at('@hopper1952'), 'hopper52');
    expect(made['file:///book/references.bib']).toEqual([{ range, newText: 'hopper52' }]);
    expect(edited(at('@hopper1952'), made['file:///book/chapter.qmd']!)).toContain('[@hopper52, p. 3]');
  });

  test('of a label that other chapters refer to changes these', () => {
    const b = { uri: 'file:///book/b.qmd', chapter: parseChapter('See @fig-pump.\n', 'file:///book/b.qmd') };
    const made = changes(at('@fig-pump'), 'fig-lift', { siblings: () => [b] });
    expect(made['file:///book/b.qmd']).toHaveLength(1);
  });

  test('of a label in a file that several chapters include changes it once', () => {
    const files: PartialFiles = {
      path: '/book/b.qmd',
      resolve: name => `/book/${name}`,
      uriOf: path => `file://${path}`,
      read: () => 'See @fig-pump.\n',
    };
    const including = (name: string) => ({
      uri: `file:///book/${name}`,
      chapter: composeChapter('{{< include _part.qmd >}}\n', `file:///book/${name}`, files),
    });
    const siblings = () => [including('b.qmd'), including('c.qmd')];
    const made = changes(at('@fig-pump'), 'fig-lift', { siblings });
    expect(made['file:///book/_part.qmd']).toHaveLength(1);
  });

  test.each([
    ['tbl-pump', 'The label must begin with "fig-", by which Quarto knows what it numbers.'],
    ['fig pump', '"fig pump" cannot be written behind "@".'],
    ['fig-tank', '"fig-tank" is there already, in chapter.qmd (line 14).'],
  ])('of a label to %s is refused', (newName, message) => {
    expect(() => changes(at('@fig-pump'), newName)).toThrow(message);
  });

  test('of a label that a header box mentions changes the header', () => {
    const text = '```{python}\n# ┌────\n# │ Context: @fig-a, see [^n]\n# └────\nx = 1\n```\n\n![A](a.png){#fig-a}\n';
    const made = changes(at('#fig-a', 0, text), 'fig-b');
    expect(edited(at('#fig-a', 0, text), made['file:///book/chapter.qmd']!)).toContain('# │ Context: @fig-b, see [^n]');
  });

  test('is refused where the name stands in a text that is not read', () => {
    const chapter = `${CHAPTER}\nIn TeX: \\ref{fig-pump}.\n`;
    expect(() => changes(at('@fig-pump', 0, chapter), 'fig-lift')).toThrow(
      '"fig-pump" also stands in chapter.qmd (line 34), in a text that is not read for it.',
    );
    expect(changes(at('@fig-pump', 0, `${CHAPTER}\n<!-- see fig-pump -->\n`), 'fig-lift')).toBeDefined();
  });

  test('is refused for what is defined nowhere, or twice', () => {
    expect(() => changes(at('@fig-a', 0, 'See @fig-a.'), 'fig-b')).toThrow('Nothing known here defines "fig-a".');
    expect(() => changes(at('@nobody', 0, 'See @nobody.'), 'somebody')).toThrow(
      '"nobody" is in no bibliography of this chapter, so that its entry would keep its name.',
    );
    const twice = 'A[^a]\n\n[^a]: One.\n\n[^a]: Two.\n';
    expect(() => changes(at('[^a]', 0, twice), 'b')).toThrow(
      '"a" is defined more than once: in chapter.qmd (line 3) and in chapter.qmd (line 5).',
    );
  });

  test('of a citation to a label is refused', () => {
    expect(() => changes(at('@hopper1952'), 'fig-hopper')).toThrow('would be read as a cross-reference');
  });
});
