/** How the abstract classes of `collections.abc` are made: natively, with the methods that they give to those who inherit. */
import { defineIterator, makeIterator } from '../../../python/builtins/support';
import { isinstance } from '../../../python/runtime/classes';
import { type ExceptionName, exceptionClassOf, PyError, raise, Unsupported } from '../../../python/runtime/errors';
import { method, type NativeBody } from '../../../python/runtime/native';
import { isInstance, type Next, nativeClass, objectClass, PyClass, type Value } from '../../../python/runtime/objects';
import { iterate } from '../../../python/runtime/operations';
import { PyFrozenSet } from '../../../python/runtime/set';
import { vm } from '../../../python/runtime/vm';
import { abcMeta, isAbstract, makeAbstractClass, markAbstract } from '../abc';

/** All the classes by name, in the order of their definition. */
export const abstractClasses = new Map<string, PyClass>();

/** An abstract class: its bases by name, the methods that it demands by signature, and those that it gives. */
export function abstractClass(
  name: string,
  bases: readonly string[],
  demands: readonly string[] = [],
  gives: Readonly<Record<string, NativeBody>> = {},
): PyClass {
  const parents = bases.length === 0 ? [objectClass] : bases.map(base => abstractClasses.get(base)!);
  const cls = new PyClass(name, parents, new Map(), { native: true, module: 'collections.abc', metaclass: abcMeta });
  cls.makeSubclass = makeAbstractClass;
  const open = new Set<Value>();
  for (const parent of parents) {
    const inherited = parent.attrs.get('__abstractmethods__');
    if (inherited instanceof PyFrozenSet) for (const one of inherited.items()) open.add(one);
  }
  // They serve whatever has the methods that they build on, as in CPython.
  for (const [signature, body] of Object.entries(gives)) {
    const given = method(signature, body, undefined, cls.name);
    cls.setAttribute(given.name, given);
  }
  for (const inherited of [...open]) if (!isAbstract(cls.lookup(inherited as string))) open.delete(inherited);
  if (cls.attrs.has('__eq__')) cls.setAttribute('__hash__', null);
  for (const signature of demands) {
    const demanded = method(signature, placeholder(name, signature.slice(0, signature.indexOf('('))));
    markAbstract(demanded);
    cls.setAttribute(demanded.name, demanded);
    open.add(demanded.name);
  }
  cls.setAttribute('__abstractmethods__', PyFrozenSet.from(open));
  abstractClasses.set(name, cls);
  return cls;
}

/** What a method that a class demands does all the same where somebody calls it by `super()`. */
function placeholder(cls: string, name: string): NativeBody {
  switch (name) {
    case '__iter__':
    case '__reversed__':
      return () => iteratorFrom(() => undefined);
    case '__hash__':
    case '__len__':
      return () => 0n;
    case '__contains__':
    case '__call__':
      return () => false;
    case '__next__':
    case 'send':
      return () => {
        throw raise('StopIteration');
      };
    case '__getitem__':
    case '__setitem__':
    case '__delitem__':
    case 'insert':
      return () => {
        throw raise(cls.endsWith('Mapping') ? 'KeyError' : 'IndexError');
      };
    case 'add':
    case 'discard':
      return () => {
        throw raise('NotImplementedError');
      };
    default:
      return () => {
        throw new Unsupported(`${cls}.${name}() by super()`);
      };
  }
}

/** `isinstance(value, cls)` for one of these classes by its name. */
export function isAbstractly(value: Value, name: string): boolean {
  return isinstance(value, abstractClasses.get(name)!);
}

const iteratorClass = nativeClass('generator');
defineIterator(iteratorClass);

/** An iterator that a method returns. */
export function iteratorFrom(next: Next): Value {
  return makeIterator(next, iteratorClass);
}

/** The items of an iterable. */
export function* itemsOf(source: Value): Generator<Value> {
  const next = iterate(source);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step();
    yield item;
  }
}

/** The result of `body`, or undefined where it raises such an exception. */
export function unless<T>(name: ExceptionName, body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof PyError && isInstance(error.exception, exceptionClassOf(name))) return undefined;
    throw error;
  }
}
