/** What `model_computed_fields` tells of the computed fields of a class. */
import { PyDict } from '../../python/runtime/dict';
import { Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties } from '../../python/runtime/native';
import { PyObject } from '../../python/runtime/objects';
import type { Decorated, Decoration } from './decorators';
import { libraryClass } from './support';

const computedClass = libraryClass('ComputedFieldInfo', 'pydantic.fields');

/** What `model_computed_fields` tells of one. */
class PyComputedField extends PyObject {
  readonly decoration: Decoration;
  constructor(decoration: Decoration) {
    super(computedClass);
    this.decoration = decoration;
  }
}

defineProperties(computedClass, {
  alias: (self: PyComputedField) => self.decoration.alias,
  description: (self: PyComputedField) => self.decoration.description,
  repr: (self: PyComputedField) => self.decoration.repr,
});
defineMethods(computedClass, {
  '__repr__()': () => {
    throw new Unsupported('the repr of a computed field');
  },
  '__getattr__(name, /)': (_self: PyComputedField, name: string) => {
    throw new Unsupported(`ComputedFieldInfo.${name}`);
  },
});

/** The descriptions of computed fields, by name. */
export function computedFields(fields: readonly Decorated[]): PyDict {
  return PyDict.from(fields.map(({ name, decoration }) => [name, new PyComputedField(decoration)] as const));
}
