/** `reckoner preview`: the live preview of a chapter in a browser, following the file as it is saved. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Analysis } from '../evaluation/analysis';
import { type FileAccess, FileError } from '../files/access';
import { filesIn } from '../files/node';
import { workspaceRoot } from '../files/roots';
import {
  documentOf,
  loadMath,
  needsDrawings,
  needsMath,
  PreviewSession,
  type RenderedChapter,
  renderChapter,
} from '../preview';
import { Drawings, userDrawings } from '../worker/drawings';
import { citationsOf } from '../workspace/bibliographies';
import { analyse, type CheckOptions } from '../workspace/check';
import { readText } from '../workspace/files';
import { PackageStore } from '../workspace/packages';
import { tikzSourcesOf } from '../workspace/tikzHeader';
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

/** One chapter file: what it says now, with its drawings as far as they are ready. */
class ChapterFile {
  readonly #path: string;
  readonly #makeDrawings: (() => Drawings) | undefined;
  readonly #ready: () => void;
  readonly #workspace: Pick<CheckOptions, 'root' | 'packageRoots'>;
  readonly #store = new PackageStore();
  /** The files of its workspace. */
  readonly files: FileAccess;
  #analysis: Analysis | undefined;
  #stamp: string | undefined;
  #drawings: Drawings | undefined;

  /** `ready` is called when a drawing has become ready; without `makeDrawings` there are none. */
  constructor(
    path: string,
    workspace: Pick<CheckOptions, 'root' | 'packageRoots'>,
    makeDrawings: (() => Drawings) | undefined,
    ready: () => void,
  ) {
    this.#path = path;
    this.#workspace = workspace;
    this.files = this.#store.filesOf(workspace.root ?? workspaceRoot(path));
    this.#makeDrawings = makeDrawings;
    this.#ready = ready;
  }

  /** Reads and evaluates the file; throws `FileError` if it cannot be read. */
  load(): void {
    this.fileChanged();
    this.#store.refresh();
    this.#analysis = analyse(this.#path, readText(this.#path, this.files.root), this.#workspace, this.#store).analysis;
  }

  /** True once after the file has changed, come or gone. */
  fileChanged(): boolean {
    const before = this.#stamp;
    this.#stamp = this.files.stat(this.#path)?.stamp;
    return this.#stamp !== before;
  }

  /** True once after a file of its packages has changed, come or gone. */
  packagesChanged(): boolean {
    return this.#store.refresh();
  }

  async render(): Promise<RenderedChapter> {
    const analysis = this.#analysis!;
    const { chapter } = analysis;
    const citation = citationsOf(this.#path, chapter, this.files);
    const math = needsMath(chapter) ? await loadMath() : undefined;
    const drawings = needsDrawings(chapter) ? this.#open() : this.#drawings;
    const wanted: string[] = [];
    const sourceOf = tikzSourcesOf({ path: this.#path, files: this.files }, chapter);
    const drawing = (block: string) => {
      const source = sourceOf(block);
      wanted.push(source);
      return drawings!.get(source);
    };
    const rendered = renderChapter(analysis, {
      ...(math === undefined ? {} : { math }),
      ...(citation === undefined ? {} : { citation }),
      ...(drawings === undefined ? {} : { drawing }),
    });
    drawings?.want(this.#path, wanted);
    return rendered;
  }

  async close(): Promise<void> {
    await this.#drawings?.close();
  }

  #open(): Drawings | undefined {
    if (this.#drawings === undefined) {
      this.#drawings = this.#makeDrawings?.();
      this.#drawings?.onReady(this.#ready);
    }
    return this.#drawings;
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
  #watch: NodeJS.Timeout | undefined;
  #packages: NodeJS.Timeout | undefined;

  constructor(
    path: string,
    workspace: Pick<CheckOptions, 'root' | 'packageRoots'>,
    makeDrawings: (() => Drawings) | undefined,
    io: Io,
  ) {
    this.#path = path;
    this.#chapter = new ChapterFile(path, workspace, makeDrawings, () => void this.#show());
    // A file that is not there is no reason to look for its project.
    this.#chapter.load();
    this.#io = io;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async listen(port: number): Promise<number> {
    await this.#show();
    return new Promise((done, fail) => {
      this.#server.once('error', error => fail(portError(error, port)));
      this.#server.listen(port, '127.0.0.1', () => {
        this.#watch = setInterval(() => {
          if (this.#chapter.fileChanged()) this.#changed();
        }, INTERVAL);
        this.#packages = setInterval(() => {
          if (this.#chapter.packagesChanged()) this.#changed();
        }, 2 * INTERVAL);
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
    void this.#show();
  }

  async #show(): Promise<void> {
    const rendered = await this.#chapter.render();
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
      this.#events(request, response);
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

  #events(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const listener = { response, session: new PreviewSession(this.#path) };
    this.#listeners.add(listener);
    request.on('close', () => this.#listeners.delete(listener));
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

/** The path in a URL; undefined where its escapes are broken. */
function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
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
    'X-Content-Type-Options': 'nosniff',
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
  const found = await server.listen(port);
  io.out(`Preview of ${printableLine(basename(path))}: http://127.0.0.1:${found}/\nEnd with Ctrl+C.\n`);
  await new Promise<void>(done => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.close();
  return 0;
}
