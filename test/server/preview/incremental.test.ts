/** A page that is brought up to date part by part is the page that is made from nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editChapter, parseChapter } from '../../../server/chapter';
import { type BibliographyEntry, parseBibliography } from '../../../server/chapter/bibliography';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { type PreviewContext, RenderCache, type RenderedChapter, renderChapter } from '../../../server/preview';
import { chapterEdits, chapterTexts, placeOf } from '../../support/chapterPieces';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///book/chapter.qmd';
/** Each text as something that tells which one it is; citations as some style numbers them. */
const CONTEXT: PreviewContext = {
  typeset: ({ form, text }) => {
    if (form !== 'citations') return { kind: 'done', html: `<i>${form}${text.length}</i>` };
    const { clusters, items } = JSON.parse(text) as { clusters: readonly unknown[]; items: readonly { id: string }[] };
    const references = items.map(({ id }, at) => ({ id, html: `<div>${at} ${id}</div>` }));
    return {
      kind: 'done',
      html: JSON.stringify({ clusters: clusters.map((_, at) => `[${at}]`), references, inNotes: false }),
    };
  },
  citation: key => {
    if (!ENTRIES.has(key)) ENTRIES.set(key, parseBibliography(`@book{${key}, title = {The ${key}}}`).get(key));
    return ENTRIES.get(key);
  },
};
const ENTRIES = new Map<string, BibliographyEntry | undefined>();

/** The versions of a chapter with the pages that one cache makes of them. */
class Follower {
  readonly #evaluator = new Evaluator();
  readonly #cache = new RenderCache();
  #chapter;
  #version = 1;

  constructor(text: string) {
    this.#chapter = parseChapter(text, URI);
  }

  get text(): string {
    return this.#chapter.text;
  }

  edit(change: { start: number; end: number; text: string }): void {
    this.#chapter = editChapter(this.#chapter, change, noRepair);
    this.#version++;
  }

  /** The page as it is brought up to date, and as it is made of the same analysis from nothing. */
  pages(context = CONTEXT): [RenderedChapter, RenderedChapter] {
    const analysis = this.#evaluator.update(this.#chapter, this.#version);
    return [renderChapter(analysis, context, this.#cache), renderChapter(analysis, context)];
  }

  page(context = CONTEXT): RenderedChapter {
    return renderChapter(this.#evaluator.update(this.#chapter, this.#version), context, this.#cache);
  }
}

const MARGIN = '---\nreference-location: margin\ncitation-location: margin\n---\n\n';

test('after any edits', { timeout: 120_000 }, () => {
  const runs = Number(process.env.RECKONER_EDIT_RUNS ?? 60);
  fc.assert(
    fc.property(fc.constantFrom('', MARGIN), chapterTexts, chapterEdits, (head, text, versions) => {
      const follower = new Follower(head + text);
      follower.page();
      for (const edits of versions) {
        for (const edit of edits) follower.edit(placeOf(edit, follower.text));
        const [page, fresh] = follower.pages();
        expect(page).toEqual(fresh);
      }
    }),
    { numRuns: runs },
  );
});

const F = '```';
const CHAPTER = `---
title: T
---

# Title

## Section {#sec-a}

${F}{python}
#| echo: false
x = 6
${F}

There are \`{python} x\` of them, see @sec-b, @fig-a, [@key] and a note[^n].

::: {.callout-note}
Within: \`{python} x\` and $x = \`{python} x\`$.
:::

## Other {#sec-b}

![Caption](a.png){#fig-a}

[^n]: Text.

[l]: http://x.y

A [link][l] and (@e).

(@e) Example.

::: {#fig-p layout-ncol=2}
![One](a.png)

![Two](b.png){#fig-two}

All
:::

Of @fig-two, {{< meta title >}} and [@other]^[In the text, [@key]].

<details>

Within

</details>
`;

test.each([
  ['a value', 'x = 6', 'x = 7'],
  ['a section before', '## Section', '## New\n\n## Section'],
  ['a figure before', '## Other', '![B](b.png){#fig-b}\n\n## Other'],
  ['a note before', 'There are', 'Before[^m].\n\n[^m]: M.\n\nThere are'],
  ['a definition', 'http://x.y', 'http://y.z'],
  ['a definition that goes', '[l]: http://x.y\n', ''],
  ['an example before', '## Other', '(@) First.\n\n## Other'],
  ['a fault', 'x = 6', 'x = 1 / 0'],
  ['a syntax error', 'x = 6', 'x = ('],
  ['front matter', 'title: T', 'title: T\nexecute:\n  echo: true'],
  ['numbers of sections', 'title: T', 'title: T\nnumber-sections: false'],
  ['the names of kinds', 'title: T', 'title: T\ncrossref:\n  fig-title: Fig.'],
  ['a table of contents', 'title: T', 'title: T\ntoc: true'],
  ['a value of the metadata', 'title: T', 'title: U'],
  ['a citation before', 'There are', '[@new] There are'],
  ['a list of references', 'title: T', 'title: T\nsuppress-bibliography: true'],
  ['a note in the text before', 'There are', 'Before^[M]. There are'],
  ['a panel before', '![One](a.png)', '![One](a.png)\n\n![New](n.png)'],
  ['the end of a tag', '</details>', ''],
])('what a part shows of others changes with them: %s', (_what, from, to) => {
  const follower = new Follower(CHAPTER);
  const before = follower.page();
  const start = CHAPTER.indexOf(from);
  follower.edit({ start, end: start + from.length, text: to });
  const [page, fresh] = follower.pages();
  expect(page).toEqual(fresh);
  expect(page).not.toEqual(before);
  follower.edit({ start, end: start + to.length, text: from });
  expect(follower.page()).toEqual(before);
});

test('a note that is defined in a quotation stands at the end, and the quotation in its place', () => {
  const follower = new Follower('One[^n].\n\n> [^n]: In a quotation.\n');
  follower.page();
  follower.edit({ start: 0, end: 3, text: 'Two' });
  const [page, fresh] = follower.pages();
  expect(page).toEqual(fresh);
  expect(page.blocks.map(({ html }) => html.slice(0, 12))).toEqual(['<p>Two<sup c', '<blockquote>', '<hr><div cla']);
});

test('what the context tells is asked again', () => {
  const follower = new Follower('A ![picture](a.png) and [@key].\n\n```{.tikz}\nx\n```\n');
  const wanted: string[] = [];
  const context = (problem: string | undefined): PreviewContext => ({
    imageProblem: () => problem,
    drawing: source => {
      wanted.push(source);
      return { kind: 'waiting' };
    },
  });
  expect(follower.page(context(undefined)).blocks[0]!.html).toContain('<img');
  expect(follower.page(context('is gone')).blocks[0]!.html).toContain('is gone');
  // Each rendering says which drawings the page shows.
  expect(wanted).toEqual(['x', 'x']);
});

test('parts of which nothing changed are not made again', () => {
  let formulas = 0;
  const context: PreviewContext = {
    typeset: () => {
      formulas++;
      return { kind: 'done', html: `<i>${formulas}</i>` };
    },
  };
  const follower = new Follower('Some $a$.\n\nMore.\n');
  const before = follower.page(context).blocks;
  follower.edit({ start: 0, end: 4, text: 'Any' });
  const after = follower.page(context).blocks;
  expect(after[1]).toEqual({ ...before[1], line: 2, endLine: 3 });
  expect(after[1]!.html).toBe('<p>More.</p>');
});
