/** Data files of a book as an editor works with them: typed in before they are saved, saved, new, broken. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Hover, InlayHint, LocationLink } from 'vscode-languageserver';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

let bundles: Bundles;
let folder: string;
let client: TestClient;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation');
}, 120_000);
afterAll(() => bundles.remove());

const PACKAGE = `from pathlib import Path
import yaml
HERE = Path(__file__).parent
DEVICES = {p.stem: yaml.safe_load(p.read_text()) for p in sorted(HERE.glob("*.yaml"))}
`;
const CHAPTER = `\`\`\`{python}
from plant import DEVICES
flow = DEVICES["pump"]["flow"]
\`\`\`

It flows at \`{python} flow\`, of \`{python} len(DEVICES)\` devices.
`;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reckoner-data-'));
  write('plant/__init__.py', PACKAGE);
  write('plant/pump.yaml', 'flow: 40\n');
  client = new TestClient(bundles.path('server'), '--stdio');
  await client.initialize(pathToFileURL(folder).href);
  await client.open(uriOf('a.qmd'), CHAPTER);
});
afterEach(async () => {
  expect(await client.close()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function hints(): Promise<unknown[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: uriOf('a.qmd') },
    range,
  });
  return found.map(({ label }) => label);
}

/** Requests are answered from what is there when values take long: they come all the same. */
async function shows(values: readonly string[]): Promise<void> {
  await expect.poll(hints, { timeout: 20_000 }).toEqual(values);
}

function tellChanged(type: number, ...names: string[]): Promise<void> {
  const changes = names.map(name => ({ uri: uriOf(name), type }));
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

function openData(name: string, text: string): void {
  // Nothing is published for it, so that there is nothing to wait for.
  void client.open(uriOf(name), text);
}

test('what is typed in a data file shows in the chapter before it is saved, and goes when it is not', async () => {
  await shows(['40', '1']);
  openData('plant/pump.yaml', 'flow: 40\n');
  await client.replace(uriOf('plant/pump.yaml'), '40', '41');
  await shows(['41', '1']);
  await client.connection.sendNotification('textDocument/didClose', {
    textDocument: { uri: uriOf('plant/pump.yaml') },
  });
  await shows(['40', '1']);
});

test('while a text is not whole, the chapter keeps to the last one that was', async () => {
  openData('plant/pump.yaml', 'flow: 40\n');
  await client.replace(uriOf('plant/pump.yaml'), '40', '41');
  await client.replace(uriOf('plant/pump.yaml'), '41', '[41');
  await shows(['41', '1']);
  await client.replace(uriOf('plant/pump.yaml'), '[41', '[42]');
  await shows(['[42]', '1']);
});

test('a file that is saved, comes or goes on disk shows', async () => {
  write('plant/pump.yaml', 'flow: 50\n');
  await tellChanged(2, 'plant/pump.yaml');
  await shows(['50', '1']);
  write('plant/tank.yaml', 'volume: 1\n');
  await tellChanged(1, 'plant/tank.yaml');
  await shows(['50', '2']);
  rmSync(join(folder, 'plant/tank.yaml'));
  await tellChanged(3, 'plant/tank.yaml');
  await shows(['50', '1']);
});

test('files that no cell has read are left alone', async () => {
  const published = client.published.length;
  openData('other.yaml', 'x: 1\n');
  await client.replace(uriOf('other.yaml'), '1', '2');
  write('third.csv', '1\n');
  await tellChanged(1, 'third.csv');
  await shows(['40', '1']);
  expect(client.published.length).toBe(published);
  const hover = client.request('textDocument/hover', {
    textDocument: { uri: uriOf('other.yaml') },
    position: { line: 0, character: 0 },
  });
  expect(await hover).toBeNull();
});

test('a hover on an attribute tells the line of the data file that it comes from, and its definition is there', async () => {
  write(
    'plant/model.py',
    'from pydantic import BaseModel\nfrom . import DEVICES\nclass Pump(BaseModel):\n    flow: float\n',
  );
  const text =
    '```{python}\nfrom plant.model import DEVICES, Pump\nPUMP = Pump(**DEVICES["pump"])\n```\n\nIt flows at `{python} PUMP.flow`.\n';
  await client.open(uriOf('b.qmd'), text);
  const at = { textDocument: { uri: uriOf('b.qmd') }, position: client.position(uriOf('b.qmd'), 'PUMP.flow', 6) };
  const { contents } = await client.request<Hover>('textDocument/hover', at);
  expect(JSON.stringify(contents)).toContain(`from [plant/pump.yaml:1](${uriOf('plant/pump.yaml')}#L1): \`flow: 40\``);
  const [link] = await client.request<LocationLink[]>('textDocument/definition', at);
  expect(link).toMatchObject({
    targetUri: uriOf('plant/pump.yaml'),
    targetSelectionRange: { start: { line: 0, character: 6 }, end: { line: 0, character: 8 } },
  });
});
