/** A chapter that is closed leaves its findings behind, if the workspace is checked, and nothing else. */
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from '../../server/lsp/start';
import { bundle } from '../support/bundles';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function heap(): Promise<number> {
  await new Promise(resolve => setTimeout(resolve, 50));
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A server in this process and a client of it. */
function connected(script: string) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  serve(
    options =>
      createConnection(
        ProposedFeatures.all,
        new StreamMessageReader(toServer),
        new StreamMessageWriter(toClient),
        options,
      ),
    { script },
  );
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  return client;
}

/** About a megabyte: texts, trees, results. */
function chapter(seed: number): string {
  const parts = Array.from({ length: 60 }, (_, at) => {
    const name = `n${seed}_${at}`;
    return `## Part ${at}\n\n\`\`\`{python}\nclass C${name}:\n    a = ${seed} + ${at}\n    b = list(range(a, a + 100))\n    total_str = f"{sum(b)}"\n${name} = C${name}.total_str\n\`\`\`\n\nSum \`{python} ${name}\` and more words.\n`;
  });
  return parts.join('\n');
}

test('closing chapters gives back what they took', async () => {
  const bundles = await bundle('evaluation');
  const client = connected(bundles.path('evaluation'));
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification('initialized', {});
  const found = new Map<string, () => void>();
  let faults = 0;
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    faults += diagnostics.length;
    found.get(uri)?.();
  });
  const uri = (at: number): string => `untitled:chapter-${at}.qmd`;
  const open = async (at: number): Promise<void> => {
    const done = new Promise<void>(resolve => found.set(uri(at), resolve));
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uri(at), languageId: 'quarto', version: 1, text: chapter(at) },
    });
    await done;
    await client.sendRequest('textDocument/inlayHint', {
      textDocument: { uri: uri(at) },
      range: { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } },
    });
  };
  const close = (at: number) => client.sendNotification('textDocument/didClose', { textDocument: { uri: uri(at) } });
  const series = async (first: number): Promise<{ opened: number; closed: number }> => {
    const before = await heap();
    for (let at = first; at < first + 10; at++) await open(at);
    const opened = (await heap()) - before;
    for (let at = first; at < first + 10; at++) await close(at);
    return { opened, closed: (await heap()) - before };
  };
  await series(0); // fills caches that have limits, and compiles code
  const { opened, closed } = await series(100);
  expect(opened).toBeGreaterThan(4_000_000);
  expect(closed).toBeLessThan(opened / 8);
  expect(faults).toBe(0);
  await client.sendRequest('shutdown');
  client.dispose();
  bundles.remove();
});
