import { describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { ask } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
#| label: plan
from mlsys.constants import *
from mlsys.formatting import fmt, check

class Plan:
    # LOAD
    work = 3.2e6 * second
    # EXECUTE
    time = work.to(day)
    # GUARD
    check(time > 30 * day, "more than a month")
    # OUTPUT
    days_str = fmt(time, precision=0)

days_str = Plan.days_str
\`\`\`

It takes **\`{python} days_str\`** days on one machine.
`;

function hoverAt(marked: string): string | undefined {
  const hover = ask<Hover | null>('textDocument/hover', marked);
  return hover === null ? undefined : (hover.contents as { value: string }).value;
}

describe('on a reference', () => {
  test('the value in its sentence, the line that made it, what that read, the cell and its guards', () => {
    expect(hoverAt(CHAPTER.replace('python} days_str', 'python} days¦_str'))).toMatchSnapshot();
  });

  test('a fault instead of a value', () => {
    expect(hoverAt('At `{python} spee¦d` km.\n')).toMatchSnapshot();
  });

  test('the cell that is to blame', () => {
    expect(hoverAt('```{python}\n#| label: pump\nx = 1 / 0\ny = 2\n```\n\n`{python} ¦y`\n')).toMatchSnapshot();
  });

  test('a chapter cannot smuggle links or HTML into a hover', () => {
    const text = hoverAt('```{python}\nx = "<img src=x> [a](command:evil)"\n```\n\nSee `{python} ¦x`.\n')!;
    const outside = text.replaceAll(/```[\s\S]*?```/g, '');
    expect(outside).toContain('img src');
    expect(outside).not.toMatch(/(^|[^\\])<img/m);
    expect(outside).not.toMatch(/[^\\]\]\(command/);
  });
});

describe('in a cell', () => {
  test('a name of the class body', () => {
    expect(hoverAt(CHAPTER.replace('time = work', 'time = wo¦rk'))).toMatchSnapshot();
  });

  test('a class attribute behind the bridge', () => {
    expect(hoverAt(CHAPTER.replace('= Plan.days_str', '= Plan.da¦ys_str'))).toMatchSnapshot();
  });

  test('a constant of the library with its source', () => {
    expect(hoverAt('```{python}\nfrom mlsys.constants import *\nx = H100_MEM_¦BW\n```\n')).toMatchSnapshot();
  });

  test('a record of the library', () => {
    expect(hoverAt('```{python}\nfrom mlsys import Hardware\nx = Hardware.Cloud.A1¦00\n```\n')).toMatchSnapshot();
  });

  test('nothing on a keyword, a comment or prose', () => {
    expect(hoverAt('```{python}\n# com¦ment\nx = 1\n```\n')).toBeUndefined();
    expect(hoverAt('Pro¦se.\n')).toBeUndefined();
  });
});

describe('nothing of a chapter becomes a link, an image or HTML in a hover', () => {
  /** What stands outside of code. */
  const outside = (markdown: string) => markdown.replace(/(`+)[^`][\s\S]*?\1(?!`)/g, '');

  test.each([
    ['a value with backticks', 'x = ["`` ![](https://example.org/x.png) ``", "```\\n[x](command:y)\\n````"]'],
    ['a type by a name of its own', 'x = type("![](https://example.org/x.png)", (), {})()'],
    ['a text', 'x = "![](https://example.org/x.png) [a](command:b) <img src=x>"'],
    ['a source line', 'x = 1  # ```` ![](https://example.org/x.png)'],
  ])('%s', (_, source) => {
    const text = hoverAt(`\`\`\`{python}\n${source}\n\`\`\`\n\nSee \`{python} ¦x\` here.\n`)!;
    expect(outside(text)).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\((https|command)|(?<!\\)<img/);
  });

  test('a value too long to show is shown by its beginning, or by its type', () => {
    const cell = '```{python}\nx = "a" * 500_000\ny = ["a" * 10**8]\nz = "b" * 10**7\n```\n\n';
    expect(hoverAt(`${cell}\`{python} ¦x\`\n`)!.length).toBeLessThan(5000);
    expect(hoverAt(`${cell}\`{python} ¦y\`\n`)).toContain('more than 2,000,000 steps');
    expect(hoverAt(`${cell}\`{python} ¦z\`\n`)).toContain('the text of the value is longer than 1,000,000 characters');
  });
});
