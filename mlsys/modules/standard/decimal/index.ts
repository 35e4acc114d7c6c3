/** `decimal` */

import { raise } from '../../../python/runtime/errors';
import {
  defineClassMethods,
  defineConstructor,
  defineMethods,
  defineProperties,
  type NativeBody,
} from '../../../python/runtime/native';
import { changesState } from '../../../python/runtime/nativeEffects';
import { negated } from '../../../python/runtime/numbers/decimal';
import { hashRatio } from '../../../python/runtime/numbers/hash';
import { greatestCommonDivisor } from '../../../python/runtime/numbers/integers';
import { digitsOf } from '../../../python/runtime/numbers/parse';
import {
  floatClass,
  isInstance,
  NotImplemented,
  PyClass,
  PyComplex,
  PyList,
  type PyModule,
  PyTuple,
  unwrap,
  type Value,
} from '../../../python/runtime/objects';
import { call, findAttribute, hash, indexOf, typeName } from '../../../python/runtime/operations';
import { refuseUnknown } from '../../../python/runtime/unknown';
import { vm } from '../../../python/runtime/vm';
import { functions, moduleOf } from '../support';
import * as basic from './arithmetic';
import { fitted, nanOf, ROUNDINGS, type Rounding, Run, rescaled, WIDE } from './context';
import { contextArgument, LOCAL_ARGUMENTS, localContext, readyContexts, setUpContexts } from './contexts';
import { formatted } from './format';
import * as further from './logical';
import {
  adjusted,
  type Decimal,
  fromFloat,
  fromInteger,
  infinity,
  isInfinite,
  isNotANumber,
  isZero,
  number,
  ONE,
  order,
  parseDecimal,
  positive,
  power10,
  raised,
  signed,
  textOf,
  ZERO,
} from './number';
import {
  conditionClasses,
  contextClass,
  current,
  FIRST,
  inContext,
  PyContext,
  setCurrent,
  setUpConditions,
} from './state';
import { exponential, logarithm, logarithm10, power, powerModulo } from './transcendental';
import { decimalClass, PyDecimal } from './value';

/** An operand of arithmetic: a Decimal or an int; undefined for others. */
function operand(value: Value | undefined): Decimal | undefined {
  if (value instanceof PyDecimal) return value.value;
  const plain = unwrap(value ?? null);
  if (typeof plain === 'boolean') return plain ? ONE : ZERO;
  return typeof plain === 'bigint' ? fromInteger(plain) : undefined;
}

/** An argument of a method: like an operand, but refused where it is none. */
function argument(value: Value): Decimal {
  const found = operand(value);
  if (found === undefined) throw raise('TypeError', `conversion from ${typeName(value)} to Decimal is not supported`);
  return found;
}

const wrap = (value: Decimal, cls: PyClass = decimalClass): PyDecimal => new PyDecimal(value, cls);

/** `Decimal(value)` */
function converted(value: Value, run: Run): Decimal {
  const plain = unwrap(value);
  if (plain instanceof PyDecimal) return plain.value;
  if (typeof plain === 'number') {
    run.meet('FloatOperation');
    return fromFloat(plain);
  }
  if (typeof plain === 'string') {
    const parsed = parseDecimal(plain);
    if (parsed === undefined) return run.invalid('ConversionSyntax');
    const tooLarge = parsed.special === undefined && Math.abs(parsed.exponent) > 1e15;
    return tooLarge ? run.invalid() : parsed;
  }
  if (plain instanceof PyTuple || plain instanceof PyList) return fromParts(plain.items);
  return argument(value);
}

/** A number from its sign, digits and exponent. */
function fromParts(parts: readonly Value[]): Decimal {
  if (parts.length !== 3) throw raise('ValueError', 'argument must be a sequence of length 3');
  const [sign, digits, exponent] = parts as [Value, Value, Value];
  if (sign !== 0n && sign !== 1n) throw raise('ValueError', 'sign must be an integer with the value 0 or 1');
  const negative = sign === 1n;
  if (typeof exponent === 'string') {
    if (exponent === 'F') return infinity(negative);
    if (exponent !== 'n' && exponent !== 'N')
      throw raise('ValueError', "string argument in the third position must be 'F', 'n' or 'N'");
  } else if (typeof exponent !== 'bigint') throw raise('ValueError', 'exponent must be an integer');
  const isList = digits instanceof PyTuple || digits instanceof PyList;
  if (isList) digits.items.forEach(refuseUnknown);
  if (!isList || digits.items.some(one => typeof one !== 'bigint' || one < 0n || one > 9n))
    throw raise('ValueError', 'coefficient must be a tuple of digits');
  vm.step(digits.items.length);
  const coefficient = BigInt(digits.items.map(String).join('') || '0');
  if (typeof exponent === 'string')
    return { negative, coefficient, exponent: 0, special: exponent === 'n' ? 'nan' : 'snan' };
  return number(coefficient, Number(exponent), negative);
}

function toFloat({ value }: PyDecimal): number {
  if (value.special === 'snan') throw raise('ValueError', 'cannot convert signaling NaN to float');
  if (!isNotANumber(value)) return Number(textOf(value));
  return value.negative ? negated(Number.NaN) : Number.NaN;
}

function toInteger(value: Decimal, rounding: Rounding): bigint {
  if (isInfinite(value)) throw raise('OverflowError', 'cannot convert Infinity to integer');
  if (isNotANumber(value)) throw raise('ValueError', 'cannot convert NaN to integer');
  return signed(rescaled(value, 0, rounding).value);
}

function ratioOf({ value }: PyDecimal): [bigint, bigint] {
  if (isInfinite(value)) throw raise('OverflowError', 'cannot convert Infinity to integer ratio');
  if (isNotANumber(value)) throw raise('ValueError', 'cannot convert NaN to integer ratio');
  if (value.exponent >= 0) return [raised(signed(value), value.exponent), 1n];
  const below = power10(-value.exponent);
  const common = greatestCommonDivisor(value.coefficient, below);
  return [signed(value) / common, below / common];
}

/** What a value is compared with: numbers of other kinds exactly, a Fraction by its parts. */
function comparable(self: Decimal, other: Value, run: Run, ordering: boolean): [Decimal, Decimal] | undefined {
  const found = operand(other);
  if (found !== undefined) return [self, found];
  const plain = unwrap(other);
  if (typeof plain === 'number' && isInstance(other, floatClass)) {
    if (ordering) run.meet('FloatOperation');
    else run.noted.add('FloatOperation');
    return [self, fromFloat(plain)];
  }
  const complex = plain as { re?: number; im?: number } | null;
  if (!ordering && typeof complex?.re === 'number' && complex.im === 0) return [self, fromFloat(complex.re)];
  const above = typeName(other) === 'Fraction' ? operand(findAttribute(other, 'numerator')) : undefined;
  const below = above === undefined ? undefined : operand(findAttribute(other, 'denominator'));
  if (above === undefined || below === undefined) return undefined;
  return [basic.multiply(self, below, new Run(WIDE)), above];
}

type Binary = (a: Decimal, b: Decimal, run: Run) => Decimal;
type Unary = (value: Decimal, run: Run) => Decimal;

/** Methods of Decimal and Context with one operand: name in both. */
const UNARY: readonly (readonly [string, string, Unary])[] = [
  ['exp', 'exp', exponential],
  ['ln', 'ln', logarithm],
  ['log10', 'log10', logarithm10],
  ['logb', 'logb', further.exponentOf],
  ['logical_invert', 'logical_invert', further.logicalInvert],
  ['next_minus', 'next_minus', further.nextMinus],
  ['next_plus', 'next_plus', further.nextPlus],
  ['normalize', 'normalize', basic.normalized],
  ['sqrt', 'sqrt', basic.squareRoot],
  ['to_integral_exact', 'to_integral_exact', (value, run) => basic.toIntegral(value, run, true)],
  ['to_integral_value', 'to_integral_value', (value, run) => basic.toIntegral(value, run, false)],
  ['to_integral', 'to_integral', (value, run) => basic.toIntegral(value, run, false)],
  ['', 'abs', basic.absolute],
  ['', 'plus', basic.plus],
  ['', 'minus', basic.minus],
];

const compared =
  (loud: boolean): Binary =>
  (a, b, run) => {
    if (loud && (isNotANumber(a) || isNotANumber(b))) run.meet('InvalidOperation');
    return nanOf(run, a, b) ?? fromInteger(BigInt(order(a, b)));
  };

const BINARY: readonly (readonly [string, string, Binary])[] = [
  ['compare', 'compare', compared(false)],
  ['compare_signal', 'compare_signal', compared(true)],
  ['compare_total', 'compare_total', (a, b) => fromInteger(BigInt(basic.totalOrder(a, b)))],
  ['compare_total_mag', 'compare_total_mag', (a, b) => fromInteger(BigInt(basic.totalOrder(positive(a), positive(b))))],
  ['copy_sign', 'copy_sign', (a, b) => ({ ...a, negative: b.negative })],
  ['logical_and', 'logical_and', further.logical((a, b) => a && b)],
  ['logical_or', 'logical_or', further.logical((a, b) => a || b)],
  ['logical_xor', 'logical_xor', further.logical((a, b) => a !== b)],
  ['max', 'max', (a, b, run) => basic.extreme(a, b, run, true)],
  ['max_mag', 'max_mag', (a, b, run) => basic.extreme(a, b, run, true, true)],
  ['min', 'min', (a, b, run) => basic.extreme(a, b, run, false)],
  ['min_mag', 'min_mag', (a, b, run) => basic.extreme(a, b, run, false, true)],
  ['next_toward', 'next_toward', further.nextToward],
  ['remainder_near', 'remainder_near', basic.remainderNear],
  ['rotate', 'rotate', further.rotate],
  ['scaleb', 'scaleb', further.scaleBy],
  ['shift', 'shift', further.shift],
  ['', 'quantize', basic.quantize],
  ['', 'add', basic.add],
  ['', 'subtract', basic.subtract],
  ['', 'multiply', basic.multiply],
  ['', 'divide', basic.divide],
  ['', 'divide_int', basic.divideInteger],
  ['', 'remainder', basic.remainder],
];

/** Questions about a number, which Decimal and Context both answer. */
const TESTS: Readonly<Record<string, (value: Decimal, run: Run) => Value>> = {
  is_canonical: () => true,
  is_finite: value => value.special === undefined,
  is_infinite: value => isInfinite(value),
  is_nan: value => isNotANumber(value),
  is_qnan: value => value.special === 'nan',
  is_snan: value => value.special === 'snan',
  is_signed: value => value.negative,
  is_zero: value => isZero(value),
  is_normal: further.isNormal,
  is_subnormal: further.isSubnormal,
  number_class: further.numberClass,
  to_eng_string: (value, run) => textOf(value, run.context.capitals === 1, true),
};

const OPERATORS: readonly (readonly [string, Binary])[] = [
  ['add', basic.add],
  ['sub', basic.subtract],
  ['mul', basic.multiply],
  ['truediv', basic.divide],
  ['floordiv', basic.divideInteger],
  ['mod', basic.remainder],
];

/** A context with a rounding of its own, where one is given. */
function withRounding(run: Run, rounding: Value | undefined): Run {
  if (rounding === undefined || rounding === null) return run;
  if (!ROUNDINGS.includes(rounding as Rounding)) return withRounding(run, contextRounding(rounding));
  const own = new Run({ ...run.context, rounding: rounding as Rounding });
  return own;
}

function contextRounding(rounding: Value): Value {
  // The complaint is that of a context's attribute.
  return call(contextClass, [null, rounding]);
}

/** Runs with a rounding of its own and hands on what is met. */
function roundedBy(run: Run, rounding: Value | undefined, body: (run: Run) => Decimal): Decimal {
  const own = withRounding(run, rounding);
  const result = body(own);
  if (own !== run) run.meet(...own.met);
  return result;
}

function setUpArithmetic(): void {
  const methods: Record<string, NativeBody> = {};
  const operator = (body: Binary, swapped: boolean) => (self: PyDecimal, other: Value) => {
    const value = operand(other);
    if (value === undefined) return NotImplemented;
    vm.step();
    const [a, b] = swapped ? [value, self.value] : [self.value, value];
    return wrap(inContext(run => body(a, b, run)));
  };
  for (const [name, body] of OPERATORS) {
    methods[`__${name}__(other, /)`] = operator(body, false);
    methods[`__r${name}__(other, /)`] = operator(body, true);
  }
  const both = (swapped: boolean) => (self: PyDecimal, other: Value) => {
    const value = operand(other);
    if (value === undefined) return NotImplemented;
    const [a, b] = swapped ? [value, self.value] : [self.value, value];
    return new PyTuple(inContext(run => basic.divideBoth(a, b, run)).map(one => wrap(one)));
  };
  const ordering = (holds: (difference: number) => boolean) => (self: PyDecimal, other: Value) =>
    inContext(run => {
      const pair = comparable(self.value, other, run, true);
      if (pair === undefined) return NotImplemented;
      if (!pair.some(isNotANumber)) return holds(order(...pair));
      run.meet('InvalidOperation');
      return false;
    });
  const equality = (equal: boolean) => (self: PyDecimal, other: Value) =>
    inContext(run => {
      const pair = comparable(self.value, other, run, false);
      if (pair === undefined) return NotImplemented;
      if (pair.some(one => one.special === 'snan')) run.meet('InvalidOperation');
      return (!pair.some(isNotANumber) && order(...pair) === 0) === equal;
    });
  const raised = (base: Decimal, exponent: Decimal, mod: Value | undefined) => {
    if (mod === undefined || mod === null) return wrap(inContext(run => power(base, exponent, run)));
    const modulus = operand(mod);
    return modulus === undefined ? NotImplemented : wrap(inContext(run => powerModulo(base, exponent, modulus, run)));
  };
  defineMethods(decimalClass, {
    ...methods,
    '__divmod__(other, /)': both(false),
    '__rdivmod__(other, /)': both(true),
    '__pow__(other, mod=None, /)': (self: PyDecimal, other: Value, mod?: Value) => {
      const exponent = operand(other);
      return exponent === undefined ? NotImplemented : raised(self.value, exponent, mod);
    },
    '__rpow__(other, mod=None, /)': (self: PyDecimal, other: Value, mod?: Value) => {
      const base = operand(other);
      return base === undefined ? NotImplemented : raised(base, self.value, mod);
    },
    '__neg__()': (self: PyDecimal) => wrap(inContext(run => basic.minus(self.value, run))),
    '__pos__()': (self: PyDecimal) => wrap(inContext(run => basic.plus(self.value, run))),
    '__abs__()': (self: PyDecimal) => wrap(inContext(run => basic.absolute(self.value, run))),
    '__bool__()': (self: PyDecimal) => !isZero(self.value),
    '__lt__(other, /)': ordering(difference => difference < 0),
    '__le__(other, /)': ordering(difference => difference <= 0),
    '__gt__(other, /)': ordering(difference => difference > 0),
    '__ge__(other, /)': ordering(difference => difference >= 0),
    '__eq__(other, /)': equality(true),
    '__ne__(other, /)': equality(false),
    '__hash__()': (self: PyDecimal) => {
      const { value } = self;
      if (value.special === 'snan') throw raise('TypeError', 'Cannot hash a signaling NaN value');
      return value.special === undefined ? hashRatio(...ratioOf(self)) : hash(toFloat(self));
    },
  });
}

function setUpConversions(): void {
  defineMethods(decimalClass, {
    '__float__()': toFloat,
    '__complex__()': (self: PyDecimal) => new PyComplex(toFloat(self), 0),
    '__int__()': (self: PyDecimal) => toInteger(self.value, 'ROUND_DOWN'),
    '__trunc__()': (self: PyDecimal) => toInteger(self.value, 'ROUND_DOWN'),
    '__floor__()': (self: PyDecimal) => toInteger(self.value, 'ROUND_FLOOR'),
    '__ceil__()': (self: PyDecimal) => toInteger(self.value, 'ROUND_CEILING'),
    '__round__(ndigits=None, /)': (self: PyDecimal, digits?: Value) => {
      if (digits === undefined || digits === null) return toInteger(self.value, 'ROUND_HALF_EVEN');
      const scale = number(1n, -Number(indexOf(digits)));
      return wrap(inContext(run => basic.quantize(self.value, scale, run)));
    },
    '__str__()': (self: PyDecimal) => textOf(self.value, current().context.capitals === 1),
    '__repr__()': (self: PyDecimal) => `Decimal('${textOf(self.value, current().context.capitals === 1)}')`,
    '__format__(spec, /)': (self: PyDecimal, spec: Value) => {
      if (typeof spec !== 'string') throw raise('TypeError', 'format arg must be str');
      return formatted(self.value, spec, current().context);
    },
    '__copy__()': (self: PyDecimal) => self,
    '__deepcopy__(memo, /)': (self: PyDecimal) => self,
    'as_tuple()': ({ value }: PyDecimal) => {
      const digits =
        isNotANumber(value) && value.coefficient === 0n ? [] : [...digitsOf(value.coefficient)].map(BigInt);
      const { special } = value;
      const exponent = special === undefined ? BigInt(value.exponent) : { inf: 'F', nan: 'n', snan: 'N' }[special];
      return tupleOf([value.negative ? 1n : 0n, new PyTuple(digits), exponent]);
    },
    'as_integer_ratio()': (self: PyDecimal) => new PyTuple(ratioOf(self)),
    'adjusted()': ({ value }: PyDecimal) => BigInt(value.special === undefined ? adjusted(value) : 0),
    'copy_abs()': ({ value }: PyDecimal) => wrap(positive(value)),
    'copy_negate()': ({ value }: PyDecimal) => wrap({ ...value, negative: !value.negative }),
    'conjugate()': (self: PyDecimal) => self,
    'canonical()': (self: PyDecimal) => self,
    'radix()': () => wrap(fromInteger(10n)),
    'same_quantum(other, context=None)': ({ value }: PyDecimal, other: Value) =>
      further.sameQuantum(value, argument(other)),
    'fma(other, third, context=None)': ({ value }: PyDecimal, other: Value, third: Value, context?: Value) =>
      wrap(inContext(run => basic.fusedMultiplyAdd(value, argument(other), argument(third), run), context)),
    'quantize(exp, rounding=None, context=None)': (
      { value }: PyDecimal,
      scale: Value,
      rounding?: Value,
      context?: Value,
    ) => wrap(inContext(run => roundedBy(run, rounding, own => basic.quantize(value, argument(scale), own)), context)),
  });
  for (const name of ['to_integral_value', 'to_integral', 'to_integral_exact'])
    defineMethods(decimalClass, {
      [`${name}(rounding=None, context=None)`]: ({ value }: PyDecimal, rounding?: Value, context?: Value) =>
        wrap(
          inContext(
            run => roundedBy(run, rounding, own => basic.toIntegral(value, own, name === 'to_integral_exact')),
            context,
          ),
        ),
    });
  defineProperties(decimalClass, { real: (self: Value) => self, imag: () => wrap(ZERO) });
}

/** The operations that numbers and contexts share. */
function setUpShared(): void {
  for (const [own, ofContext, body] of UNARY) {
    if (own !== '' && !own.startsWith('to_integral'))
      defineMethods(decimalClass, {
        [`${own}(context=None)`]: ({ value }: PyDecimal, context?: Value) =>
          wrap(inContext(run => body(value, run), context)),
      });
    defineMethods(contextClass, {
      [`${ofContext}(x, /)`]: (self: PyContext, x: Value) => wrap(self.run(run => body(argument(x), run))),
    });
  }
  for (const [own, ofContext, body] of BINARY) {
    if (own !== '')
      defineMethods(decimalClass, {
        [`${own}(other, context=None)`]: ({ value }: PyDecimal, other: Value, context?: Value) =>
          wrap(inContext(run => body(value, argument(other), run), context)),
      });
    defineMethods(contextClass, {
      [`${ofContext}(x, y, /)`]: (self: PyContext, x: Value, y: Value) =>
        wrap(self.run(run => body(argument(x), argument(y), run))),
    });
  }
  for (const [name, body] of Object.entries(TESTS)) {
    const takesContext = ['is_normal', 'is_subnormal', 'number_class', 'to_eng_string'].includes(name);
    defineMethods(decimalClass, {
      [`${name}(${takesContext ? 'context=None' : ''})`]: ({ value }: PyDecimal, context?: Value) =>
        inContext(run => body(value, run), context),
    });
    defineMethods(contextClass, {
      [`${name}(x, /)`]: (self: PyContext, x: Value) => self.run(run => body(argument(x), run)),
    });
  }
}

function setUpContextMethods(): void {
  const created = (self: PyContext, value: Value) => wrap(self.run(run => fitted(converted(value, run), run)));
  defineMethods(contextClass, {
    'create_decimal(num="0", /)': (self: PyContext, value: Value = '0') => {
      // Unlike the type itself, a context takes no blanks and no underlines.
      const text = typeof value === 'string' && /[\s_]/.test(value) ? '?' : value;
      return created(self, text);
    },
    'create_decimal_from_float(f, /)': created,
    'radix()': () => wrap(fromInteger(10n)),
    'to_sci_string(x, /)': (self: PyContext, x: Value) => textOf(argument(x), self.context.capitals === 1),
    'canonical(x, /)': (_self: PyContext, x: Value) => x,
    'copy_abs(x, /)': (_self: PyContext, x: Value) => wrap(positive(argument(x))),
    'copy_negate(x, /)': (_self: PyContext, x: Value) => {
      const value = argument(x);
      return wrap({ ...value, negative: !value.negative });
    },
    'copy_decimal(x, /)': (_self: PyContext, x: Value) => wrap(argument(x)),
    'same_quantum(x, y, /)': (_self: PyContext, x: Value, y: Value) => further.sameQuantum(argument(x), argument(y)),
    'divmod(x, y, /)': (self: PyContext, x: Value, y: Value) =>
      new PyTuple(self.run(run => basic.divideBoth(argument(x), argument(y), run)).map(one => wrap(one))),
    'fma(x, y, z, /)': (self: PyContext, x: Value, y: Value, z: Value) =>
      wrap(self.run(run => basic.fusedMultiplyAdd(argument(x), argument(y), argument(z), run))),
    'power(a, b, modulo=None)': (self: PyContext, a: Value, b: Value, modulo?: Value) =>
      wrap(
        self.run(run =>
          modulo === undefined || modulo === null
            ? power(argument(a), argument(b), run)
            : powerModulo(argument(a), argument(b), argument(modulo), run),
        ),
      ),
  });
}

let tupleClass: Value = null;

function tupleOf(items: readonly Value[]): Value {
  return tupleClass instanceof PyClass ? new PyTuple(items, tupleClass) : new PyTuple(items);
}

let ready = false;

export function loadDecimal(): PyModule {
  if (!ready) {
    setUpConditions();
    setUpContexts();
    defineConstructor(
      decimalClass,
      'Decimal(value="0", context=None)',
      (cls: PyClass, value?: Value, context?: Value) =>
        wrap(
          inContext(run => converted(value === undefined ? '0' : value, run), context),
          cls,
        ),
    );
    defineClassMethods(decimalClass, {
      'from_float(f, /)': (cls: PyClass, value: Value) => {
        const plain = unwrap(value);
        const isFloat = typeof plain === 'number';
        if (!isFloat && typeof plain !== 'bigint' && typeof plain !== 'boolean')
          throw raise('TypeError', 'argument must be int or float');
        const made = wrap(isFloat ? fromFloat(plain) : argument(plain));
        return cls === decimalClass ? made : call(cls, [made]);
      },
    });
    setUpArithmetic();
    setUpConversions();
    setUpShared();
    setUpContextMethods();
    ready = true;
  }
  const contexts = readyContexts();
  tupleClass = call(
    vm.import('collections').attrs.get('namedtuple')!,
    ['DecimalTuple', 'sign digits exponent'],
    new Map([['module', 'decimal']]),
  );
  return moduleOf('decimal', {
    Decimal: decimalClass,
    Context: contextClass,
    DecimalTuple: tupleClass,
    ...Object.fromEntries(conditionClasses),
    ...Object.fromEntries(ROUNDINGS.map(name => [name, name])),
    MAX_PREC: 999999999999999999n,
    MAX_EMAX: 999999999999999999n,
    MIN_EMIN: -999999999999999999n,
    MIN_ETINY: -1999999999999999997n,
    HAVE_THREADS: true,
    HAVE_CONTEXTVAR: true,
    ...contexts,
    ...decimalFunctions({
      'getcontext()': () => current(),
      'setcontext(context, /)': (value: Value) => {
        const wanted = contextArgument(value);
        // Those of the module stay as they are: a copy counts.
        setCurrent(Object.values(contexts).includes(wanted) ? new PyContext(wanted.context) : wanted);
        return null;
      },
      [`localcontext(ctx=None, *, ${LOCAL_ARGUMENTS})`]: localContext,
    }),
  });
}

/** Functions that change the current context, or hand it out. */
function decimalFunctions(bodies: Parameters<typeof functions>[0]): ReturnType<typeof functions> {
  const made = functions(bodies);
  changesState(FIRST.channel!, ...Object.values(made));
  return made;
}
