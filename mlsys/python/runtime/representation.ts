/** `repr`, `str`, `format`, `hash` and identity. */
import { callSpecial, special } from './attributes';
import { raise, Unsupported } from './errors';
import { floatRepr } from './numbers/floats';
import { hashFloat, hashInteger } from './numbers/hash';
import { intToText } from './numbers/parse';
import {
  BoundMethod,
  functionClass,
  NativeFunction,
  objectClass,
  PyCallable,
  PyClass,
  PyInstance,
  PyModule,
  PyObject,
  type PyTuple,
  typeOf,
  unwrap,
  type Value,
} from './objects';
import { formatSpec } from './text/format';
import { reprString } from './text/repr';
import { typeName } from './typeName';
import { quietCause, refuseUnknown, UnknownReached } from './unknown';
import { vm } from './vm';

/** `hash(None)`, the same in every process since CPython 3.12. */
const NONE_HASH = 0xfca86420n;

const identities = new WeakMap<PyObject, bigint>();
let nextIdentity = 0x7f0000001000n;

/** `id(value)`: a number of its own for each object. */
export function identity(value: Value): bigint {
  if (!(value instanceof PyObject)) return BigInt.asUintN(58, hashPlain(value)) * 16n + 0x7e0000000000n;
  let known = identities.get(value);
  if (known === undefined) {
    known = nextIdentity;
    nextIdentity += 48n;
    identities.set(value, known);
  }
  return known;
}

/** Whether texts are made to be looked at only: addresses stand in them, which no value may hold. */
const looking = { now: false };

/** Made up, as CPython's differ from run to run. */
const ADDRESS = /\bat 0x7f[\da-f]{10}\b/g;

/** A text that is shown and nothing else: an ellipsis stands for the addresses of objects in it. */
export function shownText(make: () => string): string {
  const { now } = looking;
  looking.now = true;
  try {
    return make().replace(ADDRESS, 'at 0x…');
  } finally {
    looking.now = now;
  }
}

/** The text of an object as a value: none where the address of an object stands in it. */
export function valueText(text: string): string {
  if (looking.now || !text.includes('at 0x7f') || text.search(ADDRESS) < 0) return text;
  const refused = new Unsupported('the address of an object', 'Python gives another one in each process');
  refused.kind = 'randomness';
  throw new UnknownReached(quietCause(refused));
}

/** `0x7f...`; see `valueText`. */
export function address(value: Value): string {
  return `0x${identity(value).toString(16).padStart(12, '0')}`;
}

function hashPlain(value: Exclude<Value, PyObject>): bigint {
  if (typeof value === 'string') return hashString(value);
  if (value === null) return NONE_HASH;
  return typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)) || 0);
}

/** What the hash that is being computed is made of. */
const hashing = {
  /** How many `__hash__` methods run. */
  depth: 0,
  /** True where a part of it is another number in each process of CPython. */
  made: false,
};

/** A hash of a text: which number it is is nobody's business, as CPython's differs from run to run. */
export function hashString(text: string): bigint {
  if (text === '') return 0n;
  hashing.made = true;
  vm.work(text.length);
  let high = 0x811c9dc5;
  let low = 0x1b873593;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low + code, 0x85ebca6b) ^ (low >>> 13);
  }
  return BigInt.asIntN(61, (BigInt(high >>> 0) << 29n) ^ BigInt(low >>> 0));
}

/**
 * The hash, and whether it is made up where CPython's is random, unless a `__hash__` method asks: containers look for their keys by
 * those that are made up.
 */
export function hashOutside(value: Value): { readonly number: bigint; readonly made: boolean } {
  if (hashing.depth > 0) return { number: hash(value), made: false };
  hashing.made = false;
  const number = hash(value);
  return { number, made: hashing.made };
}

/** What the `__hash__` of a class of the library gives, and whether that is made up, unless another hash is made of it. */
export function hashedBy(cls: PyClass, body: () => Value): { readonly number: Value; readonly made: boolean } {
  const isOutside = hashing.depth === 0;
  if (isOutside) hashing.made = false;
  if (!NUMERIC.has(cls.name)) hashing.made = true;
  hashing.depth++;
  try {
    const number = body();
    return { number, made: isOutside && hashing.made };
  } finally {
    hashing.depth--;
  }
}

/** `id(value)` for a `__hash__` method that asks; undefined for anybody else. */
export function identityAsHash(value: Value): bigint | undefined {
  if (hashing.depth === 0) return undefined;
  hashing.made = true;
  return identity(value);
}

/** Native types whose hashes are made of nothing but those of their parts and of numbers. */
const NUMERIC: ReadonlySet<string> = new Set([
  ...['int', 'float', 'complex', 'str', 'bytes', 'tuple', 'frozenset', 'range', 'slice'],
  ...['timedelta', 'timezone', 'Decimal', 'Fraction', 'generic'],
]);

/** True for an object of a type of the library whose hash is made of numbers alone. */
export function hasLastingHash(obj: PyObject): boolean {
  const { cls } = obj;
  const ours = cls.native || (cls.name === 'Fraction' && cls.module === 'fractions');
  if (!ours || !cls.mro.some(({ name }) => LASTING.has(name))) return false;
  const { made } = hashing;
  hashing.made = false;
  try {
    hash(obj);
    return !hashing.made;
  } finally {
    hashing.made ||= made;
  }
}

const LASTING: ReadonlySet<string> = new Set(['complex', 'frozenset', 'timedelta', 'Decimal', 'Fraction', 'generic']);

/** A hash for look-ups. */
export function hash(value: Value): bigint {
  if (typeof value === 'bigint') return hashInteger(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) hashing.made = true;
    return hashFloat(value);
  }
  if (typeof value === 'string') return hashString(value);
  if (value === null) return NONE_HASH;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  const method = special(value, '__hash__');
  if (method === null) throw raise('TypeError', `unhashable type: '${typeName(value)}'`);
  if (method === undefined || method === objectClass.attrs.get('__hash__')) {
    hashing.made = true;
    return identity(value) >> 4n;
  }
  vm.step(4);
  const result = hashOfObject(method, value);
  if (typeof result === 'boolean') return result ? 1n : 0n;
  refuseUnknown(result);
  if (typeof result !== 'bigint') throw raise('TypeError', '__hash__ method should return an integer');
  // what fits into a word is taken as it is, a larger integer by its own hash
  if (BigInt.asIntN(64, result) !== result) return hashInteger(result);
  return result === -1n ? -2n : result;
}

function hashOfObject(method: Value, value: Value): Value {
  const maker = typeOf(value).mro.find(cls => cls.attrs.has('__hash__'));
  if (maker?.native === true && !NUMERIC.has(maker.name)) hashing.made = true;
  hashing.depth++;
  try {
    return unwrap(callSpecial(method, value, []));
  } finally {
    hashing.depth--;
  }
}

/** Accounts for going through a long text and writing each of its characters, some of them as escapes. */
export function chargeEscaped(length: number): void {
  if (length <= 4096) return;
  vm.chargeTexts(length);
  vm.work(length, ESCAPED_WEIGHT);
}

/** Sixteenths of a step. */
const ESCAPED_WEIGHT = 16;

/** `repr(value)` */
export function repr(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return intToText(value);
    case 'number':
      return floatRepr(value);
    case 'string':
      chargeEscaped(value.length);
      return reprString(value);
    default:
  }
  if (value === null) return 'None';
  const method = special(value, '__repr__');
  if (method === undefined || method === null) return defaultRepr(value);
  vm.enter(typeOf(value).native ? ' while getting the repr of an object' : '');
  try {
    vm.step(4);
    const result = unwrap(callSpecial(method, value, []));
    if (typeof result === 'string') return result;
    throw raise('TypeError', `__repr__ returned non-string (type ${typeName(result)})`);
  } finally {
    vm.leave();
  }
}

/** `str(value)` */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return repr(value);
  const method = special(value, '__str__');
  if (method === undefined || method === null || method === objectClass.attrs.get('__str__')) return repr(value);
  vm.enter();
  try {
    const result = unwrap(callSpecial(method, value, []));
    if (typeof result === 'string') return result;
    throw raise('TypeError', `__str__ returned non-string (type ${typeName(result)})`);
  } finally {
    vm.leave();
  }
}

/** `format(value, spec)` */
export function format(value: Value, spec: string): string {
  const plain = formatSpec(value, spec);
  if (plain !== undefined) return plain;
  const method = special(value, '__format__');
  if (method === undefined || method === null) return defaultFormat(value, spec);
  // What numbers and texts have for a method writes them with `str()` where nothing is asked of it.
  if (spec === '' && method instanceof NativeFunction && value instanceof PyInstance && value.payload !== undefined)
    if (method === typeOf(value.payload).lookup('__format__')) return str(value);
  const result = unwrap(callSpecial(method, value, [spec]));
  if (typeof result === 'string') return valueText(result);
  throw raise('TypeError', `__format__ must return a str, not ${typeName(result)}`);
}

/** `object.__format__` */
export function defaultFormat(value: Value, spec: string): string {
  if (spec !== '') throw raise('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`);
  return valueText(str(value));
}

function placeOfModule({ file, attrs }: PyModule): string {
  if (file !== undefined) return `from '${file}'`;
  const folders = attrs.get('__path__');
  return folders === undefined ? '(built-in)' : `(namespace) from ${repr(folders)}`;
}

/** `object.__repr__` and that of the kinds that have no class file of their own. */
export function defaultRepr(value: Value): string {
  if (value instanceof PyClass) return `<class '${classPath(value)}'>`;
  if (value instanceof PyModule) return `<module '${value.name}' ${placeOfModule(value)}>`;
  if (value instanceof NativeFunction) return nativeRepr(value);
  if (value instanceof PyCallable || typeOf(value) === functionClass)
    return `<function ${qualnameOf(value)} at ${address(value)}>`;
  if (value instanceof BoundMethod) {
    if (value.func instanceof NativeFunction)
      return value.self instanceof PyModule
        ? `<built-in function ${value.func.name}>`
        : `<${isSlotName(value.func.name) ? 'method-wrapper' : 'built-in method'} ${shownName(value.func.name)} of ${typeOf(value.self).name} object at ${address(value.self)}>`;
    return `<bound method ${qualnameOf(value.func)} of ${repr(value.self)}>`;
  }
  const cls = typeOf(value);
  if (value instanceof PyInstance && value.payload !== undefined) return repr(value.payload);
  return `<${classPath(cls)} object at ${address(value)}>`;
}

const isSlotName = (name: string): boolean => name.startsWith('__') && name.endsWith('__');
const shownName = (name: string): string => (isSlotName(name) ? `'${name}'` : name);

/** A function, or a method that was looked up on its class. */
function nativeRepr({ name, of }: NativeFunction): string {
  const owner = of?.errorName ?? (of?.module === 'builtins' ? of.name : undefined);
  if (owner === undefined) return `<built-in function ${name}>`;
  return `<${isSlotName(name) ? 'slot wrapper' : 'method'} '${name}' of '${owner}' objects>`;
}

/** `module.qualname` of a class; without the module for built-ins. */
export function classPath(cls: PyClass): string {
  return cls.module === 'builtins' ? cls.qualname : `${cls.module}.${cls.qualname}`;
}

function qualnameOf(value: Value): string {
  if (value instanceof PyCallable) {
    const { qualname } = value as PyCallable & { qualname?: string };
    return typeof qualname === 'string' ? qualname : value.name;
  }
  return value instanceof NativeFunction ? value.name : typeName(value);
}

const active: PyObject[] = [];

/** Runs `body` unless the object's repr is being made already: then `again` stands in, as `[...]` does. */
export function guardedRepr(obj: PyObject, again: string, body: () => string): string {
  if (active.includes(obj)) return again;
  active.push(obj);
  try {
    return body();
  } finally {
    active.pop();
  }
}

/** `repr` of each item, separated by commas. */
export function reprItems(items: Iterable<Value>): string {
  const parts: string[] = [];
  let size = 0;
  for (const item of items) {
    vm.step(6);
    const text = repr(item);
    size += text.length;
    parts.push(text);
  }
  if (size > 1000) {
    vm.charge(size);
    vm.work(size);
  }
  return parts.join(', ');
}

/** A tuple's repr: the single item keeps its comma. */
export function reprTuple(tuple: PyTuple): string {
  const inner = reprItems(tuple.items);
  return tuple.items.length === 1 ? `(${inner},)` : `(${inner})`;
}
