/** References at places where Quarto puts no value, or one that reads wrong. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CELL = cell(
  'load_str = "25.2"\nload = 25\nplain_str = "25"\nfrom IPython.display import Markdown\nload_md = Markdown("25.2")',
);

const in_ = (prose: string) => report(`${CELL}\n${prose}\n`);

test('escapes between dollars', () => {
  expect(in_('$P = `{python} load_str`$')).toEqual([
    'warning ref-in-math "`{python} load_str`": Quarto puts `25\\.2` between the dollars, and TeX reads `\\.` as commands. Move the reference out of the math, or make the whole formula a `Markdown(…)` value.',
  ]);
});

test('the second line of a cell beside another one in a table', () => {
  const rule = `${'-'.repeat(24)} ------`;
  const rows = [
    'One line                 Two is',
    '$`{python} load_str` x$  three',
    '',
    'Four                     five',
    '',
  ];
  expect(in_([rule, ...rows, rule].join('\n'))).toEqual([expect.stringMatching(/^warning ref-in-math /)]);
});

test('escapes in an attribute that is no Markdown', () => {
  expect(in_('![x](a.svg){fig-alt="At `{python} load_str` kW"}')).toEqual([
    'warning ref-in-attribute "`{python} load_str`": `fig-alt` is no Markdown, so it will say `25\\.2`, backslashes included. Write the value out, or leave it to the caption.',
  ]);
});

test('a whole number at either place, as long as it is one', () => {
  expect(in_('$P = `{python} load`$')).toEqual([
    expect.stringMatching(/^hint ref-in-math .* as long as its value is a whole number/),
  ]);
  expect(in_('![x](a.svg){fig-alt="At `{python} load` kW"}')).toEqual([
    expect.stringMatching(/^hint ref-in-attribute .* it says `25` only as long as/),
  ]);
});

test('a heading without an identifier', () => {
  expect(in_('## At `{python} load_str` kW')).toEqual([expect.stringMatching(/^hint ref-in-heading /)]);
});

test.each([
  '$P = `{python} load_md`$',
  '![At `{python} load_str` kW](a.svg)',
  '![x](a.svg){fig-cap="At `{python} load_str` kW"}',
  '## At `{python} load_str` kW {#sec-load}',
])('clean: %s', prose => {
  expect(in_(prose).filter(line => !line.includes('unreadable-file'))).toEqual([]);
});

test('expressions that compute', () => {
  const found = (expr: string) =>
    report(`${CELL}\nx \`{python} ${expr}\`\n`, { levels: { 'unused-export': 'off', 'reads-as-code': 'off' } });
  for (const expr of ['load + 1', 'f"{load:.1f}"', 'round(load, 1)', 'load * 2'])
    expect(found(expr)).toEqual([expect.stringMatching(/^hint inline-expression /)]);
  for (const expr of ['load', 'Markdown(load_str)', 'str(load)', 'load_str[0]']) expect(found(expr)).toEqual([]);
});

test('formats in the prose are one finding of the chapter', () => {
  const prose =
    'x `{python} f"{load:.1f} kW"`, `{python} f"{load:.0f}"` and `{python} f"{2 * load:.0f}"`.\n\ny `{python} f"{load:.2f}"`.';
  const found = report(`${CELL}\n${prose}\n`, { levels: { 'unused-export': 'off' } });
  expect(found.filter(line => line.includes('inline-expression'))).toEqual([
    expect.stringMatching(/`f"\{load:\.1f\} kW"` is computed in the prose.* 2 more places/),
    expect.stringMatching(/`f"\{2 \* load:\.0f\}"` is computed in the prose/),
  ]);
});
