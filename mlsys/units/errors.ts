/** pint's exceptions, with pint's texts. */
import {
  builtinExceptions,
  exceptionClass,
  exceptionClassOf,
  PyError,
  PyException,
  raise,
  Unsupported,
} from '../python/runtime/errors';
import { defineMethods } from '../python/runtime/native';
import { PyClass, PyTuple, type Value } from '../python/runtime/objects';
import { str } from '../python/runtime/operations';

function define(name: string, bases: readonly PyClass[]): PyClass {
  return new PyClass(name, bases, new Map(), { native: true, module: 'pint.errors' });
}

export const pintError = define('PintError', [exceptionClass]);
const valueError = exceptionClassOf('ValueError');
export const definitionError = define('DefinitionError', [valueError, pintError]);
export const definitionSyntaxError = define('DefinitionSyntaxError', [valueError, pintError]);
export const redefinitionError = define('RedefinitionError', [valueError, pintError]);
export const undefinedUnitError = define('UndefinedUnitError', [exceptionClassOf('AttributeError'), pintError]);
export const pintTypeError = define('PintTypeError', [exceptionClassOf('TypeError'), pintError]);
export const dimensionalityError = define('DimensionalityError', [pintTypeError]);
export const offsetUnitCalculusError = define('OffsetUnitCalculusError', [pintTypeError]);
export const logarithmicUnitCalculusError = define('LogarithmicUnitCalculusError', [pintTypeError]);
export const unitStrippedWarning = define('UnitStrippedWarning', [builtinExceptions().get('UserWarning')!, pintError]);

/** All classes by name, for `pint` and `pint.errors`. */
export const pintErrors: ReadonlyMap<string, PyClass> = new Map(
  [
    pintError,
    definitionError,
    definitionSyntaxError,
    redefinitionError,
    undefinedUnitError,
    pintTypeError,
    dimensionalityError,
    offsetUnitCalculusError,
    logarithmicUnitCalculusError,
    unitStrippedWarning,
  ].map(cls => [cls.name, cls]),
);

/** What `str()` of an exception raised here says; kept beside `args`, which pint leaves as the constructor's. */
const texts = new WeakMap<PyException, string>();

for (const cls of pintErrors.values()) {
  if (cls === pintError || cls === pintTypeError) continue;
  defineMethods(cls, {
    '__str__()': (self: PyException) => texts.get(self) ?? defaultText(self),
  });
}

/** The constructors take names for their arguments, which also become attributes. */
function named(cls: PyClass, signature: string, names: readonly string[], needed: number): void {
  defineMethods(cls, {
    [signature]: (self: PyException, ...values: (Value | undefined)[]) => {
      const given = names.map((_, at) => values[at] ?? (at < needed ? null : ''));
      const last = values.findLastIndex(value => value !== undefined);
      self.args = new PyTuple(given.slice(0, last + 1));
      names.forEach((name, at) => {
        self.attrs?.set(name, given[at]!);
      });
      return null;
    },
  });
}

named(
  dimensionalityError,
  "__init__(units1, units2, dim1='', dim2='', extra_msg='')",
  ['units1', 'units2', 'dim1', 'dim2', 'extra_msg'],
  2,
);

/** What pint keeps in its exceptions as objects of its own. */
for (const [cls, names] of [
  [dimensionalityError, ['units1', 'units2', 'dim1', 'dim2', 'extra_msg']],
  [undefinedUnitError, ['unit_names']],
] as const)
  defineMethods(cls, {
    '__getattr__(name, /)': (self: PyException, name: string) => {
      if ((names as readonly string[]).includes(name)) throw new Unsupported(`${cls.name}.${name}`, 'use str(error)');
      throw raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}'`);
    },
  });

/** Text of an exception that a chapter constructed itself, such as `pint.DimensionalityError(a, b)`. */
function defaultText(self: PyException): string {
  const args = self.args.items.map(item => str(item));
  if (self.cls.isSubclassOf(dimensionalityError)) {
    const [from = '', to = '', dim1 = '', dim2 = '', extra = ''] = args;
    const dims = dim1 !== '' || dim2 !== '' ? [` (${dim1})`, ` (${dim2})`] : ['', ''];
    return `Cannot convert from '${from}'${dims[0]} to '${to}'${dims[1]}${extra}`;
  }
  if (self.cls.isSubclassOf(undefinedUnitError)) return undefinedText(args);
  if (self.cls.isSubclassOf(redefinitionError) && args.length === 2) return `Cannot redefine '${args[0]}' (${args[1]})`;
  return args.length === 1 ? args[0]! : `(${args.join(', ')})`;
}

function undefinedText(names: readonly string[]): string {
  return names.length === 1
    ? `'${names[0]}' is not defined in the unit registry`
    : `(${names.map(name => `'${name}'`).join(', ')}) are not defined in the unit registry`;
}

function make(cls: PyClass, text: string, args: readonly Value[] = [text]): PyError {
  const exception = new PyException(cls, args);
  texts.set(exception, text);
  return new PyError(exception);
}

/** A failed conversion; `from` and `to` as they read, with dimensions where pint tells them. */
export function cannotConvert(from: string, to: string, dim1 = '', dim2 = '', extra = ''): PyError {
  const dims = dim1 !== '' || dim2 !== '' ? [` (${dim1})`, ` (${dim2})`] : ['', ''];
  return make(dimensionalityError, `Cannot convert from '${from}'${dims[0]} to '${to}'${dims[1]}${extra}`, [
    from,
    to,
    dim1,
    dim2,
    extra,
  ]);
}

export function undefinedUnit(name: string): PyError {
  return make(undefinedUnitError, undefinedText([name]), [name]);
}

export function ambiguousOffset(first: string, second?: string): PyError {
  const units = second === undefined || second === '' || second === 'dimensionless' ? first : `${first}, ${second}`;
  return make(
    offsetUnitCalculusError,
    `Ambiguous operation with offset unit (${units}). See https://pint.readthedocs.io/en/stable/user/nonmult.html for guidance.`,
    second === undefined ? [first] : [first, second],
  );
}

export function badDefinition(text: string): PyError {
  return make(definitionSyntaxError, text);
}

export function redefined(name: string): PyError {
  return make(redefinitionError, `Cannot redefine '${name}' (<class 'pint.facets.plain.definitions.UnitDefinition'>)`, [
    name,
  ]);
}
