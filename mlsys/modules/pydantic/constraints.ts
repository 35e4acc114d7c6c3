/** Constraints of `annotated_types` and of the library itself, as objects that stand in `Annotated` and `metadata`. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { NotImplemented, type PyClass, PyObject, type PyTuple, type Value } from '../../python/runtime/objects';
import { equals, hash, repr } from '../../python/runtime/operations';
import { libraryClass } from './support';

/** Constraints by name, in the order in which they were given. */
export type Constraints = ReadonlyMap<string, Value>;

/** An object that adds constraints to a type. */
export class PyConstraint extends PyObject {
  readonly given: Constraints;
  constructor(cls: PyClass, given: Constraints) {
    super(cls);
    this.given = given;
  }
}

/** Something that stands for several constraints: `Interval`, `Len`, `StringConstraints`. */
export class PyConstraintGroup extends PyConstraint {}

function constraintClass(name: string, module: string, fields: readonly string[]): PyClass {
  const cls = libraryClass(name, module);
  defineProperties(
    cls,
    Object.fromEntries(fields.map(field => [field, (self: PyConstraint) => self.given.get(field) ?? null])),
  );
  defineMethods(cls, {
    '__repr__()': (self: PyConstraint) =>
      `${name}(${[...self.given].map(([key, value]) => `${key}=${repr(value)}`).join(', ')})`,
    '__eq__(other, /)': (self: PyConstraint, other: Value) =>
      other instanceof PyConstraint && other.cls === cls
        ? [...self.given].every(([key, value]) => equals(value, other.given.get(key) ?? null))
        : NotImplemented,
    '__hash__()': (self: PyConstraint) =>
      [...self.given.values()].reduce<bigint>((sum, value) => BigInt.asIntN(61, sum * 31n + hash(value)), 7n),
  });
  return cls;
}

const ONE_ARGUMENT: Readonly<Record<string, string>> = {
  Gt: 'gt',
  Ge: 'ge',
  Lt: 'lt',
  Le: 'le',
  MultipleOf: 'multiple_of',
  MinLen: 'min_length',
  MaxLen: 'max_length',
};

const single = new Map<string, PyClass>();
for (const [name, field] of Object.entries(ONE_ARGUMENT)) {
  const cls = constraintClass(name, 'annotated_types', [field]);
  defineConstructor(
    cls,
    `${name}.__init__(${field})`,
    (own: PyClass, value: Value) => new PyConstraint(own, new Map([[field, value]])),
  );
  single.set(field, cls);
}

const strictClass = constraintClass('Strict', 'pydantic.types', ['strict']);
defineConstructor(
  strictClass,
  'Strict.__init__(strict=True)',
  (own: PyClass, value: Value = true) => new PyConstraint(own, new Map([['strict', value]])),
);
single.set('strict', strictClass);
const failFastClass = constraintClass('FailFast', 'pydantic.types', ['fail_fast']);
defineConstructor(failFastClass, 'FailFast.__init__(fail_fast=True)', () => {
  throw new Unsupported('pydantic.FailFast');
});
single.set('fail_fast', failFastClass);

const generalClass = libraryClass('PydanticGeneralMetadata', 'pydantic._internal._fields');
defineMethods(generalClass, {
  '__repr__()': (self: PyConstraint) =>
    `_PydanticGeneralMetadata(${[...self.given].map(([key, value]) => `${key}=${repr(value)}`).join(', ')})`,
  '__eq__(other, /)': (self: PyConstraint, other: Value) =>
    other instanceof PyConstraint && other.cls === generalClass
      ? [...self.given].every(([key, value]) => equals(value, other.given.get(key) ?? null))
      : NotImplemented,
});
const allowInfNanClass = constraintClass('AllowInfNan', 'pydantic.types', ['allow_inf_nan']);
defineConstructor(
  allowInfNanClass,
  'AllowInfNan.__init__(allow_inf_nan=True)',
  (own: PyClass, value: Value = true) => new PyConstraint(own, new Map([['allow_inf_nan', value]])),
);

/** `AllowInfNan(allow)`; None where nothing is said. */
export const finiteness = (allow: Value): Value =>
  allow === null ? null : new PyConstraint(allowInfNanClass, new Map([['allow_inf_nan', allow]]));

/** Arguments of `Field` that become constraints. */
const GENERAL = new Set([
  'pattern',
  'allow_inf_nan',
  'max_digits',
  'decimal_places',
  'union_mode',
  'coerce_numbers_to_str',
]);

export const isConstraintName = (name: string): boolean => single.has(name) || GENERAL.has(name);

/** The objects for constraints by name; what is None constrains nothing. */
export function constraintObjects(given: ReadonlyMap<string, Value>): PyConstraint[] {
  const made: PyConstraint[] = [];
  const general = new Map<string, Value>();
  for (const [name, value] of given) {
    if (value === null) continue;
    const cls = single.get(name);
    if (cls !== undefined) made.push(new PyConstraint(cls, new Map([[name, value]])));
    else if (GENERAL.has(name)) general.set(name, value);
  }
  if (general.size > 0) made.push(new PyConstraint(generalClass, general));
  return made;
}

const intervalClass = constraintClass('Interval', 'annotated_types', ['gt', 'ge', 'lt', 'le']);
defineConstructor(
  intervalClass,
  'Interval.__init__(*, gt=None, ge=None, lt=None, le=None)',
  (own: PyClass, ...bounds: (Value | undefined)[]) =>
    new PyConstraintGroup(own, new Map(['gt', 'ge', 'lt', 'le'].map((name, at) => [name, bounds[at] ?? null]))),
);
const lenClass = constraintClass('Len', 'annotated_types', ['min_length', 'max_length']);
defineConstructor(
  lenClass,
  'Len.__init__(min_length=0, max_length=None)',
  (own: PyClass, least: Value = 0n, most: Value = null) =>
    new PyConstraintGroup(
      own,
      new Map<string, Value>([
        ['min_length', least],
        ['max_length', most],
      ]),
    ),
);

/** `Interval` of these bounds, in its order. */
export const intervalOf = (bounds: readonly Value[]): PyConstraint =>
  new PyConstraintGroup(intervalClass, new Map(['gt', 'ge', 'lt', 'le'].map((name, at) => [name, bounds[at] ?? null])));

/** `Len` of these limits. */
export const lengthOf = (least: Value, most: Value): PyConstraint =>
  new PyConstraintGroup(
    lenClass,
    new Map([
      ['min_length', least ?? 0n],
      ['max_length', most],
    ]),
  );

const STRING_OPTIONS = ['strip_whitespace', 'to_upper', 'to_lower', 'strict', 'min_length', 'max_length', 'pattern'];
export const stringConstraintsClass = constraintClass('StringConstraints', 'pydantic.types', STRING_OPTIONS);

/** `StringConstraints(...)` from its options by name. */
export function stringConstraints(given: ReadonlyMap<string, Value>): PyConstraintGroup {
  return new PyConstraintGroup(
    stringConstraintsClass,
    new Map(STRING_OPTIONS.map(name => [name, given.get(name) ?? null])),
  );
}

defineConstructor(
  stringConstraintsClass,
  'StringConstraints.__init__(*args, **kwargs)',
  (_own: PyClass, args: PyTuple, given: ReadonlyMap<string, Value>) => {
    if (args.items.length > 0)
      throw raise(
        'TypeError',
        `StringConstraints.__init__() takes 1 positional argument but ${args.items.length + 1} were given`,
      );
    for (const name of given.keys())
      if (!STRING_OPTIONS.includes(name))
        throw raise('TypeError', `StringConstraints.__init__() got an unexpected keyword argument '${name}'`);
    return stringConstraints(given);
  },
);

/** What stands for several constraints as single ones; anything else alone. */
export function expanded(metadata: Value): readonly Value[] {
  if (!(metadata instanceof PyConstraintGroup)) return [metadata];
  const given = new Map([...metadata.given].filter(([, value]) => value !== null));
  if (metadata.cls === lenClass && given.get('min_length') === 0n) given.delete('min_length');
  if (metadata.cls !== stringConstraintsClass) return constraintObjects(given);
  // Length and strictness stand alone, the rest together.
  const rest = new Map(given);
  const alone = new Map<string, Value>();
  for (const name of ['strict', 'min_length', 'max_length'])
    if (rest.has(name)) {
      alone.set(name, rest.get(name)!);
      rest.delete(name);
    }
  const objects: Value[] = constraintObjects(alone);
  if (rest.size > 0) objects.push(new PyConstraint(generalClass, rest));
  return objects;
}

/** The constraint classes by name, for modules. */
export function constraintClasses(): Record<string, PyClass> {
  const list = [...single.values(), intervalClass, lenClass, stringConstraintsClass, allowInfNanClass];
  return Object.fromEntries(list.map(cls => [cls.name, cls]));
}
