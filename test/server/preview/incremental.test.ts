/** A page that is brought up to date part by part is the page that is made from nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editChapter, parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { type PreviewContext, RenderCache, type RenderedChapter, renderChapter } from '../../../server/preview';
import { chapterEdits, chapterTexts, placeOf } from '../../support/chapterPieces';
import { noRepair } from '../../support/parserLog';

const URI = 'file:///book/chapter.qmd';
const CONTEXT: PreviewContext = { math: (tex, display) => `<i>${display ? 'display' : ''}${tex.length}</i>` };

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

test('after any edits', { timeout: 120_000 }, () => {
  const runs = Number(process.env.RECKONER_EDIT_RUNS ?? 60);
  fc.assert(
    fc.property(chapterTexts, chapterEdits, (text, versions) => {
      const follower = new Follower(text);
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
const CHAPTER = `# Title

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
  ['front matter', '# Title', '---\nexecute:\n  echo: true\n---\n\n# Title'],
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
