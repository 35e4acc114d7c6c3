import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../server/diagnostics';
import { applyFix, cell, findingsOf, fixTitles, report } from '../../support/analysis';

const TANK = cell('class Tank:\n    litres_str = "40"\n    flow_str = "3"\n\nlitres_str = Tank.litres_str');

describe('undefined-export', () => {
  test('names near ones', () => {
    expect(report(`${TANK}\nHolds \`{python} litre_str\` l.\n`)).toEqual([
      'error undefined-export "litre_str": `litre_str` is not defined by any cell of this chapter. Did you mean `litres_str`?',
    ]);
  });

  test('offers no number whose sentence would show all digits', () => {
    const made = cell('litres = 11 / 3\nlitres_str = f"{litres:.1f}"');
    const offered = (expr: string) => fixTitles(`${made}\nHolds \`{python} ${expr}\` l.\n`);
    expect(offered('litres_strs')).toEqual(['Use `litres_str`']);
    expect(offered('f"{litre:.2f}"')).toContain('Use `litres`');
  });

  test('an attribute is looked for in its class', () => {
    const text = `${TANK}\nHolds \`{python} Tank.litre_str\` l.\n`;
    expect(report(text)).toEqual([
      'error undefined-export "Tank.litre_str": `Tank` has no attribute `litre_str`. Did you mean `litres_str`?',
    ]);
    expect(applyFix(text, 'Use `litres_str`')).toContain('`{python} Tank.litres_str`');
  });

  test('an attribute that is missing elsewhere than in the reference', () => {
    const code = `def area(side):
    return side.width

class Box:
    def __getattr__(self, name):
        raise AttributeError(f"no {name}")

box = Box()`;
    expect(report(`${cell(code)}\n\`{python} area(3)\`, \`{python} box.lid\`, \`{python} (1).width\`\n`)).toEqual([
      `error undefined-export "area(3)": The reference raises AttributeError: 'int' object has no attribute 'width'.`,
      'error undefined-export "box.lid": The reference raises AttributeError: no lid.',
      `error undefined-export "(1).width": The reference raises AttributeError: 'int' object has no attribute 'width'.`,
    ]);
  });

  describe('an export can be created', () => {
    const created = (text: string, title: string) => {
      expect(fixTitles(text)).toContain(title);
      const fixed = applyFix(text, title);
      expect(report(fixed)).toEqual([]);
      return fixed;
    };
    const box = '# ┌─────────────────────\n# │ Exports: litres_str\n# └──────────\n';

    test('in a class with lines that bring its texts out', () => {
      const code =
        'from mlsys.formatting import fmt\n\nclass Tank:\n    litres = 40\n    hours_value = 12.5\n    litres_str = fmt(litres, precision=0)\n\nlitres_str = Tank.litres_str';
      const text = `${cell(box + code)}\nFills \`{python} litres_str\` l in \`{python} hours_str\` h.\n`;
      const line = 'hours_str = fmt(hours_value, precision=0)';
      const fixed = created(text, `Create it: add \`${line}\` to \`Tank\`, and bring it out of the class`);
      expect(fixed).toContain(`    litres_str = fmt(litres, precision=0)\n    ${line}\n`);
      expect(fixed).toContain('litres_str = Tank.litres_str\nhours_str = Tank.hours_str\n');
      expect(fixed).toContain('Exports: litres_str, hours_str\n');
    });

    test('in a class that the prose names', () => {
      const code = 'class Tank:\n    litres = 40\n    hours = 12.5\n    litres_str = f"{litres:.0f}"';
      const text = `${cell(code)}\nFills \`{python} Tank.litres_str\` l in \`{python} Tank.hours_str\` h.\n`;
      const fixed = created(text, 'Create it: add `hours_str = f"{hours:.0f}"` to `Tank`');
      expect(fixed).toContain('    litres_str = f"{litres:.0f}"\n    hours_str = f"{hours:.0f}"\n');
      const bare = text.replace('Tank.hours_str', 'hours_str');
      expect(created(bare, 'Create it: add `hours_str = f"{hours:.0f}"` to `Tank`, and name it `Tank.hours_str`')).toBe(
        fixed,
      );
    });

    test('beside flat names', () => {
      const code = 'from mlsys.formatting import fmt\nlitres = 40\nlitres_str = fmt(litres, precision=0)\nhours = 12.5';
      const text = `${cell(box + code)}\nFills \`{python} litres_str\` l in \`{python} hours_str\` h.\n`;
      const fixed = created(text, 'Create it: add `hours_str = fmt(hours, precision=0)`');
      expect(fixed).toContain('hours = 12.5\nhours_str = fmt(hours, precision=0)\n');
      expect(fixed).toContain('Exports: litres_str, hours_str\n');
    });

    test.each([
      ['a value of another name', 'litres = 40\nlitres_str = f"{litres:.0f}"'],
      ['no line that shows how', 'hours = 12.5\nlitres_str = "40"'],
      ['a cell further down', ''],
    ])('not from %s', (_, code) => {
      const text = `${cell(code)}\nFills in \`{python} hours_str\` h.\n\n${cell('hours = 1\nx_str = f"{hours:.0f}"')}\n\`{python} x_str\`\n`;
      expect(fixTitles(text).filter(title => title.startsWith('Create'))).toEqual([]);
    });
  });

  test('nothing near: no fix', () => {
    expect(report(`${TANK}\nAt \`{python} temperature\`.\n`)).toEqual([
      'error undefined-export "temperature": `temperature` is not defined by any cell of this chapter.',
    ]);
    expect(fixTitles(`${TANK}\nAt \`{python} temperature\`.\n`)).toEqual([]);
  });

  test('a name of a cell that failed is a related place of the cause; listed, one step lower', () => {
    const text = `${cell('#| label: pump\nrate = 1 / 0\nrate_str = "x"')}\nAt \`{python} rate_str\`.\n`;
    expect(report(text)).toEqual([
      'error cell-error "1 / 0": ZeroDivisionError: division by zero. 1 reference depends on it.',
    ]);
    const [{ related }] = findingsOf(text) as [Finding];
    expect(related?.map(({ range }) => text.slice(range.start, range.end))).toEqual(['rate_str']);
    expect(report(text, { consequences: true })).toEqual([
      'error cell-error "1 / 0": ZeroDivisionError: division by zero',
      'warning undefined-export "rate_str": `rate_str` has no value, because cell "pump" failed (ZeroDivisionError: division by zero).',
    ]);
  });

  test('a name of a cell that is not evaluated', () => {
    const text = `${cell('#| label: pump\n#| eval: false\nrate_str = "x"')}\nAt \`{python} rate_str\`.\n`;
    expect(report(text)).toEqual([
      'error undefined-export "rate_str": `rate_str` has no value, because cell "pump" is not evaluated (`eval: false`).',
    ]);
  });
});

test('a long number of a class is not offered for the text that is missing', () => {
  const text = `${cell('class Night:\n    useful_h = 8.5 * 0.64 * 0.77')}\nIt has \`{python} Night.useful_h_str\` hours.\n`;
  expect(fixTitles(text)).not.toContain('Use `useful_h`');
});
