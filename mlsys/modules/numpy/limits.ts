/** `numpy.finfo` and `iinfo`: what the numbers of a type can be. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, type NativeBody, refuseAttributes } from '../../python/runtime/native';
import { nativeClass, type PyClass, PyInstance, type Value } from '../../python/runtime/objects';
import { str } from '../../python/runtime/operations';
import { NdArray, resultOf } from './array';
import { asArray } from './convert';
import { type DType, dtypeOf, float64, integerRange } from './dtype';

const finfoClass = nativeClass('finfo', undefined, 'numpy');
const iinfoClass = nativeClass('iinfo', undefined, 'numpy');

defineMethods(finfoClass, {
  '__repr__()': (self: PyInstance) => {
    const { resolution, max, dtype } = Object.fromEntries(self.attrs!);
    // It writes those of others with more digits.
    if (dtype !== float64) throw new Unsupported('the text of finfo');
    return `finfo(resolution=${str(resolution!)}, min=-${str(max!)}, max=${str(max!)}, dtype=float64)`;
  },
  '__str__()': () => {
    throw new Unsupported('the text of finfo');
  },
});
defineMethods(iinfoClass, {
  '__repr__()': (self: PyInstance) => {
    const { min, max, dtype } = Object.fromEntries(self.attrs!);
    return `iinfo(min=${str(min!)}, max=${str(max!)}, dtype=${(dtype as DType).name})`;
  },
  '__str__()': () => {
    throw new Unsupported('the text of iinfo');
  },
});
refuseAttributes(finfoClass, 'epsneg iexp machep machar maxexp minexp negep nexp smallest_subnormal');
refuseAttributes(iinfoClass, 'key kind');

function limitsRecord(cls: PyClass, fields: readonly (readonly [string, Value])[]): PyInstance {
  const made = new PyInstance(cls);
  for (const [name, value] of fields) made.attrs!.set(name, value);
  return made;
}

function limitsOf(spec: Value): Value {
  const dtype = spec instanceof NdArray ? spec.dtype : dtypeOf(spec);
  if (dtype.kind !== 'f')
    throw raise('ValueError', `data type ${dtype.kind === 'U' ? dtype.code : dtype.name} not inexact`);
  const [bits, precision, minimum, maximum] = { 8: [52, 15, -1022, 1023], 4: [23, 6, -126, 127], 2: [10, 3, -14, 15] }[
    dtype.itemsize
  ] as [number, number, number, number];
  const scalar = (value: number): Value => resultOf(asArray(value, dtype));
  const max = (2 - 2 ** -bits) * 2 ** maximum;
  return limitsRecord(finfoClass, [
    ['eps', scalar(2 ** -bits)],
    ['max', scalar(max)],
    ['min', scalar(-max)],
    ['tiny', scalar(2 ** minimum)],
    ['smallest_normal', scalar(2 ** minimum)],
    ['precision', BigInt(precision)],
    ['resolution', scalar(Number(`1e-${precision}`))],
    ['bits', BigInt(dtype.itemsize * 8)],
    ['nmant', BigInt(bits)],
    ['dtype', dtype],
  ]);
}

function integerLimits(spec: Value): Value {
  const dtype = spec instanceof NdArray ? spec.dtype : dtypeOf(spec);
  if (!dtype.isInteger) throw raise('ValueError', `Invalid integer data type '${dtype.kind}'.`);
  const [min, max] = integerRange(dtype);
  return limitsRecord(iinfoClass, [
    ['min', min],
    ['max', max],
    ['bits', BigInt(dtype.itemsize * 8)],
    ['dtype', dtype],
  ]);
}

export const LIMITS: Readonly<Record<string, NativeBody>> = {
  'finfo(dtype)': limitsOf,
  'iinfo(int_type)': integerLimits,
};
