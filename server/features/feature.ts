/**
 * What a feature is: the answer to one request of the language server protocol, as a pure function of an analysis. A
 * feature is one file, which answers, and one row of the table in `index.ts`, which announces it.
 */
import {
  CodeActionKind,
  type Position,
  type Range,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Chapter, OffsetRange } from '../chapter/model';
import type { Finding } from '../diagnostics/finding';
import type { Analysis } from '../evaluation/analysis';
import { DetailsMissing } from '../evaluation/detailsMissing';
import type { PackageView } from '../evaluation/packageView';
import type { DataPlace } from '../evaluation/results';
import type { Settings } from '../protocol';

/** The kind of the action that takes all certain fixes of a chapter. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.reckoner`;

export interface FeatureContext {
  /** The chapter's document, for locations and links. */
  readonly uri: string;
  /** The included file that was asked about; undefined for the chapter itself. */
  readonly file?: string | undefined;
  readonly settings: Settings;
  /** The findings that were published for this version. */
  readonly findings: readonly Finding[];
  /** The edit that turns a rule off in the project; undefined where there is none that the client can make. */
  readonly turnOff?: (code: string) => WorkspaceEdit | undefined;
  /** The chapter as it was at the last commit; undefined where that is not known. */
  readonly former?: () => Analysis | undefined;
  /** The edit that has the lock of values say what the chapter shows, of one expression or all; undefined where there is no lock. */
  readonly accept?: (analysis: Analysis, expr?: string) => WorkspaceEdit | undefined;
  readonly client?: ClientAbilities;
  /** A label that another chapter of the book has. */
  readonly label?: (id: string) => ElsewhereLabel | undefined;
  /** True where what is not known yet is not waited for; see `ifTold`. */
  readonly isHurried?: boolean;
  /** What an evaluation answers; undefined where that takes longer than somebody waits who has something to read already. */
  readonly withPatience?: <T>(asked: Promise<T>) => Promise<T | undefined>;
  /** True for a client that takes snippets: texts with stops for what is to be filled in. */
  readonly takesSnippets?: boolean;
  /** The file that a name in the chapter means, where there is one; a leading slash means the project. */
  readonly fileUri?: (name: string) => string | undefined;
  /** What is in a folder that a name of the chapter means, such as `images/`; empty for its own one. */
  readonly filesIn?: (folder: string) => readonly { readonly name: string; readonly isFolder: boolean }[];
  /** The keys that lead to a place of a YAML or JSON file: `barns[0].cows`; undefined in other files. */
  readonly dataPath?: (place: DataPlace) => string | undefined;
  /** What the editor holds of a file. */
  readonly textOf?: (uri: string) => string | undefined;
  /** Other chapters whose text holds a text: those that share the chapter's labels, or its bibliographies. */
  readonly siblings?: (
    text: string,
    kind: 'label' | 'citation',
  ) => Iterable<{ readonly uri: string; readonly chapter: Chapter }>;
  /** Labels of other chapters that the chapter can refer to, as far as these have been read. */
  readonly labels?: () => readonly (ElsewhereLabel & { readonly id: string })[];
  /** What a reference to a label of the chapter reads: `Figure 3.1`. */
  readonly numberOf?: (id: string) => string | undefined;
  /** What the bibliographies of the chapter hold. */
  readonly citations?: () => readonly CitedEntry[];
  /** All chapters that are open, this one included. */
  readonly chapters?: () => readonly OpenChapter[];
  /** Chapters and Python files of the workspace that are neither open nor imported by an open chapter. */
  readonly otherSources?: () => Iterable<{ readonly uri: string; readonly text: string }>;
}

/** An entry of a bibliography. */
export interface CitedEntry {
  readonly key: string;
  /** `article`, `book`, … */
  readonly type: string;
  /** The file that holds it. */
  readonly uri: string;
  /** Of the key in the file. */
  readonly range: Range;
  /** How another key is written in place of this one; undefined where that is not known. */
  readonly writeKey: ((key: string) => string) | undefined;
  field(name: string): string | undefined;
  /** The same with its braces, where they are known. */
  source?(name: string): string | undefined;
}

/** What a client can do that not every one can. */
export interface ClientAbilities {
  /** It has the commands that show the page of a rule, and let the author choose its level. */
  readonly hasCommands: boolean;
  /** It takes edits with places to type in. */
  readonly takesSnippetEdits: boolean;
  /** It takes edits that make files. */
  readonly createsFiles: boolean;
}

/** Something that is numbered, in another chapter of the book. */
export interface ElsewhereLabel {
  readonly uri: string;
  readonly range: Range;
  /** `Figure 3.1`. */
  readonly text: string;
  readonly caption: string | undefined;
}

/** What `look` finds; undefined where that is among details that are not there, and there is no time to wait for them. */
export async function ifTold<T>({ isHurried }: FeatureContext, look: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DetailsMissing && isHurried === true) return undefined;
    throw error;
  }
}

/** The same for what is known at once or not at all. */
export function toldNow<T>({ isHurried }: FeatureContext, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof DetailsMissing && isHurried === true) return undefined;
    throw error;
  }
}

/** A chapter that is open in the editor, as it was last analysed. */
export interface OpenChapter {
  readonly uri: string;
  readonly analysis: Analysis;
}

/** One row of the table. */
export interface Feature {
  /** Such as `textDocument/hover`. */
  readonly method: string;
  readonly capabilities: ServerCapabilities;
  /** The server announces its features before it loads them. */
  // biome-ignore lint/suspicious/noExplicitAny: each feature has parameters and results of its own
  load(): Promise<Handler<any, any>>;
}

/** An entry of a bibliography, as a position in its file names it. */
export interface EntryPlace {
  readonly key: string;
  /** Of the key. */
  readonly range: Range;
  /** A chapter whose bibliography it is. */
  readonly chapter: Chapter;
}

/** A data file or a module that is asked about, and what the chapters of its project make of it. */
export interface FileAsked {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
  /** Of a module. */
  readonly view: PackageView | undefined;
  /**
   * The number at a position, or of a tree of data all that stands under a key: with its places, those of names for the number
   * among them.
   */
  entryAt(position: Position): FileEntry | undefined;
  /** The chapters that read or import it, one after the other with all details; each counts until the next one is asked for. */
  chapters(): AsyncIterable<OpenChapter & { readonly name: string }>;
}

export interface FileEntry {
  /** `barns[0].cows`, `Pump.FLOW`. */
  readonly name: string;
  readonly number: number | undefined;
  readonly ranges: readonly OffsetRange[];
}

/** What a feature's file holds. */
export interface Handler<Params, Result> {
  /** Null where there is nothing to answer. */
  handle(analysis: Analysis, params: Params, context: FeatureContext): Result | null | Promise<Result | null>;
  /**
   * True where it is answered from the present text and what was known before, without waiting for its evaluation: where what
   * is typed would not be there yet in any case.
   */
  readonly atOnce?: boolean;
  /** True where nobody is served by an answer from half of the values: it waits for the evaluation, however long that takes. */
  readonly isPatient?: boolean;
  /** True where it needs all findings of the version, which may take a moment longer than its values. */
  readonly wantsAllFindings?: boolean;
  /**
   * What is likely to be asked about next, where working that out takes a while: done one by one while nothing else is to be done,
   * so that it is known when somebody asks.
   */
  ahead?(analysis: Analysis, params: Params, context: FeatureContext): Iterable<() => Promise<unknown>>;
  /** The document that a request is about, where its parameters do not name it as `textDocument`. */
  documentOf?(params: Params): string | undefined;
  /** True where it is answered about chapters that are not open as well: they are read and evaluated for it. */
  readonly inUnopened?: boolean;
  /** The answer in a file of a package; without it there is none. */
  inPackage?(view: PackageView, params: Params, context: FeatureContext): Result | null;
  /** The answer in a data file or a module where that takes the chapters of the project; in place of the two above and below. */
  inFile?(file: FileAsked, params: Params, context: FeatureContext): Promise<Result | null>;
  /** The answer at an entry in a file of a bibliography; `context` is that of a chapter which names the file. */
  inBibliography?(entry: EntryPlace, params: Params, context: FeatureContext): Result | null;
}

/** The range in the file that it stands in: the chapter's, or one that the chapter includes. */
export function toRange(chapter: Chapter, range: OffsetRange): Range {
  return chapter.lines.rangeOf(range);
}

/** The document that an offset stands in; `uri` is the chapter's. */
export function uriAt(chapter: Chapter, offset: number, uri: string): string {
  return chapter.composition?.fileAt(offset)?.uri ?? uri;
}

/** The place of a position in the file that was asked about. */
export function toOffset(chapter: Chapter, position: Position, { file }: Pick<FeatureContext, 'file'>): number {
  if (chapter.composition === undefined) return chapter.lines.offsetAt(position);
  return chapter.composition.offsetIn(file, position) ?? chapter.lines.offsetAt(position);
}

/** True for what stands in the file that was asked about. */
export function isHere(chapter: Chapter, offset: number, { file }: Pick<FeatureContext, 'file'>): boolean {
  return chapter.composition === undefined || chapter.composition.fileAt(offset)?.path === file;
}

/** Whether the offset lies in the range or at its end, where a cursor behind a name stands. */
export function encloses(range: OffsetRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
