/** `reckoner preview`: the live preview of a chapter in a browser, following the file as it is saved. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parseChapter } from '../chapter';
import type { Analysis } from '../evaluation/analysis';
import { type FileAccess, FileError } from '../files/access';
import { filesIn, NodeFileSystem } from '../files/node';
import { workspaceRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { documentOf, PreviewSession, type RenderedChapter } from '../preview';
import { ChildProcesses } from '../process/childProcess';
import { FigureDrawings } from '../process/figures';
import { type ChapterEvaluation, EvaluationPool } from '../process/pool';
import { Drawings, userDrawings } from '../worker/drawings';
import { LiveChapter } from '../worker/liveChapter';
import { Typesetter } from '../worker/typesetter';
import type { CheckOptions } from '../workspace/check';
import { readText } from '../workspace/files';
import { decoded } from '../workspace/images';
import { PackageStore, Packages } from '../workspace/packages';
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
  readonly #store = new PackageStore(new NodeFileSystem());
  readonly #typesetter: Typesetter;
  readonly #live: LiveChapter;
  /** The files of its workspace. */
  readonly files: FileAccess;
  readonly #pool: EvaluationPool;
  readonly #evaluation: ChapterEvaluation;
  readonly #figures = new FigureDrawings();
  /** The first version has been evaluated. */
  readonly #evaluated: Promise<void>;
  #version = 0;
  #analysis: Analysis | undefined;
  #stamp: string | undefined;
  #drawings: Drawings | undefined;

  /** `ready` is called when something of the page has become ready; without `makeDrawings` there are no drawings. */
  constructor(
    path: string,
    workspace: Pick<CheckOptions, 'root' | 'packageRoots'>,
    makeDrawings: (() => Drawings) | undefined,
    io: Io,
    ready: () => void,
  ) {
    this.#path = path;
    const { root = workspaceRoot(path, this.#store.system), packageRoots: extra } = workspace;
    this.files = this.#store.filesOf(root);
    const log = (message: string) => io.err(`reckoner: ${printableLine(message)}\n`);
    this.#pool = new EvaluationPool(log, { log, host: new ChildProcesses() });
    const placed = { folder: dirname(path), workspace: root, ...(extra && { extra }) };
    const modules = new Packages(placed, this.#store);
    let known = (): void => undefined;
    this.#evaluated = new Promise(resolve => {
      known = resolve;
    });
    const evaluated = () => {
      this.#analysis = this.#evaluation.analysis;
      // What is known of these files tells later whether they have changed.
      for (const looked of this.#evaluation.lookedAt) this.#store.read(looked, root);
      known();
      ready();
    };
    this.#evaluation = this.#pool.open({ place: placed, budgets: {}, modules, evaluated });
    this.#typesetter = new Typesetter({ log: message => io.err(`reckoner: ${message}\n`) });
    const drawings = () => {
      if (this.#drawings === undefined) {
        this.#drawings = makeDrawings?.();
        this.#drawings?.onReady(ready);
      }
      return this.#drawings;
    };
    const place = { path, files: this.files };
    const figures = (analysis: Analysis) => this.#figures.of(analysis, this.#evaluation);
    const services = { typesetter: this.#typesetter, figures, drawings };
    this.#live = new LiveChapter(path, place, services, ready);
  }

  /** Reads the file and has it evaluated, then calls `ready`; throws `FileError` if it cannot be read. */
  load(): void {
    this.fileChanged();
    const text = readText(this.#path, this.files);
    this.#evaluation.update(parseChapter(text, uriOfPath(this.#path)), ++this.#version);
  }

  /** True once after the file has changed, come or gone. */
  fileChanged(): boolean {
    const before = this.#stamp;
    this.#stamp = this.files.stat(this.#path)?.stamp;
    return this.#stamp !== before;
  }

  /** True once after a file of its packages has changed, come or gone. */
  packagesChanged(): boolean {
    if (!this.#store.refresh()) return false;
    this.#pool.refresh();
    this.#evaluation.reset();
    return true;
  }

  async render(patience: number): Promise<RenderedChapter> {
    await this.#evaluated;
    return (await this.#live.render(() => this.#analysis!, patience)).rendered;
  }

  async close(): Promise<void> {
    this.#live.close();
    this.#typesetter.close();
    this.#pool.close();
    await this.#drawings?.close();
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

  constructor(
    path: string,
    workspace: Pick<CheckOptions, 'root' | 'packageRoots'>,
    makeDrawings: (() => Drawings) | undefined,
    io: Io,
  ) {
    this.#path = path;
    this.#io = io;
    this.#chapter = new ChapterFile(path, workspace, makeDrawings, io, () => this.#refresh());
    // A file that is not there is no reason to look for its project.
    this.#chapter.load();
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async listen(port: number): Promise<number> {
    await this.#show(FIRST_PATIENCE);
    return new Promise((done, fail) => {
      this.#server.once('error', error => fail(portError(error, port)));
      this.#server.listen(port, '127.0.0.1', () => {
        this.#watch = setInterval(() => this.#look(() => this.#chapter.fileChanged()), INTERVAL);
        this.#packages = setInterval(() => this.#look(() => this.#chapter.packagesChanged()), 2 * INTERVAL);
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
    await this.#chapter.close();
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

  #look(hasChanged: () => boolean): void {
    try {
      if (hasChanged()) this.#changed();
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
  const makeDrawings = () => (cache ? userDrawings(io.env, process.platform) : new Drawings());
  const server = new PreviewServer(path, workspaceOf(options, [path], io), tikz ? makeDrawings : undefined, io);
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
