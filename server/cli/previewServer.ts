/**
 * The server of the browser preview. It listens on this machine only, under an address that holds a token, so that neither
 * other sites in the same browser nor other users of the machine read what it serves.
 *
 *     /TOKEN/                          to the chapter to begin with
 *     /TOKEN/part/chapter.qmd          the page of a chapter
 *     /TOKEN/part/images/pump.png      an image of the workspace
 *     /TOKEN/.reckoner/…               script, style and fonts of the page
 *     /TOKEN/.reckoner/live?chapter=…  what a page asks for: its updates, or the card of a number
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, resolve, sep } from 'node:path';
import type { Engine } from '../engine';
import { type FileAccess, FileError } from '../files/access';
import { filesIn } from '../files/node';
import { livePage, type PageContents, titleOf } from '../preview';
import type { ContentsEntry } from '../project/contents';
import { decoded } from '../workspace/images';
import { UsageError } from './io';
import { type ChapterLog, INTERVAL, ServedChapter } from './servedChapter';

export const IMAGE_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
};

const TYPES: Readonly<Record<string, string>> = {
  ...IMAGE_TYPES,
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** What every answer says to the browser. */
const HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

const OWN = '.reckoner';

export interface Served {
  readonly engine: Engine;
  /** Nothing outside of their folder is served. */
  readonly files: FileAccess;
  /** The chapter to begin with. */
  readonly first: string;
  /** The chapters of its project; empty where it belongs to none. */
  readonly contents: readonly ContentsEntry[];
  readonly title: string;
}

export class PreviewServer {
  readonly #served: Served;
  readonly #log: ChapterLog;
  readonly #server: Server;
  readonly #token = randomBytes(16).toString('base64url');
  readonly #chapters = new Map<string, ServedChapter>();
  #files: NodeJS.Timeout | undefined;
  #packages: NodeJS.Timeout | undefined;

  /** Throws `FileError` where the chapter to begin with cannot be read. */
  constructor(served: Served, log: ChapterLog) {
    this.#served = served;
    this.#log = log;
    this.#chapter(served.first);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.#log.failed(error);
        response.destroy();
      });
    });
  }

  /** Listens; the address to open. */
  async listen(port: number): Promise<string> {
    return new Promise((done, fail) => {
      this.#server.once('error', error => fail(portError(error, port)));
      this.#server.listen(port, '127.0.0.1', () => {
        this.#files = setInterval(() => {
          for (const chapter of this.#chapters.values()) this.#try(() => chapter.look());
        }, INTERVAL);
        this.#packages = setInterval(() => this.#try(() => this.#served.engine.lookForChanges()), 2 * INTERVAL);
        done(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${this.#token}/`);
      });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#files);
    clearInterval(this.#packages);
    for (const chapter of this.#chapters.values()) chapter.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#served.engine.close();
  }

  #try(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#log.failed(error);
    }
  }

  /** The chapter at a path, which is read with the first question about it. */
  #chapter(path: string): ServedChapter {
    const known = this.#chapters.get(path);
    if (known !== undefined) return known;
    const chapter = new ServedChapter(path, this.#served.engine, this.#log);
    this.#chapters.set(path, chapter);
    return chapter;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // A reader who has gone is no fault.
    response.on('error', () => response.destroy());
    if (!isOwn(request)) return refuse(response, 403);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const { url = '/' } = request;
    const [address = '/', query = ''] = url.split('?', 2);
    const [, token = '', ...rest] = address.replace(/#.*$/, '').split('/');
    if (!isSame(token, this.#token)) return refuse(response, 403);
    const name = decoded(rest.join('/'));
    if (name === undefined) return refuse(response, 404);
    if (name === '') return this.#redirect(response);
    if (rest[0] !== OWN) return this.#file(name, response);
    const own = rest.slice(1).join('/');
    if (own === 'live') return this.#live(new URLSearchParams(query), response);
    if (/^((preview|diagrams)\.js|preview\.css|fonts\/[\w.-]+\.woff2)$/.test(own))
      return sendFile(join(__dirname, own), filesIn(__dirname), response);
    refuse(response, 404);
  }

  #redirect(response: ServerResponse): void {
    response.writeHead(302, { Location: this.#addressOf(this.#served.first), 'Cache-Control': 'no-store' }).end();
  }

  #addressOf(path: string): string {
    const parts = relative(this.#served.files.root, path).split(sep);
    return `/${this.#token}/${parts.map(encodeURIComponent).join('/')}`;
  }

  /** A chapter's page, or a file that a chapter shows: an image of its workspace. */
  #file(name: string, response: ServerResponse): void {
    const path = resolve(this.#served.files.root, name);
    const { files } = this.#served;
    // A link named like an image may lead to anything.
    const real = files.realPath(path);
    if (real === undefined) refuse(response, 404);
    else if (isChapter(path) && isChapter(real)) this.#page(path, response);
    else if (isImage(path) && isImage(real)) sendFile(real, files, response);
    else refuse(response, 404);
  }

  #page(path: string, response: ServerResponse): void {
    try {
      this.#chapter(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      refuse(response, 404);
      return;
    }
    const own = `/${this.#token}/${OWN}`;
    const chapter = relative(this.#served.files.root, path);
    const html = livePage(this.#titleOf(path), {
      style: `${own}/preview.css`,
      script: `${own}/preview.js`,
      live: `${own}/live?chapter=${encodeURIComponent(chapter)}`,
      nonce: randomBytes(16).toString('base64'),
      contents: this.#contents(path),
    });
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html);
  }

  #titleOf(path: string): string {
    const document = this.#served.engine.chapter(this.#chapter(path).uri);
    return document === undefined ? '' : titleOf(document.chapter);
  }

  #contents(path: string): PageContents | undefined {
    const { contents, title } = this.#served;
    if (contents.length < 2) return undefined;
    const links = contents.map(({ path: own, ...entry }) => ({
      ...entry,
      href: this.#addressOf(own),
      isCurrent: own === path,
    }));
    return { title, links };
  }

  async #live(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const chapter = this.#chapters.get(resolve(this.#served.files.root, query.get('chapter') ?? ''));
    if (chapter === undefined) return refuse(response, 404);
    switch (query.get('ask')) {
      case 'events':
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
        response.flushHeaders();
        chapter.listen(response);
        return;
      case 'card': {
        const card = await chapter.card(placeIn(query.get('line')), placeIn(query.get('character')));
        response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
        response.end(JSON.stringify(card));
        return;
      }
      default:
        refuse(response, 404);
    }
  }
}

/** A line or character of a request. */
function placeIn(text: string | null): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

/**
 * True for a request of a page of this server, or of a reader who follows its address. Another site's name that was made
 * to point here must not read the chapter, nor may another site's page.
 */
function isOwn({ headers: { host = '', origin, ...headers } }: IncomingMessage): boolean {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate';
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

function typeOf(path: string): string | undefined {
  return TYPES[extname(path).toLowerCase()];
}

function isChapter(path: string): boolean {
  return /\.(qmd|md)$/i.test(path);
}

export function isImage(path: string): boolean {
  return IMAGE_TYPES[extname(path).toLowerCase()] !== undefined;
}

function sendFile(path: string, files: FileAccess, response: ServerResponse): void {
  let content: Uint8Array;
  try {
    content = files.readBytes(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    refuse(response, 404);
    return;
  }
  response.writeHead(200, {
    'Content-Type': typeOf(path)!,
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
