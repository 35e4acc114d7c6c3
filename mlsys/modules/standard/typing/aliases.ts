/** `typing.List`, `typing.Callable`: classes under an older name, which subscripts to a form. */
import { isinstance, issubclass } from '../../../python/runtime/classes';
import { raise, Unsupported } from '../../../python/runtime/errors';
import { unionOf } from '../../../python/runtime/genericAlias';
import { defineMethods, defineProperties } from '../../../python/runtime/native';
import {
  boolClass,
  bytesClass,
  dictClass,
  Ellipsis,
  frozensetClass,
  listClass,
  noneClass,
  PyClass,
  PyList,
  PyObject,
  PyTuple,
  setClass,
  tupleClass,
  typeClass,
  type Value,
} from '../../../python/runtime/objects';
import { getAttribute, repr } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { abstractCollections } from '../abstract';
import { dequeClass } from '../deque';
import { aliasClass, asArgument, isParameterSpecification, joined, PyForm } from './forms';

/** A name for a class; `count` arguments make a form, any number where it is negative. */
export class PyAlias extends PyObject {
  readonly name: string;
  #origin: PyClass | (() => PyClass);
  readonly count: number;
  /** What stands for arguments at the end that are left out. */
  readonly defaults: readonly Value[];
  /** Where a module must be loaded for the class, `origin` loads it when the class is first asked for. */
  constructor(name: string, origin: PyClass | (() => PyClass), count: number, defaults: readonly Value[] = []) {
    super(aliasClass);
    this.name = name;
    this.#origin = origin;
    this.count = count;
    this.defaults = defaults;
  }

  get origin(): PyClass {
    if (!(this.#origin instanceof PyClass)) this.#origin = this.#origin();
    return this.#origin;
  }
}

/** The abstract collections with the numbers of their parameters. */
const ABSTRACT: Readonly<Record<string, number>> = {
  Hashable: 0,
  Sized: 0,
  Iterable: 1,
  Iterator: 1,
  Reversible: 1,
  Container: 1,
  Collection: 1,
  MutableSet: 1,
  MappingView: 1,
  KeysView: 1,
  ItemsView: 2,
  ValuesView: 1,
  Mapping: 2,
  MutableMapping: 2,
  Sequence: 1,
  MutableSequence: 1,
  Awaitable: 1,
  Coroutine: 3,
  AsyncIterable: 1,
  AsyncIterator: 1,
};

const MESSAGE = 'Parameters to generic types must be types.';

function subscriptAlias(self: PyAlias, given: Value): PyForm {
  const items = given instanceof PyTuple ? given.items : [given];
  if (self.name === 'Callable') return callableForm(self, items);
  if (self.count === 0) throw raise('TypeError', `${repr(self)} is not a generic class`);
  const args = items.map(item => (item === Ellipsis || item instanceof PyList ? item : asArgument(item, MESSAGE)));
  if (self.name === 'Tuple') return new PyForm(self.origin, args, self.name);
  const missing = self.count - args.length;
  if (missing < 0 || missing > self.defaults.length) {
    const much = missing < 0 ? 'many' : 'few';
    const expected =
      self.defaults.length > 0 && missing > 0 ? `at least ${self.count - self.defaults.length}` : self.count;
    throw raise('TypeError', `Too ${much} arguments for ${repr(self)}; actual ${args.length}, expected ${expected}`);
  }
  const rest = missing === 0 ? [] : self.defaults.slice(-missing);
  return new PyForm(self.origin, [...args, ...rest], self.name);
}

/** `Callable[[int], str]`, whose arguments are kept in one row with the result. */
function callableForm(self: PyAlias, items: readonly Value[]): PyForm {
  const [given, result] = items;
  if (items.length !== 2 || given === undefined || result === undefined)
    throw raise('TypeError', 'Callable must be used as Callable[[arg, ...], result].');
  const last = asArgument(result, 'Callable[args, result]: result must be a type.');
  if (given === Ellipsis || isParameterSpecification(given)) return new PyForm(self.origin, [given, last], self.name);
  const before = given instanceof PyList || given instanceof PyTuple ? given.items : [given];
  const args = before.map(arg => asArgument(arg, 'Callable[[arg, ...], result]: each arg must be a type.'));
  return new PyForm(self.origin, [...args, last], self.name);
}

/** The aliases by their names. */
export function aliases(): Readonly<Record<string, Value>> {
  defineMethods(aliasClass, {
    '__repr__()': (self: PyAlias) => `typing.${self.name}`,
    '__getitem__(params, /)': subscriptAlias,
    '__call__(*args, **kwargs)': (self: PyAlias) => {
      throw raise('TypeError', `Type ${self.name} cannot be instantiated; use ${self.origin.name}() instead`);
    },
    '__mro_entries__(bases, /)': (self: PyAlias, bases: Value) => {
      const all = bases instanceof PyTuple ? bases.items : [];
      const generic = getAttribute(vm.import('typing'), 'Generic') as PyClass;
      const after = all.slice(all.indexOf(self) + 1);
      const isGeneric = (one: Value): boolean =>
        one instanceof PyForm || one instanceof PyAlias || (one instanceof PyClass && one.isSubclassOf(generic));
      const covered = after.some(isGeneric);
      return new PyTuple(covered ? [self.origin] : [self.origin, generic]);
    },
    '__instancecheck__(obj, /)': (self: PyAlias, obj: Value) => isinstance(obj, self.origin),
    '__subclasscheck__(cls, /)': (self: PyAlias, cls: Value) => issubclass(cls, self.origin),
    '__or__(other, /)': joined,
    '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
    '__getattr__(name, /)': (self: PyAlias, name: string) => {
      if (name === '__parameters__') throw new Unsupported(`the parameters of ${repr(self)}`);
      if (name.startsWith('__') && name.endsWith('__')) throw raise('AttributeError', name);
      return getAttribute(self.origin, name);
    },
  });
  defineProperties(aliasClass, {
    __origin__: (self: PyAlias) => self.origin,
    __name__: (self: PyAlias) => self.name,
    _name: (self: PyAlias) => self.name,
    __module__: () => 'typing',
  });
  const abstract = abstractCollections();
  const list: PyAlias[] = [
    new PyAlias('List', listClass, 1),
    new PyAlias('Dict', dictClass, 2),
    new PyAlias('Set', setClass, 1),
    new PyAlias('FrozenSet', frozensetClass, 1),
    new PyAlias('Tuple', tupleClass, -1),
    new PyAlias('Type', typeClass, 1),
    new PyAlias('ByteString', bytesClass, 0),
    new PyAlias('Callable', abstract.get('Callable') as PyClass, 2),
    new PyAlias('Generator', abstract.get('Generator') as PyClass, 3, [noneClass, noneClass]),
    new PyAlias('AbstractSet', abstract.get('Set') as PyClass, 1),
    new PyAlias('OrderedDict', () => classIn('collections', 'OrderedDict'), 2),
    new PyAlias('Counter', () => classIn('collections', 'Counter'), 1),
    new PyAlias('ChainMap', () => classIn('collections', 'ChainMap'), 2),
    new PyAlias('DefaultDict', () => classIn('collections', 'defaultdict'), 2),
    new PyAlias('Deque', dequeClass(), 1),
  ];
  for (const [name, count] of Object.entries(ABSTRACT)) {
    const cls = abstract.get(name);
    if (cls !== undefined) list.push(new PyAlias(name, cls as PyClass, count));
  }
  return Object.fromEntries(list.map(alias => [alias.name, alias]));
}

/** A class of a module, which is loaded for it. */
function classIn(module: string, name: string): PyClass {
  return getAttribute(vm.import(module), name) as PyClass;
}

/** Aliases of classes that other modules define, which are loaded when somebody asks for the alias. */
export function lateAlias(name: string): PyAlias | undefined {
  if (name === 'Pattern' || name === 'Match') return new PyAlias(name, classIn('re', name), 1);
  if (name === 'ContextManager')
    return new PyAlias(name, classIn('contextlib', 'AbstractContextManager'), 2, [unionOf(boolClass, noneClass)]);
  return undefined;
}
