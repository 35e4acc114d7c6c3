/**
 * Mixes that pint lets pass: quantities of different things that have the same dimensions. The value stays pint's; the
 * author reads about it.
 */
import type { Value } from '../python/runtime/objects';
import { str } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { DIMENSIONLESS, type UnitsContainer } from './container';
import { plainText } from './definitions';
import { countsItems, type Kinds, kindsText, mixes, mixesItems } from './kinds';
import { building, PyQuantity, type PyRegistry } from './registry';

const NOTHING: Kinds = new Map();

/** One side of a mix as a sentence shows it: what it is of, how it reads, which constant it is. */
export interface MixedOperand {
  readonly of: string;
  readonly text: string;
  readonly origin?: string;
}

function operand(registry: PyRegistry, value: Value | undefined, units: UnitsContainer): MixedOperand {
  const kinds = registry.definitions.kinds(units);
  const of = kinds.size === 0 && countsItems(units) ? 'items' : kindsText(kinds);
  if (value instanceof PyQuantity) {
    const text = str(value);
    return value.origin === undefined ? { of, text } : { of, text, origin: value.origin };
  }
  return { of, text: value === undefined ? plainText(units) : str(value) };
}

function described({ of, text, origin }: MixedOperand): string {
  return `${of} (${origin === undefined ? text : `${origin}, ${text}`})`;
}

/** What was done with two operands, as a sentence. */
const SENTENCES = {
  '+': (first, second) => `Adds ${second} to ${first}`,
  '-': (first, second) => `Subtracts ${second} from ${first}`,
  compare: (first, second) => `Compares ${first} with ${second}`,
  convert: (first, second) => `Converts ${first} to ${second}`,
  '//': (first, second) => `Divides ${first} by ${second}`,
  'r//': (first, second) => `Divides ${second} by ${first}`,
} as const satisfies Readonly<Record<string, (first: string, second: string) => string>>;

/** Reports `left` and `right` if they are of different things; `right` may be bare units or a plain number. */
export function watch(
  registry: PyRegistry,
  what: keyof typeof SENTENCES,
  left: PyQuantity,
  right: Value | undefined,
  rightUnits: UnitsContainer = right instanceof PyQuantity ? right.units : DIMENSIONLESS,
): void {
  if (left.units === rightUnits || building.library) return;
  const { definitions } = registry;
  const a = definitions.kinds(left.units);
  const b = rightUnits.size === 0 ? NOTHING : definitions.kinds(rightUnits);
  if (!mixes(a, b) && !mixesWithItems(what, a, b, left.units, rightUnits)) return;
  const operands = [operand(registry, left, left.units), operand(registry, right, rightUnits)] as const;
  const [first, second] = operands.map(described) as [string, string];
  const message = `${SENTENCES[what](first, second)}, which pint lets pass: to it both are plain counts.`;
  vm.notice({ kind: 'unit-mismatch', message, operands });
}

/** Whether one side is a written count of items and the other something else; money turns into a count where asked. */
function mixesWithItems(
  what: keyof typeof SENTENCES,
  a: Kinds,
  b: Kinds,
  left: UnitsContainer,
  right: UnitsContainer,
): boolean {
  if (a.size > 0 === b.size > 0) return false;
  const sum = what === '+' || what === '-';
  // `price + 3` adds up to nothing; a price is compared with a plain number all the time.
  const isMoney = (kinds: Kinds): boolean => sum && kinds.size === 1 && kinds.get('money') === 1;
  if (a.size === 0) return countsItems(left) ? mixesItems(b, sum) : isMoney(b);
  return countsItems(right) ? what !== 'convert' && mixesItems(a, sum) : isMoney(a);
}
