/**
 * What code that does not run, or not for sure, may have bound and changed: all of that becomes unknown. Facts about the code
 * (see `facts.ts`) meet the values that its names have now; where these do not tell what an expression refers to, everything
 * that can be reached from what it mentions counts.
 */

import { PyDict } from '../runtime/dict';
import { drawings } from '../runtime/drawings';
import { loseChain } from '../runtime/exceptions';
import { foresee, foresightAtOnce } from '../runtime/foresight';
import { PyFunction } from '../runtime/function';
import { PyGenerator } from '../runtime/generator';
import type { Globals } from '../runtime/globals';
import {
  changesReceiver,
  channelOf,
  drawsOn,
  isDrawn,
  isUnchanging,
  loseState,
  markOutput,
} from '../runtime/nativeEffects';
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
  losesAttributes,
  PyUnknown,
  type Replaced,
  taint,
  taintAttribute,
  taintKey,
  type UnknownCause,
} from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import { Alternatives } from './alternatives';
import { parametersOf } from './declared';
import { type Facts, factsOf, factsOfBody, rootName } from './facts';
import { Following } from './following';
import { GivenAway } from './givenAway';
import { isForeign } from './handedOut';
import { candidates, fitting, implicitIn, impliedArguments, makersOf, presetsOf } from './implicit';
import { callsByName, LibraryCalls, valuesOf } from './libraryCalls';
import { namespaceOf } from './namespaces';
import { Reachable } from './reachable';
import { callable, Reaching, Work } from './reaching';
import {
  asReach,
  attributeByName,
  definitions,
  exactly,
  functionValue,
  givesNames,
  inheritedMethods,
  moduleName,
  type Names,
  REST,
  type Referents,
  wholeOf,
} from './referents';
import type { Scope } from './scope';
import { assign, attributeOf, PyPossible, presentValue, slotValues } from './stored';
import { Joined, MadeObjects, once, Possibles, type Root, Visit } from './visit';
import { World } from './world';

export class Effects {
  readonly #cause: UnknownCause;
  readonly #globals: Globals;
  readonly #changes: (() => void)[] = [];
  /** What is looked into once, by the code of a function, or by what stands for one. */
  readonly #visits = new Map<object, Visit>();
  readonly #possibles = new Possibles();
  readonly #made = new MadeObjects();
  readonly #queue: Visit[] = [];
  /** What was asked for, to be looked at again once more is known, and what it begins with. */
  readonly #roots: Root[] = [];
  readonly #tainted = new Set<Value>();
  readonly #alternatives: Alternatives;
  readonly #work = new Work(foresightAtOnce());
  readonly #joined = new Joined(this.#work);
  /** True where any name of the module may have been bound. */
  everything = false;
  /** True where code may run that nobody knows. */
  runsUnknown = false;
  readonly #refers: Following;
  readonly #reaching: Reaching;
  readonly #library: LibraryCalls;
  readonly #givenAway: GivenAway;
  /** What may still be where the code has put something else. */
  readonly #before: Replaced | undefined;

  constructor(cause: UnknownCause, globals: Globals, before?: Replaced, limit?: number) {
    if (limit !== undefined) this.#work.limit = limit;
    this.#cause = cause;
    this.#globals = globals;
    this.#before = before;
    this.#refers = new Following(before?.names);
    this.#reaching = new Reaching(this.#work, this.#refers);
    this.#alternatives = new Alternatives(cause);
    const noting = {
      reaching: this.#reaching,
      refers: this.#refers,
      cause,
      change: (value: Value, held?: readonly Value[]) => this.#change(value, held),
      changeReached: (values: readonly Value[]) => this.#changeReached(values),
      escape: (values: readonly Value[]) => this.#escape(values),
      iterate: (referents: Referents) => this.#iterate(referents),
      callable: (value: Value, args: readonly Referents[] | undefined) => this.#callable(value, args),
      function: (func: PyFunction, args: readonly Referents[], inAnyOrder?: boolean) =>
        this.#function(func, args, inAnyOrder),
      again: (code: PyFunction | PyGenerator) => this.#enqueue(this.#visits.get(code)),
      lose: (values: readonly Value[]) => this.#lose(values),
      loseNames: () => this.#loseNames(),
      later: (change: () => void) => this.#changes.push(change),
    };
    this.#library = new LibraryCalls(noting);
    this.#givenAway = new GivenAway(noting);
  }

  /** Returns whether the code calls too much to be followed: then all changes that it may come by. */
  apply(): boolean {
    this.#settle();
    const { spent, exhausted, limit } = this.#work;
    if (this.everything || (exhausted && !this.#changeReachable())) this.#changeEverything(exhausted);
    for (const change of this.#changes) change();
    if (this.#library.prints) markOutput();
    foresee(spent, exhausted && !this.everything && limit > 0);
    return exhausted;
  }

  /** Notes what code with these facts and names may change. */
  collect(names: Names): void {
    this.#root(
      () => this.#collect(names),
      () => this.#refers.mentioned(names),
      names.facts,
    );
  }

  /** Values that code nobody knows was given: it may keep, change and call them. */
  escape(values: readonly Value[]): void {
    this.#root(
      () => this.#escape(values),
      () => values,
    );
  }

  /** Values that are called, functions with the others, or gone through. */
  use(values: readonly Value[]): void {
    const any = values.length > 1 ? values.map(() => ({ exact: [], reach: values })) : undefined;
    this.#root(
      () => {
        for (const one of values) {
          const leads = one instanceof PyUnknown ? one.may : [one];
          this.#iterate({ exact: leads, reach: [] });
          for (const lead of leads) this.#callable(lead, any);
        }
      },
      () => values,
    );
  }

  /** A function of the chapter that is called. */
  call(func: Value, args: readonly Value[]): void {
    const given = args.map(exactly);
    this.#root(
      () => this.#callable(func, given),
      () => [func, ...args],
    );
  }

  /** A method of that name of one of some objects that is called. */
  method(name: string, receivers: readonly Value[], args: readonly Value[]): void {
    this.#root(
      () => this.#unresolved(name, receivers, args.map(exactly), undefined),
      () => [...receivers, ...args],
    );
  }

  /** The objects that the value of an expression may be, or lead to. */
  leads(node: Expression, names: Names): readonly Value[] {
    this.#settle();
    return valuesOf(this.#refers.of(node, names, false));
  }

  leadsOfName(name: string, names: Names): readonly Value[] {
    this.#settle();
    return valuesOf(this.#refers.ofName(name, names, false));
  }

  #root(look: () => void, begins: () => readonly Value[], facts?: Facts): void {
    this.#roots.push({ look, begins, facts });
    look();
  }

  /**
   * Looks into all functions that may be called, each with all that any call may give it: again where a call gives more, and all
   * of them where the code turns out to put more into an object than was told of it.
   */
  #settle(): void {
    for (;;) {
      for (let at = 0; at < this.#queue.length && !this.#work.exhausted; at++) this.#queue[at]!.look();
      this.#queue.length = 0;
      if (!this.#refers.stale || this.#work.exhausted) return;
      this.#refers.forget();
      this.#reaching.forget();
      for (const { look } of this.#roots) look();
      for (const visit of this.#visits.values()) this.#enqueue(visit);
    }
  }

  /** Any name may have been bound. */
  #loseNames(): void {
    if (!this.everything) this.#work.shorten(REST);
    this.everything = true;
  }

  #enqueue(visit: Visit | undefined): void {
    if (visit === undefined || visit.queued) return;
    visit.queued = true;
    this.#queue.push(visit);
  }

  /** What is known of the calls of a function; `look` looks into it. */
  #visit(key: object, look: (given: ReadonlyMap<string, Referents>) => void): Visit {
    const known = this.#visits.get(key);
    if (known !== undefined) return known;
    const visit = new Visit(look);
    this.#visits.set(key, visit);
    this.#enqueue(visit);
    return visit;
  }

  #collect(names: Names): void {
    const { facts } = names;
    this.#work.spend(facts.size + 1);
    if (this.#work.exhausted) return;
    if (this.#refers.comesByNames(names)) this.#loseNames();
    if (this.#refers.mentioned(names).some(isForeign)) this.runsUnknown = true;
    for (const { object, attribute, key, value } of facts.stores) {
      const { exact, reach } = this.#refers.of(object, names, false);
      const put = value === undefined ? [] : valuesOf(this.#refers.argument(value, names));
      const held = [...put, ...(this.#before?.values ?? [])];
      this.#lose([...exact, ...reach]);
      for (const one of exact) this.#change(one, held, attribute, key, value !== undefined);
      this.#changeReached(reach, held);
      for (const one of attribute === undefined ? [] : this.#reaching.classesIn(reach))
        this.#change(one, held, attribute, undefined, value !== undefined);
      // Objects of the library stay as they are: what leads to one is unknown then.
      if (exact.some(one => one instanceof PyObject && one.owner === 0)) {
        const root = rootName(object);
        if (root !== undefined) this.#changes.push(() => names.assign(root));
      }
      if (givesNames(object, [...exact, ...reach], held.length > 0 ? undefined : key)) this.#loseNames();
    }
    for (const target of facts.inPlace) this.#changeAt(target, names);
    if (facts.numberDisplay !== undefined) this.#changes.push(() => loseState(NUMBER_DISPLAY, this.#cause));
    for (const one of facts.iterated) this.#iterate(this.#refers.of(one, names, false));
    for (const { func, args, out } of facts.calls) {
      this.#call(func, args, names);
      if (out !== undefined) this.#changeAt(out, names);
    }
    for (const name of facts.implied) this.#callCandidates(name, impliedArguments(name, names, this.#refers), names);
    const { code, changed, handed, raised } = implicitIn(names, this.#refers, this.#reaching);
    for (const [func, args] of code) this.#callable(func, fitting(func, args));
    for (const one of changed) this.#change(one);
    this.#escape(handed);
    this.#changes.push(...raised.map(one => () => loseChain(one, this.#cause, leadingTo(this.#refers.heldIn(one)))));
  }

  #changeAt(target: Expression, names: Names): void {
    const { exact, reach } = this.#refers.of(target, names, false);
    for (const one of exact) this.#change(one);
    this.#changeReached(reach);
  }

  #escape(values: readonly Value[]): void {
    this.runsUnknown = true;
    this.#givenAway.escape(values);
  }

  /** What part of the code has put there, or deletes, may not be there at all: not `kept`. */
  #change(value: Value, held: readonly Value[] = [], attribute?: string, key?: Value, kept = true): void {
    if (!(value instanceof PyObject)) return;
    this.#work.spend();
    const cause = this.#cause;
    const there = kept && this.#before === undefined;
    if (held.length > 0) this.#refers.hold(value, held);
    if (value instanceof PyUnknown) this.#changeReached([...value.may, ...held]);
    // An attribute of an object of the library may be more than a name: the shape of an array.
    else if (attribute !== undefined && (losesAttributes(value) || value.attrs !== undefined || !classOf(value).native))
      this.#changes.push(() => taintAttribute(value, attribute, cause, held, there));
    else if (isDrawn(value)) this.#changes.push(() => drawings.touched(value, cause));
    else if (isUnchanging(value)) return;
    else if (key !== undefined && value instanceof PyDict && classOf(value).native)
      this.#changes.push(() => taintKey(value, key, cause, held, there));
    else if (held.length > 0 || !this.#tainted.has(value)) {
      this.#tainted.add(value);
      this.#changes.push(() => taint(value, cause, held));
    }
  }

  /** What shared objects and functions of the library stand for is not known any more. */
  #lose(values: readonly Value[]): void {
    for (const one of values) {
      const channel = channelOf(one);
      if (channel !== undefined) this.#changes.push(() => loseState(channel, this.#cause));
    }
  }

  #changeReached(values: readonly Value[], held: readonly Value[] = []): void {
    if (values.length === 0) return;
    const reached =
      held.length === 0 ? this.#reaching.newIn(values, this.#reaching.changed) : this.#reaching.from(values).objects;
    const any = this.#anyOf(held);
    for (const one of reached) if (!(one instanceof PyUnknown)) this.#change(one, any);
  }

  #anyOf(values: readonly Value[]): readonly Value[] {
    this.#work.spend(values.length >> 3);
    return this.#alternatives.of(values);
  }

  /** Makes unknown all that the code may come by, where it does not come by all names of the module. */
  #changeReachable(): boolean {
    const code = this.#roots.flatMap(({ facts }) => facts ?? []);
    const begins = [...this.#roots.flatMap(one => one.begins()), ...(this.#before?.values ?? [])];
    const reachable = new Reachable(code, begins);
    if (reachable.isAll) return false;
    this.runsUnknown = true;
    this.#work.limit = Number.POSITIVE_INFINITY;
    reachable.lose(this.#cause, one => this.#change(one));
    return true;
  }

  /** Whoever changes a global name in ways that nobody can follow may have changed all of them. */
  #changeEverything(exhausted: boolean): void {
    const world = new World(this.#globals, this.#cause);
    if (exhausted) world.follow(this.#roots.flatMap(({ begins }) => begins()));
    this.#work.limit = Number.POSITIVE_INFINITY;
    this.#reaching.forget();
    this.#changeReached(world.change());
    for (const one of world.followed) this.#change(one);
  }

  // ----------------------------------------------------------------------------------------------------------- calls

  #call(called: Expression, args: readonly Expression[], names: Names): void {
    const func = attributeByName(called);
    const given = once(() => args.map(arg => this.#refers.argument(arg, names)));
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
        if (lost) this.#library.draw(one, name);
        if (lost) this.#escape(given().flatMap(arg => valuesOf(arg)));
        if (found === undefined && one instanceof PyModule && one.file === undefined)
          this.#library.handOver(name, given());
        else if (found === undefined) this.#unresolved(name, [one], given(), names);
        else this.#apply(found.value, found.self, given(), moduleName(one));
      }
      if (reach.some(isForeign)) this.#escape(given().flatMap(valuesOf));
      const root = rootName(func.value);
      if (root !== undefined && names.facts.imported.has(root)) this.#library.handOver(name, given());
      if (reach.length > 0 || exact.length === 0)
        this.#unresolved(name, reach, given(), names, this.#refers.of(func.value, names, true).reach);
      return;
    }
    const { exact, reach } = this.#refers.of(func, names, true);
    if (func.kind === 'Name' && names.facts.imported.has(func.id)) this.#library.handOver(func.id, given());
    for (const one of exact) this.#apply(one, undefined, given(), undefined);
    // What was made of a function, and a method of a new object, give it arguments of their own.
    const flows = func.kind === 'Name' ? names.facts.flows.get(func.id) : [{ from: func }];
    const isMade = flows?.some(({ from }) => from?.kind === 'Call' || from?.kind === 'Attribute') === true;
    const all = once(() => [{ exact: [], reach }, ...given()]);
    for (const one of this.#reaching.from(reach).callable)
      if (isMade && one instanceof PyFunction) this.#function(one, all(), true);
      else this.#callable(one, given());
    if (reach.some(one => callsByName(one) || isForeign(one))) this.#escape(given().flatMap(valuesOf));
  }

  /** A call of a method of the base classes of an object, within a method of `scope`. */
  #inherited(name: string, { exact, reach }: Referents, args: readonly Referents[], scope: Scope | undefined): void {
    const held = args.flatMap(valuesOf);
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
      this.#library.apply(func, self ?? func.self, args, module);
      return;
    }
    if (isUnknown(func)) {
      if (func instanceof PyUnknown) this.#library.draw(func);
      this.#escape([...args.flatMap(arg => valuesOf(arg)), func]);
      return;
    }
    this.#callable(func, self === undefined ? args : [{ exact: [self], reach: [] }, ...args]);
    if (func instanceof PyClass && func.native) this.#library.useAll(args);
  }

  /** A call of a method of something that is not known. */
  #unresolved(
    name: string,
    receivers: readonly Value[],
    args: readonly Referents[],
    names: Names | undefined,
    held: readonly Value[] = receivers,
  ): void {
    const reached = this.#reaching.from(receivers);
    const put = reached.objects.length === 0 ? [] : this.#anyOf(args.flatMap(arg => valuesOf(arg)));
    for (const [cls, objects] of reached.classes) {
      const found = cls.lookup(name);
      if (found instanceof NativeFunction)
        for (const one of objects) if (changesReceiver(one, name) || drawsOn(one, name)) this.#change(one, put);
      if (!(found instanceof PyFunction)) continue;
      // A new object holds what it was made of.
      this.#callable(found, [{ exact: objects, reach: objects.includes(cls) ? held : [] }, ...args]);
    }
    const kept = callable(receivers.flatMap(one => [...this.#refers.heldIn(one)]));
    for (const own of new Set([...reached.attributes(name), ...kept])) this.#callable(own, args);
    if (names !== undefined) this.#callCandidates(name, args, names);
    this.#library.useAll(args);
  }

  /** Methods of that name of the classes that the code mentions. */
  #callCandidates(name: string, args: readonly Referents[], names: Names): void {
    for (const [method, on] of candidates(name, this.#refers.mentioned(names))) this.#callable(method, [on, ...args]);
  }

  /** A call of something with a body in Python; any arguments where none are given. */
  #callable(value: Value, args: readonly Referents[] | undefined): void {
    this.#work.spend();
    if (value instanceof PyUnknown) {
      this.#library.draw(value);
      for (const one of value.may) this.#callable(one, args);
      return;
    }
    if (value instanceof PyPossible) {
      this.#possible(value, args);
      return;
    }
    if (value instanceof BoundMethod) {
      if (value.func instanceof NativeFunction) this.#library.apply(value.func, value.self, args ?? [], undefined);
      else this.#callable(value.func, [{ exact: [value.self], reach: [] }, ...(args ?? [])]);
    } else if (value instanceof NativeFunction && value.self !== undefined) {
      if (changesReceiver(value.self, value.name)) this.#change(value.self);
      this.#lose([value]);
    } else if (value instanceof PyStaticMethod || value instanceof PyClassMethod) this.#callable(value.func, args);
    else if (value instanceof PyFunction) this.#function(value, args ?? []);
    else if (value instanceof PyClass) {
      if (value.native) return;
      for (const method of makersOf(value)) this.#callable(method, [this.#made.of(value), ...(args ?? [])]);
    } else if (value instanceof PyCallable || (value instanceof PyObject && classOf(value).native)) {
      this.#lose([value]);
      if (args !== undefined) this.#library.called(value, args);
      if (value instanceof PyObject && value.owner !== 0)
        for (const part of this.#reaching.from([value]).callable)
          if (part instanceof PyFunction) this.#function(part, [{ exact: [], reach: [value] }, ...(args ?? [])], true);
          else if (part !== value && part instanceof BoundMethod) this.#callable(part, args);
    } else if (value instanceof PyObject) {
      const method = classOf(value).lookup('__call__');
      if (method instanceof PyFunction) this.#function(method, [{ exact: [value], reach: [] }, ...(args ?? [])]);
    }
  }

  /** A function or class whose definition may have run. */
  #possible({ node, scope, frame }: PyPossible, args: readonly Referents[] | undefined): void {
    if (this.#work.exhausted) return;
    const isFunction = (node as { kind?: string }).kind !== 'ClassDef';
    const visit = this.#visit(this.#possibles.of(node, frame), given => {
      this.#body(
        isFunction ? factsOfBody(node) : factsOf(node),
        given,
        name => presentValue(name, scope, frame),
        (name, unknown) => assign(name, scope, frame, unknown),
      );
    });
    const any = this.#joined.any(args ?? []);
    if (visit.give(parametersOf((node as { params?: object }).params), () => [any], this.#work)) this.#enqueue(visit);
    if (isFunction || !visit.isNew(any)) return;
    // Objects of a class have the methods of its bases too.
    for (const name of factsOf(node).loads) {
      const base = presentValue(name, scope, frame);
      if (base instanceof PyClass && !base.native)
        for (const attr of base.attrs.values()) if (attr instanceof PyFunction) this.#function(attr, [any]);
    }
  }

  /** A call of a function; `inAnyOrder` where its parameters may have any of the arguments. */
  #function(func: PyFunction, args: readonly Referents[], inAnyOrder = false): void {
    const definition = definitions.get(func.code);
    if (definition === undefined || this.#work.exhausted) return;
    const { node, scope } = definition;
    const namespace = () => namespaceOf(func.globals);
    const visit = this.#visit(func, given => {
      const assignTo = (name: string, unknown: PyUnknown) => {
        const at = func.code.free.indexOf(name);
        if (at >= 0) func.closure[at]!.value = unknown;
        else func.globals.set(name, unknown);
      };
      const names = this.#body(factsOfBody(node), given, functionValue(func, scope), assignTo, scope, namespace);
      this.#givenAway.ends(func, names);
    });
    const simple = !inAnyOrder && args.length <= func.code.signature.positional.length;
    const parameters = parametersOf((node as { params?: object }).params);
    const all = simple ? args.map(wholeOf) : args.map(arg => asReach(wholeOf(arg)));
    const own = (at: number) => (simple && at < args.length ? [all[at]!] : all);
    const isMore = visit.give(parameters, own, this.#work);
    // Of one object, which is the same for all calls, a parameter takes nothing twice.
    visit.presets ??= presetsOf(func);
    if (visit.give(parameters, () => [visit.presets!], this.#work) || isMore) this.#enqueue(visit);
  }

  #body(
    facts: Facts,
    given: ReadonlyMap<string, Referents>,
    value: (name: string) => Value | undefined,
    set: (name: string, unknown: PyUnknown) => void,
    scope?: Scope,
    namespace?: () => Value,
  ): Names {
    const cause = this.#cause;
    const assignTo = (name: string, may: () => readonly Value[] = () => []) => {
      this.#changes.push(() => set(name, new PyUnknown(cause, { unsure: true, may: may() })));
    };
    const names: Names = { facts, given, value, assign: assignTo, namespace, ...(scope && { scope }) };
    this.#collect(names);
    for (const name of [...facts.globals, ...facts.nonlocals])
      assignTo(name, () => valuesOf(this.#refers.ofName(name, names, false)));
    return names;
  }

  /** What going through something changes: iterators, and whatever their code does. */
  #iterate({ exact, reach }: Referents): void {
    const { iterated, reached } = this.#reaching;
    for (const one of [...exact, ...this.#reaching.newIn(reach, reached)]) {
      if (iterated.has(one)) continue;
      iterated.add(one);
      if (one instanceof PyGenerator) this.#generator(one);
      if (one instanceof PyIterator) this.#change(one);
      else if (one instanceof PyObject && !(one instanceof PyUnknown) && !classOf(one).native)
        for (const name of ['__iter__', '__next__', '__getitem__'])
          this.#callable(classOf(one).lookup(name) ?? null, [{ exact: [one], reach: [] }]);
    }
  }

  #generator(generator: PyGenerator): void {
    const definition = generator.code === undefined ? undefined : definitions.get(generator.code);
    if (definition === undefined) {
      const held = generator.frame.slots.flatMap(slotValues);
      for (const one of this.#reaching.from(held).objects) if (one instanceof PyIterator) this.#change(one);
      return;
    }
    const { node, scope } = definition;
    const { frame } = generator;
    this.#visit(generator, given => {
      const lose = (name: string) => assign(name, scope, frame, new PyUnknown(this.#cause, { unsure: true }));
      const names = this.#body(factsOfBody(node), given, name => presentValue(name, scope, frame), lose);
      this.#givenAway.ends(generator, names);
    });
  }
}
