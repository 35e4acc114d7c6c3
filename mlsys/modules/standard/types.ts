/** `types`, `time` and `__future__` */

import { makeClassOf } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { genericAliasClass, unionClass } from '../../python/runtime/genericAlias';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import {
  dictClass,
  ellipsisClass,
  functionClass,
  generatorClass,
  methodClass,
  moduleClass,
  nativeClass,
  nativeFunctionClass,
  noneClass,
  notImplementedClass,
  type PyClass,
  PyInstance,
  type PyModule,
  type PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, compare, equals, repr } from '../../python/runtime/operations';
import { mappingProxyClass } from './mappingProxy';
import { structTimeClass } from './structTime';
import { functions, moduleOf } from './support';

function simpleNamespace(): PyClass {
  const cls = nativeClass('SimpleNamespace', undefined, 'types');
  defineConstructor(
    cls,
    'SimpleNamespace(mapping=None, /, **kwargs)',
    (own: PyClass, mapping: Value, names: Map<string, Value>) => {
      const made = new PyInstance(own);
      const given = mapping === undefined || mapping === null ? undefined : call(dictClass, [mapping]);
      if (given instanceof PyDict)
        for (const [key, value] of given.entries()) {
          if (typeof key !== 'string') throw raise('TypeError', 'keywords must be strings');
          made.attrs!.set(key, value);
        }
      for (const [name, value] of names) made.attrs!.set(name, value);
      return made;
    },
  );
  const dictOf = (self: PyObject): PyDict => PyDict.from(self.attrs ?? []);
  defineMethods(cls, {
    '__replace__(**changes)': (self: PyObject, changes: Map<string, Value>) =>
      call(self.cls, [], new Map([...(self.attrs ?? []), ...changes])),
    '__repr__()': (self: PyObject) => {
      const name = self.cls === cls ? 'namespace' : self.cls.name;
      return `${name}(${[...(self.attrs ?? [])].map(([key, value]) => `${key}=${repr(value)}`).join(', ')})`;
    },
    '__eq__(other, /)': (self: PyObject, other: Value) =>
      other instanceof PyInstance && other.cls.isSubclassOf(cls) && equals(dictOf(self), dictOf(other)),
    '__ne__(other, /)': (self: PyObject, other: Value) =>
      !(
        other instanceof PyInstance &&
        other.cls.isSubclassOf(cls) &&
        compare('==', dictOf(self), dictOf(other)) === true
      ),
  });
  cls.setAttribute('__hash__', null);
  return cls;
}

export function loadTypes(): PyModule {
  return moduleOf('types', {
    SimpleNamespace: simpleNamespace(),
    FunctionType: functionClass,
    LambdaType: functionClass,
    BuiltinFunctionType: nativeFunctionClass,
    BuiltinMethodType: nativeFunctionClass,
    MethodType: methodClass,
    ModuleType: moduleClass,
    GeneratorType: generatorClass,
    MappingProxyType: mappingProxyClass,
    NoneType: noneClass,
    EllipsisType: ellipsisClass,
    NotImplementedType: notImplementedClass,
    GenericAlias: genericAliasClass,
    UnionType: unionClass,
    ...functions({
      'new_class(name, bases=(), kwds=None, exec_body=None)': (
        name: string,
        bases?: Value,
        kwds?: Value,
        body?: Value,
      ) => {
        const namespace = new PyDict();
        if (body !== undefined && body !== null) call(body, [namespace]);
        const attributes = new Map<string, Value>([['__module__', 'types']]);
        for (const [key, value] of namespace.entries()) attributes.set(String(key), value);
        const keywords = kwds instanceof PyDict ? new Map([...kwds.entries()] as [string, Value][]) : undefined;
        return makeClassOf(name, bases instanceof PyTuple ? bases.items : [], attributes, keywords);
      },
      'coroutine(func)': (func: Value) => {
        throw new Unsupported(
          'coroutines',
          func instanceof PyFunction ? `write ${func.name} as a plain function` : undefined,
        );
      },
    }),
  });
}

/** Cells have no clock: a chapter's numbers must not depend on when it is rendered. */
export function loadTime(): PyModule {
  const refuse = (name: string) => () => {
    throw new Unsupported(`time.${name}()`, 'cells have no clock, so that every run gives the same');
  };
  const names = [
    'time',
    'time_ns',
    'perf_counter',
    'perf_counter_ns',
    'monotonic',
    'process_time',
    'localtime',
    'gmtime',
    'ctime',
    'strftime',
    'asctime',
  ];
  return moduleOf('time', {
    ...functions(Object.fromEntries(names.map(name => [`${name}(*args)`, refuse(name)]))),
    ...functions({ 'sleep(seconds, /)': () => null }),
    struct_time: structTimeClass,
    timezone: 0n,
  });
}

export function loadFuture(): PyModule {
  const feature = nativeClass('_Feature', undefined, '__future__');
  const names =
    'nested_scopes generators division absolute_import with_statement print_function unicode_literals generator_stop annotations';
  return moduleOf('__future__', Object.fromEntries(names.split(' ').map(name => [name, new PyInstance(feature)])));
}
