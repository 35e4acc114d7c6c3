/** `types.MappingProxyType`: a mapping that cannot be changed through it. */

import { PyDict } from '../../python/runtime/dict';
import { raise } from '../../python/runtime/errors';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import { NotImplemented, nativeClass, PyObject, type Value } from '../../python/runtime/objects';
import {
  binary,
  callMethod,
  compare,
  contains,
  getItem,
  hash,
  iteratorOf,
  length,
  repr,
  str,
  typeName,
} from '../../python/runtime/operations';

export const mappingProxyClass = nativeClass('mappingproxy');
mappingProxyClass.subclassable = false;

export class PyMappingProxy extends PyObject {
  readonly mapping: Value;
  constructor(mapping: Value) {
    super(mappingProxyClass);
    this.mapping = mapping;
  }
}

const plain = (value: Value): Value => (value instanceof PyMappingProxy ? value.mapping : value);

defineConstructor(mappingProxyClass, 'mappingproxy(mapping)', (_cls, mapping: Value) => {
  const isMapping =
    mapping instanceof PyDict || (mapping instanceof PyObject && mapping.cls.lookup('keys') !== undefined);
  if (!isMapping) throw raise('TypeError', `mappingproxy() argument must be a mapping, not ${typeName(mapping)}`);
  return new PyMappingProxy(mapping);
});
defineMethods(mappingProxyClass, {
  '__getitem__(key, /)': (self: PyMappingProxy, key: Value) => getItem(self.mapping, key),
  '__contains__(key, /)': (self: PyMappingProxy, key: Value) => contains(self.mapping, key),
  '__len__()': (self: PyMappingProxy) => BigInt(length(self.mapping)),
  '__iter__()': (self: PyMappingProxy) => iteratorOf(self.mapping),
  '__reversed__()': (self: PyMappingProxy) => callMethod(self.mapping, '__reversed__'),
  'get(key, default=None, /)': (self: PyMappingProxy, key: Value, otherwise?: Value) =>
    callMethod(self.mapping, 'get', key, otherwise ?? null),
  'keys()': (self: PyMappingProxy) => callMethod(self.mapping, 'keys'),
  'values()': (self: PyMappingProxy) => callMethod(self.mapping, 'values'),
  'items()': (self: PyMappingProxy) => callMethod(self.mapping, 'items'),
  'copy()': (self: PyMappingProxy) => callMethod(self.mapping, 'copy'),
  '__or__(other, /)': (self: PyMappingProxy, other: Value) => binary('|', self.mapping, plain(other)),
  '__ror__(other, /)': (self: PyMappingProxy, other: Value) => binary('|', plain(other), self.mapping),
  '__eq__(other, /)': (self: PyMappingProxy, other: Value) => compare('==', self.mapping, plain(other)),
  '__ne__(other, /)': (self: PyMappingProxy, other: Value) => compare('!=', self.mapping, plain(other)),
  '__lt__(other, /)': () => NotImplemented,
  '__hash__()': (self: PyMappingProxy) => hash(self.mapping),
  '__str__()': (self: PyMappingProxy) => str(self.mapping),
  '__repr__()': (self: PyMappingProxy) => `mappingproxy(${repr(self.mapping)})`,
});
