/** `bytes` and `bytearray`, as far as chapters meet them. */
import { PyError, raise, Unsupported } from '../runtime/errors';
import { touch } from '../runtime/mutation';
import { defineClassMethods, defineConstructor, defineStatic, method } from '../runtime/native';
import {
  bytearrayClass,
  bytesClass,
  type NativeFunction,
  NotImplemented,
  PyBytes,
  type PyClass,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  strClass,
  type Value,
} from '../runtime/objects';
import {
  call,
  callSpecial,
  chargeEscaped,
  hashString,
  hasIndex,
  indexOf,
  isIterable,
  iterate,
  length,
  smallIndex,
  special,
  typeName,
} from '../runtime/operations';
import { reprBytes } from '../runtime/text/repr';
import { vm } from '../runtime/vm';
import { checkCodecNames, decodeBytes, encodeText } from './codecs';
import './strings';
import './texts';
import { positionOf, selectIndices } from './slices';
import { adopt, clampIndex, defineOn, iteratorClass, makeIterator, repeatCount, textOf, wrongSelf } from './support';

const bytesIteratorClass = iteratorClass('bytes_iterator');
const asBytes = (self: Value) => (self instanceof PyBytes ? self : undefined);

/** Bytes as a text of characters below 256, for searching with the string functions. */
function latin(data: Uint8Array): string {
  vm.work(4 * data.length);
  let text = '';
  for (let at = 0; at < data.length; at += CHUNK) text += String.fromCharCode(...data.subarray(at, at + CHUNK));
  return text;
}

/** So many arguments a call takes. */
const CHUNK = 4096;

/** An array of bytes costs much beside what it holds. */
const ARRAY_BYTES = 150;
const ARRAY_STEPS = 8;

function fromLatin(text: string): Uint8Array {
  vm.charge(ARRAY_BYTES + text.length);
  vm.step(ARRAY_STEPS);
  vm.work(4 * text.length);
  const data = new Uint8Array(text.length);
  for (let at = 0; at < data.length; at++) data[at] = text.charCodeAt(at);
  return data;
}

function byteOf(value: Value, what: string): number {
  const index = indexOf(value);
  if (index < 0n || index > 255n) throw raise('ValueError', `${what} must be in range(0, 256)`);
  return Number(index);
}

/** The bytes that a constructor or an operand gives. */
function bytesFrom(value: Value, what: string): Uint8Array {
  vm.charge(ARRAY_BYTES);
  vm.step(ARRAY_STEPS);
  if (value instanceof PyBytes) return value.data;
  if (hasIndex(value)) {
    const count = indexOf(value);
    if (count > 9223372036854775807n || count < -9223372036854775808n)
      throw raise('OverflowError', `cannot fit '${typeName(value)}' into an index-sized integer`);
    if (count < 0n) throw raise('ValueError', 'negative count');
    vm.charge(clampIndex(count));
    return new Uint8Array(Number(count));
  }
  if (!isIterable(value) || typeof value === 'string')
    throw raise(
      'TypeError',
      typeof value === 'string'
        ? 'string argument without an encoding'
        : `cannot convert '${typeName(value)}' object to ${what}`,
    );
  const data: number[] = [];
  const next = iterate(value);
  for (let item = next(); item !== undefined; item = next()) {
    vm.step();
    data.push(byteOf(item, what === 'bytes' ? 'bytes' : 'byte'));
  }
  return Uint8Array.from(data);
}

/** What `__bytes__` gives, where `bytes` is made of an object that has it. */
function bytesOfObject(value: Value, what: string): Uint8Array | undefined {
  const method = what === 'bytes' && value instanceof PyObject ? special(value, '__bytes__') : undefined;
  if (method === undefined) return undefined;
  if (method === null) throw raise('TypeError', "'NoneType' object is not callable");
  const made = callSpecial(method, value, []);
  if (!(made instanceof PyBytes)) throw raise('TypeError', `__bytes__ returned non-bytes (type ${typeName(made)})`);
  return made.data;
}

/** A byte or bytes to search for. */
function needle(value: Value, complaint = 'argument should be integer or bytes-like object, not'): string {
  if (value instanceof PyBytes) return latin(value.data);
  if (hasIndex(value)) return String.fromCharCode(byteOf(value, 'byte'));
  throw raise('TypeError', `${complaint} '${typeName(value)}'`);
}

/** Methods that bytes share with str: they work on ASCII characters and leave all other bytes alone. */
const TEXT_METHODS =
  'capitalize center count endswith expandtabs find index isalnum isalpha isascii isdigit islower isspace istitle isupper ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill'.split(
    ' ',
  );

/**
 * Bytes as a text in which those beyond ASCII have no meaning: no case, no digit, no blank. Nor are the separators among the
 * control characters blanks of bytes, and only carriage returns and line feeds end their lines.
 */
function asText(data: Uint8Array, lines = false): string {
  vm.work(16 * data.length);
  return latin(data).replace(lines ? /[\v\f\x1c-\x1e\x80-\xff]/g : /[\x1c-\x1f\x80-\xff]/g, byte =>
    String.fromCharCode(0xe000 + byte.charCodeAt(0)),
  );
}

function fromText(text: string): Uint8Array {
  return fromLatin(text);
}

type Role = 'bytes' | 'bytes or None' | 'fill' | 'number';

/** What the arguments of a method are, where str's method would name a text in its complaint. */
const ROLES = new Map<string, readonly Role[]>();
for (const [names, ...roles] of [
  ['center ljust rjust', 'number', 'fill'],
  ['zfill expandtabs', 'number'],
  ['strip lstrip rstrip', 'bytes or None'],
  ['partition rpartition removeprefix removesuffix', 'bytes'],
  ['split rsplit', 'bytes or None', 'number'],
  ['replace', 'bytes', 'bytes', 'number'],
] as const satisfies readonly (readonly [string, ...Role[]])[])
  for (const name of names.split(' ')) ROLES.set(name, roles);

/** An argument of a method that is done by that of str. */
function textArgument(name: string, value: Value, at: number): Value {
  const affix = name === 'startswith' || name === 'endswith';
  const role = ROLES.get(name)?.[at];
  if (role === 'number') return indexOf(value);
  if (role === 'fill' && !(value instanceof PyBytes && value.data.length === 1))
    throw raise('TypeError', `${name}() argument 2 must be a byte string of length 1, not ${typeName(value)}`);
  if (value instanceof PyBytes) return asText(value.data);
  if (value instanceof PyTuple && affix) return new PyTuple(value.items.map(item => textArgument(name, item, at)));
  if (at === 0 && affix)
    throw raise('TypeError', `${name} first arg must be bytes or a tuple of bytes, not ${typeName(value)}`);
  if (at === 0 && /^r?(find|index)$|^count$/.test(name)) {
    if (!hasIndex(value))
      throw raise('TypeError', `argument should be integer or bytes-like object, not '${typeName(value)}'`);
    return asText(Uint8Array.of(byteOf(value, 'byte')));
  }
  if (role === 'bytes' || (role === 'bytes or None' && value !== null))
    throw raise('TypeError', `a bytes-like object is required, not '${typeName(value)}'`);
  return value;
}

/** A text or texts as bytes of the same kind. */
function bytesResult(value: Value, cls: PyClass): Value {
  if (typeof value === 'string') return new PyBytes(fromText(value), cls);
  if (value instanceof PyList) return new PyList(value.items.map(item => bytesResult(item, cls)));
  return value instanceof PyTuple ? new PyTuple(value.items.map(item => bytesResult(item, cls))) : value;
}

/** Defines a method by that of str. */
function defineAsText(cls: PyClass, name: string): void {
  const body = strClass.attrs.get(name) as NativeFunction;
  const run = (self: PyBytes, ...args: (Value | undefined)[]): Value => {
    if (!(self instanceof PyBytes)) throw wrongSelf(name, cls.name, self);
    const given = args.slice(0, args.findLastIndex(arg => arg !== undefined) + 1);
    const texts = given.map((arg, at) => textArgument(name, arg ?? null, at));
    try {
      const own = name === 'isascii' ? latin(self.data) : asText(self.data, name === 'splitlines');
      return bytesResult(body.call([own, ...texts], undefined), cls);
    } catch (error) {
      if (error instanceof PyError && error.exception.args.items[0] === 'substring not found')
        throw raise('ValueError', 'subsection not found');
      throw error;
    }
  };
  cls.setAttribute(
    name,
    method(name === 'replace' ? 'replace(old, new, count=-1, /)' : body.signature, run, undefined, cls.name),
  );
}

const HEX_BLANKS = /[ \t\n\v\f\r]+/g;

/** Where the first character of a text stands that is no half of a pair of digits, as blanks between the pairs are not. */
function badDigit(text: string): number | undefined {
  const read = /^(?:[ \t\n\v\f\r]*[0-9a-fA-F]{2})*[ \t\n\v\f\r]*/.exec(text)![0].length;
  if (read === text.length) return undefined;
  return /[0-9a-fA-F]/.test(text[read]!) ? read + 1 : read;
}

/** The separator of `hex()`. */
function separatorOf(value: Value): string {
  const text = value instanceof PyBytes ? latin(value.data) : textOf(value);
  if (length(value) !== 1) throw raise('ValueError', 'sep must be length 1.');
  if (text === undefined) throw raise('TypeError', 'sep must be str or bytes.');
  if (text > '\x7f') throw raise('ValueError', 'sep must be ASCII.');
  return text;
}

for (const cls of [bytesClass, bytearrayClass]) {
  const name = cls.name;
  const parameters = `source=b'', encoding='utf-8', errors='strict'`;
  const read = (source: Value | undefined, encoding: Value | undefined, errors: Value | undefined): Uint8Array => {
    checkCodecNames(name, encoding, errors);
    const own = encoding === undefined && source !== undefined ? bytesOfObject(source, name) : undefined;
    const text = own === undefined ? textOf(source) : undefined;
    if (text === undefined && (encoding !== undefined || errors !== undefined))
      throw raise('TypeError', `${encoding === undefined ? 'errors' : 'encoding'} without a string argument`);
    if (text === undefined) return source === undefined ? new Uint8Array() : (own ?? bytesFrom(source, name));
    if (encoding === undefined) throw raise('TypeError', 'string argument without an encoding');
    return encodeText(text, textOf(encoding), textOf(errors));
  };
  type Given = [source: Value | undefined, encoding: Value | undefined, errors: Value | undefined];
  defineConstructor(cls, `${name}(${parameters})`, (made: PyClass, ...given: Given) =>
    adopt(new PyBytes(read(...given).slice(), made), made),
  );
  if (cls === bytearrayClass)
    defineOn(cls, asBytes, {
      [`__init__(${parameters})`]: (self: PyBytes, ...given: Given) => store(self, read(...given).slice()),
    });
  const make = (self: PyBytes, text: string): PyBytes =>
    new PyBytes(fromLatin(text), self.cls.isSubclassOf(bytearrayClass) ? bytearrayClass : bytesClass);
  for (const [method, holds] of Object.entries({
    eq: (order: number) => order === 0,
    ne: (order: number) => order !== 0,
    lt: (order: number) => order < 0,
    le: (order: number) => order <= 0,
    gt: (order: number) => order > 0,
    ge: (order: number) => order >= 0,
  }))
    defineOn(cls, asBytes, {
      [`__${method}__(value, /)`]: (self: PyBytes, other: Value) => {
        if (!(other instanceof PyBytes)) return NotImplemented;
        vm.work(other.data.length + self.data.length, 8);
        const [a, b] = [latin(self.data), latin(other.data)];
        return holds(a < b ? -1 : a > b ? 1 : 0);
      },
    });
  const repeat = (self: PyBytes, count: Value) => {
    const times = repeatCount(count);
    if (times === undefined) return NotImplemented;
    vm.charge(self.data.length * times);
    return make(self, latin(self.data).repeat(times));
  };
  defineOn(cls, asBytes, {
    '__len__()': (self: PyBytes) => BigInt(self.data.length),
    '__iter__()': (self: PyBytes) => {
      let at = 0;
      return makeIterator(() => {
        if (at < self.data.length) return BigInt(self.data[at++]!);
        // What has come to an end stays there, though a bytearray may grow.
        at = Number.POSITIVE_INFINITY;
        return undefined;
      }, bytesIteratorClass);
    },
    '__contains__(key, /)': (self: PyBytes, key: Value) =>
      latin(self.data).includes(needle(key, 'a bytes-like object is required, not')),
    '__getitem__(key, /)': (self: PyBytes, key: Value) => {
      if (key instanceof PySlice) {
        const { start, step, count } = selectIndices(key, self.data.length);
        vm.charge(count);
        vm.step(count);
        const data = Uint8Array.from({ length: count }, (_, at) => self.data[start + at * step]!);
        return make(self, latin(data));
      }
      const at = positionOf(key, self.data.length, name === 'bytes' ? 'byte' : 'bytearray');
      if (at === undefined)
        throw raise('IndexError', name === 'bytes' ? 'index out of range' : 'bytearray index out of range');
      return BigInt(self.data[at]!);
    },
    '__add__(value, /)': (self: PyBytes, other: Value) =>
      other instanceof PyBytes ? make(self, latin(self.data) + latin(other.data)) : NotImplemented,
    '__mod__(value, /)': () => {
      throw new Unsupported('bytes % values', 'format a text and encode it');
    },
    '__bytes__()': (self: PyBytes) => new PyBytes(self.data.slice()),
    "translate(table, /, delete=b'')": (self: PyBytes, table: Value, gone?: Value) => {
      if (gone !== undefined && !(gone instanceof PyBytes))
        throw raise('TypeError', `a bytes-like object is required, not '${typeName(gone)}'`);
      if (table !== null && !(table instanceof PyBytes))
        throw raise('TypeError', `a bytes-like object is required, not '${typeName(table)}'`);
      if (table !== null && table.data.length !== 256)
        throw raise('ValueError', 'translation table must be 256 characters long');
      vm.step(self.data.length);
      const drop = new Set(gone instanceof PyBytes ? gone.data : []);
      const kept = self.data.filter(byte => !drop.has(byte));
      return make(self, latin(table === null ? kept : kept.map(byte => table.data[byte]!)));
    },
    '__mul__(value, /)': repeat,
    '__rmul__(value, /)': repeat,
    '__repr__()': (self: PyBytes) => {
      chargeEscaped(2 * self.data.length);
      return name === 'bytes' ? reprBytes(self.data) : `${typeName(self)}(${reprBytes(self.data)})`;
    },
    "decode(encoding='utf-8', errors='strict')": (self: PyBytes, encoding?: Value, errors?: Value) => {
      checkCodecNames('decode', encoding, errors);
      return decodeBytes(self.data, textOf(encoding), textOf(errors));
    },
    'hex(sep=None, bytes_per_sep=1)': (self: PyBytes, separator?: Value, group?: Value) => {
      const size = group === undefined ? 1 : smallIndex(indexOf(group));
      const mark = separator === undefined ? '' : separatorOf(separator);
      vm.charge(8 * self.data.length);
      vm.step(4 * self.data.length);
      const pairs = Array.from(self.data, byte => byte.toString(16).padStart(2, '0'));
      if (mark === '' || size === 0) return pairs.join('');
      // groups are counted from the right, with a negative size from the left
      const first = size < 0 ? 0 : pairs.length % size;
      const groups = first === 0 ? [] : [pairs.slice(0, first).join('')];
      for (let at = first; at < pairs.length; at += Math.abs(size))
        groups.push(pairs.slice(at, at + Math.abs(size)).join(''));
      return groups.join(mark);
    },
    'join(iterable, /)': (self: PyBytes, items: Value) => {
      if (!isIterable(items)) throw raise('TypeError', 'can only join an iterable');
      const texts: string[] = [];
      const next = iterate(items);
      for (let item = next(); item !== undefined; item = next()) {
        vm.step();
        if (!(item instanceof PyBytes))
          throw raise(
            'TypeError',
            `sequence item ${texts.length}: expected a bytes-like object, ${typeName(item)} found`,
          );
        texts.push(latin(item.data));
      }
      return make(self, texts.join(latin(self.data)));
    },
  });
  for (const shared of TEXT_METHODS) defineAsText(cls, shared);
  defineStatic(cls, {
    'maketrans(frm, to, /)': (from: Value, to: Value) => {
      if (!(from instanceof PyBytes) || !(to instanceof PyBytes))
        throw raise(
          'TypeError',
          `a bytes-like object is required, not '${typeName(from instanceof PyBytes ? to : from)}'`,
        );
      if (from.data.length !== to.data.length) throw raise('ValueError', 'maketrans arguments must have same length');
      const table = Uint8Array.from({ length: 256 }, (_, at) => at);
      from.data.forEach((byte, at) => {
        table[byte] = to.data[at]!;
      });
      return new PyBytes(table);
    },
  });
  defineClassMethods(cls, {
    'fromhex(string, /)': (made: PyClass, text: Value) => {
      const plain = textOf(text);
      if (plain === undefined)
        throw raise('TypeError', `fromhex() argument must be str, not ${text === null ? 'None' : typeName(text)}`);
      vm.charge(plain.length);
      vm.step(2 * plain.length);
      const bad = badDigit(plain);
      if (bad !== undefined)
        throw raise('ValueError', `non-hexadecimal number found in fromhex() arg at position ${bad}`);
      const digits = plain.replace(HEX_BLANKS, '');
      const data = Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
        Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
      );
      const read = new PyBytes(data, name === 'bytes' ? bytesClass : bytearrayClass);
      return made.native ? read : call(made, [read]);
    },
  });
}
defineOn(bytesClass, asBytes, { '__hash__()': (self: PyBytes) => hashString(latin(self.data)) });
bytearrayClass.setAttribute('__hash__', null);

/** Replaces the data of a bytearray. */
function store(self: PyBytes, data: Uint8Array): null {
  touch(self);
  vm.charge(data.length);
  vm.step(data.length);
  self.data = data;
  return null;
}

defineOn(bytearrayClass, asBytes, {
  'append(item, /)': (self: PyBytes, item: Value) => store(self, Uint8Array.from([...self.data, byteOf(item, 'byte')])),
  'extend(iterable, /)': (self: PyBytes, items: Value) => {
    if (textOf(items) !== undefined) throw raise('TypeError', "expected iterable of integers; got: 'str'");
    if (!isIterable(items)) throw raise('TypeError', `can't extend bytearray with ${typeName(items)}`);
    return store(self, Uint8Array.from([...self.data, ...bytesFrom(items, 'bytearray')]));
  },
  '__iadd__(value, /)': (self: PyBytes, other: Value) => {
    if (!(other instanceof PyBytes)) return NotImplemented;
    store(self, Uint8Array.from([...self.data, ...other.data]));
    return self;
  },
  '__imul__(value, /)': (self: PyBytes, count: Value) => {
    const times = repeatCount(count);
    if (times === undefined) return NotImplemented;
    vm.charge(self.data.length * times);
    store(self, fromLatin(latin(self.data).repeat(times)));
    return self;
  },
  'pop(index=-1, /)': (self: PyBytes, index?: Value) => {
    if (self.data.length === 0) throw raise('IndexError', 'pop from empty bytearray');
    const at = positionOf(index === undefined ? -1n : indexOf(index), self.data.length, 'bytearray');
    if (at === undefined) throw raise('IndexError', 'pop index out of range');
    const byte = self.data[at]!;
    store(self, Uint8Array.from([...self.data.slice(0, at), ...self.data.slice(at + 1)]));
    return BigInt(byte);
  },
  'insert(index, item, /)': (self: PyBytes, index: Value, item: Value) => {
    const byte = byteOf(item, 'byte');
    const at = clampIndex(indexOf(index));
    const from = at < 0 ? Math.max(0, at + self.data.length) : Math.min(at, self.data.length);
    return store(self, Uint8Array.from([...self.data.slice(0, from), byte, ...self.data.slice(from)]));
  },
  'remove(value, /)': (self: PyBytes, value: Value) => {
    const at = self.data.indexOf(byteOf(value, 'byte'));
    if (at < 0) throw raise('ValueError', 'value not found in bytearray');
    return store(self, Uint8Array.from([...self.data.slice(0, at), ...self.data.slice(at + 1)]));
  },
  'clear()': (self: PyBytes) => store(self, new Uint8Array()),
  'copy()': (self: PyBytes) => new PyBytes(self.data.slice(), bytearrayClass),
  'reverse()': (self: PyBytes) => store(self, self.data.slice().reverse()),
  '__setitem__(key, value, /)': (self: PyBytes, key: Value, value: Value) => {
    if (key instanceof PySlice) {
      const { start, stop, step, count } = selectIndices(key, self.data.length);
      if (hasIndex(value) || textOf(value) !== undefined || !isIterable(value))
        throw raise('TypeError', 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
      const items = bytesFrom(value, 'bytearray');
      if (step === 1) {
        const after = self.data.slice(Math.max(start, stop));
        return store(self, Uint8Array.from([...self.data.slice(0, start), ...items, ...after]));
      }
      if (items.length !== count)
        throw raise('ValueError', `attempt to assign bytes of size ${items.length} to extended slice of size ${count}`);
      touch(self);
      for (let at = 0; at < count; at++) self.data[start + at * step] = items[at]!;
      return null;
    }
    const at = positionOf(key, self.data.length, 'bytearray');
    if (at === undefined) throw raise('IndexError', 'bytearray index out of range');
    touch(self);
    self.data[at] = byteOf(value, 'byte');
    return null;
  },
  '__delitem__(key, /)': (self: PyBytes, key: Value) => {
    const gone = new Set<number>();
    if (key instanceof PySlice) {
      const { start, step, count } = selectIndices(key, self.data.length);
      for (let at = 0; at < count; at++) gone.add(start + at * step);
    } else {
      const at = positionOf(key, self.data.length, 'bytearray');
      if (at === undefined) throw raise('IndexError', 'bytearray index out of range');
      gone.add(at);
    }
    return store(
      self,
      self.data.filter((_, at) => !gone.has(at)),
    );
  },
});
