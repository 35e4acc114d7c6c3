/** `Generic` and `Protocol`: classes that take types as arguments. */
import { raise } from '../../../python/runtime/errors';
import { checkParameterCount, isTypeVariable, typeVariables } from '../../../python/runtime/genericAlias';
import { defineClassMethods } from '../../../python/runtime/native';
import {
  nativeClass,
  objectClass,
  type PyClass,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from '../../../python/runtime/objects';
import { repr } from '../../../python/runtime/operations';
import { causeOf, leadingTo, spread, unknownAmong } from '../../../python/runtime/unknown';
import { asArgument, PyForm } from './forms';
import { setUpProtocol } from './protocols';

/** `Generic[T]` declares parameters, `Pair[int]` gives them. */
function subscriptClass(own: PyClass, given: Value, isMarker: boolean): PyObject {
  const items = given instanceof PyTuple ? given.items : [given];
  if (isMarker) {
    const unknown = unknownAmong(items, undefined);
    if (unknown !== undefined) return spread(causeOf(unknown), { may: leadingTo(items) });
    if (items.length === 0) throw raise('TypeError', `Parameter list to ${own.name}[...] cannot be empty`);
    if (!items.every(item => isTypeVariable(item) || isUnpacked(item)))
      throw raise(
        'TypeError',
        `Parameters to ${own.name}[...] must all be type variables or parameter specification variables.`,
      );
    if (new Set(items).size !== items.length)
      throw raise('TypeError', `Parameters to ${own.name}[...] must all be unique`);
    return new PyForm(own, items);
  }
  const parameters = own.lookup('__parameters__');
  const expected = parameters instanceof PyTuple ? parameters.items : [];
  if (expected.length === 0) throw raise('TypeError', `${repr(own)} is not a generic class`);
  const plain = expected.every(one => one instanceof PyObject && one.cls.name === 'TypeVar');
  const args = items.map(item =>
    item instanceof PyList || item instanceof PyTuple
      ? item
      : asArgument(item, 'Parameters to generic types must be types.'),
  );
  if (plain) checkParameterCount(own, args.length, expected.length);
  return new PyForm(own, args);
}

const isUnpacked = (value: Value): boolean => value instanceof PyForm && value.formName === 'Unpack';

/** Finds the parameters of a class from what its statement names. */
function noteParameters(cls: PyClass, markers: readonly PyClass[]): void {
  const bases = cls.attrs.get('__orig_bases__');
  const given = bases instanceof PyTuple ? bases.items : [];
  const [generic] = markers;
  if (given.includes(generic!) || (bases === undefined && cls.bases.includes(generic!)))
    throw raise('TypeError', 'Cannot inherit from plain Generic');
  const used = typeVariables(given.filter(base => base instanceof PyObject));
  const declared = given.find(base => base instanceof PyForm && markers.includes(base.origin as PyClass));
  let parameters = used;
  if (declared instanceof PyForm) {
    parameters = typeVariables(declared.args);
    const others = used.filter(one => !parameters.includes(one));
    if (others.length > 0) {
      const name = (declared.origin as PyClass).name;
      throw raise(
        'TypeError',
        `Some type variables (${others.map(repr).join(', ')}) are not listed in ${name}[${parameters.map(repr).join(', ')}]`,
      );
    }
  }
  cls.setAttribute('__parameters__', new PyTuple(parameters));
}

/** `Generic` and `Protocol` */
export function genericClasses(): { readonly generic: PyClass; readonly protocol: PyClass } {
  const generic = nativeClass('Generic', [objectClass], 'typing');
  const protocol = nativeClass('Protocol', [generic], 'typing');
  const markers = [generic, protocol];
  defineClassMethods(generic, {
    '__class_getitem__(params, /)': (own: PyClass, params: Value) => subscriptClass(own, params, markers.includes(own)),
    '__init_subclass__(**kwargs)': (own: PyClass, kwargs: Map<string, Value>) => {
      if (kwargs.size > 0) throw raise('TypeError', `${own.qualname}.__init_subclass__() takes no keyword arguments`);
      noteParameters(own, markers);
      return null;
    },
  });
  setUpProtocol(protocol);
  return { generic, protocol };
}
