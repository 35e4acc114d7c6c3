/** `operator` */

import { absolute } from '../../python/builtins/functions';
import { exceptionClassOf, PyError, raise, Unsupported } from '../../python/runtime/errors';
import { unknownIdentity } from '../../python/runtime/identity';
import { defineConstructor, defineMethods, type NativeBody } from '../../python/runtime/native';
import {
  generatorClass,
  isInstance,
  NotImplemented,
  nativeClass,
  type PyClass,
  PyInstance,
  type PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import {
  binary,
  call,
  callSpecial,
  compare,
  contains,
  deleteItem,
  equals,
  getAttribute,
  getItem,
  indexOf,
  inplace,
  is,
  iterate,
  length,
  type OrderOperator,
  repr,
  setItem,
  special,
  truth,
  typeName,
  unary,
} from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import type { BinaryOperator } from '../../python/syntax/ast';
import { classes, functions, moduleOf } from './support';

/** `operator.concat` takes what can be indexed. */
function sequence(value: Value): Value {
  if (special(value, '__getitem__') === undefined)
    throw raise('TypeError', `'${typeName(value)}' object can't be concatenated`);
  return value;
}

function lengthHint(value: Value, fallback: Value = 0n): Value {
  if (typeof fallback !== 'bigint' && typeof fallback !== 'boolean')
    throw raise('TypeError', `'${typeName(fallback)}' object cannot be interpreted as an integer`);
  if (special(value, '__len__') !== undefined) return BigInt(length(value));
  const hint = special(value, '__length_hint__');
  if (hint !== undefined && hint !== null) {
    let answer: Value;
    try {
      answer = callSpecial(hint, value, []);
    } catch (error) {
      if (error instanceof PyError && isInstance(error.exception, exceptionClassOf('TypeError'))) return fallback;
      throw error;
    }
    if (answer === NotImplemented) return fallback;
    if (typeof answer !== 'bigint')
      throw raise('TypeError', `__length_hint__ must be an integer, not ${typeName(answer)}`);
    if (answer < 0n) throw raise('ValueError', '__length_hint__() should return >= 0');
    return answer;
  }
  // Iterators of the library know how many items are left in CPython, and do not here.
  if (value instanceof PyObject && value.cls.native && value.cls !== generatorClass && special(value, '__next__'))
    throw new Unsupported(`length_hint() of a '${typeName(value)}'`);
  return fallback;
}

const BINARY: readonly (readonly [string, BinaryOperator])[] = [
  ['add', '+'],
  ['sub', '-'],
  ['mul', '*'],
  ['truediv', '/'],
  ['floordiv', '//'],
  ['mod', '%'],
  ['pow', '**'],
  ['matmul', '@'],
  ['lshift', '<<'],
  ['rshift', '>>'],
  ['and_', '&'],
  ['or_', '|'],
  ['xor', '^'],
];
const COMPARISONS: readonly (readonly [string, OrderOperator | '==' | '!='])[] = [
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
  ['eq', '=='],
  ['ne', '!='],
];

function bodies(): Record<string, NativeBody> {
  const made: Record<string, NativeBody> = {};
  for (const [name, op] of BINARY) {
    made[`${name}(a, b, /)`] = (a: Value, b: Value) => binary(op, a, b);
    made[`i${name.replace('_', '')}(a, b, /)`] = (a: Value, b: Value) => inplace(op, a, b);
  }
  for (const [name, op] of COMPARISONS) made[`${name}(a, b, /)`] = (a: Value, b: Value) => compare(op, a, b);
  return {
    ...made,
    'neg(a, /)': (a: Value) => unary('-', a),
    'pos(a, /)': (a: Value) => unary('+', a),
    'invert(a, /)': (a: Value) => unary('~', a),
    'inv(a, /)': (a: Value) => unary('~', a),
    'not_(a, /)': (a: Value) => !truth(a),
    'truth(a, /)': (a: Value) => truth(a),
    'is_(a, b, /)': (a: Value, b: Value) => unknownIdentity(a, b) ?? is(a, b),
    'is_not(a, b, /)': (a: Value, b: Value) => unknownIdentity(a, b) ?? !is(a, b),
    'abs(a, /)': absolute,
    'index(a, /)': (a: Value) => indexOf(a),
    'concat(a, b, /)': (a: Value, b: Value) => binary('+', sequence(a), b),
    'iconcat(a, b, /)': (a: Value, b: Value) => inplace('+', sequence(a), b),
    'contains(a, b, /)': (a: Value, b: Value) => contains(a, b),
    'countOf(a, b, /)': (a: Value, b: Value) => {
      let count = 0n;
      const next = iterate(a);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (is(item, b) || equals(item, b)) count++;
      }
      return count;
    },
    'indexOf(a, b, /)': (a: Value, b: Value) => {
      const next = iterate(a);
      let at = 0n;
      for (let item = next(); item !== undefined; item = next(), at++) {
        vm.step();
        if (is(item, b) || equals(item, b)) return at;
      }
      throw raise('ValueError', 'sequence.index(x): x not in sequence');
    },
    'getitem(a, b, /)': (a: Value, b: Value) => getItem(a, b),
    'setitem(a, b, c, /)': (a: Value, b: Value, c: Value) => {
      setItem(a, b, c);
      return null;
    },
    'delitem(a, b, /)': (a: Value, b: Value) => {
      deleteItem(a, b);
      return null;
    },
    'length_hint(obj, default=0, /)': lengthHint,
    'call(obj, /, *args, **kwargs)': (f: Value, args: PyTuple, keywords: Map<string, Value>) =>
      call(f, [...args.items], keywords),
  };
}

/** A class of callables that fetch something: `keep` is what they remember, in order. */
function getter(
  signature: string,
  fetch: (self: PyInstance, target: Value) => Value,
  check: (items: readonly Value[]) => void,
): PyClass {
  const name = signature.slice(0, signature.indexOf('('));
  const cls = nativeClass(name, undefined, 'operator');
  cls.errorName = `operator.${name}`;
  defineConstructor(cls, signature, (made: PyClass, first: Value, rest: PyTuple, keywords?: Map<string, Value>) => {
    const self = new PyInstance(made);
    const items = [first, ...rest.items];
    check(items);
    self.payload = new PyTuple(items);
    if (keywords !== undefined) KEYWORDS.set(self, keywords);
    return self;
  });
  defineMethods(cls, {
    '__call__(obj, /)': fetch,
    '__repr__()': (self: PyInstance) => {
      const parts = itemsOf(self).map(repr);
      for (const [key, value] of KEYWORDS.get(self) ?? []) parts.push(`${key}=${repr(value)}`);
      return `operator.${name}(${parts.join(', ')})`;
    },
  });
  return cls;
}

const KEYWORDS = new WeakMap<PyInstance, Map<string, Value>>();
const itemsOf = (self: PyInstance): readonly Value[] => (self.payload as PyTuple).items;

/** One result, or a tuple of several. */
function gather(items: readonly Value[], fetch: (item: Value) => Value): Value {
  vm.step(items.length);
  return items.length === 1 ? fetch(items[0]!) : new PyTuple(items.map(fetch));
}

function namesOnly(items: readonly Value[]): void {
  for (const item of items) if (typeof item !== 'string') throw raise('TypeError', 'attribute name must be a string');
}

/** Functions that go by one name alone; the others have that of the method as well, such as `__lt__`. */
const PLAIN_NAMES = ['countOf', 'indexOf', 'is_', 'is_not', 'length_hint', 'truth'];

export function loadOperator(): PyModule {
  const dotted = (target: Value, path: Value): Value => {
    vm.work((path as string).length);
    return (path as string).split('.').reduce(getAttribute, target);
  };
  const made = functions(bodies());
  for (const [name, one] of Object.entries(made))
    if (!PLAIN_NAMES.includes(name)) made[`__${name.replace(/_$/, '')}__`] = one;
  return moduleOf('operator', {
    ...made,
    ...classes(
      getter(
        'itemgetter(item, /, *items)',
        (self, target) => gather(itemsOf(self), item => getItem(target, item)),
        () => {},
      ),
      getter(
        'attrgetter(attr, /, *attrs)',
        (self, target) => gather(itemsOf(self), path => dotted(target, path)),
        namesOnly,
      ),
      getter(
        'methodcaller(name, /, *args, **kwargs)',
        (self, target) => {
          const [name, ...args] = itemsOf(self);
          return call(getAttribute(target, name as string), args, KEYWORDS.get(self));
        },
        ([name]) => {
          if (typeof name !== 'string') throw raise('TypeError', 'method name must be a string');
        },
      ),
    ),
  });
}
