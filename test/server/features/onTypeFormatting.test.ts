import { expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { ask, CURSOR, edited } from '../../support/requests';

/** What stands once the key before the cursor was typed, with the cursor; null where nothing is put in. */
function typed(marked: string): string | null {
  const ch = marked[marked.indexOf(CURSOR) - 1]!;
  const edits = ask<TextEdit[] | null>('textDocument/onTypeFormatting', marked, { ch, options: {} });
  if (edits === null) return null;
  const at = marked.indexOf(CURSOR);
  const text = edited(marked, edits);
  return text.slice(0, at) + CURSOR + text.slice(at);
}

test.each([
  ['a cell at the end', '```{python}\n¦', '```{python}\n¦\n```'],
  ['a cell above prose', '# A\n\n```{python}\n¦\n\nText.\n', '# A\n\n```{python}\n¦\n```\n\nText.\n'],
  [
    'a cell above another one',
    '```{python}\n¦\n\n```{python}\nx = 1\n```\n',
    '```{python}\n¦\n```\n\n```{python}\nx = 1\n```\n',
  ],
  ['a listing', 'Text:\n\n``` r\n¦', 'Text:\n\n``` r\n¦\n```'],
  ['a longer fence', '````{.markdown}\n¦\n', '````{.markdown}\n¦\n````\n'],
  ['tildes', '~~~\n¦', '~~~\n¦\n~~~'],
  [
    'a listing in a div',
    '::: {.callout-note}\n```{python}\n¦\n:::\n',
    '::: {.callout-note}\n```{python}\n¦\n```\n:::\n',
  ],
  ['a callout', '# A\n\n::: {.callout-tip}\n¦\n\nText.\n', '# A\n\n::: {.callout-tip}\n¦\n:::\n\nText.\n'],
  [
    'a div above another one',
    ':::: columns\n¦\n\n::: {.column}\nA\n:::\n',
    ':::: columns\n¦\n::::\n\n::: {.column}\nA\n:::\n',
  ],
  ['a div within one', ':::: columns\n::: {.column}\n¦\n::::\n', ':::: columns\n::: {.column}\n¦\n:::\n::::\n'],
  [
    'a div within one that holds text',
    ':::: columns\n::: {.column}\n¦\n\nText.\n\n::::\n',
    ':::: columns\n::: {.column}\n¦\n:::\n\nText.\n\n::::\n',
  ],
  [
    'a div within one of as many colons',
    '::: {.a}\n\n::: {.b}\n¦\n:::\n\nText.\n',
    '::: {.a}\n\n::: {.b}\n¦\n:::\n:::\n\nText.\n',
  ],
  ['front matter', '---\n¦', '---\n¦\n---'],
  ['front matter above text', '---\n¦\n\n# A\n', '---\n¦\n---\n\n# A\n'],
  ['lines that end in CRLF', '# A\r\n\r\n```{python}\r\n¦\r\n', '# A\r\n\r\n```{python}\r\n¦\r\n```\n'],
])('Enter below the line that opens %s closes it', (_what, before, after) => {
  expect(typed(before)).toBe(after);
});

test.each([
  ['a cell that is closed', '```{python}\n¦\nx = 1\n```\n'],
  ['a div that is closed', '::: {.callout-tip}\n¦\nA\n:::\n'],
  ['a div with text within one that is open', ':::: columns\n::: {.callout-tip}\n¦\nA\n:::\n'],
  ['a line that closes a div', '::: {.callout-tip}\nA\n:::\n¦\n'],
  ['a closing fence', '```{python}\nx = 1\n```\n¦\n\nText.\n'],
  ['a line of code', '```{python}\nx = 1\n¦\n'],
  ['a sentence', 'Text with ```.\n¦\n'],
  ['a line with text at the cursor', '```{python}\n¦x = 1\n'],
  ['front matter that is closed', '---\n¦\n---\n'],
  ['a rule', '# A\n\n---\n¦\n'],
])('Enter below %s puts nothing', (_what, before) => {
  expect(typed(before)).toBeNull();
});

test.each([
  ['of a cell', '```{python}\nx = 1\n```¦\n```\n\nText.\n', '```{python}\nx = 1\n```¦\n\nText.\n'],
  ['of front matter', '---\ntitle: A\n---¦\n---\n\nText.\n', '---\ntitle: A\n---¦\n\nText.\n'],
  ['at the end', '```{python}\nx = 1\n```¦\n```', '```{python}\nx = 1\n```¦'],
  ['of a listing in an item', '- A:\n\n  ``` r\n  1\n  ```¦\n  ```\n', '- A:\n\n  ``` r\n  1\n  ```¦\n'],
])('a closing line %s that is typed above the one that is there takes its place', (_what, before, after) => {
  expect(typed(before)).toBe(after);
});

test.each([
  ['an opening fence', '```¦\n```\n'],
  ['the last of a chapter', '```{python}\nx = 1\n```¦\n'],
  ['a fence with another one further below', '```{python}\nx = 1\n```¦\n\n```\nlisting\n```\n'],
  ['a rule above another one', '# A\n\n---¦\n---\n'],
  ['too few backticks', '```{python}\nx = 1\n``¦\n```\n'],
])('%s takes the place of none', (_what, before) => {
  expect(typed(before)).toBeNull();
});
