/**
 * What editors ask about values that they know by their descriptions alone (`repr`, type): how they read in a format or in
 * another unit, and what their type has. No cell runs for it, and nothing of a session is looked at: units are those of the
 * library's own registry.
 */
import { builtinModule } from '../modules/registry';
import { builtins } from '../python/builtins';
import { PyError, Refusal } from '../python/runtime/errors';
import { isRefused } from '../python/runtime/members';
import { splitParameters } from '../python/runtime/native';
import { NativeFunction, PyClass, type PyModule, PyProperty, type Value } from '../python/runtime/objects';
import { format } from '../python/runtime/operations';
import { parseExpression } from '../python/syntax/program';
import { guarded } from '../session/describe';
import {
  formatUnits,
  magnitudeIn,
  makeQuantity,
  PyQuantity,
  PyUnit,
  quantityBase,
  unitBase,
  unitsLike,
} from '../units/index';
import { asLibrary } from './build';
import { CONSTANT_ROWS } from './constants';
import { sharedRegistry } from './ureg';

/** A value as `repr` and the name of its type tell it. */
export interface DescribedValue {
  readonly repr: string;
  readonly type: string;
  /** What it is where magnitudes of quantities are others by a share; of a value that was computed of others, see `computed.ts`. */
  readonly at?: (nudge: number) => Value | undefined;
}

const QUANTITY = /^<Quantity\((.+), '([^']*)'\)>$/;
const UNIT = /^<Unit\('([^']*)'\)>$/;
/** A repr has nine digits of a magnitude: the number itself is within this share of it. */
const UNSEEN = 5.1e-9;

/** The value that a description stands for; undefined where the description does not tell all of it. */
export function valueDescribed({ repr, type, at }: DescribedValue, nudge = 0): Value | undefined {
  if (at !== undefined) return at(nudge);
  if (type === 'Quantity') {
    const found = QUANTITY.exec(repr);
    const magnitude = found === null ? undefined : literal(found[1]!);
    if (typeof magnitude === 'number') return makeQuantity(sharedRegistry(), magnitude * (1 + nudge), found![2]!);
    return typeof magnitude === 'bigint' ? makeQuantity(sharedRegistry(), magnitude, found![2]!) : undefined;
  }
  if (type === 'Unit') {
    const unit = UNIT.exec(repr)?.[1];
    return unit === undefined ? undefined : new PyUnit(sharedRegistry(), unitsLike(sharedRegistry(), unit));
  }
  if (type === 'float64') return valueDescribed({ repr: repr.replace(/^np\.float64\((.*)\)$/, '$1'), type: 'float' });
  const value = type === 'int' || type === 'float' || type === 'str' ? literal(repr) : undefined;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? value : undefined;
}

function literal(text: string): unknown {
  const { expression } = parseExpression(text);
  if (expression?.kind === 'Constant') return expression.value;
  if (expression?.kind !== 'UnaryOp' || expression.op !== '-' || expression.operand.kind !== 'Constant')
    return undefined;
  const { value } = expression.operand;
  return typeof value === 'number' || typeof value === 'bigint' ? -value : undefined;
}

/** Runs `look` as the library; undefined where Python would raise. */
export function ifPossible<T>(look: () => T): T | undefined {
  try {
    return asLibrary(() => guarded(look));
  } catch (error) {
    if (error instanceof PyError || error instanceof Refusal) return undefined;
    throw error;
  }
}

/** `format(value, spec)`; undefined where the description does not tell as much of the value, or it cannot be formatted so. */
export function formattedAs(described: DescribedValue, spec: string): string | undefined {
  return surely(described, value => format(value, spec));
}

/** What is told of a value, where the digits that its description lacks make no difference. */
function surely(described: DescribedValue, tell: (value: Value) => string | undefined): string | undefined {
  return ifPossible(() => {
    const [first, ...others] = [UNSEEN, 0, -UNSEEN].map(nudge => {
      const value = valueDescribed(described, nudge);
      return value === undefined ? undefined : tell(value);
    });
    return others.every(one => one === first) ? first : undefined;
  });
}

/** A number in a unit as `.m_as(unit)` gives it, in six digits or five; undefined where that cannot be. */
export function convertedTo(described: DescribedValue, unit: string): string | undefined {
  const inDigits = (digits: number) =>
    surely(described, value => {
      if (!(value instanceof PyQuantity)) return undefined;
      return format(magnitudeIn(value, unitsLike(value.registry, unit)), `.${digits}g`);
    });
  return inDigits(6) ?? inDigits(5);
}

/** A unit as cells write it. */
export interface UnitInfo {
  /** An expression over names of `mlsys.constants`, as well as the text of a unit: `TFLOPs/second`. */
  readonly text: string;
  /** Its short form: `TFLOPs/s`. */
  readonly short: string;
  /** True where every name in it is one of `mlsys.constants`. */
  readonly isImportable: boolean;
}

/** Units of the default registry that numbers of books come in, beside those of the library's constants. */
const COMMON =
  'microsecond minute week month year millimeter centimeter kilometer inch foot mile gram milligram tonne pound celsius ' +
  'kelvin kilojoule megajoule kilowatt_hour megawatt_hour watt_hour calorie gigawatt ampere milliampere ohm pascal bar ' +
  'liter milliliter hectare bit kilobit megabit gigabit megahertz gigahertz percent mole newton kilometer/hour ' +
  'meter/second bit/second megabit/second gigabit/second gram/kilowatt_hour kilogram/kilowatt_hour';

let units: ReadonlyMap<string, readonly UnitInfo[]> | undefined;

/** By dimensions. */
function knownUnits(): ReadonlyMap<string, readonly UnitInfo[]> {
  if (units !== undefined) return units;
  const names = new Set(CONSTANT_ROWS.filter(({ kind }) => kind === 'unit' || kind === 'alias').map(row => row.name));
  const texts = new Set([
    ...names,
    ...CONSTANT_ROWS.flatMap(({ kind, unit }) => (kind === 'quantity' && unit !== undefined ? [unit] : [])),
    ...COMMON.split(' '),
  ]);
  const found = new Map<string, UnitInfo[]>();
  for (const text of texts) {
    const key = dimensionsOf(text);
    if (key === undefined) continue;
    const registry = sharedRegistry();
    const short = ifPossible(() => formatUnits(registry.state, unitsLike(registry, text), '~P')) ?? text;
    const isImportable = text.split(/[*/]/).every(name => names.has(name));
    found.set(key, [...(found.get(key) ?? []), { text, short, isImportable }]);
  }
  units = found;
  return units;
}

function dimensionsOf(unit: string): string | undefined {
  return ifPossible(() => {
    const registry = sharedRegistry();
    return registry.facts(unitsLike(registry, unit)).dimensionality.key;
  });
}

/** Units that a quantity can be converted to. Those of the library come first; none where the unit is not known here. */
export function unitsFitting(described: DescribedValue): readonly UnitInfo[] {
  const unit = QUANTITY.exec(described.repr)?.[2];
  const key = unit === undefined ? undefined : dimensionsOf(unit);
  return key === undefined ? [] : (knownUnits().get(key) ?? []);
}

/** Units by which a registry is asked for one: `ureg.kilowatt`; of a quantity, those that it can be converted to. */
export function registryUnits(of?: DescribedValue): readonly UnitInfo[] {
  const units = of === undefined ? [...knownUnits().values()].flat() : unitsFitting(of);
  return units.filter(({ text }) => !/[/*]/.test(text));
}

/** An attribute that values of a type have. */
export interface TypeMember {
  readonly name: string;
  readonly isMethod: boolean;
  /** `upper()`, `get(key, default=None, /)`. */
  readonly signature: string | undefined;
  readonly doc: string | undefined;
}

/** Modules in which classes are looked for whose values chapters have: those that load without a session. */
const HOMES = ['numpy', 'pathlib', 'datetime'];

function classNamed(type: string): PyClass | undefined {
  if (type === 'Quantity') return quantityBase;
  if (type === 'Unit') return unitBase;
  const own = builtins().get(type);
  if (own instanceof PyClass) return own;
  for (const home of HOMES) {
    const found = ifPossible(() => builtinModule(home)?.attrs.get(type));
    if (found instanceof PyClass && found.name === type) return found;
  }
  return undefined;
}

const members = new Map<string, readonly TypeMember[]>();

/** What values of a type of the library have, by the name of the type (`str`, `Quantity`, `ndarray`), without special methods. */
export function typeMembers(type: string): readonly TypeMember[] {
  let known = members.get(type);
  if (known === undefined) {
    known = membersOf(type);
    members.set(type, known);
  }
  return known;
}

function membersOf(type: string): readonly TypeMember[] {
  const found = new Map<string, TypeMember>();
  for (const cls of classNamed(type)?.mro ?? [])
    for (const [name, value] of cls.attrs) {
      if (name.startsWith('_') || found.has(name) || isRefused(value)) continue;
      const isMethod = !(value instanceof PyProperty);
      const signature = value instanceof NativeFunction ? value.signature : undefined;
      const doc = value instanceof NativeFunction ? value.doc : undefined;
      found.set(name, { name, isMethod, signature, doc });
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The signature of a function or class of the library by its dotted name, `math.log` or a built-in; undefined where it has none. */
export function librarySignature(
  path: string,
): { readonly signature: string; readonly doc: string | undefined } | undefined {
  const dot = path.lastIndexOf('.');
  const value = dot < 0 ? builtins().get(path) : memberOf(path.slice(0, dot), path.slice(dot + 1));
  if (value instanceof NativeFunction) return { signature: value.signature, doc: value.doc };
  if (!(value instanceof PyClass) || !value.native) return undefined;
  return { signature: `${value.name}(…)`, doc: value.doc };
}

function memberOf(path: string, name: string): Value | undefined {
  const module = ifPossible(() => builtinModule(path.replace(/^mlsysim(?=\.|$)/, 'mlsys')));
  if (module !== undefined) return partOf(module, name);
  // a class of the library: `str.join`
  const cls = builtins().get(path);
  return cls instanceof PyClass ? cls.lookup(name) : undefined;
}

function partOf(module: PyModule, name: string): Value | undefined {
  return module.attrs.get(name) ?? module.lazy?.(name);
}

/** A parameter of a signature of the library. */
export interface SignatureParameter {
  /** As the signature writes it: `ndigits=None`, `*args`. */
  readonly text: string;
  readonly name: string;
  readonly fallback: string | undefined;
  /** True where it can be given by name. */
  readonly isNamed: boolean;
}

/** The parameters of a signature such as `round(number, ndigits=None)`. */
export function parametersOf(signature: string): readonly SignatureParameter[] {
  const inner = signature.slice(signature.indexOf('(') + 1, signature.lastIndexOf(')'));
  const pieces = splitParameters(inner);
  const slash = pieces.indexOf('/');
  return pieces.flatMap((text, at) => {
    if (text === '/' || text === '*') return [];
    const [name, fallback] = text.split(/=(.*)/s, 2).map(part => part.trim());
    const isNamed = at > slash && !/^[*_]/.test(name!) && name !== '…';
    return { text, name: name!.replace(/^\*+/, ''), fallback, isNamed };
  });
}
