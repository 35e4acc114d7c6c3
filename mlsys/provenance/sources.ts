/** Where names get their values: from assignments that were recorded, the registry, data files, the fields of objects. */
import { constants } from '../library/constants';
import { PySuper } from '../python/runtime/attributes';
import { fillerOf } from '../python/runtime/filled';
import { PyFunction } from '../python/runtime/function';
import {
  PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { getAttribute } from '../python/runtime/operations';
import { type Origin, originOfAttribute } from '../python/runtime/origins';
import type { Binding } from '../python/runtime/provenance';
import { isUnknown } from '../python/runtime/unknown';
import type { Alias, Import, ImportFrom, Span, Statement } from '../python/syntax/ast';
import { nodeAt } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { sameValue } from '../session/same';
import { PyQuantity } from '../units/registry';
import { BindingEnvironment, reads } from './bindingEnvironment';
import { chosenPart } from './branches';
import { changedFields } from './changed';
import { kindOfFormula } from './classify';
import { filledPart } from './filledParts';
import { constructed } from './functions';
import { alsoMadeOf, type Changed, type Part, partsOf, type Source, type SourceKind, sourcesIn } from './graph';
import { chosenBy, givenItems, givenObject, isRecord } from './handedOn';
import { loopAround, loopCode, loopPart } from './loops';
import { namedFields } from './namedFields';
import { isObject, itemSource, sourceOfPart, through } from './parts';
import { attempted, isRefusal, NotFollowed } from './refusals';
import { States } from './states';
import { STATEMENTS, targetPart } from './targets';
import type { Environment, Tracer } from './tracer';
import { type Turn, turnsOf } from './turns';
import { hasChanged, isListOrDict, isTakenAs, originOfStream, takenAs } from './values';

/** What a tracer asks of the session. */
export interface World {
  /** The program that ran under a name. */
  programOf(file: string): Program | undefined;
  /** That program, and those that ran behind it before the position that is asked about. */
  programsFrom(file: string): readonly Program[];
  /** The value of a global or built-in name at the position that is asked about. */
  valueOf(name: string): Value | undefined;
  /** The last assignment to `x` or `Class.attr` before the position that is asked about. */
  bindingOf(name: string): Binding | undefined;
  /** What bound a name in a module of the workspace of which a cell before the position imports all names. */
  bindingByStar(name: string): Binding | undefined;
  /** The last assignment in a module of the workspace, or in one of which it imports all names. */
  bindingIn(module: string, name: string): Binding | undefined;
  /** A module that was imported. */
  moduleNamed(name: string): PyModule | undefined;
  /** The module that an import in a file names; undefined where a relative one leaves its package. */
  moduleOf(statement: ImportFrom, file: string): string | undefined;
}

/** Constructors that call constructors are followed to this depth. */
const DEEPEST = 8;
/** Of changed objects, so many states are followed: each goes through their statements. */
const MOST_CHANGES = 50;
/** So many assignments are followed, and no more once so many expressions were. */
const MOST = 400;
const MOST_FOLLOWED = 20_000;

type Call = Part & { readonly kind: 'call' };

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

export class Sources {
  readonly #world: World;
  readonly tracer: Tracer;
  /** What lists and dicts held at a time. */
  readonly states: States;
  readonly #known = new Map<Binding, Source>();
  readonly #bindings = new Map<Source, Binding>();
  readonly #open = new Set<Binding>();
  /** What calls gave the attributes of the objects that they made. */
  readonly #fields = new Map<Part, ReadonlyMap<string, Part> | undefined>();
  #constructing = 0;
  /** Expressions that were followed so far. */
  followed = 0;
  /** What tells the items of comprehensions, and what it told. */
  readonly #makers = new Map<Part, () => ReadonlyMap<Value, Part> | undefined>();
  readonly #items = new Map<Part, ReadonlyMap<Value, Part>>();
  readonly #inputs = new Map<Part, boolean>();
  /** Items of what a call put in order, and that call. */
  readonly #chosen = new Map<Part, Map<Source, Source>>();
  readonly #choosing = new Map<Source, Call>();
  /** Attributes of objects that were changed, by where these are made and read. */
  readonly #changes = new Map<string, ReadonlyMap<string, Part> | undefined>();
  /** Of loops, by the bindings of their variables. */
  readonly #turns = new Map<Binding, readonly Turn[] | undefined>();

  constructor(world: World, tracer: Tracer) {
    this.#world = world;
    this.tracer = tracer;
    this.states = new States(world, this, tracer);
  }

  /** A source behind which nothing is followed. */
  leaf(
    name: string,
    value: Value,
    kind: SourceKind,
    more: { readonly constant?: string; readonly origin?: Origin; readonly place?: Source['place'] } = {},
  ): Source {
    const { constant, origin, place } = more;
    return { name, value, kind, place, formula: undefined, constant, origin };
  }

  /** A name that no assignment in a cell bound: a star import's, or one that nothing records. */
  named(name: string, value: Value): Source {
    const binding = this.#world.bindingByStar(name);
    if (binding !== undefined && sameValue(binding.value, value)) return this.of(binding);
    const constant = this.#constant(name, name, value);
    if (constant !== undefined) return constant;
    const own = this.#world.bindingOf(name);
    const leaf = this.leaf(name, value, MODULE_NAMES.has(name) ? 'text' : 'object');
    if (own === undefined || sameValue(own.value, value)) return leaf;
    return { ...leaf, ...this.states.setSince(name, own, value) };
  }

  /** A global name, as a function reads it. */
  global(name: string, value: Value, module: string | undefined): Part | undefined {
    if (isObject(value)) return undefined;
    const binding = module === undefined ? this.#world.bindingOf(name) : this.#world.bindingIn(module, name);
    if (binding === undefined || !sameValue(binding.value, value)) return undefined;
    return { kind: 'source', code: name, source: this.of(binding), value, at: undefined };
  }

  /** The function of a global name, with what made it: its decorators, or a call of another function. */
  ofFunction(name: string, func: Value): Source | undefined {
    const binding = this.#world.bindingOf(name);
    return binding?.value === func ? this.of(binding) : undefined;
  }

  /** What a global name stands for at the position that is asked about. */
  valueOf(name: string): Value | undefined {
    return this.#world.valueOf(name);
  }

  /** The function behind a property. */
  getter(object: Value, name: string): Value | undefined {
    if (object instanceof PySuper) {
      const { selfClass, thisClass } = object;
      const above = selfClass.mro.slice(selfClass.mro.indexOf(thisClass) + 1);
      const inherited = above.find(cls => cls.attrs.has(name))?.attrs.get(name);
      return inherited instanceof PyProperty ? inherited.fget : undefined;
    }
    if (!(object instanceof PyInstance) || object.attrs?.has(name)) return undefined;
    const found = object.cls.lookup(name);
    return found instanceof PyProperty ? found.fget : undefined;
  }

  /** An attribute of an object. */
  attribute(code: string, base: Part, name: string, value: Value): Source {
    const object = base.value;
    if (object instanceof PyModule) return this.#ofModule(code, object, name, value);
    if (object instanceof PyClass) return this.#ofClass(code, object, name, value) ?? this.#plain(code, object, value);
    const member = object instanceof PyInstance ? this.#ofMember(code, object, name, value) : undefined;
    if (member !== undefined) return member;
    if (isRecord(object)) {
      const handedOn = this.#ofHandedOn(base, object, name, value);
      if (handedOn !== undefined && sameValue(handedOn.value, value)) return sourceOfPart(code, handedOn);
      const origin = originOfAttribute(object, name);
      if (origin !== undefined) return this.leaf(code, value, 'data', { origin });
      const given = this.#given(base, object, name, value);
      if (given !== undefined && isTakenAs(given.value, value)) return takenAs(sourceOfPart(code, given), value);
      const assigned = this.#world.bindingOf(code);
      if (assigned !== undefined && sameValue(assigned.value, value)) return this.of(assigned);
      const byDefault = given === undefined ? this.#byDefault(object.cls, name, value) : undefined;
      if (byDefault !== undefined) return byDefault;
      const changed = object instanceof PyInstance ? this.#changed(base, object)?.get(name) : undefined;
      if (changed !== undefined && sameValue(changed.value, value))
        return sourceOfPart(code, this.tracer.contents.told(changed, code));
    }
    return (
      (object instanceof PyObject ? this.#ofClass(code, object.cls, name, value) : undefined) ?? {
        ...this.#plain(code, object, value),
        ...this.#reasonOf(base),
      }
    );
  }

  /** Why nothing is told of what an object of a cell has by now. */
  #reasonOf({ kind, ...base }: Part): Changed {
    const bound = kind === 'source' ? this.#bindings.get((base as Part & { kind: 'source' }).source) : undefined;
    const { value } = base;
    const isChanged = bound !== undefined && value instanceof PyInstance && value.changedAt >= bound.at;
    return isChanged ? this.states.reason(bound) : {};
  }

  /** True for an attribute of an object of which no more is known than what it was computed from. */
  isOfComputed(of: Part, name: string, value: Value): boolean {
    const object = of.value;
    if (!(object instanceof PyObject) || object.owner === 0 || isObject(object) || !this.#hasInputs(of)) return false;
    // What changed it since is not known.
    const bound = of.kind === 'source' ? this.#bindings.get(of.source) : undefined;
    if (bound !== undefined && object.changedAt >= bound.at) return false;
    // A loop may have given the name another object since.
    return sameValue(getAttribute(object, name), value);
  }

  /** True where a call made a value, or anything that has a name is behind it. */
  #hasInputs(part: Part): boolean {
    let known = this.#inputs.get(part);
    if (known === undefined) {
      const made = through(part);
      known =
        made !== undefined &&
        (made.kind === 'call' || partsOf(made).some(one => one.kind === 'source' || this.#hasInputs(one)));
      this.#inputs.set(part, known);
    }
    return known;
  }

  /** Tells what a comprehension makes, for whoever asks for one of its items. */
  makes(part: Part, items: () => ReadonlyMap<Value, Part> | undefined): void {
    this.#makers.set(part, items);
  }

  /** What a comprehension made, where it told that. */
  madeBy(part: Part): ReadonlyMap<Value, Part> | undefined {
    return attempted(this.#makers.get(part) ?? (() => undefined));
  }

  /** An item of what was written as a tuple, list or dict, was made by a comprehension, or was put there one by one. */
  item(code: string, of: Part, key: Value, value: Value): Source | undefined {
    const items = this.#itemsOf(of);
    const found = this.#itemOf(code, items, of, key, value);
    const made = through(of);
    if (found === undefined || made?.kind !== 'call' || !isRecord(value)) return found;
    // What it was chosen by is told where its fields are read.
    const known = this.#chosen.get(made) ?? new Map<Source, Source>();
    this.#chosen.set(made, known);
    const chosen = known.get(found) ?? { ...found };
    known.set(found, chosen);
    this.#choosing.set(chosen, made);
    return chosen;
  }

  #itemOf(
    code: string,
    items: ReadonlyMap<Value, Part> | undefined,
    of: Part,
    key: Value,
    value: Value,
  ): Source | undefined {
    const container = of.value;
    const count = container instanceof PyList ? container.items.length : (items?.size ?? 0);
    const index = typeof key === 'bigint' && key < 0n ? key + BigInt(count) : key;
    const part = items?.get(index);
    if (part !== undefined && sameValue(part.value, value)) return itemSource(code, part, index);
    const filler = fillerOf(container, index);
    if (filler === undefined || !sameValue(filler.value, value)) return undefined;
    return { ...this.of(filler), name: code };
  }

  #itemsOf(of: Part): ReadonlyMap<Value, Part> | undefined {
    const made = through(of);
    if (made === undefined) return undefined;
    if (made.kind === 'display') return made.items;
    const make = made.kind === 'call' ? () => givenItems(this.tracer, made) : this.#makers.get(made);
    if (make === undefined) return undefined;
    let items = this.#items.get(made);
    if (items === undefined) {
      // What is made of itself has no items yet.
      this.#items.set(made, NO_ITEMS);
      items = attempted(make) ?? NO_ITEMS;
      this.#items.set(made, items);
    }
    return items;
  }

  /** What a loop had made of a name when something read it: not what it is by now. Undefined where no loop makes it of itself. */
  during(binding: Binding, value: Value): Source | undefined {
    const program = this.#world.programOf(binding.file);
    const loop = program && loopAround(nodeAt(program.module, binding.span.start), binding);
    if (program === undefined || loop === undefined) return undefined;
    const environment = new BindingEnvironment(binding, program, this);
    const made = attempted(() => loopCode(loop, binding, environment, this.tracer));
    const { file, span } = binding;
    const place = { file, start: span.start, end: span.end };
    return made && { ...sourceOfPart(binding.name, { ...made, value }), place };
  }

  /** The turn of a loop at which names were what they should be, where it is the only one. */
  turnOf(binding: Binding, isMeant: (turn: Turn) => boolean): Turn | undefined {
    const turns = this.#turnsOf(binding)?.filter(isMeant);
    return turns?.length === 1 ? turns[0] : undefined;
  }

  #turnsOf(binding: Binding): readonly Turn[] | undefined {
    if (this.#turns.has(binding)) return this.#turns.get(binding);
    this.#turns.set(binding, undefined);
    const program = this.#world.programOf(binding.file);
    const path = program === undefined ? [] : nodeAt(program.module, binding.span.start);
    const statement = path.findLast((one): one is Statement => 'kind' in one && STATEMENTS.has(one.kind));
    if (program === undefined || statement?.kind !== 'For') return undefined;
    const environment = new BindingEnvironment(binding, program, this);
    const turns = attempted(() => turnsOf(this.tracer, statement.target, statement.iter, environment));
    this.#turns.set(binding, turns);
    return turns;
  }

  /** What a call gave an attribute of the object that it made: by its arguments, or in the body of its constructor. */
  #given(base: Part, object: PyInstance | PyTuple, name: string, value: Value): Part | undefined {
    const made = through(base);
    if (made?.kind !== 'call') return undefined;
    if (made.copied !== undefined)
      return made.copied.changes.get(name) ?? this.tracer.member(made.copied.of, name, value);
    const { cls } = object;
    const init = cls.lookup('__init__');
    const isOwn = made.callee === cls.name || made.callee.endsWith(`.${cls.name}`);
    if (isOwn && init instanceof PyFunction) return this.#fieldsOf(made, base, init)?.get(name);
    const byName = made.keywords.find(([one]) => one === name)?.[1];
    if (byName !== undefined || !isOwn) return byName;
    // Data classes name the fields that take arguments by their places.
    const places = cls.lookup('__match_args__');
    const at = places instanceof PyTuple ? places.items.indexOf(name) : -1;
    const finish = cls.lookup('__post_init__');
    if (at >= 0 || !(finish instanceof PyFunction)) return made.args[at];
    return this.#fieldsOf({ ...made, args: [], keywords: [] }, base, finish, made)?.get(name);
  }

  /** An attribute of one of the objects that a call was given, with what it chose that by. */
  #ofHandedOn(base: Part, object: PyInstance | PyTuple, name: string, value: Value): Part | undefined {
    const chosen = base.kind === 'source' ? this.#choosing.get(base.source) : undefined;
    const made = chosen ?? through(base);
    if (made?.kind !== 'call' || made.copied !== undefined) return undefined;
    const one = givenObject(this.tracer, made, object);
    if (one === undefined) return undefined;
    const part = this.tracer.member(one, name, value);
    const read = sourcesIn([part, ...chosenBy(this.tracer, made)]);
    if (read.size <= 1) return part;
    const names = [...read.values()].map(({ source, ...more }) => [source.name, { ...more, source }] as const);
    return { kind: 'code', code: name, names, value, at: undefined };
  }

  /** What an object of a cell has in its attributes where it is read, by its methods and assignments since it was made. */
  #changed(base: Part, object: PyInstance): ReadonlyMap<string, Part> | undefined {
    const binding = base.kind === 'source' ? this.#bindings.get(base.source) : undefined;
    const made = through(base);
    const program = binding && this.#world.programOf(binding.file);
    if (binding === undefined || program === undefined || made?.kind !== 'call') return undefined;
    if (binding.site.prefix !== '' || this.#world.bindingOf(binding.name) !== binding) return undefined;
    const until = base.at?.file === binding.file ? base.at.start : Number.POSITIVE_INFINITY;
    const key = `${binding.file} ${binding.span.start} ${until}`;
    if (this.#changes.has(key) || this.#changes.size >= MOST_CHANGES) return this.#changes.get(key);
    // An object that changes itself by what it is changed to is not followed.
    this.#changes.set(key, undefined);
    const fields = new Map<string, Part>();
    for (const [name, value] of object.attrs ?? []) {
      const part = this.#given(base, object, name, value) ?? this.#ofDefault(object.cls, name);
      if (part !== undefined) fields.set(name, part);
    }
    const changed = attempted(() => changedFields({ binding, program, value: object, fields }, until, this.tracer));
    this.#changes.set(key, changed);
    return changed;
  }

  /** The default of a field of a data class. */
  #ofDefault(cls: PyClass, name: string): Part | undefined {
    const binding = this.#world.bindingOf(`${cls.qualname}.${name}`);
    if (binding === undefined) return undefined;
    return { kind: 'source', code: name, source: this.of(binding), value: binding.value, at: undefined };
  }

  #fieldsOf(made: Call, base: Part, init: PyFunction, key = made): ReadonlyMap<string, Part> | undefined {
    if (this.#fields.has(key)) return this.#fields.get(key);
    // An object that is being made of itself has no fields yet.
    this.#fields.set(key, undefined);
    if (this.#constructing >= DEEPEST) return undefined;
    this.#constructing++;
    try {
      const found = constructed(this.tracer, init, base, made.args, new Map(made.keywords));
      this.#fields.set(key, found);
      return found;
    } finally {
      this.#constructing--;
    }
  }

  #ofModule(code: string, module: PyModule, name: string, value: Value): Source {
    const binding = this.#world.bindingIn(module.name, name);
    if (binding !== undefined && sameValue(binding.value, value)) return this.of(binding);
    const constant = this.#constant(code, name, value);
    if (constant !== undefined) return constant;
    return this.leaf(code, value, module.file === undefined ? 'constant' : 'object');
  }

  #ofClass(code: string, { mro }: PyClass, name: string, value: Value): Source | undefined {
    for (const cls of mro) {
      if (cls.native || !cls.attrs.has(name)) continue;
      const path = `${cls.qualname}.${name}`;
      // A class of choices makes members of what its body assigns.
      const assigned =
        value instanceof PyInstance && value.cls === cls ? (value.attrs?.get('_value_') ?? value) : value;
      for (const binding of [this.#world.bindingOf(path), this.#world.bindingIn(cls.module, path)])
        if (binding !== undefined && sameValue(binding.value, assigned))
          return assigned === value ? this.of(binding) : { ...this.of(binding), value };
      return undefined;
    }
    return this.#constant(code, undefined, value);
  }

  /** The value of a member of a class of choices is what the class assigned to its name. */
  #ofMember(code: string, { attrs, cls }: PyInstance, name: string, value: Value): Source | undefined {
    const own = attrs?.get('_name_');
    if (typeof own !== 'string' || !MEMBER.has(name)) return undefined;
    const member = cls.attrs.get(own);
    const assigned = member === undefined ? undefined : this.#ofClass(`${cls.name}.${own}`, cls, own, member);
    if (assigned === undefined) return undefined;
    return name.includes('value')
      ? { ...assigned, value }
      : this.leaf(code, value, 'text', assigned.place === undefined ? {} : { place: assigned.place });
  }

  /** The default of a model's field: its class has no such attribute any more. */
  #byDefault({ mro }: PyClass, name: string, value: Value): Source | undefined {
    for (const cls of mro) {
      if (cls.native) continue;
      const path = `${cls.qualname}.${name}`;
      for (const binding of [this.#world.bindingOf(path), this.#world.bindingIn(cls.module, path)])
        if (binding !== undefined && isTakenAs(binding.value, value)) return takenAs(this.of(binding), value);
    }
    return undefined;
  }

  /** What an object of the library holds is known; of others only that they hold it. */
  #plain(code: string, object: Value, value: Value): Source {
    const isLibrary =
      object instanceof PyObject && (object.owner === 0 || (object instanceof PyClass && object.native));
    return this.#constant(code, undefined, value) ?? this.leaf(code, value, isLibrary ? 'constant' : 'object');
  }

  #constant(code: string, name: string | undefined, value: Value): Source | undefined {
    const constant =
      value instanceof PyQuantity && value.origin !== undefined
        ? value.origin
        : name !== undefined && constants().get(name) === value
          ? name
          : undefined;
    return constant === undefined ? undefined : this.leaf(code, value, 'constant', { constant });
  }

  /** What an import within a function binds, by name. Throws `NotFollowed` where that is not known any more. */
  imported(statement: Import | ImportFrom, file: string): ReadonlyMap<string, Part> {
    return new Map(
      statement.names.map(({ name: { name }, asname }) => {
        const bound = asname?.name ?? (statement.kind === 'Import' ? name.split('.', 1)[0]! : name);
        const module = statement.kind === 'ImportFrom' ? this.#world.moduleOf(statement, file) : undefined;
        const part =
          statement.kind === 'Import'
            ? this.#modulePart(bound, asname === undefined ? bound : name)
            : module === undefined
              ? undefined
              : this.#partIn(bound, module, name);
        if (part === undefined) throw new NotFollowed(name);
        return [bound, part];
      }),
    );
  }

  #modulePart(code: string, name: string): Part | undefined {
    const value = this.#world.moduleNamed(name);
    return value && { kind: 'object', code, value, at: undefined };
  }

  /** A name of a module, or a module of a package. */
  #partIn(code: string, module: string, name: string): Part | undefined {
    const from = this.#world.moduleNamed(module);
    const value = this.#world.bindingIn(module, name)?.value ?? from?.attrs.get(name);
    if (value === undefined || from === undefined) return this.#modulePart(code, `${module}.${name}`);
    return isObject(value)
      ? { kind: 'object', code, value, at: undefined }
      : { kind: 'source', code, source: this.#ofModule(code, from, name, value), value, at: undefined };
  }

  // ------------------------------------------------------------------------------------------------ assignments

  /** The source that an assignment made. */
  of(binding: Binding): Source {
    const known = this.#known.get(binding);
    if (known !== undefined && !this.#open.has(binding)) return known;
    const { name, value, file, span } = binding;
    const place = { file, start: span.start, end: span.end };
    const cut: Source = { name, value, kind: 'cut', place, formula: undefined, constant: undefined, origin: undefined };
    if (known !== undefined || this.#known.size >= MOST || this.followed > MOST_FOLLOWED) return cut;
    const made: Mutable<Source> = { ...cut, kind: 'object' };
    this.#bindings.set(made, binding);
    this.#known.set(binding, made);
    this.#open.add(binding);
    try {
      if (!isUnknown(value))
        Object.assign(
          made,
          this.states.apart(() => this.#made(binding, place)),
        );
    } catch (error) {
      if (!isRefusal(error)) throw error;
    } finally {
      this.#open.delete(binding);
    }
    return made;
  }

  #made(binding: Binding, place: NonNullable<Source['place']>): Partial<Source> {
    const program = this.#world.programOf(binding.file);
    if (program === undefined) return {};
    const origin = originOfStream(binding.value);
    if (origin !== undefined) return { kind: 'data', origin };
    const path = nodeAt(program.module, binding.span.start);
    const statement = path.findLast((one): one is Statement => 'kind' in one && STATEMENTS.has(one.kind));
    if (statement?.kind === 'Import' || statement?.kind === 'ImportFrom') return this.#imported(binding, statement);
    const whole = hasChanged(binding) ? this.states.final(binding) : undefined;
    if (whole !== undefined) return { kind: kindOfFormula(whole), formula: whole, place };
    const environment = new BindingEnvironment(binding, program, this);
    const found =
      this.#looped(path, binding, environment) ??
      this.#chosenPartOf(path, statement, binding, program, environment) ??
      reads(binding, statement, environment, this.tracer);
    if (found === undefined) return {};
    const part = filledPart(namedFields(found, binding.name), binding.name, binding.value, filler => this.of(filler));
    if (part === undefined || (hasChanged(binding) && !(part.kind === 'display' && isListOrDict(binding.value))))
      return { kind: 'object', place, former: found, ...alsoMadeOf(found, this.states.reason(binding)) };
    return { kind: kindOfFormula(part), formula: part, place };
  }

  #chosenPartOf(
    path: readonly Span[],
    statement: Statement | undefined,
    binding: Binding,
    program: Program,
    environment: Environment,
  ): Part | undefined {
    const part = this.#partOf(path, statement, binding, environment);
    return part && chosenPart(part, path, binding, program, this.tracer);
  }

  #partOf(
    path: readonly Span[],
    statement: Statement | undefined,
    binding: Binding,
    environment: Environment,
  ): Part | undefined {
    const part = attempted(() => targetPart(path, statement, binding, environment, this.tracer));
    return part !== undefined && sameValue(part.value, binding.value) ? part : undefined;
  }

  /** What a loop made of a name with all its turns. */
  #looped(path: readonly Span[], binding: Binding, environment: Environment): Part | undefined {
    const loop = loopAround(path, binding);
    if (loop === undefined) return undefined;
    const part = attempted(() => loopPart(loop, binding, environment, this.tracer));
    if (part !== undefined && sameValue(part.value, binding.value)) return part;
    return attempted(() => loopCode(loop, binding, environment, this.tracer));
  }

  #imported({ value, span, name, file }: Binding, statement: Statement): Partial<Source> {
    const imported = (span as Partial<Alias>).name?.name ?? name;
    const module = statement.kind === 'ImportFrom' ? this.#world.moduleOf(statement, file) : undefined;
    // A number of the book's own package is none of the registry, though name and value may be the same.
    const binding = module === undefined ? undefined : this.#world.bindingIn(module, imported);
    if (binding !== undefined && sameValue(binding.value, value)) {
      const { kind, formula, place, constant: own, origin } = this.of(binding);
      return { kind, formula, place, constant: own, origin };
    }
    const constant = this.#constant(name, imported, value);
    if (constant !== undefined) return { kind: 'constant', constant: constant.constant!, place: undefined };
    if (isObject(value) || module === undefined) return {};
    const isOwn = this.#world.moduleNamed(module)?.file !== undefined;
    return { kind: isOwn && !module.startsWith('mlsys') ? 'object' : 'constant' };
  }
}

/** What a module has without an assignment. */
const MODULE_NAMES: ReadonlySet<string> = new Set(['__file__', '__name__', '__package__', '__doc__']);

/** What members of classes of choices tell of themselves. */
const MEMBER: ReadonlySet<string> = new Set(['name', 'value', '_name_', '_value_']);

const NO_ITEMS: ReadonlyMap<Value, Part> = new Map();
