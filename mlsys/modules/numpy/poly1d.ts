/** `numpy.poly1d`: a polynomial as an object, over the functions of its coefficients. */
import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties, type NativeBody } from '../../python/runtime/native';
import {
  NotImplemented,
  nativeClass,
  type PyClass,
  PyComplex,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { binary, smallIndex, toFloat, truth } from '../../python/runtime/operations';
import { percentFormat } from '../../python/runtime/text/percent';
import { ArrayHolder, itemsOf, type NdArray, Scalar, sameShape, scalarOf } from './array';
import { asArray } from './convert';
import { bool, type DType, type Item, zeroOf } from './dtype';
import { getIndex } from './indexing';
import { POLYNOMIALS, polyval } from './polynomial';
import { arrayRepr } from './print';
import { isTrue, ufunc } from './ufuncs';

export const polynomialClass = nativeClass('poly1d', undefined, 'numpy');

class Polynomial extends ArrayHolder {
  readonly array: NdArray;
  readonly variable: Value;

  constructor(array: NdArray, variable: Value) {
    super(polynomialClass);
    this.array = array;
    this.variable = variable;
  }

  get order(): number {
    return this.array.size - 1;
  }
}

const functions = new Map(
  Object.entries(POLYNOMIALS).map(([signature, body]) => [signature.slice(0, signature.indexOf('(')), body]),
);

/** A function of the module, by its name. */
const functionOf = (name: string): NativeBody => functions.get(name)!;

/** Without zeros before the first coefficient. */
function polynomialOf(value: Value, variable: Value = 'x'): Polynomial {
  if (value instanceof Polynomial) return new Polynomial(value.array, value.variable);
  const given = asArray(value);
  if (given.ndim > 1) throw raise('ValueError', 'Polynomial must be 1d only.');
  const row = given.ndim === 0 ? given.view([1], [1]) : given;
  const items = itemsOf(row) as Item[];
  let zeros = 0;
  while (zeros < items.length && !isTrue(row.dtype, items[zeros]!)) zeros++;
  if (zeros < items.length)
    return new Polynomial(
      zeros === 0 ? row : row.view([items.length - zeros], row.strides, row.offset + zeros * row.strides[0]!),
      variable,
    );
  return new Polynomial(asArray(scalarOf(row.dtype, zeroOf(row.dtype))).view([1], [1]), variable);
}

const isScalar = (value: Value): boolean =>
  value instanceof Scalar || value instanceof PyComplex || ['number', 'bigint', 'boolean'].includes(typeof value);

const by =
  (name: string, swapped = false): NativeBody =>
  (self: Value, other: Value) => {
    const value = polynomialOf(other);
    return polynomialOf(functionOf(name)(...(swapped ? [value, self] : [self, value])));
  };

const times: NativeBody = (self: Polynomial, other: Value) =>
  isScalar(other) ? polynomialOf(ufunc('multiply', self.array, other)) : by('polymul')(self, other);

function divided(a: Value, b: Value): Value {
  const parts = functionOf('polydiv')(polynomialOf(a), polynomialOf(b)) as PyTuple;
  return new PyTuple(parts.items.map(part => polynomialOf(part)));
}

function raised(self: Polynomial, exponent: Value): Value {
  const power = isScalar(exponent) ? toFloat(exponent) : Number.NaN;
  if (!Number.isInteger(power) || power < 0) throw raise('ValueError', 'Power to non-negative integers only.');
  let result: Value = asArray(new PyTuple([1n]));
  for (let i = 0; i < power; i++) result = functionOf('polymul')(self, result);
  return polynomialOf(result);
}

/** The value at a place; at another polynomial, the composition of both. */
function valueAt(self: Polynomial, place: Value): Value {
  if (!(place instanceof Polynomial)) return polyval(self.array, place);
  const { dtype } = self.array;
  return (itemsOf(self.array) as Item[]).reduce<Value>(
    (sum, item) => binary('+', binary('*', sum, place), scalarOf(dtype, item)),
    0n,
  );
}

// ----------------------------------------------------------------------------------------------------------------- text

const short = (value: number): string => percentFormat('%.4g', value).replace(/\.0000$/, '');

function coefficientText(item: Item): string {
  if (!(item instanceof PyComplex)) return short(Number(item));
  if (item.im === 0) return short(item.re);
  return item.re === 0 ? `${short(item.im)}j` : `(${short(item.re)} + ${short(item.im)}j)`;
}

/** A term as it stands in the sum; the exponent is written on a line of its own. */
interface Term {
  readonly text: string;
  readonly exponent: string;
}

function termsOf({ array, variable }: Polynomial): Term[] {
  const terms: Term[] = [];
  const items = Array.from(itemsOf(array) as Item[]);
  const name = String(variable);
  items.forEach((item, at) => {
    const power = items.length - 1 - at;
    const coefficient = coefficientText(item);
    if (coefficient === '0' && (power > 0 || at > 0)) return;
    const own = power === 0 ? coefficient : `${coefficient} ${name}`;
    const sign = at === 0 ? '' : own.startsWith('-') ? ' - ' : ' + ';
    terms.push({
      text: sign + (at > 0 && own.startsWith('-') ? own.slice(1) : own),
      exponent: power > 1 ? `${power}` : '',
    });
  });
  return terms;
}

/** Characters after which the lines of exponents and of terms are broken. */
const WIDTH = 70;

/** Two lines, the exponents above; what comes after the last exponent stays on the line, however long. */
function polynomialText(self: Polynomial): string {
  let [done, upper, lower, rest] = [' ', '', '', ''];
  for (const { text, exponent } of termsOf(self)) {
    rest += text;
    if (exponent === '') continue;
    const above = ' '.repeat(rest.length - 1) + exponent;
    const below = rest + ' '.repeat(exponent.length - 1);
    if (lower.length + below.length > WIDTH || upper.length + above.length > WIDTH) {
      done += `${upper}\n${lower}\n `;
      [upper, lower] = ['', ''];
    }
    upper += above;
    lower += below;
    rest = '';
  }
  return `${done}${upper}\n${lower}${rest}`;
}

// --------------------------------------------------------------------------------------------------------------- class

const coefficientIterator = iteratorClass('array_iterator');

defineConstructor(
  polynomialClass,
  'poly1d(c_or_r, r=False, variable=None)',
  (_cls: PyClass, given: Value, asRoots: Value | undefined, variable: Value | undefined) => {
    const coefficients = asRoots !== undefined && truth(asRoots) ? functionOf('poly')(given) : given;
    const named = variable === undefined || variable === null ? undefined : variable;
    if (coefficients instanceof Polynomial) return new Polynomial(coefficients.array, named ?? coefficients.variable);
    return polynomialOf(coefficients, named);
  },
);
polynomialClass.subclassable = false;

defineMethods(polynomialClass, {
  '__call__(val)': valueAt,
  '__add__(other)': by('polyadd'),
  '__radd__(other)': by('polyadd', true),
  '__sub__(other)': by('polysub'),
  '__rsub__(other)': by('polysub', true),
  '__mul__(other)': times,
  '__rmul__(other)': times,
  '__truediv__(other)': (self: Polynomial, other: Value) =>
    isScalar(other) ? polynomialOf(ufunc('divide', self.array, other)) : divided(self, other),
  '__rtruediv__(other)': (self: Polynomial, other: Value) =>
    isScalar(other) ? polynomialOf(ufunc('divide', other, self.array)) : divided(other, self),
  '__pow__(val)': raised,
  '__neg__()': (self: Polynomial) => polynomialOf(ufunc('negative', self.array)),
  '__pos__()': (self: Polynomial) => self,
  '__eq__(other)': (self: Polynomial, other: Value) =>
    other instanceof Polynomial ? equal(self, other) : NotImplemented,
  '__ne__(other)': (self: Polynomial, other: Value) => {
    if (!(other instanceof Polynomial)) return NotImplemented;
    const same = equal(self, other);
    return typeof same === 'boolean' ? !same : ufunc('logical_not', same);
  },
  '__len__()': (self: Polynomial) => BigInt(self.order),
  '__iter__()': (self: Polynomial) => {
    let at = 0;
    return makeIterator(() => (at <= self.order ? getIndex(self.array, BigInt(at++)) : undefined), coefficientIterator);
  },
  '__getitem__(val)': (self: Polynomial, power: Value) => {
    const at = smallIndex(power);
    if (at < 0 || at > self.order) return zeroScalar(self.array.dtype);
    return getIndex(self.array, BigInt(self.order - at));
  },
  '__setitem__(key, val)': () => {
    throw new Unsupported('setting coefficients of numpy.poly1d', 'make a polynomial of the coefficients');
  },
  'deriv(m=1)': (self: Polynomial, m: Value | undefined) => polynomialOf(functionOf('polyder')(self.array, m as Value)),
  'integ(m=1, k=0)': (self: Polynomial, m: Value | undefined, k: Value | undefined) =>
    polynomialOf(functionOf('polyint')(self.array, m as Value, k as Value)),
  '__repr__()': (self: Polynomial) => `poly1d${arrayRepr(self.array).slice('array'.length)}`,
  '__str__()': polynomialText,
});
polynomialClass.setAttribute('__hash__', null);

function equal(a: Polynomial, b: Polynomial): Value {
  if (!sameShape(a.array.shape, b.array.shape)) return false;
  const same = itemsOf(asArray(ufunc('equal', a.array, b.array))) as Uint8Array;
  return scalarOf(bool, same.includes(0) ? 0 : 1);
}

const zeroScalar = (dtype: DType): Value => scalarOf(dtype, zeroOf(dtype));

const coefficients = (self: Polynomial): Value => self.array;
const order = (self: Polynomial): Value => BigInt(self.order);
const roots = (self: Polynomial): Value => functionOf('roots')(self.array);
defineProperties(polynomialClass, {
  coeffs: coefficients,
  coef: coefficients,
  coefficients,
  c: coefficients,
  order,
  o: order,
  roots,
  r: roots,
  variable: (self: Polynomial) => self.variable,
});

/** Functions of coefficients answer with a polynomial where they are given one. */
export const POLYNOMIAL_FUNCTIONS: Readonly<Record<string, NativeBody>> = Object.fromEntries(
  Object.entries(POLYNOMIALS).map(([signature, body]) => [
    signature,
    /^poly(add|sub|mul|der|int|div)\(/.test(signature)
      ? (...args: Value[]): Value => {
          const result = body(...args);
          if (!args.some(arg => arg instanceof Polynomial)) return result;
          return result instanceof PyTuple
            ? new PyTuple(result.items.map(item => polynomialOf(item)))
            : polynomialOf(result);
        }
      : body,
  ]),
);
