/** Exception classes of numpy's own. */

import { exceptionClassOf } from '../../python/runtime/errors';
import { PyClass } from '../../python/runtime/objects';
import { setAxisError } from './array';
import type { DType } from './dtype';
import { warnNumpy } from './flags';

const own = (name: string, bases: readonly PyClass[], module: string): PyClass =>
  new PyClass(name, bases, new Map(), { native: true, module });

export const linAlgErrorClass = own('LinAlgError', [exceptionClassOf('ValueError')], 'numpy.linalg');
export const axisErrorClass = own(
  'AxisError',
  [exceptionClassOf('ValueError'), exceptionClassOf('IndexError')],
  'numpy.exceptions',
);
export const complexWarningClass = own('ComplexWarning', [exceptionClassOf('RuntimeWarning')], 'numpy.exceptions');

export const rankWarningClass = own('RankWarning', [exceptionClassOf('RuntimeWarning')], 'numpy.exceptions');

/** Warns where complex numbers become real ones. */
export function warnDiscarded(from: DType, to: DType): void {
  if (from.kind !== 'c' || !(to.kind === 'f' || to.isInteger)) return;
  warnNumpy(complexWarningClass, 'Casting complex values to real discards the imaginary part');
}

setAxisError(axisErrorClass);
