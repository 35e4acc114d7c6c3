/** Built-in functions on single values: numbers, text, attributes, types, printing. */

import { isinstance, issubclass } from '../runtime/classes';
import { raise, Unsupported } from '../runtime/errors';
import { drain } from '../runtime/iteration';
import { fn } from '../runtime/native';
import { withheld } from '../runtime/nativeEffects';
import { intToBase } from '../runtime/numbers/parse';
import { attributeNames } from '../runtime/objectMethods';
import {
  type NativeFunction,
  NotImplemented,
  PyBytes,
  PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyRange,
  type PyTuple,
  typeOf,
  type Value,
} from '../runtime/objects';
import {
  askAttribute,
  binary,
  call,
  callMethod,
  callSpecial,
  deleteAttribute,
  exactLength,
  findAttribute,
  format,
  getAttribute,
  indexOf,
  isCallable,
  length,
  listOf,
  repr,
  setAttribute,
  shownText,
  special,
  str,
  truth,
  typeName,
  valueText,
} from '../runtime/operations';
import { shownHash, shownIdentity } from '../runtime/shownHash';
import { textLength } from '../runtime/text/codePoints';
import { asciiOnly } from '../runtime/text/percent';
import { causeOf, causeOfThrown, isUnknown, leadingTo, PyUnknown, spread, UNKNOWN_TEXT } from '../runtime/unknown';
import { orderCause, takeAny } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import { sortValues } from './sorting';
import { textOf } from './support';

function based(value: Value, base: 2 | 8 | 16, prefix: string): string {
  const number = indexOf(value);
  return `${number < 0n ? '-' : ''}${prefix}${intToBase(number, base)}`;
}

/** Calls a special method that a function stands for. */
function bySpecial(value: Value, name: string, args: Value[], complaint: () => string): Value {
  const method = special(value, name);
  if (method === undefined || method === null) throw raise('TypeError', complaint());
  return callSpecial(method, value, args);
}

/** `abs(value)` */
export function absolute(value: Value): Value {
  return bySpecial(value, '__abs__', [], () => `bad operand type for abs(): '${typeName(value)}'`);
}

/** `divmod(a, b)` */
export function divmod(a: Value, b: Value): Value {
  if (typeof a !== 'object' && typeof a === typeof b && typeof a !== 'string')
    return bySpecial(a, '__divmod__', [b], () => '');
  return binaryMethod(
    'divmod',
    a,
    b,
    () => `unsupported operand type(s) for divmod(): '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** A binary operation that has no operator: forward, then reflected. */
function binaryMethod(name: string, a: Value, b: Value, complaint: () => string): Value {
  const passed = (result: Value) => result === NotImplemented;
  const left = typeOf(a);
  const right = typeOf(b);
  const forward = (): Value | undefined => {
    const method = left.lookup(`__${name}__`);
    if (method === undefined || method === null) return undefined;
    const result = callSpecial(method, a, [b]);
    return passed(result) ? undefined : result;
  };
  const reflected = (): Value | undefined => {
    const method = left === right ? undefined : right.lookup(`__r${name}__`);
    if (method === undefined || method === null) return undefined;
    const result = callSpecial(method, b, [a]);
    return passed(result) ? undefined : result;
  };
  const subclass = left !== right && right.isSubclassOf(left);
  const result = subclass ? (reflected() ?? forward()) : (forward() ?? reflected());
  if (result === undefined) throw raise('TypeError', complaint());
  return result;
}

function power(base: Value, exponent: Value, modulus: Value | undefined): Value {
  if (modulus === undefined || modulus === null) return binary('**', base, exponent);
  const complaint = () =>
    `unsupported operand type(s) for ** or pow(): '${typeName(base)}', '${typeName(exponent)}', '${typeName(modulus)}'`;
  if (typeof base === 'number' || typeof exponent === 'number' || typeof modulus === 'number')
    throw raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
  const result = bySpecial(base, '__pow__', [exponent, modulus], complaint);
  return result === NotImplemented ? reflectedPower(base, exponent, modulus, complaint) : result;
}

/** `pow()` of three arguments, of which a number of the library may take the second one's part; classes of Python are not asked. */
function reflectedPower(base: Value, exponent: Value, modulus: Value, complaint: () => string): Value {
  const cls = typeOf(exponent);
  const method =
    cls.native && typeof exponent === 'object' && cls !== typeOf(base) ? cls.lookup('__rpow__') : undefined;
  const result = method === undefined ? NotImplemented : callSpecial(method, exponent, [base, modulus]);
  if (result !== NotImplemented) return result;
  if (typeOf(modulus).lookup('__rpow__') !== undefined && typeof modulus === 'object')
    throw new Unsupported(`pow() with a '${typeName(modulus)}' as its third argument alone`);
  throw raise('TypeError', complaint());
}

function round(value: Value, digits: Value | undefined): Value {
  const args = digits === undefined || digits === null ? [] : [digits];
  return bySpecial(value, '__round__', args, () => `type ${typeName(value)} doesn't define __round__ method`);
}

function ordinal(value: Value): bigint {
  const text = textOf(value);
  if (text !== undefined) {
    const count = textLength(text);
    if (count === 1) return BigInt(text.codePointAt(0)!);
    throw raise('TypeError', `ord() expected a character, but string of length ${count} found`);
  }
  if (value instanceof PyBytes) {
    if (value.data.length === 1) return BigInt(value.data[0]!);
    throw raise('TypeError', `ord() expected a character, but string of length ${value.data.length} found`);
  }
  throw raise('TypeError', `ord() expected string of length 1, but ${typeName(value)} found`);
}

function character(value: Value): string {
  const code = indexOf(value);
  if (code < 0n || code > 0x10ffffn) throw raise('ValueError', 'chr() arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

function separator(name: string, value: Value | undefined, missing: string): string {
  if (value === undefined || value === null) return missing;
  const text = textOf(value);
  if (text === undefined) throw raise('TypeError', `${name} must be None or a string, not ${typeName(value)}`);
  return text;
}

/** The text of a value; a mark where it, or something in it, is unknown. */
function printed(value: Value): string {
  try {
    return shownText(() => str(value));
  } catch (error) {
    const cause = causeOfThrown(error);
    if (cause === undefined) throw error;
    return UNKNOWN_TEXT;
  }
}

function print(args: PyTuple, sep?: Value, end?: Value, file?: Value, flush?: Value): null {
  const between = separator('sep', sep, ' ');
  const after = separator('end', end, '\n');
  if (file === undefined || file === null) {
    vm.print(args.items.map(printed).join(between) + after);
    return null;
  }
  // a file gets each value and what stands between them by a call of its own
  args.items.forEach((item, at) => {
    if (at > 0) callMethod(file, 'write', between);
    callMethod(file, 'write', valueText(str(item)));
  });
  callMethod(file, 'write', after);
  if (flush !== undefined && truth(flush)) callMethod(file, 'flush');
  return null;
}

function attributeName(name: Value): string {
  const text = textOf(name);
  if (text === undefined) throw raise('TypeError', `attribute name must be string, not '${typeName(name)}'`);
  return text;
}

/** `dir(value)`: names of its attributes, sorted. */
function namesOf(value: Value): PyList {
  const own = value instanceof PyModule ? value.attrs.get('__dir__') : undefined;
  if (own !== undefined) return new PyList(sortValues(listOf(call(own, [])), undefined, undefined));
  const method = special(value, '__dir__');
  if (method !== undefined && method !== null && !(value instanceof PyClass) && !(value instanceof PyModule))
    return new PyList(sortValues(listOf(callSpecial(method, value, [])), undefined, undefined));
  return new PyList(attributeNames(value));
}

function variables(value: Value): Value {
  const dict = findAttribute(value, '__dict__');
  if (dict === undefined) throw raise('TypeError', 'vars() argument must have __dict__ attribute');
  return dict;
}

/** The functions of this file, in no particular order. */
export const valueFunctions: readonly NativeFunction[] = [
  fn('abs(x, /)', absolute),
  fn('ascii(obj, /)', (value: Value) => asciiOnly(valueText(repr(value)))),
  fn('bin(number, /)', (value: Value) => based(value, 2, '0b')),
  fn('oct(number, /)', (value: Value) => based(value, 8, '0o')),
  fn('hex(number, /)', (value: Value) => based(value, 16, '0x')),
  fn('callable(obj, /)', (value: Value) => isCallable(value)),
  fn('chr(i, /)', character),
  fn('ord(c, /)', ordinal),
  fn('divmod(x, y, /)', divmod),
  fn("format(value, format_spec='', /)", (value: Value, spec: Value | undefined) => {
    const text = spec === undefined ? '' : textOf(spec);
    if (text === undefined)
      throw raise('TypeError', `format() argument 2 must be str, not ${spec === null ? 'None' : typeName(spec!)}`);
    return format(value, text);
  }),
  fn('hash(obj, /)', (value: Value) => shownHash(value)),
  fn('id(obj, /)', shownIdentity),
  fn('len(obj, /)', (value: Value) =>
    value instanceof PyRange || value instanceof PyInstance ? exactLength(value) : BigInt(length(value)),
  ),
  fn('repr(obj, /)', (value: Value) => valueText(repr(value))),
  fn('pow(base, exp, mod=None)', power),
  fn('round(number, ndigits=None)', round),
  fn("print(*args, sep=' ', end='\\n', file=None, flush=False)", print),
  fn('isinstance(obj, class_or_tuple, /)', (value: Value, classes: Value) => isinstance(value, classes)),
  fn('issubclass(cls, class_or_tuple, /)', (cls: Value, classes: Value) => issubclass(cls, classes)),
  fn('getattr(object, name, default=None, /)', (value: Value, name: Value, fallback: Value | undefined) => {
    if (isUnknown(name)) return withheld('getattr', [value, name, fallback ?? null], undefined, 0, causeOf(name));
    const text = attributeName(name);
    if (fallback === undefined) return getAttribute(value, text);
    const found = askAttribute(value, text);
    if (found instanceof PyUnknown && fallback instanceof PyObject)
      return spread(found.cause, { may: leadingTo([found, fallback]) });
    return found === undefined ? fallback : found;
  }),
  fn('hasattr(obj, name, /)', (value: Value, name: Value) => {
    const found = askAttribute(value, attributeName(name));
    return found instanceof PyUnknown ? spread(found.cause) : found !== undefined;
  }),
  fn('setattr(obj, name, value, /)', (value: Value, name: Value, item: Value) => {
    setAttribute(value, attributeName(name), item);
    return null;
  }),
  fn('delattr(obj, name, /)', (value: Value, name: Value) => {
    deleteAttribute(value, attributeName(name));
    return null;
  }),
  fn('dir(object, /)', namesOf),
  fn('vars(object, /)', variables),
  fn('sorted(iterable, /, *, key=None, reverse=False)', (items: Value, key?: Value, reverse?: Value) =>
    orderCause(items) === undefined
      ? new PyList(sortValues(listOf(items), key, reverse))
      : takeAny(items, (next, cause) => new PyList(sortValues(drain(next), key, reverse, cause))),
  ),
];
