/** `decimal` */
import { exceptionClassOf, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import {
  defineClassMethods,
  defineConstructor,
  defineMethods,
  defineProperties,
  method,
} from '../../python/runtime/native';
import { digitsOf, integerOfDigits } from '../../python/runtime/numbers/parse';
import {
  NotImplemented,
  nativeClass,
  PyClass,
  PyList,
  type PyModule,
  PyObject,
  PyProperty,
  PyTuple,
  unwrap,
  type Value,
} from '../../python/runtime/objects';
import { hash, indexOf, type OrderOperator, repr, str, typeName } from '../../python/runtime/operations';
import { pad, parseSpec } from '../../python/runtime/text/spec';
import { vm } from '../../python/runtime/vm';
import {
  add,
  adjusted,
  type Context,
  DEFAULT_CONTEXT,
  type Decimal,
  DecimalSignal,
  digitCount,
  divide,
  divideInteger,
  fitted,
  fromFloat,
  integerPower,
  isZero,
  multiply,
  negate,
  order,
  parseDecimal,
  power10,
  type Rounding,
  rescale,
  squareRoot,
  textOf,
  ZERO,
} from './decimalValue';
import { functions, moduleOf } from './support';

const CHANNEL = 'decimal';
const decimalClass = nativeClass('Decimal', undefined, 'decimal');
decimalClass.errorName = 'decimal.Decimal';
const contextClass = nativeClass('Context', undefined, 'decimal');

export class PyDecimal extends PyObject {
  readonly value: Decimal;
  constructor(value: Decimal, cls: PyClass = decimalClass) {
    super(cls);
    this.value = value;
    if (!cls.native) this.attrs = new Map();
  }
}

/** A context object; the current one reads and writes the session's. */
class PyContext extends PyObject {
  own: Context | undefined;
  constructor(own?: Context) {
    super(contextClass);
    this.own = own;
  }

  get context(): Context {
    return this.own ?? vm.readState(CHANNEL, DEFAULT_CONTEXT);
  }

  set context(context: Context) {
    if (this.own === undefined) vm.writeState(CHANNEL, context);
    else this.own = context;
  }
}

const current = (): Context => vm.readState(CHANNEL, DEFAULT_CONTEXT);

const signals = new Map<string, PyClass>();

function setUpSignals(): void {
  const arithmetic = exceptionClassOf('ArithmeticError');
  const define = (name: string, ...bases: PyClass[]) => {
    const cls = new PyClass(name, bases, new Map(), { native: true, module: 'decimal' });
    signals.set(name, cls);
    return cls;
  };
  const base = define('DecimalException', arithmetic);
  const invalid = define('InvalidOperation', base);
  const zero = exceptionClassOf('ZeroDivisionError');
  define('DivisionByZero', base, zero);
  define('DivisionUndefined', invalid, zero);
  define('DivisionImpossible', invalid);
  define('ConversionSyntax', invalid);
  const inexact = define('Inexact', base);
  const rounded = define('Rounded', base);
  define('Subnormal', base);
  define('Clamped', base);
  define('Overflow', inexact, rounded);
  define('Underflow', inexact, rounded);
  define('FloatOperation', base, exceptionClassOf('TypeError'));
}

/** Runs an operation; a signal becomes CPython's exception, which shows the list of its conditions. */
function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof DecimalSignal)) throw error;
    const condition = signals.get(error.signal)!;
    const raised = ['DivisionUndefined', 'DivisionImpossible', 'ConversionSyntax'].includes(error.signal)
      ? signals.get('InvalidOperation')!
      : condition;
    throw new PyError(new PyException(raised, [new PyList([condition])]));
  }
}

/** An operand of arithmetic: a Decimal or an int; undefined for others. */
function operand(value: Value): Decimal | undefined {
  if (value instanceof PyDecimal) return value.value;
  const plain = unwrap(value);
  if (typeof plain === 'boolean') return operand(plain ? 1n : 0n);
  if (typeof plain !== 'bigint') return undefined;
  return { negative: plain < 0n, coefficient: plain < 0n ? -plain : plain, exponent: 0 };
}

function made(value: Value, cls: PyClass): PyDecimal {
  const plain = unwrap(value);
  if (plain instanceof PyDecimal) return new PyDecimal(plain.value, cls);
  if (typeof plain === 'number') return new PyDecimal(fromFloat(plain), cls);
  if (typeof plain === 'string') {
    const parsed = parseDecimal(plain);
    if (parsed === undefined)
      return guarded<PyDecimal>(() => {
        throw new DecimalSignal('ConversionSyntax');
      });
    return new PyDecimal(parsed, cls);
  }
  if (plain instanceof PyTuple || plain instanceof PyList) {
    const [sign, digits, exponent] = plain.items;
    const text = digits instanceof PyTuple ? digits.items.map(String).join('') : '0';
    if (exponent === 'F')
      return new PyDecimal({ negative: sign === 1n, coefficient: 0n, exponent: 0, special: 'inf' }, cls);
    return new PyDecimal(
      { negative: sign === 1n, coefficient: integerOfDigits(text || '0'), exponent: Number(exponent) },
      cls,
    );
  }
  const found = operand(plain);
  if (found === undefined) throw raise('TypeError', `conversion from ${typeName(value)} to Decimal is not supported`);
  return new PyDecimal(found, cls);
}

type Operation = (a: Decimal, b: Decimal, context: Context) => Decimal;

function floorSign(a: Decimal, b: Decimal, context: Context): Decimal {
  return divideInteger(a, b, context).rest;
}

function raised(a: Decimal, b: Decimal, context: Context): Decimal {
  if (b.special !== undefined || a.special !== undefined) throw new Unsupported('powers of infinite decimals');
  if (isZero(b)) {
    if (isZero(a)) throw new DecimalSignal('InvalidOperation');
    return { negative: false, coefficient: 1n, exponent: 0 };
  }
  const whole = rescale(b, 0, 'ROUND_DOWN');
  if (order(whole, b) === 0) {
    if (isZero(a) && b.negative) throw new DecimalSignal('DivisionByZero');
    return integerPower(a, whole.negative ? -whole.coefficient : whole.coefficient, context);
  }
  if (isZero(a)) return ZERO;
  if (a.negative) throw new DecimalSignal('InvalidOperation');
  const wide = { ...context, prec: context.prec + 8 + Math.max(0, adjusted(b)) };
  return fitted(exponential(multiply(b, logarithm(a, wide), wide), wide), context);
}

/** e^x by its series, after halving x often enough. */
function exponential(x: Decimal, context: Context): Decimal {
  if (x.special !== undefined) return x.negative && x.special === 'inf' ? ZERO : x;
  const one: Decimal = { negative: false, coefficient: 1n, exponent: 0 };
  if (isZero(x)) return one;
  const halvings = Math.max(0, Math.ceil((adjusted(x) + 3) * 3.33));
  if (adjusted(x) > 6) throw new DecimalSignal('Overflow');
  const work = { prec: context.prec + 10 + halvings, rounding: 'ROUND_HALF_EVEN' as const };
  const small = divide(x, operand(1n << BigInt(halvings))!, work);
  let sum = one;
  let term = one;
  for (let n = 1n; !isZero(term) && adjusted(term) > -work.prec - 2; n++) {
    vm.step();
    term = divide(multiply(term, small, work), operand(n)!, work);
    sum = add(sum, term, work);
  }
  for (let at = 0; at < halvings; at++) sum = multiply(sum, sum, work);
  return fitted(sum, context);
}

/** The natural logarithm by Newton's method on the exponential. */
function logarithm(x: Decimal, context: Context): Decimal {
  if (x.special === 'inf' && !x.negative) return x;
  if (isZero(x)) return { negative: true, coefficient: 0n, exponent: 0, special: 'inf' };
  if (x.negative) throw new DecimalSignal('InvalidOperation');
  const power = adjusted(x);
  const leading = Number(textOf({ ...x, exponent: x.exponent - power }));
  let guess = fromFloat(Math.log(leading) + power * Math.LN10);
  for (let prec = 14; prec < context.prec * 2 + 12; prec *= 2) {
    const work = { prec: Math.min(prec * 2, context.prec + 12), rounding: 'ROUND_HALF_EVEN' as const };
    const error = divide(x, exponential(guess, work), work);
    guess = add(guess, add(error, operand(-1n)!, work), work);
  }
  return fitted(guess, context);
}

function floatOf(value: Decimal): number {
  return value.special === 'snan' || value.special === 'nan' ? Number.NaN : Number(textOf(value));
}

function integerOf(value: Decimal): bigint {
  if (value.special === 'inf') throw raise('OverflowError', 'cannot convert Infinity to integer');
  if (value.special !== undefined) throw raise('ValueError', 'cannot convert NaN to integer');
  const whole = rescale(value, 0, 'ROUND_DOWN');
  return whole.negative ? -whole.coefficient : whole.coefficient;
}

function ratio(value: Decimal): [bigint, bigint] {
  if (value.special === 'inf') throw raise('OverflowError', 'cannot convert Infinity to integer ratio');
  if (value.special !== undefined) throw raise('ValueError', 'cannot convert NaN to integer ratio');
  let n = value.negative ? -value.coefficient : value.coefficient;
  let d = 1n;
  if (value.exponent >= 0) n *= power10(value.exponent);
  else d = power10(-value.exponent);
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? [0n, 1n] : [n / a, d / a];
}

/** `format(Decimal, spec)` */
function formatted(value: Decimal, text: string): string {
  if (text === '') return textOf(value);
  const spec = parseSpec(text, 'decimal.Decimal', '>');
  const { rounding } = current();
  let { type } = spec;
  let shown = value;
  if (type === '%') shown = { ...shown, exponent: shown.exponent + 2 };
  let body: string;
  if (value.special !== undefined) body = textOf({ ...value, negative: false });
  else {
    const precision = spec.precision < 0 ? undefined : spec.precision;
    if (type === '') type = precision === undefined ? 'G?' : 'G';
    const lower = type.toLowerCase();
    if (precision !== undefined) {
      if (lower === 'e') shown = fitted(shown, { prec: precision + 1, rounding });
      else if (lower === 'f' || type === '%') shown = rescale(shown, -precision, rounding);
      else if (digitCount(shown.coefficient) > Math.max(1, precision))
        shown = fitted(shown, { prec: Math.max(1, precision), rounding });
    } else if (lower === 'f' && shown.exponent > 0) shown = rescale(shown, 0, rounding);
    if (isZero(shown) && shown.exponent > 0 && (lower === 'f' || type === '%')) shown = rescale(shown, 0, rounding);
    const plain = { ...shown, negative: false };
    if (lower === 'f' || type === '%') {
      const digits = digitsOf(plain.coefficient).padStart(1 - Math.min(0, plain.exponent), '0');
      const cut = digits.length + Math.min(0, plain.exponent);
      body =
        plain.exponent > 0
          ? digits + '0'.repeat(plain.exponent)
          : digits.slice(0, cut) + (cut < digits.length ? `.${digits.slice(cut)}` : '');
      if (type === '%') body += '%';
    } else if (lower === 'e') {
      const digits = digitsOf(plain.coefficient);
      const fraction = isZero(plain) && precision !== undefined ? '0'.repeat(precision) : digits.slice(1);
      const power = isZero(plain) && precision !== undefined ? plain.exponent + precision : adjusted(plain);
      body = `${digits[0]}${fraction === '' ? '' : `.${fraction}`}${type}${power < 0 ? '-' : '+'}${Math.abs(power)}`;
    } else body = textOf(plain, type !== 'g');
  }
  const sign = shown.negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  const { grouping } = spec;
  if (grouping !== '') body = body.replace(/^\d+/, digits => digits.replace(/\B(?=(\d{3})+(?!\d))/g, grouping));
  return pad(sign + body, spec, '>');
}

function setUpDecimal(): void {
  defineConstructor(decimalClass, 'Decimal(value=0, context=None)', (cls: PyClass, value?: Value) =>
    made(value ?? 0n, cls),
  );
  defineClassMethods(decimalClass, {
    'from_float(f, /)': (cls: PyClass, value: Value) => made(value, cls),
  });
  const binary =
    (operation: Operation, swapped = false) =>
    (self: PyDecimal, other: Value): Value => {
      const value = operand(other);
      if (value === undefined) return NotImplemented;
      vm.step();
      const [a, b] = swapped ? [value, self.value] : [self.value, value];
      return new PyDecimal(guarded(() => operation(a, b, current())));
    };
  const subtract: Operation = (a, b, context) => add(a, negate(b), context);
  const floor: Operation = (a, b, context) => divideInteger(a, b, context).quotient;
  const methods: Record<string, (self: PyDecimal, other: Value) => Value> = {};
  const operations: readonly (readonly [string, Operation])[] = [
    ['add', add],
    ['sub', subtract],
    ['mul', multiply],
    ['truediv', divide],
    ['floordiv', floor],
    ['mod', floorSign],
  ];
  for (const [name, operation] of operations) {
    methods[`__${name}__(other, /)`] = binary(operation);
    methods[`__r${name}__(other, /)`] = binary(operation, true);
  }
  const compared =
    (op: OrderOperator) =>
    (self: PyDecimal, other: Value): Value => {
      const plain = unwrap(other);
      const value = typeof plain === 'number' ? fromFloat(plain) : operand(other);
      if (value === undefined) return NotImplemented;
      const found = order(self.value, value);
      if (found === undefined)
        return guarded<Value>(() => {
          throw new DecimalSignal('InvalidOperation');
        });
      return op === '<' ? found < 0 : op === '<=' ? found <= 0 : op === '>' ? found > 0 : found >= 0;
    };
  const equal = (self: PyDecimal, other: Value): boolean | undefined => {
    const plain = unwrap(other);
    const value = typeof plain === 'number' ? fromFloat(plain) : operand(other);
    return value === undefined ? undefined : order(self.value, value) === 0;
  };
  defineMethods(decimalClass, {
    ...methods,
    '__pow__(other, mod=None, /)': binary(raised),
    '__rpow__(other, mod=None, /)': binary(raised, true),
    '__divmod__(other, /)': (self: PyDecimal, other: Value) => {
      const value = operand(other);
      if (value === undefined) return NotImplemented;
      const { quotient, rest } = guarded(() => divideInteger(self.value, value, current()));
      return new PyTuple([new PyDecimal(quotient), new PyDecimal(rest)]);
    },
    '__lt__(other, /)': compared('<'),
    '__le__(other, /)': compared('<='),
    '__gt__(other, /)': compared('>'),
    '__ge__(other, /)': compared('>='),
    '__eq__(other, /)': (self: PyDecimal, other: Value) => equal(self, other) ?? NotImplemented,
    '__ne__(other, /)': (self: PyDecimal, other: Value) => {
      const same = equal(self, other);
      return same === undefined ? NotImplemented : !same;
    },
    '__hash__()': (self: PyDecimal) => {
      if (self.value.special !== undefined) return hash(floatOf(self.value));
      const [n, d] = ratio(self.value);
      if (d === 1n) return hash(n);
      const modulus = (1n << 61n) - 1n;
      let [power, base, inverse] = [modulus - 2n, d % modulus, 1n];
      for (; power > 0n; power >>= 1n, base = (base * base) % modulus)
        if (power & 1n) inverse = (inverse * base) % modulus;
      const found = ((n < 0n ? -n : n) * inverse) % modulus;
      return n < 0n ? (found === 1n ? -2n : -found) : found;
    },
    '__neg__()': (self: PyDecimal) => {
      const value = isZero(self.value) ? { ...self.value, negative: false } : negate(self.value);
      return new PyDecimal(guarded(() => fitted(value, current())));
    },
    '__pos__()': (self: PyDecimal) => new PyDecimal(guarded(() => fitted(self.value, current()))),
    '__abs__()': (self: PyDecimal) =>
      new PyDecimal(guarded(() => fitted({ ...self.value, negative: false }, current()))),
    '__bool__()': (self: PyDecimal) => !isZero(self.value),
    '__float__()': (self: PyDecimal) => floatOf(self.value),
    '__int__()': (self: PyDecimal) => integerOf(self.value),
    '__trunc__()': (self: PyDecimal) => integerOf(self.value),
    '__floor__()': (self: PyDecimal) => integerOf(rescale(self.value, 0, 'ROUND_FLOOR')),
    '__ceil__()': (self: PyDecimal) => integerOf(rescale(self.value, 0, 'ROUND_CEILING')),
    '__round__(ndigits=None, /)': (self: PyDecimal, digits?: Value) =>
      digits === undefined || digits === null
        ? integerOf(rescale(self.value, 0, 'ROUND_HALF_EVEN'))
        : new PyDecimal(rescale(self.value, -Number(indexOf(digits)), 'ROUND_HALF_EVEN')),
    '__str__()': (self: PyDecimal) => textOf(self.value),
    '__repr__()': (self: PyDecimal) => `Decimal('${textOf(self.value)}')`,
    '__format__(spec, /)': (self: PyDecimal, spec: string) => formatted(self.value, spec),
    '__copy__()': (self: PyDecimal) => self,
    '__deepcopy__(memo, /)': (self: PyDecimal) => self,
    'quantize(exp, rounding=None, context=None)': (self: PyDecimal, exp: Value, rounding?: Value, context?: Value) => {
      const scale = operand(exp);
      if (scale === undefined) throw raise('TypeError', `conversion from ${typeName(exp)} to Decimal is not supported`);
      const used = context instanceof PyContext ? context.context : current();
      const mode = rounding === undefined || rounding === null ? used.rounding : (String(rounding) as Rounding);
      return new PyDecimal(
        guarded(() => {
          if (self.value.special !== undefined) return self.value;
          const result = rescale(self.value, scale.exponent, mode);
          if (digitCount(result.coefficient) > used.prec) throw new DecimalSignal('InvalidOperation');
          return result;
        }),
      );
    },
    'sqrt(context=None)': (self: PyDecimal) => new PyDecimal(guarded(() => squareRoot(self.value, current()))),
    'exp(context=None)': (self: PyDecimal) => new PyDecimal(guarded(() => exponential(self.value, current()))),
    'ln(context=None)': (self: PyDecimal) => new PyDecimal(guarded(() => logarithm(self.value, current()))),
    'log10(context=None)': (self: PyDecimal) =>
      new PyDecimal(
        guarded(() => {
          const context = current();
          const { value } = self;
          if (value.special === undefined && /^10*$/.test(digitsOf(value.coefficient)) && !value.negative)
            return operand(BigInt(adjusted(value)))!;
          const wide = { ...context, prec: context.prec + 6 };
          return divide(logarithm(value, wide), logarithm(operand(10n)!, wide), context);
        }),
      ),
    'normalize(context=None)': (self: PyDecimal) => {
      let value = guarded(() => fitted(self.value, current()));
      if (value.special !== undefined) return new PyDecimal(value);
      if (value.coefficient === 0n) return new PyDecimal({ ...value, exponent: 0 });
      while (value.coefficient % 10n === 0n)
        value = { ...value, coefficient: value.coefficient / 10n, exponent: value.exponent + 1 };
      return new PyDecimal(value);
    },
    'to_integral_value(rounding=None, context=None)': toIntegral,
    'to_integral(rounding=None, context=None)': toIntegral,
    'to_integral_exact(rounding=None, context=None)': toIntegral,
    'as_tuple()': (self: PyDecimal) => {
      const { negative, coefficient, exponent, special } = self.value;
      const digits = special === undefined ? [...digitsOf(coefficient)].map(BigInt) : special === 'inf' ? [0n] : [];
      const power = special === undefined ? BigInt(exponent) : special === 'inf' ? 'F' : 'n';
      return tupleOf([negative ? 1n : 0n, new PyTuple(digits), power]);
    },
    'as_integer_ratio()': (self: PyDecimal) => new PyTuple(ratio(self.value)),
    'adjusted()': (self: PyDecimal) => BigInt(self.value.special === undefined ? adjusted(self.value) : 0),
    'compare(other, context=None)': (self: PyDecimal, other: Value) => {
      const found = order(self.value, operand(other)!);
      return new PyDecimal(found === undefined ? { ...ZERO, special: 'nan' } : operand(BigInt(found))!);
    },
    'max(other, context=None)': (self: PyDecimal, other: Value) =>
      (order(self.value, operand(other)!) ?? 0) >= 0 ? self : made(other, decimalClass),
    'min(other, context=None)': (self: PyDecimal, other: Value) =>
      (order(self.value, operand(other)!) ?? 0) <= 0 ? self : made(other, decimalClass),
    'scaleb(other, context=None)': (self: PyDecimal, other: Value) =>
      new PyDecimal({ ...self.value, exponent: self.value.exponent + Number(integerOf(operand(other)!)) }),
    'is_zero()': (self: PyDecimal) => isZero(self.value),
    'is_nan()': (self: PyDecimal) => self.value.special === 'nan' || self.value.special === 'snan',
    'is_infinite()': (self: PyDecimal) => self.value.special === 'inf',
    'is_finite()': (self: PyDecimal) => self.value.special === undefined,
    'is_signed()': (self: PyDecimal) => self.value.negative,
    'copy_abs()': (self: PyDecimal) => new PyDecimal({ ...self.value, negative: false }),
    'copy_negate()': (self: PyDecimal) => new PyDecimal(negate(self.value)),
    'copy_sign(other, context=None)': (self: PyDecimal, other: PyDecimal) =>
      new PyDecimal({ ...self.value, negative: other.value.negative }),
    'to_eng_string(context=None)': (self: PyDecimal) => textOf(self.value),
    'conjugate()': (self: PyDecimal) => self,
  });
  defineProperties(decimalClass, { real: (self: Value) => self, imag: () => new PyDecimal(ZERO) });
}

function toIntegral(self: PyDecimal, rounding?: Value): Value {
  if (self.value.special !== undefined || self.value.exponent >= 0) return new PyDecimal(self.value);
  const mode = rounding === undefined || rounding === null ? current().rounding : (String(rounding) as Rounding);
  return new PyDecimal(rescale(self.value, 0, mode));
}

let tupleClass: Value = null;

function tupleOf(items: readonly Value[]): Value {
  return tupleClass instanceof PyClass ? new PyTuple(items, tupleClass) : new PyTuple(items);
}

function contextOf(prec?: Value, rounding?: Value, base: Context = DEFAULT_CONTEXT): Context {
  return {
    prec: prec === undefined || prec === null ? base.prec : Number(indexOf(prec)),
    rounding: rounding === undefined || rounding === null ? base.rounding : (str(rounding) as Rounding),
  };
}

function setUpContext(): void {
  defineConstructor(
    contextClass,
    'Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)',
    (_cls: PyClass, prec?: Value, rounding?: Value) => new PyContext(contextOf(prec, rounding)),
  );
  defineMethods(contextClass, {
    '__repr__()': (self: PyContext) =>
      `Context(prec=${self.context.prec}, rounding=${self.context.rounding}, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[], traps=[InvalidOperation, DivisionByZero, Overflow])`,
    'copy()': (self: PyContext) => new PyContext(self.context),
    'create_decimal(num="0", /)': (self: PyContext, value: Value) =>
      new PyDecimal(guarded(() => fitted(made(value, decimalClass).value, self.context))),
    '__enter__()': (self: PyContext) => {
      saved.set(self, current());
      vm.writeState(CHANNEL, self.context);
      return new PyContext();
    },
    '__exit__(typ, value, traceback, /)': (self: PyContext) => {
      vm.writeState(CHANNEL, saved.get(self) ?? DEFAULT_CONTEXT);
      return false;
    },
  });
  const settable = (
    name: string,
    get: (self: PyContext) => Value,
    set: (self: PyContext, value: Value) => void,
  ): void =>
    contextClass.setAttribute(
      name,
      new PyProperty(
        method(`${name}()`, get),
        method(`${name}(value)`, (self: PyContext, value: Value) => {
          set(self, value);
          return null;
        }),
      ),
    );
  settable(
    'prec',
    self => BigInt(self.context.prec),
    (self, value) => {
      if (indexOf(value) < 1n) throw raise('ValueError', 'valid range for prec is [1, MAX_PREC]');
      self.context = { ...self.context, prec: Number(indexOf(value)) };
    },
  );
  settable(
    'rounding',
    self => self.context.rounding,
    (self, value) => {
      self.context = { ...self.context, rounding: str(value) as Rounding };
    },
  );
  defineProperties(contextClass, {
    Emax: () => 999999n,
    Emin: () => -999999n,
  });
}

const saved = new WeakMap<PyContext, Context>();
let ready = false;

const ROUNDINGS = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN', '05UP'];

export function loadDecimal(): PyModule {
  if (!ready) {
    setUpSignals();
    setUpDecimal();
    setUpContext();
    ready = true;
  }
  const named = vm.import('collections').attrs.get('namedtuple') as Value;
  tupleClass = (named as unknown as { invoke(args: Value[], keywords: undefined): Value }).invoke(
    ['DecimalTuple', 'sign digits exponent'],
    undefined,
  );
  return moduleOf('decimal', {
    Decimal: decimalClass,
    Context: contextClass,
    DecimalTuple: tupleClass,
    ...Object.fromEntries(signals),
    ...Object.fromEntries(ROUNDINGS.map(name => [`ROUND_${name}`, `ROUND_${name}`])),
    MAX_PREC: 999999999999999999n,
    DefaultContext: new PyContext(DEFAULT_CONTEXT),
    BasicContext: new PyContext({ prec: 9, rounding: 'ROUND_HALF_UP' }),
    ExtendedContext: new PyContext({ prec: 9, rounding: 'ROUND_HALF_EVEN' }),
    ...functions({
      'getcontext()': () => new PyContext(),
      'setcontext(context, /)': (context: Value) => {
        if (!(context instanceof PyContext)) throw raise('TypeError', `expected a Context, not ${repr(context)}`);
        vm.writeState(CHANNEL, context.context);
        return null;
      },
      'localcontext(ctx=None, /, *, prec=None, rounding=None)': (context?: Value, prec?: Value, rounding?: Value) => {
        const base = context instanceof PyContext ? context.context : current();
        return new PyContext(contextOf(prec, rounding, base));
      },
    }),
  });
}
