/** `typing`: names for annotations, which mean nothing when a cell runs; `NamedTuple`, `TypedDict`, `Protocol`. */
import { isinstance, issubclass, makePlainClass } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyGenericAlias, PyUnion, unionClass, unionOf } from '../../python/runtime/genericalias';
import { defineClassMethods, defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  type Attributes,
  bytesClass,
  dictClass,
  frozensetClass,
  type Keywords,
  listClass,
  nativeClass,
  noneClass,
  objectClass,
  PyClass,
  PyInstance,
  PyList,
  type PyModule,
  PyObject,
  PyTuple,
  setClass,
  strClass,
  tupleClass,
  typeClass,
  type Value,
} from '../../python/runtime/objects';
import { call, equals, findAttribute, getAttribute, listOf, repr } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { abstractCollections } from './abstract';
import { dequeClass } from './deque';
import { asksFor, PROTOCOL_FUNCTIONS, setUpProtocol } from './protocols';
import { functions, moduleOf } from './support';

const specialFormClass = nativeClass('_SpecialForm', undefined, 'typing');
const typeVarClass = nativeClass('TypeVar', undefined, 'typing');

function named(cls: PyClass, name: string): PyInstance {
  const made = new PyInstance(cls);
  made.attrs!.set('_name', name);
  made.attrs!.set('__name__', name);
  return made;
}

const nameOf = (self: PyObject): string => String(self.attrs?.get('_name') ?? self.cls.name);

/** A name of an annotation's argument, as `typing` shows it. */
function shown(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof PyClass)
    return value.module === 'builtins' ? value.qualname : `${value.module}.${value.qualname}`;
  if (value instanceof PyTuple || value instanceof PyList) return `[${value.items.map(shown).join(', ')}]`;
  const text = repr(value);
  return text === 'Ellipsis' ? '...' : text;
}

/** `Final[int]`, `Literal['a']`: a form with its arguments. */
class PyForm extends PyObject {
  readonly origin: PyObject;
  readonly args: readonly Value[];
  /** The class that an alias such as `List` stands for. */
  readonly stands: Value | undefined;
  constructor(origin: PyObject, args: readonly Value[], stands?: Value) {
    super(formClass);
    this.origin = origin;
    this.args = args;
    this.stands = stands;
  }

  /** What `get_origin` tells: the class behind an alias, `Union` behind `Optional`. */
  get shownOrigin(): Value {
    return this.stands ?? this.origin;
  }

  get shownArgs(): readonly Value[] {
    return this.args.map(arg => (arg === null && nameOf(this.origin) !== 'Literal' ? noneClass : arg));
  }
}

const formClass = nativeClass('_GenericAlias', undefined, 'typing');

let union: PyObject | undefined;

/** `typing.Union` */
function unionForm(): PyObject {
  union ??= named(specialFormClass, 'Union');
  return union;
}

/** A union of types, each once; unions among them give their members. */
function unionOfTypes(given: readonly Value[]): Value {
  if (given.length === 0) throw raise('TypeError', 'Cannot take a Union of no types.');
  const members: Value[] = [];
  for (const one of given) {
    const nested =
      one instanceof PyForm && one.origin === unionForm() ? one.args : one instanceof PyUnion ? one.members : [one];
    for (const part of nested) {
      const member = part === noneClass ? null : part;
      if (!members.some(known => equals(known, member))) members.push(member);
    }
  }
  if (members.length === 1) return members[0] ?? noneClass;
  return new PyForm(unionForm(), members);
}

/** What decides whether two forms are equal: the members of a union in any order. */
function partsOf(form: PyForm): string {
  const parts = form.args.map(arg => repr(arg));
  return (form.origin === unionForm() ? parts.sort() : parts).join();
}

function setUpForms(): void {
  const argsOf = (args: Value): readonly Value[] => (args instanceof PyTuple ? args.items : [args]);
  defineMethods(specialFormClass, {
    '__repr__()': (self: PyObject) => `typing.${nameOf(self)}`,
    '__getitem__(parameters, /)': (self: PyObject, args: Value) => {
      const name = nameOf(self);
      if (name === 'Union') return unionOfTypes(argsOf(args));
      if (name !== 'Optional') return new PyForm(self, [...new Set(argsOf(args))]);
      if (args instanceof PyTuple)
        throw raise('TypeError', `typing.Optional requires a single type. Got ${repr(args)}.`);
      return unionOfTypes([args, null]);
    },
    '__or__(other, /)': (self: Value, other: Value) => unionOf(self, other),
    '__ror__(other, /)': (self: Value, other: Value) => unionOf(other, self),
    '__call__(*args, **kwargs)': (self: PyObject) => {
      throw raise('TypeError', `Cannot instantiate typing.${nameOf(self)}`);
    },
    '__mro_entries__(bases, /)': (self: PyObject) => {
      if (nameOf(self) === 'Any') return new PyTuple([]);
      throw raise('TypeError', `Cannot subclass ${repr(self)}`);
    },
  });
  defineMethods(formClass, {
    '__repr__()': (self: PyForm) => {
      const args = self.args.map(arg => (nameOf(self.origin) === 'Literal' ? repr(arg) : shown(arg)));
      // A union of one thing and None goes by its other name.
      if (self.origin === unionForm() && args.length === 2 && self.args.includes(null))
        return `typing.Optional[${args[self.args[0] === null ? 1 : 0]}]`;
      if (self.origin === unionForm())
        return `typing.Union[${args.map(arg => (arg === 'None' ? 'NoneType' : arg)).join(', ')}]`;
      return `typing.${nameOf(self.origin)}[${args.join(', ')}]`;
    },
    '__eq__(other, /)': (self: PyForm, other: Value) =>
      other instanceof PyForm && nameOf(self.origin) === nameOf(other.origin) && partsOf(self) === partsOf(other),
    '__hash__()': (self: PyForm) => BigInt(self.args.length),
    '__or__(other, /)': (self: Value, other: Value) => unionOf(self, other),
    '__ror__(other, /)': (self: Value, other: Value) => unionOf(other, self),
    '__mro_entries__(bases, /)': (self: PyForm) => new PyTuple(self.stands === undefined ? [] : [self.stands]),
    '__getitem__(parameters, /)': (self: PyForm) => self,
    '__instancecheck__(obj, /)': (self: PyForm, obj: Value) => {
      const name = nameOf(self.origin);
      if (name !== 'Union')
        throw raise('TypeError', 'Subscripted generics cannot be used with class and instance checks');
      return self.args.some(arg => (arg === null ? obj === null : isinstance(obj, arg)));
    },
  });
  defineProperties(formClass, {
    __origin__: (self: PyForm) => self.shownOrigin,
    __args__: (self: PyForm) => new PyTuple(self.shownArgs),
  });
}

function setUpTypeVars(): void {
  for (const [cls, name] of [
    [typeVarClass, 'TypeVar'],
    [paramSpecClass, 'ParamSpec'],
    [typeVarTupleClass, 'TypeVarTuple'],
  ] as const) {
    defineConstructor(cls, `${name}(name, *constraints, **kwargs)`, (own, label, _constraints, options) => {
      const made = named(own, String(label));
      // Of PEP 695: neither co- nor contravariant as far as anyone said.
      if (options.get('infer_variance') === true) made.attrs!.set('__infer_variance__', true);
      return made;
    });
    defineMethods(cls, {
      '__repr__()': (self: PyObject) =>
        cls === typeVarClass && !self.attrs?.has('__infer_variance__') ? `~${nameOf(self)}` : nameOf(self),
      '__or__(other, /)': (self: Value, other: Value) => unionOf(self, other),
      '__ror__(other, /)': (self: Value, other: Value) => unionOf(other, self),
      '__iter__()': (self: Value) => call(getAttribute(new PyTuple([self]), '__iter__'), []),
    });
  }
  defineProperties(paramSpecClass, { args: (self: Value) => self, kwargs: (self: Value) => self });
}

const paramSpecClass = nativeClass('ParamSpec', undefined, 'typing');
const typeVarTupleClass = nativeClass('TypeVarTuple', undefined, 'typing');

/** Classes that only say something to a type checker; a class below one is an ordinary class. */
function markerClass(name: string, base = objectClass): PyClass {
  const cls = nativeClass(name, [base], 'typing');
  defineClassMethods(cls, {
    '__class_getitem__(params, /)': (own: PyClass, params: Value) =>
      new PyGenericAlias(own, params instanceof PyTuple ? params.items : [params]),
  });
  return cls;
}

/** `class P(NamedTuple): x: int = 0` */
function namedTupleClass(): PyClass {
  const cls = nativeClass('NamedTuple', [objectClass], 'typing');
  const makeNamed = (name: string, fields: readonly string[], defaults: PyDict, module: Value, extra: PyDict): Value =>
    call(getAttribute(vm.import('collections'), '_make_named_tuple'), [
      name,
      new PyTuple(fields),
      defaults,
      module,
      extra,
    ]);
  cls.makeSubclass = (name: string, bases: readonly PyClass[], namespace: Attributes, keywords: Keywords) => {
    if (!bases.includes(cls)) return makePlainClass(name, bases, namespace, keywords);
    const annotations = namespace.get('__annotations__');
    const fields = annotations instanceof PyDict ? [...annotations.keys()].map(String) : [];
    const defaults = new PyDict();
    const extra = new PyDict();
    for (const [key, value] of namespace) {
      if (fields.includes(key)) defaults.set(key, value);
      else if (key !== '__qualname__') extra.set(key, value);
    }
    let last: string | undefined;
    for (const field of fields) {
      if (defaults.has(field)) last = field;
      else if (last !== undefined)
        throw raise('TypeError', `Non-default namedtuple field ${field} cannot follow default field ${last}`);
    }
    return makeNamed(name, fields, defaults, namespace.get('__module__') ?? null, extra) as PyClass;
  };
  defineConstructor(cls, 'NamedTuple(typename, fields=None)', (_own: PyClass, name: string, fields?: Value) => {
    const pairs = fields === undefined || fields === null ? [] : listOf(fields).map(listOf);
    const annotations = PyDict.from(pairs.map(([field, hint]) => [field!, hint!] as const));
    const extra = PyDict.from([['__annotations__', annotations]]);
    return makeNamed(
      name,
      pairs.map(([field]) => String(field)),
      new PyDict(),
      null,
      extra,
    );
  });
  return cls;
}

/** `class T(TypedDict): ...` makes dicts. */
function typedDictClass(): PyClass {
  const cls = nativeClass('TypedDict', [objectClass], 'typing');
  cls.makeSubclass = (name, bases, namespace, keywords) => {
    const rest = new Map(keywords ?? []);
    rest.delete('total');
    const plain = bases.map(base => (base === cls ? dictClass : base));
    return makePlainClass(name, plain, namespace, rest);
  };
  defineConstructor(cls, 'TypedDict(typename, fields=None, *, total=True)', (_own: PyClass, name: string) =>
    makePlainClass(name, [dictClass], new Map(), undefined),
  );
  return cls;
}

function protocolClass(generic: PyClass): PyClass {
  const cls = markerClass('Protocol', generic);
  setUpProtocol(cls);
  return cls;
}

const SUPPORTS = ['Abs', 'Bytes', 'Complex', 'Float', 'Index', 'Int', 'Round'].map(
  name => [`Supports${name}`, `__${name.toLowerCase()}__`] as const,
);

const FORMS =
  'Any Union Optional Literal Final ClassVar Annotated Concatenate TypeGuard TypeIs NoReturn Never Self LiteralString Required NotRequired ReadOnly Unpack TypeAlias';

/** `List`, `Dict` and so on: the classes themselves under an older name. */
const ALIASES: Readonly<Record<string, PyClass>> = {
  List: listClass,
  Dict: dictClass,
  Set: setClass,
  FrozenSet: frozensetClass,
  Tuple: tupleClass,
  Type: typeClass,
  ByteString: bytesClass,
};

const ABSTRACT =
  'Hashable Iterable Iterator Reversible Generator Sized Container Collection Callable MutableSet MappingView KeysView ItemsView ValuesView Mapping MutableMapping Sequence MutableSequence Awaitable Coroutine AsyncIterable AsyncIterator';

/** `typing.List`: subscripts to `typing.List[int]`, acts as `list`. */
const aliasClass = nativeClass('_SpecialGenericAlias', undefined, 'typing');

class PyAlias extends PyObject {
  readonly name: string;
  readonly origin: Value;
  constructor(name: string, origin: Value) {
    super(aliasClass);
    this.name = name;
    this.origin = origin;
  }
}

function setUpAliases(): void {
  defineMethods(aliasClass, {
    '__repr__()': (self: PyAlias) => `typing.${self.name}`,
    '__getitem__(params, /)': (self: PyAlias, params: Value) => {
      const args = params instanceof PyTuple ? params.items : [params];
      return new PyForm(named(specialFormClass, self.name), args, self.origin);
    },
    '__call__(*args, **kwargs)': (self: PyAlias, args: PyTuple, keywords: Map<string, Value>) =>
      call(self.origin, [...args.items], keywords),
    '__mro_entries__(bases, /)': (self: PyAlias) => new PyTuple([self.origin]),
    '__instancecheck__(obj, /)': (self: PyAlias, obj: Value) => isinstance(obj, self.origin),
    '__subclasscheck__(cls, /)': (self: PyAlias, cls: Value) => issubclass(cls, self.origin),
    '__or__(other, /)': (self: Value, other: Value) => unionOf(self, other),
    '__ror__(other, /)': (self: Value, other: Value) => unionOf(other, self),
  });
  defineProperties(aliasClass, { __origin__: (self: PyAlias) => self.origin });
}

/** An annotation as `get_type_hints` tells it; what stands as a text would have to be evaluated. */
function resolved(hint: Value): Value {
  const parts = hint instanceof PyForm && nameOf(hint.origin) !== 'Literal' ? hint.args : [hint];
  if (parts.some(part => typeof part === 'string'))
    throw new Unsupported('get_type_hints of an annotation that is a text');
  return hint ?? noneClass;
}

/** `get_type_hints`: annotations of a class and its bases, or of a function. */
function typeHints(target: Value): PyDict {
  const hints = new PyDict();
  const sources = target instanceof PyClass ? [...target.mro].reverse() : [target];
  for (const source of sources) {
    const own =
      source instanceof PyClass ? source.attrs.get('__annotations__') : findAttribute(source, '__annotations__');
    if (own instanceof PyDict) for (const [name, hint] of own.entries()) hints.set(name, resolved(hint));
  }
  return hints;
}

export function loadTyping(): PyModule {
  setUpForms();
  setUpTypeVars();
  setUpAliases();
  const identity = (value: Value): Value => value;
  const members: Record<string, Value> = {};
  for (const name of FORMS.split(' ')) members[name] = name === 'Union' ? unionForm() : named(specialFormClass, name);
  for (const [name, cls] of Object.entries(ALIASES)) members[name] = new PyAlias(name, cls);
  const abstract = abstractCollections();
  for (const name of ABSTRACT.split(' ')) {
    const found = abstract.get(name);
    if (found !== undefined) members[name] = new PyAlias(name, found);
  }
  const collections = vm.import('collections');
  for (const name of ['OrderedDict', 'Counter', 'ChainMap'])
    members[name] = new PyAlias(name, getAttribute(collections, name));
  members.DefaultDict = new PyAlias('DefaultDict', getAttribute(collections, 'defaultdict'));
  members.Deque = new PyAlias('Deque', dequeClass());
  const generic = markerClass('Generic');
  const anyStr = named(typeVarClass, 'AnyStr');
  return moduleOf('typing', {
    ...members,
    AbstractSet: new PyAlias('AbstractSet', abstract.get('Set')!),
    Text: strClass,
    AnyStr: anyStr,
    TYPE_CHECKING: false,
    Generic: generic,
    Protocol: protocolClass(generic),
    NamedTuple: namedTupleClass(),
    TypedDict: typedDictClass(),
    TypeVar: typeVarClass,
    ParamSpec: paramSpecClass,
    TypeVarTuple: typeVarTupleClass,
    ...Object.fromEntries(SUPPORTS.map(([name, method]) => [name, asksFor(markerClass(name), method)])),
    ...functions({
      ...PROTOCOL_FUNCTIONS,
      'cast(typ, val)': (_typ: Value, value: Value) => value,
      'overload(func)': identity,
      'final(f)': identity,
      'override(method, /)': identity,
      'no_type_check(arg)': identity,
      'assert_type(val, typ, /)': identity,
      'reveal_type(obj, /)': identity,
      'dataclass_transform(**kwargs)': () => functions({ 'decorator(cls)': identity }).decorator!,
      'NewType(name, tp)': (name: Value) => functions({ [`${String(name)}(x)`]: identity })[String(name)]!,
      'get_type_hints(obj, globalns=None, localns=None, include_extras=False)': typeHints,
      'get_origin(tp)': (hint: Value) =>
        hint instanceof PyForm
          ? hint.shownOrigin
          : hint instanceof PyGenericAlias || hint instanceof PyAlias
            ? hint.origin
            : hint instanceof PyUnion
              ? unionClass
              : null,
      'get_args(tp)': (hint: Value) =>
        hint instanceof PyForm
          ? new PyTuple(hint.shownArgs)
          : hint instanceof PyGenericAlias
            ? new PyTuple(hint.args)
            : hint instanceof PyUnion
              ? new PyTuple(hint.members.map(member => member ?? noneClass))
              : new PyTuple([]),
      'assert_never(arg, /)': (value: Value) => {
        throw raise('AssertionError', `Expected code to be unreachable, but got: ${repr(value)}`);
      },
    }),
  });
}
