/**
 * The programs that would take a machine, as cells of chapters that are open one after the other: each ends as a finding that
 * says so, another document is answered for meanwhile, and an edit that takes the program out takes effect. A third of them, all
 * with `RECKONER_EXCESS=all`; how long they take and how much is in the tables of `npm run excess`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiagnosticSeverity, type Hover } from 'vscode-languageserver';
import { PROGRAMS } from '../mlsys/excess/programs';
import { cell } from '../support/analysis';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

type Kind = keyof typeof PROGRAMS;

const OTHER = 'untitled:other.qmd';
const EVERY = process.env.RECKONER_EXCESS === 'all' ? 1 : 3;

/** Small, so that what exceeds them does so soon; where nothing is to be exceeded, there is no limit to time. */
const SMALL = { steps: 500_000, milliseconds: 300, bytes: 20_000_000, output: 1_000_000 };
const TIMELESS = { steps: 50_000_000, milliseconds: 1e9, bytes: 400_000_000, output: 1_000_000 };

const NONE = 'none';

/** The findings of programs of each kind, of which each has one. */
const FINDINGS: Readonly<Record<Kind, readonly string[]>> = {
  memory: ['budget-exceeded'],
  work: ['budget-exceeded'],
  // Which of Python's limit and the evaluator's own is met first depends on how well the evaluator is compiled by then, and an
  // evaluation process has a deeper stack than other tests.
  recursion: ['budget-exceeded', 'cell-error', 'unavailable-module', NONE],
  output: ['budget-exceeded'],
  raises: ['cell-error', 'syntax-error', 'budget-exceeded'],
  fast: [NONE],
};

let bundles: Bundles;
let client: TestClient;
let documents = 0;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation');
}, 60_000);
afterAll(() => bundles.remove());

async function hover(): Promise<string> {
  const position = client.position(OTHER, 'x_str`', 1);
  const found = await client.request<Hover>('textDocument/hover', { textDocument: { uri: OTHER }, position });
  return JSON.stringify(found.contents);
}

/** The code of what is found in a chapter of one program, while the other document is hovered over. */
async function codeOf(uri: string, source: string): Promise<string> {
  let isOpening = true;
  const opened = client.open(uri, cell(source)).finally(() => {
    isOpening = false;
  });
  do {
    expect(await hover()).toContain('42');
    await new Promise(resolve => setTimeout(resolve, 10));
  } while (isOpening);
  const found = (await opened).filter(one => one.severity !== DiagnosticSeverity.Hint);
  return [...new Set(found.map(one => one.code))].join(' ') || NONE;
}

async function withoutProgram(uri: string, source: string): Promise<unknown[]> {
  const version = await client.replace(uri, source.trim(), 'x = 1');
  return client.diagnostics(uri, version).then(found => found.map(one => one.message));
}

describe.each(Object.keys(FINDINGS) as Kind[])('%s', kind => {
  const programs = PROGRAMS[kind].filter((_, at) => at % EVERY === 0);
  const ends = kind !== 'fast' && kind !== 'raises';

  beforeAll(async () => {
    client = new TestClient(bundles.path('server'), '--stdio');
    const chapter = { steps: 1e15, milliseconds: 1e15, bytes: 1e15, output: 1e15 };
    const budgets = { ...(ends ? SMALL : TIMELESS), chapter };
    await client.initialize(null, { initializationOptions: { settings: { budgets, workspaceCheck: false } } });
    await client.open(OTHER, `${cell('x_str = f"{40 + 2}"')}\nIt is \`{python} x_str\`.\n`);
  });
  afterAll(async () => {
    expect(await client.close()).toBe(0);
  });

  test('every program ends as it should, and can be taken out', { timeout: 300_000 }, async () => {
    const wrong: string[] = [];
    for (const program of programs) {
      documents++;
      const uri = `untitled:excess-${documents}.qmd`;
      // A program that is done in a moment may have a value that takes long to show.
      const source = kind === 'fast' ? `${program}\ndone = True` : program;
      const code = await codeOf(uri, source);
      if (!FINDINGS[kind].includes(code)) wrong.push(`${code}: ${program.slice(0, 200)}`);
      const left = await withoutProgram(uri, source);
      if (left.length > 0) wrong.push(`${left} after an edit: ${program.slice(0, 200)}`);
      await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }
    expect(wrong).toEqual([]);
    expect(await hover()).toContain('42');
  });
});
