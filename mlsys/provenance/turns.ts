/** What a loop or a comprehension gave its variables at each turn, and what a comprehension made of them. */
import { canonical, enumType, memberName } from '../modules/standard/enum';
import type { PyDictView } from '../python/builtins/dictViews';
import { PyDict } from '../python/runtime/dict';
import { PyGenerator } from '../python/runtime/generator';
import { PyClass, PyList, PyRange, PyTuple, type Value } from '../python/runtime/objects';
import { repr, truth } from '../python/runtime/operations';
import { pathOf } from '../python/runtime/provenance';
import type {
  Attribute,
  Call,
  DictComp,
  Expression,
  GeneratorExp,
  ListComp,
  Name,
  SetComp,
} from '../python/syntax/ast';
import { someChild } from '../python/syntax/nodes';
import type { Part } from './graph';
import { InnerEnvironment } from './innerEnvironment';
import { yieldedBy } from './kept';
import { isStream, leftIn } from './streams';
import type { Environment, Read, Tracer } from './tracer';

/** So many turns are looked at. */
export const MOST_TURNS = 200;

/** Parts by the names of a target. */
export type Turn = ReadonlyMap<string, Part>;

/** The turns of a loop over what `iter` gives; undefined where they are not known. */
export function turnsOf(
  tracer: Tracer,
  target: Expression,
  iter: Expression,
  environment: Environment,
): readonly Turn[] | undefined {
  const elements = elementsOf(tracer, iter, environment);
  if (elements === undefined || elements.length > MOST_TURNS) return undefined;
  const turns: Turn[] = [];
  for (const element of elements) {
    const turn = new Map<string, Part>();
    if (!give(tracer, target, element, turn)) return undefined;
    turns.push(turn);
  }
  return turns;
}

/** The items of a list or dict that a comprehension made, by index or key; undefined where they are not known. */
export function madeItems(
  tracer: Tracer,
  node: ListComp | DictComp | GeneratorExp,
  environment: Environment,
): ReadonlyMap<Value, Part> | undefined {
  const [generator, ...more] = node.generators;
  if (generator === undefined || more.length > 0 || generator.async || namesValues(node)) return undefined;
  const turns = turnsOf(tracer, generator.target, generator.iter, environment);
  if (turns === undefined) return undefined;
  const items = new Map<Value, Part>();
  for (const turn of turns) {
    const inner = new TurnEnvironment(environment, turn);
    if (!generator.ifs.every(test => truth(tracer.trace(test, inner).value))) continue;
    if (node.kind === 'DictComp') items.set(tracer.trace(node.key, inner).value, tracer.trace(node.value, inner));
    else items.set(BigInt(items.size), tracer.trace(node.element, inner));
  }
  return items;
}

/** True for a comprehension that gives values names of their own at its turns: `(y := f(x))`. */
function namesValues(node: object): boolean {
  return someChild(node, one => (one as Partial<Expression>).kind === 'NamedExpr' || namesValues(one));
}

type Comprehension = ListComp | SetComp | DictComp | GeneratorExp;

/** What a comprehension does at all its turns. */
export interface Turned {
  /** What it makes its items of, and what it chooses them by. */
  readonly parts: readonly Part[];
  /** What it goes through of which it reads items, more than their keys. */
  readonly through: ReadonlySet<Expression>;
}

/** All turns of a comprehension; undefined where they are not known. */
export function turnedIn(
  tracer: Tracer,
  { generators, ...node }: Comprehension,
  environment: Environment,
): Turned | undefined {
  if (namesValues({ generators, ...node })) return undefined;
  const parts: Part[] = [];
  const through = new Set<Expression>();
  let turns = 0;
  const go = (depth: number, around: Environment): boolean => {
    const generator = generators[depth];
    if (generator === undefined) {
      const made = node.kind === 'DictComp' ? [node.key, node.value] : [node.element];
      parts.push(...made.map(one => tracer.trace(one, around)));
      return true;
    }
    const own = generator.async ? undefined : turnsOf(tracer, generator.target, generator.iter, around);
    turns += own?.length ?? 0;
    if (own === undefined || turns > MOST_TURNS) return false;
    return own.every(turn => {
      const inner = new TurnEnvironment(around, turn, () => through.add(generator.iter));
      const isChosen = generator.ifs.every(test => {
        const part = tracer.trace(test, inner);
        parts.push(part);
        return truth(part.value);
      });
      return !isChosen || go(depth + 1, inner);
    });
  };
  return go(0, environment) ? { parts, through } : undefined;
}

/** What an iteration gives, where it goes through a container: each with where the container has it from. */
function elementsOf(tracer: Tracer, iter: Expression, environment: Environment): readonly Part[] | undefined {
  if (iter.kind === 'Call' && iter.func.kind === 'Name') {
    const elements = elementsOfCall(tracer, iter, iter.func.id, environment);
    if (elements !== undefined) return elements;
  }
  const view = viewed(tracer, iter, environment);
  if (view !== undefined) {
    const { of, kind } = view;
    const dict = of.value as PyDict;
    if (dict.size > MOST_TURNS) return undefined;
    return [...dict.entries()].map(([key, value]) => {
      const item = () => tracer.element(of, key, value);
      return kind === 'keys' ? written(key) : kind === 'values' ? item() : pairOf([written(key), item()]);
    });
  }
  const of = tracer.trace(iter, environment);
  return heldItems(tracer, of);
}

/** The same for functions that hand on what they are given; undefined for others. */
function elementsOfCall(
  tracer: Tracer,
  { args, keywords }: Call,
  name: string,
  environment: Environment,
): readonly Part[] | undefined {
  const [first, second] = args;
  const [keyword, ...others] = keywords;
  const start = second ?? (keyword?.name?.name === 'start' ? keyword.value : undefined);
  if (
    name === 'enumerate' &&
    first !== undefined &&
    others.length === 0 &&
    (keyword === undefined || start !== undefined)
  ) {
    const from = start === undefined ? 0n : tracer.trace(start, environment).value;
    if (typeof from !== 'bigint') return undefined;
    return elementsOf(tracer, first, environment)?.map((one, at) => pairOf([written(from + BigInt(at)), one]));
  }
  if (keywords.length > 0) return undefined;
  if (name === 'reversed' && first !== undefined) return elementsOf(tracer, first, environment)?.toReversed();
  if (name !== 'zip' || first === undefined) return undefined;
  const all = args.map(one => elementsOf(tracer, one, environment));
  if (!all.every(one => one !== undefined)) return undefined;
  const count = Math.min(...all.map(one => one.length));
  return Array.from({ length: count }, (_, at) => pairOf(all.map(one => one[at]!)));
}

/** The items of a list, tuple or range, the keys of a dict, the members of a class of choices, what a stream has left. */
export function heldItems(tracer: Tracer, of: Part): readonly Part[] | undefined {
  const { value } = of;
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value.items.length > MOST_TURNS) return undefined;
    return value.items.map((item, at) => tracer.element(of, BigInt(at), item));
  }
  if (value instanceof PyDict)
    return value.size > MOST_TURNS ? undefined : [...value.entries()].map(([key]) => written(key));
  if (value instanceof PyClass && value.cls === enumType)
    return canonical(value).map(member => tracer.member(of, String(memberName(member)), member));
  if (value instanceof PyGenerator) return yieldedBy(tracer, of);
  if (isStream(value)) return leftIn(tracer, of, MOST_TURNS);
  if (!(value instanceof PyRange) || value.length > BigInt(MOST_TURNS)) return undefined;
  return Array.from({ length: Number(value.length) }, (_, at) => written(value.start + BigInt(at) * value.step));
}

/** `d.items()`, `d.values()` or `d.keys()` of a dict. */
function viewed(
  tracer: Tracer,
  iter: Expression,
  environment: Environment,
): { readonly of: Part; readonly kind: PyDictView['kind'] } | undefined {
  if (iter.kind !== 'Call' || iter.func.kind !== 'Attribute' || iter.args.length + iter.keywords.length > 0)
    return undefined;
  const kind = iter.func.attr.name;
  if (kind !== 'items' && kind !== 'values' && kind !== 'keys') return undefined;
  const of = tracer.trace(iter.func.value, environment);
  return of.value instanceof PyDict ? { of, kind } : undefined;
}

/** Gives the names of a target what they stand for; false where one is not known. */
function give(tracer: Tracer, target: Expression, element: Part, turn: Map<string, Part>): boolean {
  if (target.kind === 'Name') {
    turn.set(target.id, element);
    return true;
  }
  if (target.kind !== 'Tuple' && target.kind !== 'List') return false;
  const parts = element.kind === 'display' ? [...element.items.values()] : heldItems(tracer, element);
  if (parts?.length !== target.elements.length) return false;
  return target.elements.every((one, at) => give(tracer, one, parts[at]!, turn));
}

/** A key or an index, which comes from nowhere else. */
export function written(value: Value): Part {
  return { kind: 'literal', code: repr(value), value, at: undefined };
}

function pairOf(parts: readonly Part[]): Part {
  const items = new Map<Value, Part>(parts.map((part, at) => [BigInt(at), part]));
  return { kind: 'display', code: '', items, value: new PyTuple(parts.map(one => one.value)), at: undefined };
}

/** The names of one turn before those around it. */
class TurnEnvironment extends InnerEnvironment {
  readonly #turn: Turn;
  readonly #onItem: (() => void) | undefined;

  /** `onItem` is called where an item is read. */
  constructor(outer: Environment, turn: Turn, onItem?: () => void) {
    super(outer);
    this.#turn = turn;
    this.#onItem = onItem;
  }

  /** Where items are told by their places, it is that of a function. */
  override get depth(): number {
    return this.#onItem === undefined ? this.outer.depth : Math.max(1, this.outer.depth);
  }

  override isTurned(name: Name): boolean {
    return this.#turn.has(name.id) || super.isTurned(name);
  }

  read(node: Name | Attribute): Read | undefined {
    const path = pathOf(node);
    const part = path === undefined ? undefined : this.#turn.get(path.split('.', 1)[0]!);
    if (part === undefined) return this.outer.read(node);
    if (part.kind !== 'literal') this.#onItem?.();
    return node.kind === 'Name'
      ? { value: part.value, part: this.#onItem === undefined ? part : placed(part) }
      : undefined;
  }
}

/** What a turn gave a variable, by the name of its place. */
export function placed(part: Part): Part {
  return part.kind === 'source' ? { ...part, code: part.source.name } : part;
}
