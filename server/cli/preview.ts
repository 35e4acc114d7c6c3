/** `reckoner preview`: the live preview of a chapter in a browser, following the file as it is saved. */
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, realpathSync, statSync, unwatchFile, watchFile } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { documentOf, loadMath, needsMath, PreviewSession, type RenderedChapter, renderChapter } from '../preview';
import { citationsOf } from '../workspace/bibliographies';
import { analyse } from '../workspace/check';
import { projectRoot, readText } from '../workspace/files';
import type { Io } from './io';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

/** Milliseconds between two looks at the file. */
const INTERVAL = 250;

async function render(path: string): Promise<RenderedChapter> {
  const { analysis } = analyse(path, readText(path));
  const { chapter } = analysis;
  const citation = citationsOf(path, chapter);
  return renderChapter(analysis, {
    ...(needsMath(chapter) ? { math: await loadMath() } : {}),
    ...(citation === undefined ? {} : { citation }),
  });
}

/** A page that listens, with what it has been sent. */
interface Listener {
  readonly response: ServerResponse;
  readonly session: PreviewSession;
}

class PreviewServer {
  readonly #path: string;
  readonly #root: string;
  readonly #io: Io;
  readonly #server: Server;
  readonly #listeners = new Set<Listener>();
  #rendered: RenderedChapter;
  #version = 1;

  constructor(path: string, rendered: RenderedChapter, io: Io) {
    this.#path = path;
    this.#root = realpathSync(projectRoot(path));
    this.#rendered = rendered;
    this.#io = io;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  listen(port: number): Promise<number> {
    return new Promise((done, fail) => {
      this.#server.once('error', fail);
      this.#server.listen(port, '127.0.0.1', () => {
        watchFile(this.#path, { interval: INTERVAL }, () => void this.#changed());
        done((this.#server.address() as AddressInfo).port);
      });
    });
  }

  close(): void {
    unwatchFile(this.#path);
    for (const { response } of this.#listeners) response.end();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #changed(): Promise<void> {
    try {
      this.#rendered = await render(this.#path);
    } catch (error) {
      // While an editor replaces the file there may be none; the next look finds it.
      this.#io.err(`${error instanceof Error ? error.message : String(error)}\n`);
      return;
    }
    this.#version++;
    for (const listener of this.#listeners) this.#send(listener);
  }

  #send({ response, session }: Listener): void {
    const update = session.next(this.#rendered, this.#version);
    response.write(`data: ${JSON.stringify({ type: 'update', update })}\n\n`);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { host = '' } = request.headers;
    // Another site's name that was made to point here must not read the chapter.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      refuse(response, 403);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405);
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      this.#page(response);
      return;
    }
    if (pathname === '/events') {
      this.#events(request, response);
      return;
    }
    if (pathname.startsWith('/files/')) {
      this.#file(pathname.slice('/files/'.length), response);
      return;
    }
    if (/^\/(preview\.(js|css)|fonts\/[\w.-]+\.woff2)$/.test(pathname)) sendFile(join(__dirname, pathname), response);
    else refuse(response, 404);
  }

  #page(response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64');
    const html = documentOf(this.#rendered.title, { style: '/preview.css', script: '/preview.js', nonce });
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html);
  }

  #events(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const listener = { response, session: new PreviewSession(this.#path) };
    this.#listeners.add(listener);
    request.on('close', () => this.#listeners.delete(listener));
    this.#send(listener);
  }

  /** A file that the chapter shows: an image of its project. */
  #file(name: string, response: ServerResponse): void {
    let path: string;
    try {
      path = realpathSync(resolve(dirname(this.#path), decodeURIComponent(name)));
    } catch {
      refuse(response, 404);
      return;
    }
    if (!path.startsWith(this.#root + sep) || !TYPES[extname(path).toLowerCase()]?.startsWith('image/'))
      refuse(response, 404);
    sendFile(path, response);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function sendFile(path: string, response: ServerResponse): void {
  const type = TYPES[extname(path).toLowerCase()];
  if (type === undefined || !existsSync(path) || !statSync(path).isFile()) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, {
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    // An image of the chapter is an image, whatever scripts an SVG may hold.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  createReadStream(path).pipe(response);
}

/** Serves until interrupted; the exit code is 0. */
export async function preview(file: string, options: { readonly port?: number }, io: Io): Promise<number> {
  const path = resolve(io.cwd, file);
  const server = new PreviewServer(path, await render(path), io);
  const port = await server.listen(options.port ?? 0);
  io.out(`Preview of ${basename(path)}: http://127.0.0.1:${port}/\nEnd with Ctrl+C.\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  server.close();
  return 0;
}
