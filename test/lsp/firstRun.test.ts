import { beforeAll, expect, test } from 'vitest';
import { PING, STATUS } from '../../server/protocol';
import type { TestClient } from '../support/languageClient';
import { startServer } from '../support/languageServer';
import type { TestWorkspace } from '../support/workspace';

let workspace: TestWorkspace;
let client: TestClient;
const progress: unknown[] = [];

beforeAll(async () => {
  const { stop, ...server } = await startServer({
    initialize: { capabilities: { window: { workDoneProgress: true } } },
    prepare: ({ client }) => client.connection.onUnhandledProgress(({ value }) => void progress.push(value)),
  });
  ({ client, workspace } = server);
  return stop;
}, 60_000);

test('progress is shown once, until the chapter has its values', async () => {
  const slow = '```{python}\nfor i in range(10 ** 7):\n    pass\n```\n';
  await client.open(workspace.uriOf('slow.qmd'), slow);
  await client.open(workspace.uriOf('other.qmd'), slow.replace('pass', 'i').replace('7', '6'));
  expect(progress).toEqual([
    { kind: 'begin', title: 'Reckoner: evaluating slow.qmd', cancellable: false },
    { kind: 'end' },
  ]);
});

test('the status names modules that are not at hand', async () => {
  const uri = workspace.uriOf('missing.qmd');
  await client.open(uri, '# A\n\n```{python}\nx = 1\nimport frobnicate\n```\n');
  await client.request(PING, null);
  const told = client.notifications.findLast(
    ({ method, params }) => method === STATUS && (params as { uri: string }).uri === uri,
  );
  expect(told!.params).toMatchObject({ missing: [{ module: 'frobnicate', line: 5 }] });
});
