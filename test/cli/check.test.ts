/** `reckoner check`: its formats, what fails, what is known, what has changed. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from 'sarif';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { RULES } from '../../server/diagnostics';
import { CommandLine } from '../support/commandLine';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const F = '```';
const CELL = `${F}{python}\nhours_str = "10"\nload_str = "45%"\n${F}\n\n`;
const GOOD = `${CELL}It takes \`{python} hours_str\` hours at \`{python} load_str\`.\n`;
const ERROR = GOOD.replace('hours_str`', 'hours_st`');
const WARNING = GOOD.replace('load_str`', 'load_str`%');

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make();
});

beforeEach(() => {
  for (const name of ['.reckoner.yml', '.reckoner-baseline.json', 'known.json', 'b.qmd']) line.workspace.delete(name);
  line.workspace.write('a.qmd', ERROR);
});

afterAll(() => line.remove());

const read = (name: string): string => readFileSync(join(line.workspace.folder, name), 'utf8');

/** `a.qmd:6 undefined-export` for each finding. */
function told(...args: readonly string[]): readonly string[] {
  const { stdout } = line.run('check', '--format', 'json', ...args);
  const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number; code: string }[] };
  return findings.map(({ file, line: at, code }) => `${file}:${at} ${code}`);
}

describe('as text', () => {
  test('shows the line with its place, and the fix', () => {
    expect(line.run('check', 'a.qmd')).toEqual({
      status: 1,
      stderr: '',
      stdout: [
        'a.qmd',
        '     6:20  error    `hours_st` is not defined by any cell of this chapter. Did you mean `hours_str`?  undefined-export',
        '                    It takes `{python} hours_st` hours at `{python} load_str`.',
        '                                       ^^^^^^^^',
        '                    fix: Use `hours_str`',
        '',
        '1 error in 1 file.',
        '',
      ].join('\n'),
    });
  });

  test('reads arithmetic with the parser that the program loads on use', () => {
    line.workspace.write('a.qmd', 'With 2 × (3 + 4) = 15 valves.\n');
    expect(told('a.qmd')).toEqual(['a.qmd:1 equation-mismatch']);
  });

  test.each([
    ['of two columns', '水の量は', 8],
    ['that marks make one', 'Cafe\u0301 E\u0301t\u00e9 ', 9],
    ['that are pictures', '👩‍👩‍👧 👍🏽 🇫🇷 ⚠️ ', 12],
    ['that nobody sees', 'in\u200bvi\u00adsible ', 10],
    ['of two columns and half of one', 'ｶﾞｽ 数', 6],
  ])('marks the place behind characters %s', (_, words, columns) => {
    line.workspace.write('a.qmd', `${CELL}${words}\`{python} hours_st\` 時間\n`);
    const [, , text, mark] = line.run('check', '--rule', 'undefined-export', 'a.qmd').stdout.split('\n');
    expect(text!.trim()).toBe(`${words}\`{python} hours_st\` 時間`);
    expect(mark).toBe(`${' '.repeat(20 + columns + '`{python} '.length)}${'^'.repeat('hours_st'.length)}`);
  });

  test('cuts a long line of wide characters between these', () => {
    line.workspace.write('a.qmd', `${CELL}${'水😀'.repeat(60)}\`{python} hours_st\`${'水😀'.repeat(60)}\n`);
    const [, , text, mark] = line.run('check', '--rule', 'undefined-export', 'a.qmd').stdout.split('\n');
    // Forty columns before the place, ten of them `{python}, and as many behind as fit.
    expect(text!.trim()).toBe(`…😀${'水😀'.repeat(7)}\`{python} hours_st\`${'水😀'.repeat(12)}水…`);
    expect(mark).toBe(`${' '.repeat(20 + 1 + 30 + 10)}${'^'.repeat('hours_st'.length)}`);
  });

  test('shows of a long line what is around the place', () => {
    const words = (count: number) => 'one word after the other, '.repeat(count);
    line.workspace.write('a.qmd', `${CELL}${words(9)}takes \`{python} hours_st\` hours; ${words(9)}\n`);
    const [, , text, mark] = line.run('check', 'a.qmd', '--rule', 'undefined-export').stdout.split('\n');
    expect(text).toMatch(/^ {20}….{40}hours_st` hours; .*…$/);
    expect(text!.trim().length).toBeLessThan(110);
    expect(text!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toBe('hours_st');
  });
});

describe('as SARIF', () => {
  test('tells rules with their pages, results with fixes and what names them after edits elsewhere', () => {
    const log = () => JSON.parse(line.run('check', 'a.qmd', '--format', 'sarif').stdout);
    const first = log();
    const { rules } = first.runs[0].tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ code }) => code));
    const rule = rules.find(({ id }: { id: string }) => id === 'undefined-export');
    expect(rule).toMatchObject({
      name: 'UndefinedExport',
      defaultConfiguration: { level: 'error' },
      help: { markdown: expect.stringContaining('# undefined-export\n') },
      properties: { tags: ['quarto', 'fixable'] },
    });
    expect(rule.shortDescription.text).toMatch(/\.$/);
    // Viewers show these texts as they are, and take brackets for links of their own.
    for (const { fullDescription } of rules) expect(fullDescription.text).not.toMatch(/\]\(|(?<![\w`])_\w+_/);
    const [result] = first.runs[0].results;
    expect(result).toMatchObject({
      ruleId: 'undefined-export',
      ruleIndex: rules.indexOf(rule),
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a.qmd', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6, startColumn: 20, endLine: 6, endColumn: 28 },
            contextRegion: {
              startLine: 6,
              snippet: { text: 'It takes `{python} hours_st` hours at `{python} load_str`.' },
            },
          },
        },
      ],
      fixes: [
        {
          description: { text: 'Use `hours_str`' },
          artifactChanges: [
            {
              artifactLocation: { uri: 'a.qmd', uriBaseId: '%SRCROOT%' },
              replacements: [{ insertedContent: { text: 'hours_str' } }],
            },
          ],
        },
      ],
    });
    line.workspace.write('a.qmd', `# Tanks\n\n${ERROR}`);
    const [moved] = log().runs[0].results;
    expect(moved.locations[0].physicalLocation.region.startLine).toBe(8);
    expect(moved.partialFingerprints).toEqual(result.partialFingerprints);
  });

  test('names files from the root of their repository on, wherever it runs', () => {
    onTestFinished(() => rmSync(join(line.workspace.folder, 'repository'), { recursive: true }));
    line.workspace.write('repository/.git/HEAD', '');
    line.workspace.write('repository/book/ä #1.qmd', ERROR);
    const of = (folder: string, ...paths: readonly string[]) =>
      JSON.parse(line.runIn(folder, 'check', ...paths, '--format', 'sarif').stdout).runs[0];
    const inBook = of('repository/book', '.', '../../a.qmd');
    expect(inBook.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `${line.workspace.uriOf('repository')}/` } });
    const files = inBook.results.map((one: Result) => one.locations![0]!.physicalLocation!.artifactLocation);
    expect(files).toHaveLength(2);
    expect(files).toContainEqual({ uri: 'book/%C3%A4%20%231.qmd', uriBaseId: '%SRCROOT%' });
    expect(files).toContainEqual({ uri: line.workspace.uriOf('a.qmd') });
    const prints = ({ results }: { results: Result[] }) =>
      results.map(({ partialFingerprints }) => partialFingerprints);
    expect(prints(inBook)).toEqual(expect.arrayContaining(prints(of('repository', 'book'))));
  });

  test('shows what is around a place where that holds all of it', () => {
    line.workspace.write('a.qmd', `${F}{python}\nx = (1 +\n  "a")\n${F}\n`);
    const [{ results }] = JSON.parse(line.run('check', 'a.qmd', '--format', 'sarif').stdout).runs;
    const [{ physicalLocation: place }] = results.find(({ level }: Result) => level === 'error').locations;
    expect(place.region).toMatchObject({ startLine: 2, endLine: 3 });
    expect(place.contextRegion).toBeUndefined();
  });
});

test('as JUnit: a failing case for a finding, a passing one for a clean file', () => {
  line.workspace.write('b.qmd', GOOD);
  const { stdout } = line.run('check', '.', '--format', 'junit');
  expect(stdout).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="reckoner" tests="2" failures="1">',
      '  <testsuite name="a.qmd" tests="1" failures="1">',
      '    <testcase classname="a.qmd" name="undefined-export at 6:20"><failure type="error" message="`hours_st` is not defined by any cell of this chapter. Did you mean `hours_str`?">a.qmd:6:20 error: `hours_st` is not defined by any cell of this chapter. Did you mean `hours_str`?',
      'fix: Use `hours_str`</failure></testcase>',
      '  </testsuite>',
      '  <testsuite name="b.qmd" tests="1" failures="0">',
      '    <testcase classname="b.qmd" name="no findings"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  );
});

describe('what fails', () => {
  test('is an error, unless the project or --fail-on says otherwise', () => {
    line.workspace.write('a.qmd', WARNING);
    const status = (...args: readonly string[]) => line.run('check', 'a.qmd', ...args).status;
    expect([status(), status('--fail-on', 'warning'), status('--fail-on', 'info')]).toEqual([0, 1, 1]);
    line.workspace.write('.reckoner.yml', 'fail-on: warning\n');
    expect([status(), status('--fail-on', 'error'), status('--fail-on', 'never')]).toEqual([1, 0, 0]);
    line.workspace.write('.reckoner.yml', 'fail-on: warning\nrules: {doubled-unit: off}\n');
    expect(status()).toBe(0);
  });

  test('what is wrong in the configuration is told at its line', () => {
    line.workspace.write('.reckoner.yml', 'rules:\n  undefined-exports: off\n');
    expect(told('a.qmd')).toEqual(['a.qmd:6 undefined-export', '.reckoner.yml:2 invalid-configuration']);
  });

  test('--rule tells of some rules alone, and fixes them alone', () => {
    const both = ERROR.replace('load_str`', 'load_str`%');
    line.workspace.write('a.qmd', both);
    expect(told('a.qmd')).toEqual(['a.qmd:6 undefined-export', 'a.qmd:6 doubled-unit']);
    expect(told('a.qmd', '--rule', 'doubled-unit')).toEqual(['a.qmd:6 doubled-unit']);
    expect(told('a.qmd', '--rule', 'doubled-unit', '--rule', 'undefined-export')).toHaveLength(2);
    line.run('check', 'a.qmd', '--fix', '--rule', 'doubled-unit');
    expect(read('a.qmd')).toBe(ERROR);
  });

  test('chapters that the project excludes are left out, also where they are named', () => {
    line.workspace.write('.reckoner.yml', 'exclude: ["a*.qmd"]\n');
    line.workspace.write('b.qmd', GOOD);
    expect(line.run('check', '.')).toMatchObject({
      status: 0,
      stdout: 'No findings in 1 file.\n',
      stderr: 'reckoner: left out, excluded by the configuration: a.qmd\n',
    });
    expect(line.run('check', 'a.qmd')).toMatchObject({ status: 0, stdout: 'No findings in 0 files.\n' });
  });
});

describe('--diff', () => {
  test('prints what --fix would change, and writes nothing', () => {
    const { status, stdout, stderr } = line.run('check', 'a.qmd', '--fix', '--diff');
    expect(stdout).toContain(
      [
        '--- a/a.qmd',
        '+++ b/a.qmd',
        '@@ -3,4 +3,4 @@',
        ' load_str = "45%"',
        ` ${F}`,
        ' ',
        '-It takes `{python} hours_st` hours at `{python} load_str`.',
        '+It takes `{python} hours_str` hours at `{python} load_str`.',
      ].join('\n'),
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'reckoner: 1 fix in 1 file, not written\n' });
    expect(read('a.qmd')).toBe(ERROR);
    line.workspace.write('patch', stdout);
    execFileSync('git', ['apply', 'patch'], { cwd: line.workspace.folder });
    expect(read('a.qmd')).toBe(GOOD);
  });

  test('of nothing is nothing', () => {
    line.workspace.write('a.qmd', GOOD);
    expect(line.run('check', 'a.qmd', '--diff')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'reckoner: there is nothing to fix\n',
    });
  });
});

describe('a baseline', () => {
  test('keeps what is known quiet while the text elsewhere changes, and tells of what is new', () => {
    const written = line.run('check', '.', '--write-baseline', '--baseline', 'known.json');
    expect(written).toMatchObject({ status: 0, stdout: '' });
    expect(written.stderr).toMatch(/^reckoner: 1 finding written to .*known\.json; name it in/);
    expect(told('.')).toHaveLength(1);
    expect(told('.', '--baseline', 'known.json')).toEqual([]);
    line.workspace.write('a.qmd', `# Tanks\n\nMore words.\n\n${ERROR}`);
    expect(told('.', '--baseline', 'known.json')).toEqual([]);
    // Another place of what is known is told there.
    line.workspace.write('a.qmd', `${ERROR}\nIt takes \`{python} hours_st\` hours at first.\n`);
    expect(told('.', '--baseline', 'known.json')).toEqual(['a.qmd:8 undefined-export']);
    // Once it is known, the first place may be mended.
    line.run('check', '.', '--write-baseline', '--baseline', 'known.json');
    expect(told('.', '--baseline', 'known.json')).toEqual([]);
    line.workspace.write('a.qmd', `${GOOD}\nIt takes \`{python} hours_st\` hours at first.\n`);
    expect(told('.', '--baseline', 'known.json')).toEqual([]);
    line.workspace.write('a.qmd', ERROR);
    line.run('check', '.', '--write-baseline', '--baseline', 'known.json');
    line.workspace.write('a.qmd', `${ERROR}\nIt takes \`{python} hours_sr\` hours at first.\n`);
    expect(told('.', '--baseline', 'known.json')).toEqual(['a.qmd:8 undefined-export']);
  });

  test('counts where the project names it, and is written there; what is gone is told', () => {
    line.workspace.write('.reckoner.yml', 'baseline: .reckoner-baseline.json\n');
    line.workspace.write('b.qmd', ERROR);
    expect(line.run('check', 'a.qmd', '--write-baseline').stderr).toMatch(/^reckoner: 1 finding written to .*json\n$/);
    expect(told('.')).toEqual(['b.qmd:6 undefined-export']);
    line.run('check', 'b.qmd', '--write-baseline');
    expect(line.run('check', '.')).toEqual({ status: 0, stdout: 'No findings in 2 files.\n', stderr: '' });
    line.workspace.write('a.qmd', GOOD);
    expect(line.run('check', '.').stderr).toBe(
      'reckoner: 1 finding of the baseline is gone; --write-baseline takes it out\n',
    );
    line.run('check', '.', '--write-baseline');
    expect(read('.reckoner-baseline.json')).not.toContain('a.qmd');
  });
});

describe('--changed', () => {
  const git = (...args: readonly string[]) => {
    const named = ['-c', 'user.name=A', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...named, ...args], { cwd: line.workspace.folder, stdio: 'ignore' });
  };
  const write = (name: string, text: string) => line.workspace.write(`book/${name}`, text);

  test('checks what differs from where the branch began, and what reads something that does', () => {
    git('init', '-b', 'main', 'book');
    const inBook = (...args: readonly string[]) => git('-C', 'book', ...args);
    for (const name of ['one.qmd', 'two.qmd', 'three.qmd']) write(name, ERROR);
    write('four.qmd', `${F}{python}\nfrom rates import RATE\n${F}\n\n\`{python} RATE\` \`{python} gone\`\n`);
    write('rates.py', 'RATE = 3\n');
    inBook('add', '.');
    inBook('commit', '-m', 'First');
    inBook('checkout', '-b', 'draft');
    write('one.qmd', `# One\n\n${ERROR}`);
    inBook('commit', '-am', 'One');
    inBook('checkout', 'main');
    write('three.qmd', `# Three\n\n${ERROR}`);
    inBook('commit', '-am', 'Three');
    inBook('checkout', 'draft');
    write('two.qmd', `# Two\n\n${ERROR}`);
    write('new one.qmd', ERROR);
    const expected = [
      'book/new one.qmd:6 undefined-export',
      'book/one.qmd:8 undefined-export',
      'book/two.qmd:8 undefined-export',
    ];
    expect(told('book', '--changed', 'main')).toEqual(expected);
    write('rates.py', 'RATE = 4\n');
    expect(told('book', '--changed', 'main')).toEqual(['book/four.qmd:5 undefined-export', ...expected]);
    expect(line.run('check', 'book', '--changed', 'main').stderr).toBe(
      'reckoner: 4 of 5 chapters have changed since main, or what they read\n',
    );
  });

  test('a revision that there is not', () => {
    const { status, stderr } = line.run('check', 'book', '--changed', '--upload-pack=x');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^reckoner: --changed --upload-pack=x: there is no such revision\n$/);
  });
});

test('packages are found in the folders that the project names', () => {
  line.workspace.write('apart/.reckoner.yml', 'package-roots: [code/lib]\n');
  line.workspace.write('apart/.git/HEAD', '');
  line.workspace.write('apart/code/lib/rates.py', 'RATE = 3\n');
  line.workspace.write('apart/part/a.qmd', `${F}{python}\nfrom rates import RATE\n${F}\n\n\`{python} RATE\`\n`);
  expect(told('apart')).toEqual([]);
  line.workspace.write('apart/.reckoner.yml', 'package-roots: [code]\n');
  expect(told('apart')).toEqual(['apart/part/a.qmd:2 unavailable-module']);
});

test('--no-workspace reads nothing beyond the folder of a chapter', () => {
  line.workspace.write('far/.git/HEAD', '');
  line.workspace.write('far/rates.py', 'RATE = 3\n');
  line.workspace.write('far/part/a.qmd', `${F}{python}\nfrom rates import RATE\n${F}\n\n\`{python} RATE\`\n`);
  expect(told('far')).toEqual([]);
  expect(told('far', '--no-workspace')).toEqual(['far/part/a.qmd:2 unavailable-module']);
});

describe('mistakes end with 2 and one clear line', () => {
  test.each([
    [['--rule', 'doubled-units'], /: no rule has the code doubled-units; did you mean doubled-unit\?/],
    [
      ['--rule', 'doubled-unit', '--write-baseline'],
      /--write-baseline writes the findings of all rules; leave out --rule/,
    ],
    [['--watch', '--fix'], /--watch changes nothing; leave out --fix, --diff and --write-baseline/],
    [['--no-workspace', '--root', '.'], /leave out --root and --package-root/],
    [['--baseline', 'missing.json'], /missing\.json: no such file/],
    [['--baseline', 'a.qmd'], /a\.qmd: it is not JSON/],
    [['--fail-on', 'hint'], /Allowed choices are error, warning, info, never/],
  ])('%j', (args, message) => {
    const { status, stderr, stdout } = line.run('check', 'a.qmd', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

test('--watch tells the findings again when a chapter or a package changes', async () => {
  line.workspace.write('seen/a.qmd', `${F}{python}\nfrom rates import RATE\n${F}\n\n\`{python} RATES\`\n`);
  line.workspace.write('seen/rates.py', 'RATE = 3\n');
  const process = line.start('check', 'seen', '--watch');
  let text = '';
  const seen = (pattern: RegExp) => vi.waitFor(() => expect(text).toMatch(pattern), { timeout: 60_000 });
  for (const stream of [process.stdout!, process.stderr!])
    stream.on('data', part => {
      text += String(part);
    });
  try {
    await seen(/1 error, 1 hint in 1 file\.\n[\s\S]*watching for changes/);
    text = '';
    line.workspace.write('seen/a.qmd', `${F}{python}\nfrom rates import RATE\n${F}\n\n\`{python} RATE\`\n`);
    await seen(/No findings in 1 file\.\n[\s\S]*watching for changes/);
    text = '';
    line.workspace.write('seen/rates.py', 'RATES = 3\n');
    await seen(/unknown-import[\s\S]*watching for changes/);
    text = '';
    line.workspace.write('seen/b.qmd', GOOD);
    await seen(/in 2 files\.\n/);
  } finally {
    process.kill();
  }
});
