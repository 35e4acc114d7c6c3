/** `float` and `complex`. */

import { raise } from '../runtime/errors';
import { defineClassMethods, defineConstructor, defineProperties } from '../runtime/native';
import { complexAbs, complexDivide, complexMultiply, complexPower, complexRepr } from '../runtime/numbers/complex';
import { negated } from '../runtime/numbers/decimal';
import {
  floatDivide,
  floatDivmod,
  floatFloorDivide,
  floatFromHex,
  floatHex,
  floatModulo,
  floatRatio,
  floatRepr,
  floatRound,
  floatRoundToInt,
  floatToInt,
} from '../runtime/numbers/floats';
import { hashComplex, hashFloat } from '../runtime/numbers/hash';
import { intToFloat } from '../runtime/numbers/integers';
import { parseComplexText, parseFloatText } from '../runtime/numbers/parse';
import { floatPower } from '../runtime/numbers/power';
import {
  complexClass,
  floatClass,
  NotImplemented,
  type PyClass,
  PyComplex,
  PyTuple,
  type Value,
} from '../runtime/objects';
import {
  call,
  callSpecial,
  convertedFloat,
  hasIndex,
  indexOf,
  repr,
  special,
  toFloat,
  typeName,
} from '../runtime/operations';
import { formatComplex, formatFloat } from '../runtime/text/format';
import { bytesAsNumeral } from './codecs';
import { adopt, complexOf, defineOn, floatOf, intOf, textOf, wrap } from './support';

type FloatOperation = (a: number, b: number) => Value;

/** The float that float arithmetic takes: a float or an int. */
function operand(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  const int = intOf(value);
  return int === undefined ? floatOf(value) : intToFloat(int);
}

const OPERATIONS: Readonly<Record<string, FloatOperation>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  truediv: floatDivide,
  floordiv: floatFloorDivide,
  mod: floatModulo,
  divmod: (a, b) => new PyTuple(floatDivmod(a, b)),
};

for (const [name, operation] of Object.entries(OPERATIONS)) {
  defineOn(floatClass, floatOf, {
    [`__${name}__(value, /)`]: (a: number, other: Value) => {
      const b = operand(other);
      return b === undefined ? NotImplemented : operation(a, b);
    },
    [`__r${name}__(value, /)`]: (b: number, other: Value) => {
      const a = operand(other);
      return a === undefined ? NotImplemented : operation(a, b);
    },
  });
}

/** JavaScript compares a bigint with a number by mathematical value, so ints of any size take part exactly. */
const COMPARISONS: Readonly<Record<string, (a: number, b: number | bigint) => boolean>> = {
  // biome-ignore lint/suspicious/noDoubleEquals: by mathematical value, as said above
  eq: (a, b) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: by mathematical value, as said above
  ne: (a, b) => a != b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

for (const [name, operation] of Object.entries(COMPARISONS)) {
  defineOn(floatClass, floatOf, {
    [`__${name}__(value, /)`]: (a: number, other: Value) => {
      const b = floatOf(other) ?? intOf(other);
      return b === undefined ? NotImplemented : operation(a, b);
    },
  });
}

function noModulus(modulus: Value | undefined): void {
  if (modulus !== undefined && modulus !== null)
    throw raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
}

defineOn(floatClass, floatOf, {
  '__pow__(value, mod=None, /)': (a: number, other: Value, modulus: Value | undefined) => {
    noModulus(modulus);
    const b = operand(other);
    return b === undefined ? NotImplemented : floatPower(a, b);
  },
  '__rpow__(value, mod=None, /)': (b: number, other: Value) => {
    const a = operand(other);
    return a === undefined ? NotImplemented : floatPower(a, b);
  },
  '__neg__()': negated,
  '__pos__()': (a: number) => a,
  '__abs__()': (a: number) => Math.abs(a),
  '__bool__()': (a: number) => a !== 0,
  '__int__()': floatToInt,
  '__trunc__()': floatToInt,
  '__floor__()': (a: number) => floatToInt(Math.floor(a)),
  '__ceil__()': (a: number) => floatToInt(Math.ceil(a)),
  '__float__()': (a: number) => a,
  '__hash__()': hashFloat,
  '__repr__()': floatRepr,
  '__round__(ndigits=None, /)': (a: number, digits: Value | undefined) =>
    digits === undefined || digits === null ? floatRoundToInt(a) : floatRound(a, indexOf(digits)),
  '__format__(format_spec, /)': (a: number, spec: Value) => {
    const text = textOf(spec);
    if (text === undefined) throw raise('TypeError', `__format__() argument must be str, not ${typeName(spec)}`);
    return formatFloat(a, text);
  },
  'is_integer()': (a: number) => Number.isInteger(a),
  'as_integer_ratio()': (a: number) => new PyTuple(floatRatio(a)),
  'hex()': floatHex,
  'conjugate()': (a: number) => a,
});
defineProperties(floatClass, { real: (self: Value) => floatOf(self) ?? 0, imag: () => 0 });
defineClassMethods(floatClass, {
  'fromhex(string, /)': (cls: PyClass, text: Value) => {
    const plain = textOf(text);
    if (plain === undefined) throw raise('TypeError', 'bad argument type for built-in operation');
    const value = floatFromHex(plain);
    return cls === floatClass ? value : call(cls, [value]);
  },
});

function makeFloat(value: Value | undefined): number {
  if (value === undefined) return 0;
  // A subclass of str or bytes may say itself which number it is.
  const own = typeof value === 'object' ? (special(value, '__float__') ?? null) : null;
  const text = own === null ? (textOf(value) ?? bytesAsNumeral(value)) : undefined;
  if (text !== undefined) {
    const parsed = parseFloatText(text);
    if (parsed === undefined) throw raise('ValueError', `could not convert string to float: ${repr(value)}`);
    return parsed;
  }
  if (typeof value === 'object' && own === null && !hasIndex(value))
    throw raise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`);
  return convertedFloat(value);
}

defineConstructor(floatClass, 'float(x=0, /)', (cls: PyClass, value: Value | undefined) =>
  wrap(cls, floatClass, makeFloat(value)),
);

// ---------------------------------------------------------------------------------------------------------- complex

const COMPLEX_OPERATIONS: Readonly<Record<string, (a: PyComplex, b: PyComplex) => Value>> = {
  add: (a, b) => new PyComplex(a.re + b.re, a.im + b.im),
  sub: (a, b) => new PyComplex(a.re - b.re, a.im - b.im),
  mul: complexMultiply,
  truediv: complexDivide,
  pow: complexPower,
};

const asComplex = (self: Value) => (self instanceof PyComplex ? self : undefined);

for (const [name, operation] of Object.entries(COMPLEX_OPERATIONS)) {
  const more = name === 'pow' ? 'value, mod=None, /' : 'value, /';
  defineOn(complexClass, asComplex, {
    [`__${name}__(${more})`]: (a: PyComplex, other: Value, modulus: Value | undefined) => {
      if (modulus !== undefined && modulus !== null) throw raise('ValueError', 'complex modulo');
      const b = complexOf(other);
      return b === undefined ? NotImplemented : operation(a, b);
    },
    [`__r${name}__(${more})`]: (b: PyComplex, other: Value, modulus: Value | undefined) => {
      if (modulus !== undefined && modulus !== null) throw raise('ValueError', 'complex modulo');
      const a = complexOf(other);
      return a === undefined ? NotImplemented : operation(a, b);
    },
  });
}

function complexEquals(a: PyComplex, other: Value): boolean | undefined {
  if (other instanceof PyComplex) return a.re === other.re && a.im === other.im;
  const real = floatOf(other) ?? intOf(other);
  // biome-ignore lint/suspicious/noDoubleEquals: an int of any size compares by mathematical value
  return real === undefined ? undefined : a.im === 0 && a.re == real;
}

defineOn(complexClass, asComplex, {
  '__eq__(value, /)': (a: PyComplex, other: Value) => complexEquals(a, other) ?? NotImplemented,
  '__ne__(value, /)': (a: PyComplex, other: Value) => {
    const same = complexEquals(a, other);
    return same === undefined ? NotImplemented : !same;
  },
  '__neg__()': (a: PyComplex) => new PyComplex(-a.re, -a.im),
  '__pos__()': plainComplex,
  '__abs__()': complexAbs,
  '__bool__()': (a: PyComplex) => a.re !== 0 || a.im !== 0,
  '__hash__()': (a: PyComplex) => hashComplex(a.re, a.im),
  '__repr__()': complexRepr,
  '__complex__()': plainComplex,
  '__format__(format_spec, /)': (a: PyComplex, spec: Value) => formatComplex(a, textOf(spec) ?? ''),
  'conjugate()': (a: PyComplex) => new PyComplex(a.re, -a.im),
});
/** The number of a complex number of a subclass. */
function plainComplex(a: PyComplex): PyComplex {
  return a.cls === complexClass ? a : new PyComplex(a.re, a.im);
}

defineProperties(complexClass, { real: (self: PyComplex) => self.re, imag: (self: PyComplex) => self.im });

/** A number as the functions of `cmath` take it: by `__complex__`, or as a real number; `convert` says which one that is. */
export function toComplex(value: Value, message: string, convert = toFloat): PyComplex {
  if (value instanceof PyComplex) return value;
  const method = special(value, '__complex__');
  if (method !== undefined && method !== null) {
    const result = callSpecial(method, value, []);
    if (result instanceof PyComplex) return result;
    throw raise('TypeError', `${typeName(value)}.__complex__() must return a complex, not ${typeName(result)}`);
  }
  if (typeof value === 'string' || ((special(value, '__float__') ?? null) === null && !hasIndex(value)))
    throw raise('TypeError', message);
  return new PyComplex(convert(value), 0);
}

function makeComplex(re: Value | undefined, im: Value | undefined): PyComplex {
  const text = textOf(re);
  if (text !== undefined) {
    if (im !== undefined) throw raise('TypeError', "complex() can't take second arg if first is a string");
    const parsed = parseComplexText(text);
    if (parsed === undefined)
      throw raise(
        'ValueError',
        text.includes('_')
          ? `could not convert string to complex: ${repr(re!)}`
          : 'complex() arg is a malformed string',
      );
    return new PyComplex(parsed[0], parsed[1]);
  }
  if (textOf(im) !== undefined) throw raise('TypeError', "complex() second arg can't be a string");
  const first =
    re === undefined
      ? new PyComplex(0, 0)
      : toComplex(re, `complex() first argument must be a string or a number, not '${typeName(re)}'`, convertedFloat);
  if (im === undefined) return plainComplex(first);
  const second = toComplex(im, `complex() second argument must be a number, not '${typeName(im)}'`, convertedFloat);
  // An imaginary part that is complex itself turns by a right angle.
  const real = second.im === 0 && !(im instanceof PyComplex) ? first.re : first.re - second.im;
  const imaginary = re instanceof PyComplex ? second.re + first.im : second.re;
  return new PyComplex(real, imaginary);
}

defineConstructor(
  complexClass,
  'complex(real=0, imag=0)',
  (cls: PyClass, re: Value | undefined, im: Value | undefined) => {
    const made = makeComplex(re, im);
    return cls === complexClass ? made : adopt(new PyComplex(made.re, made.im, cls), cls);
  },
);
