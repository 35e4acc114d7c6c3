/**
 * What a registry knows: units, prefixes, dimensions, systems. Definitions are immutable; defining a unit makes new ones
 * that share all the rest. Whatever follows from them alone (canonical names, factors, dimensions) is remembered here.
 */

import { raise } from '../python/runtime/errors';
import { vm } from '../python/runtime/vm';
import { DIMENSIONLESS, type Exponent, UnitsContainer } from './container';
import { ambiguousOffset, cannotConvert, undefinedUnit } from './errors';
import { type Kinds, kindsOfUnits } from './kinds';
import { multiplyScalars, powerScalar, type Scalar } from './numeric';

export interface UnitDefinition {
  readonly name: string;
  /** The short form that `~` prints; the name where none was given. */
  readonly symbol: string;
  readonly aliases: readonly string[];
  /** Number in front of the reference units. */
  readonly scale: Scalar;
  /** Units it is defined by, or dimensions for a base unit. */
  readonly reference: UnitsContainer;
  /** A base unit refers to dimensions. */
  readonly isBase: boolean;
  /** What an offset unit (a temperature) adds after scaling. */
  readonly offset?: Scalar;
  readonly logarithm?: { readonly base: number; readonly factor: number };
}

export interface Prefix {
  readonly name: string;
  readonly symbol: string;
  readonly value: Scalar;
}

/** Units by every name that they have. */
export interface UnitTable {
  readonly size: number;
  get(key: string): UnitDefinition | undefined;
  has(key: string): boolean;
  keys(): Iterable<string>;
}

/** Systems of units by name: for root units, the unit that stands for each. */
export interface SystemTable {
  has(name: string): boolean;
  get(name: string): ReadonlyMap<string, UnitsContainer> | undefined;
}

/** One definition read from text or data. */
export type Definition =
  | { readonly kind: 'unit'; readonly unit: UnitDefinition; readonly keys: readonly string[] }
  | { readonly kind: 'prefix'; readonly prefix: Prefix; readonly keys: readonly string[] }
  | { readonly kind: 'dimension'; readonly name: string; readonly reference: UnitsContainer | null }
  | { readonly kind: 'alias'; readonly name: string; readonly aliases: readonly string[] };

/** What follows from a container of units. */
export interface UnitFacts {
  readonly dimensionality: UnitsContainer;
  /** Units with an offset or a logarithm. */
  readonly nonMultiplicative: readonly string[];
  readonly hasDelta: boolean;
  readonly root: Root;
}

export interface Root {
  readonly factor: Scalar;
  readonly units: UnitsContainer;
}

/** Bound of every memo that a chapter's texts can fill. */
const CAPACITY = 4096;

/** So many texts added one after the other are remembered. */
const DEEPEST_MEMO = 64;

/** What adding a definition takes, and each one of the session that it is put beside. */
const EXTEND_STEPS = 100;

/** What a product of units costs when it is first met. */
const FACTS_STEPS = 150;
const EXTEND_BYTES = 100;

export function isDimension(name: string): boolean {
  return name.startsWith('[') && name.endsWith(']');
}

export function isMultiplicative(unit: UnitDefinition): boolean {
  return unit.logarithm === undefined && (unit.offset === undefined || Number(unit.offset) === 0);
}

export class Definitions {
  readonly #parent: Definitions | undefined;
  readonly #units: UnitTable;
  readonly #prefixes: ReadonlyMap<string, Prefix>;
  readonly #dimensions: ReadonlyMap<string, UnitsContainer | null>;
  #allPrefixes: readonly (readonly [string, Prefix])[] | undefined = undefined;
  /** Root unit of each system to the unit that stands for it. */
  readonly systems: SystemTable;
  /** Grows with every definition: tells states of one registry apart. */
  readonly serial: number;
  readonly #extensions = new Map<string, Definitions>();
  /** How many texts were added to the first definitions one after the other. */
  #depth = 0;
  readonly #orderMatters = new WeakMap<UnitsContainer, boolean>();
  readonly #names = new Map<string, string>();
  readonly #prefixed = new Map<string, UnitDefinition>();
  readonly #facts = new WeakMap<UnitsContainer, UnitFacts>();
  readonly #kinds = new WeakMap<UnitsContainer, Kinds>();
  /** By system. */
  readonly #bases = new Map<string, WeakMap<UnitsContainer, UnitsContainer>>();
  readonly #factors = new WeakMap<UnitsContainer, WeakMap<UnitsContainer, Scalar>>();
  /** Units that texts were read as; `as_delta` texts under their own key. */
  readonly texts = new Map<string, UnitsContainer>();

  constructor(
    parts: {
      units: UnitTable;
      prefixes: ReadonlyMap<string, Prefix>;
      dimensions: ReadonlyMap<string, UnitsContainer | null>;
    },
    systems: SystemTable,
    parent?: Definitions,
  ) {
    this.#parent = parent;
    this.#units = parts.units;
    this.#prefixes = parts.prefixes;
    this.#dimensions = parts.dimensions;
    this.systems = systems;
    this.serial = (parent?.serial ?? 0) + parts.units.size + parts.prefixes.size + parts.dimensions.size;
  }

  /** These definitions and more; later ones win. `refuse` is asked about each name that exists already. */
  extend(definitions: readonly Definition[], refuse?: (name: string) => void): Definitions {
    // a layer on a layer would make chains; the newest layer is copied instead
    const base = this.#parent ?? this;
    const layered = this.#parent !== undefined;
    vm.step(EXTEND_STEPS + (layered ? this.#units.size : 0));
    vm.charge(EXTEND_BYTES * (1 + (layered ? this.#units.size : 0)));
    const units = new Map<string, UnitDefinition>();
    if (layered) for (const key of this.#units.keys()) units.set(key, this.#units.get(key)!);
    const prefixes = new Map(layered ? this.#prefixes : []);
    const dimensions = new Map(layered ? this.#dimensions : []);
    const put = (key: string, unit: UnitDefinition) => {
      if (refuse !== undefined && (units.has(key) || this.definition(key) !== undefined)) refuse(key);
      units.set(key, unit);
    };
    const putUnit = ({ keys, unit }: Definition & { readonly kind: 'unit' }) => {
      for (const key of keys) put(key, unit);
      for (const name of unit.isBase ? unit.reference.names() : [])
        if (!dimensions.has(name) && this.dimension(name) === undefined) dimensions.set(name, null);
      const delta = deltaOf(unit);
      if (delta !== undefined) for (const key of keysOf(delta)) put(key, delta);
    };
    for (const definition of definitions)
      switch (definition.kind) {
        case 'unit':
          putUnit(definition);
          break;
        case 'prefix':
          for (const key of definition.keys) prefixes.set(key, definition.prefix);
          break;
        case 'dimension':
          dimensions.set(definition.name, definition.reference);
          break;
        default: {
          const unit = units.get(definition.name) ?? this.definition(definition.name);
          if (unit === undefined) throw raise('KeyError', definition.name);
          for (const alias of definition.aliases) put(alias, unit);
        }
      }
    return new Definitions({ units, prefixes, dimensions }, this.systems, base);
  }

  /** These definitions and those of a text; the same text gives the same definitions again. */
  extendedBy(text: string, parse: (text: string) => readonly Definition[]): Definitions {
    let extended = this.#extensions.get(text);
    if (extended === undefined) {
      extended = this.extend(parse(text));
      // Each holds what extends it, and the first are held for good: a loop that defines must not fill the memory.
      extended.#depth = this.#depth + 1;
      if (this.#depth >= DEEPEST_MEMO) return extended;
      if (this.#extensions.size >= 64) this.#extensions.clear();
      this.#extensions.set(text, extended);
    }
    return extended;
  }

  /** The unit of exactly that name, symbol or alias. */
  definition(key: string): UnitDefinition | undefined {
    return this.#units.get(key) ?? this.#parent?.definition(key);
  }

  prefix(key: string): Prefix | undefined {
    return this.#prefixes.get(key) ?? this.#parent?.prefix(key);
  }

  /** What a derived dimension refers to, null for a base dimension, undefined for none. */
  dimension(name: string): UnitsContainer | null | undefined {
    const own = this.#dimensions.get(name);
    return own === undefined ? this.#parent?.dimension(name) : own;
  }

  /** All prefix spellings, in order of definition. */
  prefixes(): readonly (readonly [string, Prefix])[] {
    this.#allPrefixes ??= [...(this.#parent?.prefixes() ?? []), ...this.#prefixes];
    return this.#allPrefixes;
  }

  /** All names, symbols and aliases of units. */
  *keys(): Iterable<string> {
    if (this.#parent !== undefined) for (const key of this.#parent.keys()) if (!this.#units.has(key)) yield key;
    yield* this.#units.keys();
  }

  /** Prefix and unit that a spelling may stand for: every reading, without those that mean the same. */
  readings(spelling: string): { prefix: Prefix | undefined; unit: UnitDefinition }[] {
    const found: { prefix: Prefix | undefined; unit: UnitDefinition }[] = [];
    const seen = new Set<string>();
    const note = (prefix: Prefix | undefined, name: string, plural: boolean) => {
      // a plural needs more than one letter in front of the s
      if (plural && (!name.endsWith('s') || name.length === 2)) return;
      const unit = this.definition(plural ? name.slice(0, -1) : name);
      if (unit === undefined) return;
      const mark = `${prefix?.name ?? ''} ${unit.name}`;
      if (!seen.has(mark)) found.push({ prefix, unit });
      seen.add(mark);
    };
    for (const plural of [false, true]) {
      note(undefined, spelling, plural);
      for (const [key, prefix] of this.prefixes())
        if (spelling.startsWith(key)) note(prefix, spelling.slice(key.length), plural);
    }
    return found.filter(
      ({ prefix, unit }) =>
        prefix !== undefined || !found.some(other => other.prefix && other.prefix.name + other.unit.name === unit.name),
    );
  }

  /** The canonical name of a unit: `kilobyte` for `kB`; empty for `dimensionless`. */
  name(spelling: string): string {
    if (spelling === 'dimensionless') return '';
    const known = this.#names.get(spelling);
    if (known !== undefined) return known;
    const name = this.#resolve(spelling);
    if (this.#names.size >= CAPACITY) this.#names.clear();
    this.#names.set(spelling, name);
    return name;
  }

  #resolve(spelling: string): string {
    const direct = this.definition(spelling);
    if (direct !== undefined) return direct.name;
    const reading = this.readings(spelling)[0];
    if (reading === undefined) throw undefinedUnit(spelling);
    const { prefix, unit } = reading;
    if (prefix === undefined) return unit.name;
    if (!isMultiplicative(unit)) throw ambiguousOffset('Prefixing a unit requires multiplying the unit.');
    const name = prefix.name + unit.name;
    if (this.definition(name) === undefined && !this.#prefixed.has(name))
      this.#prefixed.set(name, {
        name,
        symbol: prefix.symbol + unit.symbol,
        aliases: [],
        scale: prefix.value,
        reference: UnitsContainer.one(unit.name),
        isBase: false,
      });
    return name;
  }

  /** The definition behind a name in any spelling, prefixed units included. */
  unit(spelling: string): UnitDefinition {
    const direct = this.definition(spelling) ?? this.#prefixed.get(spelling);
    if (direct !== undefined) return direct;
    const name = this.name(spelling);
    return this.definition(name) ?? this.#prefixed.get(name)!;
  }

  /** The short form of a unit; of one that these definitions do not have, the name. */
  symbol(name: string): string {
    const known = this.definition(name) ?? this.#prefixed.get(name);
    if (known !== undefined) return known.symbol;
    return this.readings(name).length === 0 ? name : this.unit(name).symbol;
  }

  facts(units: UnitsContainer): UnitFacts {
    let facts = this.#facts.get(units);
    if (facts === undefined) {
      vm.step(FACTS_STEPS);
      facts = {
        dimensionality: this.dimensionality(units),
        nonMultiplicative: units.names().filter(name => !isMultiplicative(this.unit(name))),
        hasDelta: units.names().some(name => name.startsWith('delta_')),
        root: this.#root(units),
      };
      this.#facts.set(units, facts);
    }
    return facts;
  }

  /** What the units are of, beside their dimensions. */
  kinds(units: UnitsContainer): Kinds {
    let kinds = this.#kinds.get(units);
    if (kinds === undefined) {
      kinds = kindsOfUnits(this, units);
      this.#kinds.set(units, kinds);
    }
    return kinds;
  }

  /** Base dimensions of a product of units, or of dimensions. */
  dimensionality(units: UnitsContainer): UnitsContainer {
    const powers = new Map<string, Exponent>();
    const visit = (reference: UnitsContainer, exponent: Exponent, depth: number) => {
      checkDepth(depth);
      for (const [name, own] of reference.entries) {
        vm.step();
        const power = multiplyScalars(exponent, own);
        if (!isDimension(name)) visit(this.unit(name).reference, power, depth + 1);
        else {
          const derived = this.dimension(name);
          if (derived === undefined)
            throw raise('ValueError', `${name} is not defined as dimension in the pint UnitRegistry`);
          if (derived) visit(derived, power, depth + 1);
          else powers.set(name, sum(powers.get(name), power));
        }
      }
    };
    visit(units, 1n, 0);
    powers.delete('[]');
    return UnitsContainer.of([...powers].filter(([, power]) => Number(power) !== 0));
  }

  /** Walks units in their order, multiplying `scale ** exponent` as pint does; the last digits depend on it. */
  #root(units: UnitsContainer): Root {
    let factor: Scalar = 1n;
    const powers = new Map<string, Exponent>();
    const visit = (reference: UnitsContainer, exponent: Exponent, depth: number) => {
      checkDepth(depth);
      for (const [name, own] of reference.entries) {
        vm.step();
        const power = multiplyScalars(exponent, own);
        const unit = this.unit(name);
        if (unit.isBase) powers.set(unit.name, sum(powers.get(unit.name), power));
        else {
          factor = multiplyScalars(factor, powerScalar(unit.scale, power));
          visit(unit.reference, power, depth + 1);
        }
      }
    };
    visit(units, 1n, 0);
    return { factor, units: UnitsContainer.of([...powers].filter(([, power]) => Number(power) !== 0)) };
  }

  /**
   * Whether the last digits of a product's factor depend on the order in which its units stand. pint remembers the
   * factor of whichever order a process met first (see `PyRegistry.ordered`).
   */
  orderMatters(units: UnitsContainer): boolean {
    if (units.size < 2) return false;
    let matters = this.#orderMatters.get(units);
    if (matters === undefined) {
      const { factor } = this.facts(units).root;
      matters =
        units.size > 5 ||
        permutations([...units.entries]).some(order => !Object.is(this.#root(UnitsContainer.of(order)).factor, factor));
      this.#orderMatters.set(units, matters);
    }
    return matters;
  }

  /** The units of the default system that stand for these: kilogram for gram. */
  baseUnits(units: UnitsContainer, system: string): UnitsContainer {
    let bases = this.#bases.get(system);
    if (bases === undefined) {
      bases = new WeakMap();
      this.#bases.set(system, bases);
    }
    let base = bases.get(units);
    if (base === undefined) {
      const replacements = this.systems.get(system);
      base = DIMENSIONLESS;
      for (const [name, exponent] of this.facts(units).root.units.entries) {
        const stand = replacements?.get(name);
        base = base.multiply(stand === undefined ? UnitsContainer.of([[name, exponent]]) : stand.power(exponent));
      }
      bases.set(units, base);
    }
    return base;
  }

  /** Factor from one product of multiplicative units to another, or pint's DimensionalityError. */
  factor(from: UnitsContainer, to: UnitsContainer, checked = true): Scalar {
    let known = this.#factors.get(from);
    if (known === undefined) {
      known = new WeakMap();
      this.#factors.set(from, known);
    }
    let factor = known.get(to);
    if (factor === undefined) {
      if (checked) this.requireSame(from, to);
      factor = this.facts(from.divide(to)).root.factor;
      known.set(to, factor);
    }
    return factor;
  }

  /** Raises DimensionalityError unless both have the same dimensions. */
  requireSame(from: UnitsContainer, to: UnitsContainer): void {
    const source = this.facts(from).dimensionality;
    const target = this.facts(to).dimensionality;
    if (!source.equals(target)) throw cannotConvert(plainText(from), plainText(to), ...dimensionTexts(source, target));
  }
}

/** Deeper than any chain of definitions: units that are defined by each other. */
const MOST_STEPS = 500;

function checkDepth(depth: number): void {
  if (depth > MOST_STEPS) throw raise('RecursionError', 'maximum recursion depth exceeded');
}

/** Every order of some items. */
function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map(rest => [item, ...rest]),
  );
}

/** Both dimensionalities as an error shows them: empty texts when neither has any. */
export function dimensionTexts(a: UnitsContainer, b: UnitsContainer): [string, string] {
  return a.size === 0 && b.size === 0 ? ['', ''] : [plainText(a), plainText(b)];
}

/** A container in long form and in its own order, as pint prints one inside errors and repr. */
export function plainText(units: UnitsContainer): string {
  if (units.size === 0) return 'dimensionless';
  const power = (name: string, exponent: Exponent): string => {
    const size = Math.abs(Number(exponent));
    return size === 1 ? name : `${name} ** ${generalText(size)}`;
  };
  const above: string[] = [];
  const below: string[] = [];
  for (const [name, exponent] of units.entries) (Number(exponent) < 0 ? below : above).push(power(name, exponent));
  return [above.join(' * ') || '1', ...below].join(' / ');
}

/** `format(x, 'n')` of an exponent: six significant digits without trailing zeros. */
export function generalText(value: Exponent): string {
  if (typeof value === 'bigint' || Number.isInteger(value)) return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return String(Number(value.toPrecision(6)));
}

function sum(a: Exponent | undefined, b: Exponent): Exponent {
  if (a === undefined) return b;
  return typeof a === 'bigint' && typeof b === 'bigint' ? a + b : Number(a) + Number(b);
}

/** The unit of differences that comes with an offset unit: `delta_degree_Celsius`. */
export function deltaOf(unit: UnitDefinition): UnitDefinition | undefined {
  if (unit.offset === undefined || Number(unit.offset) === 0) return undefined;
  const aliases = [...unit.aliases.map(alias => `Δ${alias}`), ...unit.aliases.map(alias => `delta_${alias}`)];
  return {
    name: `delta_${unit.name}`,
    symbol: `Δ${unit.symbol}`,
    aliases,
    scale: unit.scale,
    reference: unit.reference,
    isBase: false,
  };
}

/** All names of a unit; one without a symbol of its own has its name for one. */
export function keysOf({ name, symbol, aliases }: UnitDefinition): string[] {
  return [name, symbol, ...aliases];
}
