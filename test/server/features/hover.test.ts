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

async function hoverAt(marked: string): Promise<string | undefined> {
  const hover = await ask<Promise<Hover | null>>('textDocument/hover', marked);
  return hover === null ? undefined : (hover.contents as { value: string }).value;
}

describe('on a reference', () => {
  test('the value in its sentence, the line that made it, what that read, the cell and its guards', async () => {
    expect(await hoverAt(CHAPTER.replace('python} days_str', 'python} days¦_str'))).toMatchSnapshot();
  });

  test.each([
    [
      'that a function sets',
      'total = 0\ndef add(by):\n    global total\n    [total] = [total + by]\nadd(4)',
      '`total` = `4` changed by `add(4)` [↗](',
    ],
    [
      'of a list',
      'total = [1, 2]\ntotal[1:] = [5, 6]\ntotal = sum(total)',
      '`total` = `<list>` changed by `total[1:] = [5, 6]` [↗](',
    ],
    [
      'of a function that counts',
      'def counter():\n    n = 0\n    def step(by):\n        nonlocal n\n        [n] = [n + by]\n        return n\n    return step\nc = counter()\nc(2)\ntotal = c(3)',
      '`c` = `<function>` changed by its earlier calls',
    ],
  ])('what changed a value %s', async (_, code, told) => {
    expect(await hoverAt(`\`\`\`{python}\n${code}\n\`\`\`\n\nIt is \`{python} ¦total\`.\n`)).toContain(told);
  });

  test('of a line that is long, its beginning', async () => {
    const text = (await hoverAt(`\`\`\`{python}\nx = "${'ab'.repeat(10_000)}"\n\`\`\`\n\nIt is \`{python} ¦x\`.\n`))!;
    expect(text).toContain(`x = "${'ab'.repeat(150)}`);
    expect(text.length).toBeLessThan(3000);
  });

  test('a fault instead of a value', async () => {
    expect(await hoverAt('At `{python} spee¦d` km.\n\n```{python}\n```\n')).toMatchSnapshot();
  });

  test('the cell that is to blame', async () => {
    expect(await hoverAt('```{python}\n#| label: pump\nx = 1 / 0\ny = 2\n```\n\n`{python} ¦y`\n')).toMatchSnapshot();
  });

  test('a chapter cannot smuggle links or HTML into a hover', async () => {
    const text = (await hoverAt('```{python}\nx = "<img src=x> [a](command:evil)"\n```\n\nSee `{python} ¦x`.\n'))!;
    const outside = text.replaceAll(/```[\s\S]*?```/g, '');
    expect(outside).toContain('img src');
    expect(outside).not.toMatch(/(^|[^\\])<img/m);
    expect(outside).not.toMatch(/[^\\]\]\(command/);
  });
});

describe('a guard that holds', () => {
  const guards = async (code: string) =>
    (await hoverAt(
      `\`\`\`{python}\nfrom mlsys.constants import *\nfrom mlsys.formatting import check\n${code}\nx = 1\n\`\`\`\n\n\`{python} ¦x\`\n`,
    ))!
      .split('\n')
      .filter(line => line.startsWith('- '))
      .map(line => line.slice(2).replaceAll('\\', ''));

  test.each([
    ['a = 9.1\ncheck(a > 5, "too few")', '✓ `a > 5` holds: 9.1 > 5, by 82 %'],
    ['a = 9.104166\ncheck(5 <= a, "too few")', '✓ `5 <= a` holds: 5 <= 9.104, by 45 %'],
    ['check(condition=2 > 1, message="m")', '✓ `2 > 1` holds: 2 > 1, by 100 %'],
    ['a = 3\ncheck(1 < a < 4, "m")', '✓ `1 < a < 4` holds: 1 < 3 < 4, by 25 %'],
    ['a = 3\nb = 9\ncheck(a > 2 and b > 8, "m")', '✓ `a > 2 and b > 8` holds: 3 > 2, 9 > 8, by 13 %'],
    ['a = 3\nb = 9\ncheck(a > 5 or b > 8, "m")', '✓ `a > 5 or b > 8` holds: 9 > 8, by 13 %'],
    ['a = 3.02\ncheck(abs(a - 3) < 0.1, "m")', '✓ `abs(a - 3) < 0.1` holds: 0.02 < 0.1, by 80 %'],
    ['check(1e6 > 1e5, "m")', '✓ `1e6 > 1e5` holds: 1,000,000 > 100,000, by a factor of 10'],
    ['check(2 > 0, "m")', '✓ `2 > 0` holds: 2 > 0, by 2'],
    ['check(2 >= 2, "m")', '✓ `2 >= 2` holds: 2 >= 2, just so'],
    ['t = 36 * hour\ncheck(t > 1 * day, "m")', '✓ `t > 1 * day` holds: 1.5 d > 1 d, by 50 %'],
    ['check(3 * GB / MB > 100, "m")', '✓ `3 * GB / MB > 100` holds: 3,000 > 100, by a factor of 30'],
    ['import numpy as np\ncheck(np.mean([3, 4]) > 2, "m")', '✓ `np.mean([3, 4]) > 2` holds: 3.5 > 2, by 75 %'],
    ['check("a" in "abc", "m")', '✓ `"a" in "abc"` holds'],
    ['check(not False, "m")', '✓ `not False` holds'],
    ['class A:\n    n = 4\n    check(n >\n          2, "m")\n', '✓ `n > 2` holds: 4 > 2, by 100 %'],
    [
      'def verify(n):\n    check(n > 2, "m")\nverify(3 < 4, 1) if False else verify(3)',
      '✓ a check in a function holds',
    ],
    ['[check(n > 2, "m") for n in [3]]', '✓ a check in a function holds'],
  ])('tells its condition and by how much: %s', async (code, line) => {
    expect(await guards(code)).toEqual([line]);
  });

  test('is told for each turn of a loop; one that fails shows its message', async () => {
    expect(await guards('for n in [2, 3]:\n    check(n > 1, "m")')).toEqual([
      '✓ `n > 1` holds: 2 > 1, by 100 %',
      '✓ `n > 1` holds: 3 > 1, by 200 %',
    ]);
    expect(await guards('x = 1\ntry:\n    check(x > 1, "too few")\nexcept ValueError:\n    pass')).toEqual([
      '✗ **too few**',
    ]);
  });
});

describe('in a cell', () => {
  test('a function is told by its code, without an address', async () => {
    const code = 'def halved(x):\n    return x / 2';
    const text = await hoverAt(`\`\`\`{python}\n${code}\n\`\`\`\n\nIt is \`{python} hal¦ved(8)\`.\n`);
    expect(text).toContain(code);
    expect(text).not.toContain('<function');
  });

  test('a name of the class body', async () => {
    expect(await hoverAt(CHAPTER.replace('time = work', 'time = wo¦rk'))).toMatchSnapshot();
  });

  test('a class attribute behind the bridge', async () => {
    expect(await hoverAt(CHAPTER.replace('= Plan.days_str', '= Plan.da¦ys_str'))).toMatchSnapshot();
  });

  test('a constant of the library with its source', async () => {
    expect(await hoverAt('```{python}\nfrom mlsys.constants import *\nx = H100_MEM_¦BW\n```\n')).toMatchSnapshot();
  });

  test('a record of the library', async () => {
    expect(await hoverAt('```{python}\nfrom mlsys import Hardware\nx = Hardware.Cloud.A1¦00\n```\n')).toMatchSnapshot();
  });

  test('nothing on a keyword, a comment or prose', async () => {
    expect(await hoverAt('```{python}\n# com¦ment\nx = 1\n```\n')).toBeUndefined();
    expect(await hoverAt('Pro¦se.\n')).toBeUndefined();
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
  ])('%s', async (_, source) => {
    const text = (await hoverAt(`\`\`\`{python}\n${source}\n\`\`\`\n\nSee \`{python} ¦x\` here.\n`))!;
    expect(outside(text)).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\((https|command)|(?<!\\)<img/);
  });

  test('a value too long to show is shown by its beginning, or by its type', async () => {
    const cell = '```{python}\nx = "a" * 500_000\ny = ["a" * 10**8]\nz = "b" * 10**7\n```\n\n';
    expect((await hoverAt(`${cell}\`{python} ¦x\`\n`))!.length).toBeLessThan(5000);
    expect(await hoverAt(`${cell}\`{python} ¦y\`\n`)).toContain('more than 2,000,000 steps');
    expect(await hoverAt(`${cell}\`{python} ¦z\`\n`)).toContain(
      'the text of the value is longer than 1,000,000 characters',
    );
  });
});

test('a hover shows the sentence as the page has it', async () => {
  const code = 'from mlsys import ureg\nq = 1.5 * ureg.meter**2\nt = "a\\nb"';
  const chapter = `\`\`\`{python}\n${code}\n\`\`\`\n\n`;
  expect(await hoverAt(`${chapter}It has \`{python} ¦q\`.\n`)).toContain('It has **1.5 m²**.');
  expect(await hoverAt(`${chapter}It is \`{python} ¦t\`.\n`)).toContain('**a\\\\nb**');
  expect(await hoverAt(`${chapter}It costs \\$\`{python} ¦q\`\\.\n`)).toContain('It costs \\$**1.5 m²**.');
  expect(await hoverAt(`${chapter}See *how* _far_ 2 * 3 is: \`{python} ¦q\`.\n`)).toContain(
    'See how far 2 \\* 3 is: **',
  );
  // Backslashes of code and of math are no marks of Markdown.
  expect(await hoverAt(`${chapter}A \`a\\_b\` is \`{python} ¦q\`.\n`)).toContain('A \\`a\\\\\\_b\\` is **');
  expect(await hoverAt(`${chapter}A $\\{x\\}$ is \`{python} ¦q\`.\n`)).toContain('\\$\\\\\\{x\\\\\\}\\$ is **');
  expect(await hoverAt(`${chapter}The length of the ropes of ferries is \`{python} ¦q\`.\n`)).toContain(
    '… of the ropes of ferries is **',
  );
});

describe('of a quantity in another form', () => {
  const CODE =
    'from mlsys.constants import GB, second, hour\nsize = 80 * GB\nrate = 2 * GB / second\ntime = size / rate\n';

  test.each([
    ['its magnitude', 'time_str = f"{time.magnitude:.0f}"', '← `size / rate`'],
    ['in a unit', 'time_str = f"{time.m_as(hour):.3f}"', '← `size / rate in hour`'],
    [
      'by a function',
      'def told(q):\n    return f"{q.m_as(hour):.3f}"\ntime_str = told(time)',
      '← `size / rate in hour`',
    ],
    [
      'by a function that changes nothing',
      'def told(q):\n    return f"{q.m_as(second):.1f}"\ntime_str = told(time)',
      '`time` = `40 s`  \n← `size / rate`',
    ],
    ['of an assumption in another unit', 'time_str = f"{size.m_as("MB"):.0f}"', '← `size in MB`'],
    [
      'of an assumption as it is',
      'time_str = f"{size.m_as(GB):.0f}"',
      'It takes **80**.\n\n- `size` = `80 GB` *assumption*',
    ],
  ])('the formula is what made it: %s', async (_, code, formula) => {
    expect(await hoverAt(`\`\`\`{python}\n${CODE}${code}\n\`\`\`\n\nIt takes \`{python} time¦_str\`.\n`)).toContain(
      formula,
    );
  });
});

describe('what no assignment to a name made is told with where it is written', () => {
  const CODE = `\`\`\`{python}
from dataclasses import dataclass, replace
@dataclass
class Pump:
    flow: float
    hours: float = 8
north = Pump(flow=30)
spare = replace(north, hours=10)
length = {"south": 15}
double = spare.flow * 2
\`\`\`

`;

  test.each([
    ['spare¦.flow', '`spare.flow` = `30` *assumption* [↗](file:///book/chapter.qmd#L7)'],
    ['spare.ho¦urs', '`spare.hours` = `10` *assumption*'],
    ['length¦["south"]', '`length["south"]` = `15` *assumption*'],
  ])('%s', async (expr, leaf) => {
    expect(await hoverAt(`${CODE}It is \`{python} ${expr}\` h.\n`)).toContain(leaf);
  });

  test('in a cell as well', async () => {
    const text = await hoverAt(CODE.replace('spare.flow * 2', 'spare.fl¦ow * 2'));
    expect(text).toContain('`spare.flow` = `30` *assumption* [↗](file:///book/chapter.qmd#L7)');
  });

  test('once, and without all that its container holds', async () => {
    const text = await hoverAt(`${CODE}It is \`{python} length¦["south"]\` h.\n`);
    expect(text).toBe(
      [
        'It is **15** h.',
        '- `length["south"]` = `15` *assumption* [↗](file:///book/chapter.qmd#L9)',
        '```python\nlength = {"south": 15}\n```',
        '[cell](file:///book/chapter.qmd#L1) (line 1)',
      ].join('\n\n'),
    );
  });
});

test('a long dict of which an expression reads a part is told by its type where there is no time for more', async () => {
  const items = Array.from({ length: 12 }, (_, at) => `"area_${at}": ${at}`).join(', ');
  const text = `${`\`\`\`{python}\nareas = {${items}}\n\`\`\`\n`}\nIt is \`{python} areas["area_¦7"] > 3\` so.\n`;
  const hurried = await ask<Promise<Hover | null>>('textDocument/hover', text, {}, undefined, {
    isHurried: true,
  });
  expect((hurried!.contents as { value: string }).value).toContain('- `areas`, a dict [↗](');
});

test('another name of a constant is told by itself in a formula', async () => {
  const code = 'from mlsys.constants import *\npeak = A100_FLOPS_FP16_TENSOR\nspeed = peak.m_as(TFLOPs / second)';
  expect(await hoverAt(`\`\`\`{python}\n${code}\n\`\`\`\n\nIt is \`{python} spe¦ed\`.\n`)).toContain(
    '← `peak in TFLOPs / second`',
  );
});
