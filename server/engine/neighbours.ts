/** What open chapters know of each other, of closed ones and of the files around them, and who is told when that changes. */
import { withInherited } from '../chapter';
import type { Chapter } from '../chapter/model';
import type { Surroundings } from '../diagnostics';
import { type Answers, holdAnswers } from '../diagnostics/surroundings';
import type { ElsewhereLabel } from '../features/feature';
import type { FileAccess } from '../files/access';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { ChapterIndex } from '../project/chapterIndex';
import { inheritedMetadata } from '../project/configuration';
import { ChapterIndexes } from '../project/indexes';
import { ProjectSurroundings, surroundingsOf } from '../project/surroundings';
import { later, soon, type Timer } from '../timers';
import { headOf } from '../workspace/unreadable';
import type { DocumentStore, OpenChapter } from './documentStore';
import type { FileChanges } from './fileChanges';
import { WorkspaceSymbols } from './workspaceSymbols';

export interface NeighboursHost {
  filesOf(path: string): FileAccess;
  /** What an editor holds of a file. */
  textOf(path: string): string | undefined;
  /** Pages may show other numbers or names than before. */
  pagesChanged(): void;
}

/** Milliseconds of work between two looks at what else is to be done. */
const SLICE = 5;
/** Other chapters are told of an edit after so many milliseconds without another one. */
const QUIET = 100;

export class Neighbours {
  readonly indexes: ChapterIndexes;
  readonly symbols: WorkspaceSymbols;
  readonly #documents: DocumentStore;
  readonly #host: NeighboursHost;
  readonly #around = new Map<string, ProjectSurroundings>();
  readonly #reading = new Set<ChapterIndex>();
  /** Whom to call once an index is read. */
  readonly #waiting = new Map<ChapterIndex, (() => void)[]>();
  /** By the path of a chapter that was edited. */
  readonly #edited = new Map<string, Timer>();
  #isDue = false;

  constructor(documents: DocumentStore, host: NeighboursHost) {
    this.#documents = documents;
    this.#host = host;
    const chapter = (path: string) => documents.chapter(uriOfPath(path))?.document.chapter;
    this.indexes = new ChapterIndexes({ text: path => host.textOf(path), chapter });
    this.symbols = new WorkspaceSymbols({ ...host, chapter });
  }

  /** What lies around the versions of a chapter that is opened. */
  around(path: string | undefined): ((chapter: Chapter) => Surroundings) | undefined {
    if (path === undefined) return undefined;
    this.#around.delete(path);
    return chapter => {
      const known = this.#around.get(path);
      if (known !== undefined) return known.of(chapter);
      const files = this.#host.filesOf(path);
      const host = { path, files, indexes: this.indexes, read: (index: ChapterIndex) => this.#read(index) };
      const made = new ProjectSurroundings(host, chapter);
      this.#around.set(path, made);
      return made.of(chapter);
    };
  }

  /** What lies around a chapter with a text that is not open, by its front matter. */
  onDisk(path: string, text: string): Surroundings {
    return surroundingsOf(path, this.#head(path, text), { files: this.#host.filesOf(path), indexes: this.indexes });
  }

  /** Whether the questions of a check of a closed chapter would be answered as they were; false where that is not known. */
  holds(path: string, text: string, answers: Answers): boolean {
    const host = { path, files: this.#host.filesOf(path), indexes: this.indexes, read: () => false };
    return holdAnswers(answers, new ProjectSurroundings(host, this.#head(path, text)));
  }

  #head(path: string, text: string): Chapter {
    return withInherited(headOf(text, path), inheritedMetadata(path, this.#host.filesOf(path)));
  }

  /** Where a label stands that another chapter has than the one with this URI. */
  elsewhere(id: string, uri: string): ElsewhereLabel | undefined {
    const path = pathOfUri(uri);
    const found = path && this.indexes.of(path, this.#host.filesOf(path)).index?.label(id, path);
    return found ? { uri: found.uri, range: found.position, text: found.text, caption: found.caption } : undefined;
  }

  /** Tells the first chapter that includes a file, once the chapters of its project are read. */
  includer(path: string, found: (chapter: string) => void): void {
    const index = this.indexes.around(path, this.#host.filesOf(path));
    const tell = () => {
      const chapter = index.includerOf(path);
      if (chapter !== undefined) found(chapter);
    };
    if (this.#read(index)) tell();
    else this.#waiting.set(index, [...(this.#waiting.get(index) ?? []), tell]);
  }

  /** An open chapter has been checked: the others are told once nobody types in it. */
  chapterChecked(path: string | undefined): void {
    if (path === undefined) return;
    clearTimeout(this.#edited.get(path));
    const tell = () => this.chapterChanged(path);
    this.#edited.set(path, later(tell, QUIET));
  }

  /** Tells the others at once that an open chapter has changed, or has been closed. */
  chapterChanged(path: string | undefined): void {
    if (path === undefined) return;
    clearTimeout(this.#edited.get(path));
    this.#edited.delete(path);
    if (this.#documents.chapter(uriOfPath(path)) === undefined) this.#around.delete(path);
    this.#changed(index => index.chapterChanged(path), path);
  }

  filesChanged(files: FileChanges): void {
    const isConcerned = (path: string) => files.concerns(path);
    const mayBeOther = files.cameOrWent.length > 0 || files.configurations.length > 0;
    if (mayBeOther) this.indexes.forget();
    this.#changed(index => index.filesChanged(isConcerned));
    for (const { document, path } of this.#open) {
      const around = this.#around.get(path);
      const isOther = [mayBeOther && around?.projectChanged(), around?.filesChanged(isConcerned)].includes(true);
      if (isOther) document.surroundingsChanged();
    }
  }

  get #open(): readonly (OpenChapter & { readonly path: string })[] {
    return this.#documents.chapters.flatMap(one => {
      const path = pathOfUri(one.uri);
      return path === undefined ? [] : [{ ...one, path }];
    });
  }

  #changed(look: (index: ChapterIndex) => { readonly findings: boolean; readonly pages: boolean }, but?: string): void {
    const changed = this.indexes.all.map(index => look(index));
    if (changed.some(({ findings }) => findings)) this.#checkAgain(but);
    if (changed.some(({ pages }) => pages)) this.#host.pagesChanged();
  }

  /** Has the chapters of an index read between requests; true where they have been. */
  #read(index: ChapterIndex): boolean {
    if (index.isRead || this.#reading.has(index)) return index.isRead;
    this.#reading.add(index);
    const steps = index.read();
    const go = (): void => {
      const end = performance.now() + SLICE;
      do
        if (steps.next().done === true) {
          this.#reading.delete(index);
          this.#checkAgain();
          for (const call of this.#waiting.get(index) ?? []) call();
          this.#waiting.delete(index);
          return;
        }
      while (performance.now() < end);
      soon(go);
    };
    soon(go);
    return false;
  }

  /** Once for all that happens meanwhile. */
  #checkAgain(but?: string): void {
    if (this.#isDue) return;
    this.#isDue = true;
    soon(() => {
      this.#isDue = false;
      for (const { document, path } of this.#open)
        if (path !== but && this.#around.get(path)?.isOutdated === true) document.surroundingsChanged();
    });
  }
}
