/** What the expressions of skipped code refer to, with what that code puts into objects. */
import { PyFunction } from '../runtime/function';
import { BoundMethod, NativeFunction, PyClass, type Value } from '../runtime/objects';
import { classOf, PyUnknown } from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import type { Facts } from './facts';
import { importedValue } from './imported';
import {
  type Argument,
  exactly,
  FRESH,
  holdsNames,
  join,
  MOST_FOLLOWED,
  MOST_PASSES,
  mentionedBy,
  NAMESPACES,
  type Names,
  NOTHING,
  PLAIN,
  picksItem,
  type Referents,
  reachOf,
  superObject,
  wholeOf,
} from './referents';
import { attributeOf, attributesOf, itemOf, itemsIn } from './stored';

/** What names and calls of one piece of code refer to. */
interface Found {
  readonly names: Answers;
  readonly calls: Map<Expression, { shallow?: Referents; deep?: Referents }>;
  mentioned: readonly Value[] | undefined;
  /** Those, and what exceptions and generators hand on, when that were so many. */
  handed?: { readonly size: number; readonly values: readonly Value[] };
  /** Set while names are followed. */
  pass: Pass | undefined;
}

/** What names refer to, without and with what new objects would hold. */
interface Answers {
  readonly shallow: Map<string, Referents>;
  readonly deep: Map<string, Referents>;
}

/** Names come from each other in circles: they are gone through again until none refers to more than before. */
interface Pass {
  readonly before: Answers;
  readonly now: Answers;
  /** How many names are being followed. */
  open: number;
  /** True once a name was asked for that is being followed, or that comes from one. */
  circular: boolean;
  grew: boolean;
}

const noAnswers = (): Answers => ({ shallow: new Map(), deep: new Map() });

const NO_VALUES: readonly Value[] = [];

/** Attributes of functions that hand out what these keep. */
const KEPT_BY_FUNCTIONS = new Set(['__defaults__', '__kwdefaults__', '__closure__']);

/** Functions that give the exception which is being handled. */
const CAUGHT = new Set(['exc_info', 'exception']);

/** Expressions that give a new object which holds others. */
const MAKES_OBJECTS: ReadonlySet<string> = new Set([
  ...['NamedExpr', 'IfExp', 'BoolOp', 'Call', 'Starred'],
  ...['List', 'Tuple', 'Set', 'Dict', 'ListComp', 'SetComp', 'GeneratorExp', 'DictComp'],
]);

/** So many names and sums are followed to where an object is made. */
const MOST_STEPS = 4;

type Call = Extract<Expression, { kind: 'Call' }>;

export class Following {
  /** What the code puts into objects. */
  readonly #held = new Map<Value, Set<Value>>();
  /** Objects of which it was asked what the code puts into them. */
  readonly #asked = new Set<Value>();
  /** What names may still hold to which the code has bound something else. */
  readonly #before: ReadonlyMap<string, Value> | undefined;
  #found = new WeakMap<Names, Found>();
  /** True once the code turned out to put more into an object than was told of it. */
  stale = false;
  /** What exceptions and generators hand on, to code that need not name it. */
  readonly #handed = new Set<Value>();
  #askedHanded = false;
  readonly #mentionedBy = new Map<PyFunction, readonly Value[]>();
  /** Code that binds names of the module, or of a function around others, by its facts. */
  readonly #binding = new Map<Facts, Names>();

  constructor(before?: ReadonlyMap<string, Value>) {
    this.#before = before;
  }

  /** Notes what the code puts into an object. */
  hold(owner: Value, values: readonly Value[]): void {
    const held = this.#held.get(owner) ?? new Set();
    const before = held.size;
    for (const one of values) held.add(one);
    this.#held.set(owner, held);
    if (held.size > before && this.#asked.has(owner)) this.stale = true;
  }

  /** What the code puts into an object. */
  heldIn(owner: Value): Iterable<Value> {
    this.#asked.add(owner);
    return this.#held.get(owner) ?? NO_VALUES;
  }

  /** True where some code may come by the names of the chapter itself, in ways that nobody follows. */
  comesByNames(names: Names): boolean {
    const { givesNamespace, namespaceUses, operandReads } = names.facts;
    if (givesNamespace) return true;
    const leads = ({ exact, reach }: Referents) => exact.some(holdsNames) || reach.some(holdsNames);
    const isNamed = (one: Expression) =>
      (one.kind === 'Name' && one.id === '__builtins__') || (one.kind === 'Attribute' && one.attr.name === 'sys');
    if (namespaceUses.some(({ object }) => isNamed(object) || leads(this.of(object, names, false)))) return true;
    // A module that is handed on, whose attributes may be read by names that are not known: `getattr(sys, name)`.
    const isHolder = (name: string) =>
      name === '__builtins__' ||
      this.ofName(name, names, false).exact.some(one => holdsNames(one) && !(one instanceof NativeFunction));
    return [...operandReads].some(([name, times]) => times > 0 && isHolder(name));
  }

  /** Notes what some code raises, and sends to generators. */
  hand(names: Names): void {
    const before = this.#handed.size;
    for (const node of names.facts.handed) {
      const { exact, reach } = wholeOf(this.argument(node, names));
      for (const one of [...exact, ...reach]) this.#handed.add(one);
    }
    if (this.#handed.size > before && this.#askedHanded) this.stale = true;
  }

  /** What an exception that is caught, or what is sent to a generator, may lead to. */
  handed(names: Names): Referents {
    this.#askedHanded = true;
    const mentioned = this.mentioned(names);
    const found = this.#of(names);
    // The same array each time: what it leads to is known by it.
    if (found.handed?.size !== this.#handed.size) {
      const all = new Set([...mentioned, ...this.#handed]);
      found.handed = { size: this.#handed.size, values: all.size === mentioned.length ? mentioned : [...all] };
    }
    return lent(found.handed.values);
  }

  /** Forgets what names refer to: more is known of what the code puts into objects. */
  forget(): void {
    this.#asked.clear();
    this.#askedHanded = false;
    this.#mentionedBy.clear();
    this.#found = new WeakMap();
    this.stale = false;
  }

  /** Notes code that binds names which other code may read. */
  #noteBinding(names: Names): void {
    const { facts } = names;
    if (facts.bound.size + facts.globals.size + facts.nonlocals.size === 0) return;
    if (!this.#binding.has(facts) && facts.bound.size === 0) this.stale = true;
    this.#binding.set(facts, names);
  }

  /** What other code may bind a name to that this code reads and does not bind. */
  #boundElsewhere(name: string, names: Names): readonly Referents[] {
    if (this.#binding.size === 0 || names.facts.flows.has(name)) return [];
    const others = [...this.#binding.values()].filter(({ facts }) => facts !== names.facts);
    return others
      .filter(({ facts }) => facts.bound.has(name) || facts.globals.has(name) || facts.nonlocals.has(name))
      .map(other => this.ofName(name, other, false));
  }

  #of(names: Names): Found {
    let found = this.#found.get(names);
    if (found === undefined) {
      found = { names: noAnswers(), calls: new Map(), mentioned: undefined, pass: undefined };
      this.#found.set(names, found);
      this.#noteBinding(names);
    }
    return found;
  }

  /** What an expression refers to; `deep`: what a new object would hold as well. */
  of(node: Expression, names: Names, deep: boolean): Referents {
    switch (node.kind) {
      case 'Name':
        return this.ofName(node.id, names, deep);
      case 'NamedExpr':
        return this.of(node.value, names, deep);
      case 'IfExp':
        return join([this.of(node.body, names, deep), this.of(node.orelse, names, deep)]);
      case 'BoolOp':
        return join(node.values.map(value => this.of(value, names, deep)));
      case 'BinOp':
        if (!deep) return NOTHING;
        return reachOf([this.of(node.left, names, true), this.of(node.right, names, true)]);
      case 'List':
      case 'Tuple':
      case 'Set':
        return deep ? reachOf(node.elements.map(one => this.of(one, names, true))) : NOTHING;
      case 'Dict':
        return deep ? reachOf(node.entries.map(({ value }) => this.of(value, names, true))) : NOTHING;
      case 'ListComp':
      case 'SetComp':
      case 'GeneratorExp':
        return deep ? reachOf([this.of(node.element, names, true)]) : NOTHING;
      case 'DictComp':
        return deep ? reachOf([this.of(node.value, names, true)]) : NOTHING;
      case 'Starred':
        return reachOf([this.of(node.value, names, true)]);
      case 'Attribute':
        if (node.attr.name === '__dict__')
          return join([this.#partOf(node.value, names, attributesOf), this.#ofClass(node.value, names)]);
        if (KEPT_BY_FUNCTIONS.has(node.attr.name)) return this.#keptByFunctions(node.value, names);
        return this.#withMethods(
          node.attr.name,
          this.#partOf(node.value, names, one => {
            const found = attributeOf(one, node.attr.name);
            return found?.self === undefined ? found?.value : undefined;
          }),
        );
      case 'Subscript': {
        const key = node.index.kind === 'Constant' ? node.index.value : undefined;
        const isPlain = key !== undefined && (typeof key !== 'object' || key === null);
        return this.#partOf(node.value, names, one => (isPlain ? itemOf(one, key) : undefined));
      }
      case 'Call':
        return this.#call(node, names, deep);
      case 'Await':
      case 'Yield':
        return this.handed(names);
      case 'YieldFrom':
        return reachOf([this.handed(names), this.of(node.value, names, true)]);
      default:
        return NOTHING;
    }
  }

  /** What an argument refers to. */
  argument(node: Expression, names: Names): Referents {
    const given = this.of(node, names, false);
    if (!this.#isNew(node, names)) return given;
    const deep = this.of(node, names, true);
    if (deep.exact.length === given.exact.length && deep.reach.length === given.reach.length) return given;
    const exact = new Set(given.exact);
    const held = deep.exact.filter(one => !exact.has(one));
    return { ...given, whole: join([given, { exact: [], reach: [...held, ...deep.reach] }]) } as Argument;
  }

  /** True where an expression may give a new object that holds others; numbers are added up as lists are. */
  #isNew(node: Expression, names: Names, steps = 0): boolean {
    const isNew = (one: Expression) => steps < MOST_STEPS && this.#isNew(one, names, steps + 1);
    if (node.kind === 'BinOp') return (node.op === '+' || node.op === '*') && (isNew(node.left) || isNew(node.right));
    if (node.kind !== 'Name') return MAKES_OBJECTS.has(node.kind);
    const flows = names.facts.flows.get(node.id);
    return flows?.some(({ from, item }) => !item && from !== undefined && isNew(from)) === true;
  }

  /** True for what a function or class of the code itself is found by. */
  #isOwn(node: Expression, { facts }: Names): boolean {
    return node.kind === 'Lambda' || (node.kind === 'Name' && facts.defined.has(node.id));
  }

  /** What the attributes of a class hold. */
  #ofClass(node: Expression, names: Names): Referents {
    const classes = this.of(node, names, true).exact.filter(one => one instanceof PyClass && !one.native);
    return { exact: [], reach: classes.flatMap(one => [...(one as PyClass).attrs.values()]) };
  }

  /** An attribute of a new object may be a method of its class. */
  #withMethods(name: string, found: Referents): Referents {
    const methods = found.reach.flatMap(one => {
      const method = one instanceof PyClass && !one.native ? one.lookup(name) : undefined;
      return method instanceof PyFunction ? [method] : [];
    });
    return methods.length === 0 ? found : join([found, { exact: [], reach: methods }]);
  }

  /** True where a function of that name may be one with a body in Python, which may hand out what it is given. */
  #isWritten(node: Expression, name: string, callee: Referents, names: Names): boolean {
    if (node.kind !== 'Attribute')
      return names.facts.defined.has(name) || [...callee.exact, ...callee.reach].some(one => one instanceof PyFunction);
    const { exact, reach } = this.of(node.value, names, true);
    if (this.#isOwn(node.value, names)) return true;
    return [...exact, ...reach].some(one => {
      if (one instanceof PyUnknown) return one.path === undefined;
      const cls = one instanceof PyClass ? one : classOf(one);
      return !cls.native && cls.lookup(name) !== undefined && !(cls.lookup(name) instanceof NativeFunction);
    });
  }

  /** What functions that an expression may refer to keep: defaults, and what their closures hold. */
  #keptByFunctions(node: Expression, names: Names): Referents {
    const { exact, reach } = this.of(node, names, true);
    const functions = [...exact, ...reach].map(one => (one instanceof BoundMethod ? one.func : one));
    const own = functions.filter(one => one instanceof PyFunction);
    const kept = own.flatMap(one => this.#lent(one));
    const dicts = own.flatMap(one => one.keywordDict ?? []);
    return { exact: [], reach: [...exact, ...reach, ...kept, ...dicts] };
  }

  /** An attribute or item: what it is of each object where that can be told, else anything in it. */
  #partOf(of: Expression, names: Names, part: (of: Value) => Value | undefined): Referents {
    const { exact, reach } = this.of(of, names, true);
    const parts = exact.map(one => part(one));
    const unknown = exact.filter((_, at) => parts[at] === undefined);
    const held = exact.flatMap(one => [...this.heldIn(one)]);
    if (this.#isOwn(of, names)) held.push(...this.mentioned(names));
    return { exact: parts.filter(one => one !== undefined), reach: [...reach, ...held, ...unknown] };
  }

  /** What a name refers to now, and what the code may bind it to. */
  ofName(name: string, names: Names, deep: boolean): Referents {
    const flows = names.facts.flows.get(name);
    if (flows === undefined) return this.#present(name, names);
    const found = this.#of(names);
    const how = deep ? 'deep' : 'shallow';
    const known = found.names[how].get(name);
    if (known !== undefined) return known;
    const { pass } = found;
    if (pass === undefined) return this.#solve(name, names, deep, found);
    const sofar = pass.now[how].get(name);
    if (sofar === undefined) return this.#follow(name, names, deep, pass);
    pass.circular = true;
    return sofar;
  }

  /** Follows a name, and those that it comes from, until all is known of them. */
  #solve(name: string, names: Names, deep: boolean, found: Found): Referents {
    let before = noAnswers();
    for (let passes = 0; ; passes++) {
      const pass: Pass = { before, now: noAnswers(), open: 0, circular: false, grew: false };
      found.pass = pass;
      let result = this.#follow(name, names, deep, pass);
      found.pass = undefined;
      const isKnown = !pass.circular || !pass.grew;
      // Names that come from each other in many ways: what any of them may be is taken for each.
      if (!isKnown && passes === MOST_PASSES) result = join([result, lent(this.#lentBy(names))]);
      if (isKnown)
        for (const how of ['shallow', 'deep'] as const)
          for (const [one, referents] of pass.now[how]) found.names[how].set(one, referents);
      if (isKnown || passes === MOST_PASSES) {
        found.names[deep ? 'deep' : 'shallow'].set(name, result);
        return result;
      }
      before = pass.now;
    }
  }

  #follow(name: string, names: Names, deep: boolean, pass: Pass): Referents {
    const how = deep ? 'deep' : 'shallow';
    const before = pass.before[how].get(name) ?? this.#present(name, names);
    pass.now[how].set(name, before);
    if (pass.open === MOST_FOLLOWED) return this.#grow(pass, how, name, [before, lent(this.#lentBy(names))]);
    pass.open++;
    const parts = names.facts.flows.get(name)!.map(({ from, item }) => {
      if (from === undefined) return this.handed(names);
      const one = this.of(from, names, deep || item);
      return item ? reachOf([one]) : one;
    });
    if (deep) for (const put of names.facts.puts.get(name) ?? []) parts.push(reachOf([this.of(put, names, true)]));
    pass.open--;
    return this.#grow(pass, how, name, [before, ...parts]);
  }

  /** What a name refers to before the code runs. */
  #present(name: string, names: Names): Referents {
    const { exact, reach } = names.given?.get(name) ?? NOTHING;
    const imported = importedValue(names.facts.imported.get(name), names.value);
    const more = [names.value(name), this.#before?.get(name), imported].filter(
      one => one !== undefined && !exact.includes(one),
    );
    const here = more.length === 0 ? { exact, reach } : { exact: [...(more as Value[]), ...exact], reach };
    const elsewhere = this.#boundElsewhere(name, names);
    return elsewhere.length === 0 ? here : join([here, ...elsewhere]);
  }

  #grow(pass: Pass, how: keyof Answers, name: string, parts: readonly [Referents, ...Referents[]]): Referents {
    const result = join(parts);
    const [before] = parts;
    if (result.exact.length > before.exact.length || result.reach.length > before.reach.length) pass.grew = true;
    pass.now[how].set(name, result);
    return result;
  }

  /** What a function may hand out, with what it gets of others. */
  #lent(func: PyFunction): readonly Value[] {
    let lent = this.#mentionedBy.get(func);
    if (lent === undefined) {
      const seen = new Set<PyFunction>([func]);
      const found = new Set<Value>();
      for (const one of seen) {
        for (const value of mentionedBy(one))
          if (value instanceof PyFunction) seen.add(value);
          else found.add(value);
      }
      lent = [...found];
      this.#mentionedBy.set(func, lent);
    }
    return lent;
  }

  /** Values of all names that the code reads, and those that its functions may hand out. */
  #lentBy(names: Names): Value[] {
    const values = this.mentioned(names);
    return [...new Set([...values, ...values.flatMap(one => (one instanceof PyFunction ? this.#lent(one) : []))])];
  }

  /** Values of all names that the code reads. */
  mentioned(names: Names): readonly Value[] {
    const found = this.#of(names);
    found.mentioned ??= this.valuesOf(names.facts.loads, names);
    return found.mentioned;
  }

  /** What some names hold before the code runs, and what it is given by them. */
  valuesOf(some: Iterable<string>, names: Names): readonly Value[] {
    const values = new Set<Value>();
    for (const name of some) {
      const value = names.value(name);
      if (value !== undefined) values.add(value);
      const before = this.#before?.get(name);
      if (before !== undefined) values.add(before);
      const given = names.given?.get(name);
      for (const { exact, reach } of [given ?? NOTHING, ...this.#boundElsewhere(name, names)]) {
        for (const one of exact) values.add(one);
        for (const one of reach) values.add(one);
      }
    }
    return [...values];
  }

  #call(node: Call, names: Names, deep: boolean): Referents {
    const { calls, pass } = this.#of(names);
    if (pass !== undefined) return this.#ofCall(node, names, deep);
    const how = deep ? 'deep' : 'shallow';
    const known = calls.get(node) ?? {};
    calls.set(node, known);
    known[how] ??= this.#ofCall(node, names, deep);
    return known[how];
  }

  #ofCall(node: Call, names: Names, deep: boolean): Referents {
    const inherited = this.ofSuper(node, names);
    if (inherited !== undefined) return reachOf([inherited]);
    const name = node.func.kind === 'Attribute' ? node.func.attr.name : node.func.kind === 'Name' ? node.func.id : '';
    const callee = this.of(node.func, names, true);
    if (node.func.kind === 'Name' && NAMESPACES.has(name)) {
      const [of] = node.args;
      if (of !== undefined) return join([this.#partOf(of, names, attributesOf), this.#ofClass(of, names)]);
      const isOther = names.facts.flows.has(name) || names.value(name) instanceof PyFunction;
      if (names.namespace !== undefined && !isOther) return exactly(names.namespace(name));
    }
    const [first, ...more] = node.args;
    if (node.func.kind === 'Name' && name === 'type' && first !== undefined && more.length === 0) {
      const { exact, reach } = this.of(first, names, true);
      // A class of the chapter may stand for one of its objects.
      const own = [...exact, ...reach].filter(one => one instanceof PyClass && !one.native);
      const classes = (values: readonly Value[]) => values.map(one => (one instanceof PyUnknown ? one : classOf(one)));
      return { exact: classes(exact), reach: [...new Set([...classes(reach), ...own])] };
    }
    const isOwn = FRESH.has(name) && this.#isWritten(node.func, name, callee, names);
    if (PLAIN.has(name) && !isOwn) return NOTHING;
    if (CAUGHT.has(name)) return this.handed(names);
    const fresh =
      (FRESH.has(name) && !isOwn) ||
      (callee.reach.length === 0 && callee.exact.length > 0 && callee.exact.every(one => one instanceof PyClass));
    if (fresh && !deep) {
      // A new object has the methods of its class.
      const made = callee.exact.filter(one => one instanceof PyClass && !one.native);
      return made.length === 0 ? NOTHING : { exact: [], reach: made };
    }
    const args = [...node.args, ...node.keywords.map(keyword => keyword.value)];
    const given = args.map(arg => this.of(arg, names, true));
    const items = (one: Value) => (this.heldIn(one) === NO_VALUES ? itemsIn(one) : [one]);
    const parts = picksItem(node, callee)
      ? given.map(({ exact, reach }) => ({ exact: exact.flatMap(items), reach }))
      : given;
    const from: Value[] = [...callee.reach];
    if (this.#isOwn(node.func, names)) from.push(...this.mentioned(names));
    for (const one of callee.exact) {
      from.push(one);
      if (one instanceof PyFunction) from.push(...this.#lent(one));
    }
    return reachOf([...parts, { exact: [], reach: from }]);
  }

  /** The object of `super()` or `super(cls, object)`. */
  ofSuper(node: Expression, names: Names): Referents | undefined {
    const object = superObject(node, names);
    if (object === undefined) return undefined;
    if (object === '') return { exact: [], reach: this.mentioned(names) };
    return typeof object === 'string' ? this.ofName(object, names, true) : this.of(object, names, true);
  }
}

function lent(values: readonly Value[]): Referents {
  return { exact: [], reach: values };
}
