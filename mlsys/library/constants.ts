/** `mlsys.constants`: every constant as a value, made from the data file on first use. */
import data from '../data/constants.json';
import type { Value } from '../python/runtime/objects';
import { PyQuantity, quantity, UnitsContainer, unitNamed } from '../units/index';
import { lazily } from './build';
import { sharedRegistry } from './ureg';

/** One row of the data file. */
export interface ConstantRow {
  readonly name: string;
  readonly kind: string;
  readonly magnitude?: string;
  readonly unit?: string;
  readonly expression?: string;
  readonly group?: string;
  readonly source?: string;
  readonly year?: string;
  readonly note?: string;
}

export const CONSTANT_ROWS: readonly ConstantRow[] = data.constants;

/** A number as Python reads the literal. */
export function literal(text: string): bigint | number {
  return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

/** `magnitude * A / B` as Python computes it from left to right: the first division makes a float of an int. */
export function quantityOf(magnitude: string, unit: string): Value {
  const registry = sharedRegistry();
  const value = literal(magnitude);
  let units = UnitsContainer.of([]);
  let over = false;
  for (const token of unit.match(/\w+|[*/]/g) ?? [])
    if (token === '*' || token === '/') over = token === '/';
    else {
      const operand = unitNamed(registry, token).units;
      units = over ? units.divide(operand) : units.multiply(operand);
    }
  return quantity(registry, unit.includes('/') ? Number(value) : value, units);
}

function constantOf({ name, kind, magnitude, unit }: ConstantRow): Value {
  if (kind === 'unit' || kind === 'alias') return unitNamed(sharedRegistry(), unit!);
  if (kind === 'text') return magnitude!;
  if (unit === undefined) return literal(magnitude!);
  const value =
    kind === 'derived'
      ? quantity(sharedRegistry(), literal(magnitude!), UnitsContainer.one(unit))
      : quantityOf(magnitude!, unit);
  if (value instanceof PyQuantity) value.origin = name;
  return value;
}

/** All constants in the order of the module, `ureg` and `Q_` first. */
export const constants: () => ReadonlyMap<string, Value> = lazily(() => {
  const registry = sharedRegistry();
  const values = new Map<string, Value>([
    ['ureg', registry],
    ['Q_', registry.Quantity],
  ]);
  for (const row of CONSTANT_ROWS) values.set(row.name, constantOf(row));
  return values;
});
