/**
 * What the language server and its client say to each other beyond the language server protocol. Imports nothing, so
 * that the client, the preview page and the browser preview can all use it.
 */

/** True for the name of a file or folder whose chapters Quarto renders only where others include them. */
export function isPartialName(name: string): boolean {
  return name.startsWith('_');
}

/** A block of the rendered chapter. Blocks with the same key have the same HTML. */
export interface PreviewBlock {
  /** Names the block by its content; unique within one chapter. */
  readonly key: string;
  readonly html: string;
}

/** A block's place in one version of the chapter. */
export interface PreviewPlace {
  readonly key: string;
  /** First line of its source, from 0. */
  readonly line: number;
  /** Line after its last one. */
  readonly endLine: number;
}

/** Blocks that stand in the version before as well, one behind the other. */
export interface PreviewRun {
  /** Index of the first one among the blocks of the version before, and how many there are. */
  readonly from: number;
  readonly count: number;
  /** How many lines further down they stand now. */
  readonly shift: number;
}

/** HTML of a block, told as what differs from a block of the version before. */
export interface PreviewSplice {
  /** Index of that block. */
  readonly from: number;
  /** From its start: a number is so many characters that stay, a negative one so many that go; a text comes in between. */
  readonly steps: readonly (number | string)[];
}

/** Brings a page from what it shows (nothing, at first) to one version of the chapter. */
export interface PreviewUpdate {
  readonly uri: string;
  readonly version: number;
  /** Counts the updates from 0 for a complete one: a page that lacks the one before asks for a complete one. */
  readonly number: number;
  readonly title: string;
  /** The language of the chapter, as HTML names it. */
  readonly language: string;
  /** All blocks in order, runs in ascending order: in an update they grow with what changed, not with the chapter. */
  readonly blocks: readonly (PreviewPlace | PreviewRun)[];
  /** HTML of those that are in no run, by key. */
  readonly html: Readonly<Record<string, string | PreviewSplice>>;
  /** True where the page must forget what it has: the first update after `reckoner/openPreview`. */
  readonly reset: boolean;
}

/**
 * Request of the client: the line that made the value of the reference at a position (`textDocument`, `position`), behind exports that
 * only pass it on; where it began that it has none, or one in doubt. The answer is a location; null where that is not known.
 */
export const CAUSE = 'reckoner/cause';
export interface CausePlace {
  readonly uri: string;
  readonly range: Record<'start' | 'end', { readonly line: number; readonly character: number }>;
}

/**
 * Request of the client: a LEGO cell for a position (`textDocument`, `position`), as a snippet with stops for what is to be
 * filled in. The answer is a text.
 */
export const CELL_SNIPPET = 'reckoner/cellSnippet';

/**
 * Requests of the client about the number at a position (`textDocument`, `position`): where it comes from, and what it
 * reaches. The answer is a tree, null where there is nothing to tell.
 */
export const PROVENANCE = 'reckoner/provenance';
export const REACH = 'reckoner/reach';
export interface SourceTree {
  /** The first one is what was asked about. */
  readonly nodes: readonly SourceTreeNode[];
}
export interface SourceTreeNode {
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly kind: SourceTreeKind;
  readonly place?: CausePlace;
  /** Indices of the nodes below. */
  readonly children: readonly number[];
}
export type SourceTreeKind =
  | 'assumption'
  | 'constant'
  | 'data'
  | 'text'
  | 'formula'
  | 'object'
  | 'cut'
  | 'sentence'
  | 'guard'
  | 'figure'
  | 'group';

/**
 * Requests of the client about other values of a chapter's assumptions; the chapter itself stays as it is.
 *
 * `ASSUMPTIONS`: the numbers at a position, or behind the number there, that can be changed, with how much they move it.
 * `WHAT_IF`: what changes with changes. `BREAK_EVEN`: at which values of an assumption guards fail.
 */
export const ASSUMPTIONS = 'reckoner/assumptions';
export interface AssumptionValue {
  /** The name by which it is changed. */
  readonly name: string;
  /** As Python reads it. */
  readonly value: string;
  readonly unit: string;
  /** What is known of where it is from. */
  readonly source: string;
  readonly place?: CausePlace;
  /** The chapter in which it is tried, where the position that was asked about is one of another file. */
  readonly chapter?: string;
}

export const WHAT_IF = 'reckoner/whatIf';
export interface WhatIfParams {
  readonly textDocument: { readonly uri: string };
  readonly changes: readonly { readonly name: string; readonly value: string }[];
  /** False where no claims are looked for, which takes longer than the numbers. */
  readonly findings?: boolean;
}
export interface WhatIfResult {
  /** `14 numbers in 3 sections change; guard "days > 20" breaks`. */
  readonly summary: string;
  readonly numbers: readonly WhatIfNumber[];
  readonly guards: readonly {
    readonly text: string;
    readonly holds: boolean;
    readonly message: string;
    readonly place: CausePlace;
  }[];
  /** Claims that become false or true, and cells that fail or run. */
  readonly findings: readonly { readonly message: string; readonly appears: boolean; readonly place: CausePlace }[];
  /** Why changes were not tried. */
  readonly problems: readonly string[];
  /** What keeps the changes, in the chapter's file, and in others. */
  readonly edits: readonly { readonly range: CausePlace['range']; readonly newText: string }[];
  readonly fileEdits: readonly { readonly place: CausePlace; readonly newText: string }[];
}
export interface WhatIfNumber {
  readonly expr: string;
  /** Missing where it has no value. */
  readonly before?: string;
  readonly after?: string;
  readonly place: CausePlace;
}

export const BREAK_EVEN = 'reckoner/breakEven';
export interface BreakEvenParams {
  readonly textDocument: { readonly uri: string };
  readonly name: string;
  /** Other assumptions that are tried beside it. */
  readonly changes?: WhatIfParams['changes'];
}
export interface GuardEdgeResult {
  readonly guard: string;
  readonly holdsNow: boolean;
  readonly holds: number;
  readonly fails: number;
}

export const SENSITIVITY = 'reckoner/sensitivity';
export interface SensitivityResult {
  readonly name: string;
  /** By how many percent the number moves where the assumption grows by one percent. */
  readonly elasticity: number;
}

/** Those of them that are answered in drafts. */
export const WHAT_IF_REQUESTS = [ASSUMPTIONS, WHAT_IF, BREAK_EVEN, SENSITIVITY] as const;
export type WhatIfRequest = (typeof WHAT_IF_REQUESTS)[number];

/** Notification of the client: what an open chapter was at the last commit, or that nobody wants to know any more. */
export const FORMER_TEXT = 'reckoner/formerText';
export interface FormerTextParams {
  readonly uri: string;
  readonly former: {
    readonly commit: string;
    readonly text: string;
    /** URIs of other files that have changed since. */
    readonly changed: readonly string[];
  } | null;
}

/** Request of the client: what differs between a chapter (`textDocument`) and what it was. Null where that was not told. */
export const COMPARE = 'reckoner/compare';
export interface Comparison {
  readonly changes: readonly NumberChange[];
  /** Names of files that the chapter reads and that have changed as well: what they change is not among the changes. */
  readonly unseen: readonly string[];
}
export interface NumberChange {
  readonly kind: 'number' | 'guard' | 'cell' | 'appeared' | 'vanished';
  /** `30.0 → 24.0` */
  readonly label: string;
  readonly sentence: string;
  readonly because: string;
  /** Missing for what is gone. */
  readonly place?: CausePlace;
}

/** Request of the client: quantities on which the chapters of the project of a file (`textDocument`) do not agree. */
export const DISAGREEMENTS = 'reckoner/disagreements';
export interface QuantityValues {
  readonly name: string;
  readonly values: readonly { readonly text: string; readonly kind: string; readonly place: CausePlace }[];
}

/** Request of the client: what the cells of a chapter (`textDocument`) make for its prose. */
export const VALUES = 'reckoner/values';
export interface ChapterValue {
  readonly name: string;
  /** As it reads in a sentence, without its unit where it has one. */
  readonly text: string;
  readonly type: string;
  readonly unit: string;
  /** How many references show it. */
  readonly uses: number;
  /** Guards of its cell, and how many of them hold. */
  readonly guards: number;
  readonly holding: number;
  readonly place: CausePlace;
}

/**
 * Request of the client: what is known of the number that the reference at a position (`textDocument`, `position`) leaves on
 * the page. Null where no reference is there.
 */
export const VALUE_CARD = 'reckoner/valueCard';
export interface ValueCard {
  readonly expression: string;
  /** The value as it reads on the page; missing where there is none. */
  readonly shown?: string;
  /** The value behind it, before it was written as text, and its name. */
  readonly raw?: CardValue & { readonly name?: string };
  /** How that was computed, with names and with numbers in their places; missing where nothing was computed. */
  readonly formula?: {
    readonly names: string;
    readonly numbers: string;
    /** Both of them set, as HTML; missing where they cannot be. */
    readonly set?: { readonly names: string; readonly numbers: string };
    /** The number by what it ends in alone, simplified and set; missing where that is the formula as it is written. */
    readonly simplified?: string;
  };
  /** What a reader must know first: why there is no value, or why it is in doubt. */
  readonly notes: readonly CardLine[];
  /** The statement that computed it, and the cell that it stands in. */
  readonly made?: { readonly source: string; readonly cell: string; readonly place: CardPlace };
  /** What the formula ends in, with what is known of where it is from; without one, what the statement read. */
  readonly inputs: readonly (CardValue & {
    readonly name: string;
    readonly source?: string;
    readonly place?: CardPlace;
  })[];
  /** The guards of the cell, with their margins. */
  readonly guards: readonly (CardLine & { readonly passed: boolean })[];
  /** The reference itself. */
  readonly reference: CardPlace;
}
export interface CardValue {
  /** Without its unit. */
  readonly value: string;
  readonly unit?: string;
  readonly type: string;
}
export interface CardLine {
  readonly text: string;
  readonly place?: CardPlace;
}
/** A position in a file, from 0. */
export interface CardPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/**
 * Request of the client (`uri`): the chapter in which an included file is read, and the line, from 0, at which it includes it.
 * The answer is null for what no known chapter includes.
 */
export const INCLUDER = 'reckoner/includer';
export interface Includer {
  readonly uri: string;
  readonly line: number;
}

/** Request of the client: start sending updates for a chapter. The answer is the first, complete one (null if unknown). */
export const OPEN_PREVIEW = 'reckoner/openPreview';
export interface OpenPreviewParams {
  readonly uri: string;
}

/** Notification of the client: stop sending them. */
export const CLOSE_PREVIEW = 'reckoner/closePreview';
export type ClosePreviewParams = OpenPreviewParams;

/** Notification of the server: the chapter changed. */
export const PREVIEW_UPDATE = 'reckoner/previewUpdate';

/** Notification of the server: what the status bar shows of a chapter. */
export const STATUS = 'reckoner/status';
export interface StatusParams {
  readonly uri: string;
  readonly version: number;
  readonly cells: number;
  /** References with a value, and all of them. */
  readonly values: number;
  readonly refs: number;
  readonly errors: number;
  readonly warnings: number;
  /** True while cells run: `values` are those so far. */
  readonly pending: boolean;
  /** True where values stand that are those before the present edit: those of a half-typed cell. */
  readonly stale: boolean;
  /** Why nothing of the chapter is evaluated, a sentence; missing where Python runs, and where there is nothing to evaluate. */
  readonly quiet?: string;
  /** Modules that are not at hand, with the line of the chapter that asks for each. */
  readonly missing?: readonly { readonly module: string; readonly line: number }[];
  /** The cell that is running too long and was given up; its index. */
  readonly stuckCell?: number;
}

/** Command of the server (`workspace/executeCommand`): check every chapter of the workspace. */
export const CHECK_WORKSPACE = 'reckoner.checkWorkspace';

/** Command of the server: the text of a report on the project that the file with the given URI belongs to. */
export const DOCTOR = 'reckoner.doctorReport';

/** The settings that the server reads, under `reckoner` in the client's configuration. */
export interface Settings {
  /** Values after references. */
  readonly inlayHints: { readonly enabled: boolean; readonly maxLength: number };
  /** Level of a rule by its code: `off`, or another severity than its own. */
  readonly rules: Readonly<Record<string, 'off' | 'error' | 'warning' | 'info' | 'hint'>>;
  /** Limits of one cell, where they differ from the evaluator's own. */
  readonly budgets: {
    readonly steps?: number;
    readonly milliseconds?: number;
    readonly bytes?: number;
    readonly recursion?: number;
    readonly output?: number;
    /** Of all cells of a chapter together. */
    readonly chapter?: {
      readonly steps?: number;
      readonly milliseconds?: number;
      readonly bytes?: number;
      readonly output?: number;
    };
  };
  /** What the preview shows. */
  readonly preview: {
    /** Draw TikZ blocks. */
    readonly tikz: boolean;
  };
  /** Check chapters that are not open, in the background. */
  readonly workspaceCheck: boolean;
  /** List what is only the consequence of another finding as a finding of its own. */
  readonly consequences: boolean;
  /** Further folders, inside the workspace, in which Python packages are looked for. */
  readonly packageRoots: readonly string[];
  /** Names of functions that count as guards though their bodies do not tell. */
  readonly guards: readonly string[];
  /** Tell in hovers what numbers were at the last commit. */
  readonly compareWithLastCommit: boolean;
  /** Lenses over cells, or over exports as well. */
  readonly codeLens: 'off' | 'cells' | 'all';
}

export const DEFAULT_SETTINGS: Settings = {
  inlayHints: { enabled: true, maxLength: 40 },
  rules: {},
  budgets: {},
  preview: { tikz: true },
  workspaceCheck: true,
  consequences: false,
  packageRoots: [],
  guards: [],
  compareWithLastCommit: false,
  codeLens: 'off',
};

/** Request of the client: whether the server answers. The answer is null. */
export const PING = 'reckoner/ping';

/**
 * Notification of the client: the chapters whose cells are not to be run, since the server ended while it worked on them.
 * Replaces what was told before; `suspended` of the initialization options is the same list for the start.
 */
export const SUSPEND = 'reckoner/suspend';
export interface SuspendParams {
  readonly uris: readonly string[];
}

/**
 * Requests of a server that has no file system of its own, since it runs in a browser. Links are told as links, and never
 * followed. `null` where there is no such folder or file; content of more than `limit` bytes is left out.
 */
export const LIST_FOLDER = 'reckoner/listFolder';
export interface ListFolderParams {
  readonly uri: string;
}
export type ListFolderResult =
  | readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'link' | 'other' }[]
  | null;

export const READ_FILE = 'reckoner/readFile';
export interface ReadFileParams {
  readonly uri: string;
  readonly limit: number;
}
export type ReadFileResult = {
  readonly size: number;
  /** Differs whenever the content may differ. */
  readonly stamp: string;
  readonly content?: Uint8Array;
} | null;

/** An initialization option of a server in a browser: the address of its own script, for the workers that it starts. */
export interface WorkerScript {
  readonly script: string;
}

/** Commands of a client that announces them by `commands: true` in its initialization options: the page of a rule, by its code. */
export const SHOW_RULE = 'reckoner.showRule';
/** Lists the places where the name at a position is used: `uri`, `position`. */
export const SHOW_USES = 'reckoner.showUses';
/** Lets the author choose the level of a rule, by its code, for the project of a chapter, by its URI. */
export const SET_RULE_LEVEL = 'reckoner.setRuleLevel';

/**
 * Request of the client: the edit, as the protocol has it, that gives a rule a level in the `.reckoner.yml` of a chapter's project. The
 * answer is null where that file is not valid.
 */
export const LEVEL_EDIT = 'reckoner/levelEdit';
export interface LevelEditParams {
  readonly uri: string;
  readonly code: string;
  readonly level: Settings['rules'][string];
}
