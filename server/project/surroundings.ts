/** What lies around one chapter, as its rules ask for it. Answers are kept until something of that has changed. */
import type { Bibliography } from '../chapter/bibliography';
import type { Chapter } from '../chapter/model';
import type { LabelPlace, Surroundings } from '../diagnostics/surroundings';
import { sameList } from '../evaluation/sameData';
import type { FileAccess } from '../files/access';
import { dirname, resolve } from '../files/path';
import { namedFile } from '../files/roots';
import { citable } from '../workspace/bibliographies';
import type { ChapterIndex } from './chapterIndex';
import type { ChapterIndexes, Membership } from './indexes';

/** Milliseconds for which answers hold, where nobody tells of changes. */
const WHILE = 2000;

export interface SurroundingsHost {
  readonly path: string;
  readonly files: FileAccess;
  readonly indexes: ChapterIndexes;
  /** Has the chapters of an index read; false where that goes on, and the rules are to ask again later. */
  read(index: ChapterIndex): boolean;
}

const NO_LABELS: readonly string[] = [];

type FileAnswer = ReturnType<Surroundings['file']>;

export class ProjectSurroundings implements Surroundings {
  readonly #host: SurroundingsHost;
  #chapter: Chapter;
  #filesRead = Date.now();
  /** Counts what has changed of files. */
  #changes = 0;
  #version = '';
  #membership: Membership | undefined;
  /** The pages of a website, once a label that one of them does not have was asked about. */
  #beside: ChapterIndex | undefined;
  #labels: { readonly version: number; readonly all: readonly string[] } | undefined;
  readonly #fileAnswers = new Map<string, FileAnswer>();
  #citable: readonly Bibliography[] | 'none' | 'unknown' | undefined;

  constructor(host: SurroundingsHost, chapter: Chapter) {
    this.#host = host;
    this.#chapter = chapter;
  }

  /** The same around another version of the chapter. */
  of(chapter: Chapter): this {
    const before = this.#chapter;
    this.#chapter = chapter;
    const now = Date.now();
    if (now - this.#filesRead > WHILE) {
      this.#filesRead = now;
      this.filesChanged();
      this.projectChanged();
    }
    if (before.frontMatter !== chapter.frontMatter || before.inherited !== chapter.inherited) this.#citable = undefined;
    this.#version = this.#now;
    return this;
  }

  get version(): unknown {
    return this.#version;
  }

  /** True where the rules would be told other things than when they asked last. */
  get isOutdated(): boolean {
    return this.#version !== this.#now;
  }

  get #now(): string {
    return `${this.#changes} ${this.#membership?.index?.version ?? ''} ${this.#beside?.version ?? ''}`;
  }

  /** Some files, or all, may have changed. True where answers are other ones. */
  filesChanged(isConcerned: (path: string) => boolean = () => true): boolean {
    const before = this.#changes;
    const asked = [...this.#fileAnswers.keys()].filter(name => isConcerned(this.#resolve(name)));
    for (const name of asked) if (this.#look(name) !== this.#fileAnswers.get(name)) this.#fileChanged(name);
    this.#forgetBibliographies();
    return before !== this.#changes;
  }

  /** The project may be another one, or have other chapters. True where answers are other ones. */
  projectChanged(): boolean {
    const before = this.#membership;
    if (before === undefined) return false;
    const { indexes, path, files } = this.#host;
    const now = indexes.of(path, files);
    this.#membership = now;
    // What was not read has answered nothing.
    const isSame = now.project === before.project && (now.index === before.index || before.index?.isRead === false);
    if (!isSame) this.#changes++;
    return !isSame;
  }

  #fileChanged(name: string): void {
    this.#fileAnswers.delete(name);
    this.#changes++;
  }

  #forgetBibliographies(): void {
    const before = this.#citable;
    if (before === undefined) return;
    this.#citable = undefined;
    const now = this.#entries;
    const isSame = before === now || (Array.isArray(before) && Array.isArray(now) && sameList(before, now));
    if (!isSame) this.#changes++;
  }

  get #belongs(): Membership {
    const { indexes, path, files } = this.#host;
    if (this.#membership === undefined) {
      this.#membership = indexes.of(path, files);
      this.#version = this.#now;
    }
    return this.#membership;
  }

  get #entries(): readonly Bibliography[] | 'none' | 'unknown' {
    const { path, files } = this.#host;
    this.#citable ??= citable(path, this.#chapter, files);
    return this.#citable;
  }

  readonly project = () => this.#belongs.project;

  isRead(): boolean {
    const { project, index } = this.#belongs;
    const { path, files, indexes } = this.#host;
    this.#beside = project === 'project' ? indexes.pagesAround(path, files) : undefined;
    return [index, this.#beside].every(one => one === undefined || one.isRead || this.#host.read(one));
  }

  #find<T>(look: (index: ChapterIndex, from: string) => T): T | undefined {
    const { index } = this.#belongs;
    return index?.isRead === true ? look(index, resolve(this.#host.path)) : undefined;
  }

  hasLabel(id: string): boolean {
    return this.#find((index, from) => [...index.others(from)].some(({ labels }) => labels.has(id))) === true;
  }

  isBeside(id: string): boolean {
    const from = resolve(this.#host.path);
    return this.#beside?.isRead === true && [...this.#beside.others(from)].some(({ labels }) => labels.has(id));
  }

  labelPlace(id: string): LabelPlace | undefined {
    return this.#find((index, from) => {
      for (const { labels } of index.others(from)) {
        const found = labels.get(id);
        if (found !== undefined) return { file: found.path, position: found.position };
      }
      return undefined;
    });
  }

  labels(): readonly string[] {
    const { index } = this.#belongs;
    if (index?.isRead !== true) return NO_LABELS;
    if (this.#labels?.version !== index.version) {
      const all = [...index.others(resolve(this.#host.path))].flatMap(({ labels }) => [...labels.keys()]);
      this.#labels = { version: index.version, all };
    }
    return this.#labels.all;
  }

  refersTo(id: string): boolean {
    return this.#find((index, from) => [...index.others(from)].some(({ named }) => named.has(id))) === true;
  }

  bibliography(): 'known' | 'unknown' | 'none' {
    const entries = this.#entries;
    return typeof entries === 'string' ? entries : 'known';
  }

  hasEntry(key: string): boolean {
    const entries = this.#entries;
    return typeof entries !== 'string' && entries.some(one => one.get(key) !== undefined);
  }

  entries(): readonly string[] {
    const entries = this.#entries;
    return typeof entries === 'string' ? [] : entries.flatMap(one => one.entries.map(({ key }) => key));
  }

  file(path: string): FileAnswer {
    let answer = this.#fileAnswers.get(path);
    if (answer === undefined) {
      answer = this.#look(path);
      this.#fileAnswers.set(path, answer);
    }
    return answer;
  }

  /** Paths of the files that were asked about. */
  get filesAsked(): readonly string[] {
    return [...this.#fileAnswers.keys()].map(name => this.#resolve(name));
  }

  #resolve(name: string): string {
    const { path, files } = this.#host;
    return namedFile(name, path, files);
  }

  #look(name: string): FileAnswer {
    const { files } = this.#host;
    const path = this.#resolve(name);
    const problem = files.stat(path) === undefined ? files.problemWith(path)?.problem : undefined;
    if (problem === 'outside') return 'elsewhere';
    if (problem !== 'missing') return 'there';
    return name.includes('/') && !files.isThere(dirname(path)) ? 'no-folder' : 'missing';
  }
}

/** What lies around a chapter on disk, for a check that waits for all that it asks. */
export function surroundingsOf(
  path: string,
  chapter: Chapter,
  { files, indexes }: Pick<SurroundingsHost, 'files' | 'indexes'>,
): ProjectSurroundings {
  const read = (index: ChapterIndex) => {
    for (const _ of index.read());
    return true;
  };
  return new ProjectSurroundings({ path, files, indexes, read }, chapter).of(chapter);
}
