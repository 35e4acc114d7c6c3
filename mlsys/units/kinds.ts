/**
 * What a quantity is *of*. To pint bytes, operations, parameters and dollars are all dimensionless, so it adds and
 * converts them into one another without a word. Here every unit keeps the kind that its definition passes through:
 * information, operations, parameters, money, people, tokens, and whatever else a chapter counts under a name of its own.
 */
import type { UnitsContainer } from './container';
import type { Definitions, UnitDefinition } from './definitions';

/** Kinds with their powers; empty for plain numbers, counts and whatever has pint dimensions alone. */
export type Kinds = ReadonlyMap<string, number>;

/** Kinds of well-known unit names, whatever they are defined by. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...['bit', 'byte', 'octet'].map(name => [name, 'information'] as const),
  ...['flop', 'flops', 'FLOP', 'FLOPs', 'op', 'ops', 'operation', 'mac', 'MAC'].map(
    name => [name, 'operations'] as const,
  ),
  ...['param', 'params', 'parameter', 'weight'].map(name => [name, 'parameters'] as const),
  ...['dollar', 'USD', 'usd', 'euro', 'EUR', 'cent', 'pound_sterling', 'GBP', 'CHF', 'JPY', 'yen'].map(
    name => [name, 'money'] as const,
  ),
  ...['person', 'people', 'user', 'human', 'employee', 'engineer', 'developer', 'worker', 'fte', 'FTE'].map(
    name => [name, 'people'] as const,
  ),
]);

/** Kinds that differ from the items of a written `count`; a kind that a chapter defines may well be such items. */
const NO_ITEMS: ReadonlySet<string> = new Set(NAMED.values());

/** Base units without dimension that stand for plain numbers or for nothing to count. */
const NEUTRAL: ReadonlySet<string> = new Set(['count', 'radian', 'dimensionless']);

/** The kinds of a product of units. */
export function kindsOfUnits(definitions: Definitions, units: UnitsContainer): Kinds {
  const powers = new Map<string, number>();
  collect(definitions, units, 1, powers, 0);
  for (const [kind, power] of powers) if (power === 0) powers.delete(kind);
  return powers;
}

function collect(
  definitions: Definitions,
  units: UnitsContainer,
  power: number,
  into: Map<string, number>,
  depth: number,
) {
  if (depth > 50) return;
  for (const [name, exponent] of units.entries) {
    const unit = definitions.unit(name);
    const own = power * Number(exponent);
    const kind = kindOf(definitions, unit);
    if (kind !== undefined) into.set(kind, (into.get(kind) ?? 0) + own);
    else if (!unit.isBase) collect(definitions, unit.reference, own, into, depth + 1);
  }
}

/** The kind that a unit itself names, or undefined where its definition decides. */
function kindOf(definitions: Definitions, unit: UnitDefinition): string | undefined {
  if (NEUTRAL.has(unit.name)) return undefined;
  const named = NAMED.get(unit.name);
  if (unit.isBase) {
    // a base unit with a dimension is pint's business
    const [dimension] = unit.reference.names();
    if (dimension !== '[]' || unit.reference.size > 1) return undefined;
    return named ?? plural(unit.name);
  }
  const { reference } = unit;
  if (reference.size !== 1) return undefined;
  const [name] = reference.names();
  if (Number(reference.get(name!)) !== 1) return undefined;
  const target = definitions.unit(name!);
  if (target.name !== 'count') return undefined;
  // `token = 1 * count` names something to count; `dozen = 12 * count` is a number
  return named ?? (Number(unit.scale) === 1 ? plural(unit.name) : undefined);
}

function plural(name: string): string {
  return name.endsWith('s') ? name : `${name}s`;
}

/** Kinds that differ between two products, as powers of the first against the second. */
export function difference(a: Kinds, b: Kinds): Kinds {
  const powers = new Map(a);
  for (const [kind, power] of b) {
    const rest = (powers.get(kind) ?? 0) - power;
    if (rest === 0) powers.delete(kind);
    else powers.set(kind, rest);
  }
  return powers;
}

/**
 * Whether two products with equal dimensions are of different things. Parameters, tokens or operations dropped against
 * plain counts are no mix (`params * bytes` is read as bytes, a number of operations as a count); one kind in the place
 * of another is, also money left over; and information against plain numbers is, because there a byte silently counts
 * as 8.
 */
export function mixes(a: Kinds, b: Kinds): boolean {
  if (a === b || (a.size === 0 && b.size === 0)) return false;
  const rest = difference(a, b);
  if (rest.size === 0) return false;
  if (rest.has('information')) return true;
  if (a.size === 0 || b.size === 0) return false;
  if (rest.has('money')) return true;
  let above = false;
  let below = false;
  for (const power of rest.values()) {
    if (power > 0) above = true;
    else below = true;
  }
  return above && below;
}

/** Whether units without a kind say that they count items: `count` or `count / second`. */
export function countsItems(units: UnitsContainer): boolean {
  return Number(units.get('count')) === 1;
}

/**
 * Whether a number of items is mixed with a single kind. Of parameters, operations and people the numbers may be
 * compared with that of items, and converted to it, yet they add up to nothing; money is no number of items at all.
 */
export function mixesItems(kinds: Kinds, sum: boolean): boolean {
  const [[kind, power] = ['', 0], ...more] = kinds;
  return more.length === 0 && power === 1 && (sum ? NO_ITEMS.has(kind) : kind === 'money');
}

/** How kinds read in a sentence: `information`, `operations per information`, `plain numbers`. */
export function kindsText(kinds: Kinds): string {
  const term = ([kind, power]: readonly [string, number]) =>
    Math.abs(power) === 1 ? kind : `${kind}^${Math.abs(power)}`;
  const above = [...kinds].filter(([, power]) => power > 0).map(term);
  const below = [...kinds].filter(([, power]) => power < 0).map(term);
  if (above.length === 0 && below.length === 0) return 'plain numbers';
  return [above.join(' times ') || 'plain numbers', ...below].join(' per ');
}
