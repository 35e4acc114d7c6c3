/** The namespace that all cells of a chapter share, as the cell that runs now sees it. */
import type { Globals, OpenNames } from '../python/runtime/globals';
import type { Value } from '../python/runtime/objects';
import { vm } from '../python/runtime/vm';
import type { Versions } from './versions';

/** What one run sees and does: names of earlier positions, its own writes before them. */
export interface View {
  readonly position: number;
  readonly writes: Map<string, Value | undefined>;
  /** Names taken from earlier positions; undefined where there was none. */
  readonly reads: Map<string, Value | undefined>;
  /** True once a name was deleted: then a write may be undefined. */
  deletes: boolean;
}

/** What every module has from the start. */
const MODULE_NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['__name__', '__main__'],
  ['__doc__', null],
]);

/** The state of the session that tells which other names there may be. */
const OPEN_NAMES = 'open names';

/**
 * One object for the whole session, because functions keep the namespace that they were defined in: called by a later
 * cell they see the names as that cell does.
 */
export class SessionGlobals implements Globals {
  readonly #versions: Versions<Value>;
  #view: View = { position: 0, writes: new Map(), reads: new Map(), deletes: false };

  constructor(versions: Versions<Value>) {
    this.#versions = versions;
  }

  /** Makes a view the present one and returns the one before. */
  show(view: View): View {
    const before = this.#view;
    this.#view = view;
    return before;
  }

  get(name: string): Value | undefined {
    const { writes, reads, position } = this.#view;
    const own = writes.get(name);
    if (own !== undefined || (this.#view.deletes && writes.has(name))) return own;
    const known = reads.get(name);
    if (known !== undefined || reads.has(name)) return known;
    const seen = this.#versions.get(name, position);
    // None is null, which `??` would pass over
    const value = seen === undefined ? MODULE_NAMES.get(name) : seen;
    reads.set(name, value);
    return value;
  }

  set(name: string, value: Value): void {
    this.#view.writes.set(name, value);
  }

  get open(): OpenNames | undefined {
    return vm.readState<OpenNames | undefined>(OPEN_NAMES, undefined);
  }

  set open(open: OpenNames | undefined) {
    vm.writeState(OPEN_NAMES, open);
  }

  /** The values of all names; nothing counts as read. */
  *all(): IterableIterator<Value | undefined> {
    const { writes, position } = this.#view;
    for (const name of this.names()) yield writes.has(name) ? writes.get(name) : this.#versions.get(name, position);
  }

  delete(name: string): boolean {
    if (this.get(name) === undefined) return false;
    this.#view.writes.set(name, undefined);
    this.#view.deletes = true;
    return true;
  }

  *names(): Iterable<string> {
    const { writes, position } = this.#view;
    for (const [name] of this.#versions.entries(position)) if (!writes.has(name)) yield name;
    for (const [name, value] of writes) if (value !== undefined) yield name;
  }
}
