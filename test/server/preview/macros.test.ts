/** Macros of TeX, held against what Pandoc makes of them in HTML. */
import { describe, expect, test } from 'vitest';
import { type PreviewContext, renderChapter } from '../../../server/preview';
import { renderMath } from '../../../server/preview/math';
import { analyze } from '../../support/analysis';
import { filesOf } from '../../support/files';

const set: PreviewContext = { math: renderMath };

function page(text: string, context: PreviewContext = set): string {
  return renderChapter(analyze(text), context)
    .blocks.map(({ html }) => html)
    .join('\n');
}

/** The formulas of a chapter, as they read once they are set, or as source where that fails. */
const formulas = (text: string) =>
  page(text)
    .match(/<annotation[^>]*>[^<]*|<code class="reckoner-tex"[^>]*>[^<]*/g)
    ?.map(found => found.replace(/^<annotation[^>]*>/, '').replace(/^<code[^>]*>/, 'source: '));

/** The signs that a formula shows. */
const signs = (text: string) =>
  page(text)
    .match(/<math[\s\S]*?<\/math>/g)
    ?.map(found => found.replace(/<annotation[\s\S]*?<\/annotation>/, '').replace(/<[^>]*>/g, ''));

describe('a macro', () => {
  test.each([
    ['\\newcommand{\\T}{T_0}', '$\\T$', 'T0'],
    ['\\newcommand\\T{T}', '$\\T + 1$', 'T+1'],
    ['\\renewcommand{\\vec}[1]{(#1)}', '$\\vec{x}$', '(x)'],
    ['\\newcommand{\\p}[2]{P(#1 \\mid #2)}', '$\\p{a}{b}$', 'P(a∣b)'],
    ['\\newcommand{\\o}[2][d]{#1 #2}', '$\\o{x} \\o[e]{x}$', 'dxex'],
    ['\\DeclareMathOperator{\\am}{argmax}', '$\\am x$', 'argmax⁡x'],
    ['\\DeclareMathOperator*{\\am}{argmax}', '$\\am_x$', 'argmax⁡x'],
    ['\\def\\E#1{E(#1)}', '$\\E{x}$', 'E(x)'],
    [
      '\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}',
      '$\\abs{x} \\abs*{\\frac{a}{b}} \\abs[\\big]{y}$',
      '∣x∣∣ab∣∣y∣',
    ],
    ['\\DeclarePairedDelimiter\\ceil\\lceil\\rceil', '$\\ceil x$', '⌈x⌉'],
    [
      '\\DeclarePairedDelimiterX\\inner[2]{\\langle}{\\rangle}{#1 \\delimsize\\vert #2}',
      '$\\inner{x}{y} \\inner*{x}{y}$',
      '⟨x∣y⟩⟨x|y⟩',
    ],
    ['\\let\\old\\phi', '$\\old$', 'ϕ'],
    ['\\newcommand{\\a}{A\\b}\n\\newcommand{\\b}{B}', '$\\a$', 'AB'],
    ['\\newcommand{\\m}{%\n  a +\n  b\n}', '$\\m$', 'a+b'],
    ['\\providecommand{\\T}{T}\n\\providecommand{\\T}{S}', '$\\T$', 'T'],
    ['\\newcommand{\\T}{T}\n\\newcommand{\\T}{S}', '$\\T$', 'S'],
    ['$$\n\\newcommand{\\T}{T}\n\\DeclareMathOperator*{\\am}{argmax}\n\\am_x\n$$', '$\\T$', 'T'],
    ['Text \\newcommand{\\T}{T} goes on.', '$\\T$', 'T'],
  ])('%j is known in formulas behind it: %j', (definition, formula, shown) => {
    expect(signs(`${definition}\n\n${formula}\n`)?.at(-1)).toBe(shown);
  });

  test('is no text of the page', () => {
    expect(page('\\newcommand{\\p}[2]{P(#1 \\mid #2)}\n\\def\\x#1{a}\n\\let\\y=\\z\n')).toBe('');
    expect(page('Text \\newcommand{\\p}[2]{x} goes on.\n')).toBe('<p>Text  goes on.</p>');
  });

  test('is none in code, nor before it is defined, and a formula that lacks one stands as its source', () => {
    expect(formulas('`\\newcommand{\\T}{T}`\n\n$\\T$\n')).toEqual(['source: \\T']);
    expect(formulas('$\\T$\n\n\\newcommand{\\T}{T}\n\n$\\T$\n')).toEqual(['source: \\T', '\\T']);
    expect(formulas('\\newcommand{\\a}{A}\n\n$\\a \\T$\n')).toEqual(['source: \\a \\T']);
  });

  test('that calls itself does no harm', () => {
    expect(formulas('\\newcommand{\\a}{\\a\\a}\n\n$\\a$\n')).toEqual(['source: \\a']);
  });

  test('has those formulas set anew that use it, and no others', () => {
    const asked: string[] = [];
    const context: PreviewContext = {
      typeset: ({ text }) => {
        asked.push(text);
        return { kind: 'done', html: 'x' };
      },
    };
    page('\\newcommand{\\T}{T}\n\n$\\T$ and $y$\n', context);
    expect(asked.map(text => text.replace(/\s|%|\0/g, '|'))).toEqual(['\\def\\T{T}|||\\T', 'y']);
  });
});

describe('macros that a project gives MathJax', () => {
  const script = (macros: string) =>
    `<script>\nwindow.MathJax = { tex: { tags: 'ams', macros: {${macros}} } };\n</script>\n`;
  const shown = (texts: Record<string, string>, text: string) =>
    renderChapter(analyze(text, filesOf(texts)), set)
      .blocks.map(({ html }) => html)
      .join('\n')
      .match(/<math[\s\S]*?<\/math>|reckoner-tex/g)
      ?.map(found => found.replace(/<annotation[\s\S]*?<\/annotation>/, '').replace(/<[^>]*>/g, ''));
  const header = (macros: string) => ({
    '_quarto.yml': 'format:\n  html:\n    include-in-header:\n      - tex/mathjax.html\n',
    'tex/mathjax.html': script(macros),
  });

  test.each([
    ['R: "\\\\mathbb{R}"', '$\\R$', 'R'],
    ["R: '\\\\mathbb{R}', // reals\n /* sets */ 'N': `n`,", '$\\R\\N$', 'Rn'],
    ['p: ["P(#1 \\\\mid #2)", 2]', '$\\p{a}{b}$', 'P(a∣b)'],
    ['o: ["#1 #2", 2, "d"]', '$\\o{x} \\o[e]{x}$', 'dxex'],
    ['a: "\\\\b", b: "B"', '$\\a$', 'B'],
    ['a: String.raw`\\sigma`', '$\\a$', 'σ'],
    ['b: "B", f: () => 1, a: "A"', '$\\a$', 'reckoner-tex'],
    ['a: "}x"', '$\\a$', 'reckoner-tex'],
    ['b: "B"', '\\newcommand{\\b}{C}\n\n$\\b$', 'C'],
  ])('are known in formulas: %s in %s', (macros, formula, signs) => {
    expect(shown(header(macros), `${formula}\n`)).toEqual([signs]);
  });

  test('may stand in the text of the option, in the front matter too', () => {
    const text = `include-in-header:\n  text: |\n    ${script('T: "t"').replaceAll('\n', '\n    ')}`;
    expect(shown({ '_quarto.yml': text }, '$\\T$\n')).toEqual(['t']);
    expect(shown({}, `---\n${text.trimEnd()}\n---\n\n$\\T$\n`)).toEqual(['t']);
  });
});
