/** Data files of a book as an editor works with them: typed in before they are saved, saved, new, broken. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Hover, InlayHint, LocationLink } from 'vscode-languageserver';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

let workspace: TestWorkspace;
let client: TestClient;

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
  const { stop, ...server } = await startServer({
    files: { 'plant/__init__.py': PACKAGE, 'plant/pump.yaml': 'flow: 40\n' },
  });
  ({ client, workspace } = server);
  await client.open(workspace.uriOf('a.qmd'), CHAPTER);
  return stop;
}, 60_000);

async function hints(): Promise<unknown[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: workspace.uriOf('a.qmd') },
    range,
  });
  return found.map(({ label }) => label);
}

/** Requests are answered from what is there when values take long: they come all the same. */
async function shows(values: readonly string[]): Promise<void> {
  await expect.poll(hints, { timeout: 20_000 }).toEqual(values);
}

function tellChanged(type: number, ...names: string[]): Promise<void> {
  const changes = names.map(name => ({ uri: workspace.uriOf(name), type }));
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

function openData(name: string, text: string): void {
  // Nothing is published for it, so that there is nothing to wait for.
  void client.open(workspace.uriOf(name), text);
}

test('what is typed in a data file shows in the chapter before it is saved, and goes when it is not', async () => {
  await shows(['40', '1']);
  openData('plant/pump.yaml', 'flow: 40\n');
  await client.replace(workspace.uriOf('plant/pump.yaml'), '40', '41');
  await shows(['41', '1']);
  await client.connection.sendNotification('textDocument/didClose', {
    textDocument: { uri: workspace.uriOf('plant/pump.yaml') },
  });
  await shows(['40', '1']);
});

test('a file that is saved, comes or goes on disk shows', async () => {
  workspace.write('plant/pump.yaml', 'flow: 50\n');
  await tellChanged(2, 'plant/pump.yaml');
  await shows(['50', '1']);
  workspace.write('plant/tank.yaml', 'volume: 1\n');
  await tellChanged(1, 'plant/tank.yaml');
  await shows(['50', '2']);
  rmSync(join(workspace.folder, 'plant/tank.yaml'));
  await tellChanged(3, 'plant/tank.yaml');
  await shows(['50', '1']);
});

test('files that no cell has read are left alone', async () => {
  const published = client.published.length;
  openData('other.yaml', 'x: 1\n');
  await client.replace(workspace.uriOf('other.yaml'), '1', '2');
  workspace.write('third.csv', '1\n');
  await tellChanged(1, 'third.csv');
  await shows(['40', '1']);
  expect(client.published.length).toBe(published);
  const hover = client.request('textDocument/hover', {
    textDocument: { uri: workspace.uriOf('other.yaml') },
    position: { line: 0, character: 0 },
  });
  expect(await hover).toBeNull();
});

test('a hover on an attribute tells the line of the data file that it comes from, and its definition is there', async () => {
  workspace.write(
    'plant/model.py',
    'from pydantic import BaseModel\nfrom . import DEVICES\nclass Pump(BaseModel):\n    flow: float\n',
  );
  const text =
    '```{python}\nfrom plant.model import DEVICES, Pump\nPUMP = Pump(**DEVICES["pump"])\n```\n\nIt flows at `{python} PUMP.flow`.\n';
  await client.open(workspace.uriOf('b.qmd'), text);
  const at = {
    textDocument: { uri: workspace.uriOf('b.qmd') },
    position: client.position(workspace.uriOf('b.qmd'), 'PUMP.flow', 6),
  };
  const { contents } = await client.request<Hover>('textDocument/hover', at);
  expect(JSON.stringify(contents)).toContain(
    `from [plant/pump.yaml:1](${workspace.uriOf('plant/pump.yaml')}#L1): \`flow: 40\``,
  );
  const [link] = await client.request<LocationLink[]>('textDocument/definition', at);
  expect(link).toMatchObject({
    targetUri: workspace.uriOf('plant/pump.yaml'),
    targetSelectionRange: { start: { line: 0, character: 6 }, end: { line: 0, character: 8 } },
  });
});
