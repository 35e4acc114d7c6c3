/** The documents that are open, chapters, files of packages and data files alike, by their URIs in any spelling. */
import { UriMap } from '../files/uri';
import type { Includer } from '../protocol';
import type { Packages } from '../workspace/packages';
import type { ChapterDocument } from './chapterDocument';
import type { OpenDataFile } from './dataDocuments';
import type { NamedFiles } from './namedFiles';
import type { OpenPackageFile } from './packageDocuments';

/** A chapter with what it is evaluated and checked with. */
export interface OpenChapter {
  readonly kind: 'chapter';
  readonly uri: string;
  readonly document: ChapterDocument;
  readonly packages: Packages;
  readonly named: NamedFiles | undefined;
  /** The files of the project's configuration that were looked for. */
  readonly configuration: ReadonlyMap<string, string | undefined>;
  /** What its evaluation depends on beside its text, to see whether that has changed. */
  readonly conditions: string;
  /** The same for its findings and for how they and its values are shown. */
  presentation: string;
  /** When it was last edited or asked about, among all chapters. */
  used: number;
}

export type OpenDocument = OpenChapter | OpenPackageFile | OpenDataFile;

/** True for a chapter that imports a file. */
export function importsFile({ document }: OpenChapter, path: string): boolean {
  if (document.evaluation.wasFound(path) !== true) return false;
  // While the chapter is being evaluated, what it looked for is all that is known.
  return document.checked === undefined || document.evaluation.modules.some(({ file }) => file === path);
}

/** True for a chapter that includes a file. */
export function includesFile({ document }: OpenChapter, path: string): boolean {
  return document.chapter.composition?.textOf(path) !== undefined;
}

export class DocumentStore {
  readonly #documents = new UriMap<OpenDocument>();
  /** Counts uses of chapters. */
  #uses = 0;

  get(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri);
  }

  chapter(uri: string): OpenChapter | undefined {
    const found = this.#documents.get(uri);
    return found?.kind === 'chapter' ? found : undefined;
  }

  packageFile(uri: string): OpenPackageFile | undefined {
    const found = this.#documents.get(uri);
    return found?.kind === 'package' ? found : undefined;
  }

  get chapters(): readonly OpenChapter[] {
    return [...this.#documents.values()].filter(one => one.kind === 'chapter');
  }

  /** The same, the one that was used last at the end: what is asked of an evaluation last comes first. */
  get chaptersByUse(): readonly OpenChapter[] {
    return [...this.chapters].sort((a, b) => a.used - b.used);
  }

  /** Those that read one of these data files, or import them. */
  readersOf(...paths: readonly string[]): readonly OpenChapter[] {
    return this.chaptersByUse.filter(({ document }) => paths.some(path => document.evaluation.seesData(path)));
  }

  /** The same, and those that are still being evaluated: nobody knows yet what they read, or have read before it changed. */
  maybeReadersOf(...paths: readonly string[]): readonly OpenChapter[] {
    return this.chaptersByUse.filter(
      ({ document }) => document.state === 'parsed' || paths.some(path => document.evaluation.seesData(path)),
    );
  }

  /** The open chapters that import a file, the one that was used last at the end. */
  importersOf(path: string): readonly OpenChapter[] {
    return this.chaptersByUse.filter(chapter => importsFile(chapter, path));
  }

  /** Those of these open chapters that include a file. */
  includersOf(path: string | undefined, chapters = this.chapters): readonly OpenChapter[] {
    return path === undefined ? [] : chapters.filter(chapter => includesFile(chapter, path));
  }

  /** The first chapter in which an included file is read, and the line that includes it; undefined where none does. */
  includerOf(path: string): Includer | undefined {
    const [includer] = this.includersOf(path);
    if (includer === undefined) return undefined;
    const { composition, lines } = includer.document.chapter;
    const includes = composition?.includes ?? [];
    let found = includes.find(one => one.path === path);
    // Where another included file includes it, that one is meant.
    for (let seen = 0; found?.from !== undefined && seen < includes.length; seen++) {
      const { path: outer } = found.from;
      found = includes.find(one => one.path === outer);
    }
    return found && { uri: includer.uri, line: lines.chapterLineAt(found.range.start) };
  }

  /** A chapter is edited or asked about. */
  use(chapter: OpenChapter): OpenChapter {
    chapter.used = ++this.#uses;
    return chapter;
  }

  get packageFiles(): readonly OpenPackageFile[] {
    return [...this.#documents.values()].filter(one => one.kind === 'package');
  }

  get dataFiles(): readonly OpenDataFile[] {
    return [...this.#documents.values()].filter(one => one.kind === 'data');
  }

  add(document: OpenDocument): void {
    this.#documents.set(document.uri, document);
  }

  remove(uri: string): void {
    this.#documents.delete(uri);
  }
}
