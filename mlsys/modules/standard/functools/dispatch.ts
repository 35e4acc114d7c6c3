/** `functools.singledispatch`: a function that chooses among implementations by the class of its first argument. */
import { issubclass } from '../../../python/runtime/classes';
import { bindAttribute, bindOnClass } from '../../../python/runtime/descriptors';
import { PyDict } from '../../../python/runtime/dict';
import { raise, Unsupported } from '../../../python/runtime/errors';
import { PyFunction } from '../../../python/runtime/function';
import { unionMembers } from '../../../python/runtime/genericAlias';
import { builtinScope } from '../../../python/runtime/globals';
import { touch } from '../../../python/runtime/mutation';
import { defineConstructor, defineMethods, defineProperties, fn } from '../../../python/runtime/native';
import {
  type Keywords,
  NativeFunction,
  nativeClass,
  objectClass,
  PyClass,
  PyClassMethod,
  PyObject,
  PyStaticMethod,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, findAttribute, isCallable, PyUnion, repr, special } from '../../../python/runtime/operations';
import {
  causeOf,
  escapes,
  heldBy,
  isUnknown,
  leadingTo,
  refuseUnknown,
  spread,
  taint,
} from '../../../python/runtime/unknown';
import { MadeFunction } from '../madeFunction';
import { isUnion, type PyForm } from '../typing/forms';

/** Implementations by class, in the order in which they were registered. */
export class Implementations {
  readonly table = new PyDict();
  readonly name: string;

  constructor(fallback: Value) {
    this.table.set(objectClass, fallback);
    const name = findAttribute(fallback, '__name__');
    this.name = typeof name === 'string' ? name : 'singledispatch function';
  }

  /**
   * The implementation for a class: of its nearest base. An abstract class that it counts as a subclass of comes after
   * the last of its bases that counts so as well; of several in one place one must be the more special.
   */
  find(cls: PyClass): Value {
    const exact = this.table.get(cls);
    if (exact !== undefined) return exact;
    const bases = ([...this.table.keys()] as PyClass[]).filter(base => issubclass(cls, base));
    const distance = (base: PyClass): number => {
      const at = cls.mro.indexOf(base);
      return at >= 0 ? at : cls.mro.findLastIndex(one => issubclass(one, base)) + 0.5;
    };
    const least = Math.min(...bases.map(distance));
    const nearest = bases.filter(base => distance(base) === least);
    const best = nearest.filter(base => !nearest.some(other => other !== base && issubclass(other, base)));
    if (best.length > 1) throw raise('RuntimeError', `Ambiguous dispatch: ${repr(best[0]!)} or ${repr(best[1]!)}`);
    return this.table.get(best[0]!)!;
  }

  /** `dispatch(cls)` */
  dispatch(cls: PyClass): Value {
    refuseUnknown(this.table);
    return this.find(cls);
  }

  /** `register(cls, func)`, or with one argument a decorator: for a class, or for the class of an annotation. */
  register(first: Value, func: Value | undefined): Value {
    if (isUnknown(first)) {
      this.addUnknown(first, func ?? null);
      return func ?? spread(causeOf(first));
    }
    const classes = classesOf(first);
    if (func !== undefined && func !== null) {
      if (classes === undefined)
        throw raise(
          'TypeError',
          `Invalid first argument to \`register()\`. ${repr(first)} is not a class or union type.`,
        );
      return this.add(classes, func);
    }
    if (classes !== undefined) return fn('register(func)', (one: Value) => this.add(classes, one));
    const named = annotatedClasses(first);
    if (!(named instanceof PyObject)) return this.add(named, first);
    this.addUnknown(named, first);
    return first;
  }

  /** Takes an implementation for a class that nobody knows: it may be that of any value. */
  addUnknown(cls: PyObject, func: Value): void {
    taint(this.table, causeOf(cls), [func]);
  }

  /** Calls the implementation for the class of the first argument; where that is not known, each may have been called. */
  callFor(first: Value, args: Value[], keywords: Keywords, bound: (chosen: Value) => Value): Value {
    const unknown = isUnknown(this.table) ? this.table : isUnknown(first) ? first : undefined;
    if (unknown === undefined) return call(bound(this.find(classOf(first))), args, keywords);
    const cause = causeOf(unknown);
    const given = [...args, ...(keywords?.values() ?? [])];
    for (const one of [...this.table.map.values(), ...heldBy(this.table)]) escapes.call(one, given, cause);
    escapes.handler(given, cause);
    return spread(cause, { may: leadingTo(given) });
  }

  add(classes: readonly PyClass[], func: Value): Value {
    touch(this.table);
    for (const cls of classes) this.table.set(cls, func);
    return func;
  }
}

/** The classes that a class or a union of classes stands for. */
function classesOf(value: Value): readonly PyClass[] | undefined {
  if (value instanceof PyClass) return [value];
  const members = value instanceof PyUnion ? unionMembers(value) : isUnion(value) ? (value as PyForm).args : undefined;
  if (members === undefined) return undefined;
  return members.every(one => one instanceof PyClass) ? (members as PyClass[]) : undefined;
}

/** The class that a function's first annotation names, or the unknown value that it is. */
function annotatedClasses(func: Value): readonly PyClass[] | PyObject {
  const annotations = findAttribute(isWrapped(func) ? func.func : func, '__annotations__');
  const first = annotations instanceof PyDict ? [...annotations.entries()][0] : undefined;
  if (first === undefined)
    throw raise(
      'TypeError',
      `Invalid first argument to \`register()\`: ${repr(func)}. Use either \`@register(some_class)\` or plain \`@register\` on an annotated function.`,
    );
  const [name, given] = first;
  const hint = typeof given === 'string' ? evaluated(given, func) : given;
  const unknown = isUnknown(hint) ? hint : hint instanceof PyUnion ? unionMembers(hint).find(isUnknown) : undefined;
  if (unknown !== undefined) return unknown as PyObject;
  const classes = classesOf(hint === null ? typeOf(null) : hint);
  if (classes !== undefined) return classes;
  throw raise(
    'TypeError',
    hint instanceof PyUnion
      ? `Invalid annotation for ${repr(name)}. ${repr(hint)} not all arguments are classes.`
      : `Invalid annotation for ${repr(name)}. ${repr(hint)} is not a class.`,
  );
}

/** An annotation that is kept as text; names alone. */
function evaluated(text: string, func: Value): Value {
  const found = func instanceof PyFunction ? (func.globals.get(text) ?? builtinScope.names.get(text)) : undefined;
  if (found === undefined) throw new Unsupported(`the annotation '${text}' in singledispatch`, 'name the class');
  return found;
}

/** A function that changes a table: who follows code that may call it knows so by what it belongs to. */
function changing({ name, call: body, signature }: NativeFunction, table: PyDict): NativeFunction {
  return new NativeFunction(name, body, { signature, self: table });
}

/** The class that chooses: what the argument says is its class. */
const classOf = (value: Value): PyClass => {
  const own = findAttribute(value, '__class__');
  return own instanceof PyClass ? own : typeOf(value);
};

export function singleDispatch(func: Value, update: (wrapper: Value, wrapped: Value) => Value): Value {
  const known = new Implementations(func);
  const wrapper = new MadeFunction('wrapper', (args, keywords) => {
    const [first] = args;
    if (first === undefined) throw raise('TypeError', `${known.name} requires at least 1 positional argument`);
    return known.callFor(first, args, keywords, chosen => chosen);
  });
  const register = fn('register(cls, func=None)', (cls: Value, one?: Value) => known.register(cls, one));
  wrapper.attrs = new Map<string, Value>([
    ['register', changing(register, known.table)],
    ['dispatch', fn('dispatch(cls)', (cls: Value) => known.dispatch(cls as PyClass))],
    ['registry', known.table],
  ]);
  return update(wrapper, func);
}

export const dispatchMethodClass = nativeClass('singledispatchmethod', undefined, 'functools');

class PyDispatchMethod extends PyObject {
  readonly func: Value;
  readonly known: Implementations;
  /** Where those who follow what may be called find the implementations. */
  readonly table: PyDict;
  constructor(func: Value, cls: PyClass) {
    super(cls);
    this.func = func;
    this.known = new Implementations(func);
    this.table = this.known.table;
  }
}

const isWrapped = (func: Value): func is PyClassMethod | PyStaticMethod =>
  func instanceof PyClassMethod || func instanceof PyStaticMethod;

export function setUpDispatchMethods(): void {
  defineConstructor(dispatchMethodClass, 'singledispatchmethod(func)', (cls: PyClass, func: Value) => {
    if (!isCallable(func) && special(func, '__get__') === undefined && !isWrapped(func))
      throw raise('TypeError', `${repr(func)} is not callable or a descriptor`);
    return new PyDispatchMethod(func, cls);
  });
  defineProperties(dispatchMethodClass, { func: (self: PyDispatchMethod) => self.func });
  defineMethods(dispatchMethodClass, {
    'register(cls, method=None)': (self: PyDispatchMethod, cls: Value, one?: Value) => self.known.register(cls, one),
    '__get__(instance, owner=None, /)': (self: PyDispatchMethod, instance: Value, owner?: Value) => {
      const { known } = self;
      const cls = owner instanceof PyClass ? owner : typeOf(instance);
      return new MadeFunction(known.name, (args, keywords) => {
        const [first] = args;
        if (first === undefined) throw raise('TypeError', `${known.name} requires at least 1 positional argument`);
        const bound = (chosen: Value) =>
          instance === null ? bindOnClass(chosen, cls) : bindAttribute(chosen, instance, cls);
        return known.callFor(first, args, keywords, bound);
      });
    },
  });
}
