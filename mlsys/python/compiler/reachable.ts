/**
 * What code may come by whose calls are too many to be followed: all that its names lead to, and the names of whatever functions are
 * among that, whether they are called or not.
 */
import type { Frame } from '../runtime/frame';
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import type { Globals } from '../runtime/globals';
import { loseState } from '../runtime/nativeEffects';
import { NUMBER_DISPLAY } from '../runtime/numberDisplay';
import { NativeFunction, PyClass, PyModule, PyObject, type Value } from '../runtime/objects';
import { loseDraws } from '../runtime/sharedGenerators';
import {
  classOf,
  isOpenClass,
  loseAttributes,
  losesAttributes,
  type PyUnknown,
  taintAttribute,
  type UnknownCause,
} from '../runtime/unknown';
import { type Facts, factsOf, factsOfBody } from './facts';
import { isForeign } from './handedOut';
import { giveAway } from './heldCode';
import { importedValue } from './imported';
import { CHANNELS, definitions, holdsNames, mentionedBy, NAMESPACES, nameIn } from './referents';
import type { Scope } from './scope';
import { assign, PyPossible, partsIn, presentValue } from './stored';
import { loseNames, lost } from './world';

/** What sets attributes, or gives all of them, by names that the code does not tell. */
const BY_NAME = ['setattr', 'delattr', 'vars'];
/** What may bind any name of the module that the code is of; in a function, the others give a copy. */
const GIVES_GLOBALS = ['globals', 'exec', 'eval'];
const GIVES_NAMES = [...NAMESPACES, ...GIVES_GLOBALS];

/** A name that the code may bind. */
interface Bound {
  readonly value: Value | undefined;
  set(unknown: PyUnknown): void;
}

export class Reachable {
  readonly #objects = new Set<PyObject>();
  /** Names that functions and generators bind which may be called. */
  readonly #bound: Bound[] = [];
  /** Modules of the workspace any name of which the code may bind. */
  readonly #modules = new Map<PyModule, Globals>();
  /** Attributes that the code sets or deletes. */
  readonly #stored = new Set<string>();
  /** True where it may set others. */
  #storesAny = false;
  #changesNumberDisplay = false;
  /** True where it may come by all names of the chapter. */
  isAll = false;
  readonly #open: Value[] = [];

  /** The code, and what its names lead to. */
  constructor(code: readonly Facts[], begins: readonly Value[]) {
    for (const facts of code) {
      this.#note(facts, () => undefined);
      this.isAll ||= GIVES_NAMES.some(name => facts.loads.has(name));
    }
    this.#open.push(...begins);
    while (this.#open.length > 0 && !this.isAll) this.#enter(this.#open.pop()!);
  }

  /** Makes unknown what the code may have changed of it, and what names it may have bound; `change` makes one object so. */
  lose(cause: UnknownCause, change: (object: Value) => void): void {
    const objects = [...this.#objects];
    for (const one of objects) {
      change(one);
      this.#loseAttributes(one, cause);
    }
    for (const { value, set } of this.#bound) set(lost(value, cause));
    for (const globals of this.#modules.values()) loseNames(globals, cause);
    loseDraws([...CHANNELS.values()], cause);
    if (this.#changesNumberDisplay) loseState(NUMBER_DISPLAY, cause);
    if (objects.some(isForeign)) giveAway(objects);
  }

  #loseAttributes(one: PyObject, cause: UnknownCause): void {
    if (!losesAttributes(one) || (one instanceof PyClass && !isOpenClass(one))) return;
    const isFunction = one instanceof PyFunction;
    if (isFunction ? one.attrs !== undefined || one.globals.module === undefined : this.#storesAny)
      loseAttributes(one, cause);
    else if (!(one instanceof PyClass || one instanceof PyModule)) return;
    for (const name of this.#stored)
      if (isFunction || one instanceof PyClass || one.attrs?.has(name)) taintAttribute(one, name, cause, [], false);
  }

  #enter(value: Value): void {
    if (!(value instanceof PyObject) || value.owner === 0 || this.#objects.has(value)) return;
    if (value instanceof PyModule && value.file === undefined) return;
    this.#objects.add(value);
    if (value instanceof PyFunction) this.#function(value);
    else if (value instanceof PyPossible) this.#possible(value);
    else if (value instanceof PyClass) this.#open.push(...value.attrs.values(), ...value.mro, value.cls);
    else if (value instanceof PyModule) this.#open.push(...value.attrs.values());
    else this.#open.push(...partsIn(value), classOf(value));
    if (value instanceof PyGenerator) this.#generator(value);
  }

  #function(func: PyFunction): void {
    this.#open.push(...partsIn(func), ...mentionedBy(func));
    const definition = definitions.get(func.code);
    if (definition === undefined) return;
    const facts = factsOfBody(definition.node);
    this.#note(facts, nameIn(func, definition));
    this.#binds(facts.globals, func.globals);
    for (const [at, name] of func.code.free.entries()) {
      const cell = func.closure[at]!;
      const set = (unknown: PyUnknown): void => {
        cell.value = unknown;
      };
      if (facts.nonlocals.has(name)) this.#bound.push({ value: cell.value, set });
    }
    if (GIVES_GLOBALS.some(name => facts.loads.has(name))) this.#comesByAll(func.globals);
  }

  #generator({ code, frame }: PyGenerator): void {
    const definition = code === undefined ? undefined : definitions.get(code);
    if (definition !== undefined) this.#within(factsOfBody(definition.node), definition.scope, frame);
  }

  #possible({ node, scope, frame }: PyPossible): void {
    const isClass = (node as { kind?: string }).kind === 'ClassDef';
    this.#within(isClass ? factsOf(node) : factsOfBody(node), scope, frame);
  }

  /** Code that has the names of a frame. */
  #within(facts: Facts, scope: Scope, frame: Frame): void {
    const value = (name: string): Value | undefined => presentValue(name, scope, frame);
    for (const name of facts.loads)
      this.#open.push(value(name) ?? importedValue(facts.imported.get(name), value) ?? null);
    this.#note(facts, value);
    this.#binds(facts.globals, frame.globals);
    for (const name of facts.nonlocals)
      this.#bound.push({ value: value(name), set: unknown => assign(name, scope, frame, unknown) });
    if (GIVES_GLOBALS.some(name => facts.loads.has(name))) this.#comesByAll(frame.globals);
  }

  #binds(names: Iterable<string>, globals: Globals): void {
    for (const name of names)
      this.#bound.push({ value: globals.get(name), set: unknown => globals.set(name, unknown) });
  }

  #comesByAll(globals: Globals): void {
    const { module } = globals;
    if (module === undefined) this.isAll = true;
    if (module === undefined || this.#modules.has(module)) return;
    this.#modules.set(module, globals);
    for (const name of globals.names()) this.#open.push(globals.get(name) ?? null);
  }

  #note(facts: Facts, value: (name: string) => Value | undefined): void {
    for (const { attribute } of facts.stores) if (attribute !== undefined) this.#stored.add(attribute);
    this.#changesNumberDisplay ||= facts.numberDisplay !== undefined;
    this.#storesAny ||=
      BY_NAME.some(name => facts.loads.has(name)) || facts.attributes.some(({ name }) => name === '__dict__');
    const { givesNamespace, namespaceUses, star, anything } = facts;
    this.isAll ||= givesNamespace || namespaceUses.length > 0 || star || anything;
    for (const [name, times] of facts.operandReads) {
      const held = times > 0 ? value(name) : undefined;
      if (held !== undefined && !(held instanceof NativeFunction) && holdsNames(held)) this.isAll = true;
    }
  }
}
