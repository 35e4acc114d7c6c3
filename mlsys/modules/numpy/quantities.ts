/** What numpy's functions do with a pint quantity: pint answers for them. */
import { PyObject, type Value } from '../../python/runtime/objects';
import { callMethod, getAttribute } from '../../python/runtime/operations';
import { ufuncOfQuantities } from '../../units/index';
import type { Ufunc } from './ufuncs';

export function isQuantity(value: Value): boolean {
  return value instanceof PyObject && value.cls.mro.some(cls => cls.native && cls.name === 'Quantity');
}

/** The result of a universal function where `arg` is a quantity; undefined where it is not. */
export function quantityUfunc(ufunc: Ufunc, args: readonly Value[], arg: Value): Value | undefined {
  if (!isQuantity(arg)) return undefined;
  return ufuncOfQuantities(ufunc.spec.name, args, given => applyRef!(ufunc, given));
}

/** A quantity with other numbers and the same units. */
export function rebuild(quantity: Value, magnitude: Value): Value {
  return callMethod(quantity, '__class__', magnitude, getAttribute(quantity, 'units'));
}

let applyRef: ((ufunc: Ufunc, args: readonly Value[]) => Value) | undefined;

/** Set by the module that runs the loops, which itself needs this one. */
export function setUfuncRunner(apply: (ufunc: Ufunc, args: readonly Value[]) => Value): void {
  applyRef = apply;
}
