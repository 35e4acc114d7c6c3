/** Exception classes of numpy's own. */

import { exceptionClassOf } from '../../python/runtime/errors';
import { PyClass } from '../../python/runtime/objects';
import { setAxisError } from './array';

const own = (name: string, bases: readonly PyClass[], module: string): PyClass =>
  new PyClass(name, bases, new Map(), { native: true, module });

export const linAlgErrorClass = own('LinAlgError', [exceptionClassOf('ValueError')], 'numpy.linalg');
export const axisErrorClass = own(
  'AxisError',
  [exceptionClassOf('ValueError'), exceptionClassOf('IndexError')],
  'numpy.exceptions',
);
setAxisError(axisErrorClass);
