/** `reckoner preview`: the live preview of a chapter in a browser, following the file as it is saved. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type ChapterPage, type Engine, Overtaken } from '../engine';
import { type FileAccess, FileError } from '../files/access';
import { filesIn } from '../files/node';
import { uriOfPath } from '../files/uri';
import { documentOf, PreviewSession, type RenderedChapter } from '../preview';
import { DEFAULT_SETTINGS } from '../protocol';
import { Drawings, userDrawings } from '../worker/tikzQueue';
import { Typesetter } from '../worker/typesetter';
import { TypesettingProcesses } from '../worker/typesettingProcesses';
import { decoded } from '../workspace/images';
import { makeEngine } from './engine';
import { type Io, UsageError } from './io';
import { printableLine } from './printable';
import { type WorkspaceOptions, workspaceOf } from './workspace';

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

/** How long the first page, and a later version, waits for texts that are being set. */
const FIRST_PATIENCE = 2000;
const PATIENCE = 300;

/** What every answer says to the browser. */
const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** One chapter file: what it says now, with its texts and drawings as far as they are ready. */
class ChapterFile {
  readonly #path: string;
  readonly #uri: string;
  readonly #engine: Engine;
  readonly #page: Promise<ChapterPage>;
  #version = 0;
  #stamp: string | undefined;

  /** `ready` is called when something of the page has become ready. */
  constructor(path: string, engine: Engine, ready: () => void) {
    this.#path = path;
    this.#uri = uriOfPath(path);
    this.#engine = engine;
    this.#page = engine.page(this.#uri, ready);
  }

  /** Reads the file and has it evaluated, then its page is another one; throws `FileError` if it cannot be read. */
  load(): void {
    this.fileChanged();
    const text = this.#engine.read(this.#path);
    this.#version++;
    if (this.#engine.isOpen(this.#uri)) this.#engine.change(this.#uri, this.#version, [{ text }]);
    else this.#engine.open(this.#uri, this.#version, text);
  }

  /** The files of its workspace. */
  get files(): FileAccess {
    return this.#engine.filesOf(this.#path);
  }

  /** True once after the file has changed, come or gone. */
  fileChanged(): boolean {
    const before = this.#stamp;
    this.#stamp = this.files.stat(this.#path)?.stamp;
    return this.#stamp !== before;
  }

  /** The page once the chapter has been evaluated. */
  async render(patience: number): Promise<RenderedChapter> {
    const page = await this.#page;
    for (;;)
      try {
        await this.#engine.chapter(this.#uri)!.whenChecked();
        return (await page.render(patience)).rendered;
      } catch (error) {
        // The file was saved again meanwhile: the next version follows.
        if (!(error instanceof Overtaken)) throw error;
      }
  }
}

/** A page that listens, with what it has been sent. */
interface Listener {
  readonly response: ServerResponse;
  readonly session: PreviewSession;
}

class PreviewServer {
  readonly #path: string;
  readonly #io: Io;
  readonly #server: Server;
  readonly #engine: Engine;
  readonly #chapter: ChapterFile;
  readonly #listeners = new Set<Listener>();
  #rendered: RenderedChapter | undefined;
  /** Why there is nothing to show at present. */
  #missing: string | undefined;
  #version = 0;
  #isShowing = false;
  /** True where something has become ready or has changed since the last rendering was begun. */
  #isBehind = false;
  #watch: NodeJS.Timeout | undefined;
  #packages: NodeJS.Timeout | undefined;

  constructor(path: string, engine: Engine, io: Io) {
    this.#path = path;
    this.#io = io;
    this.#engine = engine;
    this.#chapter = new ChapterFile(path, engine, () => this.#refresh());
    // A file that is not there is no reason to look for its project.
    this.#chapter.load();
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async listen(port: number): Promise<number> {
    await this.#show(FIRST_PATIENCE);
    return new Promise((done, fail) => {
      this.#server.once('error', error => fail(portError(error, port)));
      this.#server.listen(port, '127.0.0.1', () => {
        this.#watch = setInterval(() => this.#try(() => this.#chapter.fileChanged() && this.#changed()), INTERVAL);
        this.#packages = setInterval(() => this.#try(() => this.#engine.lookForChanges()), 2 * INTERVAL);
        done((this.#server.address() as AddressInfo).port);
      });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    clearInterval(this.#packages);
    for (const { response } of this.#listeners) response.end();
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#engine.close();
  }

  #changed(again = false): void {
    try {
      this.#chapter.load();
    } catch (error) {
      // While an editor replaces the file there may be none for a moment.
      if (again) this.#lose(error instanceof Error ? error.message : String(error));
      else setTimeout(() => this.#changed(true), 2 * INTERVAL).unref();
      return;
    }
    if (this.#missing !== undefined) for (const { session } of this.#listeners) session.reset();
    this.#missing = undefined;
  }

  #try(look: () => unknown): void {
    try {
      look();
    } catch (error) {
      this.#report(error);
    }
  }

  #refresh(): void {
    this.#isBehind = true;
    if (this.#isShowing) return;
    this.#isShowing = true;
    this.#isBehind = false;
    this.#show(PATIENCE)
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#isShowing = false;
        if (this.#isBehind) this.#refresh();
      });
  }

  /** What the reader cannot mend goes to the terminal; the page keeps what it shows. */
  #report(error: unknown): void {
    this.#io.err(`reckoner: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }

  async #show(patience: number): Promise<void> {
    const rendered = await this.#chapter.render(patience);
    this.#rendered = rendered;
    this.#version++;
    for (const listener of this.#listeners) this.#send(listener);
  }

  #lose(reason: string): void {
    if (this.#missing !== undefined) return;
    this.#missing = reason;
    this.#io.err(`reckoner: ${printableLine(reason)}\n`);
    for (const listener of this.#listeners) this.#send(listener);
  }

  #send({ response, session }: Listener): void {
    const message =
      this.#missing !== undefined
        ? { type: 'unavailable', reason: `${this.#missing}. The preview goes on once it is back.` }
        : { type: 'update', update: session.next(this.#rendered!, this.#version) };
    response.write(`data: ${JSON.stringify(message)}\n\n`);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { host = '' } = request.headers;
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // A reader who has gone is no fault.
    response.on('error', () => response.destroy());
    // Another site's name that was made to point here must not read the chapter.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      refuse(response, 403);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405);
      return;
    }
    const [pathname = '/'] = (request.url ?? '/').split(/[?#]/);
    if (pathname === '/') {
      this.#page(response);
      return;
    }
    if (pathname === '/events') {
      this.#events(response);
      return;
    }
    if (pathname.startsWith('/files/')) {
      this.#file(pathname.slice('/files/'.length), response);
      return;
    }
    if (/^\/(preview\.(js|css)|fonts\/[\w.-]+\.woff2)$/.test(pathname))
      sendFile(join(__dirname, pathname), filesIn(__dirname), response);
    else refuse(response, 404);
  }

  #page(response: ServerResponse): void {
    const nonce = randomBytes(16).toString('base64');
    const html = documentOf(this.#rendered!.title, { style: '/preview.css', script: '/preview.js', nonce });
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html);
  }

  #events(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const listener = { response, session: new PreviewSession(this.#path) };
    this.#listeners.add(listener);
    response.on('close', () => this.#listeners.delete(listener));
    this.#send(listener);
  }

  /** A file that the chapter shows: an image of its project. */
  #file(name: string, response: ServerResponse): void {
    const path = decoded(name);
    const whole = path === undefined ? undefined : resolve(dirname(this.#path), path);
    // A link named like an image may lead to anything.
    const real = whole === undefined ? undefined : this.#chapter.files.realPath(whole);
    if (real === undefined || !isImage(whole!) || !isImage(real)) refuse(response, 404);
    else sendFile(real, this.#chapter.files, response);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function typeOf(path: string): string | undefined {
  return TYPES[extname(path).toLowerCase()];
}

function isImage(path: string): boolean {
  return typeOf(path)?.startsWith('image/') === true;
}

function sendFile(path: string, files: FileAccess, response: ServerResponse): void {
  const type = typeOf(path);
  let content: Uint8Array;
  try {
    content = files.readBytes(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    refuse(response, 404);
    return;
  }
  response.writeHead(200, {
    'Content-Type': type!,
    // An image of the chapter is an image, whatever scripts an SVG may hold.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(content);
}

/** Why the server cannot listen, as a mistake of the user where it is one. */
function portError(error: NodeJS.ErrnoException, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(`port ${port} is in use; without --port a free one is taken`);
    case 'EACCES':
      return new UsageError(`port ${port} may not be used; without --port a free one is taken`);
    default:
      return error;
  }
}

export interface PreviewOptions extends WorkspaceOptions {
  readonly port?: number;
  /** False leaves TikZ blocks undrawn. */
  readonly tikz: boolean;
  /** False draws them anew and keeps nothing. */
  readonly cache: boolean;
}

/** Serves until interrupted; the exit code is 0. */
export async function preview(file: string, options: PreviewOptions, io: Io): Promise<number> {
  const { port = 0, tikz, cache } = options;
  const path = resolve(io.cwd, file);
  if (extname(path) === '.py') throw new UsageError(`${file} is no chapter, but a Python file`);
  const log = (message: string) => io.err(`reckoner: ${printableLine(message)}\n`);
  const engine = makeEngine(workspaceOf(options, [path], io), {
    log,
    settings: { preview: { ...DEFAULT_SETTINGS.preview, tikz } },
    pages: {
      texts: new Typesetter({ host: new TypesettingProcesses(), log: message => io.err(`reckoner: ${message}\n`) }),
      makeDrawings: () => (cache ? userDrawings(io.env, process.platform) : new Drawings()),
    },
  });
  engine.listen({ failed: log });
  const server = new PreviewServer(path, engine, io);
  // A fault of ours is told; the reader keeps what the page shows.
  process.on('unhandledRejection', reason => {
    io.err(`reckoner: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`);
  });
  const found = await server.listen(port).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  io.out(`Preview of ${printableLine(basename(path))}: http://127.0.0.1:${found}/\nEnd with Ctrl+C.\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.close();
  return 0;
}
