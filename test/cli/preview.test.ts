/** `reckoner preview` as a browser meets it: over HTTP, from a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PreviewUpdate } from '../../server/protocol';
import { type Bundles, bundle } from '../support/bundles';
import { ShownPage } from '../support/shownPage';
import { picture } from '../support/tikz';

type Message = { type: 'update'; update: PreviewUpdate } | { type: 'unavailable'; reason: string };

const CHAPTER =
  '# Tanks\n\n```{python}\n#| echo: false\nhours = 24000 / 40 / 60\n```\n\nIt takes `{python} hours` hours.\n';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let bundles: Bundles;
let root: string;
let count = 0;
const running: Preview[] = [];

beforeAll(async () => {
  bundles = await bundle('cli', 'evaluation', 'tikz', 'typesetter');
  writeFileSync(join(bundles.folder, 'preview.js'), '// the page’s script');
  writeFileSync(join(bundles.folder, 'preview.css'), '/* its style */');
  root = mkdtempSync(join(tmpdir(), 'reckoner-preview-'));
  writeFileSync(join(root, 'outside.png'), PIXEL);
}, 60_000);

afterEach(async () => {
  await Promise.all(running.splice(0).map(each => each.stop()));
});

afterAll(() => {
  bundles.remove();
  rmSync(root, { recursive: true, force: true });
});

type Asked = RequestOptions & { readonly token?: string };

const environment = () => ({ ...process.env, RECKONER_CACHE: join(root, 'cache') });

class Preview {
  readonly file: string;
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #address: Promise<{ readonly port: number; readonly token: string }>;
  errors = '';

  /** Serves a chapter of a book of its own, or a folder that is there. */
  constructor(text: string, ...options: string[]) {
    const isFolder = isAbsolute(text);
    count++;
    this.folder = isFolder ? text : join(root, `book-${count}`);
    this.file = join(this.folder, 'tanks.qmd');
    if (!isFolder) {
      mkdirSync(this.folder);
      writeFileSync(join(this.folder, '_quarto.yml'), 'project:\n  type: book\n');
      writeFileSync(this.file, text);
    }
    const path = isFolder ? this.folder : this.file;
    this.#process = spawn(process.execPath, [bundles.path('cli'), 'preview', path, ...options], {
      env: environment(),
    });
    this.#process.stderr!.on('data', text => {
      this.errors += text;
    });
    this.#address = new Promise((resolve, reject) => {
      this.#process.stdout!.on('data', text => {
        const [, port, token] = /http:\/\/127\.0\.0\.1:(\d+)\/([\w-]{22})\/\n/.exec(String(text)) ?? [];
        if (port !== undefined) resolve({ port: Number(port), token: token! });
      });
      this.#process.once('exit', () => reject(new Error(this.errors)));
    });
    // Told to those who ask: a server that is stopped before it has an address has failed nobody.
    this.#address.catch(() => {});
    running.push(this);
  }

  /** Asks below the address that was told; `token` takes the place of the one in it. */
  async ask(path: string, { token, ...options }: Asked = {}): Promise<IncomingMessage> {
    const { port, token: told } = await this.#address;
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: `/${token ?? told}${path}`, ...options }, resolve)
        .once('error', reject)
        .end();
    });
  }

  /** Status, headers and body of an answer. */
  async get(path: string, options?: Asked) {
    const response = await this.ask(path, options);
    const body = Buffer.concat(await response.toArray());
    return { status: response.statusCode, headers: response.headers, body: body.toString('latin1') };
  }

  /** What the server sends to a page that listens. */
  async *messages(): AsyncGenerator<Message> {
    let rest = '';
    for await (const chunk of await this.ask('/.reckoner/live?chapter=tanks.qmd&ask=events')) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) yield JSON.parse(part.replace(/^data: /, ''));
    }
  }

  /** Ends the server; its exit code. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    const ended = new Promise<number | null>(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    return ended;
  }
}

async function next(messages: AsyncGenerator<Message>): Promise<Message> {
  const { value, done } = await messages.next();
  if (done) throw new Error('the server ended the stream');
  return value;
}

async function nextUpdate(messages: AsyncGenerator<Message>): Promise<PreviewUpdate> {
  const message = await next(messages);
  if (message.type !== 'update') throw new Error(message.reason);
  return message.update;
}

const htmlOf = (update: PreviewUpdate) => Object.values(update.html).join('\n');

describe('the page', () => {
  test('runs its own script only, and asks nobody else', async () => {
    const { status, headers, body } = await new Preview('---\ntitle: A *tank* & 3 < 4\n---\n\nText').get('/tanks.qmd');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const nonce = /<script nonce="([^"]+)" src="\/[\w-]+\/\.reckoner\/preview\.js">/.exec(body)![1]!;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(body)![1]!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'nonce-${nonce}'`);
    expect(policy).not.toMatch(/https?:|script-src[^;]*'unsafe/);
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).toContain('<title>A tank &amp; 3 &lt; 4</title>');
  });

  test('has another nonce each time', async () => {
    const preview = new Preview(CHAPTER);
    expect((await preview.get('/tanks.qmd')).body).not.toBe((await preview.get('/tanks.qmd')).body);
  });

  test('finds its script and style', async () => {
    const preview = new Preview(CHAPTER);
    expect((await preview.get('/.reckoner/preview.js')).headers['content-type']).toContain('javascript');
    expect((await preview.get('/.reckoner/preview.css')).headers['content-type']).toContain('css');
  });
});

describe('the server answers', () => {
  test('on its own host only', async () => {
    const preview = new Preview(CHAPTER);
    for (const host of ['example.org', 'localhost.example.org', '127.0.0.1.example.org'])
      expect((await preview.get('/tanks.qmd', { headers: { host } })).status, host).toBe(403);
    expect((await preview.get('/tanks.qmd', { headers: { host: 'localhost:1234' } })).status).toBe(200);
  });

  test('whoever knows its address only', async () => {
    const preview = new Preview(CHAPTER);
    for (const path of ['/tanks.qmd', '/.reckoner/preview.js', '/.reckoner/live?chapter=tanks.qmd&ask=events', '/'])
      for (const token of ['', 'token', 'A'.repeat(22)])
        expect((await preview.get(path, { token })).status, `${token}${path}`).toBe(403);
    expect(await preview.get('/')).toMatchObject({
      status: 302,
      headers: { location: expect.stringMatching(/\/tanks\.qmd$/) },
    });
  });

  test('no page of another site', async () => {
    const preview = new Preview(CHAPTER);
    for (const origin of ['http://example.org', 'null', 'https://127.0.0.1:80', 'http://127.0.0.1:1'])
      expect((await preview.get('/tanks.qmd', { headers: { origin } })).status, origin).toBe(403);
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await preview.get('/.reckoner/preview.js', { headers })).status).toBe(403);
  });

  test('to readers only', async () => {
    const preview = new Preview(CHAPTER);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await preview.get('/tanks.qmd', { method })).status, method).toBe(405);
  });

  test('on its own paths, and goes on after others', async () => {
    const preview = new Preview(CHAPTER);
    mkdirSync(join(preview.folder, 'images'));
    writeFileSync(join(preview.folder, 'images', 'pixel.png'), PIXEL);
    const image = await preview.get('/images/pixel.png');
    expect(image).toMatchObject({ status: 200, body: PIXEL.toString('latin1') });
    expect(image.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    const others = [
      '/cli.js',
      '/_quarto.yml',
      '/none.qmd',
      '/none.png',
      '/images',
      '/%2e%2e%2foutside.png',
      '/..%2f..%2foutside.png',
      '/../outside.png',
      `/${encodeURIComponent(join(root, 'outside.png'))}`,
      '/%zz',
      '/.reckoner/cli.js',
      '/.reckoner/fonts/..%2fcli.js',
      '/.reckoner/live',
      '/.reckoner/live?chapter=tanks.qmd&ask=all',
      '/.reckoner/live?chapter=../tanks.qmd&ask=events',
      '//',
    ];
    for (const path of others) expect((await preview.get(path)).status, path).toBe(404);
    expect((await preview.get('/tanks.qmd')).status).toBe(200);
  });
});

describe('the server goes on', () => {
  test('after images that cannot be read', async () => {
    const preview = new Preview(CHAPTER);
    const at = (name: string) => join(preview.folder, name);
    mkdirSync(at('folder.png'));
    symlinkSync(at('loop.png'), at('loop.png'));
    symlinkSync(at('nowhere'), at('dangling.png'));
    symlinkSync('/dev/zero', at('device.png'));
    if (process.platform !== 'win32') spawnSync('mkfifo', [at('pipe.png')]);
    for (const name of ['folder', 'loop', 'dangling', 'device', 'pipe', 'a'.repeat(300)])
      expect((await preview.get(`/${name}.png`)).status, name).toBe(404);
    expect((await preview.get('/tanks.qmd')).status).toBe(200);
  });

  test('when a reader leaves in the middle of an image', async () => {
    const preview = new Preview(CHAPTER);
    await preview.get('/tanks.qmd');
    writeFileSync(join(preview.folder, 'large.png'), Buffer.alloc(20_000_000));
    for (let times = 0; times < 3; times++) (await preview.ask('/large.png')).destroy();
    expect((await preview.get('/tanks.qmd')).status).toBe(200);
    expect(preview.errors).toBe('');
  });

  test('when a folder takes the place of the chapter, and a file that of the folder', async () => {
    const preview = new Preview(CHAPTER);
    const messages = preview.messages();
    await nextUpdate(messages);
    rmSync(preview.file);
    mkdirSync(preview.file);
    expect(await next(messages)).toMatchObject({ type: 'unavailable', reason: expect.stringContaining('directory') });
    rmSync(preview.file, { recursive: true });
    const beside = `${preview.file}.new`;
    writeFileSync(beside, 'Back again.');
    renameSync(beside, preview.file);
    expect(htmlOf(await nextUpdate(messages))).toContain('Back again.');
  });

  test('with a chapter that is made to be hard', async () => {
    const preview = new Preview(`${'['.repeat(20_000)}\n\n*Behind*\n`);
    let html = '';
    for await (const message of preview.messages()) {
      if (message.type === 'update') html += htmlOf(message.update);
      if (html.includes('<em>Behind</em>') && html.includes('Shown as source')) break;
    }
    expect((await preview.get('/tanks.qmd')).status).toBe(200);
  }, 60_000);
});

test('every answer keeps other sites away', async () => {
  const preview = new Preview(CHAPTER);
  for (const path of ['/', '/.reckoner/preview.js', '/none.png'])
    expect((await preview.get(path)).headers, path).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
});

test('a number is told with what it was computed from', async () => {
  const preview = new Preview(CHAPTER);
  const card = await preview.get('/.reckoner/live?chapter=tanks.qmd&ask=card&line=7&character=12');
  expect(JSON.parse(card.body)).toMatchObject({ expression: 'hours', made: { source: 'hours = 24000 / 40 / 60' } });
  for (const place of ['line=0&character=0', 'line=-1&character=x', 'line=99999&character=0'])
    expect((await preview.get(`/.reckoner/live?chapter=tanks.qmd&ask=card&${place}`)).body).toBe('null');
});

describe('a project', () => {
  test('is served with its contents, from its first chapter on', async () => {
    const folder = mkdtempSync(join(root, 'water-'));
    writeFileSync(
      join(folder, '_quarto.yml'),
      'project:\n  type: book\nbook:\n  title: Water\n  chapters: [tanks.qmd, {part: Flow, chapters: [pumps.qmd]}]\n',
    );
    writeFileSync(join(folder, 'tanks.qmd'), CHAPTER);
    writeFileSync(join(folder, 'pumps.qmd'), '# Pumps\n\n`{python} 1 + 1`\n');
    const whole = new Preview(folder);
    expect((await whole.get('/')).headers.location).toMatch(/\/tanks\.qmd$/);
    const { body } = await whole.get('/tanks.qmd');
    expect(body.replaceAll(/\/[\w-]{22}\//g, '/')).toMatch(
      /Water<\/summary>.*href="\/tanks\.qmd" aria-current="page">.*1.*Tanks.*reckoner-part">Flow.*href="\/pumps\.qmd">.*2.*Pumps/s,
    );
    expect((await whole.get('/pumps.qmd')).body).toContain('<title>Pumps</title>');
  });

  test('without chapters is a mistake', () => {
    const folder = mkdtempSync(join(root, 'empty-'));
    const { status, stderr } = spawnSync(process.execPath, [bundles.path('cli'), 'preview', folder], {
      env: environment(),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: `reckoner: ${folder} has no chapters\n` });
  });
});

describe('a page that listens', () => {
  test('gets the chapter, then what changes in the file', async () => {
    const preview = new Preview(CHAPTER);
    const messages = preview.messages();
    const first = await nextUpdate(messages);
    expect(first).toMatchObject({ title: 'Tanks', reset: true });
    const page = new ShownPage();
    page.apply(first);
    expect(page.html).toContain('>10.0</span>');
    writeFileSync(preview.file, CHAPTER.replace('24000', '48000'));
    const second = await nextUpdate(messages);
    expect(second.reset).toBe(false);
    expect(second.version).toBeGreaterThan(first.version);
    expect(Object.keys(second.html)).toHaveLength(1);
    page.apply(second);
    expect(page.html).toContain('>20.0</span>');
  });

  test('is not told of a file that is empty while it is being written', async () => {
    const preview = new Preview(CHAPTER);
    const messages = preview.messages();
    const page = new ShownPage();
    page.apply(await nextUpdate(messages));
    writeFileSync(preview.file, '');
    await new Promise(resolve => setTimeout(resolve, 400));
    writeFileSync(preview.file, CHAPTER.replace('24000', '48000'));
    page.apply(await nextUpdate(messages));
    expect(page.html).toContain('>20.0</span>');
    writeFileSync(preview.file, '');
    expect((await nextUpdate(messages)).blocks).toEqual([]);
  });

  test('reads that the file has gone, and sees it come back', async () => {
    const preview = new Preview(CHAPTER);
    const messages = preview.messages();
    await nextUpdate(messages);
    rmSync(preview.file);
    expect(await next(messages)).toEqual({
      type: 'unavailable',
      reason: expect.stringMatching(/tanks\.qmd: no such file\. The preview goes on/),
    });
    expect(preview.errors).toContain('tanks.qmd: no such file');
    expect(await next(preview.messages())).toMatchObject({ type: 'unavailable' });
    writeFileSync(preview.file, 'Back again.');
    const back = await nextUpdate(messages);
    expect(back.reset).toBe(true);
    expect(htmlOf(back)).toContain('Back again.');
  });

  test('gets drawings when they are ready', async () => {
    const preview = new Preview(`Before\n\n\`\`\`{.tikz}\n${picture('\\draw (0,0) -- (1,1);')}\n\`\`\`\n\nBehind`);
    const messages = preview.messages();
    expect(htmlOf(await nextUpdate(messages))).toContain('aria-busy');
    const ready = await nextUpdate(messages);
    expect(Object.keys(ready.html)).toHaveLength(1);
    expect(htmlOf(ready)).toContain('<svg class="reckoner-drawing"');
  });

  test('sees in its drawings what project and chapter say about them', async () => {
    const tikz = (text: string) => `diagram:\n  engine:\n    tikz:\n      header-includes: ${text}\n`;
    const block = `\`\`\`{.tikz}\n${picture('\\fill[Brass] (0,0) circle (1); \\fill[Tin] (1,1) circle (1);')}\n\`\`\`\n`;
    const preview = new Preview(`---\n${tikz("'\\definecolor{Tin}{HTML}{ABCDEF}'")}---\n\n${block}`);
    writeFileSync(join(preview.folder, '_quarto.yml'), tikz("\n        - '\\definecolor{Brass}{HTML}{B5A642}'"));
    const messages = preview.messages();
    let html = '';
    while (!html.includes('<svg')) html = htmlOf(await nextUpdate(messages));
    expect(html).toContain('#b5a642');
    expect(html).toContain('#abcdef');
  });

  test('gets graphs, and what a notebook keeps, also after it has been run again', async () => {
    const notebook = (text: string): string =>
      JSON.stringify({
        cells: [{ cell_type: 'code', id: 'a', source: '', outputs: [{ output_type: 'stream', name: 'stdout', text }] }],
      });
    const preview = new Preview('```{dot}\ngraph { a -- b }\n```\n\n{{< embed nb.ipynb#a >}}\n');
    writeFileSync(join(preview.folder, 'nb.ipynb'), notebook('before'));
    const messages = preview.messages();
    const page = new ShownPage();
    while (!page.html.includes('<svg') || !page.html.includes('before')) page.apply(await nextUpdate(messages));
    expect(page.html).toContain('aria-label="Graph. a with b"');
    writeFileSync(join(preview.folder, 'nb.ipynb'), notebook('after the run'));
    page.apply(await nextUpdate(messages));
    expect(page.html).toContain('after the run');
  });

  test('draws a graph of a file anew when that has changed, and once it is there', async () => {
    const preview = new Preview('```{dot}\n//| file: a.dot\n```\n\n```{dot}\n//| file: late.dot\n```\n');
    writeFileSync(join(preview.folder, 'a.dot'), 'graph { a -- b }');
    const messages = preview.messages();
    const page = new ShownPage();
    const shows = async (...parts: string[]): Promise<void> => {
      while (!parts.every(part => page.html.includes(part))) page.apply(await nextUpdate(messages));
    };
    await shows('Graph. a with b', 'late.dot: no such file');
    writeFileSync(join(preview.folder, 'a.dot'), 'graph { a -- b -- "the other" }');
    await shows('b with the other');
    writeFileSync(join(preview.folder, 'late.dot'), 'graph { late }');
    await shows('Graph. late');
  });

  test('shows variables of the project anew when these have changed, and once they are there', async () => {
    const preview = new Preview('It is {{< var site >}}.\n');
    const variables = join(preview.folder, '_variables.yml');
    writeFileSync(join(preview.folder, '_quarto.yml'), 'project:\n  type: website\n');
    const messages = preview.messages();
    const page = new ShownPage();
    const shows = async (part: string): Promise<void> => {
      while (!page.html.includes(part)) page.apply(await nextUpdate(messages));
    };
    await shows('It is ');
    writeFileSync(variables, 'site: Alpha\n');
    await shows('It is Alpha.');
    writeFileSync(variables, 'site: Beta Hill\n');
    await shows('It is Beta Hill.');
  });

  test('shows what cells of another chapter show, also after that has changed or has come', async () => {
    const preview = new Preview('{{< embed other.qmd#fig-a >}}\n\n{{< embed late.qmd#b >}}\n');
    const other = (data: string): string =>
      `\`\`\`{python}\n#| label: fig-a\n#| fig-cap: Steps\nimport matplotlib.pyplot as plt\nplt.plot(${data})\n\`\`\`\n`;
    writeFileSync(join(preview.folder, 'other.qmd'), other('[1, 2]'));
    const messages = preview.messages();
    const page = new ShownPage();
    const shows = async (...parts: string[]): Promise<void> => {
      while (!parts.every(part => page.html.includes(part))) page.apply(await nextUpdate(messages));
    };
    await shows('Figure 1:</span> Steps', '<svg', 'y from 1 to 2', 'late.qmd: no such file');
    writeFileSync(join(preview.folder, 'other.qmd'), other('[1, 7]'));
    await shows('y from 1 to 7');
    writeFileSync(join(preview.folder, 'late.qmd'), '```{python}\n#| label: b\nprint("late but here")\n```\n');
    await shows('late but here');
  });

  test('gets no drawings where they are off', async () => {
    const preview = new Preview('```{.tikz}\nx\n```', '--no-tikz');
    const html = htmlOf(await nextUpdate(preview.messages()));
    expect(html).toContain('placeholder');
    expect(html).not.toContain('aria-busy');
  });
});

test('ends when it is told to', async () => {
  const preview = new Preview(CHAPTER);
  await preview.get('/tanks.qmd');
  expect(await preview.stop()).toBe(0);
});

test('a file that is not there is told at once', () => {
  const { status, stderr } = spawnSync(process.execPath, [bundles.path('cli'), 'preview', join(root, 'none.qmd')], {
    env: environment(),
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('none.qmd: no such file');
});
