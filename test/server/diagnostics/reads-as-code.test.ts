import { describe, expect, test } from 'vitest';
import { applyFix, cell, findingsOf, fixTitles, report, shownIn } from '../../support/analysis';

const SETUP = `
import datetime, enum
import numpy as np
from decimal import Decimal
from fractions import Fraction
from IPython.display import HTML, Latex, Markdown, Pretty
class Chip:
    rate = 3
    def speed(self): return 5
class Color(enum.Enum):
    RED = 1
x = 0.1 + 0.2
`;

const chapter = (expr: string): string => `${cell(SETUP)}\nIt is \`{python} ${expr}\`.\n`;

const said = (expr: string): string | undefined =>
  findingsOf(chapter(expr)).find(one => one.code === 'reads-as-code')?.message;

describe('says what the sentence will say', () => {
  test.each([
    ['np.float64(1.5)', 'The sentence will say `np.float64(1.5)`: format the value.'],
    ['np.mean([1, 2])', 'The sentence will say `np.float64(1.5)`: format the value.'],
    ['x', 'The sentence will say `0.30000000000000004`: format the number.'],
    ['2 / 3', 'The sentence will say `0.6666666666666666`: format the number.'],
    ["Decimal('1.10')", "The sentence will say `Decimal('1.10')`: format the value."],
    ['datetime.date(2024, 1, 31)', 'The sentence will say `datetime.date(2024, 1, 31)`: format the value.'],
    ['np.array([1, 2])', 'The sentence will say `array([1, 2])`: format the value, or show a part of it.'],
    [
      'Chip()',
      'The sentence will say `<__main__.Chip at 0x…>`: it is an object; show one of its attributes, or give its class a `_repr_markdown_`.',
    ],
    ['Chip', 'The sentence will say `__main__.Chip`: it is a class.'],
    [
      'Chip().speed',
      'The sentence will say `<bound method Chip.speed of <__main__.Chip object at 0x…>>`: it is a function; call it.',
    ],
    ['None', 'The sentence will say `None`: nothing was assigned, or a function returned nothing.'],
    ["float('nan')", 'The sentence will say `nan`: it is not a number.'],
    [
      '"12\\u202f345"',
      'The sentence will say `12\\u202f345`: IPython writes a narrow no-break space as `\\u202f`; `Markdown(…)` shows the character itself.',
    ],
    [
      '"one\\ntwo"',
      'The sentence will say `one\\ntwo`: IPython writes a line break as `\\n`; `Markdown(…)` shows the character itself.',
    ],
    ["['a', 'b']", "The sentence will say `['a', 'b']`: join the items to a text, for example with `\", \".join(…)`."],
    ['b"ab"', "The sentence will say `b'ab'`: these are bytes; decode them."],
    [
      'Latex("$x$")',
      'The sentence will say `<IPython.core.display.Latex object>`: a sentence of an HTML page takes no `Latex`; use `Markdown`.',
    ],
  ])('%s', (expr, message) => {
    expect(said(expr)).toBe(message);
  });

  test('of a quantity by its digits', () => {
    const text = `${cell('from mlsys import ureg\nlength = (0.1 + 0.2) * ureg.meter')}\n\`{python} length\`\n`;
    expect(report(text)).toEqual([
      'warning reads-as-code "`{python} length`": The sentence will say `0.30000000000000004 m`: format the quantity, for example with `f"{…:.2f~P}"`.',
    ]);
  });

  test('and points to where the value was made', () => {
    const finding = findingsOf(chapter('x')).find(one => one.code === 'reads-as-code');
    expect(finding?.related?.map(one => one.message)).toEqual(['`x` is made here']);
  });
});

describe('is silent about', () => {
  test.each([
    '8.5',
    '1024',
    '-3',
    '1e23',
    '6.02214076e23',
    '299792458.0',
    '1 / 8',
    '"8.5"',
    '"1,024"',
    '"3.1e5"',
    '"plain words, and more"',
    '"it\'s"',
    '"10–20 µs"',
    '"5 × 10²³"',
    'True',
    '[1, 2, 3]',
    '(1.5, 2)',
    '{1: 2}',
    'str(np.mean([1, 2]))',
    'f"{x:.1f}"',
    'Markdown("$x$")',
    'HTML("<b>x</b>")',
    'Pretty("f(x)")',
    'Chip.rate',
  ])('%s', expr => {
    expect(report(chapter(expr))).toEqual([]);
  });

  test('a reference in a formula', () => {
    const told = report(`${cell(SETUP)}\n$x = \`{python} x\`$\n`);
    expect(told.filter(line => line.includes('reads-as-code'))).toEqual([]);
  });
});

describe('offers', () => {
  test.each([
    ['np.float64(1.5)', 'Show `1.5`, the same value as text', 'str(np.float64(1.5))', '1.5'],
    ['np.int64(3)', 'Show `3`, the same value as text', 'str(np.int64(3))', '3'],
    ['np.bool_(True)', 'Show `True`, the same value as text', 'str(np.bool_(True))', 'True'],
    ["Decimal('1.10')", 'Show `1.10`, the same value as text', "str(Decimal('1.10'))", '1.10'],
    ['Fraction(2, 6)', 'Show `1/3`, the same value as text', 'str(Fraction(2, 6))', '1/3'],
    ['Fraction(6, 2)', 'Show `3`, the same value as text', 'str(Fraction(6, 2))', '3'],
    [
      'datetime.date(24, 1, 3)',
      'Show `0024-01-03`, the same value as text',
      'str(datetime.date(24, 1, 3))',
      '0024-01-03',
    ],
    ['x', 'Show `0.3`, without the noise of the last digits', 'f"{x:.15g}"', '0.3'],
    ['x', 'Show `0.300`, rounded to 3 decimal places', 'f"{x:,.3f}"', '0.300'],
    ['2 / 3', 'Show `0.667`, rounded to 3 decimal places', 'f"{2 / 3:,.3f}"', '0.667'],
    ['1e6 / 7', 'Show `142,857`, rounded to a whole number', 'f"{1e6 / 7:,.0f}"', '142,857'],
    ['np.sqrt(2)', 'Show `1.41`, rounded to 2 decimal places', 'f"{np.sqrt(2):,.2f}"', '1.41'],
  ])('%s: %s', (expr, title, made, shown) => {
    const fixed = applyFix(chapter(expr), title);
    expect(fixed).toContain(`\`{python} ${made}\``);
    expect(report(fixed)).toEqual([]);
    expect(shownIn(fixed)).toBe(shown);
  });

  test('Markdown for a character that IPython escapes, with its import where that is missing', () => {
    const text = `${cell('narrow = "12\\u202f345"')}\n\`{python} narrow\`\n`;
    const title = 'Show the characters themselves: `Markdown(narrow)` and `from IPython.display import Markdown`';
    expect(fixTitles(text)).toEqual([title]);
    const fixed = applyFix(text, title);
    expect(fixed).toBe(
      `${cell('from IPython.display import Markdown\nnarrow = "12\\u202f345"')}\n\`{python} Markdown(narrow)\`\n`,
    );
    expect(report(fixed)).toEqual([]);
    expect(shownIn(fixed)).toBe('12\u202f345');
  });

  test('the text that a cell makes of the number', () => {
    const text = `${cell('safety = 74 / 3\nsafety_str = f"{safety:.0f}"')}\nIt keeps \`{python} safety\` bags more.\n`;
    expect(fixTitles(text)).toEqual(['Show `safety_str`, which says `25`']);
    expect(shownIn(applyFix(text, 'Show `safety_str`, which says `25`'))).toBe('25');
  });

  test('no rounded fraction before a sign of per cent', () => {
    const text = (unit: string) => `${cell('share = 2 / 3')}\nIt loses \`{python} share\`${unit}.\n`;
    const rounded = 'Show `0.667`, rounded to 3 decimal places';
    expect(fixTitles(text(' of it'))).toContain(rounded);
    expect(fixTitles(text('%'))).not.toContain(rounded);
  });

  test('the formula of a Latex object', () => {
    const text = `${cell('from IPython.display import Latex\nformula = Latex("$x$")')}\n\`{python} formula\`\n`;
    const [title] = fixTitles(text);
    expect(shownIn(applyFix(text, title!))).toBe('$x$');
  });

  test('nothing where no cell could take the import', () => {
    expect(fixTitles('`{python} "a\\tb"`\n')).toEqual([]);
  });
});
