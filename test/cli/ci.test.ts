/** What runs Reckoner elsewhere: the action, the hooks, and the workflows that docs/ci.md shows. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { CommandLine } from '../support/commandLine';

// A busy machine starts processes slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(read('action.yml')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

let line: CommandLine;

beforeAll(async () => {
  line = await CommandLine.make({
    'good.qmd': '```{python}\nx_str = "1"\n```\n\nOne is `{python} x_str`.\n',
    'bad one.qmd': '```{python}\nx_str = "1"\n```\n\nOne is `{python} x_st`.\n',
    'action/README': '',
  });
  symlinkSync(line.programFolder, join(line.workspace.folder, 'action', 'dist'));
  mkdirSync(join(line.workspace.folder, 'out'));
});
afterAll(() => line.remove());

/** Runs the last step of the action as a runner does, with these inputs. */
function act(inputs: Readonly<Record<string, string>>) {
  const { run, env = {} } = action.runs.steps.at(-1)!;
  const values = Object.entries(env).map(([name, text]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)![1]!;
    return [name, inputs[input] ?? action.inputs[input]!.default];
  });
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run!], {
    cwd: line.workspace.folder,
    env: { ...line.env, ...Object.fromEntries(values), GITHUB_ACTION_PATH: join(line.workspace.folder, 'action') },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const isPosix = process.platform !== 'win32';

describe.runIf(isPosix)('the action', () => {
  test('annotates what it finds, and fails', () => {
    const { status, stdout } = act({ paths: 'good.qmd\nbad one.qmd\n' });
    expect(stdout).toMatch(/^::error file=bad one\.qmd,line=5,/);
    expect(status).toBe(1);
  });

  test('passes where nothing fails, and writes the files that are asked for first', () => {
    expect(act({ paths: 'good.qmd' })).toMatchObject({ status: 0, stdout: '' });
    const files = { 'sarif-file': 'out/x.sarif', 'junit-file': 'out/x.xml' };
    expect(act({ paths: '.', 'fail-on': 'never', ...files }).status).toBe(0);
    const out = (name: string) => readFileSync(join(line.workspace.folder, 'out', name), 'utf8');
    expect(JSON.parse(out('x.sarif')).runs[0].results).toHaveLength(1);
    expect(out('x.xml')).toContain('failures="1"');
    expect(act({ paths: '.', ...files }).status).toBe(1);
  });

  test('takes a name that looks like an option for a name', () => {
    expect(act({ paths: '--fix' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--fix: no such file'),
    });
  });

  test('builds with what developers need, in a job for production as well', () => {
    const built = action.runs.steps.find(({ run }) => run?.includes('npm ci') === true);
    expect(built!.run).toContain('--include=dev');
  });

  test('hands inputs on as variables alone, never as text of a script', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });
});

test('the hooks start the command of the package', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as Readonly<Record<string, string>>[];
  const { bin } = JSON.parse(read('package.json'));
  expect(hooks.map(({ id, entry }) => [id, entry])).toEqual([
    ['reckoner-check', 'reckoner check'],
    ['reckoner-fix', 'reckoner check --fix'],
  ]);
  expect(Object.keys(bin)).toEqual(['reckoner']);
  for (const { files, exclude } of hooks) {
    const isTaken = (name: string) => new RegExp(files!).test(name) && !new RegExp(exclude!).test(name);
    expect(['a.qmd', 'b/c.qmd', '_a.qmd', 'b/_a.qmd', 'a.md'].filter(isTaken)).toEqual(['a.qmd', 'b/c.qmd']);
  }
});

describe('docs/ci.md', () => {
  const text = read('docs/ci.md');
  const blocks = Array.from(text.matchAll(/```yaml\n([\s\S]*?)```/g), ([, block]) => parse(block!));

  test('shows a workflow that gives the action inputs that it has', () => {
    const steps: Step[] = blocks[0].jobs.check.steps;
    const used = steps.find(step => step.uses?.startsWith('OWNER/reckoner'))!;
    for (const input of Object.keys(used.with!)) expect(Object.keys(action.inputs)).toContain(input);
    for (const input of Object.keys(action.inputs)) expect(text).toContain(`\`${input}\``);
  });

  test('shows commands whose options there are', () => {
    const help = line.run('check', '--help').stdout;
    const commands = text.matchAll(/(?:reckoner|cli\.js) check[^`\n|>]*/g);
    const options = Array.from(commands, ([command]) => command.match(/--[\w-]+/g) ?? []).flat();
    expect(options.length).toBeGreaterThan(3);
    for (const option of options) expect(help).toContain(option);
  });

  test('shows a hook that there is', () => {
    const ids = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id);
    expect(ids).toContain(blocks.at(-1).repos[0].hooks[0].id);
  });
});
