import { expect, test } from 'vitest';
import type { DocumentLink } from 'vscode-languageserver';
import { ask, textAt } from '../../support/requests';

const TEXT = `---
bibliography: [references.bib, "more.bib"]
csl: ieee.csl
---

{{< include _gone.qmd >}}

See ![a](images/a%20b.png) and [the next](next.qmd#sec-a), not [a page](https://example.org) or [below](#sec-b).

{{< embed notes.ipynb#fig-x >}}
`;

const links = (missing: readonly string[] = []) =>
  ask<DocumentLink[]>('textDocument/documentLink', TEXT, {}, undefined, {
    fileUri: name => (missing.includes(name) ? undefined : `file:///book/${name}`),
  }).map(({ range, target }) => `${textAt(TEXT, range)} -> ${target!.slice('file:///book/'.length)}`);

test('files that the chapter names', () => {
  expect(links().sort()).toEqual([
    '10: notes.ipynb -> notes.ipynb',
    '2: more.bib -> more.bib',
    '2: references.bib -> references.bib',
    '3: ieee.csl -> ieee.csl',
    '6: _gone.qmd -> _gone.qmd',
    '8: images/a%20b.png -> images/a b.png',
    '8: next.qmd -> next.qmd',
  ]);
});

test('none to a file that is not there', () => {
  expect(links(['next.qmd']).join()).not.toContain('next.qmd');
});
