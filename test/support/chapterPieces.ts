/** Random texts of chapters, and random edits of them, in which everything that opens or ends something meets. */
import fc from 'fast-check';
import type { TextChange } from '../../server/chapter';

const F = '```';

export const PIECES: readonly string[] = [
  '    1. a\n',
  '\n',
  '\n\n',
  '\r\n',
  '\r\n\r\n',
  '\r',
  ' ',
  '    ',
  '\t',
  'word',
  'some words ',
  '# Heading {#sec-a}\n',
  '# Other #\n',
  'Underlined\n===\n',
  '---\n',
  '---\r\n',
  '\ufeff---\n',
  'title: x\n',
  'bibliography: [a.bib]\n',
  `${F}\n`,
  `${F}\r\n`,
  `${F}\``,
  `${F}\`\n`,
  `${F}{python}\n`,
  `${F}\`{python}\n`,
  `${F} {python}\r\n`,
  `  ${F}{python}\n`,
  `\ufeff${F}{python}\n`,
  `\u00a0${F}{python}\n`,
  `${F}{.text}\n`,
  `${F}{=latex}\n`,
  '~~~\n',
  '~~~~\n',
  '::: {.callout-note}\n',
  '::: {#fig-d a="x\n',
  '::: {.a\n',
  '"}\n',
  '.b}\n',
  '::::\n',
  ':::: word ::::\n',
  ':::\n',
  '<div class="a">\n',
  '</div>\n',
  '</div>',
  '<details>\n<summary>More</summary>\n\n',
  '</details>\n',
  '<table>\n',
  '<b>',
  '::: {.panel-tabset}\n## Tab\n',
  '::: {#fig-p layout-ncol=2}\n',
  '::: {#thm-a}\n',
  '::: {#refs}\n',
  '![i](u.png)\n![j](v.png){#fig-b}\n',
  '[@key]',
  'toc: true\n',
  'number-sections: false\n',
  'crossref: {fig-title: Fig.}\n',
  `${F}{r}\n#| label: fig-r\n`,
  '#| lst-label: lst-a\n',
  '# <1>\n',
  '{{< meta title >}}',
  '\n\n{{< contents d >}}\n\n',
  '::: {#d}\n',
  '#| label: d\n',
  '<pre>\n',
  '</pre>\n',
  '- item ',
  '* * *\n',
  '1. ',
  '> ',
  '| line\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n',
  '|---|---|\n',
  '--- ---\n',
  '-----\n',
  ': caption {#tbl-x}\n',
  'Table: caption\n',
  '+---+\n| a |\n+---+\n',
  '[^n]: note ',
  '[^n]',
  '^[note]',
  '[l]: http://x.y\n',
  '`{python} x_str`',
  '`{python} y',
  '{python} z',
  '`',
  '$',
  '$$',
  '$$\n',
  '$$ a $$ {#eq-a}',
  '<!-- ',
  '<!--\n',
  '-->',
  '-->\n',
  '<!-- reckoner-ignore unused -->\n',
  '\\begin{x}',
  '\\begin{x}\n',
  '\\medskip',
  '\\medskip\n',
  '\\newpage[1]{a} \\x\n',
  '\\end{x}',
  '\\end{x}\n',
  '[@key; -@other]',
  '@fig-a',
  '![i](u.png){#fig-a}',
  '[t](u "t")',
  '[s]{.c}',
  '{{< include _a.qmd >}}\n',
  '{{< ',
  '{{< ',
  ':   definition',
  `${F}{python}\nx_str = "1"\ny = 2\n${F}\n`,
  `\n\n${F}{python}\n#| label: fig-b\nclass B:\n    x = 3\nx_str = f"{B.x}"\n${F}\n\n`,
  '\n\nText with `{python} x_str`, `{python} y` and `{python} B.x`.\n\n',
  '`{python} x_str` of `{python} y` ',
  'x = 1\n',
  'class A:\n    y = 2\n',
  'import x\n',
  '# │ box\n',
  '# ┌──\n',
  '# Exports: y_str\n',
  '#| label: fig-a\n',
  '#| fig-cap: "About `{python} x`"\n',
  '#| eval: false\n',
  '𝒳',
  // Longer than the pieces in which an edited text is read.
  `${'far away '.repeat(600)}\n`,
  '\u0000',
  '\ufeff',
];

/** What opens and is not closed takes the rest of a text, so what is whole comes more often. */
const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.constantFrom(...PIECES.filter(piece => piece.includes('x_str'))) },
);

/** Whole texts; now and then in one kind of line end. */
export const chapterTexts: fc.Arbitrary<string> = fc
  .tuple(fc.array(pieces, { maxLength: 40 }), fc.constantFrom(undefined, undefined, '\n', '\r\n', '\r'))
  .map(([parts, lineEnd]) => inLineEnds(parts.join(''), lineEnd));

function inLineEnds(text: string, lineEnd: string | undefined): string {
  return lineEnd === undefined ? text : text.replace(/\r\n|\r|\n/g, lineEnd);
}

export interface Edit {
  /** Share of the text before it; at the very end or at a line's start where `where` says so. */
  readonly at: number;
  readonly where: 'anywhere' | 'line' | 'end';
  readonly remove: number;
  readonly text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  where: fc.constantFrom('anywhere', 'line', 'end', 'end'),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  text: fc.oneof(
    fc.array(pieces, { maxLength: 3 }).map(parts => parts.join('')),
    fc.constantFrom('', 'a', '`', ':', '-', '\n', '\r', '\r\n', ' ', '"', '}', '>', '#'),
  ),
});

/** Versions of a text, each made by one edit or several. */
export const chapterEdits: fc.Arbitrary<Edit[][]> = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 6,
});

/** An edit as a change of a text. */
export function placeOf({ at, where, remove, text }: Edit, before: string): TextChange {
  let start = where === 'end' ? before.length : Math.floor(at * before.length);
  if (where === 'line') start = Math.max(before.lastIndexOf('\n', start - 1), before.lastIndexOf('\r', start - 1)) + 1;
  if (where === 'end') return { start: Math.max(0, start - (remove > 3 ? 0 : remove)), end: start, text };
  return { start, end: Math.min(before.length, start + remove), text };
}
