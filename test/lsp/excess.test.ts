/** Whatever a cell does, the server answers for other documents, and tells what became of the cell. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { cell } from '../support/analysis';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';

const OTHER = 'untitled:other.qmd';

let client: TestClient;
let documents = 0;

beforeAll(async () => {
  // Time is short, so that the endless end soon; memory is not, so that the process has to be watched.
  const chapter = { steps: 1e15, milliseconds: 1e15, bytes: 1e15, output: 1e15 };
  const budgets = { steps: 1e15, milliseconds: 1500, bytes: 1e15, output: 1e15, chapter };
  const { stop, ...server } = await startServer({
    hasFolder: false,
    initialize: { initializationOptions: { settings: { budgets, workspaceCheck: false } } },
  });
  ({ client } = server);
  await client.open(OTHER, `${cell('x_str = f"{40 + 2}"')}\nIt is \`{python} x_str\`.\n`);
  return stop;
}, 60_000);

async function hover(): Promise<string> {
  const found = await client.request<Hover>('textDocument/hover', {
    textDocument: { uri: OTHER },
    position: client.position(OTHER, 'x_str`', 1),
  });
  return JSON.stringify(found.contents);
}

/** Opens a chapter with this cell and hovers in the other one until its findings are there. */
async function findingsOf(code: string): Promise<{ codes: unknown[]; messages: string[]; hovers: number }> {
  documents++;
  let done = false;
  let hovers = 0;
  const opened = client.open(`untitled:excess-${documents}.qmd`, cell(code)).finally(() => {
    done = true;
  });
  while (!done) {
    expect(await hover()).toContain('42');
    hovers++;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  const findings = await opened;
  return { codes: findings.map(one => one.code), messages: findings.map(one => String(one.message)), hovers };
}

describe('other documents are answered while a cell', () => {
  test.each([
    ['never ends', 'while True: pass'],
    ['makes a product without end', 'import itertools\nx = list(itertools.product(range(10), repeat=12))'],
    ['doubles a list', 'x = [0]\nwhile True: x = x + x'],
    ['keeps texts', 'x = []\nwhile True: x.append(str(len(x)) * 1000)'],
    ['keeps arrays', 'import numpy as np\nx = []\nwhile True: x.append(np.ones(10**6))'],
    ['fills a dictionary', 'x = {}\nwhile True: x[len(x)] = [len(x)] * 50'],
    ['asks for one huge list', 'x = [[]] * 10**8'],
    ['computes with huge numbers', 'x = 3 ** (10**6)\nwhile True: x = x * x'],
    [
      'draws too much',
      'import matplotlib.pyplot as plt\nplt.barh(["a" * 1000 + str(i) for i in range(10**5)], range(10**5))\nwhile True: pass',
    ],
    ['looks for a pattern without end', 'import re\nre.match("(a*)*b", "a" * 10**4)'],
  ])('%s', async (_, code) => {
    const { codes, hovers } = await findingsOf(code);
    expect(codes).toEqual(['budget-exceeded']);
    expect(hovers).toBeGreaterThan(1);
  });
});

test('a message of any length is cut', async () => {
  const { messages } = await findingsOf('raise ValueError("a" * 10**7)');
  expect(messages).toEqual([expect.stringMatching(/^ValueError: a{100}/)]);
  expect(messages[0]!.length).toBeLessThan(3000);
});

test('an edit of an endless cell takes effect', async () => {
  const uri = 'untitled:edited.qmd';
  const opened = client.open(uri, `${cell('n = 0\nwhile True: n += 1')}\n\`{python} nope\`\n`);
  await new Promise(resolve => setTimeout(resolve, 300));
  const version = await client.replace(uri, 'True', 'n < 3');
  const findings = await client.diagnostics(uri, version);
  expect(findings.map(one => one.code)).toEqual(['undefined-export']);
  void opened;
});
