/** What is known of the calls of one function while the effects of code are looked for. */
import { type PyClass, PyInstance, type Value } from '../runtime/objects';
import type { Facts } from './facts';
import type { Work } from './reaching';
import { exactly, NOTHING, type Referents, reachOf, wholeOf } from './referents';

/** What is asked for: how to look at it, what it begins with, and the code where it is some. */
export interface Root {
  readonly look: () => void;
  readonly begins: () => readonly Value[];
  readonly facts?: Facts | undefined;
}

/** What a parameter may refer to by all calls together. */
interface Given {
  readonly exact: Set<Value>;
  readonly reach: Set<Value>;
  /** Both as they were when they were last asked for. */
  referents: Referents;
  /** What they were made of. */
  readonly from: Set<Referents>;
}

export class Visit {
  /** True while it waits to be looked into. */
  queued = false;
  /** What the parameters of the function hold where a call gives nothing. */
  presets: Referents | undefined;
  readonly #asked = new Set<Referents>();
  readonly #given = new Map<string, Given>();
  readonly #look: (given: ReadonlyMap<string, Referents>) => void;

  constructor(look: (given: ReadonlyMap<string, Referents>) => void) {
    this.#look = look;
  }

  /** Notes what a call gives to the parameters: some referents to each. True where that is more than other calls gave. */
  give(parameters: readonly string[], given: (at: number) => readonly Referents[], work: Work): boolean {
    let more = false;
    for (const [at, parameter] of parameters.entries())
      for (const one of given(at)) more = this.#give(parameter, one, work) || more;
    return more;
  }

  #give(parameter: string, from: Referents, work: Work): boolean {
    const { exact, reach } = from;
    if (exact.length === 0 && reach.length === 0) return false;
    const known = this.#given.get(parameter) ?? {
      exact: new Set(),
      reach: new Set(),
      referents: NOTHING,
      from: new Set(),
    };
    this.#given.set(parameter, known);
    if (known.from.has(from)) return false;
    known.from.add(from);
    work.spend((exact.length + reach.length) >> 4);
    const before = known.exact.size + known.reach.size;
    for (const one of exact) known.exact.add(one);
    for (const one of reach) known.reach.add(one);
    return known.exact.size + known.reach.size > before;
  }

  /** True when it is first asked about these. */
  isNew(referents: Referents): boolean {
    if (this.#asked.has(referents)) return false;
    this.#asked.add(referents);
    return true;
  }

  /** Looks into the function, with what its parameters may refer to by now. */
  look(): void {
    this.queued = false;
    const given = new Map<string, Referents>();
    for (const [name, known] of this.#given) {
      const { exact, reach } = known.referents;
      if (exact.length < known.exact.size || reach.length < known.reach.size)
        known.referents = {
          exact: exact.length < known.exact.size ? [...known.exact] : exact,
          reach: reach.length < known.reach.size ? [...known.reach] : reach,
        };
      given.set(name, known.referents);
    }
    this.#look(given);
  }
}

/** What stands for definitions that may have run, by their frames. */
export class Possibles {
  readonly #known = new Map<object, Map<object, object>>();

  of(node: object, frame: object): object {
    const inFrame = this.#known.get(frame) ?? new Map<object, object>();
    this.#known.set(frame, inFrame);
    const known = inFrame.get(node) ?? {};
    inFrame.set(node, known);
    return known;
  }
}

/** All that can be reached from the arguments of a call together. */
export class Joined {
  readonly #work: Work;
  readonly #any = new Map<readonly Referents[], Referents>();

  constructor(work: Work) {
    this.#work = work;
  }

  any(args: readonly Referents[]): Referents {
    let made = this.#any.get(args);
    if (made === undefined) {
      made = reachOf(args.map(wholeOf));
      this.#any.set(args, made);
      // Who is given these goes through them.
      this.#work.spend((made.exact.length + made.reach.length) >> 2);
    }
    return made;
  }
}

/** What a function gives, which is called when that is first asked for. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What stands for the objects that skipped code makes of classes with bases, whose methods it leads to. */
export class MadeObjects {
  readonly #made = new Map<PyClass, Referents>();

  of(cls: PyClass): Referents {
    if (cls.mro.filter(({ native }) => !native).length < 2) return NOTHING;
    let made = this.#made.get(cls);
    if (made === undefined) {
      made = exactly(new PyInstance(cls));
      this.#made.set(cls, made);
    }
    return made;
  }
}
