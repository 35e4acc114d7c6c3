/** What projects, folders and chapters say to Reckoner: what counts, and what is told of what is wrong. */
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationSchema, rulesInTable, settingsSchema } from '../../../scripts/schemas.mjs';
import { RULES } from '../../../server/diagnostics';
import {
  configurationFiles,
  configurationFindings,
  isExcluded,
  reckonerSettings,
} from '../../../server/project/reckonerSettings';
import { report } from '../../support/analysis';
import { filesOf } from '../../support/files';

const CHAPTER = '/book/part/tank.qmd';

const findingsIn = (text: string, path = '/book/.reckoner.yml') =>
  configurationFindings(path, { files: filesOf({ [path.slice('/book/'.length)]: text }), shownAs: 'it' }).map(
    ({ severity, line, column, endColumn, message }) => `${severity} ${line}:${column}-${endColumn} ${message}`,
  );

describe('what counts for a chapter', () => {
  test('is what .reckoner.yml says beside the project, or above it, and before that _quarto.yml', () => {
    const files = filesOf({
      '.reckoner.yml': 'rules: {cell-error: hint, set-order: off}\nguards: [ensure]\nfail-on: info\n',
      'part/_quarto.yml':
        'reckoner:\n  rules: {cell-error: off, doubled-unit: error}\n  guards: [insist]\n  baseline: known.json\n',
    });
    expect(reckonerSettings(CHAPTER, files)).toEqual({
      rules: { 'cell-error': 'hint', 'set-order': 'off', 'doubled-unit': 'error' },
      guards: ['insist', 'ensure'],
      exclude: [],
      packageRoots: [],
      baseline: 'known.json',
      failOn: 'info',
      folder: '/book',
    });
  });

  test('is nothing where nothing is said, and what is of the wrong kind is left out', () => {
    const nothing = { rules: {}, guards: [], exclude: [], baseline: undefined, failOn: undefined };
    expect(reckonerSettings(CHAPTER, filesOf({ 'part/tank.qmd': '' }))).toMatchObject(nothing);
    const text = 'rules: {cell-error: loud}\nguards: 3\nexclude: {a: b}\nbaseline: [x]\nfail-on: never ever\n';
    expect(reckonerSettings(CHAPTER, filesOf({ '.reckoner.yml': text }))).toMatchObject(nothing);
  });

  test('excludes chapters by patterns from its own folder, and all that lies in a folder', () => {
    const files = filesOf({ '.reckoner.yml': 'exclude: [drafts/, "part/*-old.qmd"]\n' });
    const settings = reckonerSettings(CHAPTER, files);
    const excluded = ['drafts/a.qmd', 'drafts/b/c.qmd', 'part/tank-old.qmd', 'part/tank.qmd', 'part/drafts/a.qmd'];
    expect(excluded.map(name => isExcluded(`/book/${name}`, settings))).toEqual([true, true, true, false, false]);
  });
});

test('patterns that are made to be hard are told of, and match nothing', () => {
  const hard = ['*a*a*a*a*b', '**/**/**/x', '+(a|aa)+(a|aa)b', '(a|aa)+b', '{a,aa}+b', '[a]+[a]+b'];
  const name = `${'a'.repeat(200)}.qmd`;
  for (const pattern of hard) {
    const text = `exclude: ["${pattern}"]\n`;
    const files = filesOf({ '.reckoner.yml': text });
    expect(isExcluded(`/book/${name}`, reckonerSettings(`/book/${name}`, files))).toBe(false);
    expect(findingsIn(text)).toHaveLength(1);
  }
});

describe('levels in a front matter', () => {
  const chapter = (level: string) =>
    `---\nreckoner:\n  rules:\n    doubled-unit: ${level}\n---\n\n\`\`\`{python}\nload_str = "45%"\n\`\`\`\n\nAt \`{python} load_str\`%.\n`;

  test('count more than the settings', () => {
    expect(report(chapter('off'))).toEqual([]);
    expect(report(chapter('error'), { levels: { 'doubled-unit': 'off' } })).toEqual([
      expect.stringMatching(/^error doubled-unit/),
    ]);
  });

  test('that do not exist are told at their place', () => {
    expect(report(chapter('of'), { levels: { 'doubled-unit': 'off' } })).toEqual([
      'warning invalid-configuration "of": The level of a rule is `off`, `hint`, `info`, `warning` or `error`.',
    ]);
  });
});

describe('what is wrong is told at its line', () => {
  test.each([
    ['rules:\n  cel-error: off\n', 'warning 2:3-12 No rule has the code `cel-error`; did you mean `cell-error`?'],
    [
      'rules:\n  cell-error: loud\n',
      'warning 2:15-19 The level of a rule is `off`, `hint`, `info`, `warning` or `error`.',
    ],
    ['rule: {}\n', 'warning 1:1-5 Reckoner has no setting `rule`; did you mean `rules`?'],
    ['rules: [cell-error]\n', 'warning 1:8-20 `rules` is a mapping from codes of rules to levels.'],
    ['guards: ensure\n', 'warning 1:9-15 `guards` is a list of names of functions.'],
    [
      'exclude: [1]\n',
      'warning 1:10-13 `exclude` is a list of patterns, each with at most 3 wildcards in a name and 2 names that are `**`.',
    ],
    ['package-roots: lib\n', 'warning 1:16-19 `package-roots` is a list of folders.'],
    ['baseline: 1\n', 'warning 1:11-12 `baseline` is the name of a file.'],
    ['fail-on: hint\n', 'warning 1:10-14 `fail-on` is `error`, `warning`, `info` or `never`.'],
    [
      '- rules\n',
      'warning 1:1-1 This is no mapping; the settings are `rules`, `guards`, `exclude`, `package-roots`, `baseline`, `fail-on`.',
    ],
    ['rules: {\n', expect.stringMatching(/^warning \d+:\d+-\d+ This is not valid YAML, so nothing in it counts: /)],
  ])('%j', (text, told) => {
    expect(findingsIn(text)).toEqual([told]);
  });

  test('in the project, under its key alone', () => {
    const text = 'project: {type: book}\nrules: 1\nreckoner:\n  exclud: [a]\n';
    expect(findingsIn(text, '/book/_quarto.yml')).toEqual([
      'warning 4:3-9 Reckoner has no setting `exclud`; did you mean `exclude`?',
    ]);
  });

  test('in a folder, where levels of rules alone count', () => {
    const files = filesOf({
      '_quarto.yml': 'reckoner: {exclude: [a]}\n',
      'part/_metadata.yml': 'reckoner:\n  guards: [ensure]\n  rules: {cell-error: off}\n',
    });
    expect(configurationFiles(CHAPTER, files)).toEqual(['/book/_quarto.yml', '/book/part/_metadata.yml']);
    const [found, ...others] = configurationFindings('/book/part/_metadata.yml', { files, shownAs: 'it' });
    expect(found).toMatchObject({ line: 2, message: '`guards` counts in `.reckoner.yml` and `_quarto.yml` alone.' });
    expect(others).toEqual([]);
  });

  test('at the level that it says itself', () => {
    expect(findingsIn('rules:\n  invalid-configuration: error\n  x: off\n')).toEqual([
      'error 3:3-4 No rule has the code `x`.',
    ]);
    expect(findingsIn('rules:\n  invalid-configuration: off\n  x: off\n')).toEqual([]);
  });

  test('and a file that cannot be read', () => {
    const files = filesOf({ '.reckoner.yml': `# ${'x'.repeat(1_000_001)}\n` });
    expect(configurationFiles(CHAPTER, files)).toEqual(['/book/.reckoner.yml']);
    expect(configurationFindings('/book/.reckoner.yml', { files, shownAs: 'it' })).toMatchObject([
      { line: 1, message: 'This file cannot be read, so nothing in it counts: it is larger than 1 MB.' },
    ]);
  });

  test('and nothing is told of a whole one, or an empty one', () => {
    expect(findingsIn('rules:\n  cell-error: off\nguards: [ensure]\n')).toEqual([]);
    expect(findingsIn('rules:\nguards:\n')).toEqual([]);
    expect(findingsIn('')).toEqual([]);
  });
});

describe('the schemas', () => {
  const check = new Ajv({ strict: true, allowUnionTypes: true });
  const isValid = check.compile(configurationSchema());

  test('know all rules, with their own levels', () => {
    const listed = rulesInTable().map(({ code, level }) => `${code} ${level}`);
    expect(listed.sort()).toEqual(RULES.map(({ code, severity }) => `${code} ${severity}`).sort());
    expect(check.compile(settingsSchema())({ 'reckoner.rules': { 'no-rule': 'off' } })).toBe(false);
  });

  test.each([
    '',
    'rules:\n  cell-error: off\n',
    'guards: [ensure]\nexclude: [drafts]\npackage-roots: [lib]\nbaseline: x.json\nfail-on: never\n',
    'rules: {cel-error: off}',
    'rules: {cell-error: loud}',
    'rule: {}',
    'rules: [cell-error]',
    'guards: ensure',
    'exclude: [1]',
    'package-roots: lib',
    'baseline: 1',
    'fail-on: hint',
  ])('say of %j what the findings say', text => {
    expect(isValid(parse(text))).toBe(findingsIn(text).length === 0);
  });
});
