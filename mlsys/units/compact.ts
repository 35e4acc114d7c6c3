/** Conversions that choose their units: compact prefixes, and one unit per dimension. */
import { raise } from '../python/runtime/errors';
import { binary, toFloat } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { magnitudeIn, quantity } from './arithmetic';
import { type Exponent, UnitsContainer } from './container';
import type { Definitions } from './definitions';
import { isArray } from './operands';
import type { PyQuantity } from './registry';

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
