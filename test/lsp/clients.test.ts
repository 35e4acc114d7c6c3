/** Clients other than VS Code: they offer less, write URIs in other ways, and end without a word. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type InlayHint, type LogMessageParams, MessageType, type RegistrationParams } from 'vscode-languageserver';
import { CHECK_WORKSPACE, OPEN_PREVIEW } from '../../server/protocol';
import { type Bundles, bundle } from '../support/bundles';
import { TestClient } from '../support/languageClient';

const CHAPTER = '```{python}\nfrom tanks import FLOW\n```\n\nIt flows at `{python} FLOW`, not `{python} FLO`.\n';

let bundles: Bundles;
let top: string;
let client: TestClient;

beforeAll(async () => {
  bundles = await bundle('server', 'evaluation', 'typesetter');
}, 60_000);
afterAll(() => bundles.remove());

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'reckoner-clients-')));
  write('one/tanks.py', 'FLOW = 40\n');
  client = new TestClient(bundles.path('server'), '--stdio');
});
afterEach(async () => {
  if (client.process.exitCode === null && client.process.signalCode === null) expect(await client.close()).toBe(0);
  rmSync(top, { recursive: true, force: true });
});

const uriOf = (name: string) => pathToFileURL(join(top, name)).href;

function write(name: string, text: string): void {
  mkdirSync(dirname(join(top, name)), { recursive: true });
  writeFileSync(join(top, name), text);
}

const folders = (...names: string[]) => names.map(name => ({ uri: uriOf(name), name }));

async function hints(uri: string): Promise<unknown[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
  return (found ?? []).map(hint => hint.label);
}

/** What was last published for a document. */
const codes = (uri: string) =>
  client.published
    .filter(one => one.uri === uri)
    .at(-1)
    ?.diagnostics.map(({ code, severity }) => `${code} ${severity}`);

const asked = () => client.requests.map(({ method }) => method);
const registered = () =>
  client.requests
    .filter(({ method }) => method === 'client/registerCapability')
    .flatMap(({ params }) => (params as RegistrationParams).registrations.map(one => one.method));

/** The processes that a process has started, and those that these have started. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name) && parentOf(name) === pid);
  return children.flatMap(child => [Number(child), ...descendants(Number(child))]);
}

function parentOf(pid: string): number | undefined {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function notify(method: string, params: unknown): Promise<void> {
  return client.connection.sendNotification(method, params);
}

describe('what a client has not announced is not asked of it', () => {
  test('a client that announces nothing is asked for nothing', async () => {
    await client.initialize(uriOf('one'), { capabilities: {} });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    await notify('workspace/didChangeConfiguration', {
      settings: { reckoner: { rules: { 'undefined-export': 'off' } } },
    });
    await expect.poll(() => codes(uriOf('one/a.qmd'))).toEqual([]);
    expect(await hints(uriOf('one/a.qmd'))).toEqual(['40', '⚠ no value']);
    expect(asked()).toEqual([]);
    const logged = client.notifications.filter(({ method }) => method === 'window/logMessage');
    expect(logged).toEqual([]);
  });

  test('settings without workspace folders', async () => {
    client.configuration = () => ({ rules: { 'undefined-export': 'hint' } });
    await client.initialize(uriOf('one'), { capabilities: { workspace: { configuration: true } } });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    await expect.poll(() => codes(uriOf('one/a.qmd'))).toEqual(['undefined-export 4']);
    expect(asked()).toEqual(['workspace/configuration']);
  });

  test('what it announces is registered', async () => {
    const workspace = {
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      inlayHint: { refreshSupport: true },
    };
    await client.initialize(uriOf('one'), { capabilities: { workspace } });
    await expect.poll(registered).toEqual(['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles']);
    const [watching] = client.requests
      .filter(({ method }) => method === 'client/registerCapability')
      .flatMap(({ params }) => (params as RegistrationParams).registrations)
      .filter(({ method }) => method === 'workspace/didChangeWatchedFiles');
    expect(watching!.registerOptions).toEqual({
      // Content that changes, and all that comes or goes: of a folder nothing but its own path is told.
      watchers: [
        {
          globPattern:
            '**/*.{qmd,py,ipynb,csl,dot,gv,mmd,mermaid,yaml,yml,json,toml,csv,tsv,txt,cfg,ini,conf,def,dat,units,bib}',
          kind: 2,
        },
        { globPattern: '**/{_quarto.yml.local,_quarto.yaml.local,_environment,_environment.local}', kind: 2 },
        { globPattern: '**', kind: 5 },
      ],
    });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    expect((await hints(uriOf('one/a.qmd')))[0]).toBe('40');
    write('one/tanks.py', 'FLOW = 41\n');
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('one/tanks.py'), type: 2 }] });
    await expect.poll(() => hints(uriOf('one/a.qmd'))).toEqual(['41', '⚠ no value']);
    await expect.poll(asked).toContain('workspace/inlayHint/refresh');
  });

  test('a client that refuses what it announced is served nevertheless', async () => {
    client.connection.onRequest('client/registerCapability', () => {
      throw new Error('no');
    });
    client.connection.onRequest('workspace/configuration', () => {
      throw new Error('no');
    });
    const workspace = { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } };
    await client.initialize(uriOf('one'), { capabilities: { workspace } });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    expect((await hints(uriOf('one/a.qmd')))[0]).toBe('40');
    const warnings = () =>
      client.notifications
        .filter(({ method }) => method === 'window/logMessage')
        .map(({ params }) => params as LogMessageParams)
        .filter(({ type }) => type === MessageType.Warning)
        .map(({ message }) => message);
    await expect
      .poll(warnings)
      .toEqual([
        expect.stringMatching(/^The client does not (tell|register)/),
        expect.stringMatching(/^The client does not (tell|register)/),
      ]);
  });
});

describe('settings hold for the folder that has them', () => {
  const capabilities = { workspace: { configuration: true, workspaceFolders: true } };

  beforeEach(() => {
    write('two/tanks.py', 'FLOW = 50\n');
    write('two/lib/extra.py', 'FLOW = 60\n');
    client.configuration = ({ scopeUri, section }) => {
      if (section !== 'reckoner') return null;
      if (scopeUri !== uriOf('two')) return {};
      return { rules: { 'undefined-export': 'warning' }, packageRoots: ['lib'], inlayHints: { enabled: false } };
    };
  });

  test('rules, package roots and hints', async () => {
    await client.initialize(null, { capabilities, workspaceFolders: folders('one', 'two') });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    await client.open(uriOf('two/a.qmd'), CHAPTER.replace('tanks', 'extra'));
    await expect.poll(() => codes(uriOf('two/a.qmd'))).toEqual(['undefined-export 2']);
    expect(codes(uriOf('one/a.qmd'))).toEqual(['undefined-export 1']);
    expect(await hints(uriOf('one/a.qmd'))).toEqual(['40', '⚠ no value']);
    expect(await hints(uriOf('two/a.qmd'))).toEqual([]);
    // They change.
    client.configuration = ({ scopeUri }) =>
      scopeUri === uriOf('one') ? { rules: { 'undefined-export': 'off' } } : {};
    await notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(() => codes(uriOf('one/a.qmd'))).toEqual([]);
    await expect.poll(() => codes(uriOf('two/a.qmd'))).toContain('undefined-export 1');
  });

  test('chapters that are not open are checked with them', async () => {
    write('one/b.qmd', CHAPTER);
    write('two/b.qmd', CHAPTER.replace('tanks', 'extra'));
    write('two/in/c.qmd', CHAPTER.replace('tanks', 'extra'));
    await client.initialize(null, { capabilities, workspaceFolders: folders('one', 'two', 'two/in') });
    await expect.poll(() => asked()).toContain('workspace/configuration');
    await notify('initialized', {});
    await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
    await expect.poll(() => codes(uriOf('one/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    await expect.poll(() => codes(uriOf('two/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 2']);
    // The inner folder does not have the outer one's setting.
    await expect.poll(() => codes(uriOf('two/in/c.qmd')), { timeout: 15_000 }).toContain('undefined-export 1');
  }, 60_000);

  test('folders come and go, with the findings of their chapters', async () => {
    write('one/b.qmd', CHAPTER);
    write('two/b.qmd', CHAPTER);
    await client.initialize(null, { capabilities, workspaceFolders: folders('one') });
    await client.open(uriOf('two/a.qmd'), CHAPTER);
    expect(codes(uriOf('two/a.qmd'))).toEqual(['undefined-export 1']);
    await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
    await expect.poll(() => codes(uriOf('one/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    expect(codes(uriOf('two/b.qmd'))).toBeUndefined();
    await notify('workspace/didChangeWorkspaceFolders', { event: { added: folders('two'), removed: folders('one') } });
    await expect.poll(() => codes(uriOf('two/a.qmd'))).toEqual(['undefined-export 2']);
    await expect.poll(() => codes(uriOf('one/b.qmd'))).toEqual([]);
    await expect.poll(() => codes(uriOf('two/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 2']);
  }, 60_000);
});

describe('files', () => {
  test('one document has one name, however it is written', async () => {
    const name = 'one/a+b: c.qmd';
    write(name, CHAPTER);
    await client.initialize(uriOf('one'));
    const uri = `file://${encodeURI(top)}/one/a%2Bb%3A%20c.qmd`;
    await client.open(uri, CHAPTER.replace('FLO`', 'FLOW`'));
    const other = `file://${encodeURI(top)}/one/a+b:%20c.qmd`;
    expect(await hints(other)).toEqual(['40', '40']);
    await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
    write('one/last.qmd', CHAPTER);
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('one/last.qmd'), type: 1 }] });
    await expect.poll(() => codes(uriOf('one/last.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    // The text on disk has a finding; the open one has not, also once it has been checked again beside the new chapter.
    const told = client.published.filter(one => /a(\+|%2B)b/.test(one.uri)).map(one => one.diagnostics);
    expect(told.length).toBeGreaterThan(0);
    expect(told.flat()).toEqual([]);
  }, 30_000);

  test('what cannot be read is told, and taken back', async () => {
    writeFileSync(join(top, 'private.bib'), '@book{secret}');
    symlinkSync('../private.bib', join(top, 'one/own.bib'));
    const uri = uriOf('one/a.qmd');
    await client.initialize(uriOf('one'));
    const [finding] = await client.open(uri, '---\nbibliography: own.bib\n---\n\nText.\n');
    expect(finding).toMatchObject({
      code: 'unreadable-file',
      message: `The bibliography \`own.bib\` cannot be read: lies outside the workspace (${join(top, 'one')}), where nothing is read.`,
      range: { start: { line: 1, character: 14 }, end: { line: 1, character: 21 } },
    });
    rmSync(join(top, 'one/own.bib'));
    write('one/own.bib', '@book{a}');
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('one/own.bib'), type: 2 }] });
    await expect.poll(() => codes(uri)).toEqual([]);
  });

  test.each(['own.json', 'own.yaml', 'refs/own.bib'])(
    'a bibliography comes and goes: %s',
    async name => {
      const chapter = `---\nbibliography: ${name}\n---\n\nText.\n`;
      write('one/closed.qmd', chapter);
      write('one/refs/other.bib', '');
      const [open, closed] = [uriOf('one/open.qmd'), uriOf('one/closed.qmd')];
      const tell = (path: string, type: number) =>
        notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(path), type }] });
      await client.initialize(uriOf('one'));
      await client.open(open, chapter);
      await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
      await expect.poll(() => codes(closed), { timeout: 15_000 }).toEqual(['missing-file 1']);
      expect(codes(open)).toEqual(['missing-file 1']);
      write(`one/${name}`, '');
      await tell(`one/${name}`, 1);
      await expect.poll(() => codes(open)).toEqual([]);
      await expect.poll(() => codes(closed), { timeout: 15_000 }).toEqual([]);
      rmSync(join(top, 'one', name.split('/')[0]!), { recursive: true });
      await tell(`one/${name.split('/')[0]}`, 3);
      await expect.poll(() => codes(open)).toEqual(['missing-file 1']);
      await expect.poll(() => codes(closed), { timeout: 15_000 }).toEqual(['missing-file 1']);
    },
    60_000,
  );

  test('a file that no chapter names is nothing to a chapter', async () => {
    await client.initialize(uriOf('one'));
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    const published = client.published.length;
    for (const name of ['one/data.json', 'one/_freeze/a.json', 'one/a.txt', 'one/sub/b.yaml']) {
      write(name, '{}');
      await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(name), type: 1 }] });
    }
    expect(await hints(uriOf('one/a.qmd'))).toEqual(['40', '⚠ no value']);
    expect(client.published.length).toBe(published);
  });

  test('a folder that goes or moves takes the findings of its chapters along', async () => {
    write('one/parts/tanks.py', 'FLOW = 40\n');
    write('one/parts/b.qmd', CHAPTER);
    await client.initialize(uriOf('one'));
    await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
    await expect.poll(() => codes(uriOf('one/parts/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    renameSync(join(top, 'one/parts'), join(top, 'one/chapters'));
    const moved = [
      { uri: uriOf('one/parts'), type: 3 },
      { uri: uriOf('one/chapters'), type: 1 },
    ];
    await notify('workspace/didChangeWatchedFiles', { changes: moved });
    await expect.poll(() => codes(uriOf('one/parts/b.qmd')), { timeout: 15_000 }).toEqual([]);
    await expect.poll(() => codes(uriOf('one/chapters/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    rmSync(join(top, 'one/chapters'), { recursive: true });
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('one/chapters'), type: 3 }] });
    await expect.poll(() => codes(uriOf('one/chapters/b.qmd')), { timeout: 15_000 }).toEqual([]);
  }, 60_000);

  test('a chapter that cannot be read has that as its finding, and the others are checked', async () => {
    writeFileSync(join(top, 'secret.qmd'), CHAPTER);
    symlinkSync('../secret.qmd', join(top, 'one/a.qmd'));
    write('one/b.qmd', CHAPTER);
    await client.initialize(uriOf('one'));
    await client.request('workspace/executeCommand', { command: CHECK_WORKSPACE });
    await expect.poll(() => codes(uriOf('one/b.qmd')), { timeout: 15_000 }).toEqual(['undefined-export 1']);
    expect(codes(uriOf('one/a.qmd'))).toEqual(['unreadable-file 1']);
    rmSync(join(top, 'one/a.qmd'));
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('one/a.qmd'), type: 3 }] });
    await expect.poll(() => codes(uriOf('one/a.qmd')), { timeout: 15_000 }).toEqual([]);
  }, 60_000);
});

describe('the server ends', () => {
  test('when its input is closed, in the middle of a cell too', async () => {
    await client.initialize(uriOf('one'));
    await notify('textDocument/didOpen', {
      textDocument: {
        uri: uriOf('one/a.qmd'),
        languageId: 'quarto',
        version: 1,
        text: '```{python}\nwhile True: pass\n```\n',
      },
    });
    const exited = once(client.process, 'exit');
    client.process.stdin!.end();
    expect(await exited).toEqual([1, null]);
  }, 20_000);

  test.runIf(process.platform === 'linux').each(['SIGKILL', 'closed input'])(
    'with all processes that it has started: %s',
    async how => {
      await client.initialize(uriOf('one'));
      const endless = '```{python}\nwhile True: pass\n```\n';
      await client.open(uriOf('one/a.qmd'), `${CHAPTER}\nA formula: $a^2$.\n`);
      await client.request(OPEN_PREVIEW, { uri: uriOf('one/a.qmd') });
      await notify('textDocument/didOpen', {
        textDocument: { uri: uriOf('one/b.qmd'), languageId: 'quarto', version: 1, text: endless },
      });
      await hints(uriOf('one/b.qmd'));
      const started = descendants(client.process.pid!);
      expect(started).not.toEqual([]);
      const exited = once(client.process, 'exit');
      if (how === 'SIGKILL') client.process.kill('SIGKILL');
      else client.process.stdin!.end();
      await exited;
      await expect.poll(() => started.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    },
    30_000,
  );

  test('when its client is gone, although somebody holds its input open', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await client.initialize(uriOf('one'), { processId: other.pid });
    await client.open(uriOf('one/a.qmd'), CHAPTER);
    const exited = once(client.process, 'exit');
    other.kill('SIGKILL');
    expect(await exited).toEqual([1, null]);
  }, 20_000);
});
