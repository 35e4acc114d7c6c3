/** Compound units with one unit for each dimension. */
import { binary } from '../python/runtime/operations';
import { DIMENSIONLESS, type Exponent, UnitsContainer } from './container';
import type { Definitions } from './definitions';
import type { PyRegistry } from './registry';

/** Units of `q.to_reduced_units()`: of units with the same dimension, up to a power, one stays. */
export function reducedUnits(registry: PyRegistry, units: UnitsContainer): UnitsContainer | undefined {
  if (units.size === 0 || registry.facts(units).dimensionality.size === 0) return DIMENSIONLESS;
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
