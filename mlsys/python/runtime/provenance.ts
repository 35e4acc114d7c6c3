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
}

/** An assignment in the source. One exists per target and program. */
export interface BindingSite {
  /** `name`, or `Class.name` in a class body. */
  readonly name: string;
  readonly span: Span;
  readonly file: string;
  readonly reads: readonly ReadSite[];
  /** `Class.` in a class body, else empty: its names are looked up there first. */
  readonly prefix: string;
}

/** One read of an expression that was evaluated. */
export interface Read extends ReadSite {
  /** Undefined where the expression did not get to this read: the other branch of a conditional expression. */
  readonly value: Value | undefined;
  /** The binding that the path, or the longest beginning of it that a binding made, came from. */
  readonly binding: Binding | undefined;
}

/** One assignment that ran. An assignment in a loop keeps what its last run bound. */
export interface Binding {
  readonly name: string;
  readonly span: Span;
  readonly file: string;
  value: Value;
  reads: readonly Read[];
}

/** Collects the bindings of one run. */
export class Recorder {
  readonly #bySite = new Map<BindingSite, Binding>();
  readonly #latest = new Map<string, Binding>();
  readonly #earlier: (name: string) => Binding | undefined;

  /** `earlier` finds the binding of a name that an earlier run made. */
  constructor(earlier: (name: string) => Binding | undefined = () => undefined) {
    this.#earlier = earlier;
  }

  /** In order of first execution. */
  get bindings(): readonly Binding[] {
    return [...this.#bySite.values()];
  }

  /** The binding that last set a name, in this run or before it. */
  find(name: string): Binding | undefined {
    return this.#latest.get(name) ?? this.#earlier(name);
  }

  /** Records that an assignment ran; `trail` holds the values of the site's reads. */
  bind(site: BindingSite, value: Value, trail: readonly (Value | undefined)[] | undefined): void {
    const known = this.#bySite.get(site);
    const reads = site.reads.map((read, at): Read => {
      const binding = this.#origin(site, read.path);
      // A loop's own earlier turn is not told: the binding would hold on to every turn before it.
      return { ...read, value: trail?.[at], binding: binding === known ? undefined : binding };
    });
    if (known !== undefined) {
      known.value = value;
      known.reads = reads;
      this.#latest.set(site.name, known);
      return;
    }
    const made: Binding = { name: site.name, span: site.span, file: site.file, value, reads };
    this.#bySite.set(site, made);
    this.#latest.set(site.name, made);
  }

  #origin(site: BindingSite, path: string): Binding | undefined {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const name = path.slice(0, end);
      const found = (site.prefix === '' ? undefined : this.find(site.prefix + name)) ?? this.find(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The recorder of the run that is going on, if bindings are wanted. */
export const provenance: { recorder: Recorder | undefined } = { recorder: undefined };
