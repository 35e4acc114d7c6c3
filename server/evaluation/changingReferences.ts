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

export class ChangingReferences {
  /** Expressions that changed something somewhere: in a block that is new they are taken to do so again. */
  readonly #exprs = new Set<string>();
  /** By content of a group. */
  readonly #known = new WeakMap<object, Split | undefined>();

  /** Notes that a reference of a version changes something; others with its expression, which were looked at, need not. */
  add({ refGroups }: EvaluationInput, group: EvaluatedGroup, at: number): void {
    for (const { block } of refGroups) if (!this.#known.has(block.content)) this.#known.set(block.content, undefined);
    const { content } = group.block;
    this.#known.set(content, splitOf(group, new Set([...(this.#known.get(content)?.cells.keys() ?? []), at])));
    this.#exprs.add(group.expr(at));
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
    if (!this.#known.has(content)) {
      const changing = new Set<number>();
      for (let at = 0; at < group.count; at++) if (this.#exprs.has(group.expr(at))) changing.add(at);
      this.#known.set(content, changing.size === 0 ? undefined : splitOf(group, changing));
    }
    return this.#known.get(content);
  }
}

/** A group of which some references are cells, in the order in which they stand. */
function splitOf(group: EvaluatedGroup, changing: ReadonlySet<number>): Split {
  const places = [...changing].sort((a, b) => a - b);
  const cellOf = (at: number): EvaluatedCell => ({
    content: {},
    source: group.expr(at),
    run: true,
    isReference: true,
  });
  return { content: {}, cells: new Map(places.map(at => [at, cellOf(at)])) };
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
