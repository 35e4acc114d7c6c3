/** References whose plain text holds marks of Markdown or TeX, which the page will show as they are. */
import type { Display } from '../../../mlsys';
import { Judge, madeAt, markdownFix, quotedText, sourceOf } from '../displays';
import type { Draft, Rule } from '../rule';

const judge = new Judge(markIn);

export const escapedMarkup: Rule = {
  code: 'escaped-markup',
  severity: 'warning',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    for (const [result, mark] of judge.of(analysis)) {
      const isSafe = mark !== 'backslash' || !STARTS_TEX.test(result.display!.text);
      const fix = isSafe ? markdownFix(result, analysis, 'Let its marks count as Markdown') : undefined;
      yield {
        range: result.ref.range,
        cause: `${mark} ${sourceOf(result, analysis)}`,
        message: `The page will show the ${mark} in ${quotedText(result.display!.text)} literally: the value is plain text. Make it \`Markdown(…)\`, or move the marks into the prose.`,
        related: madeAt(result),
        ...(fix === undefined ? {} : { fixes: [fix] }),
      };
    }
  },
};

/** Forms that Pandoc would read, by what they are called; a text's own backslash is written twice in its repr. */
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['TeX', /\$(?=\S)[^$]*\S\$(?!\d)|\$\S\$(?!\d)|\\\\[A-Za-z]+\{/],
  ['backslash', /\\\\/],
  [
    'bold or italic marks',
    /(?<![\w*])(\*{1,3})(?=[^\s*])[^*]*[^\s*]\1(?![\w*])|(?<!\w)(_{1,3})(?=[^\s_])[^_]*[^\s_]\2(?!\w)/,
  ],
  ['bold or italic marks', /(?<![\w*])\*{1,3}[^\s*]\*{1,3}(?![\w*])/],
  ['code marks', /`[^`]+`/],
  ['link', /\[[^\]]+\]\([^)\s]+\)/],
  ['citation', /\[-?@\w[^\]]*\]/],
  ['span', /\[[^\]]+\]\{[^}]+\}/],
  ['tag', /<\/?[A-Za-z][\w-]*(?:\s[^<>]*)?\/?>/],
];

function markIn({ mime, text, quoted }: Display): string | undefined {
  if (mime !== 'text/plain' || !quoted) return undefined;
  return MARKS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Before letters, a backslash of Markdown starts TeX, which HTML leaves out. */
const STARTS_TEX = /\\\\(?![!-/:-@[-`{-~])/;
