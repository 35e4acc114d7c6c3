import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../server/version';
import { CommandLine } from '../support/commandLine';

const GOOD =
  '```{python}\n#| label: tank\nhours_str = f"{24000 / 40 / 60:.1f}"\n```\n\nIt takes `{python} hours_str` hours.\n';
const BAD = GOOD.replace('{python} hours_str', '{python} hours_st');

let line: CommandLine;
let folder: string;

beforeAll(async () => {
  line = await CommandLine.make({ 'good.qmd': GOOD, 'bad.qmd': BAD, 'binary.qmd.bin': '\x01\0\x02\0' });
  ({ folder } = line.workspace);
}, 60_000);
afterAll(() => line.remove());

test('nothing of a chapter steers the terminal', () => {
  const code = 'x = "\\x1b[2J\\u202eab\\tc"\nraise ValueError("\\x1b]0;title\\x07")';
  writeFileSync(
    join(folder, 'hostile.qmd'),
    `\`\`\`{python}\n${code}\n\`\`\`\n\n\`{python} x\` \`{python} "\x1b[1m" + y\`\n`,
  );
  for (const command of ['values', 'check']) {
    const { stdout } = line.run(command, 'hostile.qmd');
    expect(stdout).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(stdout).toContain('\\x1b]0;title\\x07');
  }
  expect(line.run('values', 'hostile.qmd').stdout).toContain('\\x1b[2J\\u202eab\\tc');
  rmSync(join(folder, 'hostile.qmd'));
});

describe('values', () => {
  test('says why cells did not run', () => {
    const file = join(folder, 'knitr.qmd');
    writeFileSync(file, '```{r}\nx <- 1\n```\n\n```{python}\nx = 1\n```\n');
    const { stdout } = line.run('values', 'knitr.qmd');
    rmSync(file);
    expect(stdout).toMatch(/not run \(engine knitr\)/);
  });

  test('as JSON have the documented shape', () => {
    const { status, stdout } = line.run('values', 'good.qmd', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: 'good.qmd',
      cells: [{ index: 0, label: 'tank', line: 1, ok: true, checks: { passed: 0, failed: 0 } }],
      refs: [{ line: 6, column: 10, expr: 'hours_str', ok: true, value: '10.0' }],
    });
  });

  test('tell the error of a reference', () => {
    const { stdout } = line.run('values', 'bad.qmd', '--format', 'json');
    expect(JSON.parse(stdout).refs).toEqual([
      {
        line: 6,
        column: 10,
        expr: 'hours_st',
        ok: false,
        error: { type: 'NameError', message: "name 'hours_st' is not defined" },
      },
    ]);
  });

  test('as text and as CSV', () => {
    expect(line.run('values', 'good.qmd').stdout).toContain('1 of 1 references have a value; 0 of 1 cells failed.');
    expect(line.run('values', 'good.qmd', '--format', 'csv').stdout).toBe(
      'line,column,expr,ok,value,error,message\n6,10,hours_str,true,10.0,,\n',
    );
  });
});

describe('check', () => {
  test('ends with 0 for a clean chapter and with 1 for findings', () => {
    expect(line.run('check', 'good.qmd')).toMatchObject({ status: 0, stdout: 'No findings in 1 file.\n' });
    expect(line.run('check', 'bad.qmd').status).toBe(1);
  });

  test('as JSON: places from 1, fixes with their edits, a summary', () => {
    const { findings, summary } = JSON.parse(line.run('check', '.', '--format', 'json').stdout);
    expect(findings).toMatchObject([
      {
        file: 'bad.qmd',
        line: 6,
        column: 20,
        endLine: 6,
        endColumn: 28,
        severity: 'error',
        code: 'undefined-export',
        fixes: [{ title: 'Use `hours_str`', edits: [{ line: 6, column: 20, newText: 'hours_str' }] }],
      },
    ]);
    expect(summary).toMatchObject({ files: 2, error: 1, warning: 0 });
  });

  test('says the same from the cache, with threads and without either', () => {
    for (let at = 0; at < 4; at++) writeFileSync(join(folder, `more-${at}.qmd`), BAD);
    const cold = line.run('check', '.', '--no-cache', '--jobs', '1', '--format', 'json').stdout;
    expect(JSON.parse(cold).findings).toHaveLength(5);
    expect(line.run('check', '.', '--no-cache', '--jobs', '3', '--format', 'json').stdout).toBe(cold);
    expect(line.run('check', '.', '--format', 'json').stdout).toBe(cold);
    expect(line.run('check', '.', '--format', 'json').stdout).toBe(cold);
  });

  test('as GitHub commands and as SARIF', () => {
    expect(line.run('check', 'bad.qmd', '--format', 'github').stdout).toMatch(
      /^::error file=bad.qmd,line=6,endLine=6,col=20,endColumn=28,title=undefined-export::/,
    );
    const log = JSON.parse(line.run('check', 'bad.qmd', '--format', 'sarif').stdout);
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'undefined-export', level: 'error' }] }],
    });
  });

  test('--fix writes the preferred fixes', () => {
    mkdirSync(join(folder, 'fix'));
    const file = join(folder, 'fix', 'bad.qmd');
    writeFileSync(file, BAD);
    expect(line.run('check', '--fix', file)).toMatchObject({ status: 0 });
    expect(readFileSync(file, 'utf8')).toBe(GOOD);
  });
});

describe('run and eval', () => {
  test('run prints what the file prints; 1 after an exception', () => {
    writeFileSync(join(folder, 'script.py'), 'print(sum(range(4)))\n1 / 0\n');
    const { status, stdout, stderr } = line.run('run', 'script.py');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '6\n' });
    expect(stderr).toMatch(/ZeroDivisionError: division by zero\n$/);
  });

  test('recursion goes as deep as in Python, through loops, managers and handlers', () => {
    const script = [
      'class Manager:',
      '    def __enter__(self): return self',
      '    def __exit__(self, *details): return False',
      'def f(n):',
      '    try:',
      '        for i in [1]:',
      '            for j in range(1):',
      '                with Manager() as m:',
      '                    try:',
      '                        while True:',
      '                            if n: return 1 + f(n - 1)',
      '                            return 0',
      '                    finally: pass',
      '    except ValueError: pass',
      'print(f(2900))',
      'try: f(-1)',
      'except RecursionError as e: print(e)',
    ];
    writeFileSync(join(folder, 'deep.py'), script.join('\n'));
    const { status, stdout } = line.run('run', 'deep.py');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '2900\nmaximum recursion depth exceeded\n' });

    writeFileSync(
      join(folder, 'deep.qmd'),
      `\`\`\`{python}\n${script.join('\n')}\nx = f(2900)\n\`\`\`\n\n\`{python} x\`\n`,
    );
    const values = JSON.parse(line.run('values', 'deep.qmd', '--format', 'json').stdout);
    expect(values.refs[0].value).toBe('2900');
    // Two chapters go to worker threads.
    const checked = line.run('check', '--no-cache', '--jobs', '2', 'deep.qmd', 'good.qmd');
    expect({ status: checked.status, stdout: checked.stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('2'),
    });
  });

  test('eval answers line by line', () => {
    const input = '{"id": 1, "setup": "import math", "expr": "math.sqrt(2)"}\n{"id": 2, "expr": "1 / 0"}\n';
    const lines = line
      .feed(input, 'eval', '--jsonl')
      .stdout.trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines).toEqual([
      { id: 1, repr: '1.4142135623730951', type: 'float' },
      { id: 2, error: 'ZeroDivisionError', message: 'division by zero' },
    ]);
  });

  test('eval refuses what is not JSON', () => {
    expect(line.feed('nonsense\n', 'eval', '--jsonl')).toMatchObject({
      status: 2,
      stderr: 'reckoner: line 1 of the input is not JSON\n',
    });
  });
});

describe('packages', () => {
  const files: Readonly<Record<string, string>> = {
    '.git/HEAD': '',
    'lib/flows.py': 'FLOW = 40  # litres a minute\n',
    'tools/own/pump.py': 'def fail():\n    return 1 / 0\n',
    'book/_quarto.yml': 'project:\n  type: book\n',
    'book/one/tank.qmd': '```{python}\nfrom lib.flows import FLOW\n```\n\nIt flows at `{python} FLOW`.\n',
    'book/one/extra.qmd': '```{python}\nfrom flows import FLOW\n```\n\nIt flows at `{python} FLOW`.\n',
    'book/one/fails.py': 'import pump\npump.fail()\n',
    'away/x.py': '',
  };
  let work: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'reckoner-packages-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      writeFileSync(join(work, name), text);
    }
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('are found up to the repository around the chapter, or up to --root', () => {
    expect(line.runIn(join(work, 'book/one'), 'values', 'tank.qmd').stdout).toMatch(/FLOW +40\n/);
    const narrow = line.runIn(work, 'values', 'book/one/tank.qmd', '--root', 'book');
    expect(narrow.stdout).toContain('unknown: needs lib');
  });

  test('are found in --package-root, by values, check and run', () => {
    const chosen = ['--package-root', 'lib', '--package-root', 'tools/own'];
    expect(line.runIn(work, 'values', 'book/one/extra.qmd', ...chosen).stdout).toMatch(/FLOW +40\n/);
    expect(line.runIn(work, 'check', 'book/one/extra.qmd').stdout).toMatch(/unavailable-module/);
    expect(line.runIn(work, 'check', 'book/one/extra.qmd', ...chosen).stdout).not.toMatch(/unavailable-module/);
    const { status, stderr } = line.runIn(work, 'run', 'book/one/fails.py', ...chosen);
    expect([status, stderr]).toEqual([
      1,
      [
        'Traceback (most recent call last):',
        '  File "book/one/fails.py", line 2, in <module>',
        '    pump.fail()',
        `  File "${join(work, 'tools/own/pump.py')}", line 2, in fail`,
        '    return 1 / 0',
        'ZeroDivisionError: division by zero',
        '',
      ].join('\n'),
    ]);
  });

  test.each([
    [['--root', 'nowhere'], /^reckoner: --root nowhere: there is no such folder\n$/],
    [['--package-root', 'nowhere'], /^reckoner: --package-root nowhere: there is no such folder \(.+\)\n$/],
    [['--package-root', 'lib/flows.py'], /^reckoner: --package-root lib\/flows.py: it is not a folder \(.+\)\n$/],
    [['--root', 'book', '--package-root', 'away'], /: it lies outside the workspace, where nothing is read \(.+\)\n$/],
  ])('%j is a mistake', (options, message) => {
    const { status, stderr } = line.runIn(work, 'values', 'book/one/tank.qmd', ...options);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('mistakes end with 2 and one clear line', () => {
  test.each([
    [['values', 'missing.qmd'], /missing\.qmd: no such file\n$/],
    [['values', '.'], /is a directory\n$/],
    [['values', 'binary.qmd.bin'], /is a binary file\n$/],
    [['check', 'missing'], /missing: no such file\n$/],
    [['check', '--jobs', '0', '.'], /must be a whole number of at least 1/],
    [['values', 'good.qmd', '--format', 'yaml'], /Allowed choices are text, json, csv/],
    [['nonsense'], /unknown command 'nonsense'/],
  ])('%j', (args, message) => {
    const { status, stderr } = line.run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('--version and --help', () => {
  expect(line.run('--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
  const help = line.run('--help');
  expect(help.status).toBe(0);
  for (const command of ['check', 'values', 'preview', 'run', 'eval', 'lsp']) expect(help.stdout).toContain(command);
});
