/** Ignore comments: what they silence, what is told of those that silence nothing. */
import { describe, expect, test } from 'vitest';
import { applyFix, report } from '../../support/analysis';

const CELL = '```{python}\nload_str = "45%"\n```\n';
const prose = (comment: string) => `${CELL}\n${comment}\n\nAt \`{python} load_str\`% of it.\n`;

describe('a comment in prose', () => {
  test('silences the rules that it names, whatever its reason says', () => {
    expect(report(prose('<!-- reckoner-ignore doubled-unit: cell-error is no code here -->'))).toEqual([]);
    expect(report(prose('<!-- reckoner-ignore -->'))).toEqual([]);
  });

  test('that silences nothing is told, and its line removed with a blank one', () => {
    const text = `${CELL}\n<!-- reckoner-ignore doubled-unit: quoted -->\n\nAt \`{python} load_str\` of it.\n`;
    expect(report(text)).toEqual([
      'hint unused-ignore "doubled-unit": This comment silences nothing: there is no such finding here.',
    ]);
    expect(applyFix(text, 'Remove the comment')).toBe(`${CELL}\nAt \`{python} load_str\` of it.\n`);
  });

  test('of several codes, the one that silences nothing is told and taken out', () => {
    const text = prose('<!-- reckoner-ignore cell-error, doubled-unit: both -->');
    expect(report(text)).toEqual([
      'hint unused-ignore "cell-error": This comment silences nothing of `cell-error`: there is no such finding here.',
    ]);
    expect(applyFix(text, 'Take `cell-error` out of the comment')).toBe(
      prose('<!-- reckoner-ignore doubled-unit: both -->'),
    );
  });

  test('at the end of a chapter silences nothing', () => {
    expect(report(`${CELL}\n\`{python} load_str\`\n\n<!-- reckoner-ignore doubled-unit -->\n`)).toEqual([
      'hint unused-ignore "doubled-unit": This comment silences nothing: there is no such finding behind it.',
    ]);
  });

  test('a code that no rule has: the near one is offered', () => {
    const text = prose('<!-- reckoner-ignore doubled-units -->');
    expect(report(text)).toContain(
      'hint unused-ignore "doubled-units": No rule has the code `doubled-units`; did you mean `doubled-unit`?',
    );
    expect(report(applyFix(text, 'Change to `doubled-unit`'))).toEqual([]);
  });

  test('nothing is told of a rule that is off, nor while values are unknown', () => {
    const quiet = prose('<!-- reckoner-ignore cell-error -->').replace('`%', '`');
    expect(report(quiet)).toHaveLength(1);
    expect(report(quiet, { levels: { 'cell-error': 'off' } })).toEqual([]);
    const unknown = quiet.replace('load_str =', 'import elsewhere\nother = elsewhere.x\nload_str =');
    expect(report(unknown, { levels: { 'unavailable-module': 'off', 'unused-export': 'off' } })).toEqual([]);
  });

  test('a comment on what is the consequence of another finding is of use', () => {
    const text = `\`\`\`{python}\n1 / 0\nx = 1\n\`\`\`\n\n<!-- reckoner-ignore cell-error undefined-export -->\n\n\`{python} x\`\n`;
    expect(report(text).filter(line => line.includes('undefined-export'))).toEqual([]);
  });
});

describe('a comment in a cell', () => {
  const cell = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n`;

  test('silences the statement below it, or beside it', () => {
    expect(report(cell('x = 1 / 0'))).toHaveLength(1);
    expect(report(cell('# reckoner-ignore cell-error: shown on purpose\n\nx = 1 / 0'))).toEqual([]);
    expect(report(cell('x = 1 / 0  # reckoner-ignore cell-error: shown on purpose'))).toEqual([]);
  });

  test('silences a statement over all its lines', () => {
    expect(report(cell('# reckoner-ignore cell-error\nx = (1 +\n     1 / 0)'))).toEqual([]);
    expect(report(cell('x = (1 +\n     1 / 0)  # reckoner-ignore'))).toEqual([]);
  });

  test('silences of a class or loop its first line alone', () => {
    expect(report(cell('# reckoner-ignore cell-error\nclass Tank:\n    x = 1 / 0'))).toEqual(
      [expect.stringMatching(/^error cell-error/), expect.stringMatching(/^hint unused-ignore "cell-error"/)].reverse(),
    );
  });

  test('that silences nothing is removed with its line, or from behind the code', () => {
    const rest = '\n\n`{python} x`\n';
    expect(applyFix(cell('# reckoner-ignore cell-error\nx = 1') + rest, 'Remove the comment')).toBe(
      cell('x = 1') + rest,
    );
    expect(applyFix(cell('x = 1  # reckoner-ignore cell-error') + rest, 'Remove the comment')).toBe(
      cell('x = 1') + rest,
    );
  });

  test('is none within a text', () => {
    expect(report(`${cell('x = "# reckoner-ignore cell-error"')}\n\`{python} x\`\n`)).toEqual([]);
  });
});

test('a comment in a file that the chapter includes may be of use elsewhere', () => {
  const comment = '<!-- reckoner-ignore doubled-unit -->\n\nText.\n';
  expect(report(`${CELL}\n${comment}\n\`{python} load_str\`\n`)).toHaveLength(1);
  expect(report(`${CELL}\n{{< include _ignored.qmd >}}\n\n\`{python} load_str\`\n`)).toEqual([]);
});
