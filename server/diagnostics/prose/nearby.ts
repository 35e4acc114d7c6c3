/** Which cells stand near a block: those that its sentences will be about. */
import type { Block, BlockKind, Chapter } from '../../chapter/model';
import type { Analysis, CellResult, CellRun, CellStatus, RefBlock } from '../../evaluation/analysis';
import { sameList } from '../../evaluation/sameData';
import { lastOf } from '../../evaluation/symbols/symbol';
import { exportNames, unreadNames } from './exports';
import { type Mention, Mentions } from './mentions';

/** So many cells before a block are near it, which a chapter's later sections speak of again, and one behind it that stands within so many blocks of the same section. */
const BEFORE = 7;
const AHEAD = 6;
/** So many of those below may be spoken of above all cells. */
const INTRODUCED = 3;
/** What nobody reads belongs to the sentences around its cell: behind so many cells, those of figures among them. */
const CLOSE = 2;

/** Cells near a block, and by what they are known in other versions. */
export interface Nearby {
  readonly cells: readonly CellResult[];
  /** Those of them that stand below it: no reference reads their names yet. */
  readonly ahead: readonly CellResult[];
  /** What of the cells right around it was made for the prose and is read by no reference. */
  readonly unread: ReadonlySet<string>;
  /** The same of all cells near it. */
  readonly unreadFar: ReadonlySet<string>;
  /** What the chapter says around references to a name. */
  mentionsOf(name: string): readonly Mention[];
  /** Unlike the cells, it does not hold on to their version of the chapter. */
  readonly state: NearbyState;
}

export interface NearbyState {
  /** Of those around it, in order. */
  readonly window: readonly CellKey[];
  /** So many of them stand above it. */
  readonly above: number;
  /** Of those that its references show. */
  readonly others: readonly (CellRun | undefined)[];
  readonly mentioned: Mentioned;
  /** Where this was last found to hold. */
  held: Held;
}

/** A block of a version. */
interface Held {
  readonly version: number;
  readonly index: number;
}

/** What is said of the names that were asked for. */
interface Mentioned {
  /** By the last words of the names, what is said of each of them. */
  readonly keys: Map<string, Map<string, string>>;
  /** The version of the chapter's mentions in which this was last found to hold. */
  asOf: number | undefined;
}

/** What the names and values of a cell follow from: the same object in all versions in which these are the same. */
interface CellKey {
  /** Its run; the text of one that has none. */
  readonly of: object;
  readonly status: CellStatus;
  readonly label: string | undefined;
  /** What of it was made for the prose and is read by no reference, one name a line. */
  readonly unread: string;
  /** What `unread` was last found from: as long as this is the same, so is that. */
  from: { readonly names: object | undefined; readonly used: object };
}

type CellKeys = readonly CellKey[];

/** What later versions start from. */
export interface NeighbourhoodMemory {
  readonly version: number;
  readonly keys: CellKeys;
  /** The kinds of all blocks: which cells stand near a block follows from them. */
  readonly kinds: readonly BlockKind[];
  /** The blocks of the cells. */
  readonly places: readonly number[];
  readonly mentions: Mentions | undefined;
}

const NO_MEMORY: NeighbourhoodMemory = { version: 0, keys: [], kinds: [], places: [], mentions: undefined };

let versions = 0;

/** The cells around the blocks of one version; blocks are asked for in their order. */
export class Neighbourhood {
  readonly #analysis: Analysis;
  readonly #before: NeighbourhoodMemory;
  readonly #version = ++versions;
  readonly #kinds: readonly BlockKind[];
  readonly #places: readonly number[];
  #made: CellKeys | undefined;
  #isAsBefore: boolean | undefined;
  #known: ReadonlySet<object> | undefined;
  #next = 0;
  #mentions: Mentions | undefined;
  #citing: ReadonlyMap<number, Block> | undefined;

  /** `before` is the memory of an earlier version. */
  constructor(analysis: Analysis, before: NeighbourhoodMemory = NO_MEMORY) {
    this.#analysis = analysis;
    this.#before = before;
    this.#kinds = analysis.chapter.blocks.map(({ kind }) => kind);
    this.#places = analysis.cells.map(({ cell }) => cell.block.index);
  }

  /** What was asked for in this version, else in the one before. */
  get memory(): NeighbourhoodMemory {
    const mentions = this.#mentions ?? this.#before.mentions;
    if (this.#made === undefined) return { ...this.#before, mentions };
    return { version: this.#version, keys: this.#made, kinds: this.#kinds, places: this.#places, mentions };
  }

  /** True where the same cells stand at the same blocks as in the version before. */
  get #hasSameCells(): boolean {
    this.#isAsBefore ??=
      sameList(this.#places, this.#before.places) &&
      sameList(this.#kinds, this.#before.kinds) &&
      sameList(this.#keys, this.#before.keys);
    return this.#isAsBefore;
  }

  /** By the index of the cell. */
  get #keys(): CellKeys {
    this.#made ??= keysOf(this.#analysis, this.#before.keys);
    return this.#made;
  }

  of(block: Block, refs: RefBlock | undefined): Nearby {
    const { from, to, above } = this.#windowOf(block);
    const window = this.#analysis.cells.slice(from, to);
    const inWindow = new Set(window);
    const others = new Set(
      (refs?.refs ?? []).flatMap(({ cell }) => (cell === undefined ? [] : [this.#analysis.cells[cell]!])),
    );
    const more = [...others].filter(cell => !inWindow.has(cell));
    const mentioned: Mentioned = { keys: new Map(), asOf: undefined };
    const state = {
      ...{ window: this.#keys.slice(from, to), above, others: more.map(({ run }) => run), mentioned },
      held: { version: this.#version, index: block.index },
    };
    let unread: ReadonlySet<string> | undefined;
    let far: ReadonlySet<string> | undefined;
    const known = state.window;
    return {
      cells: [...window, ...more],
      ahead: window.slice(above),
      get unread() {
        unread ??= unreadAround(above, known);
        return unread;
      },
      get unreadFar() {
        far ??= unreadIn(known);
        return far;
      },
      mentionsOf: name => {
        const found = this.#mentioning.of(name);
        const last = lastOf(name);
        mentioned.keys.set(last, (mentioned.keys.get(last) ?? new Map()).set(name, keyOf(name, found)));
        mentioned.asOf = this.#mentioning.version;
        return found;
      },
      state,
    };
  }

  /** True where the cells near a block are in this version what they were. Noted: after most edits it is so for all others. */
  isSame(state: NearbyState, block: Block): boolean {
    const { version, index } = state.held;
    // Where a note is cited may change without it.
    const isHeld = version === this.#before.version && index === block.index && block.kind !== 'footnote';
    const isThere = isHeld && this.#hasSameCells;
    if (!isThere && !this.#findsSame(state, block)) return false;
    const { mentioned } = state;
    if (mentioned.keys.size > 0 && !this.#saysSame(mentioned)) return false;
    state.held = { version: this.#version, index: block.index };
    return true;
  }

  #findsSame({ window, above, others }: NearbyState, block: Block): boolean {
    const { from, to, above: now } = this.#windowOf(block);
    if (to - from !== window.length || now !== above) return false;
    const keys = this.#keys;
    for (let at = from; at < to; at++) if (keys[at] !== window[at - from]) return false;
    if (others.length === 0) return true;
    this.#known ??= new Set(keys.map(key => key.of));
    return others.every(run => run !== undefined && this.#known!.has(run));
  }

  get #mentioning(): Mentions {
    this.#mentions ??= new Mentions(this.#analysis.chapter.refGroups, this.#before.mentions);
    return this.#mentions;
  }

  /** Notes where it is the same: thousands of blocks are asked about at each edit, which concerns the names of one. */
  #saysSame(mentioned: Mentioned): boolean {
    const now = this.#mentioning;
    const { keys, asOf } = mentioned;
    if (asOf === now.version) return true;
    for (const last of asOf === now.before ? now.changed : keys.keys())
      for (const [name, key] of keys.get(last) ?? []) if (keyOf(name, now.of(name)) !== key) return false;
    mentioned.asOf = now.version;
    return true;
  }

  /** The block with the first mark of a note, which is read there; without one, that of its own. */
  #citingOf(note: Block): Block {
    if (this.#citing === undefined) {
      const { chapter } = this.#analysis;
      const marked = new Map<string, Block>();
      for (const { node, block } of chapter.nodes('noteReference'))
        if (!marked.has(node.id)) marked.set(node.id, block);
      this.#citing = new Map(
        chapter.nodes('footnote').map(({ node, block }) => [block.index, marked.get(node.id) ?? block]),
      );
    }
    return this.#citing.get(note.index) ?? note;
  }

  /** The indices of the cells around a block, the end excluded; around a note, those of the sentence that it is about. */
  #windowOf(of: Block): { readonly from: number; readonly to: number; readonly above: number } {
    const { cells, chapter } = this.#analysis;
    const block = of.kind === 'footnote' ? this.#citingOf(of) : of;
    if (this.#next > 0 && cells[this.#next - 1]!.cell.block.index > block.index) this.#next = 0;
    while (this.#next < cells.length && cells[this.#next]!.cell.block.index <= block.index) this.#next++;
    const next = cells[this.#next];
    const isNear = next !== undefined && isAhead(next.cell.block, block, chapter);
    const from = Math.max(0, this.#next - BEFORE);
    // What stands above all cells says what the chapter is about.
    const ahead = this.#next === 0 ? INTRODUCED : isNear ? 1 : 0;
    return { from, to: Math.min(cells.length, this.#next + ahead), above: this.#next - from };
  }
}

/** By the mentions of a name, what they say as one text. */
const keysOfMentions = new WeakMap<readonly Mention[], string>();
/** By name, the text that was made last: equal ones are the same, so that thousands of blocks compare them at once. */
const lastKeys = new Map<string, string>();
const MOST_KEYS = 20_000;

function keyOf(name: string, mentions: readonly Mention[]): string {
  if (mentions.length === 0) return '';
  let key = keysOfMentions.get(mentions);
  if (key !== undefined) return key;
  key = mentions.map(one => one.key).join('\n');
  const last = lastKeys.get(name);
  if (last === key) key = last;
  else {
    if (lastKeys.size >= MOST_KEYS) lastKeys.clear();
    lastKeys.set(name, key);
  }
  keysOfMentions.set(mentions, key);
  return key;
}

function unreadAround(before: number, window: readonly CellKey[]): ReadonlySet<string> {
  return unreadIn(window.slice(Math.max(0, before - CLOSE), before + CLOSE));
}

function unreadIn(keys: CellKeys): ReadonlySet<string> {
  return new Set(keys.flatMap(({ unread }) => (unread === '' ? [] : unread.split('\n'))));
}

function isAhead(cell: Block, block: Block, { blocks }: Chapter): boolean {
  if (cell.index - block.index > AHEAD) return false;
  for (let at = block.index + 1; at < cell.index; at++) if (blocks[at]!.kind === 'heading') return false;
  return true;
}

/** The keys of cells; those of the version before stay where they hold. */
function keysOf({ cells, usedPaths }: Analysis, before: CellKeys): CellKeys {
  let moved: Map<object, CellKey> | undefined;
  const keyFor = (of: object, at: number): CellKey | undefined => {
    if (before[at]?.of === of) return before[at];
    moved ??= new Map(before.map(key => [key.of, key]));
    return moved.get(of);
  };
  return cells.map((cell, at) => {
    const { run, status } = cell;
    const { content, label } = cell.cell;
    const of = run ?? content;
    const key = keyFor(of, at);
    const from = { names: exportNames(cell), used: usedPaths };
    const isKept = key?.status === status && key.label === label;
    if (isKept && key.from.names === from.names && key.from.used === from.used) return key;
    const unread = unreadNames(cell, usedPaths).join('\n');
    if (!isKept || key.unread !== unread) return { of, status, label, unread, from };
    key.from = from;
    return key;
  });
}
