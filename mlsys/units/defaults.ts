/** The definitions that every registry starts from, read from the data file on first use. */
import data from '../data/units.json';
import { type Exponent, UnitsContainer } from './container';
import { type Definition, Definitions, isDimension, type UnitDefinition } from './definitions';
import { scalar } from './numeric';

/** `a b:-2`: names with exponents, 1 where none stands. */
function reference(text: string, one: Exponent = 1n): UnitsContainer {
  if (text === '') return UnitsContainer.of([]);
  return UnitsContainer.of(
    text.split(' ').map(part => {
      const [name = '', exponent] = part.split(':');
      return [name, exponent === undefined ? one : scalar(exponent)] as const;
    }),
  );
}

type UnitRow = [string, string, string[], string, string, (string | null)?, string?, string?];

function unitOf(row: UnitRow): Definition {
  const [name, symbol, aliases, scale, refersTo, offset, base, factor] = row;
  const units = reference(refersTo);
  const unit: UnitDefinition = {
    name,
    symbol: symbol === '' ? name : symbol,
    aliases,
    scale: scalar(scale),
    reference: units,
    isBase: units.names().some(isDimension),
    ...(offset ? { offset: scalar(offset) } : {}),
    ...(base === undefined || factor === undefined
      ? {}
      : { logarithm: { base: Number(base), factor: Number(factor) } }),
  };
  return { kind: 'unit', unit, keys: symbol === '' ? [name, ...aliases] : [name, symbol, ...aliases] };
}

function load(): Definitions {
  const definitions: Definition[] = [
    ...(data.dimensions as string[][]).map(
      ([name, refersTo]): Definition => ({
        kind: 'dimension',
        name: name!,
        reference: refersTo === undefined ? null : reference(refersTo),
      }),
    ),
    ...(data.prefixes as [string, string, string[], string][]).map(
      ([name, symbol, aliases, value]): Definition => ({
        kind: 'prefix',
        prefix: { name, symbol: symbol === '' ? name : symbol, value: scalar(value) },
        keys: symbol === '' ? [name, ...aliases] : [name, symbol, ...aliases],
      }),
    ),
    ...(data.units as UnitRow[]).map(unitOf),
  ];
  // pint keeps the exponents of a system's units as floats
  const systems = new Map(
    Object.entries(data.systems).map(([name, units]) => [
      name,
      new Map(Object.entries(units).map(([root, refersTo]) => [root, reference(refersTo, 1)])),
    ]),
  );
  const nothing = { units: new Map(), prefixes: new Map(), dimensions: new Map() };
  return new Definitions(nothing, systems).extend(definitions);
}

let loaded: Definitions | undefined;

/** pint's default definitions. */
export function defaultDefinitions(): Definitions {
  loaded ??= load();
  return loaded;
}

let outside: ReadonlySet<string> | undefined;

/** Whether the default system lists a unit among its members, as `compatible_units` asks; units of a chapter are none. */
export function inDefaultSystem(name: string): boolean {
  outside ??= new Set(data.outsideDefaultSystem);
  return defaultDefinitions().definition(name)?.name === name && !outside.has(name);
}
