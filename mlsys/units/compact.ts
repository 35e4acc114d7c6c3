/** Conversions that choose their units: compact prefixes, and one unit per dimension. */
import { raise } from '../python/runtime/errors';
import { binary, toFloat } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { isDimensionless, magnitudeIn, quantity } from './arithmetic';
import { DIMENSIONLESS, type Exponent, UnitsContainer } from './container';
import type { Definitions } from './definitions';
import { isArray } from './operands';
import type { PyQuantity, PyRegistry } from './registry';

/** Prefixes that are whole powers of ten, by that power, smallest first. */
function decimalPrefixes(definitions: Definitions): [power: number, name: string][] {
  const powers = new Map<number, string>([[0, '']]);
  for (const [, { name, value }] of definitions.prefixes()) {
    const power = Math.round(Math.log10(Number(value)));
    if (Number(value) === Number(`1e${power}`)) powers.set(power, name);
  }
  return [...powers].sort(([a], [b]) => a - b);
}

/** `log10` that is exact for powers of ten. */
function log10(value: number): number {
  const near = Math.round(Math.log10(value));
  return Number(`1e${near}`) === value ? near : Math.log10(value);
}

/** The units without their prefixes. */
function withoutPrefixes(definitions: Definitions, units: UnitsContainer): UnitsContainer {
  const powers = new Map<string, Exponent>();
  for (const [name, exponent] of units.entries) {
    const readings = definitions.readings(name);
    // pint insists on one reading, which `GB` beside the giga of bytes does not have
    if (readings.length !== 1) throw raise('AssertionError');
    const base = readings[0]!.unit.name;
    const known = powers.get(base);
    const total = known === undefined ? exponent : (binary('+', known, exponent) as Exponent);
    powers.set(base, total);
  }
  return UnitsContainer.of([...powers].filter(([, exponent]) => Number(exponent) !== 0));
}

/** What looking through the prefixes takes. */
const COMPACT_STEPS = 150;

/** `q.to_compact(unit)`: the prefix that leaves between one and three digits before the point. */
export function toCompact(q: PyQuantity, unit?: UnitsContainer): PyQuantity {
  vm.step(COMPACT_STEPS);
  const { registry } = q;
  const { definitions } = registry;
  if (isArray(q.magnitude)) return q;
  const size = toFloat(q.magnitude);
  if (definitions.facts(q.units).root.units.size === 0 || size === 0 || !Number.isFinite(size)) return q;
  const base = withoutPrefixes(definitions, unit ?? q.units);
  const magnitude = Math.abs(toFloat(magnitudeIn(q, base)));
  const entries = [...base.entries];
  const [name, exponent] = entries.find(([, power]) => Number(power) > 0) ?? entries[0]!;
  const thousands = log10(magnitude) / Number(exponent) / 3;
  const power = (Number(exponent) > 0 ? Math.floor(thousands) : Math.ceil(thousands)) * 3;
  const prefixes = decimalPrefixes(definitions);
  const chosen = prefixes.find(([candidate]) => candidate >= power) ?? prefixes[prefixes.length - 1]!;
  const target = base.rename(name, chosen[1] + name);
  return quantity(registry, magnitudeIn(q, target), target);
}

/** Units of `q.to_reduced_units()`: of units with the same dimension, up to a power, one stays. */
export function reducedUnits(registry: PyRegistry, units: UnitsContainer): UnitsContainer | undefined {
  if (isDimensionless(registry, units)) return DIMENSIONLESS;
  if (units.size === 1) return undefined;
  let reduced = units;
  for (const first of units.names()) {
    if (!reduced.has(first)) continue;
    for (const second of reduced.names()) {
      if (first === second) continue;
      const ratio = powerRatio(registry.definitions, first, second);
      if (ratio === undefined || Number(ratio) === 0) continue;
      const exponent = binary('/', reduced.get(first), ratio) as Exponent;
      reduced = reduced.add(second, exponent).remove(first);
      break;
    }
  }
  return reduced;
}

/** `x` of `second = first ** x` in dimensions, where there is one. */
function powerRatio(definitions: Definitions, first: string, second: string): Exponent | undefined {
  const a = definitions.facts(UnitsContainer.one(first)).dimensionality;
  const b = definitions.facts(UnitsContainer.one(second)).dimensionality;
  if (a.equals(b)) return 1n;
  if (a.size === 0 || b.size === 0 || a.size !== b.size || a.names().some(name => !b.has(name))) return undefined;
  const ratios = a.names().map(name => binary('/', b.get(name), a.get(name)) as Exponent);
  return ratios.every(ratio => ratio === ratios[0]) ? ratios[0] : undefined;
}
