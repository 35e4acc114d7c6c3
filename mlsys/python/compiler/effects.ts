/**
 * What code that does not run, or not for sure, may have bound and changed: all of that becomes unknown. Facts about the code
 * (see `facts.ts`) meet the values that its names have now; where these do not tell what an expression refers to, everything
 * that can be reached from what it mentions counts.
 */
import { PyDict } from '../runtime/dict';
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import type { Globals } from '../runtime/globals';
import { changesArguments, changesReceiver, channelOf, isUnchanging, loseState } from '../runtime/nativeeffects';
import { NUMBER_DISPLAY } from '../runtime/numberDisplay';
import {
  BoundMethod,
  NativeFunction,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyIterator,
  PyModule,
  PyObject,
  PyStaticMethod,
  type Value,
} from '../runtime/objects';
import { PySuper } from '../runtime/operations';
import {
  classOf,
  isUnknown,
  leadingTo,
  PyUnknown,
  taint,
  taintAttribute,
  taintKey,
  type UnknownCause,
} from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import { type Facts, factsOf, factsOfBody, parametersOf, rootName } from './facts';
import { Following } from './following';
import {
  CHANNELS,
  definitions,
  exactly,
  functionValue,
  inheritedMethods,
  join,
  MOST,
  moduleName,
  NAMESPACES,
  type Names,
  NOTHING,
  operatorsOf,
  type Referents,
  reachOf,
} from './referents';
import type { Scope } from './scope';
import { assign, attributeOf, fieldsOf, PyPossible, partsIn, presentValue, slotValues } from './stored';

/** The name under which a namespace keeps that a module which is not at hand may have bound any other one. */
export const STAR = '*';

const NO_VALUES: ReadonlySet<Value> = new Set();

export class Effects {
  readonly #cause: UnknownCause;
  readonly #globals: Globals;
  readonly #changes: (() => void)[] = [];
  /** Functions that are being looked into. */
  readonly #inside = new Set<object>();
  readonly #reached = new Set<Value>();
  readonly #parts = new Map<PyObject, readonly PyObject[]>();
  #left = MOST;
  readonly #refers = new Following();
  /** What may still be where the code has put something else. */
  readonly #before: readonly Value[] | undefined;

  constructor(cause: UnknownCause, globals: Globals, before?: readonly Value[]) {
    this.#cause = cause;
    this.#globals = globals;
    this.#before = before;
  }

  /** True where nobody can tell what changed. */
  get everything(): boolean {
    return this.#refers.everything;
  }

  set everything(value: boolean) {
    this.#refers.everything = value;
  }

  apply(): void {
    if (this.everything) this.#changeEverything();
    for (const change of this.#changes) change();
  }

  /** Notes what code with these facts and names may change. */
  collect(names: Names): void {
    const { facts } = names;
    this.#left -= facts.size + 1;
    if (this.#left < 0) {
      this.everything = true;
      return;
    }
    for (const { object, attribute, key, value } of facts.stores) {
      const { exact, reach } = this.#refers.of(object, names, false);
      const put = value === undefined ? [] : this.#values(this.#refers.of(value, names, false));
      const held = [...put, ...(this.#before ?? [])];
      this.#lose([...exact, ...reach]);
      for (const one of exact) this.#change(one, held, attribute, key);
      this.#changeReached(reach, held);
      // Objects of the library stay as they are: what leads to one is unknown then.
      if (exact.some(one => one instanceof PyObject && one.owner === 0)) {
        const root = rootName(object);
        if (root !== undefined) this.#changes.push(() => names.assign(root));
      }
      if (object.kind === 'Call' && object.func.kind === 'Name' && NAMESPACES.has(object.func.id))
        this.everything = true;
    }
    for (const target of facts.inPlace) {
      const { exact, reach } = this.#refers.of(target, names, false);
      for (const one of exact) this.#change(one);
      this.#changeReached(reach);
    }
    if (facts.numberDisplay !== undefined) this.#changes.push(() => loseState(NUMBER_DISPLAY, this.#cause));
    for (const one of facts.iterated) this.#iterate(this.#refers.of(one, names, false));
    for (const { func, args } of facts.calls) this.#call(func, args, names);
    for (const name of facts.implied) this.#callCandidates(name, [], names);
    this.#implicit(names);
  }

  /** Values that code nobody knows was given: it may keep, change and call them. */
  escape(values: readonly Value[]): void {
    this.#changeReached(values);
    for (const one of this.#everythingIn(values)) this.#callable(one, undefined);
  }

  /** Values that are called, or gone through. */
  use(values: readonly Value[]): void {
    for (const one of values) {
      const leads = one instanceof PyUnknown ? one.may : [one];
      this.#iterate({ exact: leads, reach: [] });
      for (const lead of leads) this.#callable(lead, undefined);
    }
  }

  /** A function of the chapter that is called. */
  call(func: Value, args: readonly Value[]): void {
    this.#callable(func, args.map(exactly));
  }

  /** A method of that name of one of some objects that is called. */
  method(name: string, receivers: readonly Value[], args: readonly Value[]): void {
    this.#unresolved(name, receivers, args.map(exactly), undefined);
  }

  /** The objects that the value of an expression may be, or lead to. */
  leads(node: Expression, names: Names): readonly Value[] {
    return this.#values(this.#refers.of(node, names, false));
  }

  leadsOfName(name: string, names: Names): readonly Value[] {
    return this.#values(this.#refers.ofName(name, names, false, new Set()));
  }

  #values({ exact, reach }: Referents): readonly Value[] {
    return leadingTo([...exact, ...reach]);
  }

  #change(value: Value, held: readonly Value[] = [], attribute?: string, key?: Value): void {
    if (!(value instanceof PyObject)) return;
    const cause = this.#cause;
    // What part of the code has put there may not be there at all.
    const there = this.#before === undefined;
    if (held.length > 0) this.#hold(value, held);
    if (value instanceof PyUnknown) this.#changeReached([...value.may, ...held]);
    else if (attribute !== undefined) this.#changes.push(() => taintAttribute(value, attribute, cause, held, there));
    else if (isUnchanging(value)) return;
    else if (key !== undefined && value instanceof PyDict && classOf(value).native)
      this.#changes.push(() => taintKey(value, key, cause, held, there));
    else this.#changes.push(() => taint(value, cause, held));
  }

  /** What shared objects and functions of the library stand for is not known any more. */
  #lose(values: readonly Value[]): void {
    for (const one of values) {
      const channel = channelOf(one);
      if (channel !== undefined) this.#changes.push(() => loseState(channel, this.#cause));
    }
  }

  #hold(owner: Value, held: readonly Value[]): void {
    const known = this.#refers.held.get(owner) ?? new Set();
    for (const one of held) known.add(one);
    this.#refers.held.set(owner, known);
  }

  #changeReached(values: readonly Value[], held: readonly Value[] = []): void {
    if (values.length === 0) return;
    for (const one of this.#everythingIn(values)) if (!(one instanceof PyUnknown)) this.#change(one, held);
  }

  /** All objects that can be reached from some, themselves included; none once too many were looked at. */
  #everythingIn(values: readonly Value[]): ReadonlySet<Value> {
    if (this.#left < 0 || values.length === 0) return NO_VALUES;
    const found = new Set<Value>();
    const open = values.filter(isFollowed);
    while (open.length > 0) {
      const value = open.pop()!;
      if (found.has(value)) continue;
      if (--this.#left < 0) {
        this.everything = true;
        break;
      }
      found.add(value);
      for (const one of this.#refers.held.get(value) ?? []) if (isFollowed(one)) open.push(one);
      for (const one of this.#partsOf(value)) open.push(one);
    }
    return found;
  }

  /** What an object holds that is followed: no code runs meanwhile, and tables of plain data are long. */
  #partsOf(value: PyObject): readonly PyObject[] {
    let parts = this.#parts.get(value);
    if (parts === undefined) {
      parts = partsIn(value).filter(isFollowed);
      this.#parts.set(value, parts);
    }
    return parts;
  }

  /** Whoever changes a global name in ways that nobody can follow may have changed all of them. */
  #changeEverything(): void {
    const values: Value[] = [];
    for (const name of [...this.#globals.names()]) {
      const value = this.#globals.get(name);
      if (value === undefined || name.startsWith('__')) continue;
      values.push(value);
      if (!(value instanceof PyModule))
        this.#globals.set(name, new PyUnknown(this.#cause, { unsure: true, may: leadingTo([value]) }));
    }
    this.#globals.set(STAR, new PyUnknown(this.#cause));
    this.#left = Number.POSITIVE_INFINITY;
    this.#changeReached(values);
  }

  // ----------------------------------------------------------------------------------------------------------- calls

  #call(func: Expression, args: readonly Expression[], names: Names): void {
    const given = () => args.map(arg => this.#refers.of(arg, names, false));
    if (func.kind === 'Attribute') {
      const { name } = func.attr;
      const inherited = this.#refers.ofSuper(func.value, names);
      if (inherited !== undefined) {
        this.#inherited(name, inherited, given(), names.scope);
        return;
      }
      const { exact, reach } = this.#refers.of(func.value, names, false);
      for (const one of exact) {
        if (one instanceof PySuper) {
          this.#inherited(name, exactly(one.self), given(), names.scope);
          continue;
        }
        const lost = one instanceof PyUnknown && one.path === undefined;
        const found = lost ? undefined : attributeOf(one, name);
        if (lost) this.escape(given().flatMap(arg => this.#values(arg)));
        if (found === undefined) this.#unresolved(name, [one], given(), names);
        else this.#apply(found.value, found.self, given(), moduleName(one));
      }
      if (reach.length > 0 || exact.length === 0) this.#unresolved(name, reach, given(), names);
      return;
    }
    const { exact, reach } = this.#refers.of(func, names, true);
    for (const one of exact) this.#apply(one, undefined, given(), undefined);
    for (const one of this.#everythingIn(reach)) this.#callable(one, given());
  }

  /** A call of a method of the base classes of an object, within a method of `scope`. */
  #inherited(name: string, { exact, reach }: Referents, args: readonly Referents[], scope: Scope | undefined): void {
    const held = args.flatMap(arg => this.#values(arg));
    for (const one of exact) {
      for (const method of inheritedMethods(one, name, scope))
        if (method instanceof PyFunction) this.#function(method, [exactly(one), ...args]);
        else this.#change(one, held);
      if (one instanceof PyUnknown) this.#changeReached([one], held);
    }
    this.#changeReached(reach, held);
  }

  /** A call of a known function. */
  #apply(func: Value, self: Value | undefined, args: readonly Referents[], module: string | undefined): void {
    if (func instanceof BoundMethod) {
      this.#apply(func.func, func.self, args, module);
      return;
    }
    if (func instanceof NativeFunction) {
      this.#applyNative(func, self ?? func.self, args, module);
      return;
    }
    if (isUnknown(func)) {
      this.escape([...args.flatMap(arg => this.#values(arg)), func]);
      return;
    }
    this.#callable(func, self === undefined ? args : [{ exact: [self], reach: [] }, ...args]);
    if (func instanceof PyClass && func.native) for (const arg of args) this.#iterate(arg);
  }

  #applyNative(
    func: NativeFunction,
    self: Value | undefined,
    args: readonly Referents[],
    module: string | undefined,
  ): void {
    const { name } = func;
    if (self !== undefined && changesReceiver(self, name))
      this.#change(
        self,
        args.flatMap(arg => this.#values(arg)),
      );
    this.#lose([func, ...(self === undefined ? [] : [self])]);
    const channel = CHANNELS.get(module ?? '');
    if (channel !== undefined) this.#changes.push(() => loseState(channel, this.#cause));
    if (name === 'exec' || name === 'eval') this.everything = true;
    const changes = changesArguments(name);
    for (const arg of args) {
      if (changes) for (const one of arg.exact) this.#change(one);
      if (changes) this.#changeReached(arg.reach);
      this.#iterate(arg);
      for (const one of arg.exact) this.#callable(one, undefined);
      for (const one of arg.reach) this.#callable(one, undefined);
    }
  }

  /** A call of a method of something that is not known. */
  #unresolved(name: string, receivers: readonly Value[], args: readonly Referents[], names: Names | undefined): void {
    const reached = this.#everythingIn(receivers);
    const held = reached.size === 0 ? [] : args.flatMap(arg => this.#values(arg));
    for (const one of reached) {
      const found = (one instanceof PyClass ? one : classOf(one)).lookup(name);
      if (found instanceof NativeFunction && changesReceiver(one, name)) this.#change(one, held);
      if (found instanceof PyFunction) this.#callable(found, [{ exact: [one], reach: [] }, ...args]);
      const own = one instanceof PyObject ? one.attrs?.get(name) : undefined;
      if (own !== undefined) this.#callable(own, args);
    }
    if (names !== undefined) this.#callCandidates(name, args, names);
    for (const arg of args) this.#iterate(arg);
  }

  /** Methods of that name of the classes that the code mentions. */
  #callCandidates(name: string, args: readonly Referents[], names: Names): void {
    for (const value of this.#refers.mentioned(names).flatMap(one => (one instanceof PyUnknown ? one.may : [one]))) {
      const cls = value instanceof PyClass ? value : classOf(value);
      if (cls.native) continue;
      const method = cls.lookup(name);
      if (method !== undefined) this.#callable(method, [{ exact: [], reach: value === cls ? [] : [value] }, ...args]);
    }
  }

  /** A call of something with a body in Python; any arguments where none are given. */
  #callable(value: Value, args: readonly Referents[] | undefined): void {
    if (value instanceof PyUnknown) {
      for (const one of value.may) this.#callable(one, args);
      return;
    }
    if (value instanceof PyPossible) {
      this.#possible(value, args);
      return;
    }
    if (value instanceof BoundMethod) this.#callable(value.func, [{ exact: [value.self], reach: [] }, ...(args ?? [])]);
    else if (value instanceof PyStaticMethod || value instanceof PyClassMethod) this.#callable(value.func, args);
    else if (value instanceof PyFunction) this.#function(value, args ?? []);
    else if (value instanceof PyClass) {
      if (value.native) return;
      for (const name of ['__new__', '__init__', '__post_init__']) {
        const method = value.lookup(name);
        if (method instanceof PyFunction) this.#function(method, [NOTHING, ...(args ?? [])]);
      }
    } else if (value instanceof PyCallable || (value instanceof PyObject && classOf(value).native)) {
      this.#lose([value]);
      if (value instanceof PyObject && value.owner !== 0)
        for (const part of fieldsOf(value)) if (part instanceof PyFunction) this.#function(part, args ?? []);
    } else if (value instanceof PyObject) {
      const method = classOf(value).lookup('__call__');
      if (method instanceof PyFunction) this.#function(method, [{ exact: [value], reach: [] }, ...(args ?? [])]);
    }
  }

  /** A function or class whose definition may have run. */
  #possible({ node, scope, frame }: PyPossible, args: readonly Referents[] | undefined): void {
    if (this.#inside.has(node) || this.everything) return;
    const isFunction = (node as { kind?: string }).kind !== 'ClassDef';
    const all = reachOf(args ?? []);
    const given = new Map(parametersOf((node as { params?: object }).params).map(name => [name, all]));
    this.#inside.add(node);
    const facts = isFunction ? factsOfBody(node) : factsOf(node);
    // Objects of a class have the methods of its bases too.
    if (!isFunction)
      for (const name of facts.loads) {
        const base = presentValue(name, scope, frame);
        if (base instanceof PyClass && !base.native)
          for (const attr of base.attrs.values()) if (attr instanceof PyFunction) this.#function(attr, [all]);
      }
    this.#body(
      facts,
      given,
      name => presentValue(name, scope, frame),
      (name, unknown) => assign(name, scope, frame, unknown),
    );
    this.#inside.delete(node);
  }

  #function(func: PyFunction, args: readonly Referents[]): void {
    const definition = definitions.get(func.code);
    if (definition === undefined || this.everything) return;
    if (this.#inside.has(func.code)) {
      for (const { exact, reach } of args) this.#changeReached([...exact, ...reach]);
      return;
    }
    const { node, scope } = definition;
    const given = new Map<string, Referents>();
    const parameters = parametersOf((node as { params?: object }).params);
    const simple = args.length <= func.code.signature.positional.length;
    const all = join(args);
    parameters.forEach((name, at) => {
      given.set(name, simple ? (args[at] ?? all) : { exact: [], reach: [...all.exact, ...all.reach] });
    });
    this.#inside.add(func.code);
    const assignTo = (name: string, unknown: PyUnknown) => {
      const at = func.code.free.indexOf(name);
      if (at >= 0) func.closure[at]!.value = unknown;
      else func.globals.set(name, unknown);
    };
    this.#body(factsOfBody(node), given, functionValue(func, scope), assignTo, scope);
    this.#inside.delete(func.code);
  }

  #body(
    facts: Facts,
    given: ReadonlyMap<string, Referents>,
    value: (name: string) => Value | undefined,
    set: (name: string, unknown: PyUnknown) => void,
    scope?: Scope,
  ): void {
    const cause = this.#cause;
    const assignTo = (name: string) => {
      this.#changes.push(() => set(name, new PyUnknown(cause, { unsure: true })));
    };
    this.collect({ facts, given, value, assign: assignTo, ...(scope && { scope }) });
    for (const name of [...facts.globals, ...facts.nonlocals]) assignTo(name);
  }

  /** What going through something changes: iterators, and whatever their code does. */
  #iterate({ exact, reach }: Referents): void {
    for (const one of [...exact, ...this.#everythingIn(reach.filter(value => value instanceof PyObject))]) {
      if (one instanceof PyGenerator) this.#generator(one);
      if (one instanceof PyIterator) {
        if (!this.#reached.has(one)) {
          this.#reached.add(one);
          this.#change(one);
        }
      } else if (one instanceof PyObject && !(one instanceof PyUnknown) && !classOf(one).native)
        for (const name of ['__iter__', '__next__', '__getitem__'])
          this.#callable(classOf(one).lookup(name) ?? null, [{ exact: [one], reach: [] }]);
    }
  }

  #generator(generator: PyGenerator): void {
    const definition = generator.code === undefined ? undefined : definitions.get(generator.code);
    if (definition === undefined) {
      const held = generator.frame.slots.flatMap(slotValues);
      for (const one of this.#everythingIn(held)) if (one instanceof PyIterator) this.#change(one);
      return;
    }
    if (this.#inside.has(generator)) return;
    this.#inside.add(generator);
    const { node, scope } = definition;
    const { frame } = generator;
    const cause = this.#cause;
    this.#body(
      factsOfBody(node),
      new Map(),
      name => presentValue(name, scope, frame),
      name => {
        assign(name, scope, frame, new PyUnknown(cause, { unsure: true }));
      },
    );
  }

  /** What operators and attributes of the code's own objects may do beyond what they say. */
  #implicit(names: Names): void {
    const seen = new Set<PyClass>();
    for (const mentioned of this.#refers.mentioned(names)) {
      if (mentioned instanceof PyClass) continue;
      for (const value of mentioned instanceof PyUnknown ? mentioned.may : [mentioned])
        for (const [code, self] of operatorsOf(value, seen)) this.#callable(code, [self]);
    }
  }
}

function isFollowed(value: Value): value is PyObject {
  return (
    value instanceof PyObject && value.owner !== 0 && !(value instanceof NativeFunction) && !(value instanceof PyModule)
  );
}
