/**
 * Code of the chapter that code nobody knows was given: it may call that whenever it runs again. It is state of the session, so
 * that a cell which runs unknown code depends on the cells that gave it something.
 */
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import { mutations } from '../runtime/mutation';
import { NativeFunction, PyClass, PyModule, PyObject, type Value } from '../runtime/objects';
import { classOf, heldBy, isUnknown, leadingTo, PyUnknown, unknownClass } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import { factsOfBody } from './facts';
import { definitions, nameIn } from './referents';
import { PyPossible, partsIn } from './stored';

const CHANNEL = 'code that was given away';
const NONE: readonly Value[] = [];

/** What unknown code may call, and objects that were put into what it holds. */
export function heldCode(): readonly Value[] {
  return vm.readState(CHANNEL, NONE);
}

/** Objects that unknown code holds. */
const givenAway = new WeakSet<object>();

/** Unknown code holds these from now on, and may call the code among them. */
export function giveAway(objects: readonly Value[]): void {
  for (const one of objects) if (one instanceof PyObject) givenAway.add(one);
  hold(codeIn(objects));
}

/** Values that are put into an object: who holds that has them too. */
export function putInto(object: PyObject, values: readonly Value[]): void {
  if (givenAway.has(object)) hold(leadingTo(values));
}

function hold(values: readonly Value[]): void {
  const before = heldCode();
  const all = new Set([...before, ...values]);
  if (all.size > before.length) vm.writeState<readonly Value[]>(CHANNEL, [...all]);
}

/** Drops what is no code: it was changed when unknown code ran, and stays so. */
export function keepCodeAlone(): void {
  const before = heldCode();
  const code = codeIn(before);
  if (code.length < before.length) vm.writeState<readonly Value[]>(CHANNEL, code);
}

/** The functions, generators and classes among some objects, and the classes of others. */
export function codeIn(objects: readonly Value[]): readonly Value[] {
  const code = new Set<Value>();
  for (const one of objects) {
    const cls = one instanceof PyClass ? one : classOf(one);
    if (one instanceof PyFunction || one instanceof PyGenerator || one instanceof PyPossible) code.add(one);
    else if (!cls.native && cls !== unknownClass) code.add(cls);
  }
  return [...code];
}

/** Objects that are looked at for what code depends on. */
const MOST = 300;

/** What code depends on: names with their values, and objects, none of which has changed since. */
export interface Footing {
  readonly names: readonly (readonly [read: () => Value | undefined, value: Value | undefined])[];
  readonly objects: readonly (readonly [object: PyObject, held: number])[];
  readonly at: number;
}

/** What some code depends on now; undefined where that is too much to be gone through. */
export function footingOf(code: readonly Value[]): Footing | undefined {
  const names: Footing['names'][number][] = [];
  const objects = new Map<PyObject, number>();
  const open: (Value | undefined)[] = [...code];
  while (open.length > 0) {
    const value = open.pop();
    if (!(value instanceof PyObject) || value.owner === 0 || objects.has(value)) continue;
    if (value instanceof NativeFunction || (value instanceof PyModule && value.file === undefined)) continue;
    if (objects.size === MOST || value instanceof PyModule || value instanceof PyPossible) return undefined;
    objects.set(value, heldIn(value));
    const read = value instanceof PyFunction ? namesOf(value) : [];
    for (const one of read) names.push([one, one()]);
    open.push(...read.map(one => one()), ...partsOf(value));
  }
  return { names, objects: [...objects], at: ++mutations.clock };
}

/** True where nothing of it has changed that would let code change something else. */
export function isAsBefore({ names, objects, at }: Footing): boolean {
  return (
    names.every(([read, value]) => isAlike(read(), value)) &&
    objects.every(([object, held]) => object.changedAt < at && heldIn(object) === held)
  );
}

/** True for the same values, for two that lead to no object, and for two that are not known and lead to none. */
function isAlike(a: Value | undefined, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (a === undefined || b === undefined) return false;
  if (a instanceof PyUnknown && b instanceof PyUnknown) return a.may.length === 0 && b.may.length === 0;
  return !(a instanceof PyObject) && !(b instanceof PyObject);
}

/** How much an object may hold that is unknown itself; less than none for any other. */
function heldIn(object: PyObject): number {
  return isUnknown(object) ? [...heldBy(object)].length : -1;
}

/** The names outside of a function that it reads or binds. */
function namesOf(func: PyFunction): readonly (() => Value | undefined)[] {
  const definition = definitions.get(func.code);
  if (definition === undefined) return [];
  const value = nameIn(func, definition);
  const { loads, globals, nonlocals } = factsOfBody(definition.node);
  return [...loads, ...globals, ...nonlocals].map(name => () => value(name));
}

function partsOf(value: PyObject): readonly Value[] {
  if (value instanceof PyClass) return [...value.attrs.values(), ...value.mro];
  if (value instanceof PyFunction) return [...value.defaults, ...(value.keywordDefaults?.values() ?? [])];
  return [...partsIn(value), classOf(value)];
}
