/** Decorators of methods of models, and what a class and its bases have of them. */
import { Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { defineMethods, fn } from '../../python/runtime/native';
import {
  BoundMethod,
  type PyClass,
  PyClassMethod,
  PyObject,
  PyProperty,
  PyStaticMethod,
  type PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, findAttribute, getAttribute } from '../../python/runtime/operations';
import { isAbstract } from '../standard/abc';
import type { ValidatorMode } from './functions';
import { libraryClass, UNDEFINED } from './support';
import { userError } from './userErrors';

export type DecoratorKind =
  | 'field_validator'
  | 'model_validator'
  | 'field_serializer'
  | 'model_serializer'
  | 'computed_field';

/** What a decorator notes about a method. */
export interface Decoration {
  readonly kind: DecoratorKind;
  readonly fields: readonly string[];
  readonly mode: ValidatorMode;
  readonly checkFields: boolean;
  readonly returnType: Value;
  readonly whenUsed: string;
  readonly alias: Value;
  readonly repr: boolean;
  readonly description: Value;
}

const PLAIN = {
  fields: [],
  checkFields: true,
  returnType: UNDEFINED,
  whenUsed: 'always',
  alias: null,
  repr: true,
  description: null,
};

const proxyClass = libraryClass('PydanticDescriptorProxy', 'pydantic._internal._decorators');

/** A decorated method while the class body runs. */
export class PyDecorated extends PyObject {
  readonly wrapped: Value;
  readonly decoration: Decoration;
  constructor(wrapped: Value, decoration: Decoration) {
    super(proxyClass);
    this.wrapped = wrapped;
    this.decoration = decoration;
    if (isAbstract(wrapped)) this.attrs = new Map([['__isabstractmethod__', true]]);
  }
}

defineMethods(proxyClass, {
  '__get__(instance, owner=None)': (self: PyDecorated, instance: Value, owner: Value = null) => {
    const get = findAttribute(self.wrapped, '__get__');
    return get === undefined ? self.wrapped : call(get, [instance, owner]);
  },
  '__getattr__(name, /)': (self: PyDecorated, name: string) => {
    const found = getAttribute(self.wrapped, name);
    if (!/^(?:getter|setter|deleter)$/.test(name)) return found;
    // What `@area.setter` makes is the same field with more code.
    return fn(`${name}(func, /)`, (func: Value) => new PyDecorated(call(found, [func]), self.decoration));
  },
});

/** The function behind methods, class methods, properties and partial applications. */
function innermost(value: Value): Value {
  if (value instanceof PyStaticMethod || value instanceof PyClassMethod || value instanceof BoundMethod)
    return innermost(value.func);
  if (value instanceof PyProperty) return innermost(value.fget);
  if (value instanceof PyObject && value.cls.name === 'cached_property') return innermost(getAttribute(value, 'func'));
  return value;
}

const firstParameter = (value: Value): string | undefined => {
  const inner = innermost(value);
  return inner instanceof PyFunction ? inner.code.signature.positional[0] : undefined;
};

/** A function whose first parameter is `cls` as a class method, as authors often leave that out. */
function asClassMethod(value: Value): Value {
  if (value instanceof PyClassMethod || value instanceof PyStaticMethod || firstParameter(value) !== 'cls')
    return value;
  return new PyClassMethod(value);
}

function fieldNames(decorator: string, given: readonly Value[]): string[] {
  const [first] = given;
  if (first instanceof PyFunction)
    throw userError(
      'validator-no-fields',
      `\`@${decorator}\` should be used with fields and keyword arguments, not bare. E.g. usage should be \`@validator('<field_name>', ...)\``,
    );
  if (!given.every(one => typeof one === 'string'))
    throw userError(
      'validator-invalid-fields',
      `\`@${decorator}\` fields should be passed as separate string args. E.g. usage should be \`@validator('<field_name_1>', '<field_name_2>', ...)\``,
    );
  return given as string[];
}

const MODES = ['before', 'after', 'wrap', 'plain'];

function modeOf(value: Value): ValidatorMode {
  if (typeof value !== 'string' || !MODES.includes(value)) throw new Unsupported('a validator with another mode');
  return value as ValidatorMode;
}

function decorateWith(decoration: Decoration, prepare: (func: Value) => Value): Value {
  return fn('dec(f, /)', (func: Value) => new PyDecorated(prepare(func), decoration));
}

function fieldValidator(first: Value, more: PyTuple, mode: Value = 'after', check: Value = null): Value {
  const fields = fieldNames('field_validator', [first, ...more.items]);
  const decoration: Decoration = {
    ...PLAIN,
    kind: 'field_validator',
    fields,
    mode: modeOf(mode),
    checkFields: check !== false,
  };
  return decorateWith(decoration, func => {
    if (!(func instanceof PyClassMethod || func instanceof PyStaticMethod) && firstParameter(func) === 'self')
      throw userError('validator-instance-method', '`@field_validator` cannot be applied to instance methods');
    return asClassMethod(func);
  });
}

function modelValidator(mode: Value): Value {
  return decorateWith({ ...PLAIN, kind: 'model_validator', mode: modeOf(mode) }, asClassMethod);
}

function fieldSerializer(
  given: PyTuple,
  mode: Value = 'plain',
  returnType: Value = UNDEFINED,
  whenUsed: Value = 'always',
  check: Value = null,
): Value {
  const fields = given.items.map(one => {
    if (typeof one !== 'string') throw new Unsupported('field_serializer without names of fields');
    return one;
  });
  const decoration: Decoration = {
    ...PLAIN,
    kind: 'field_serializer',
    fields,
    mode: modeOf(mode),
    returnType,
    whenUsed: String(whenUsed),
    checkFields: check !== false,
  };
  return decorateWith(decoration, func => func);
}

function modelSerializer(
  func: Value | undefined,
  mode: Value = 'plain',
  whenUsed: Value = 'always',
  returnType: Value = UNDEFINED,
): Value {
  const decoration: Decoration = {
    ...PLAIN,
    kind: 'model_serializer',
    mode: modeOf(mode),
    whenUsed: String(whenUsed),
    returnType,
  };
  return func === undefined || func === null ? decorateWith(decoration, one => one) : new PyDecorated(func, decoration);
}

function computedField(func: Value | undefined, options: ReadonlyMap<string, Value>): Value {
  const decorate = (given: Value): Value => {
    const isProperty =
      given instanceof PyProperty || (given instanceof PyObject && given.cls.name === 'cached_property');
    const property = isProperty ? given : new PyProperty(given);
    const inner = innermost(given);
    const name = findAttribute(inner, '__name__');
    const shown = options.get('repr') ?? null;
    const doc = findAttribute(inner, '__doc__') ?? null;
    return new PyDecorated(property, {
      ...PLAIN,
      kind: 'computed_field',
      mode: 'plain',
      returnType: options.get('return_type') ?? UNDEFINED,
      alias: options.get('alias') ?? null,
      repr: shown === null ? !(typeof name === 'string' && name.startsWith('_')) : shown === true,
      description: options.get('description') ?? (typeof doc === 'string' ? doc.trim() : doc),
    });
  };
  return func === undefined || func === null ? fn('dec(f, /)', decorate) : decorate(func);
}

export const DECORATORS: Readonly<Record<string, Parameters<typeof fn>[1]>> = {
  'field_validator(field, /, *fields, mode=None, check_fields=None, json_schema_input_type=None)': fieldValidator,
  'model_validator(*, mode)': modelValidator,
  'field_serializer(*fields, mode=None, return_type=None, when_used=None, check_fields=None)': fieldSerializer,
  'model_serializer(f=None, /, *, mode=None, when_used=None, return_type=None)': modelSerializer,
  'computed_field(func=None, /, **options)': computedField,
};

/** A decorated method of a class or one of its bases. */
export interface Decorated {
  readonly name: string;
  readonly decoration: Decoration;
}

const holderClass = libraryClass('DecoratorInfos', 'pydantic._internal._decorators');

/** What is decorated in a class and its bases, in order. */
export class PyDecorations extends PyObject {
  readonly all: ReadonlyMap<string, Decorated>;
  constructor(all: ReadonlyMap<string, Decorated>) {
    super(holderClass);
    this.all = all;
  }
  of(kind: DecoratorKind): Decorated[] {
    return [...this.all.values()].filter(one => one.decoration.kind === kind);
  }
}

/** Takes the decorations out of a namespace, which keeps what they decorate. */
export function takeDecorations(namespace: Map<string, Value>): Map<string, Decorated> {
  const own = new Map<string, Decorated>();
  for (const [name, value] of namespace) {
    if (!(value instanceof PyDecorated)) continue;
    own.set(name, { name, decoration: value.decoration });
    namespace.set(name, value.wrapped);
  }
  return own;
}

/** The decorations of a class with these of its own. */
export function decorationsOf(cls: PyClass, own: ReadonlyMap<string, Decorated>): PyDecorations {
  const all = new Map<string, Decorated>();
  for (const base of cls.mro.slice(1).reverse()) {
    const known = base.attrs.get('__pydantic_decorators__');
    if (known instanceof PyDecorations) for (const [name, one] of known.all) all.set(name, one);
  }
  for (const [name, one] of own) {
    // A serializer that is written anew takes the place of the inherited one.
    if (one.decoration.kind !== 'computed_field') all.delete(name);
    all.set(name, one);
  }
  for (const kind of ['field_serializer'] as const)
    refuseRepeated(
      cls,
      [...own.values()].filter(one => one.decoration.kind === kind),
    );
  return new PyDecorations(all);
}

function refuseRepeated(_cls: PyClass, serializers: readonly Decorated[]): void {
  const seen = new Set<string>();
  for (const { decoration } of serializers)
    for (const field of decoration.fields) {
      if (seen.has(field))
        throw userError(
          'multiple-field-serializers',
          `Multiple field serializer functions were defined for field ${`'${field}'`}, this is not allowed.`,
        );
      seen.add(field);
    }
}

/** The annotation of what a function returns; undefined where it has none. */
export function returnAnnotation(func: Value): Value | undefined {
  const inner = innermost(func);
  const annotations = findAttribute(inner, '__annotations__');
  return annotations instanceof PyObject && 'get' in annotations
    ? (annotations as unknown as { get(name: Value): Value | undefined }).get('return')
    : undefined;
}
