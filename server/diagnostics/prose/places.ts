/** What is to be expected at a place of a text: its sentences tell the values of a cell mostly in the order in which the cell makes them. */
import type { CellResult, RefResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { type ExportName, exportNames, isConstant, isNamedAsText } from './exports';
import type { Literal } from './literals';
import { shownName } from './mentions';

/** A value that may stand at a place. */
export interface Expected {
  readonly name: ExportName;
  /**
   * `only`: it alone comes between what is shown before and behind the place; `between`: so do others; `beside`: it comes next to what
   * is shown on one side; `among`: the block shows several others of its cell; `near`: it shows one.
   */
  readonly at: 'only' | 'between' | 'beside' | 'among' | 'near';
  /** True in a cell that makes no texts for the sentences: these format its numbers themselves. */
  readonly isPlain: boolean;
}

/** What was made for the sentences and is shown nowhere in the block, where the number stands in its place. */
export function expectedAt({ line, from, to, sentence }: Literal, block: ProseBlock): readonly Expected[] {
  const place = line.source(from, to).start + block.start;
  const before = block.refs.findLast(({ ref }) => ref.range.end <= place);
  const behind = block.refs.find(({ ref }) => ref.range.start >= place);
  const shown = new ShownNames(block.refs);
  const found = new Map<ExportName, Expected>();
  const add = (name: ExportName | undefined, at: Expected['at']) => {
    if (name !== undefined && !shown.has(name.path) && !found.has(name))
      found.set(name, { name, at, isPlain: !isNamedAsText(name.path) });
  };
  // Beside a plain number that sentences show, texts and such numbers are told in one order.
  const isMixed = [before, behind].some(one => one !== undefined && !isNamedAsText(nameIn(one.ref.expr)));
  const mixed = isMixed ? new Map<object, readonly ExportName[]>() : undefined;
  const [first, next] = [slotOf(before, block, mixed), slotOf(behind, block, mixed)];
  if (first !== undefined && next !== undefined && first.order === next.order && first.at < next.at) {
    const names = first.order.slice(first.at + 1, next.at);
    const hidden = names.filter(({ path }) => !shown.has(path));
    for (const name of hidden) add(name, hidden.length === 1 ? 'only' : 'between');
    // What another sentence shows as well, this one has in its place.
    const here = new ShownNames(line.refsIn(sentence.from, sentence.to));
    for (const name of names)
      if (!here.has(name.path) && !found.has(name))
        found.set(name, { name, at: names.length === 1 ? 'only' : 'between', isPlain: !isNamedAsText(name.path) });
  } else {
    add(first?.order[first.at + 1], 'beside');
    add(next?.order[next.at - 1], 'beside');
  }
  for (const order of new Set([first?.order, next?.order])) {
    const count = order?.filter(({ path }) => shown.has(path)).length ?? 0;
    for (const name of order ?? []) add(name, count >= SEVERAL ? 'among' : 'near');
  }
  return [...found.values()];
}

/** The names that references show: of `A.x` and `B.x`, the one that is meant. */
class ShownNames {
  readonly #paths: ReadonlySet<string>;
  readonly #attributes: ReadonlySet<string>;

  constructor(refs: readonly RefResult[]) {
    this.#paths = new Set(refs.map(({ ref }) => pathIn(ref.expr)));
    this.#attributes = new Set([...this.#paths].filter(path => path.includes('.')).map(path => lastOf(path)));
  }

  has(path: string): boolean {
    if (path.includes('.')) return this.#paths.has(path);
    return this.#paths.has(path) || this.#attributes.has(path);
  }
}

/** A block that shows so many values of a cell speaks of its others as well. */
const SEVERAL = 3;

interface Slot {
  readonly order: readonly ExportName[];
  readonly at: number;
}

/** Where the value that a reference shows comes among those of its cell. */
function slotOf(
  result: RefResult | undefined,
  block: ProseBlock,
  mixed: Map<object, readonly ExportName[]> | undefined,
): Slot | undefined {
  if (result === undefined) return undefined;
  const own = nameIn(result.ref.expr);
  // An expression is of the cell that makes the name in it.
  const cell = block.near.findLast(one =>
    result.cell === undefined ? one.run?.binds(rootOf(result, own)) === true : one.cell.index === result.cell,
  );
  if (cell === undefined) return undefined;
  const order = mixed === undefined ? orderOf(cell) : mixedOrderOf(cell, block, mixed);
  const whole = pathIn(result.ref.expr);
  const at = order.findIndex(({ path, isMember }) => (isMember === true ? path === whole : lastOf(path) === own));
  return at < 0 ? undefined : { order, at };
}

/** The name of the object that a reference reads an attribute of, or the name itself. */
function rootOf({ ref }: RefResult, own: string): string {
  const path = pathIn(ref.expr);
  const end = path.search(/[.[]/);
  return end < 0 ? own : path.slice(0, end);
}

/** The name that a reference shows, else all of it. */
export function pathIn(expr: string): string {
  return shownName(expr) ?? expr.trim();
}

/** And its last word. */
function nameIn(expr: string): string {
  return lastOf(pathIn(expr));
}

const orders = new WeakMap<object, readonly ExportName[]>();

/** What a cell makes for the sentences, in the order of its code: attributes of a class in that of the class, bridged or not. */
function orderOf(cell: CellResult): readonly ExportName[] {
  const known = exportNames(cell);
  if (known === undefined) return NONE;
  let order = orders.get(known.forProse);
  if (order === undefined) {
    const own = known.forProse.length > 0 ? known.forProse : known.names.filter(({ path }) => !isConstant(path));
    order = inOrder(cell, known.names, new Set(own.map(({ path }) => path)));
    orders.set(known.forProse, order);
  }
  return order;
}

/** The same with the plain numbers that sentences show. */
function mixedOrderOf(
  cell: CellResult,
  block: ProseBlock,
  known: Map<object, readonly ExportName[]>,
): readonly ExportName[] {
  const names = exportNames(cell);
  if (names === undefined || names.forProse.length === 0) return orderOf(cell);
  let order = known.get(names);
  if (order === undefined) {
    const texts = new Set(names.forProse.map(({ path }) => path));
    const isMentioned = (path: string) => block.mentionsOf(path).length > 0;
    // Of a dict, with one of its items all others.
    const dicts = new Set(
      names.names.flatMap(({ path, isMember }) => (isMember === true && isMentioned(path) ? [ownerOf(path)] : [])),
    );
    const shown = names.names.filter(
      ({ path, isMember }) => texts.has(path) || isMentioned(path) || (isMember === true && dicts.has(ownerOf(path))),
    );
    order = inOrder(cell, names.names, new Set(shown.map(({ path }) => path)));
    known.set(names, order);
  }
  return order;
}

/** What an item or attribute is of. */
function ownerOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')));
}

const NONE: readonly ExportName[] = [];

function inOrder(
  { run }: CellResult,
  names: readonly ExportName[],
  forProse: ReadonlySet<string>,
): readonly ExportName[] {
  const keyOf = ({ path, isMember }: ExportName) => (isMember === true ? path : lastOf(path));
  const byLast = new Map(names.flatMap(name => (forProse.has(name.path) ? [[keyOf(name), name] as const] : [])));
  const words = run!.bound.flatMap(
    path => run!.attributesOf(path) ?? run!.objectsOf(path)?.map(member => path + member) ?? [path],
  );
  return [...new Set(words)].flatMap(word => byLast.get(word) ?? []);
}
