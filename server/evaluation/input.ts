/**
 * What an evaluation needs of a chapter: its cells and the expressions of its references, in document order. One side
 * tells the other what changes in it from version to version, so that an edit of a long chapter costs little.
 */

import type { Cell, Chapter, RefGroup } from '../chapter/model';
import { commonEnds } from './commonEnds';
import { sameList } from './sameData';

/** A cell as it is evaluated. `content` is the same object as long as the text is the same. */
export type EvaluatedCell = Pick<Cell, 'content' | 'source' | 'run'> & {
  /** True for a reference that is run as a cell (see `changingReferences.ts`). */
  readonly isReference?: true;
};

/** The references of a block as they are evaluated. */
export type EvaluatedGroup = Pick<RefGroup, 'count' | 'cellsBefore' | 'cellsInside' | 'expr'> & {
  readonly block: { readonly content: object };
};

/** A chapter is one. */
export interface EvaluationInput {
  readonly cells: readonly EvaluatedCell[];
  readonly refGroups: readonly EvaluatedGroup[];
}

/** A cell, or the references of one block with the number of the block's own cells before each. */
export type InputItem =
  | { readonly kind: 'cell'; readonly source: string; readonly run: boolean }
  | { readonly kind: 'refs'; readonly exprs: readonly string[]; readonly inside: readonly number[] };

/** Items from `at` on were replaced. */
export interface InputChange {
  readonly at: number;
  readonly removed: number;
  readonly items: readonly InputItem[];
}

/** An item with the object that stands for its text in the chapter. */
export interface Tracked {
  readonly content: object;
  readonly item: InputItem;
}

/** The cells and groups of a chapter in one list: a group stands where its block begins. */
function sequenceOf({ cells, refGroups }: Chapter): readonly (Cell | RefGroup)[] {
  const sequence: (Cell | RefGroup)[] = [];
  let at = 0;
  for (const cell of cells) {
    for (; at < refGroups.length && refGroups[at]!.cellsBefore <= cell.index; at++) sequence.push(refGroups[at]!);
    sequence.push(cell);
  }
  for (; at < refGroups.length; at++) sequence.push(refGroups[at]!);
  return sequence;
}

function isCell(part: Cell | RefGroup): part is Cell {
  return 'source' in part;
}

function contentOf(part: Cell | RefGroup): object {
  return isCell(part) ? part.content : part.block.content;
}

const NONE_INSIDE: readonly number[] = [];

function itemOf(part: Cell | RefGroup): InputItem {
  if (isCell(part)) return { kind: 'cell', source: part.source, run: part.run };
  const exprs: string[] = [];
  const inside: number[] = [];
  for (let at = 0; at < part.count; at++) {
    exprs.push(part.expr(at));
    inside.push(part.cellsInside(at));
  }
  return { kind: 'refs', exprs, inside: inside.every(count => count === 0) ? NONE_INSIDE : inside };
}

function sameItem(a: InputItem, b: InputItem): boolean {
  if (a.kind === 'cell') return b.kind === 'cell' && a.source === b.source && a.run === b.run;
  return b.kind === 'refs' && sameList(a.exprs, b.exprs) && sameList(a.inside, b.inside);
}

/**
 * What leads from the items of one version to those of another. `make` makes the tracked item of a new one; where the text
 * alone has changed and not what is evaluated, the old one is kept under the new content.
 */
export function changeOf<T extends Tracked>(
  old: readonly T[],
  chapter: Chapter,
  make: (content: object, item: InputItem, replaced: T | undefined) => T,
): { readonly tracked: readonly T[]; readonly change: InputChange | undefined } {
  const sequence = sequenceOf(chapter);
  const same = (one: T, part: Cell | RefGroup): boolean =>
    one.content === contentOf(part) &&
    (isCell(part) ? one.item.kind === 'cell' && one.item.run === part.run : one.item.kind === 'refs');
  const { head, tail } = commonEnds(old, sequence, same);
  if (head === old.length && head === sequence.length) return { tracked: old, change: undefined };
  const before = old.slice(head, old.length - tail);
  const parts = sequence.slice(head, sequence.length - tail);
  const paired = before.length === parts.length;
  const items = parts.map(itemOf);
  const middle = items.map((item, at) => {
    const replaced = paired && before[at]!.item.kind === item.kind ? before[at] : undefined;
    const content = contentOf(parts[at]!);
    if (replaced === undefined || !sameItem(replaced.item, item)) return make(content, item, replaced);
    return { ...replaced, content };
  });
  const tracked = [...old.slice(0, head), ...middle, ...old.slice(old.length - tail)];
  if (paired && before.every((one, at) => sameItem(one.item, items[at]!))) return { tracked, change: undefined };
  return { tracked, change: { at: head, removed: before.length, items } };
}

/** The receiving side: follows the changes. */
export class InputMirror {
  #items: readonly InputItem[] = [];

  apply({ at, removed, items }: InputChange): void {
    this.#items = [...this.#items.slice(0, at), ...items, ...this.#items.slice(at + removed)];
  }

  /** The items themselves stand for their texts. */
  get input(): EvaluationInput {
    const cells: EvaluatedCell[] = [];
    const refGroups: EvaluatedGroup[] = [];
    for (const item of this.#items)
      if (item.kind === 'cell') cells.push({ content: item, source: item.source, run: item.run });
      else refGroups.push(new MirroredGroup(item, cells.length));
    return { cells, refGroups };
  }
}

class MirroredGroup implements EvaluatedGroup {
  readonly block: { readonly content: object };
  readonly cellsBefore: number;
  readonly #item: InputItem & { readonly kind: 'refs' };

  constructor(item: InputItem & { readonly kind: 'refs' }, cellsBefore: number) {
    this.block = { content: item };
    this.cellsBefore = cellsBefore;
    this.#item = item;
  }

  get count(): number {
    return this.#item.exprs.length;
  }

  cellsInside(at: number): number {
    return this.#item.inside[at] ?? 0;
  }

  expr(at: number): string {
    return this.#item.exprs[at]!;
  }
}
