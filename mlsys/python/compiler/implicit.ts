/** Code that runs without being called by its name: that of operators, attributes and class statements. */
import { PyDict } from '../runtime/dict';
import { PyException } from '../runtime/errors';
import { PyFunction } from '../runtime/function';
import { changesReceiver, leadsOn } from '../runtime/nativeEffects';
import {
  NativeFunction,
  PyClass,
  PyClassMethod,
  PyList,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  typeClass,
  type Value,
} from '../runtime/objects';
import { PySetBase } from '../runtime/set';
import { classOf, isUnknown, PyUnknown, unknownClass } from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import type { Following } from './following';
import { isPlain } from './leftOutBases';
import { valuesOf } from './libraryCalls';
import { operandNames } from './operands';
import type { Reaching } from './reaching';
import { exactly, type Names, type Referents } from './referents';
import { fieldsOf, itemsIn } from './stored';

/** Methods that make objects, rather than being called by what is done with one. */
const MAKING = new Set(
  '__init__ __new__ __post_init__ __init_subclass__ __set_name__ __class_getitem__ __class__'.split(' '),
);

/** The code of operators of an object, or of one of a class, and of an object's properties, with what it is called on. */
function* operatorsOf(value: Value, seen: Set<PyClass>): Iterable<[Value, Referents]> {
  const own = value instanceof PyClass ? value : classOf(value);
  if (own.native || own === unknownClass || seen.has(own)) return;
  seen.add(own);
  const self: Referents = { exact: value === own ? [] : [value], reach: [] };
  for (const cls of own.mro) {
    if (cls.native) continue;
    for (const [name, attr] of cls.attrs) {
      if (attr instanceof PyProperty) {
        // Of a class, those that the code names are looked at one by one.
        if (value !== own) yield [attr.fget, self];
      } else if (name.startsWith('__') && name.endsWith('__') && !MAKING.has(name)) yield [attr, self];
    }
  }
}

/** Methods that answer where attributes of any name are read, and set or deleted. */
const READING = ['__getattribute__', '__getattr__'];
const SETTING = ['__setattr__', '__delattr__'];

/**
 * The code that may run where an attribute of objects of a class is read, or with `isRead` false set or deleted, with what it
 * is called on.
 */
function* attributeCode(cls: PyClass, name: string, self: Referents, isRead: boolean): Iterable<[Value, Referents]> {
  if (cls.native || cls === unknownClass) return;
  for (const hook of isRead ? READING : [...READING, ...SETTING]) {
    const code = cls.lookup(hook);
    if (code instanceof PyFunction) yield [code, self];
  }
  const attr = cls.lookup(name) ?? null;
  if (attr instanceof PyUnknown) for (const one of attr.may) yield* descriptorCode(one, self, isRead, true);
  else yield* descriptorCode(attr, self, isRead, false);
}

/** The same for what a class holds under a name; with `isMaker`, a class stands for an object that it may have made. */
function* descriptorCode(
  attr: Value,
  self: Referents,
  isRead: boolean,
  isMaker: boolean,
): Iterable<[Value, Referents]> {
  if (attr instanceof PyProperty) {
    for (const code of isRead ? [attr.fget] : [attr.fget, attr.fset, attr.fdel]) if (code !== null) yield [code, self];
  } else if (attr instanceof PyObject && !isUnknown(attr) && (isMaker || !(attr instanceof PyClass))) {
    const owner = attr instanceof PyClass ? attr : classOf(attr);
    // A property of the library's own kind, such as one that keeps what it gave.
    if (owner.native && owner.lookup('__get__') !== undefined && !(attr instanceof PyFunction))
      for (const code of fieldsOf(attr)) yield [code, self];
    else if (!owner.native)
      for (const method of isRead ? ['__get__'] : ['__get__', '__set__', '__delete__']) {
        const code = owner.lookup(method);
        if (code instanceof PyFunction)
          yield [code, { exact: [attr], reach: self.exact.length > 0 ? self.exact : self.reach }];
      }
  }
}

/** What a class statement calls of a class or object that it mentions, each with that object. */
function classHooks(value: Value): readonly (readonly [code: Value, self: Referents])[] {
  if (value instanceof PyUnknown) return value.may.flatMap(classHooks);
  const self: Referents = { exact: [], reach: [value] };
  const found: [Value, Referents][] = [];
  const add = (cls: PyClass, names: readonly string[]): void => {
    if (cls.native || cls === unknownClass) return;
    for (const name of names) {
      const code = cls.lookup(name);
      if (code !== undefined) found.push([code, self]);
    }
  };
  if (value instanceof PyClass)
    for (const cls of [value.cls, ...(value.isSubclassOf(typeClass) ? [value] : [])]) add(cls, CLASS_MAKERS);
  add(value instanceof PyClass ? value : classOf(value), SUBCLASS_HOOKS);
  return found;
}

/** Methods of a metaclass that a class statement calls. */
const CLASS_MAKERS = ['__prepare__', '__new__', '__init__', '__call__'];
/** Methods that Python, or pydantic, calls when a class is made. */
const SUBCLASS_HOOKS = ['__init_subclass__', '__set_name__', '__mro_entries__', '__pydantic_init_subclass__'];

/** What a method is given that a statement calls without naming it: `__exit__` the exception that ended the block. */
export function impliedArguments(name: string, names: Names, refers: Following): readonly Referents[] {
  return name === '__exit__' ? Array.from({ length: 3 }, () => refers.handed(names)) : [];
}

/** What making an object of a class calls. */
export function makersOf(cls: PyClass): readonly Value[] {
  const found = ['__new__', '__init__', '__post_init__', '_missing_'].map(name => cls.lookup(name));
  if (!cls.cls.native) found.push(cls.cls.lookup('__call__'));
  // Validators, serializers and what else a model calls.
  if (cls.lookup('__pydantic_decorators__') !== undefined)
    for (const one of cls.mro) if (!one.native) found.push(...one.attrs.values());
  return found
    .map(one => (one instanceof PyClassMethod || one instanceof PyStaticMethod ? one.func : one))
    .filter(one => one instanceof PyFunction);
}

/** The methods that whoever has some objects may call, with what they are called on. */
export function* methodsOf(objects: readonly Value[]): Iterable<[method: Value, args: readonly Referents[]]> {
  const classes = new Map<PyClass, Value[]>();
  for (const one of objects) {
    const cls = one instanceof PyClass ? one : classOf(one);
    if (cls.native || cls === unknownClass) continue;
    const own = classes.get(cls) ?? [];
    classes.set(cls, own);
    if (one !== cls) own.push(one);
  }
  for (const [cls, exact] of classes)
    for (const { native, attrs } of cls.mro) {
      if (native) continue;
      for (const attr of attrs.values())
        if (attr instanceof PyClassMethod) yield [attr.func, [{ exact: [cls], reach: [] }]];
        else if (attr instanceof PyStaticMethod) yield [attr.func, []];
        else
          for (const code of attr instanceof PyProperty ? [attr.fget, attr.fset, attr.fdel] : [attr])
            if (code instanceof PyFunction) yield [code, [{ exact, reach: [] }]];
    }
}

/** The methods of that name of some objects and classes, with what they are called on. */
export function* candidates(name: string, values: readonly Value[]): Iterable<[method: Value, on: Referents]> {
  for (const value of values.flatMap(possible)) {
    const cls = value instanceof PyClass ? value : classOf(value);
    const method = cls.native ? undefined : cls.lookup(name);
    const on = method instanceof PyClassMethod ? exactly(cls) : { exact: [], reach: value === cls ? [] : [value] };
    if (method !== undefined) yield [method, on];
  }
}

/** What a function of the library is a method of in a call: its own object, or the first argument. */
export function receiversOf(
  func: NativeFunction,
  self: Value | undefined,
  args: readonly Referents[],
): readonly Value[] {
  if (self !== undefined) return [self];
  const [first] = args;
  return first === undefined
    ? []
    : [...first.exact, ...first.reach].filter(one => classOf(one).lookup(func.name) === func);
}

/** What parameters hold where a call gives nothing, as far as that can change. */
export function presetsOf({ defaults, keywordDefaults }: PyFunction): Referents {
  const presets = [...defaults, ...(keywordDefaults?.values() ?? [])];
  return { exact: [], reach: presets.filter(leadsOn) };
}

/** Items of containers that are looked at for what operators on these do to them. */
const MOST_ITEMS = 500;

/** An object, and where it is a container of the library, what that holds. */
function* withItems(value: Value): Iterable<Value> {
  const open: Value[] = [value];
  for (let at = 0; at < open.length && at < MOST_ITEMS; at++) {
    const one = open[at]!;
    yield one;
    if (!(one instanceof PyObject) || !one.cls.native || one instanceof PyClass) continue;
    if (!(one instanceof PyList || one instanceof PyTuple || one instanceof PyDict || one instanceof PySetBase))
      continue;
    const items = one instanceof PyDict ? [...one.entries()].flat() : itemsIn(one);
    for (const item of items.slice(0, MOST_ITEMS)) if (item instanceof PyObject) open.push(item);
  }
}

export interface Implicit {
  readonly code: readonly (readonly [code: Value, args: readonly Referents[]])[];
  /** Objects whose methods are handed on that may change them: whoever is given those may call them. */
  readonly changed: readonly Value[];
  /** What class statements hand to bases and metaclasses that nobody knows. */
  readonly handed: readonly Value[];
  /** Exceptions that were there before and may have been raised, which remember what was handled then. */
  readonly raised: readonly PyException[];
}

/** Those of the arguments that a method has parameters for. */
export function fitting(func: Value, args: readonly Referents[]): readonly Referents[] {
  return func instanceof PyFunction ? args.slice(0, func.code.signature.positional.length) : args;
}

/** What runs so in some code, with what it may be called on. */
export function implicitIn(names: Names, refers: Following, reaching: Reaching): Implicit {
  const { facts } = names;
  refers.hand(names);
  const code: (readonly [Value, readonly Referents[]])[] = [];
  const changed: Value[] = [];
  const mentioned = refers.mentioned(names);
  const seen = new Set<PyClass>();
  // Where it cannot be told what stands somewhere, each name and operator counts for all that can be reached from there.
  const reached = new Set<Value>();
  const exactly = (object: Expression): readonly Value[] => {
    const { exact, reach } = refers.of(object, names, false);
    for (const one of reach) reached.add(one);
    return exact.flatMap(possible);
  };
  const operated = (value: Value): void => {
    for (const [func, self] of operatorsOf(value, seen)) code.push([func, [self]]);
  };
  const accessed = (cls: PyClass, name: string, self: Referents, isRead: boolean): void => {
    for (const [func, on] of attributeCode(cls, name, self, isRead)) code.push([func, [on, self, self]]);
  };
  const operandsOf = operandNames(facts);
  const operands = refers.valuesOf(operandsOf, names).filter(one => !(one instanceof PyClass));
  for (const value of [...operands, ...facts.operands.flatMap(exactly)])
    for (const one of possible(value)) for (const item of withItems(one)) operated(item);
  // New objects are known by their class.
  for (const name of operandsOf)
    for (const one of refers.ofName(name, names, false).reach) if (one instanceof PyClass) operated(one);
  const handed = new Set<string>();
  for (const { object, name, called } of facts.attributes) {
    if (!called) handed.add(name);
    for (const one of exactly(object)) {
      const self: Referents = { exact: [one], reach: [] };
      const owner = classOf(one);
      accessed(owner, name, self, !called);
      if (one instanceof PyClass) accessed(one, name, self, !called);
      if (!called && isChanging(one, owner, name)) changed.push(one);
    }
  }
  if (reached.size > 0) {
    // Names that are only read, and others.
    const all = new Map<string, boolean>();
    for (const { name, called } of facts.attributes) all.set(name, !called && all.get(name) !== false);
    for (const [cls, objects] of reaching.from([...reached]).classes) {
      if (cls.native) {
        for (const name of handed)
          if (cls.lookup(name) instanceof NativeFunction)
            for (const one of objects) if (isChanging(one, cls, name)) changed.push(one);
        continue;
      }
      operated(cls);
      for (const [name, isRead] of all) accessed(cls, name, { exact: [], reach: objects }, isRead);
    }
  }
  if (facts.makesClasses)
    for (const [func, self] of mentioned.flatMap(classHooks)) code.push([func, [self, self, self, self]]);
  return { code, changed, handed: handedToMakers(names, refers), raised: raisedIn(names, refers) };
}

/** What classes are made of by bases and metaclasses that nobody knows: values of all names of their bodies, and keywords. */
function handedToMakers(names: Names, refers: Following): readonly Value[] {
  const { classes } = names.facts;
  const isUnknownMaker = (node: Expression): boolean => {
    const { exact, reach } = refers.of(node, names, true);
    return [...exact, ...reach].some(one => one instanceof PyUnknown && !(one.path !== undefined && isPlain(one.path)));
  };
  if (!classes.some(({ makers }) => makers.some(isUnknownMaker))) return [];
  return classes.flatMap(site => [
    ...site.given.flatMap(one => valuesOf(refers.argument(one, names))),
    ...[...site.names].flatMap(name => {
      const node: Expression = { kind: 'Name', id: name, start: 0, end: 0 } as Expression;
      return valuesOf(refers.argument(node, names));
    }),
  ]);
}

/** Exceptions that some code may raise and has not made itself; notes what they lead to then. */
function raisedIn(names: Names, refers: Following): readonly PyException[] {
  const found: PyException[] = [];
  for (const node of names.facts.raised) {
    const { exact, reach } = refers.of(node, names, false);
    for (const one of [...exact, ...reach].flatMap(possible))
      if (one instanceof PyException && one.owner !== 0) {
        found.push(one);
        refers.hold(one, refers.handed(names).reach);
      }
  }
  return found;
}

const isChanging = (value: Value, cls: PyClass, name: string): boolean =>
  cls.lookup(name) instanceof NativeFunction && changesReceiver(value, name);

const possible = (value: Value): readonly Value[] => (value instanceof PyUnknown ? value.may : [value]);
