/** What the parts of the module share. */
import { PyError, type PyException, Unsupported } from '../../python/runtime/errors';
import { defineMethods } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyObject, type Value } from '../../python/runtime/objects';
import { getAttribute } from '../../python/runtime/operations';
import { isUnknown, PyUnknown, refuseUnknown, UnknownReached, unknowns } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';

/** The result of `body`, or the exception that it raised; refuses where nobody knows which of them. */
export function guarded<T>(body: () => T): T | PyException {
  const { operations } = unknowns;
  const made = attempt(body);
  if (unknowns.operations !== operations && unknowns.last !== undefined) throw new UnknownReached(unknowns.last);
  return made;
}

function attempt<T>(body: () => T): T | PyException {
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError) return error.exception;
    throw error;
  }
}

/** A class of another module, imported when first asked for. */
export function classFrom(module: string, name: string): PyClass {
  return getAttribute(vm.import(module), name) as PyClass;
}

const undefinedClass = nativeClass('PydanticUndefinedType', undefined, 'pydantic_core._pydantic_core');

class Undefined extends PyObject {}

defineMethods(undefinedClass, { '__repr__()': () => 'PydanticUndefined' });

/** `PydanticUndefined`: no default, no value. */
export const UNDEFINED: PyObject = new Undefined(undefinedClass);

/** A class of the library whose name messages show with its module. */
export function libraryClass(name: string, module: string, bases?: readonly PyClass[]): PyClass {
  return nativeClass(name, bases, module);
}

/** Refuses an object that may have been changed in an unknown way; an unknown value may be passed on. */
export function refuseChanged(value: Value): void {
  if (isUnknown(value) && !(value instanceof PyUnknown)) refuseUnknown(value);
}

/** Runs one level of a recursion into nested values, which has a limit. */
export function nested<T>(body: () => T): T {
  vm.enter();
  try {
    return body();
  } finally {
    vm.leave();
  }
}

/** What `body` gives; an exception in it would become one fault among others, which is left out. */
export function withoutRaising<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError) throw new Unsupported(what);
    throw error;
  }
}
