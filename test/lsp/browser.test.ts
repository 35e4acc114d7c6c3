/** The language server as it runs in a browser: in a worker, with files by messages and evaluation in workers of its own. */
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic, Hover, InlayHint } from 'vscode-languageserver';
import { pathOfUri, uriOfPath } from '../../server/files/uri';
import { LIST_FOLDER, OPEN_PREVIEW, type PreviewUpdate, READ_FILE } from '../../server/protocol';
import { browserProgram, startBrowserWorker } from '../support/browserWorker';
import { EditorForTests } from '../support/editorFiles';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: never;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

let program: string;
let session: Session | undefined;

beforeAll(async () => {
  program = await browserProgram();
}, 60_000);
afterEach(() => session?.end());

/** A client that answers what it is asked about files. */
class Session {
  readonly editor: EditorForTests;
  readonly #worker: Worker;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #findings = new Map<string, { readonly version: number; readonly codes: readonly string[] }>();
  #requests = 0;

  constructor(texts: Readonly<Record<string, string>>) {
    this.editor = new EditorForTests(texts);
    this.#worker = startBrowserWorker(program, 'reckoner-server');
    this.#worker.on('message', (message: Message) => void this.#take(message));
    session = this;
  }

  static async start(texts: Readonly<Record<string, string>>, settings: object = {}): Promise<Session> {
    const one = new Session(texts);
    await one.request('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: 'file:///book', name: 'book' }],
      initializationOptions: { script: 'blob:program', settings },
    });
    one.notify('initialized', {});
    return one;
  }

  open(name: string, text: string, version = 1): string {
    const uri = uriOfPath(`/book/${name}`);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'quarto', version, text } });
    return uri;
  }

  change(uri: string, version: number, text: string): void {
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** The codes of the findings of a version. */
  async codes(uri: string, version = 1): Promise<readonly string[]> {
    await expect.poll(() => this.#findings.get(uri)?.version, { timeout: 20_000 }).toBe(version);
    return this.#findings.get(uri)!.codes;
  }

  async hints(uri: string): Promise<readonly unknown[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    return (await this.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range })).map(
      ({ label }) => label,
    );
  }

  async request<R>(method: string, params: object): Promise<R> {
    const id = ++this.#requests;
    const answered = new Promise<Message>(resolve => this.#answers.set(id, resolve));
    this.#worker.postMessage({ jsonrpc: '2.0', id, method, params });
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(error.message);
    return result as R;
  }

  notify(method: string, params: object): void {
    this.#worker.postMessage({ jsonrpc: '2.0', method, params });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #take({ id, method, params, ...rest }: Message): Promise<void> {
    if (method === undefined) this.#answers.get(id!)?.(rest);
    else if (method === 'textDocument/publishDiagnostics') {
      const { uri, version, diagnostics } = params as unknown as {
        uri: string;
        version: number;
        diagnostics: Diagnostic[];
      };
      this.#findings.set(uri, { version, codes: diagnostics.map(({ code }) => String(code)) });
    } else if (id !== undefined) {
      this.#worker.postMessage({ jsonrpc: '2.0', id, result: (await this.#answer(method, params!)) ?? null });
    }
  }

  #answer(method: string, { uri, limit }: { uri: string; limit: number }): Promise<unknown> {
    if (method === LIST_FOLDER) return this.editor.list(pathOfUri(uri)!);
    if (method === READ_FILE) return this.editor.read(pathOfUri(uri)!, limit);
    return Promise.resolve(null);
  }
}

const BOOK = {
  '/book/fleet/__init__.py': '',
  '/book/fleet/rates.py': 'RATE = 2\n',
  '/book/refs.bib': '@book{a, title={A}, author={Ada Lovelace}, year={1843}}\n',
};
const CHAPTER = `---
bibliography: refs.bib
---

\`\`\`{python}
from fleet.rates import RATE
total = 21 * RATE
\`\`\`

It is \`{python} total\`, and $a^2$ [@a].
`;

describe('in a browser', () => {
  test('values, findings and hovers, with a package and a bibliography from the editor', async () => {
    const one = await Session.start(BOOK);
    const uri = one.open('a.qmd', `${CHAPTER}\nOr \`{python} totl\`.\n`);
    expect(await one.codes(uri)).toEqual(['undefined-export']);
    expect(await one.hints(uri)).toEqual(['42', '⚠ no value']);
    const hover = await one.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 9, character: 18 },
    });
    expect(JSON.stringify(hover.contents)).toContain('42');
  });

  test('the preview, with formulas, a list of references, and code in colours', async () => {
    const one = await Session.start(BOOK);
    const uri = one.open('a.qmd', `${CHAPTER}\n\`\`\`js\nconst a = 1;\n\`\`\`\n`);
    expect(await one.codes(uri)).toEqual([]);
    const shown = async () => {
      const { html } = await one.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
      return Object.values(html).join('\n');
    };
    const parts = ['>42</', 'class="katex"', 'Lovelace, Ada', '>const</span>'];
    const missing = async () => {
      const whole = await shown();
      return parts.filter(part => !whole.includes(part));
    };
    await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
  });

  test('a graph is shown as its source', async () => {
    const one = await Session.start(BOOK);
    const uri = one.open('a.qmd', '```{dot}\ndigraph { a -> b }\n```\n');
    await one.codes(uri);
    const { html } = await one.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
    expect(Object.values(html).join('\n')).toContain('Graphviz diagram: shown as source');
  });

  test('a drawing is shown as its source, with a word about that', async () => {
    const one = await Session.start(BOOK);
    const uri = one.open('a.qmd', '```{.tikz}\n\\draw (0,0) -- (1,1);\n```\n');
    await one.codes(uri);
    const { html } = await one.request<PreviewUpdate>(OPEN_PREVIEW, { uri });
    const whole = Object.values(html).join('\n');
    expect(whole).toContain('TikZ drawing: not drawn in a browser; its source');
    expect(whole).toContain('\\draw (0,0) -- (1,1);');
  });

  test('a file that changes is read again', async () => {
    const one = await Session.start(BOOK);
    const uri = one.open('a.qmd', CHAPTER);
    expect(await one.codes(uri)).toEqual([]);
    one.editor.write('/book/fleet/rates.py', 'RATE = 3\n');
    one.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOfPath('/book/fleet/rates.py'), type: 2 }] });
    await expect.poll(() => one.hints(uri), { timeout: 20_000 }).toEqual(['63']);
  });

  test('a cell without end is a finding, and what is typed after it counts', async () => {
    const one = await Session.start(BOOK, { budgets: { milliseconds: 300 } });
    const endless = CHAPTER.replace('total = 21', 'while True: pass\ntotal = 21');
    const uri = one.open('a.qmd', endless);
    expect(await one.codes(uri)).toContain('budget-exceeded');
    one.change(uri, 2, CHAPTER);
    expect(await one.codes(uri, 2)).toEqual([]);
    expect(await one.hints(uri)).toEqual(['42']);
  });

  test('a worker whose cell an edit has overtaken is ended, and another one goes on', async () => {
    const one = await Session.start(BOOK, { budgets: { milliseconds: 600_000, steps: 1e15 } });
    const uri = one.open('a.qmd', CHAPTER.replace('total = 21', 'while True: pass\ntotal = 21'));
    // Until it runs, there is nothing to be ended.
    await expect.poll(() => one.hints(uri), { timeout: 20_000 }).toEqual(['…']);
    one.change(uri, 2, CHAPTER);
    expect(await one.codes(uri, 2)).toEqual([]);
    expect(await one.hints(uri)).toEqual(['42']);
  });
});
