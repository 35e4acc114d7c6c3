/**
 * Who changes what. Cells share objects: a list that one cell made may be appended to by another. Every change of a
 * mutable object is announced here before it happens, so that a run knows whose objects it changed.
 */
import { Unsupported, Withheld } from './errors';
import { creation, type PyObject } from './objects';

/** Serials of earlier runs (and of loaded modules) whose objects the present run changed. */
export const mutations: {
  foreign: Set<number> | undefined;
  /** True while an expression is looked at that must change nothing: then no object of a cell may change. */
  frozen: boolean;
  /** True where something was to change meanwhile. */
  withheld: boolean;
  /** Told of each change, of an object or of what else a cell leaves, while it matters whether there is one. */
  watch: ((obj?: PyObject) => void) | undefined;
  /** Goes on with each assignment that is recorded: what it bound may be changed later. */
  clock: number;
} = { foreign: undefined, frozen: false, withheld: false, watch: undefined, clock: 1 };

/** Evaluates what must change nothing; tells whether it was to. */
export function withoutChanges<T>(body: () => T): { readonly result: T; readonly withheld: boolean } {
  const { frozen, withheld } = mutations;
  mutations.frozen = true;
  mutations.withheld = false;
  try {
    const result = body();
    return { result, withheld: mutations.withheld };
  } finally {
    mutations.frozen = frozen;
    mutations.withheld = withheld;
  }
}

/**
 * Announces that an object is about to change. Objects of the library itself are shared by all chapters of all
 * sessions and refuse to.
 */
export function touch(obj: PyObject): void {
  mutations.watch?.(obj);
  obj.changedAt = mutations.clock;
  if (obj.owner !== creation.owner) touchForeign(obj);
}

/** The same for a variable that functions share, before an inner one stores to it. */
export function touchCell(cell: { readonly owner: number }): void {
  mutations.watch?.();
  if (cell.owner !== creation.owner && cell.owner !== 0) remember(cell.owner, 'a variable of a closure');
}

/** Serial that stands for no run: what was changed may be shared by runs of several cells. */
export const UNTRACEABLE = -1;

/**
 * Announces a change of an object that is otherwise treated as a plain value, so that an equal one may have taken its
 * place: nobody can tell who else holds it.
 */
export function touchPlain(obj: PyObject): void {
  mutations.watch?.(obj);
  obj.changedAt = mutations.clock;
  if (obj.owner === creation.owner) return;
  touchForeign(obj);
  mutations.foreign?.add(UNTRACEABLE);
}

/** Owner of what `globals()` gives a cell: a copy, of which nobody would see the change. */
export const NAMESPACE = -2;

export function namespaceRefusal(): Unsupported {
  return new Unsupported('writing to globals() or locals()', 'assign to the name itself');
}

/** Ends the evaluation of what must change nothing. */
export function withhold(what: string): never {
  mutations.withheld = true;
  throw new Withheld(what);
}

function touchForeign(obj: PyObject): void {
  if (obj.owner === NAMESPACE) throw namespaceRefusal();
  if (obj.owner === 0) throw new Unsupported(`changing the shared '${obj.cls.name}' object of the library`);
  remember(obj.owner, `a '${obj.cls.name}'`);
}

function remember(owner: number, what: string): void {
  if (mutations.frozen) withhold(what);
  mutations.foreign ??= new Set();
  mutations.foreign.add(owner);
}
