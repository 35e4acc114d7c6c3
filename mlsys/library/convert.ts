/** Conversion of quantities by library code, which reports mixes as the author's own `.to` would. */
import { callMethod } from '../python/runtime/operations';
import { type PyQuantity, PyUnit, type UnitsContainer } from '../units/index';

export function quantityIn(quantity: PyQuantity, units: UnitsContainer): PyQuantity {
  return callMethod(quantity, 'to', new PyUnit(quantity.registry, units)) as PyQuantity;
}
