/** `typing`: what annotations are made of, `NamedTuple`, `TypedDict`, `Protocol`, and what asks about them. */
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { PyFunction } from '../../../python/runtime/function';
import { PyGenericAlias, PyUnion, unionClass } from '../../../python/runtime/genericAlias';
import { fn } from '../../../python/runtime/native';
import {
  Ellipsis,
  nativeClass,
  noneClass,
  PyClass,
  PyList,
  type PyModule,
  PyObject,
  PyTuple,
  strClass,
  type Value,
} from '../../../python/runtime/objects';
import { repr, setAttribute } from '../../../python/runtime/operations';
import { functions, moduleOf } from '../support';
import { aliases, lateAlias, PyAlias } from './aliases';
import {
  annotatedForm,
  isParameterSpecification,
  joined,
  literalForm,
  PyForm,
  setUpForms,
  specialForm,
  unionForm,
} from './forms';
import { genericClasses } from './generic';
import { typeHints } from './hints';
import { asksFor, PROTOCOL_FUNCTIONS } from './protocols';
import { isTypedDict, namedTupleClass, typedDictClass } from './records';
import { PySpecPart, typeVariableClasses } from './variables';

const SUPPORTS = ['Abs', 'Bytes', 'Complex', 'Float', 'Index', 'Int', 'Round'].map(
  name => [`Supports${name}`, `__${name.toLowerCase()}__`] as const,
);

const FORMS =
  'Any Optional Final ClassVar Concatenate TypeGuard TypeIs NoReturn Never Self LiteralString Required NotRequired ReadOnly Unpack TypeAlias';

function getOrigin(generic: PyClass): (hint: Value) => Value {
  return hint => {
    if (hint instanceof PyForm || hint instanceof PyGenericAlias || hint instanceof PyAlias) return hint.origin;
    if (hint instanceof PyUnion) return unionClass;
    if (hint instanceof PySpecPart) return hint.origin;
    return hint === generic ? generic : null;
  };
}

function getArgs(hint: Value): PyTuple {
  if (hint instanceof PyUnion) return new PyTuple(hint.members.map(member => member ?? noneClass));
  if (!(hint instanceof PyForm)) return new PyTuple(hint instanceof PyGenericAlias ? hint.args : []);
  if (hint.formName === 'Annotated') return new PyTuple([...hint.args, ...hint.metadata]);
  const [first] = hint.args;
  if (hint.alias !== 'Callable' || first === Ellipsis || isParameterSpecification(first!))
    return new PyTuple(hint.args);
  return new PyTuple([new PyList([...hint.args.slice(0, -1)]), hint.args.at(-1)!]);
}

/** Notes something about a class or function, where it takes it. */
function marked(target: Value, name: string, value: Value): Value {
  const takes = target instanceof PyFunction || (target instanceof PyClass && !target.native);
  if (takes || (target instanceof PyObject && !target.cls.native)) setAttribute(target, name, value);
  return target;
}

const dummy = fn('_overload_dummy(*args, **kwds)', () => {
  throw raise(
    'NotImplementedError',
    'You should not call an overloaded function. A series of @overload-decorated functions outside a stub module should ' +
      'always be followed by an implementation that is not @overload-ed.',
  );
});

/** `@dataclass_transform(...)`: notes what it was given. */
function dataclassTransform(
  equality: Value = true,
  order: Value = false,
  keywordOnly: Value = false,
  frozen: Value = false,
  specifiers: Value = new PyTuple([]),
  kwargs: ReadonlyMap<string, Value> = new Map(),
): Value {
  const notes = PyDict.from([
    ['eq_default', equality],
    ['order_default', order],
    ['kw_only_default', keywordOnly],
    ['frozen_default', frozen],
    ['field_specifiers', specifiers],
    ['kwargs', PyDict.from(kwargs)],
  ]);
  return fn('decorator(cls_or_fn)', (target: Value) => marked(target, '__dataclass_transform__', notes));
}

export function loadTyping(): PyModule {
  const { generic, protocol } = genericClasses();
  setUpForms(generic);
  const variables = typeVariableClasses(joined);
  const identity = (value: Value): Value => value;
  const supports = SUPPORTS.map(([name, method]) => [name, asksFor(nativeClass(name, [generic], 'typing'), method)]);
  const module = moduleOf('typing', {
    ...Object.fromEntries(FORMS.split(' ').map(name => [name, specialForm(name)])),
    Union: unionForm,
    Literal: literalForm,
    Annotated: annotatedForm,
    ...aliases(),
    ...variables,
    Text: strClass,
    TYPE_CHECKING: false,
    Generic: generic,
    Protocol: protocol,
    NamedTuple: namedTupleClass(),
    TypedDict: typedDictClass(),
    ...Object.fromEntries(supports),
    ...functions({
      ...PROTOCOL_FUNCTIONS,
      'cast(typ, val)': (_typ: Value, value: Value) => value,
      'overload(func)': () => dummy,
      'final(f)': (target: Value) => marked(target, '__final__', true),
      'override(method, /)': (target: Value) => marked(target, '__override__', true),
      'no_type_check(arg)': (target: Value) => marked(target, '__no_type_check__', true),
      'assert_type(val, typ, /)': identity,
      'reveal_type(obj, /)': identity,
      'dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False, field_specifiers=(), **kwargs)':
        dataclassTransform,
      'get_type_hints(obj, globalns=None, localns=None, include_extras=False)': typeHints,
      'get_origin(tp)': getOrigin(generic),
      'get_args(tp)': getArgs,
      'is_typeddict(tp)': isTypedDict,
      'assert_never(arg, /)': (value: Value) => {
        throw raise('AssertionError', `Expected code to be unreachable, but got: ${repr(value)}`);
      },
    }),
  });
  module.lazy = lateAlias;
  return module;
}
