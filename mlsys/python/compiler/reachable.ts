/**
 * What code may come by whose calls are too many to be followed: all that its names lead to, and the names of whatever functions are
 * among that, whether they are called or not.
 */
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import { NativeFunction, PyClass, PyModule, PyObject, type Value } from '../runtime/objects';
import { loseDraws } from '../runtime/sharedGenerators';
import {
  classOf,
  isOpenClass,
  leadingTo,
  loseAttributes,
  losesAttributes,
  PyUnknown,
  taintAttribute,
  type UnknownCause,
} from '../runtime/unknown';
import { type Facts, factsOf, factsOfBody } from './facts';
import { isForeign } from './handedOut';
import { giveAway } from './heldCode';
import { CHANNELS, definitions, functionValue, holdsNames, mentionedBy } from './referents';
import { PyPossible, partsIn, presentValue } from './stored';

/** What sets attributes, or gives all of them, by names that the code does not tell. */
const BY_NAME = ['setattr', 'delattr', 'vars'];

export class Reachable {
  readonly objects = new Set<PyObject>();
  /** Functions of other code than that with which it begins. */
  readonly functions = new Set<PyFunction>();
  /** Attributes that the code sets or deletes. */
  readonly stored = new Set<string>();
  /** True where it may set others. */
  storesAny = false;
  /** True where it may come by all names of the chapter. */
  isAll = false;
  readonly #open: Value[] = [];

  constructor(code: readonly Facts[], begins: readonly Value[]) {
    for (const facts of code) this.#note(facts, () => undefined);
    this.#open.push(...begins);
    while (this.#open.length > 0 && !this.isAll) this.#enter(this.#open.pop()!);
  }

  /** Makes unknown what the code may have changed of it, and what names it may have bound; `change` makes one object so. */
  lose(cause: UnknownCause, change: (object: Value) => void): void {
    const objects = [...this.objects];
    for (const one of objects) {
      change(one);
      this.#loseAttributes(one, cause);
    }
    for (const func of this.functions) this.#loseNames(func, cause);
    loseDraws([...CHANNELS.values()], cause);
    if (objects.some(isForeign)) giveAway(objects);
  }

  #loseAttributes(one: PyObject, cause: UnknownCause): void {
    if (!losesAttributes(one) || (one instanceof PyClass && !isOpenClass(one))) return;
    if (one instanceof PyFunction ? one.attrs !== undefined || one.globals.module === undefined : this.storesAny)
      loseAttributes(one, cause);
    else if (one instanceof PyClass || one instanceof PyModule)
      for (const name of this.stored)
        if (one instanceof PyClass || one.attrs.has(name)) taintAttribute(one, name, cause, [], false);
  }

  /** Names of the module and of functions around a function that it binds. */
  #loseNames(func: PyFunction, cause: UnknownCause): void {
    const definition = definitions.get(func.code);
    if (definition === undefined) return;
    const { globals, nonlocals } = factsOfBody(definition.node);
    const lost = (value: Value | undefined) =>
      new PyUnknown(cause, { unsure: true, may: leadingTo(value === undefined ? [] : [value]) });
    for (const name of globals) func.globals.set(name, lost(func.globals.get(name)));
    for (const [at, name] of func.code.free.entries())
      if (nonlocals.has(name)) func.closure[at]!.value = lost(func.closure[at]!.value);
  }

  #enter(value: Value): void {
    if (!(value instanceof PyObject) || value.owner === 0 || this.objects.has(value)) return;
    if (value instanceof PyModule && value.file === undefined) return;
    this.objects.add(value);
    if (value instanceof PyFunction) this.#function(value);
    else if (value instanceof PyPossible) this.#possible(value);
    else if (value instanceof PyClass) this.#open.push(...value.attrs.values(), ...value.mro, value.cls);
    else if (value instanceof PyModule) this.#open.push(...value.attrs.values());
    else this.#open.push(...partsIn(value), classOf(value));
    if (value instanceof PyGenerator) this.#generator(value);
  }

  #function(func: PyFunction): void {
    this.functions.add(func);
    this.#open.push(...partsIn(func), ...mentionedBy(func));
    const definition = definitions.get(func.code);
    if (definition !== undefined) this.#note(factsOfBody(definition.node), functionValue(func, definition.scope));
  }

  #generator({ code, frame }: PyGenerator): void {
    const definition = code === undefined ? undefined : definitions.get(code);
    if (definition === undefined) return;
    this.#names(factsOfBody(definition.node), name => presentValue(name, definition.scope, frame));
  }

  #possible({ node, scope, frame }: PyPossible): void {
    const facts = (node as { kind?: string }).kind === 'ClassDef' ? factsOf(node) : factsOfBody(node);
    this.#names(facts, name => presentValue(name, scope, frame));
  }

  #names(facts: Facts, value: (name: string) => Value | undefined): void {
    for (const name of facts.loads) this.#open.push(value(name) ?? null);
    this.#note(facts, value);
  }

  #note(facts: Facts, value: (name: string) => Value | undefined): void {
    for (const { attribute } of facts.stores) if (attribute !== undefined) this.stored.add(attribute);
    this.storesAny ||=
      BY_NAME.some(name => facts.loads.has(name)) || facts.attributes.some(({ name }) => name === '__dict__');
    const { givesNamespace, namespaceUses, star, anything } = facts;
    this.isAll ||= givesNamespace || namespaceUses.length > 0 || star || anything;
    for (const [name, times] of facts.operandReads) {
      const held = times > 0 ? value(name) : undefined;
      if (held !== undefined && !(held instanceof NativeFunction) && holdsNames(held)) this.isAll = true;
    }
  }
}
