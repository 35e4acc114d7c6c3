/** `time.struct_time`: a tuple whose places have names. */

import { raise } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyTuple, tupleClass, type Value } from '../../python/runtime/objects';
import { listOf, repr } from '../../python/runtime/operations';

const NAMES = ['year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst'].map(name => `tm_${name}`);

export const structTimeClass: PyClass = nativeClass('struct_time', [tupleClass], 'time');
structTimeClass.errorName = 'time.struct_time';

defineConstructor(structTimeClass, 'struct_time(sequence, /)', (cls: PyClass, source: Value) => {
  const items = listOf(source);
  if (items.length !== NAMES.length)
    throw raise('TypeError', `time.struct_time() takes an at least 9-sequence (${items.length}-sequence given)`);
  return new PyTuple(items, cls);
});
defineProperties(structTimeClass, {
  ...Object.fromEntries(NAMES.map((name, at) => [name, (self: PyTuple) => self.items[at]!])),
  tm_zone: () => null,
  tm_gmtoff: () => null,
});
defineMethods(structTimeClass, {
  '__repr__()': (self: PyTuple) =>
    `time.struct_time(${NAMES.map((name, at) => `${name}=${repr(self.items[at]!)}`).join(', ')})`,
});

/** The tuple of these numbers. */
export function structTime(parts: readonly number[]): PyTuple {
  return new PyTuple(parts.map(BigInt), structTimeClass);
}
