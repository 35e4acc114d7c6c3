/** Aliases of fields: `AliasPath`, `AliasChoices`, and generators of aliases. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { type PyClass, PyObject, type PyTuple, type Value } from '../../python/runtime/objects';
import { call, isCallable, repr, typeName } from '../../python/runtime/operations';
import { toTitle } from '../../python/runtime/text/casing';
import { refuseUnknown } from '../../python/runtime/unknown';
import type { PyFieldInfo } from './field';
import type { Lookup } from './modelFields';
import { libraryClass } from './support';

export const aliasPathClass = libraryClass('AliasPath', 'pydantic.aliases');
export const aliasChoicesClass = libraryClass('AliasChoices', 'pydantic.aliases');
export const aliasGeneratorClass = libraryClass('AliasGenerator', 'pydantic.aliases');

/** Ways to find a field's value in an input. */
export class PyAlias extends PyObject {
  readonly lookups: readonly Lookup[];
  constructor(cls: PyClass, lookups: readonly Lookup[]) {
    super(cls);
    this.lookups = lookups;
  }
}

type AliasKind = 'alias' | 'validation_alias' | 'serialization_alias';

class PyAliasGenerator extends PyObject {
  readonly functions: Readonly<Record<AliasKind, Value>>;
  constructor(functions: Readonly<Record<AliasKind, Value>>) {
    super(aliasGeneratorClass);
    this.functions = functions;
  }
}

export function setUpAliases(): void {
  defineConstructor(
    aliasPathClass,
    'AliasPath.__init__(*args)',
    (own: PyClass, args: PyTuple) => new PyAlias(own, [args.items as Lookup]),
  );
  defineConstructor(
    aliasChoicesClass,
    'AliasChoices.__init__(*args)',
    (own: PyClass, args: PyTuple) =>
      new PyAlias(
        own,
        args.items.flatMap(one => (one instanceof PyAlias ? one.lookups : [[String(one)]])),
      ),
  );
  defineConstructor(
    aliasGeneratorClass,
    'AliasGenerator.__init__(alias=None, validation_alias=None, serialization_alias=None)',
    (_own: PyClass, alias: Value = null, validation: Value = null, serialization: Value = null) =>
      new PyAliasGenerator({ alias, validation_alias: validation, serialization_alias: serialization }),
  );
  const shown = (lookup: Lookup): string =>
    lookup.length === 1 ? repr(lookup[0]!) : `AliasPath(path=[${lookup.map(repr).join(', ')}])`;
  defineMethods(aliasPathClass, {
    '__repr__()': (self: PyAlias) => `AliasPath(path=[${self.lookups[0]!.map(repr).join(', ')}])`,
  });
  defineMethods(aliasChoicesClass, {
    '__repr__()': (self: PyAlias) => `AliasChoices(choices=[${self.lookups.map(shown).join(', ')}])`,
  });
  const part = (kind: AliasKind) => (self: PyAliasGenerator) => self.functions[kind];
  defineProperties(aliasGeneratorClass, {
    alias: part('alias'),
    validation_alias: part('validation_alias'),
    serialization_alias: part('serialization_alias'),
  });
}

type Aliases = Readonly<Record<AliasKind, Value>>;

/** What a generator, a function or an `AliasGenerator`, makes of the name of a field. */
function generated(generator: Value, name: string): Aliases {
  refuseUnknown(generator);
  if (generator instanceof PyAliasGenerator) {
    const make = (kind: AliasKind): Value => {
      const func = generator.functions[kind];
      if (func === null) return null;
      const alias = call(func, [name]);
      refuseUnknown(alias);
      const fits =
        typeof alias === 'string' || alias === null || (kind === 'validation_alias' && alias instanceof PyAlias);
      if (!fits) throw new Unsupported(`AliasGenerator with a function that gives a ${typeName(alias)}`);
      return alias;
    };
    return {
      alias: make('alias'),
      validation_alias: make('validation_alias'),
      serialization_alias: make('serialization_alias'),
    };
  }
  if (!isCallable(generator)) throw new Unsupported(`alias_generator=${repr(generator)}`);
  const alias = call(generator, [name]);
  refuseUnknown(alias);
  if (typeof alias !== 'string')
    throw raise(
      'TypeError',
      `alias_generator ${repr(generator)} must return str, not ${repr((alias as PyObject).cls)}`,
    );
  return { alias, validation_alias: null, serialization_alias: null };
}

/** Gives a field the aliases of its model's generator, as far as it has none with a higher priority. */
export function applyGenerator(generator: Value, name: string, field: PyFieldInfo): void {
  const own = field.get('alias_priority');
  const isComplete = (['alias', 'validation_alias', 'serialization_alias'] as const).every(
    kind => field.get(kind) !== null,
  );
  if (typeof own === 'bigint' && own > 1n && isComplete) return;
  const made = generated(generator, name);
  const priority = typeof own === 'bigint' && own > 1n ? own : 1n;
  field.attributes.set('alias_priority', priority);
  const offered: Aliases = {
    alias: made.alias,
    validation_alias: made.validation_alias ?? made.alias,
    serialization_alias: made.serialization_alias ?? made.alias,
  };
  for (const kind of ['alias', 'validation_alias', 'serialization_alias'] as const)
    if (priority === 1n || field.get(kind) === null) field.attributes.set(kind, offered[kind]);
}

/** The name that a generator gives a computed field in dumps. */
export function generatedOutput(generator: Value, name: string): Value {
  const made = generated(generator, name);
  return made.serialization_alias ?? made.alias;
}

/** `snake_case` as `PascalCase`. */
export function toPascal(snake: string): string {
  return toTitle(snake).replace(/([0-9A-Za-z])_(?=[0-9A-Z])/g, '$1');
}

/** `snake_case` as `camelCase`. */
export function toCamel(snake: string): string {
  if (/^[a-z]+[A-Za-z0-9]*$/.test(snake) && !/\p{Nd}[a-z]/u.test(snake)) return snake;
  return toPascal(snake).replace(/^_*[A-Z]/, first => first.toLowerCase());
}

/** `camelCase`, `PascalCase` or `kebab-case` as `snake_case`. */
export function toSnake(camel: string): string {
  const parted = camel
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/([0-9])([A-Z])/g, '$1_$2')
    .replace(/([a-z])([0-9])/g, '$1_$2');
  return parted.replaceAll('-', '_').toLowerCase();
}
