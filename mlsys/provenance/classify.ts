/** What the value of a formula is to whoever asks where it comes from. */
import type { Value } from '../python/runtime/objects';
import { PyUnit } from '../units/registry';
import { type Part, partsOf, type SourceKind } from './graph';

/** The kind of a value with a formula: what is written in numbers and units alone is an assumption. */
export function kindOfFormula(part: Part): SourceKind {
  if (part.kind === 'literal') return isNumber(part.value) ? 'assumption' : 'text';
  if (part.kind === 'object') return 'object';
  if (isMeasure(part)) return 'assumption';
  return part.kind === 'display' && isLiteral(part) ? 'text' : 'formula';
}

function isNumber(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

/**
 * Numbers and units alone: `-3`, `4.5 * TB / hour`, `Q_(3, "GB")`, `60 * 60`, `Decimal("0.45")`, `date(2024, 3, 1)`, and lists,
 * tuples, sets and dicts of these.
 */
function isMeasure(part: Part): boolean {
  let numbers = 0;
  const look = (one: Part): boolean => {
    switch (one.kind) {
      case 'literal':
        if (isNumber(one.value)) numbers++;
        return true;
      case 'object':
        return one.value instanceof PyUnit;
      case 'source':
        return one.source.value instanceof PyUnit;
      case 'operation':
        return one.operands.every(look);
      case 'display':
        return [...one.items.values()].every(look);
      case 'call':
        if (NUMBERS.test(one.callee) && partsOf(one).every(isLiteral)) {
          numbers++;
          return true;
        }
        return one.on === undefined && QUANTITIES.test(one.callee) && partsOf(one).every(look);
      default:
        return false;
    }
  };
  return look(part) && numbers > 0;
}

/** `"0.45"` within `Decimal("0.45")`, `-3`, `[1, 2]` within `np.array([1, 2])` */
function isLiteral(part: Part): boolean {
  if (part.kind === 'operation') return part.operands.every(isLiteral);
  return part.kind === 'display' ? [...part.items.values()].every(isLiteral) : part.kind === 'literal';
}

/** What makes a number of what is written, as a text for one that no float holds, and what makes a day or an array of numbers. */
const NUMBERS = /(?:^|\.)(?:Decimal|Fraction|int|float|u?int\d+|float\d+|date|datetime|time|timedelta|array)$/;
const QUANTITIES = /(?:^|\.)(?:Q_|Quantity)$/;
