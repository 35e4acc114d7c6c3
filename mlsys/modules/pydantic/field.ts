/** Fields: what `Field` makes, and what an annotation says of one. */
import { PyException, raise } from '../../python/runtime/errors';
import { PyGenericAlias, PyUnion } from '../../python/runtime/genericAlias';
import { defineConstructor, defineMethods, defineProperties, method } from '../../python/runtime/native';
import {
  BoundMethod,
  Ellipsis,
  NativeFunction,
  PyCallable,
  PyClass,
  PyList,
  PyObject,
  PyProperty,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, equals, hash, repr, truth } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { deepCopy } from '../standard/copy';
import { PyForm } from '../standard/typing/forms';
import { constraintObjects, isConstraintName } from './constraints';
import { requiredParameters } from './functions';
import { guarded, libraryClass, UNDEFINED } from './support';

export const fieldInfoClass = libraryClass('FieldInfo', 'pydantic.fields');

/** What a field has besides its annotation and constraints, in the order of its repr; with defaults. */
const ATTRIBUTES = [
  'default',
  'default_factory',
  'alias',
  'alias_priority',
  'validation_alias',
  'serialization_alias',
  'title',
  'field_title_generator',
  'description',
  'examples',
  'exclude',
  'discriminator',
  'deprecated',
  'json_schema_extra',
  'frozen',
  'validate_default',
  'repr',
  'init',
  'init_var',
  'kw_only',
] as const;

type Attribute = (typeof ATTRIBUTES)[number];

const FALLBACKS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['default', UNDEFINED],
  ['repr', true],
]);

export class PyFieldInfo extends PyObject {
  annotation: Value;
  /** What was given, constraints included; None counts as given. */
  readonly given: Map<string, Value>;
  readonly attributes = new Map<string, Value>();
  metadata: Value[];
  /** False while the annotation waits for names that it uses. */
  evaluated = true;

  constructor(annotation: Value, given: ReadonlyMap<string, Value>, metadata?: readonly Value[]) {
    super(fieldInfoClass);
    this.given = new Map(given);
    if (this.given.get('default') === Ellipsis) this.given.delete('default');
    for (const [name, value] of this.given) if (!isConstraintName(name)) this.attributes.set(name, value);
    const hasAlias = ['alias', 'validation_alias', 'serialization_alias'].some(
      name => (this.given.get(name) ?? null) !== null,
    );
    this.attributes.set('alias_priority', hasAlias ? (this.given.get('alias_priority') ?? 2n) : null);
    const [inner, own] = annotatedParts(annotation);
    this.annotation = inner;
    this.metadata = metadata === undefined ? [...constraintObjects(this.given), ...own] : [...metadata];
    if (this.get('default') !== UNDEFINED && this.get('default_factory') !== null)
      throw raise('TypeError', 'cannot specify both default and default_factory');
  }

  get(name: Attribute): Value {
    const value = this.attributes.get(name);
    if (value !== undefined) return value;
    return FALLBACKS.get(name) ?? null;
  }

  get isRequired(): boolean {
    return this.get('default') === UNDEFINED && this.get('default_factory') === null;
  }

  copy(): PyFieldInfo {
    const made = new PyFieldInfo(this.annotation, this.given, this.metadata);
    made.annotation = this.annotation;
    for (const [name, value] of this.attributes) made.attributes.set(name, value);
    made.evaluated = this.evaluated;
    return made;
  }
}

/** The type of `Annotated[type, ...]` and what is added to it. */
export function annotatedParts(annotation: Value): [Value, readonly Value[]] {
  return annotation instanceof PyForm && annotation.formName === 'Annotated'
    ? [annotation.args[0]!, annotation.metadata]
    : [annotation, []];
}

/** Several descriptions of one field as one; later ones count. */
function merged(infos: readonly PyFieldInfo[], overrides: ReadonlyMap<string, Value>, annotation: Value): PyFieldInfo {
  if (infos.length === 1) {
    const copy = infos[0]!.copy();
    for (const [name, value] of overrides) {
      if (name === 'default' && value === Ellipsis) copy.attributes.set(name, UNDEFINED);
      else copy.attributes.set(name, value);
      copy.given.set(name, value);
    }
    copy.annotation = annotation;
    return copy;
  }
  const given = new Map<string, Value>();
  const metadata = new Map<PyClass, Value>();
  for (const info of infos) {
    for (const [name, value] of info.given) given.set(name, value);
    for (const one of info.metadata) if (!(one instanceof PyFieldInfo)) metadata.set(typeOf(one), one);
  }
  for (const [name, value] of overrides) given.set(name, value);
  const made = new PyFieldInfo(annotation, given);
  made.metadata = [...metadata.values()];
  return made;
}

const isInfo = (value: Value): value is PyFieldInfo => value instanceof PyFieldInfo;

/** The type behind `Final[...]`, and whether it was there. */
function withoutFinal(annotation: Value): [Value, boolean] {
  if (annotation instanceof PyForm && annotation.formName === 'Final') return [annotation.args[0]!, true];
  return [annotation, false];
}

/** Metadata of `Annotated` with that of the fields among it in their places. */
const flattened = (metadata: readonly Value[]): Value[] =>
  metadata.flatMap(one => (isInfo(one) ? one.metadata : [one]));

/** The field of an annotated name without a value. */
export function fieldOfAnnotation(given: Value): PyFieldInfo {
  const [annotation, final] = withoutFinal(given);
  const [type, metadata] = annotatedParts(annotation);
  const infos = metadata.filter(isInfo);
  if (infos.length > 0 || metadata.length > 0) {
    const made = infos.length === 0 ? new PyFieldInfo(type, new Map()) : merged(infos, new Map(), type);
    made.annotation = type;
    if (infos.length > 0 && final) made.attributes.set('frozen', true);
    made.metadata = flattened(metadata);
    return made;
  }
  return new PyFieldInfo(annotation, final ? new Map([['frozen', true]]) : new Map());
}

/** The field of an annotated name with a value, which may be what `Field` made. */
export function fieldOfAttribute(given: Value, value: Value): PyFieldInfo {
  const [annotation, final] = withoutFinal(given);
  const [type, metadata] = annotatedParts(annotation);
  const infos = metadata.filter(isInfo);
  let made: PyFieldInfo;
  if (isInfo(value)) {
    const own = value.copy();
    own.annotation = type;
    own.metadata = [...own.metadata, ...metadata];
    made = infos.length === 0 ? own : merged([...infos, own], new Map(), type);
  } else if (metadata.length > 0) {
    made = merged(infos, new Map([['default', value]]), type);
    made.annotation = type;
    made.metadata = flattened(metadata);
  } else made = new PyFieldInfo(annotation, new Map([['default', value]]));
  if (final) made.attributes.set('frozen', true);
  return made;
}

/** How representations name a type. */
export function displayType(value: Value): string {
  if (value instanceof PyCallable) return value.name;
  if (value instanceof NativeFunction) return value.name;
  if (value instanceof BoundMethod) return 'method';
  if (value instanceof PyObject && value.cls.name === 'TypeVar') return 'TypeVar';
  if (value === Ellipsis) return '...';
  if (isInfo(value)) return repr(value);
  if (value instanceof PyUnion) return `Union[${value.members.map(displayType).join(', ')}]`;
  if (value instanceof PyGenericAlias) {
    const name = value.origin instanceof PyClass ? value.origin.qualname : repr(value.origin);
    return `${name}[${value.args.map(displayArgument).join(', ')}]`;
  }
  if (value instanceof PyForm) {
    const name = value.alias ?? value.formName ?? displayType(value.origin);
    if (name === 'Literal') return `Literal[${value.args.map(repr).join(', ')}]`;
    if (name === 'Annotated') return `Annotated[${[value.args[0]!, ...value.metadata].map(displayType).join(', ')}]`;
    return `${name}[${value.args.map(displayArgument).join(', ')}]`;
  }
  if (value instanceof PyClass) return value.qualname;
  if (value instanceof PyObject && value.cls.module === 'typing') return repr(value).replaceAll('typing.', '');
  return typeOf(value).qualname;
}

const displayArgument = (value: Value): string => (value instanceof PyList ? 'list' : displayType(value));

function shownParts(self: PyFieldInfo): string[] {
  const parts = [`annotation=${displayType(self.annotation)}`, `required=${self.isRequired ? 'True' : 'False'}`];
  for (const name of ATTRIBUTES) {
    const value = self.get(name);
    if (name === 'repr' && value === true) continue;
    if (name === 'frozen' && value === false) continue;
    if ((name === 'validation_alias' || name === 'serialization_alias') && equals(value, self.get('alias'))) continue;
    if (name === 'default_factory' && value !== null) parts.push(`default_factory=${displayType(value)}`);
    else if (name === 'default' ? value !== UNDEFINED : value !== null) parts.push(`${name}=${repr(value)}`);
  }
  if (self.metadata.length > 0) parts.push(`metadata=${repr(new PyList(self.metadata))}`);
  return parts;
}

/** The value of a field that was not given; undefined where it has none. `validated` is what was validated before. */
export function defaultOf(field: PyFieldInfo, validated: () => Value): Value | undefined {
  const factory = field.get('default_factory');
  if (factory !== null)
    return call(factory, (requiredParameters(factory) ?? 0) >= 1 && takesData(factory) ? [validated()] : []);
  const value = field.get('default');
  return value === UNDEFINED ? undefined : copied(value);
}

/** True for a factory with one parameter by position. */
export const takesData = (factory: Value): boolean =>
  !(factory instanceof PyClass) && requiredParameters(factory) === 1;

/** Defaults without a hash may change, and are copied for each instance. */
export function copied(value: Value): Value {
  if (!(value instanceof PyObject) || value instanceof PyClass || value instanceof PyCallable) return value;
  return guarded(() => hash(value)) instanceof PyException ? deepCopy(value) : value;
}

const FIELD_ARGUMENTS = new Set<string>([
  ...ATTRIBUTES,
  'gt',
  'ge',
  'lt',
  'le',
  'multiple_of',
  'min_length',
  'max_length',
  'strict',
  'pattern',
  'allow_inf_nan',
  'max_digits',
  'decimal_places',
  'union_mode',
  'coerce_numbers_to_str',
  'fail_fast',
]);

/** Arguments of `Field` of earlier versions. */
const REMOVED: Readonly<Record<string, string>> = {
  const: '`const` is removed, use `Literal` instead',
  min_items: 'min_items',
  max_items: 'max_items',
  regex: '`regex` is removed. use `pattern` instead',
  unique_items: 'unique_items',
  allow_mutation: 'allow_mutation',
};

/** `Field(...)`, by the names of its arguments. */
export function makeField(
  value: Value | undefined,
  options: ReadonlyMap<string, Value>,
  refuse: (code: string | undefined, text: string) => Error,
  unsupported: (what: string) => Error,
): PyFieldInfo {
  const given = new Map<string, Value>();
  if (value !== undefined) given.set('default', value);
  for (const [name, option] of options) {
    const removed = entryOf(REMOVED, name);
    if (removed !== undefined) {
      if (removed.startsWith('`')) throw refuse('removed-kwargs', removed);
      throw unsupported(`Field(${name}=...)`);
    }
    if (!FIELD_ARGUMENTS.has(name)) throw unsupported(`Field(${name}=...)`);
    given.set(name, option);
  }
  const alias = given.get('alias') ?? null;
  const validation = given.get('validation_alias') ?? null;
  if (
    typeof validation !== 'string' &&
    validation !== null &&
    !['AliasPath', 'AliasChoices'].includes(typeOf(validation).name)
  )
    throw raise('TypeError', 'Invalid `validation_alias` type. it should be `str`, `AliasChoices`, or `AliasPath`');
  if ((given.get('serialization_alias') ?? null) === null && typeof alias === 'string')
    given.set('serialization_alias', alias);
  if (validation === null && alias !== null) given.set('validation_alias', alias);
  return new PyFieldInfo(null, given);
}

export function setUpFields(): void {
  for (const name of ATTRIBUTES)
    fieldInfoClass.setAttribute(name, new PyProperty(method(`${name}()`, (self: PyFieldInfo) => self.get(name))));
  defineProperties(fieldInfoClass, {
    annotation: (self: PyFieldInfo) => self.annotation,
    metadata: (self: PyFieldInfo) => new PyList([...self.metadata]),
  });
  defineMethods(fieldInfoClass, {
    '__repr__()': (self: PyFieldInfo) => `FieldInfo(${shownParts(self).join(', ')})`,
    '__str__()': (self: PyFieldInfo) => shownParts(self).join(' '),
    'is_required()': (self: PyFieldInfo) => self.isRequired,
    'get_default(*, call_default_factory=False, validated_data=None)': (
      self: PyFieldInfo,
      callFactory: Value = false,
      data: Value = null,
    ) => {
      if (self.get('default_factory') !== null && !truth(callFactory)) return null;
      const value = defaultOf(self, () => data);
      return value === undefined ? UNDEFINED : value;
    },
  });
  defineConstructor(fieldInfoClass, 'FieldInfo(**kwargs)', (_own: PyClass, given: ReadonlyMap<string, Value>) => {
    const rest = new Map([...given].filter(([name]) => name !== 'annotation'));
    return new PyFieldInfo(given.get('annotation') ?? null, rest);
  });
}

// ------------------------------------------------------------------------------------------------ private attributes

export const privateClass = libraryClass('ModelPrivateAttr', 'pydantic.fields');

/** An attribute whose name starts with an underscore: no field, but a part of each instance. */
export class PyPrivateAttribute extends PyObject {
  readonly default: Value;
  readonly factory: Value;
  constructor(value: Value = UNDEFINED, factory: Value = null) {
    super(privateClass);
    this.default = value;
    this.factory = factory;
  }
  /** The first value of an instance; undefined where it has none. */
  initial(): Value | undefined {
    if (this.factory !== null) return call(this.factory, []);
    return this.default === UNDEFINED ? undefined : copied(this.default);
  }
}

defineMethods(privateClass, {
  '__repr__()': (self: PyPrivateAttribute) =>
    `ModelPrivateAttr(default=${repr(self.default)}${self.factory === null ? '' : `, default_factory=${displayType(self.factory)}`})`,
});
defineProperties(privateClass, {
  default: (self: PyPrivateAttribute) => self.default,
  default_factory: (self: PyPrivateAttribute) => self.factory,
});
