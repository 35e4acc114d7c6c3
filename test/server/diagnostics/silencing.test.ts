/** Ignoring a finding at its place, turning its rule off: the finding goes, and no other one comes. */
import { describe, expect, test } from 'vitest';
import { runRules } from '../../../server/diagnostics';
import { applyEdits } from '../../../server/diagnostics/fixes';
import { ignoreHere, levelEdit, turnOffInChapter } from '../../../server/diagnostics/silencing';
import { analyze } from '../../support/analysis';
import { reportedChapters } from '../../support/rulePages';

const codesIn = (text: string): string[] => runRules(analyze(text)).map(({ code }) => code);

describe.each(reportedChapters())('%s', (_, text) => {
  const analysis = analyze(text);
  const before = runRules(analysis);
  const silent = before.filter(({ code }) => code !== 'unused-ignore' && code !== 'invalid-configuration');

  test('a comment silences each of its findings, and is of use', () => {
    for (const finding of silent) {
      const fix = ignoreHere(finding, analysis);
      if (fix === undefined) {
        // Nothing stands above a front matter.
        expect(analysis.chapter.blockAt(finding.range.start)?.kind).toBe('frontMatter');
        continue;
      }
      expect(fix.title).toBe(`Ignore \`${finding.code}\` here, for a reason`);
      const after = codesIn(applyEdits(text, fix.edits));
      expect(after).not.toContain('unused-ignore');
      const left = before.map(({ code }) => code);
      // The comment may silence more than one of a kind.
      for (const code of after) expect(left).toContain(code);
      expect(after.length).toBeLessThan(before.length);
      expect(after.filter(code => code === finding.code).length).toBeLessThan(
        left.filter(code => code === finding.code).length,
      );
    }
  });

  test('its rule can be turned off in the chapter', () => {
    for (const code of new Set(silent.map(finding => finding.code))) {
      const fix = turnOffInChapter(code, analysis.chapter);
      const after = codesIn(applyEdits(text, fix!.edits));
      expect(after.sort()).toEqual(
        before
          .map(one => one.code)
          .filter(one => one !== code)
          .sort(),
      );
    }
  });
});

describe('the comment', () => {
  const ignored = (text: string, code: string): string => {
    const analysis = analyze(text);
    const finding = runRules(analysis).find(one => one.code === code)!;
    return applyEdits(text, ignoreHere(finding, analysis)!.edits);
  };
  const F = '```';

  test('stands above the statement in a cell, with its indentation', () => {
    const cell = (code: string) => `${F}{python}\n${code}\n${F}\n`;
    expect(ignored(cell('class Tank:\n    volume = (1 +\n      1 / 0)'), 'cell-error')).toBe(
      cell('class Tank:\n    # reckoner-ignore cell-error: reason\n    volume = (1 +\n      1 / 0)'),
    );
  });

  test('of an indented cell keeps its indentation', () => {
    const text = `- Tanks\n\n  ${F}{python}\n  x = 1 / 0\n  ${F}\n`;
    const after = ignored(text, 'cell-error');
    expect(codesIn(after)).toEqual([]);
    expect(after).toContain('# reckoner-ignore cell-error: reason');
  });

  test('stands above the block in prose, with the line ends of the chapter', () => {
    expect(ignored('# Tanks\r\n\r\n`{python} x`\r\n\r\n```{python}\r\ny = 1\r\n```\r\n', 'undefined-export')).toContain(
      '# Tanks\r\n\r\n<!-- reckoner-ignore undefined-export: reason -->\r\n\r\n`{python} x`\r\n',
    );
  });

  test.each([
    ['above', ': Load of `{python} load`%\n\n| a |\n|---|\n| b |\n'],
    ['below', '| a |\n|---|\n| b |\n\n: Load of `{python} load`%\n'],
  ])('stands before the table and its caption %s', (_, table) => {
    const text = `${F}{python}\nload = "45%"\n${F}\n\n${table}`;
    const after = ignored(text, 'doubled-unit');
    expect(after).toContain(`-->\n\n${table}`);
    expect(codesIn(after)).toEqual([]);
  });
});

describe('a level in YAML', () => {
  test.each([
    ['an empty file', '', 'rules:\n  cell-error: off\n'],
    ['comments alone', '# Ours\n', '# Ours\nrules:\n  cell-error: off\n'],
    ['other settings', 'guards: [a]\n', 'guards: [a]\nrules:\n  cell-error: off\n'],
    [
      'other rules',
      'rules:\n    x: off # so\n\nguards:\n  - a\n',
      'rules:\n    x: off # so\n    cell-error: off\n\nguards:\n  - a\n',
    ],
    ['the rule itself', 'rules:\n  cell-error: "error"  # no\n', 'rules:\n  cell-error: off  # no\n'],
    ['a rule without a level', 'rules:\n  cell-error:\n', 'rules:\n  cell-error: off\n'],
    ['no rules yet', 'rules:\nguards: [a]\n', 'rules:\n  cell-error: off\nguards: [a]\n'],
    ['braces', 'rules: { x: off }\n', 'rules: { x: off, cell-error: off }\n'],
    ['empty braces', 'rules: {}\n', 'rules: {cell-error: off}\n'],
    ['all in braces', '{guards: [a]}', '{guards: [a], rules: {cell-error: off}}'],
    ['no line end', 'rules:\n  x: off', 'rules:\n  x: off\n  cell-error: off\n'],
    ['Windows line ends', 'rules:\r\n  x: off\r\n', 'rules:\r\n  x: off\r\n  cell-error: off\r\n'],
  ])('beside %s', (_, before, after) => {
    expect(applyEdits(before, [levelEdit(before, 'cell-error', 'off')!])).toBe(after);
  });

  test.each(['rules: [a]\n', 'rules: {\n', '- a\n'])('is not put into %j', text => {
    expect(levelEdit(text, 'cell-error', 'off')).toBeUndefined();
  });

  test('goes into a front matter, or makes one', () => {
    const off = (text: string) => applyEdits(text, turnOffInChapter('cell-error', analyze(text).chapter)!.edits);
    const rules = 'reckoner:\n  rules:\n    cell-error: off\n';
    expect(off('Text.\n')).toBe(`---\n${rules}---\n\nText.\n`);
    expect(off('---\ntitle: Tanks\n---\n\nText.\n')).toBe(`---\ntitle: Tanks\n${rules}---\n\nText.\n`);
    expect(off(off('Text.\n').replace('cell-error', 'set-order'))).toBe(
      `---\nreckoner:\n  rules:\n    set-order: off\n    cell-error: off\n---\n\nText.\n`,
    );
  });
});
