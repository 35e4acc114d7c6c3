/** The class of decimal numbers. */
import { nativeClass, type PyClass, PyObject } from '../../../python/runtime/objects';
import type { Decimal } from './number';

export const decimalClass = nativeClass('Decimal', undefined, 'decimal');
decimalClass.errorName = 'decimal.Decimal';

export class PyDecimal extends PyObject {
  readonly value: Decimal;
  constructor(value: Decimal, cls: PyClass = decimalClass) {
    super(cls);
    this.value = value;
    if (!cls.native) this.attrs = new Map();
  }
}
