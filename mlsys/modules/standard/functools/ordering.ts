/** `functools.total_ordering` and `functools.cmp_to_key`. */
import { raise } from '../../../python/runtime/errors';
import { defineMethods, defineProperties } from '../../../python/runtime/native';
import {
  NotImplemented,
  nativeClass,
  objectClass,
  PyClass,
  PyObject,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, compare, getAttribute, setAttribute, truth } from '../../../python/runtime/operations';
import { MadeFunction } from '../madeFunction';

/** The four orderings; one that the class defines leads to the others, the first of these if it has several. */
const ORDERINGS = ['lt', 'le', 'gt', 'ge'] as const;
type Ordering = (typeof ORDERINGS)[number];

const isStrict = (name: Ordering) => name.endsWith('t');

/** `a wanted b` from the result of `a known b`, with the help of `==` where the two do not decide. */
function derive(known: Ordering, wanted: Ordering, result: Value, self: Value, other: Value): Value {
  const holds = truth(result);
  const sameWay = known[0] === wanted[0];
  if (!sameWay && isStrict(known) !== isStrict(wanted)) return !holds;
  // Of the two sides of `a < b`, either it holds as it is asked, or equality has the last word.
  const decided = sameWay ? holds : !holds;
  if (isStrict(wanted)) return decided ? compare('!=', self, other) : false;
  return decided ? (sameWay ? result : true) : compare('==', self, other);
}

function ordering(known: Ordering, wanted: Ordering): MadeFunction {
  return new MadeFunction(`__${wanted}__`, ([self, other]) => {
    const result = call(getAttribute(typeOf(self!), `__${known}__`), [self!, other!]);
    return result === NotImplemented ? result : derive(known, wanted, result, self!, other!);
  });
}

export function totalOrdering(cls: Value): Value {
  const own = ORDERINGS.filter(
    name => cls instanceof PyClass && cls.lookup(`__${name}__`) !== objectClass.lookup(`__${name}__`),
  );
  const [known] = own;
  if (known === undefined) throw raise('ValueError', 'must define at least one ordering operation: < > <= >=');
  for (const name of ORDERINGS) if (!own.includes(name)) setAttribute(cls, `__${name}__`, ordering(known, name));
  return cls;
}

const keyClass = nativeClass('KeyWrapper', undefined, 'functools');
keyClass.errorName = 'functools.KeyWrapper';

/** A value that compares by a function of two values; without a value it makes such. */
class PyKey extends PyObject {
  readonly order: Value;
  readonly value: Value | undefined;
  constructor(order: Value, value?: Value) {
    super(keyClass);
    this.order = order;
    this.value = value;
  }
}

/** A comparison of two keys, by what the function returns for their values. */
const comparison = (op: '<' | '<=' | '>' | '>=' | '==' | '!=') => (self: PyKey, other: Value) => {
  if (!(other instanceof PyKey)) throw raise('TypeError', 'other argument must be K instance');
  if (self.value === undefined || other.value === undefined) throw raise('AttributeError', 'object');
  return compare(op, call(self.order, [self.value, other.value]), 0n);
};

defineMethods(keyClass, {
  '__call__(obj)': (self: PyKey, value: Value) => new PyKey(self.order, value),
  '__lt__(other, /)': comparison('<'),
  '__le__(other, /)': comparison('<='),
  '__gt__(other, /)': comparison('>'),
  '__ge__(other, /)': comparison('>='),
  '__eq__(other, /)': comparison('=='),
  '__ne__(other, /)': comparison('!='),
});
keyClass.setAttribute('__hash__', null);
defineProperties(keyClass, { obj: (self: PyKey) => self.value ?? null });

export const compareToKey = (order: Value): Value => new PyKey(order);
