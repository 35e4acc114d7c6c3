/**
 * Drafts of open chapters, in which assumptions have other values: evaluated and checked as the chapters are, and shown
 * nowhere. A chapter has one draft at most, which is kept for a while: the next change evaluates no more than what it reaches.
 */
import type { CancellationToken, Position } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import { dirname, relative, sep } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import { later, type Timer } from '../timers';
import {
  type AnyEdit,
  beforeEdits,
  type Change,
  type DraftEdit,
  type DraftEdits,
  draftEdits,
  editedText,
  type FileEdit,
  isFileEdit,
  wayBetween,
  withoutGuard,
} from '../whatif/changes';
import type { Draft } from '../whatif/draft';
import { type FileTexts, type FileValue, fileValueAt, NO_FILES } from '../whatif/fileValues';
import { type BrokenGuard, failedGuards, IMPACT_RULES } from '../whatif/impact';
import { readPaths } from '../workspace/dataFiles';
import type { ChapterChecks, ChapterDocument } from './chapterDocument';

/** A draft that nobody asked for in so long is given up, in milliseconds. */
const IDLE = 120_000;
/** So many guards are left out. */
const MOST_GUARDS = 30;

/** While a cell runs for long. */
const NOT_YET = {
  edits: [],
  fileEdits: [],
  changes: [],
  problems: ['The values of the chapter are not known yet.'],
} as const;

interface Kept {
  readonly document: ChapterDocument;
  /** The text of the chapter, and the edits that make the draft of it. */
  text: string;
  edits: readonly DraftEdit[];
  /** What data files and modules hold in the draft: all in one text, to see whether that changes. */
  tried: string;
  /** What files that the chapter includes hold in the draft, where that is something else. */
  readonly partials: Map<string, string>;
  /** Whether rules look at it. */
  findings: boolean;
  /** What a file holds without the draft. */
  textOf(path: string): string | undefined;
  timer: Timer | undefined;
  /** Changes are tried one after the other. */
  turn: Promise<unknown>;
}

/** Where drafts find their chapters. */
export interface DraftHost {
  /** A chapter that is open. */
  document(uri: string): ChapterDocument | undefined;
  /** Opens a chapter of a text whose results nobody is told. */
  make(uri: string, text: string, checks: ChapterChecks): ChapterDocument;
  /** What a data file holds, as cells read it; undefined where it cannot be read. */
  dataText(path: string): string | undefined;
  /** The open chapters that read a data file or import a module, the one that was used last at the end. */
  readers(path: string): readonly string[];
  /** The open chapters that include a file, the one that was used last at the end. */
  including(path: string): readonly ChapterDocument[];
}

export class Drafts {
  readonly #host: DraftHost;
  readonly #kept = new Map<ChapterDocument, Kept>();

  constructor(host: DraftHost) {
    this.#host = host;
  }

  /** What is known of an open chapter once it is checked, with the details of all its runs; undefined for any other. */
  async base(uri: string, token?: CancellationToken): Promise<Analysis | undefined> {
    const document = this.#host.document(uri);
    const checked = await document?.whenChecked(token);
    await document?.evaluation.complete();
    return checked?.analysis;
  }

  /** The data files that an open chapter reads, the modules that it imports, and what it includes. */
  files(uri: string): FileTexts {
    const document = this.#host.document(uri);
    const own = pathOfUri(uri);
    if (document === undefined || own === undefined) return NO_FILES;
    return {
      paths: new Set([
        ...readPaths(document.evaluation.lookupPaths),
        ...document.evaluation.modules.map(({ file }) => file),
      ]),
      textOf: path => document.chapter.composition?.textOf(path) ?? this.#host.dataText(path),
      uriOf: uriOfPath,
      nameOf: path => relative(dirname(own), path).split(sep).join('/'),
    };
  }

  /** The place in the open chapter that includes a file and was used last of those that do; undefined for a file that none includes. */
  placeInChapter(uri: string, position: Position): { readonly chapter: string; readonly offset: number } | undefined {
    const path = pathOfUri(uri);
    const document = path === undefined ? undefined : this.#host.including(path).at(-1);
    const offset = document?.chapter.composition?.offsetIn(path, position);
    return document === undefined || offset === undefined ? undefined : { chapter: document.uri, offset };
  }

  /** The number at a position of a data file or a module, and the open chapter in which another one is tried; undefined where none is. */
  fileValueAt(uri: string, position: Position): { readonly chapter: string; readonly value: FileValue } | undefined {
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;
    const chapter = this.#host.readers(path).at(-1);
    const value = chapter === undefined ? undefined : fileValueAt(path, position, this.files(chapter));
    return chapter === undefined || value === undefined ? undefined : { chapter, value };
  }

  /**
   * An open chapter with changes, evaluated and checked; undefined for a chapter that is not open. Where no findings are
   * wanted, no rules are run. Rejects as `ChapterDocument.whenChecked` does.
   */
  async with(
    uri: string,
    changes: readonly Change[],
    token?: CancellationToken,
    { findings = true } = {},
  ): Promise<Draft | undefined> {
    const document = this.#host.document(uri);
    if (document === undefined) return undefined;
    const before = await document.whenChecked(token);
    const made = await this.#edits(document, changes, token);
    const { edits, fileEdits, problems, changes: resolved } = made;
    const kept = this.#keep(document);
    const done = kept.turn.then(() => this.#evaluate(kept, document.text, made, findings, token));
    kept.turn = done.catch(() => undefined);
    // Without findings, there are none on either side.
    const compared = findings ? before : { ...before, findings: [] };
    return { before: compared, edits, fileEdits, problems, changes: resolved, ...(await done) };
  }

  /** Waits for details of runs, however long they take: who tries something is not to be told that nothing changes. */
  async #edits(document: ChapterDocument, changes: readonly Change[], token: CancellationToken | undefined) {
    const files = this.files(document.uri);
    const ask = () => document.answer(({ analysis }) => draftEdits(changes, analysis, files), { token });
    const made = await ask();
    if (made !== undefined) return made;
    await document.evaluation.complete();
    return (await ask()) ?? NOT_YET;
  }

  async #evaluate(
    kept: Kept,
    text: string,
    { edits, fileEdits }: Pick<DraftEdits, 'edits' | 'fileEdits'>,
    findings: boolean,
    token: CancellationToken | undefined,
  ): Promise<Pick<Draft, 'after' | 'broken'>> {
    const broken: BrokenGuard[] = [];
    let all: readonly AnyEdit[] = [...edits, ...fileEdits];
    if (kept.findings !== findings) {
      kept.findings = findings;
      // What no rules looked at, they look at now.
      if (findings) kept.document.checkAgain();
    }
    for (;;) {
      this.#tryFiles(kept, all.filter(isFileEdit));
      this.#become(
        kept,
        text,
        all.filter(edit => !isFileEdit(edit)),
      );
      const after = await kept.document.whenChecked(token);
      const { analysis } = after;
      const left = failedGuards(analysis).flatMap(({ key, cell, check }) => {
        if (broken.length >= MOST_GUARDS) return [];
        broken.push({ key, cell, message: check.message });
        return [beforeEdits(withoutGuard(check.range, analysis), all)];
      });
      if (left.length === 0) return { after, broken };
      all = [...all, ...left].sort((a, b) => a.start - b.start);
    }
  }

  /** Brings a draft to a text with edits. */
  #become(kept: Kept, text: string, edits: readonly DraftEdit[]): void {
    const { document } = kept;
    const way = kept.text === text ? wayBetween(text, kept.edits, edits) : undefined;
    const changes = way ?? [{ start: 0, end: document.text.length, text: editedText(text, edits) }];
    kept.text = text;
    kept.edits = edits;
    if (changes.length > 0) document.replace(document.version + 1, changes);
  }

  #tryFiles(kept: Kept, edits: readonly FileEdit[]): void {
    const { document } = kept;
    const { composition } = document.chapter;
    const paths = [...new Set(edits.map(({ path }) => path))];
    const textOf = (path: string) =>
      editedText(
        kept.textOf(path) ?? '',
        edits.filter(one => one.path === path),
      );
    kept.partials.clear();
    for (const path of paths) if (composition?.textOf(path) !== undefined) kept.partials.set(path, textOf(path));
    document.partialsChanged();
    const tried = paths.filter(path => !kept.partials.has(path)).map((path): [string, string] => [path, textOf(path)]);
    const key = JSON.stringify(tried);
    if (key === kept.tried) return;
    kept.tried = key;
    document.tryFiles(tried);
  }

  #keep(document: ChapterDocument): Kept {
    let kept = this.#kept.get(document);
    if (kept === undefined) {
      const { text } = document;
      const isUnchecked = () => this.#kept.get(document)?.findings !== true;
      const partials = new Map<string, string>();
      // Included files are those of the chapter, whatever becomes of them meanwhile.
      const partialText = (path: string) => partials.get(path) ?? document.chapter.composition?.textOf(path);
      const checks = { isUnchecked, rules: IMPACT_RULES, asksForDetails: true, partialText };
      const made = this.#host.make(document.uri, text, checks);
      const none = { text, edits: [], tried: '[]', partials, findings: false };
      const { textOf } = this.files(document.uri);
      kept = { document: made, ...none, textOf, timer: undefined, turn: Promise.resolve() };
      this.#kept.set(document, kept);
    }
    clearTimeout(kept.timer);
    kept.timer = later(() => this.forget(document), IDLE);
    return kept;
  }

  /** Gives up the draft of a chapter. */
  forget(document: ChapterDocument): void {
    const kept = this.#kept.get(document);
    if (kept === undefined) return;
    this.#kept.delete(document);
    clearTimeout(kept.timer);
    kept.document.close();
  }

  /** Gives up all drafts. */
  close(): void {
    for (const document of [...this.#kept.keys()]) this.forget(document);
  }
}
