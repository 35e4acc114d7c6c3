/** The definitions that every registry starts from, read from the data file on first use. */
import data from '../data/units.json';
import { type Exponent, UnitsContainer } from './container';
import {
  Definitions,
  deltaOf,
  keysOf,
  type Prefix,
  type SystemTable,
  type UnitDefinition,
  type UnitTable,
} from './definitions';
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

function unitOf(row: UnitRow): UnitDefinition {
  const [name, symbol, aliases, scale, refersTo, offset, base, factor] = row;
  return {
    name,
    symbol: symbol === '' ? name : symbol,
    aliases,
    scale: scalar(scale),
    reference: reference(refersTo),
    isBase: refersTo.startsWith('['),
    ...(offset ? { offset: scalar(offset) } : {}),
    ...(base === undefined || factor === undefined
      ? {}
      : { logarithm: { base: Number(base), factor: Number(factor) } }),
  };
}

/** The units of the data file. Rows become definitions when somebody asks for them: chapters use a few of hundreds. */
class UnitRows implements UnitTable {
  readonly #entries = new Map<string, UnitDefinition | UnitRow>();

  constructor(rows: readonly UnitRow[]) {
    for (const row of rows) {
      const [name, symbol, aliases] = row;
      this.#entries.set(name, row);
      if (symbol !== '') this.#entries.set(symbol, row);
      for (const alias of aliases) this.#entries.set(alias, row);
      const hasOffset = typeof row[5] === 'string';
      const delta = hasOffset ? deltaOf(unitOf(row)) : undefined;
      if (delta !== undefined) for (const key of keysOf(delta)) this.#entries.set(key, delta);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): UnitDefinition | undefined {
    const found = this.#entries.get(key);
    return Array.isArray(found) ? this.#define(found) : found;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): Iterable<string> {
    return this.#entries.keys();
  }

  /** All names of a unit lead to one definition. */
  #define(row: UnitRow): UnitDefinition {
    const unit = unitOf(row);
    for (const key of keysOf(unit)) if (this.#entries.get(key) === row) this.#entries.set(key, unit);
    return unit;
  }
}

function load(): Definitions {
  const rows = data.units as UnitRow[];
  const dimensions = new Map<string, UnitsContainer | null>();
  for (const [name, refersTo] of data.dimensions as string[][])
    dimensions.set(name!, refersTo === undefined ? null : reference(refersTo));
  for (const [, , , , refersTo] of rows)
    if (refersTo.startsWith('['))
      for (const name of reference(refersTo).names()) if (!dimensions.has(name)) dimensions.set(name, null);
  const prefixes = new Map<string, Prefix>();
  for (const [name, symbol, aliases, value] of data.prefixes as [string, string, string[], string][]) {
    const prefix = { name, symbol: symbol === '' ? name : symbol, value: scalar(value) };
    for (const key of [name, prefix.symbol, ...aliases]) prefixes.set(key, prefix);
  }
  return new Definitions({ units: new UnitRows(rows), prefixes, dimensions }, new SystemRows(data.systems));
}

/** The systems of the data file; chapters use one of them, if any. */
class SystemRows implements SystemTable {
  readonly #rows: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly #systems = new Map<string, ReadonlyMap<string, UnitsContainer>>();

  constructor(rows: Readonly<Record<string, Readonly<Record<string, string>>>>) {
    this.#rows = new Map(Object.entries(rows));
  }

  has(name: string): boolean {
    return this.#rows.has(name);
  }

  get(name: string): ReadonlyMap<string, UnitsContainer> | undefined {
    const row = this.#rows.get(name);
    let system = this.#systems.get(name);
    if (row === undefined || system !== undefined) return system;
    // pint keeps the exponents of a system's units as floats
    system = new Map(Object.entries(row).map(([root, refersTo]) => [root, reference(refersTo, 1)]));
    this.#systems.set(name, system);
    return system;
  }
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

let none: Definitions | undefined;

/** Definitions of nothing, for a registry that reads its own file. */
export function noDefinitions(): Definitions {
  none ??= new Definitions({ units: new Map(), prefixes: new Map(), dimensions: new Map() }, new SystemRows({}));
  return none;
}
