/** Python's semantics on values: one door to the files that implement them. */
export { binary, inplace, unary } from './arithmetic';
export {
  askAttribute,
  callMethodWith,
  callSpecial,
  deleteAttribute,
  findAttribute,
  genericAttribute,
  genericDeleteAttribute,
  genericSetAttribute,
  getAttribute,
  missingAttribute,
  PySuper,
  setAttribute,
  special,
} from './attributes';
export { call, isCallable } from './calls';
export {
  compare,
  compareSequences,
  comparesByIdentity,
  equalMethods,
  equals,
  is,
  lessThan,
  type OrderOperator,
  orderMixed,
  orderStrings,
  sameOrEqual,
  sameText,
  truth,
} from './comparison';
export { hasIndex, indexOf, integerToFloat, smallIndex, toFloat, toInteger } from './conversions';
export { isDataDescriptor, PyMember } from './descriptors';
export { genericAlias, isTypeLike, PyGenericAlias, PyUnion, unionOf } from './genericalias';
export { instanceDict, replaceInstanceDict } from './instancedict';
export {
  callIterator,
  codePoints,
  exactLength,
  forEach,
  isIterable,
  isStopIteration,
  iterate,
  iterateEntries,
  iterateItems,
  iterateKeys,
  iterateString,
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
  defaultFormat,
  defaultRepr,
  format,
  guardedRepr,
  hash,
  hashString,
  identity,
  repr,
  reprItems,
  reprTuple,
  str,
} from './representation';
export { contains, deleteItem, getItem, setItem } from './subscripts';
export { typeName } from './typename';

import './exceptions';
import './objectmethods';
import { callMethodWith } from './attributes';
import type { Value } from './objects';

/** `obj.name(*args)` */
export function callMethod(obj: Value, name: string, ...args: Value[]): Value {
  return callMethodWith(obj, name, args, undefined);
}
