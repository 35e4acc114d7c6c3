/**
 * Which value came from where. Each assignment that runs at the level of a module or a class body records a binding:
 * its name, its place, its value, and what the assigned expression read, each read with its value and the binding that
 * made it. Functions' own variables are not recorded.
 *
 * A session sets `provenance.recorder` before it runs a cell and takes the recorder's bindings afterwards; compiled code
 * calls `bind` where there is a recorder. A run notes no more than values; paths, names and origins are worked out when
 * somebody asks where a value came from.
 */
import type { Attribute, Expression, Name, Span } from '../syntax/ast';
import { mutations } from './mutation';
import type { Value } from './objects';

/** An expression whose value a binding remembers: a name or a chain of attributes of one. */
export type ReadNode = Name | Attribute;

/** An assignment in the source. One exists per target and program. */
export interface BindingSite {
  /** `name`, or `Class.name` in a class body. */
  readonly name: string;
  /** `Class.` in a class body, else empty. */
  readonly prefix: string;
  readonly span: Span;
  readonly file: string;
  readonly reads: readonly ReadNode[];
  /** What the assignment bound when it last ran; its recorder tells in which run. */
  last: Binding | undefined;
}

/** One read of an expression that was evaluated. */
export interface Read {
  /** `n`, `GPT3.params`, `Hardware.Cloud.H100` */
  readonly path: string;
  readonly span: Span;
  /** Undefined where the expression did not get to this read: the other branch of a conditional expression. */
  readonly value: Value | undefined;
  /** The binding that the path, or the longest beginning of it that a binding made, came from. */
  readonly binding: Binding | undefined;
}

/** One assignment that ran. An assignment in a loop keeps what its last turn bound. */
export class Binding {
  readonly site: BindingSite;
  value: Value;
  /** Values of the site's reads, as far as they were evaluated. */
  trail: readonly (Value | undefined)[] | undefined;
  readonly recorder: Recorder;
  /** How much of the recorder's history the reads saw. */
  seen: number;
  /** When it was made, by the clock of `mutations`. */
  at = ++mutations.clock;
  turns = 1;

  constructor(
    recorder: Recorder,
    site: BindingSite,
    value: Value,
    trail: readonly (Value | undefined)[] | undefined,
    seen: number,
  ) {
    this.recorder = recorder;
    this.site = site;
    this.value = value;
    this.trail = trail;
    this.seen = seen;
  }

  get name(): string {
    return this.site.name;
  }

  get span(): Span {
    return this.site.span;
  }

  get file(): string {
    return this.site.file;
  }

  get reads(): readonly Read[] {
    return this.site.reads.map((node, at) => {
      const path = pathOf(node)!;
      return { path, span: node, value: this.trail?.[at], binding: this.recorder.originOf(this, path) };
    });
  }
}

/** Turns of a loop after which the origins of its reads are taken as settled. */
const SETTLED = 3;

/** Of a run, so many items of dicts and lists are told from where they are. */
const MOST_UNNAMED = 2000;

/** Collects the bindings of one run. */
export class Recorder {
  /** In order of first execution. */
  readonly bindings: Binding[] = [];
  /** Bindings in the order in which they became the latest of their name: the same list until one runs again. */
  #history = this.bindings;
  /** The latest binding of each name; made when an assignment runs again, or somebody asks. */
  #latest: Map<string, Binding> | undefined = undefined;
  /** Names whose latest binding changed in the turns of a loop that settled, without a note in the history so far. */
  readonly #moved = new Set<string>();
  /** Places of each name in the history, as far as somebody asked: it only grows. */
  readonly #places = new Map<string, number[]>();
  #indexed = 0;
  #unnamed = 0;
  readonly #earlier: (name: string) => Binding | undefined;

  /** `earlier` finds the binding of a name that an earlier run made. */
  constructor(earlier: (name: string) => Binding | undefined = () => undefined) {
    this.#earlier = earlier;
  }

  /** Bindings in the order in which they became the latest of their name; `bindings` itself where that is its order. */
  get history(): readonly Binding[] {
    return this.#history;
  }

  /** The binding that last set a name in this run. */
  find(name: string): Binding | undefined {
    return this.#byName().get(name);
  }

  /** True where another run bound the same names. */
  bindsAs(other: Recorder): boolean {
    const [own, others] = [this.#byName(), other.#byName()];
    return own.size === others.size && [...own.keys()].every(name => others.has(name));
  }

  /** Records that an assignment ran; `trail` holds the values of the site's reads. */
  bind(site: BindingSite, value: Value, trail: readonly (Value | undefined)[] | undefined): void {
    const { last } = site;
    if (last !== undefined && last.recorder === this) {
      this.#bindAgain(last, value, trail);
      return;
    }
    if (this.#moved.size > 0) this.#noteMoved();
    const made = new Binding(this, site, value, trail, this.#history.length);
    site.last = made;
    this.bindings.push(made);
    if (this.#history !== this.bindings) this.#history.push(made);
    this.#latest?.set(site.name, made);
  }

  /** What put a value where no name tells of it: a binding that is not recorded. Undefined once there were many. */
  unnamed(site: BindingSite, value: Value, trail: readonly (Value | undefined)[] | undefined): Binding | undefined {
    if (this.#unnamed >= MOST_UNNAMED) return undefined;
    this.#unnamed++;
    if (this.#moved.size > 0) this.#noteMoved();
    return new Binding(this, site, value, trail, this.#history.length);
  }

  #bindAgain(known: Binding, value: Value, trail: readonly (Value | undefined)[] | undefined): void {
    known.value = value;
    known.trail = trail;
    known.at = ++mutations.clock;
    const latest = this.#byName();
    const { name } = known.site;
    const settled = known.turns >= SETTLED;
    if (!settled) {
      known.turns++;
      this.#noteMoved();
      known.seen = this.#history.length;
    }
    if (latest.get(name) === known) return;
    latest.set(name, known);
    if (settled) this.#moved.add(name);
    else this.#note(known);
  }

  #byName(): Map<string, Binding> {
    if (this.#latest === undefined) {
      this.#latest = new Map();
      for (const binding of this.#history) this.#latest.set(binding.name, binding);
    }
    return this.#latest;
  }

  #noteMoved(): void {
    for (const name of this.#moved) this.#note(this.#latest!.get(name)!);
    this.#moved.clear();
  }

  /** Notes that a known binding is the latest of its name again. */
  #note(known: Binding): void {
    if (this.#history === this.bindings) this.#history = [...this.bindings];
    this.#history.push(known);
  }

  /**
   * The binding behind what `binding` read by a path. A loop's own earlier turn is not told: the binding would be its own
   * origin.
   */
  originOf(binding: Binding, path: string): Binding | undefined {
    for (const name of makersOf(path, binding.site.prefix)) {
      const found = this.#before(binding.seen, name) ?? this.#earlier(name);
      if (found !== undefined) return found === binding ? undefined : found;
    }
    return undefined;
  }

  /** The binding behind what a path had before any statement in a stretch of the binding's file ran. */
  originBefore({ start, end }: Span, { file, site, seen }: Binding, path: string): Binding | undefined {
    const isWithin = (one: Binding): boolean => one.file === file && start <= one.span.start && one.span.end <= end;
    const first = this.#history.findIndex(isWithin);
    for (const name of makersOf(path, site.prefix)) {
      const found = this.#before(first < 0 ? seen : first, name) ?? this.#earlier(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The binding behind what a path has where a statement at the level of a module or class body begins. */
  originAbove(file: string, offset: number, prefix: string, path: string): Binding | undefined {
    for (const name of makersOf(path, prefix)) {
      const isAbove = (one: Binding): boolean => one.name === name && (one.file !== file || one.span.end <= offset);
      const found = this.#history.findLast(isAbove) ?? this.#earlier(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #before(end: number, name: string): Binding | undefined {
    for (; this.#indexed < this.#history.length; this.#indexed++) {
      const one = this.#history[this.#indexed]!.name;
      const places = this.#places.get(one);
      if (places === undefined) this.#places.set(one, [this.#indexed]);
      else places.push(this.#indexed);
    }
    const at = this.#places.get(name)?.findLast(place => place < end);
    return at === undefined ? undefined : this.#history[at];
  }
}

/** The text of a name or a chain of attributes of one: `a`, `a.b.c`. */
export function pathOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  if (node.kind !== 'Attribute') return undefined;
  const path = pathOf(node.value);
  return path === undefined ? undefined : `${path}.${node.attr.name}`;
}

/** Names that may have made what a path reads: in the class body first, whole paths before their beginnings. */
export function makersOf(path: string, prefix: string): readonly string[] {
  const names: string[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const name = path.slice(0, end);
    if (prefix !== '') names.push(prefix + name);
    names.push(name);
  }
  return names;
}

/** The recorder of the run that is going on, if bindings are wanted. */
export const provenance: { recorder: Recorder | undefined } = { recorder: undefined };
