/** Generic models that are given their arguments. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { type Attributes, PyClass, PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { substituted } from './annotations';
import { PyGenericMetadata } from './genericMetadata';
import {
  baseModel,
  genericMetadata,
  isModelClass,
  makeModel,
  modelMeta,
  root,
  rootAnnotation,
  withArguments,
} from './model';

const parametrized = new WeakMap<PyClass, { readonly args: readonly Value[]; readonly cls: PyClass }[]>();

/** `Box[int]`: a model of its own, always the same one for the same arguments. */
export function parametrize(cls: PyClass, given: Value, nameOf: (args: readonly Value[]) => string): PyClass {
  const args = (given instanceof PyTuple ? given.items : [given]).map(one => one);
  const known = genericMetadata(cls);
  if (cls === baseModel) throw raise('TypeError', 'Type parameters should be placed on typing.Generic, not BaseModel');
  const parameters = cls === root.model ? [rootAnnotation()] : (known?.parameters ?? []);
  if (cls.lookup('__parameters__') === undefined && cls !== root.model)
    throw raise('TypeError', `${repr(cls)} cannot be parametrized because it does not inherit from typing.Generic`);
  if (parameters.length === 0) throw raise('TypeError', `${repr(cls)} is not a generic class`);
  if (args.length !== parameters.length)
    throw raise(
      'TypeError',
      `Too ${args.length > parameters.length ? 'many' : 'few'} parameters for ${repr(cls)}; actual ${args.length}, expected ${parameters.length}`,
    );
  if (args.every((one, at) => one === parameters[at])) return cls;
  const values = new Map(parameters.map((one, at) => [one, args[at]!]));
  const all =
    known === undefined || known.args.length === 0
      ? args
      : known.args.map(one => substituted(one, values, withArguments));
  const origin = known?.origin ?? cls;
  const cache = parametrized.get(origin) ?? [];
  vm.step(cache.length);
  const same = cache.find(
    one =>
      one.args.length === all.length &&
      one.args.every((arg, at) => arg === all[at] || (repr(arg) === repr(all[at]!) && !(arg instanceof PyClass))),
  );
  if (same !== undefined) return same.cls;
  const name = nameOf(all);
  const free = freeVariables(all);
  const namespace: Attributes = new Map<string, Value>([
    ['__module__', origin.module],
    ['__qualname__', name],
  ]);
  if (origin.cls !== modelMeta) throw new Unsupported('a generic model with a metaclass of its own');
  const begin = (made: PyClass): void => {
    if (free.length > 0) made.setAttribute('__parameters__', new PyTuple(free));
    parametrized.set(origin, [...(parametrized.get(origin) ?? []), { args: all, cls: made }]);
  };
  try {
    return makeModel(name, [origin], namespace, undefined, new PyGenericMetadata(origin, all, free, begin));
  } catch (error) {
    parametrized.set(origin, cache);
    throw error;
  }
}

function freeVariables(args: readonly Value[]): readonly Value[] {
  const found = new Set<Value>();
  const look = (value: Value): void => {
    if (value instanceof PyObject && value.cls.name === 'TypeVar') found.add(value);
    else if (value instanceof PyObject && 'args' in value && Array.isArray(value.args))
      (value.args as Value[]).forEach(look);
    else if (value instanceof PyObject && 'members' in value && Array.isArray(value.members))
      (value.members as Value[]).forEach(look);
    else if (isModelClass(value)) genericMetadata(value)?.parameters.forEach(look);
  };
  args.forEach(look);
  return [...found];
}
