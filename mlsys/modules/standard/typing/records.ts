/** `NamedTuple` and `TypedDict`. */
import { annotationEntries } from '../../../python/runtime/annotations';
import { makePlainClass } from '../../../python/runtime/classes';
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { defineConstructor } from '../../../python/runtime/native';
import {
  type Attributes,
  dictClass,
  type Keywords,
  nativeClass,
  objectClass,
  PyClass,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import { call, getAttribute, listOf, truth } from '../../../python/runtime/operations';
import { PyFrozenSet } from '../../../python/runtime/set';
import { vm } from '../../../python/runtime/vm';
import { PyForm } from './forms';

/** What a body of a `NamedTuple` cannot define. */
const PROHIBITED = new Set(
  '__new__ __init__ __slots__ __getnewargs__ _fields _field_defaults _field_types _make _replace _asdict _source'.split(
    ' ',
  ),
);

/** `class P(NamedTuple): x: int = 0` */
export function namedTupleClass(): PyClass {
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
    const fields = annotationEntries(namespace.get('__annotations__')).map(([name]) => name);
    const defaults = new PyDict();
    const extra = new PyDict();
    for (const [key, value] of namespace) {
      if (fields.includes(key)) defaults.set(key, value);
      else if (key !== '__qualname__') extra.set(key, value);
    }
    for (const key of namespace.keys())
      if (PROHIBITED.has(key)) throw raise('AttributeError', `Cannot overwrite NamedTuple attribute ${key}`);
    let last: string | undefined;
    for (const field of fields) {
      if (defaults.has(field)) last = field;
      else if (last !== undefined)
        throw raise('TypeError', `Non-default namedtuple field ${field} cannot follow default field ${last}`);
    }
    extra.set('__orig_bases__', new PyTuple([cls]));
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

/** What the class statement of a `TypedDict` says about each key. */
interface Keys {
  readonly hints: Map<string, Value>;
  readonly required: Set<string>;
  readonly readonly: Set<string>;
}

const keysOf = new WeakMap<PyClass, Keys>();

/** True for a class that `TypedDict` made. */
export const isTypedDict = (value: Value): boolean => value instanceof PyClass && keysOf.has(value);

/** The qualifiers of an annotation, outermost first: `Required[ReadOnly[int]]`. */
function qualifiers(hint: Value): string[] {
  const names: string[] = [];
  for (let at = hint; at instanceof PyForm && at.formName !== undefined; [at] = at.args as [Value])
    if (['Annotated', 'Required', 'NotRequired', 'ReadOnly'].includes(at.formName)) names.push(at.formName);
    else break;
  return names;
}

function makeTypedDict(
  name: string,
  bases: readonly PyClass[],
  namespace: Attributes,
  total: boolean,
  typedDict: PyClass,
): PyClass {
  const known: Keys = { hints: new Map(), required: new Set(), readonly: new Set() };
  for (const base of bases) {
    const inherited = keysOf.get(base);
    if (inherited === undefined) {
      if (base !== typedDict && base.module !== 'typing')
        throw raise('TypeError', 'cannot inherit from both a TypedDict type and a non-TypedDict base class');
      continue;
    }
    for (const [key, hint] of inherited.hints) known.hints.set(key, hint);
    for (const key of inherited.required) known.required.add(key);
    for (const key of inherited.readonly) known.readonly.add(key);
  }
  for (const [label, hint] of annotationEntries(namespace.get('__annotations__'))) {
    const marks = qualifiers(hint);
    known.hints.set(label, hint);
    if (marks.includes('Required') || (total && !marks.includes('NotRequired'))) known.required.add(label);
    else known.required.delete(label);
    if (marks.includes('ReadOnly')) known.readonly.add(label);
    else known.readonly.delete(label);
  }
  const attributes: Attributes = new Map(namespace);
  if (!attributes.has('__orig_bases__')) attributes.set('__orig_bases__', new PyTuple(bases));
  attributes.set('__annotations__', PyDict.from(known.hints));
  const all = [...known.hints.keys()];
  for (const [attribute, keys] of [
    ['__required_keys__', all.filter(key => known.required.has(key))],
    ['__optional_keys__', all.filter(key => !known.required.has(key))],
    ['__readonly_keys__', all.filter(key => known.readonly.has(key))],
    ['__mutable_keys__', all.filter(key => !known.readonly.has(key))],
  ] as const)
    attributes.set(attribute, PyFrozenSet.from(keys));
  attributes.set('__total__', total);
  const generic = bases.filter(base => base.module === 'typing' && base.name === 'Generic');
  const made = makePlainClass(name, [dictClass, ...generic], attributes, undefined);
  keysOf.set(made, known);
  // an instance is a dict like any other
  made.construct = (_cls, args, keywords) => call(dictClass, args, keywords);
  const refuse = (): never => {
    throw raise('TypeError', 'TypedDict does not support instance and class checks');
  };
  made.subclassHook = refuse;
  return made;
}

/** `class T(TypedDict): ...` makes dicts. */
export function typedDictClass(): PyClass {
  const cls = nativeClass('TypedDict', [objectClass], 'typing');
  const makeSubclass = (name: string, bases: readonly PyClass[], namespace: Attributes, keywords: Keywords) => {
    for (const key of keywords?.keys() ?? [])
      if (key !== 'total')
        throw raise('TypeError', `_TypedDictMeta.__new__() got an unexpected keyword argument '${key}'`);
    const made = makeTypedDict(name, bases, namespace, truth(keywords?.get('total') ?? true), cls);
    made.makeSubclass = makeSubclass;
    return made;
  };
  cls.makeSubclass = makeSubclass;
  defineConstructor(
    cls,
    'TypedDict(typename, fields, /, *, total=True)',
    (_own: PyClass, name: string, fields: Value, total?: Value) => {
      const namespace: Attributes = new Map<string, Value>([
        ['__annotations__', fields instanceof PyDict ? fields : new PyDict()],
        ['__orig_bases__', new PyTuple([cls])],
      ]);
      const keywords = total === undefined ? undefined : new Map([['total', total]]);
      return makeSubclass(name, [cls], namespace, keywords);
    },
  );
  return cls;
}
