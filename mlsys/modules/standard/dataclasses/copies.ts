/** `asdict`, `astuple` and `replace`. */
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import {
  dictClass,
  type Keywords,
  listClass,
  PyList,
  PyTuple,
  tupleClass,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, findAttribute, getAttribute, repr, setItem, truth } from '../../../python/runtime/operations';
import { causeOf, isUnknown, leadingTo, spread } from '../../../python/runtime/unknown';
import { vm } from '../../../python/runtime/vm';
import { deepCopy } from '../copy';
import { MISSING, type PyField } from './field';

/** The fields of a data class or of an instance of one; undefined for anything else. */
export function allFields(value: Value): readonly PyField[] | undefined {
  const found = findAttribute(value, '__dataclass_fields__');
  return found instanceof PyDict ? ([...found.values()] as PyField[]) : undefined;
}

/** The same without class variables and parameters of `__init__` alone. */
export function ownFields(value: Value): readonly PyField[] | undefined {
  return allFields(value)?.filter(field => field.kind === '_FIELD');
}

/** What becomes of an instance of a data class when it is copied. */
type Rebuild = (fields: readonly PyField[], values: readonly Value[]) => Value;

/** Copies a value in depth; instances of data classes become what `rebuild` makes of their fields. */
function converted(value: Value, rebuild: Rebuild): Value {
  if (isUnknown(value)) return spread(causeOf(value), { may: leadingTo([value]) });
  vm.step(20);
  vm.enter();
  try {
    const cls = typeOf(value);
    const fields = ownFields(cls);
    const inner = (one: Value): Value => converted(one, rebuild);
    if (fields !== undefined)
      return rebuild(
        fields,
        fields.map(field => inner(getAttribute(value, field.name!))),
      );
    if (value instanceof PyList || value instanceof PyTuple) return sequence(value, value.items.map(inner));
    if (value instanceof PyDict) return mapping(value, inner);
    return deepCopy(value);
  } finally {
    vm.leave();
  }
}

function sequence(value: PyList | PyTuple, items: Value[]): Value {
  const { cls } = value;
  if (cls === listClass) return new PyList(items);
  if (cls === tupleClass) return new PyTuple(items);
  return findAttribute(value, '_fields') === undefined ? call(cls, [new PyList(items)]) : call(cls, items);
}

function mapping(value: PyDict, inner: (one: Value) => Value): Value {
  const entries = [...value.entries()].map(([key, one]): [Value, Value] => [inner(key), inner(one)]);
  if (value.cls === dictClass) return PyDict.from(entries);
  const factory = findAttribute(value, 'default_factory');
  if (factory === undefined) return call(value.cls, [new PyList(entries.map(pair => new PyTuple(pair)))]);
  const made = call(value.cls, [factory]);
  for (const [key, one] of entries) setItem(made, key, one);
  return made;
}

function instanceFields(value: Value, name: string): void {
  if (ownFields(typeOf(value)) === undefined)
    throw raise('TypeError', `${name}() should be called on dataclass instances`);
}

export function asDict(value: Value, factory: Value | undefined): Value {
  instanceFields(value, 'asdict');
  return converted(value, (fields, values) => {
    const pairs = fields.map((field, at): [Value, Value] => [field.name!, values[at]!]);
    if (factory === undefined || factory === dictClass) return PyDict.from(pairs);
    return call(factory, [new PyList(pairs.map(pair => new PyTuple(pair)))]);
  });
}

export function asTuple(value: Value, factory: Value | undefined): Value {
  instanceFields(value, 'astuple');
  return converted(value, (_fields, values) =>
    factory === undefined ? new PyTuple(values) : call(factory, [new PyList([...values])]),
  );
}

/** A new instance with some fields changed, made by the class's `__init__`. */
export function replaced(value: Value, changes: ReadonlyMap<string, Value>): Value {
  const values = new Map(changes);
  for (const field of allFields(value) ?? []) {
    const name = field.name!;
    if (field.kind === '_FIELD_CLASSVAR') continue;
    if (!truth(field.options.init)) {
      if (values.has(name))
        throw raise('TypeError', `field ${name} is declared with init=False, it cannot be specified with replace()`);
    } else if (!values.has(name)) {
      if (field.kind === '_FIELD_INITVAR' && field.default === MISSING)
        throw raise('TypeError', `InitVar ${repr(name)} must be specified with replace()`);
      values.set(name, getAttribute(value, name));
    }
  }
  const keywords: Keywords = values;
  return call(typeOf(value), [], keywords);
}

export function replace(value: Value, changes: ReadonlyMap<string, Value>): Value {
  instanceFields(value, 'replace');
  return replaced(value, changes);
}
