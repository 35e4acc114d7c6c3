/**
 * References that change something: `{python} L.append(2)`, `{python} next(it)`, the first call of a function with a memory. Python
 * evaluates references in order with the cells, so that what stands below sees the change. Such a reference is therefore run
 * as a cell of its own in front of itself; which ones are such is found out when they are looked at for the first time.
 */
import type { EvaluatedCell, EvaluatedGroup, EvaluationInput } from './input';

/** The references of a block, with the cells that some of them are. */
export interface ArrangedGroup extends EvaluatedGroup {
  /** True where the reference is the last cell before it. */
  isCell?(at: number): boolean;
  /** The content of the same references where none of them is a cell. */
  readonly former?: object;
}

/** A chapter whose changing references stand among its cells. */
export interface Arrangement extends EvaluationInput {
  readonly refGroups: readonly ArrangedGroup[];
}

/** The references of a group that are cells; `content` is the same object for as long as these are the same. */
interface Split {
  readonly content: object;
  readonly cells: ReadonlyMap<number, EvaluatedCell>;
}

/** What is known of a group once so many expressions were known to change something. */
interface Known {
  count: number;
  split: Split | undefined;
}

export class ChangingReferences {
  /** By expression: the same one changes something wherever it stands, or does no harm as a cell. */
  readonly #exprs = new Set<string>();
  /** By content of a group. */
  readonly #known = new WeakMap<object, Known>();

  /** Notes that an expression changes something. */
  add(expr: string): void {
    this.#exprs.add(expr);
  }

  /** The chapter with those that are known as cells. */
  arrange(input: EvaluationInput): Arrangement {
    if (this.#exprs.size === 0) return input;
    const cells: EvaluatedCell[] = [];
    let real = 0;
    const refGroups = input.refGroups.map((group): ArrangedGroup => {
      const split = this.#splitOf(group);
      const made = cells.length - real;
      if (split === undefined) return made === 0 ? group : new ShiftedGroup(group, made, undefined);
      for (const [at, cell] of split.cells) {
        const before = group.cellsBefore + group.cellsInside(at);
        while (real < before) cells.push(input.cells[real++]!);
        cells.push(cell);
      }
      return new ShiftedGroup(group, made, split);
    });
    return { cells: [...cells, ...input.cells.slice(real)], refGroups };
  }

  #splitOf(group: EvaluatedGroup): Split | undefined {
    const { content } = group.block;
    const count = this.#exprs.size;
    let known = this.#known.get(content);
    if (known === undefined) {
      known = { count: 0, split: undefined };
      this.#known.set(content, known);
    }
    if (known.count < count) {
      known.count = count;
      const cells = new Map(known.split?.cells);
      for (let at = 0; at < group.count; at++) {
        const source = group.expr(at);
        if (!cells.has(at) && this.#exprs.has(source))
          cells.set(at, { content: {}, source, run: true, isReference: true });
      }
      // In the order in which they stand.
      if (cells.size > (known.split?.cells.size ?? 0))
        known.split = { content: {}, cells: new Map([...cells].sort(([a], [b]) => a - b)) };
    }
    return known.split;
  }
}

/** A group with further cells before it, and within it where `split` tells of some. */
class ShiftedGroup implements ArrangedGroup {
  readonly block: { readonly content: object };
  readonly cellsBefore: number;
  readonly former: object;
  readonly #group: EvaluatedGroup;
  readonly #split: Split | undefined;

  constructor(group: EvaluatedGroup, made: number, split: Split | undefined) {
    this.#group = group;
    this.#split = split;
    this.block = split ?? group.block;
    this.former = group.block.content;
    this.cellsBefore = group.cellsBefore + made;
  }

  get count(): number {
    return this.#group.count;
  }

  expr(at: number): string {
    return this.#group.expr(at);
  }

  cellsInside(at: number): number {
    let made = 0;
    for (const one of this.#split?.cells.keys() ?? []) if (one <= at) made++;
    return this.#group.cellsInside(at) + made;
  }

  isCell(at: number): boolean {
    return this.#split?.cells.has(at) === true;
  }
}
