/** What `{{< contents ID >}}` moves to where it stands: a cell by its label, or a div by its id. */
import type { Block, Chapter } from '../chapter/model';

/** Blocks that stand in the place of a paragraph. */
export interface Move {
  /** Index of the paragraph. */
  readonly at: number;
  /** Indexes of the first block that is moved, and behind the last one. */
  readonly from: number;
  readonly end: number;
}

export class Moves {
  readonly #chapter: Chapter;
  readonly #all: readonly Move[];

  constructor(chapter: Chapter, all: readonly Move[]) {
    this.#chapter = chapter;
    this.#all = all;
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  /** What stands in the place of a paragraph. */
  to(at: number): Move | undefined {
    return this.#all.find(move => move.at === at);
  }

  /** Whether a block is the first of those that stand elsewhere. */
  isMoved(from: number): boolean {
    return this.#all.some(move => move.from === from);
  }

  /** All that stands in the place of paragraphs between two indexes, and in that again. */
  within(from: number, end: number): readonly Move[] {
    const found = new Set<Move>();
    const look = (range: Pick<Move, 'from' | 'end'>): void => {
      for (const move of this.#all) {
        if (found.has(move) || !isInside(move.at, range)) continue;
        found.add(move);
        look(move);
      }
    };
    look({ from, end });
    return [...found];
  }

  /** Offsets in the order in which a reader meets what stands there. */
  inOrder<T>(ones: readonly T[], startOf: (one: T) => number): readonly T[] {
    if (this.isEmpty || ones.length < 2) return ones;
    const placed = ones.map(one => ({ one, places: this.#placesOf(startOf(one)) }));
    return placed.sort((a, b) => compared(a.places, b.places)).map(({ one }) => one);
  }

  /** Where an offset is shown: the place of the outermost paragraph that brings it there, of the next one within, and its own. */
  #placesOf(offset: number): number[] {
    const { blocks } = this.#chapter;
    const own = Number.isFinite(offset) ? this.#chapter.blockAt(offset) : undefined;
    const places = [offset];
    let move = own === undefined ? undefined : around(own.index, this.#all);
    for (; move !== undefined; move = around(move.at, this.#all)) places.unshift(blocks[move.at]!.range.start);
    return places;
  }
}

const isInside = (at: number, { from, end }: Pick<Move, 'from' | 'end'>): boolean => at >= from && at < end;

/** What brings a block elsewhere: of those that it stands in, the innermost one. */
function around(at: number, all: readonly Move[]): Move | undefined {
  let inner: Move | undefined;
  for (const move of all)
    if (isInside(at, move) && (inner === undefined || move.end - move.from < inner.end - inner.from)) inner = move;
  return inner;
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return a.length - b.length;
}

const known = new WeakMap<Chapter, Moves>();

export function movesOf(chapter: Chapter): Moves {
  let moves = known.get(chapter);
  if (moves === undefined) {
    moves = new Moves(chapter, movesIn(chapter));
    known.set(chapter, moves);
  }
  return moves;
}

function movesIn(chapter: Chapter): Move[] {
  const found: Move[] = [];
  for (const { node, block } of chapter.nodes('shortcode')) {
    const [id] = node.args;
    if (node.name !== 'contents' || id === undefined || !isAlone(chapter, block)) continue;
    const blocks = blocksWith(chapter, id);
    // What is named twice stands where it is named first.
    if (blocks === undefined || found.some(({ from }) => from === blocks.from)) continue;
    found.push({ at: block.index, ...blocks });
    if (found.length === MOST_MOVES) break;
  }
  return withoutCircles(found);
}

const MOST_MOVES = 200;

/** Leaves out what would stand in itself, also through others. */
function withoutCircles(moves: readonly Move[]): Move[] {
  let left = [...moves];
  for (;;) {
    const circular = left.find(move => {
      let outer = around(move.at, left);
      for (let steps = 0; outer !== undefined && outer !== move && steps < left.length; steps++)
        outer = around(outer.at, left);
      return outer === move;
    });
    if (circular === undefined) return left;
    left = left.filter(move => move !== circular);
  }
}

/** Whether a block is a paragraph of one shortcode. */
function isAlone(chapter: Chapter, block: Block): boolean {
  if (block.kind !== 'paragraph') return false;
  const [paragraph, more] = chapter.tree(block).children;
  if (paragraph?.type !== 'paragraph' || more !== undefined) return false;
  return paragraph.children.every((one, at) => (at === 0 ? one.type === 'shortcode' : isBlank(one)));
}

function isBlank(node: { readonly type: string; readonly value?: unknown }): boolean {
  return node.type === 'text' && typeof node.value === 'string' && node.value.trim() === '';
}

function blocksWith(chapter: Chapter, id: string): Pick<Move, 'from' | 'end'> | undefined {
  const div = chapter.divs.find(one => one.id === id && one.closeRange !== undefined);
  if (div !== undefined) {
    const close = chapter.blockAt(div.closeRange!.start);
    return close === undefined ? undefined : { from: div.block.index, end: close.index + 1 };
  }
  const cell = chapter.cells.find(({ label, block }) => label === id && block.kind === 'cell');
  return cell === undefined ? undefined : { from: cell.block.index, end: cell.block.index + 1 };
}
