import { describe, expect, test } from 'vitest';
import { applyFix, cell, fixTitles, report, shownIn } from '../../support/analysis';

const chapter = (value: string): string => `${cell(`value = ${value}`)}\nIt is \`{python} value\`.\n`;

const TITLE = 'Let its marks count as Markdown: `Markdown(value)` and `from IPython.display import Markdown`';

describe('names the marks', () => {
  test.each([
    ['r"$\\approx 3.14$"', 'TeX', '$\\\\approx 3.14$'],
    ['"$x_1$"', 'TeX', '$x_1$'],
    ['"**25** days"', 'bold or italic marks', '**25** days'],
    ['"*so*"', 'bold or italic marks', '*so*'],
    ['"_so_"', 'bold or italic marks', '_so_'],
    ['"*x*"', 'bold or italic marks', '*x*'],
    ['"`code`"', 'code marks', '`code`'],
    ['"[text](https://example.org)"', 'link', '[text](https://example.org)'],
    ['"[@hopper]"', 'citation', '[@hopper]'],
    ['"H<sub>2</sub>O"', 'tag', 'H<sub>2</sub>O'],
    ['r"\\$5"', 'backslash', '\\\\$5'],
    ['r"C:\\Users"', 'backslash', 'C:\\\\Users'],
  ])('%s', (value, mark, text) => {
    expect(report(chapter(value))).toEqual([
      `warning escaped-markup "\`{python} value\`": The page will show the ${mark} in \`${text}\` literally: the value is plain text. Make it \`Markdown(…)\`, or move the marks into the prose.`,
    ]);
  });
});

describe('is silent about', () => {
  test.each([
    '"$5"',
    '"between $5 and $10"',
    '"$5–$10"',
    '"5 * 3 * 2"',
    '"2*3*4"',
    '"snake_case_name and other_name"',
    '"x^2^ and H~2~O"',
    '"10%"',
    '"(a) [b] {c} #d +e"',
    '"a < b and c > d"',
    '"x - y -- z"',
    '"user@example.org"',
  ])('%s', value => {
    expect(report(chapter(value))).toEqual([]);
  });

  test('Markdown', () => {
    const code = 'from mlsys.formatting import md, md_math\na = md("**25**")\nb = md_math("x_1")';
    expect(report(`${cell(code)}\n\`{python} a\` \`{python} b\`\n`)).toEqual([]);
  });
});

describe('the fix', () => {
  test('makes the reference Markdown and adds the import', () => {
    const fixed = applyFix(chapter('"**25** days"'), TITLE);
    expect(fixed).toBe(
      `${cell('from IPython.display import Markdown\nvalue = "**25** days"')}\nIt is \`{python} Markdown(value)\`.\n`,
    );
    expect(report(fixed)).toEqual([]);
    expect(shownIn(fixed)).toBe('**25** days');
  });

  test('adds to an import that there is', () => {
    const text = `${cell('from IPython.display import HTML\nvalue = "**25**"')}\n\`{python} value\`\n`;
    expect(applyFix(text, TITLE)).toContain('from IPython.display import HTML, Markdown\n');
  });

  test('needs no import where the class is known', () => {
    const text = `${cell('from IPython.display import Markdown\nvalue = "**25**"')}\n\`{python} value\`\n`;
    expect(fixTitles(text)).toEqual(['Let its marks count as Markdown: `Markdown(value)`']);
  });

  test('is not offered where the name means something else, or where a backslash would start TeX', () => {
    expect(fixTitles(`${cell('Markdown = str\nvalue = "**25**"')}\n\`{python} value\`\n`)).toEqual([]);
    expect(fixTitles(chapter('r"C:\\Users"'))).toEqual([]);
    expect(fixTitles(chapter('r"\\$5"'))).toEqual([TITLE]);
  });
});
