/** Symbols of the chapters of folders, open or not, looked up by parts of their names. */
import { composeChapter } from '../chapter';
import type { Chapter } from '../chapter/model';
import { type FileAccess, FileError } from '../files/access';
import { uriOfPath } from '../files/uri';
import { type ChapterSymbol, symbolsOf } from '../project/chapterSymbols';
import { partialFiles } from '../project/partials';
import { soon } from '../timers';
import { readText } from '../workspace/files';

export interface SymbolsHost {
  filesOf(path: string): FileAccess;
  /** An open chapter as it was read last. */
  chapter(path: string): Chapter | undefined;
  /** What an editor holds of a file. */
  textOf(path: string): string | undefined;
}

/** What was read from a file, with its stamp. */
interface Known {
  readonly stamp: string;
  readonly symbols: readonly ChapterSymbol[];
}

/** So many are told. */
const MOST = 500;
/** Milliseconds of work between two looks at what else is to be done. */
const SLICE = 5;

export class WorkspaceSymbols {
  readonly #host: SymbolsHost;
  /** By path; a chapter is read again where it has changed. */
  readonly #known = new Map<string, Known>();
  readonly #open = new WeakMap<Chapter, readonly ChapterSymbol[]>();

  constructor(host: SymbolsHost) {
    this.#host = host;
  }

  /** The symbols of chapters whose names hold the letters of `query` in that order, best first; `stop` tells when to give up. */
  async find(query: string, paths: readonly string[], stop: () => boolean): Promise<readonly ChapterSymbol[]> {
    const found: { readonly symbol: ChapterSymbol; readonly score: number }[] = [];
    const places = new Set<string>();
    const letters = query.toLowerCase().replaceAll(/\s/g, '');
    let until = performance.now() + SLICE;
    for (const path of paths) {
      if (performance.now() > until) {
        await new Promise<void>(soon);
        if (stop()) return [];
        until = performance.now() + SLICE;
      }
      for (const symbol of this.#symbolsOf(path)) {
        const score = scoreOf(symbol.name.toLowerCase(), letters);
        if (score === undefined) continue;
        // What several chapters include is told once.
        const { line, character } = symbol.range.start;
        const place = `${symbol.uri} ${line} ${character} ${symbol.name}`;
        if (!places.has(place)) found.push({ symbol, score });
        places.add(place);
      }
    }
    return found
      .sort((a, b) => a.score - b.score)
      .slice(0, MOST)
      .map(({ symbol }) => symbol);
  }

  #symbolsOf(path: string): readonly ChapterSymbol[] {
    const held = this.#host.chapter(path);
    if (held !== undefined) {
      const symbols = this.#open.get(held) ?? symbolsOf(held);
      this.#open.set(held, symbols);
      return symbols;
    }
    const files = this.#host.filesOf(path);
    const stamp = files.stat(path)?.stamp;
    const known = this.#known.get(path);
    if (stamp === undefined || known?.stamp === stamp) return known?.symbols ?? [];
    const chapter = this.#read(path, files);
    const symbols = chapter === undefined ? [] : symbolsOf(chapter);
    this.#known.set(path, { stamp, symbols });
    return symbols;
  }

  #read(path: string, files: FileAccess): Chapter | undefined {
    try {
      const text = readText(path, files).replace(/^\uFEFF/, '');
      return composeChapter(
        text,
        uriOfPath(path),
        partialFiles(path, files, one => this.#host.textOf(one)),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return undefined;
    }
  }
}

/** Smaller is better; undefined where the letters do not stand in the name in that order. */
function scoreOf(name: string, letters: string): number | undefined {
  if (letters === '') return 3;
  if (name.startsWith(letters)) return name.length === letters.length ? 0 : 1;
  if (name.includes(letters)) return 2;
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 3;
}
