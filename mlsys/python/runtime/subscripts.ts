/** `obj[key]` and `in`. */
import { callSpecial } from './attributes';
import { call } from './calls';
import { sameOrEqual, truth } from './comparison';
import { bindOnClass } from './descriptors';
import { PyDict } from './dict';
import { raise } from './errors';
import { genericAlias } from './genericAlias';
import { iterate } from './iteration';
import { leftOut } from './members';
import { NAMESPACE, namespaceRefusal, touch } from './mutation';
import { dictClass, PyClass, PyList, PyObject, PyTuple, strClass, typeClass, type Value } from './objects';
import { PySetBase } from './set';
import { typeName } from './typeName';
import { causeOfRefusal, leadingTo, taintKey } from './unknown';
import { vm } from './vm';

/** `obj[key]` */
export function getItem(obj: Value, key: Value): Value {
  if (obj instanceof PyObject) {
    const { cls } = obj;
    if (cls.native) {
      if (typeof key === 'bigint') {
        if (obj instanceof PyList || obj instanceof PyTuple) {
          const item = obj.items[Number(key < 0n ? key + BigInt(obj.items.length) : key)];
          if (item !== undefined) return item;
        }
      }
      if (obj instanceof PyDict) {
        const value = obj.map.get(key);
        if (value !== undefined) return value;
      }
    }
    if (obj instanceof PyClass) return subscriptClass(obj, key);
  }
  const method = typeof obj === 'string' || obj instanceof PyObject ? classOf(obj).lookup('__getitem__') : undefined;
  if (method !== undefined && method !== null) return callSpecial(method, obj, [key]);
  throw leftOut(obj, '__getitem__') ?? raise('TypeError', `'${typeName(obj)}' object is not subscriptable`);
}

function classOf(obj: string | PyObject): PyClass {
  return typeof obj === 'string' ? strClass : obj.cls;
}

/** `Cls[key]`: the metaclass's `__getitem__`, `__class_getitem__`, or a generic alias of a built-in class. */
function subscriptClass(cls: PyClass, key: Value): Value {
  if (cls.cls !== typeClass) {
    const method = cls.cls.lookup('__getitem__');
    if (method !== undefined) return callSpecial(method, cls, [key]);
  }
  const hook = cls.lookup('__class_getitem__');
  if (hook !== undefined && hook !== null) {
    const bound = bindOnClass(hook, cls);
    return bound === hook ? call(hook, [cls, key]) : call(bound, [key]);
  }
  const alias = genericAlias(cls, key);
  if (alias !== undefined) return alias;
  throw leftOut(cls, '__class_getitem__') ?? raise('TypeError', `type '${cls.name}' is not subscriptable`);
}

/** `obj[key] = value` */
export function setItem(obj: Value, key: Value, value: Value): void {
  if (obj instanceof PyObject) {
    const { cls } = obj;
    if (cls.native) {
      if (obj instanceof PyList && typeof key === 'bigint') {
        const at = Number(key < 0n ? key + BigInt(obj.items.length) : key);
        if (at >= 0 && at < obj.items.length) {
          touch(obj);
          obj.items[at] = value;
          return;
        }
      }
      if (obj instanceof PyDict && cls.lookup('__setitem__') === dictSetItem()) {
        if (obj.owner === NAMESPACE && typeof key === 'string') {
          // In Python the name is bound; no other is.
          taintKey(obj, key, causeOfRefusal(namespaceRefusal()), leadingTo([value]), false);
          return;
        }
        touch(obj);
        obj.map.set(key, value);
        return;
      }
    }
    const method = cls.lookup('__setitem__');
    if (method !== undefined && method !== null) {
      callSpecial(method, obj, [key, value]);
      return;
    }
  }
  throw raise('TypeError', `'${typeName(obj)}' object does not support item assignment`);
}

const dictSetItem = () => dictClass.attrs.get('__setitem__');

/** `del obj[key]` */
export function deleteItem(obj: Value, key: Value): void {
  const method = obj instanceof PyObject ? obj.cls.lookup('__delitem__') : undefined;
  if (method === undefined || method === null) {
    const sequence = obj instanceof PyTuple || typeof obj === 'string' || (obj instanceof PyObject && !obj.cls.native);
    const verb = sequence && typeof key === 'bigint' ? "doesn't" : 'does not';
    throw raise('TypeError', `'${typeName(obj)}' object ${verb} support item deletion`);
  }
  callSpecial(method, obj as PyObject, [key]);
}

/** `item in container` */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') {
      vm.work(container.length);
      return container.includes(item);
    }
    const method = strClass.lookup('__contains__');
    if (method !== undefined && method !== null) return truth(callSpecial(method, container, [item]));
    throw raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof PyObject) {
    if (container.cls.native) {
      if (container instanceof PyDict) return container.map.has(item);
      if (container instanceof PySetBase) return container.has(item);
      if (container instanceof PyList || container instanceof PyTuple) {
        for (let at = 0; at < container.items.length; at++) {
          vm.step();
          if (sameOrEqual(container.items[at]!, item)) return true;
        }
        return false;
      }
    }
    const method = container.cls.lookup('__contains__');
    if (method === null) throw raise('TypeError', `'${typeName(container)}' object is not a container`);
    if (method !== undefined) return truth(callSpecial(method, container, [item]));
  }
  let next: ReturnType<typeof iterate>;
  try {
    next = iterate(container);
  } catch (error) {
    if (!hasIteration(container)) throw raise('TypeError', `argument of type '${typeName(container)}' is not iterable`);
    throw error;
  }
  for (let one = next(); one !== undefined; one = next()) {
    vm.step();
    if (sameOrEqual(one, item)) return true;
  }
  return false;
}

function hasIteration(value: Value): boolean {
  return (
    value instanceof PyObject && (value.cls.lookup('__iter__') ?? value.cls.lookup('__getitem__') ?? null) !== null
  );
}
