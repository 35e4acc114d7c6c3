/** numpy's universal functions on quantities: the units their arguments are brought to, and those of the result. */
import { raise } from '../python/runtime/errors';
import { PyTuple, type Value } from '../python/runtime/objects';
import { binary, callMethod, listOf, repr, typeName } from '../python/runtime/operations';
import { firstQuantity, inUnits, resultUnits, stripped, type UnitRule, withUnits } from './arguments';
import type { UnitsContainer } from './container';
import { PyQuantity, type PyRegistry } from './registry';
import { unitsLike } from './unitsContainer';

/** `same`: the units of the first quantity. A text: these units. `bare`: as they are given. */
type Input = 'same' | 'bare' | { readonly in: string };
/** `none`: plain numbers. `first`: the units of the first quantity. */
type Output = 'none' | 'first' | { readonly in: string } | { readonly rule: UnitRule };

const TABLE = new Map<string, readonly [Input, Output]>();
const NUMBER = { in: '' };
const RADIAN = { in: 'radian' };
const DEGREE = { in: 'degree' };
for (const [names, input, output] of [
  ['isnan isinf isfinite signbit sign', 'bare', 'none'],
  ['equal not_equal less less_equal greater greater_equal', 'same', 'none'],
  [
    'absolute fabs negative positive conjugate ceil floor rint trunc hypot copysign nextafter maximum minimum add subtract',
    'same',
    'first',
  ],
  ['arctan2', 'same', RADIAN],
  ['exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2', NUMBER, NUMBER],
  ['arcsin arccos arctan arcsinh arccosh arctanh', NUMBER, RADIAN],
  ['sin cos tan sinh cosh tanh', RADIAN, NUMBER],
  ['radians deg2rad', DEGREE, RADIAN],
  ['degrees rad2deg', RADIAN, DEGREE],
  ['ldexp fmod remainder', 'bare', 'first'],
  ['multiply matmul', 'bare', { rule: 'mul' }],
  ['divide floor_divide', 'bare', { rule: 'div' }],
  ['sqrt', 'bare', { rule: 0.5 }],
  ['cbrt', 'bare', { rule: 1 / 3 }],
  ['square', 'bare', { rule: 2n }],
  ['reciprocal', 'bare', { rule: -1n }],
  ['modf frexp', 'same', 'first'],
] as const satisfies readonly (readonly [string, Input, Output])[])
  for (const name of names.split(' ')) TABLE.set(name, [input, output]);

/** Functions that numpy's module has beside its table of universal functions, though they are of them. */
export const LOOSE_UFUNCS: ReadonlySet<string> = new Set(
  'matmul vecdot matvec vecmat divmod modf frexp ldexp spacing'.split(' '),
);

/** The function of `name` where a quantity is among the arguments; `apply` is numpy's own. */
export function ufuncOfQuantities(name: string, args: readonly Value[], apply: (args: Value[]) => Value): Value {
  if (name === 'power') return powerOf(args);
  const row = TABLE.get(name);
  const first = firstQuantity(args);
  if (row === undefined || first === undefined) throw unhandledUfunc(name, args);
  const { registry, units } = first;
  const [input, output] = row;
  const target = input === 'same' ? units : input === 'bare' ? undefined : unitsLike(registry, input.in);
  const result = apply(args.map(arg => (target === undefined ? stripped(arg) : inUnits(registry, target, arg))));
  if (output === 'none') return result;
  const made = unitsOfResult(registry, output, first, args);
  if (!(result instanceof PyTuple)) return withUnits(registry, result, made);
  const [whole, part] = listOf(result) as [Value, Value];
  return new PyTuple([withUnits(registry, whole, made), name === 'modf' ? withUnits(registry, part, made) : part]);
}

function unitsOfResult(
  registry: PyRegistry,
  output: Exclude<Output, 'none'>,
  first: PyQuantity,
  args: readonly Value[],
): UnitsContainer {
  if (output === 'first') return first.units;
  return 'in' in output ? unitsLike(registry, output.in) : resultUnits(output.rule, first, args);
}

function powerOf(args: readonly Value[]): Value {
  const [base, exponent] = args as [Value, Value];
  return base instanceof PyQuantity ? binary('**', base, exponent) : callMethod(exponent, '__rpow__', base);
}

/** numpy's error for a function, or a method of one, that pint has no answer for. */
export function unhandledUfunc(name: string, args: readonly Value[], method = '__call__'): Error {
  const shown = args.map(arg => repr(arg)).join(', ');
  const types = args.map(arg => `'${typeName(arg)}'`).join(', ');
  return raise(
    'TypeError',
    `operand type(s) all returned NotImplemented from __array_ufunc__(<ufunc '${name}'>, '${method}', ${shown}): ${types}`,
  );
}
