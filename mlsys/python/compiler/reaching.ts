/** What can be reached from objects, with what code puts into them, and how much of that is looked at. */
import { leadsOn } from '../runtime/nativeEffects';
import { NativeFunction, PyClass, PyInstance, PyModule, PyObject, type Value } from '../runtime/objects';
import { classOf, PyUnknown } from '../runtime/unknown';
import type { Following } from './following';
import { isContainer, partsIn } from './stored';

const NO_VALUES: readonly Value[] = [];

/** Counts what is looked at. */
export class Work {
  spent = 0;
  limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  spend(nodes = 1): void {
    this.spent += nodes;
  }

  /** True where that is too much: nobody knows what else there is. */
  get exhausted(): boolean {
    return this.spent > this.limit;
  }

  /** So much more is looked at, at most. */
  shorten(rest: number): void {
    this.limit = Math.min(this.limit, this.spent + rest);
  }
}

/** Objects that can be reached from some, for those who look for a name in them. */
export class Reached {
  readonly objects: readonly Value[];
  #classes: ReadonlyMap<PyClass, readonly Value[]> | undefined;
  /** Those that have attributes of their own, and what these are by name. */
  #holding: readonly PyObject[] | undefined;
  readonly #attributes = new Map<string, readonly Value[]>();
  #callable: readonly Value[] | undefined;

  constructor(objects: readonly Value[]) {
    this.objects = objects;
  }

  /** The objects by the class that has their methods: a class has its own. */
  get classes(): ReadonlyMap<PyClass, readonly Value[]> {
    this.#classes ??= grouped(this.objects.map(one => [one instanceof PyClass ? one : classOf(one), one]));
    return this.#classes;
  }

  /** Those that may be called. */
  get callable(): readonly Value[] {
    this.#callable ??= callable(this.objects);
    return this.#callable;
  }

  /** What the objects themselves hold under a name. */
  attributes(name: string): readonly Value[] {
    let found = this.#attributes.get(name);
    if (found === undefined) {
      this.#holding ??= this.objects.filter(one => one instanceof PyObject && one.attrs !== undefined) as PyObject[];
      found = this.#holding.flatMap(({ attrs }) => attrs!.get(name) ?? NO_VALUES);
      this.#attributes.set(name, found);
    }
    return found;
  }
}

/** Those of all objects that can be reached from some which may be called: what a container holds is one of its own. */
export function callable(objects: readonly Value[]): readonly Value[] {
  return objects.filter(one => {
    if (isContainer(one) || one instanceof PyUnknown) return false;
    return !(one instanceof PyInstance) || classOf(one).native || classOf(one).lookup('__call__') !== undefined;
  });
}

function grouped<K>(pairs: readonly (readonly [K, Value])[]): ReadonlyMap<K, readonly Value[]> {
  const groups = new Map<K, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

export class Reaching {
  readonly #work: Work;
  readonly #refers: Following;
  readonly #parts = new Map<PyObject, readonly PyObject[]>();
  readonly #shared = new Map<PyClass, readonly PyObject[]>();
  /** By one object, or by the array that holds some. */
  readonly #from = new Map<Value | readonly Value[], Reached>();
  /** By what the numbers of several objects come to. */
  readonly #alike = new Map<number, (readonly [ReadonlySet<Value>, Reached])[]>();
  readonly #numbers = new Map<Value, number>();
  /** Objects that were changed, given away, or gone through, together with all that can be reached from them. */
  readonly changed = new Set<Value>();
  readonly escaped = new Set<Value>();
  readonly reached = new Set<Value>();
  readonly iterated = new Set<Value>();

  constructor(work: Work, refers: Following) {
    this.#work = work;
    this.#refers = refers;
  }

  /** Begins anew: more is known of what the code puts into objects. */
  forget(): void {
    for (const known of [this.changed, this.escaped, this.reached, this.iterated, this.#from, this.#alike])
      known.clear();
  }

  /** All objects that can be reached from some, themselves included; none once too many were looked at. */
  from(values: readonly Value[]): Reached {
    const key = values.length === 1 ? values[0]! : values;
    let known = this.#from.get(key);
    if (known === undefined) {
      known = values.length <= 1 ? this.#reachedFrom(values) : this.#fromSeveral(values);
      this.#from.set(key, known);
    }
    return known;
  }

  #reachedFrom(values: readonly Value[]): Reached {
    return new Reached(this.newIn(values, new Set()));
  }

  /** The classes of the chapter among them. */
  classesIn(values: readonly Value[]): readonly PyClass[] {
    const isOwn = (one: Value): one is PyClass => one instanceof PyClass && !one.native;
    return values.length === 0 ? [] : this.from(values).objects.filter(isOwn);
  }

  /** The same ones are asked for in many arrays. */
  #fromSeveral(values: readonly Value[]): Reached {
    this.#work.spend(values.length >> 2);
    const all = new Set(values);
    let sum = 0;
    for (const one of all) {
      const number = this.#numbers.get(one) ?? this.#numbers.size + 1;
      this.#numbers.set(one, number);
      sum += number * number;
    }
    const alike = this.#alike.get(sum) ?? [];
    const known = alike.find(([others]) => others.size === all.size && values.every(one => others.has(one)));
    if (known !== undefined) return known[1];
    const reached = this.#reachedFrom(values);
    this.#alike.set(sum, [...alike, [all, reached]]);
    return reached;
  }

  /** Those of the objects that can be reached from some which were not among the known ones, to which they are added. */
  newIn(values: readonly Value[], known: Set<Value>): readonly Value[] {
    if (this.#work.exhausted || values.length === 0) return NO_VALUES;
    const found: Value[] = [];
    const open = values.filter(isFollowed);
    while (open.length > 0) {
      const value = open.pop()!;
      if (known.has(value)) continue;
      const parts = this.#partsOf(value);
      this.#work.spend(1 + (parts.length >> 3));
      if (this.#work.exhausted) break;
      known.add(value);
      found.push(value);
      for (const one of this.#refers.heldIn(value)) if (isFollowed(one)) open.push(one);
      for (const one of parts) open.push(one);
    }
    return found;
  }

  /** What an object holds that is followed: no code runs meanwhile, and tables of plain data are long. */
  #partsOf(value: PyObject): readonly PyObject[] {
    let parts = this.#parts.get(value);
    if (parts === undefined) {
      parts = [
        ...partsIn(value).filter(isFollowed),
        ...this.#sharedBy(value instanceof PyClass ? value : classOf(value)),
      ];
      this.#parts.set(value, parts);
    }
    return parts;
  }

  /** What the attributes of a class of the chapter hold that can be changed: whoever has one of its objects has that too. */
  #sharedBy(cls: PyClass): readonly PyObject[] {
    if (cls.native) return NO_PARTS;
    let shared = this.#shared.get(cls);
    if (shared === undefined) {
      // Members of an enumeration are its objects themselves; what the library keeps there is its own.
      const held = cls.mro.flatMap(one => (one.native ? [] : [...one.attrs]));
      shared = held.flatMap(([name, one]) =>
        name.startsWith('__') || !isFollowed(one) || !leadsOn(one) || classOf(one) === cls ? [] : [one],
      );
      this.#shared.set(cls, shared);
    }
    return shared;
  }
}

const NO_PARTS: readonly PyObject[] = [];

function isFollowed(value: Value): value is PyObject {
  if (!(value instanceof PyObject) || value.owner === 0 || value.cls.unchanging) return false;
  return !(value instanceof NativeFunction || value instanceof PyModule);
}
