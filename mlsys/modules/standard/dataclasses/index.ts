/** `dataclasses` */
import { makeClass } from '../../../python/runtime/classes';
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { fn } from '../../../python/runtime/native';
import { PyClass, type PyModule, PyTuple, typeOf, type Value } from '../../../python/runtime/objects';
import { listOf, repr, truth } from '../../../python/runtime/operations';
import { KEYWORDS } from '../../../python/syntax/tokens';
import { classes, functions, moduleOf } from '../support';
import { allFields, asDict, asTuple, ownFields, replace } from './copies';
import { fieldClass, initVarClass, KEYWORD_ONLY, MISSING, makeField, setUpFields } from './field';
import { DEFAULTS, frozenError, type Options, process } from './process';

/** The decorator's options from its arguments in order. */
function optionsOf(args: readonly (Value | undefined)[]): Options {
  const entries = Object.entries(DEFAULTS).map(([name, value], at) => [
    name,
    args[at] === undefined ? value : truth(args[at]),
  ]);
  return Object.fromEntries(entries) as Options;
}

const OPTIONS = Object.entries(DEFAULTS)
  .map(([name, value]) => `${name}=${value ? 'True' : 'False'}`)
  .join(', ');

function decorate(cls: Value | undefined, ...args: (Value | undefined)[]): Value {
  const options = optionsOf(args);
  const apply = (one: Value): Value => {
    if (!(one instanceof PyClass)) throw raise('TypeError', 'dataclass() should be called on a class');
    return process(one, options);
  };
  return cls === undefined || cls === null ? fn('wrap(cls)', apply) : apply(cls);
}

/** The parts of an item of `make_dataclass`: a name, a type perhaps, a default perhaps. */
function itemParts(item: Value): [Value, Value, Value | undefined] {
  if (typeof item === 'string') return [item, 'typing.Any', undefined];
  const [name, hint, value, ...more] = listOf(item);
  if (hint === undefined || more.length > 0) throw raise('TypeError', `Invalid field: ${repr(item)}`);
  return [name!, hint, value];
}

function makeDataclass(
  name: string,
  fields: Value,
  bases?: Value,
  namespace?: Value,
  ...args: (Value | undefined)[]
): Value {
  const attributes = new Map<string, Value>();
  if (namespace instanceof PyDict)
    for (const [key, value] of namespace.entries()) if (typeof key === 'string') attributes.set(key, value);
  const annotations = new Map<string, Value>();
  for (const item of listOf(fields)) {
    const [field, hint, value] = itemParts(item);
    if (typeof field !== 'string' || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(field))
      throw raise('TypeError', `Field names must be valid identifiers: ${repr(field)}`);
    if (KEYWORDS.has(field)) throw raise('TypeError', `Field names must not be keywords: ${repr(field)}`);
    if (annotations.has(field)) throw raise('TypeError', `Field name duplicated: ${repr(field)}`);
    annotations.set(field, hint);
    if (value !== undefined) attributes.set(field, value);
  }
  attributes.set('__annotations__', PyDict.from(annotations));
  const [module, ...options] = args;
  if (module !== undefined && module !== null) attributes.set('__module__', module);
  const made = makeClass(name, bases instanceof PyTuple ? bases.items : [], attributes);
  return process(made, optionsOf(options));
}

export function loadDataclasses(): PyModule {
  setUpFields();
  return moduleOf('dataclasses', {
    ...functions({
      [`dataclass(cls=None, /, *, ${OPTIONS})`]: decorate,
      'field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING)':
        makeField,
      'fields(class_or_instance)': (value: Value) => {
        const found = ownFields(value);
        if (found === undefined) throw raise('TypeError', 'must be called with a dataclass type or instance');
        return new PyTuple(found);
      },
      'is_dataclass(obj)': (value: Value) => allFields(value instanceof PyClass ? value : typeOf(value)) !== undefined,
      'asdict(obj, *, dict_factory=dict)': asDict,
      'astuple(obj, *, tuple_factory=tuple)': asTuple,
      'replace(obj, /, **changes)': replace,
      [`make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, ${OPTIONS})`]: makeDataclass,
    }),
    ...classes(fieldClass, initVarClass, frozenError()),
    MISSING,
    KW_ONLY: KEYWORD_ONLY,
  });
}
