/** Python's semantics on values: one door to the files that implement them. */
export { binary, inplace, unary } from './arithmetic';
export {
  askAttribute,
  callSpecial,
  deleteAttribute,
  findAttribute,
  genericDeleteAttribute,
  genericSetAttribute,
  getAttribute,
  PySuper,
  setAttribute,
  special,
} from './attributes';
export { call, isCallable } from './calls';
export {
  compare,
  compareSequences,
  equals,
  is,
  lessThan,
  type OrderOperator,
  orderStrings,
  refusedNans,
  sameOrEqual,
  sameText,
  truth,
} from './comparison';
export { convertedFloat, hasIndex, indexOf, smallIndex, toFloat, toInteger } from './conversions';

export { PyGenericAlias, PyUnion } from './genericAlias';

export {
  callIterator,
  codePoints,
  exactLength,
  isIterable,
  isStopIteration,
  iterate,
  iterateEntries,
  iterateItems,
  iterateKeys,
  iteratorOf,
  length,
  listOf,
  nextOf,
  unpack,
  unpackStarred,
} from './iteration';
export {
  address,
  chargeEscaped,
  classPath,
  format,
  guardedRepr,
  hash,
  hashString,
  identity,
  repr,
  reprItems,
  reprTuple,
  shownText,
  str,
  valueText,
} from './representation';
export { contains, deleteItem, getItem, setItem } from './subscripts';
export { typeName } from './typeName';

import './exceptions';
import './objectMethods';
import { callMethodWith } from './attributes';
import type { Value } from './objects';

/** `obj.name(*args)` */
export function callMethod(obj: Value, name: string, ...args: Value[]): Value {
  return callMethodWith(obj, name, args, undefined);
}
