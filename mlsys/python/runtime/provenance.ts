/**
 * Which value came from where. Each assignment that runs at the level of a module or a class body records a binding:
 * its name, its place, its value, and what the assigned expression read, each read with its value and the binding that
 * made it. Functions' own variables are not recorded.
 *
 * A session sets `provenance.recorder` before it runs a cell and takes the recorder's bindings afterwards; compiled code
 * calls `bind` where there is a recorder.
 */
import type { Span } from '../syntax/ast';
import type { Value } from './objects';

/** A name or a chain of attributes that an expression reads: `n`, `GPT3.params`, `Hardware.Cloud.H100`. */
export interface ReadSite {
  readonly path: string;
  readonly span: Span;
  /** Names of the bindings that may have made it, the likeliest first: see `makersOf`. */
  readonly makers: readonly string[];
}

/** An assignment in the source. One exists per target and program. */
export interface BindingSite {
  /** `name`, or `Class.name` in a class body. */
  readonly name: string;
  readonly span: Span;
  readonly file: string;
  readonly reads: readonly ReadSite[];
}

/** One read of an expression that was evaluated. */
export interface Read extends ReadSite {
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
  /** Bindings that the reads came from. */
  origins: readonly (Binding | undefined)[];

  constructor(
    site: BindingSite,
    value: Value,
    trail: readonly (Value | undefined)[] | undefined,
    origins: readonly (Binding | undefined)[],
  ) {
    this.site = site;
    this.value = value;
    this.trail = trail;
    this.origins = origins;
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
    return this.site.reads.map((read, at) => ({ ...read, value: this.trail?.[at], binding: this.origins[at] }));
  }
}

/** Turns of a loop after which the origins of its reads are taken as settled. */
const SETTLED = 3;

const NONE: readonly undefined[] = [];

interface Record {
  readonly binding: Binding;
  turns: number;
}

/** Collects the bindings of one run. */
export class Recorder {
  readonly #bySite = new Map<BindingSite, Record>();
  readonly #latest = new Map<string, Binding>();
  readonly #earlier: (name: string) => Binding | undefined;

  /** `earlier` finds the binding of a name that an earlier run made. */
  constructor(earlier: (name: string) => Binding | undefined = () => undefined) {
    this.#earlier = earlier;
  }

  /** In order of first execution. */
  get bindings(): readonly Binding[] {
    return Array.from(this.#bySite.values(), record => record.binding);
  }

  /** The binding that last set a name, in this run or before it. */
  find(name: string): Binding | undefined {
    return this.#latest.get(name) ?? this.#earlier(name);
  }

  /** Records that an assignment ran; `trail` holds the values of the site's reads. */
  bind(site: BindingSite, value: Value, trail: readonly (Value | undefined)[] | undefined): void {
    const known = this.#bySite.get(site);
    if (known === undefined) {
      const binding = new Binding(site, value, trail, this.#origins(site, undefined));
      this.#bySite.set(site, { binding, turns: 1 });
      this.#latest.set(site.name, binding);
      return;
    }
    const { binding } = known;
    binding.value = value;
    binding.trail = trail;
    if (known.turns++ < SETTLED) binding.origins = this.#origins(site, binding);
    if (this.#latest.get(site.name) !== binding) this.#latest.set(site.name, binding);
  }

  /** A loop's own earlier turn is not told: the binding would be its own origin. */
  #origins(site: BindingSite, own: Binding | undefined): readonly (Binding | undefined)[] {
    const { reads } = site;
    if (reads.length === 0) return NONE;
    return reads.map(read => {
      const found = this.#origin(read);
      return found === own ? undefined : found;
    });
  }

  #origin(read: ReadSite): Binding | undefined {
    for (const name of read.makers) {
      const found = this.find(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
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
