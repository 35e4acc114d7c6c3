/**
 * What lists and dicts hold that a look at a value made itself, by what was put there: they change as those of the program did,
 * and each item keeps the part that it was made of. Whoever ends up with such a container compares it with the program's own.
 */
import { PyDict } from '../python/runtime/dict';
import { creation, PyList, type Value } from '../python/runtime/objects';
import { call, getAttribute, getItem, repr } from '../python/runtime/operations';
import type { Call, Expression, Span } from '../python/syntax/ast';
import { nodesIn } from '../python/syntax/nodes';
import { sameValue } from '../session/same';
import { type Count, countsOf, isCounter, tallied } from './counters';
import type { Part } from './graph';
import { sourceOfPart } from './parts';
import { NotFollowed } from './refusals';

export type Container = PyList | PyDict;

/** Parts by index or key, as the container has them. */
type Held = Part[] | Map<Value, Part>;

/** So many items are kept apart. */
const MOST_ITEMS = 400;
/** Code that names more is not read. */
const MOST_NAMED = 6;

/** True for a container that the present look made: nobody else has it. */
export function isOwn(value: Value): value is Container {
  return (value instanceof PyList || value instanceof PyDict) && creation.owner !== 0 && value.owner === creation.owner;
}

export class Contents {
  /** Of own containers that were changed. */
  readonly #held = new Map<Container, Held>();
  readonly #told = new Map<Container, Part>();
  /** When each was changed last, and what said how often. */
  readonly #stamps = new Map<Container, number>();
  readonly #reads = new Map<Container, Set<Part>>();
  /** Counts changes. */
  changes = 0;
  /** The part of an item that somebody names by its place. */
  readonly #element: (of: Part, key: Value, value: Value) => Part;
  /** The items of an iterable that are known one by one. */
  readonly #itemsOf: (of: Part) => readonly Part[] | undefined;

  constructor(
    element: (of: Part, key: Value, value: Value) => Part,
    itemsOf: (of: Part) => readonly Part[] | undefined,
  ) {
    this.#element = element;
    this.#itemsOf = itemsOf;
  }

  /** True for an own container that holds something else than it was made with. */
  hasChanged(value: Value): boolean {
    return this.#held.size > 0 && this.#held.has(value as Container);
  }

  /** What a changed container holds under a key; undefined where that is not known. */
  itemOf(value: Value, key: Value): Part | undefined {
    const held = this.#held.size === 0 ? undefined : this.#held.get(value as Container);
    if (held === undefined) return undefined;
    if (!Array.isArray(held)) return held.get(keyIn(held, key));
    if (typeof key !== 'bigint') return undefined;
    return held.at(Number(key));
  }

  /** A changed container with all that it holds, each item by its place. Throws `NotFollowed` where something else changed it. */
  told(part: Part, name: string | undefined): Part {
    const { value } = part;
    const held = this.#held.get(value as Container);
    if (held === undefined) return part;
    const known = this.#told.get(value as Container);
    if (known !== undefined) return known;
    const items = entriesOf(value as Container);
    const parts = new Map<Value, Part>();
    const codes: string[] = [];
    for (const [at, [key, item]] of items.entries()) {
      const one = Array.isArray(held) ? held[at] : held.get(keyIn(held, key));
      if (one === undefined || !sameValue(one.value, item)) throw new NotFollowed('a container');
      const code = `${name ?? '…'}[${repr(key)}]`;
      const source = sourceOfPart(code, one);
      const whole: Part = this.hasChanged(item) ? this.told(one, code) : one;
      parts.set(key, {
        kind: 'source',
        code,
        source: whole === one ? source : sourceOfPart(code, whole),
        value: item,
        at: one.at,
      });
      if (codes.length <= MOST_NAMED) codes.push(value instanceof PyDict ? `${repr(key)}: ${code}` : code);
    }
    const size = Array.isArray(held) ? held.length : held.size;
    if (size !== items.length) throw new NotFollowed('a container');
    if (codes.length > MOST_NAMED) codes.splice(MOST_NAMED, 1, '…');
    const [open, close] = value instanceof PyList ? '[]' : '{}';
    const shown = `${open}${codes.join(', ')}${close}`;
    const code = isCounter(value) ? `Counter(${shown})` : shown;
    const reads = this.#reads.get(value as Container);
    const form = { kind: 'display', code, items: parts, value, at: part.at } as const;
    const told: Part = reads === undefined ? form : { ...form, reads: [...reads] };
    this.#told.set(value as Container, told);
    return told;
  }

  /** Says what decided what was done to the containers that have changed since some changes. */
  decided(since: number, by: readonly Part[]): void {
    if (by.length === 0) return;
    for (const [container, stamp] of this.#stamps) {
      if (stamp <= since) continue;
      const reads = this.#reads.get(container) ?? new Set();
      this.#reads.set(container, reads);
      for (const one of by) reads.add(one);
      this.#told.delete(container);
    }
  }

  /** `d[key] = …`, `items[0] = …` */
  set(of: Part, key: Value, item: Part): void {
    const { value } = of;
    if (!isOwn(value)) throw new NotFollowed('an item');
    const held = this.#change(of, value);
    if (value instanceof PyDict) {
      value.set(key, item.value);
      (held as Map<Value, Part>).set(keyIn(held as Map<Value, Part>, key), item);
      return;
    }
    const at = indexIn(value, key);
    value.items[at] = item.value;
    (held as Part[])[at] = item;
  }

  /** `del d[key]` */
  delete(of: Part, key: Value): void {
    const { value } = of;
    if (!isOwn(value)) throw new NotFollowed('an item');
    const held = this.#change(of, value);
    if (value instanceof PyDict) {
      value.delete(key);
      (held as Map<Value, Part>).delete(keyIn(held as Map<Value, Part>, key));
    } else {
      const at = indexIn(value, key);
      value.items.splice(at, 1);
      (held as Part[]).splice(at, 1);
    }
  }

  /** `items += more` */
  extend(of: Part, more: Part): void {
    const { value } = of;
    const items = this.#itemsOf(more);
    if (!isOwn(value) || !(value instanceof PyList) || items === undefined) throw new NotFollowed('a container');
    const held = this.#change(of, value) as Part[];
    value.items.push(...items.map(one => one.value));
    held.push(...items);
  }

  /**
   * What a method gives that changes an own container, which has changed from then on; undefined for other methods. Throws
   * `NotFollowed` where nobody knows what it did.
   */
  performed(name: string, of: Part, args: readonly Part[], keywords: ReadonlyMap<string, Part>): Part | undefined {
    const { value } = of;
    if (!isOwn(value)) return undefined;
    const isList = value instanceof PyList;
    const isCount = isCounter(value) && (name === 'update' || name === 'subtract');
    if (!isCount && !(isList ? LIST_METHODS : DICT_METHODS).has(name)) return undefined;
    // What is counted has to be known before it is put there.
    const counts = isCount ? countsOf(args, keywords, this.#element) : undefined;
    const held = this.#change(of, value);
    if (counts !== undefined) return this.#tally(value as PyDict, held as Map<Value, Part>, counts, name);
    return isList
      ? this.#performedOnList(name, value, held as Part[], args, keywords)
      : this.#performedOnDict(name, value as PyDict, held as Map<Value, Part>, args, keywords);
  }

  #performedOnList(
    name: string,
    list: PyList,
    held: Part[],
    args: readonly Part[],
    keywords: ReadonlyMap<string, Part>,
  ): Part {
    const [first, second] = args;
    // The items that it gets have to be known before they are put there.
    const more = name === 'extend' && first !== undefined ? this.#itemsOf(first) : undefined;
    if (name === 'extend' && more === undefined) throw new NotFollowed('a container');
    const before = [...list.items];
    const result = this.#call(name, list, args, keywords);
    switch (name) {
      case 'append':
        held.push(first!);
        break;
      case 'extend':
        held.push(...more!);
        break;
      case 'insert':
        held.splice(Number(first!.value), 0, second!);
        break;
      case 'clear':
        held.length = 0;
        break;
      case 'pop': {
        const [gone] = held.splice(first === undefined ? -1 : Number(first.value), 1);
        return gone!;
      }
      default: {
        // Put in order, or with one less: each item is where its value is.
        const left = held.map((part, at) => ({ part, value: before[at]! }));
        const moved = list.items.map(item => {
          const at = left.findIndex(one => Object.is(one.value, item));
          return at < 0 ? undefined : left.splice(at, 1)[0]!.part;
        });
        if (moved.some(one => one === undefined)) throw new NotFollowed('a container');
        held.splice(0, held.length, ...(moved as Part[]));
      }
    }
    return written(result);
  }

  #performedOnDict(
    name: string,
    dict: PyDict,
    held: Map<Value, Part>,
    args: readonly Part[],
    keywords: ReadonlyMap<string, Part>,
  ): Part {
    const [first, second] = args;
    const known = first === undefined ? undefined : held.get(keyIn(held, first.value));
    switch (name) {
      case 'update': {
        const given = first?.value;
        if (given !== undefined && !(given instanceof PyDict)) throw new NotFollowed('a container');
        for (const [key, item] of given?.entries() ?? []) {
          dict.set(key, item);
          held.set(keyIn(held, key), this.#element(first!, key, item));
        }
        for (const [key, part] of keywords) {
          dict.set(key, part.value);
          held.set(key, part);
        }
        return written(null);
      }
      case 'setdefault':
        if (known !== undefined) return known;
        if (second === undefined) throw new NotFollowed('a container');
        dict.set(first!.value, second.value);
        held.set(keyIn(held, first!.value), second);
        return second;
      case 'pop': {
        const result = this.#call(name, dict, args, keywords);
        if (known === undefined) return second ?? written(result);
        held.delete(keyIn(held, first!.value));
        return known;
      }
      default:
        this.#call(name, dict, args, keywords);
        held.clear();
        return written(null);
    }
  }

  #tally(counter: PyDict, held: Map<Value, Part>, counts: readonly Count[], method: string): Part {
    for (const [key, count] of counts) {
      const part = tallied(held.get(keyIn(held, key)), count, method === 'update' ? '+' : '-');
      counter.set(key, part.value);
      held.set(keyIn(held, key), part);
    }
    return written(null);
  }

  /** What a dict makes that lacks a key, as `defaultdict` does; undefined for one that has it. */
  missing(of: Part, key: Value): Part | undefined {
    const dict = of.value;
    if (!isOwn(dict) || !(dict instanceof PyDict) || dict.has(key)) return undefined;
    const held = this.#change(of, dict) as Map<Value, Part>;
    const part = written(getItem(dict, key));
    if (dict.has(key)) held.set(keyIn(held, key), part);
    return part;
  }

  #call(name: string, container: Container, args: readonly Part[], keywords: ReadonlyMap<string, Part>): Value {
    const named = new Map([...keywords].map(([key, part]) => [key, part.value] as const));
    return call(
      getAttribute(container, name),
      args.map(one => one.value),
      named.size === 0 ? undefined : named,
    );
  }

  /** What a container holds, which is about to change. */
  #change(of: Part, container: Container): Held {
    this.#told.clear();
    this.#stamps.set(container, ++this.changes);
    let held = this.#held.get(container);
    if (held === undefined) {
      const entries = entriesOf(container);
      if (entries.length > MOST_ITEMS) throw new NotFollowed('many items');
      const made = of.kind === 'display' ? of.items : undefined;
      const parts = entries.map(([key, item]) => [key, made?.get(key) ?? this.#element(of, key, item)] as const);
      held = container instanceof PyList ? parts.map(([, part]) => part) : new Map(parts);
      this.#held.set(container, held);
    }
    if ((Array.isArray(held) ? held.length : held.size) > MOST_ITEMS) throw new NotFollowed('many items');
    return held;
  }
}

const LIST_METHODS: ReadonlySet<string> = new Set('append extend insert pop remove clear sort reverse'.split(' '));
const DICT_METHODS: ReadonlySet<string> = new Set('update setdefault pop clear'.split(' '));
/** Changes that a `Counter` has besides. */
const COUNTER_METHODS: ReadonlySet<string> = new Set(['subtract']);

/** Methods that change what they are called on. */
export function isChange(name: string): boolean {
  return LIST_METHODS.has(name) || DICT_METHODS.has(name) || COUNTER_METHODS.has(name);
}

/** True where code calls such a method; `isMeant` tells on what. */
export function callsChange(code: Span, isMeant: (on: Expression) => boolean = () => true): boolean {
  for (const node of [code as Partial<Call>, ...nodesIn(code)])
    if (node.kind === 'Call' && node.func?.kind === 'Attribute')
      if (isChange(node.func.attr.name) && isMeant(node.func.value)) return true;
  return false;
}

function entriesOf(container: Container): (readonly [key: Value, item: Value])[] {
  return container instanceof PyList
    ? container.items.map((item, at) => [BigInt(at), item] as const)
    : [...container.entries()];
}

/** The key as the parts have it: tuples are equal, not the same. */
function keyIn(held: ReadonlyMap<Value, Part>, key: Value): Value {
  if (typeof key !== 'object' || key === null || held.has(key)) return key;
  for (const one of held.keys()) if (sameValue(one, key)) return one;
  return key;
}

function indexIn({ items }: PyList, key: Value): number {
  const at = typeof key === 'bigint' ? Number(key < 0n ? key + BigInt(items.length) : key) : -1;
  if (at < 0 || at >= items.length) throw new NotFollowed('an item');
  return at;
}

/** A value that comes from nowhere else. */
function written(value: Value): Part {
  return { kind: 'literal', code: repr(value), value, at: undefined };
}
