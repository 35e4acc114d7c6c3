/** When a new value may stand for an old one, so that whoever read the old one need not run again. */
import {
  decidesImports,
  PyClass,
  PyObject,
  passFillers,
  type RunResult,
  sameValue,
  type Value,
  valueKind,
} from '../../mlsys';
import type { CellState } from './cellState';

/** True for values without identity or parts that could change: numbers, strings, tuples of those, quantities. */
export function isAtomic(value: Value | undefined): boolean {
  return value === undefined || valueKind(value) === 'atomic';
}

/** Equal for every reader, whatever it does with the value. */
export function interchangeable(old: Value | undefined, now: Value | undefined): boolean {
  if (Object.is(old, now)) return true;
  if (old === undefined || now === undefined || !isAtomic(old) || !isAtomic(now)) return false;
  return sameValue(old, now);
}

/**
 * Equal for a reader that takes nothing but the given attributes of a class: its identity does not matter, and neither
 * do its other attributes.
 */
export function interchangeableFor(
  attributes: ReadonlySet<string>,
  old: Value | undefined,
  now: Value | undefined,
): boolean {
  if (!(old instanceof PyClass) || !(now instanceof PyClass)) return false;
  if (old.name !== now.name || old.cls !== now.cls || old.native || now.native) return false;
  for (const attribute of attributes) {
    const before = old.lookup(attribute);
    if (before === undefined || !interchangeable(before, now.lookup(attribute))) return false;
  }
  return true;
}

/** Equal states of a library module: plain immutable data, values of the evaluator among it. */
export function sameState(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const prototype = Object.getPrototypeOf(a);
  if (prototype !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a))
    return a.length === (b as unknown[]).length && a.every((x, i) => sameState(x, (b as unknown[])[i]));
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    const [x, y] = [a, b] as unknown as [ArrayLike<number>, ArrayLike<number>];
    return x.length === y.length && Array.prototype.every.call(x, (item, at) => Object.is(item, y[at]));
  }
  if (a instanceof Map) {
    const other = b as Map<unknown, unknown>;
    return a.size === other.size && [...a].every(([key, value]) => other.has(key) && sameState(value, other.get(key)));
  }
  if (a instanceof Set) {
    const other = b as Set<unknown>;
    return a.size === other.size && [...a].every(item => other.has(item));
  }
  if (prototype !== Object.prototype && prototype !== null) return false;
  const [x, y] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const keys = Object.keys(x);
  return keys.length === Object.keys(y).length && keys.every(key => key in y && sameState(x[key], y[key]));
}

/** True where a cell has read the same objects as before, or equal ones that nothing can change. */
export function readsSame(cellState: CellState, before: CellState['reads']): boolean {
  return [...cellState.reads].every(
    ([name, value]) => Object.is(value, before.get(name)) || (isAtomic(value) && isAtomic(before.get(name))),
  );
}

/**
 * True where a cell's new writes can be dropped for its old ones: every name is equal, and no code hangs on the old ones
 * whose places in the text would now be wrong.
 */
export function canKeepOld(
  cellState: CellState,
  old: ReadonlyMap<string, Value | undefined>,
  now: ReadonlyMap<string, Value | undefined>,
): boolean {
  if (old.size !== now.size || cellState.usage.makesFunctions) return false;
  for (const [name, value] of now) {
    if (!old.has(name)) return false;
    const before = old.get(name);
    if (Object.is(before, value)) continue;
    if (before === undefined || value === undefined || !sameValue(before, value)) return false;
  }
  return sameSharing(old, now);
}

/** True where two names of the old writes share an object exactly if they do so in the new ones. */
function sameSharing(
  old: ReadonlyMap<string, Value | undefined>,
  now: ReadonlyMap<string, Value | undefined>,
): boolean {
  const partner = new Map<object, unknown>();
  for (const [name, value] of now) {
    if (typeof value !== 'object' || value === null) continue;
    const before = old.get(name);
    if (partner.has(value)) {
      if (partner.get(value) !== before) return false;
    } else partner.set(value, before);
  }
  return new Set(partner.values()).size === partner.size;
}

/** Names that read otherwise after a cell's new writes than after its old ones; `others` gives what a name is without either. */
export function* changedNames(
  old: ReadonlyMap<string, Value | undefined>,
  now: ReadonlyMap<string, Value | undefined>,
  others: (name: string) => Value | undefined,
): Iterable<string> {
  for (const name of old.size === 0 ? now.keys() : new Set([...old.keys(), ...now.keys()])) {
    const was = old.has(name) ? old.get(name) : others(name);
    const is = now.has(name) ? now.get(name) : others(name);
    if (!interchangeable(was, is)) yield name;
  }
}

/** Has what refers to the new run's objects refer to the old ones that are kept in their place, since later cells may change those. */
export function referToOld(old: ReadonlyMap<string, Value | undefined>, { writes, bindings }: RunResult): void {
  const partners = keptPartners(old, writes);
  for (const [fresh, kept] of partners) passFillers(fresh, kept);
  if (partners.size === 0) return;
  for (const binding of bindings) {
    binding.value = partners.get(binding.value) ?? binding.value;
    binding.trail = binding.trail?.map(value => (value === undefined ? value : (partners.get(value) ?? value)));
  }
}

/** For each object of the new writes the one of the old writes that stands for it, in classes too. */
function keptPartners(
  old: ReadonlyMap<string, Value | undefined>,
  now: ReadonlyMap<string, Value | undefined>,
): ReadonlyMap<Value, Value> {
  const partners = new Map<Value, Value>();
  const pair = (fresh: Value | undefined, kept: Value | undefined): void => {
    if (!(fresh instanceof PyObject) || kept === undefined || Object.is(fresh, kept) || partners.has(fresh)) return;
    partners.set(fresh, kept);
    if (fresh instanceof PyClass && kept instanceof PyClass)
      for (const [name, value] of fresh.attrs) pair(value, kept.attrs.get(name));
  };
  for (const [name, value] of now) pair(value, old.get(name));
  return partners;
}

/** True where imports find other modules after a run than after another one, or after none. */
export function movesLookUp(before: RunResult | undefined, after?: RunResult): boolean {
  const channels = [...(before?.stateWrites.keys() ?? []), ...(after?.stateWrites.keys() ?? [])].filter(decidesImports);
  return channels.some(channel => !sameState(before?.stateWrites.get(channel), after?.stateWrites.get(channel)));
}
