/** `int` and `bool`. */
import { raise } from '../runtime/errors';
import { defineClassMethods, defineConstructor, defineProperties } from '../runtime/native';
import { hashInteger } from '../runtime/numbers/hash';
import {
  bitCount,
  bitLength,
  chargeSpelled,
  intDivide,
  intDivmod,
  intModulo,
  intMultiply,
  intPowerModulo,
  intRound,
  intShiftLeft,
  intShiftRight,
  intToFloat,
  intTrueDivide,
} from '../runtime/numbers/integers';
import { intToText, parseInteger } from '../runtime/numbers/parse';
import { intPower } from '../runtime/numbers/power';
import {
  boolClass,
  bytesClass,
  intClass,
  NotImplemented,
  PyBytes,
  type PyClass,
  PyTuple,
  type Value,
} from '../runtime/objects';
import { call, indexOf, repr, special, toInteger, truth, typeName } from '../runtime/operations';
import { formatInt } from '../runtime/text/format';
import { vm } from '../runtime/vm';
import { bytesAsNumeral } from './codecs';
import { defineOn, intOf, textOf, wrap } from './support';

type IntOperation = (a: bigint, b: bigint) => Value;

const OPERATIONS: Readonly<Record<string, IntOperation>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: intMultiply,
  truediv: intTrueDivide,
  floordiv: intDivide,
  mod: intModulo,
  divmod: (a, b) => new PyTuple(intDivmod(a, b)),
  lshift: intShiftLeft,
  rshift: intShiftRight,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

for (const [name, operation] of Object.entries(OPERATIONS)) {
  defineOn(intClass, intOf, {
    [`__${name}__(value, /)`]: (a: bigint, other: Value) => {
      const b = intOf(other);
      return b === undefined ? NotImplemented : operation(a, b);
    },
    [`__r${name}__(value, /)`]: (b: bigint, other: Value) => {
      const a = intOf(other);
      return a === undefined ? NotImplemented : operation(a, b);
    },
  });
}

const COMPARISONS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

for (const [name, operation] of Object.entries(COMPARISONS)) {
  defineOn(intClass, intOf, {
    [`__${name}__(value, /)`]: (a: bigint, other: Value) => {
      const b = intOf(other);
      return b === undefined ? NotImplemented : operation(a, b);
    },
  });
}

function power(a: bigint, other: Value, modulus: Value | undefined): Value {
  const b = intOf(other);
  if (b === undefined) return NotImplemented;
  if (modulus === undefined || modulus === null) return intPower(a, b);
  const m = intOf(modulus);
  return m === undefined ? NotImplemented : intPowerModulo(a, b, m);
}

/** The bytes of an object that has them, or of an iterable of small integers. */
function bytesFrom(value: Value): Uint8Array {
  if (value instanceof PyBytes) return value.data;
  const gives = (name: string) => (special(value, name) ?? null) !== null;
  if (gives('__bytes__') || (textOf(value) === undefined && gives('__iter__')))
    return (call(bytesClass, [value]) as PyBytes).data;
  throw raise('TypeError', `cannot convert '${typeName(value)}' object to bytes`);
}

function byteOrder(order: Value | undefined, caller: string): boolean {
  const name = order === undefined ? 'big' : textOf(order);
  if (name === 'big') return true;
  if (name === 'little') return false;
  if (name === undefined)
    throw raise(
      'TypeError',
      `${caller}() argument 'byteorder' must be str, not ${order === null ? 'None' : typeName(order!)}`,
    );
  throw raise('ValueError', "byteorder must be either 'little' or 'big'");
}

function toBytes(value: bigint, length: number, big: boolean, signed: boolean): PyBytes {
  chargeSpelled(length * 8);
  vm.step(2 * length);
  const bits = BigInt(length * 8);
  if (value < 0n && !signed) throw raise('OverflowError', "can't convert negative int to unsigned");
  const limit = signed ? (length === 0 ? 1n : 1n << (bits - 1n)) : 1n << bits;
  if (value >= limit || (value < 0n && value < -limit)) throw raise('OverflowError', 'int too big to convert');
  const digits = (value < 0n ? value + (1n << bits) : value).toString(16).padStart(2 * length, '0');
  const data = new Uint8Array(length);
  for (let at = 0; at < length; at++)
    data[big ? at : length - 1 - at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return new PyBytes(data);
}

/** The integer whose bytes these are, the highest first. */
export function integerOfBytes(data: Uint8Array): bigint {
  chargeSpelled(data.length * 8);
  vm.charge(8 * data.length);
  vm.step(4 * data.length);
  return data.length === 0 ? 0n : BigInt(`0x${Array.from(data, byte => byte.toString(16).padStart(2, '0')).join('')}`);
}

function fromBytes(data: Uint8Array, big: boolean, signed: boolean): bigint {
  const value = integerOfBytes(big ? data : data.slice().reverse());
  return signed && data.length > 0 ? BigInt.asIntN(data.length * 8, value) : value;
}

defineOn(intClass, intOf, {
  '__pow__(value, mod=None, /)': power,
  '__rpow__(value, mod=None, /)': (b: bigint, other: Value) => {
    const a = intOf(other);
    return a === undefined ? NotImplemented : intPower(a, b);
  },
  '__neg__()': (a: bigint) => -a,
  '__pos__()': (a: bigint) => a,
  '__abs__()': (a: bigint) => (a < 0n ? -a : a),
  '__invert__()': (a: bigint) => ~a,
  '__bool__()': (a: bigint) => a !== 0n,
  '__int__()': (a: bigint) => a,
  '__index__()': (a: bigint) => a,
  '__trunc__()': (a: bigint) => a,
  '__floor__()': (a: bigint) => a,
  '__ceil__()': (a: bigint) => a,
  '__float__()': intToFloat,
  '__hash__()': hashInteger,
  '__repr__()': intToText,
  '__round__(ndigits=None, /)': (a: bigint, digits: Value | undefined) =>
    digits === undefined || digits === null ? a : intRound(a, indexOf(digits)),
  'bit_length()': (a: bigint) => BigInt(bitLength(a)),
  'bit_count()': (a: bigint) => BigInt(bitCount(a)),
  'conjugate()': (a: bigint) => a,
  'as_integer_ratio()': (a: bigint) => new PyTuple([a, 1n]),
  'is_integer()': () => true,
  "to_bytes(length=1, byteorder='big', *, signed=False)": (
    a: bigint,
    length: Value | undefined,
    order: Value | undefined,
    signed: Value | undefined,
  ) => {
    const size = length === undefined ? 1n : indexOf(length);
    if (size < 0n) throw raise('ValueError', 'length argument must be non-negative');
    vm.charge(Number(size));
    return toBytes(a, Number(size), byteOrder(order, 'to_bytes'), signed !== undefined && truth(signed));
  },
  '__getnewargs__()': (a: bigint) => new PyTuple([a]),
});
defineProperties(intClass, {
  real: (self: Value) => intOf(self) ?? 0n,
  imag: () => 0n,
  numerator: (self: Value) => intOf(self) ?? 0n,
  denominator: () => 1n,
});
defineClassMethods(intClass, {
  "from_bytes(bytes, byteorder='big', *, signed=False)": (
    cls: PyClass,
    bytes: Value,
    order: Value | undefined,
    signed: Value | undefined,
  ) => {
    const endian = byteOrder(order, 'from_bytes');
    const value = fromBytes(bytesFrom(bytes), endian, signed !== undefined && truth(signed));
    return cls === intClass ? value : call(cls, [value]);
  },
});

// The type's name stands in messages, and a bool has a form of its own, so this one needs the value as it is.
defineOn(intClass, self => (intOf(self) === undefined ? undefined : self), {
  '__format__(format_spec, /)': (self: Value, spec: Value) => {
    const text = textOf(spec);
    if (text === undefined)
      throw raise('TypeError', `__format__() argument must be str, not ${spec === null ? 'None' : typeName(spec)}`);
    if (text === '' && typeof self === 'boolean') return self ? 'True' : 'False';
    return formatInt(intOf(self)!, text, typeName(self));
  },
});

function badLiteral(base: number, value: Value) {
  const shown = repr(value);
  return raise(
    'ValueError',
    `invalid literal for int() with base ${base}: ${shown.length > 200 ? shown.slice(0, 200) : shown}`,
  );
}

function parseText(text: string, base: number, value: Value): bigint {
  const parsed = parseInteger(text, base);
  if (parsed === undefined) throw badLiteral(base, value);
  return parsed;
}

function makeInt(value: Value | undefined, base: Value | undefined): bigint {
  if (value === undefined) {
    if (base !== undefined) throw raise('TypeError', 'int() missing string argument');
    return 0n;
  }
  // The type of the value itself decides, as with float().
  const own = base === undefined && typeof value === 'object' ? (special(value, '__int__') ?? null) : null;
  const text = own === null ? (textOf(value) ?? bytesAsNumeral(value)) : undefined;
  if (base !== undefined) {
    const radix = indexOf(base);
    if (radix !== 0n && (radix < 2n || radix > 36n))
      throw raise('ValueError', 'int() base must be >= 2 and <= 36, or 0');
    if (text === undefined) throw raise('TypeError', "int() can't convert non-string with explicit base");
    return parseText(text, Number(radix), value);
  }
  return text === undefined ? toInteger(value) : parseText(text, 10, value);
}

defineConstructor(intClass, 'int(x=0, /, base=10)', (cls: PyClass, value: Value | undefined, base: Value | undefined) =>
  wrap(cls, intClass, makeInt(value, base)),
);

defineConstructor(
  boolClass,
  'bool(object=False, /)',
  (_cls: PyClass, value: Value | undefined) => value !== undefined && truth(value),
);

/** `&`, `|`, `^` of two bools give a bool. */
const LOGIC: Readonly<Record<string, IntOperation>> = {
  and: (a, b) => (a & b) !== 0n,
  or: (a, b) => (a | b) !== 0n,
  xor: (a, b) => a !== b,
};

for (const [name, operation] of Object.entries(LOGIC))
  for (const prefix of ['', 'r'])
    defineOn(boolClass, intOf, {
      [`__${prefix}${name}__(value, /)`]: (a: bigint, other: Value) => {
        const b = intOf(other);
        if (b === undefined) return NotImplemented;
        return typeof other === 'boolean' ? operation(a, b) : OPERATIONS[name]!(a, b);
      },
    });
defineOn(boolClass, intOf, {
  '__repr__()': (a: bigint) => (a === 0n ? 'False' : 'True'),
});
