/** `bytes` and `bytearray`, as far as chapters meet them. */
import { raise } from '../runtime/errors';
import { touch } from '../runtime/mutation';
import { defineClassMethods, defineConstructor } from '../runtime/native';
import {
  bytearrayClass,
  bytesClass,
  NotImplemented,
  PyBytes,
  type PyClass,
  PyList,
  PySlice,
  PyTuple,
  type Value,
} from '../runtime/objects';
import { hashString, hasIndex, indexOf, isIterable, iterate, typeName } from '../runtime/operations';
import { reprBytes } from '../runtime/text/repr';
import { vm } from '../runtime/vm';
import { decodeBytes, encodeText } from './codecs';
import { positionOf, selectIndices } from './slices';
import { adopt, clampIndex, defineOn, iteratorClass, makeIterator, repeatCount, searchRange, textOf } from './support';

const bytesIteratorClass = iteratorClass('bytes_iterator');
const asBytes = (self: Value) => (self instanceof PyBytes ? self : undefined);

/** Bytes as a text of characters below 256, for searching with the string functions. */
function latin(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return text;
}

function fromLatin(text: string): Uint8Array {
  return Uint8Array.from(text, char => char.charCodeAt(0));
}

function byteOf(value: Value, what: string): number {
  const index = indexOf(value);
  if (index < 0n || index > 255n) throw raise('ValueError', `${what} must be in range(0, 256)`);
  return Number(index);
}

/** The bytes that a constructor or an operand gives. */
function bytesFrom(value: Value, what: string): Uint8Array {
  if (value instanceof PyBytes) return value.data;
  if (hasIndex(value)) {
    const count = indexOf(value);
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

/** An operand that must be bytes, as text. */
function operand(value: Value): string {
  if (value instanceof PyBytes) return latin(value.data);
  throw raise('TypeError', `a bytes-like object is required, not '${typeName(value)}'`);
}

/** A byte or bytes to search for. */
function needle(value: Value): string {
  if (value instanceof PyBytes) return latin(value.data);
  if (hasIndex(value)) return String.fromCharCode(byteOf(value, 'byte'));
  throw raise('TypeError', `argument should be integer or bytes-like object, not '${typeName(value)}'`);
}

for (const cls of [bytesClass, bytearrayClass]) {
  const name = cls.name;
  defineConstructor(
    cls,
    `${name}(source=b'', encoding='utf-8', errors='strict')`,
    (made: PyClass, source: Value | undefined, encoding: Value | undefined, errors: Value | undefined) => {
      const text = textOf(source);
      let data: Uint8Array;
      if (text !== undefined) {
        if (encoding === undefined) throw raise('TypeError', 'string argument without an encoding');
        data = encodeText(text, textOf(encoding), textOf(errors));
      } else data = source === undefined ? new Uint8Array() : bytesFrom(source, name);
      return adopt(new PyBytes(data.slice(), made), made);
    },
  );
  const make = (self: PyBytes, text: string): PyBytes =>
    new PyBytes(fromLatin(text), self.cls.isSubclassOf(bytearrayClass) ? bytearrayClass : bytesClass);
  const find = (
    self: PyBytes,
    part: Value,
    start: Value | undefined,
    stop: Value | undefined,
    last: boolean,
  ): number => {
    const { from, to } = searchRange(self.data.length, start, stop);
    if (from > to) return -1;
    const within = latin(self.data).slice(from, to);
    const text = needle(part);
    const at = last ? within.lastIndexOf(text) : within.indexOf(text);
    return at < 0 ? -1 : at + from;
  };
  const affix = (test: (text: string, part: string) => boolean) => (self: PyBytes, part: Value) =>
    (part instanceof PyTuple ? part.items : [part]).some(one => test(latin(self.data), operand(one)));
  const parts = (self: PyBytes, texts: readonly string[]) => texts.map(text => make(self, text));
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
      return makeIterator(() => (at < self.data.length ? BigInt(self.data[at++]!) : undefined), bytesIteratorClass);
    },
    '__contains__(key, /)': (self: PyBytes, key: Value) => latin(self.data).includes(needle(key)),
    '__getitem__(key, /)': (self: PyBytes, key: Value) => {
      if (key instanceof PySlice) {
        const { start, step, count } = selectIndices(key, self.data.length);
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
    '__mul__(value, /)': repeat,
    '__rmul__(value, /)': repeat,
    '__repr__()': (self: PyBytes) => (name === 'bytes' ? reprBytes(self.data) : `bytearray(${reprBytes(self.data)})`),
    "decode(encoding='utf-8', errors='strict')": (self: PyBytes, encoding?: Value, errors?: Value) =>
      decodeBytes(self.data, textOf(encoding), textOf(errors)),
    'hex(sep=None)': (self: PyBytes, separator?: Value) =>
      Array.from(self.data, byte => byte.toString(16).padStart(2, '0')).join(textOf(separator) ?? ''),
    'find(sub, start=None, end=None, /)': (self: PyBytes, part: Value, start?: Value, stop?: Value) =>
      BigInt(find(self, part, start, stop, false)),
    'rfind(sub, start=None, end=None, /)': (self: PyBytes, part: Value, start?: Value, stop?: Value) =>
      BigInt(find(self, part, start, stop, true)),
    'index(sub, start=None, end=None, /)': (self: PyBytes, part: Value, start?: Value, stop?: Value) => {
      const at = find(self, part, start, stop, false);
      if (at < 0) throw raise('ValueError', 'subsection not found');
      return BigInt(at);
    },
    'count(sub, start=None, end=None, /)': (self: PyBytes, part: Value, start?: Value, stop?: Value) => {
      const { from, to } = searchRange(self.data.length, start, stop);
      if (from > to) return 0n;
      const text = needle(part);
      return BigInt(
        latin(self.data).slice(from, to).split(text).length - (text === '' ? 0 : 1) + (text === '' ? 1 : 0),
      );
    },
    'startswith(prefix, /)': affix((text, part) => text.startsWith(part)),
    'endswith(suffix, /)': affix((text, part) => text.endsWith(part)),
    'upper()': (self: PyBytes) =>
      make(
        self,
        latin(self.data).replace(/[a-z]/g, char => char.toUpperCase()),
      ),
    'lower()': (self: PyBytes) =>
      make(
        self,
        latin(self.data).replace(/[A-Z]/g, char => char.toLowerCase()),
      ),
    'strip()': (self: PyBytes) => make(self, latin(self.data).replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')),
    'lstrip()': (self: PyBytes) => make(self, latin(self.data).replace(/^[ \t-\r]+/, '')),
    'rstrip()': (self: PyBytes) => make(self, latin(self.data).replace(/[ \t-\r]+$/, '')),
    'split(sep=None)': (self: PyBytes, separator?: Value) => {
      const text = latin(self.data);
      if (separator === undefined || separator === null)
        return new PyList(parts(self, text.match(/[^ \t-\r]+/g) ?? []));
      const mark = operand(separator);
      if (mark === '') throw raise('ValueError', 'empty separator');
      return new PyList(parts(self, text.split(mark)));
    },
    'join(iterable, /)': (self: PyBytes, items: Value) => {
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
    'replace(old, new, /)': (self: PyBytes, from: Value, to: Value) =>
      make(self, latin(self.data).split(operand(from)).join(operand(to))),
    'isdigit()': (self: PyBytes) => /^[0-9]+$/.test(latin(self.data)),
    'isalpha()': (self: PyBytes) => /^[A-Za-z]+$/.test(latin(self.data)),
    'isspace()': (self: PyBytes) => /^[ \t-\r]+$/.test(latin(self.data)),
  });
  defineClassMethods(cls, {
    'fromhex(string, /)': (made: PyClass, text: Value) => {
      const plain = textOf(text);
      if (plain === undefined) throw raise('TypeError', `fromhex() argument must be str, not ${typeName(text)}`);
      const digits = plain.replace(/\s+/g, '');
      const bad =
        /[^0-9a-fA-F]/.exec(plain.replace(/\s/g, '0'))?.index ?? (digits.length % 2 === 1 ? plain.length : -1);
      if (bad >= 0) throw raise('ValueError', `non-hexadecimal number found in fromhex() arg at position ${bad}`);
      const data = Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
        Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
      );
      return new PyBytes(data, made);
    },
  });
}
defineOn(bytesClass, asBytes, { '__hash__()': (self: PyBytes) => hashString(latin(self.data)) });
bytearrayClass.setAttribute('__hash__', null);

/** Replaces the data of a bytearray. */
function store(self: PyBytes, data: Uint8Array): null {
  touch(self);
  vm.charge(data.length);
  self.data = data;
  return null;
}

defineOn(bytearrayClass, asBytes, {
  'append(item, /)': (self: PyBytes, item: Value) => store(self, Uint8Array.from([...self.data, byteOf(item, 'byte')])),
  'extend(iterable, /)': (self: PyBytes, items: Value) =>
    store(self, Uint8Array.from([...self.data, ...bytesFrom(items, 'bytearray')])),
  '__iadd__(value, /)': (self: PyBytes, other: Value) => {
    if (!(other instanceof PyBytes)) return NotImplemented;
    store(self, Uint8Array.from([...self.data, ...other.data]));
    return self;
  },
  'pop(index=-1, /)': (self: PyBytes, index?: Value) => {
    if (self.data.length === 0) throw raise('IndexError', 'pop from empty bytearray');
    const at = positionOf(index ?? -1n, self.data.length, 'bytearray');
    if (at === undefined) throw raise('IndexError', 'pop index out of range');
    const byte = self.data[at]!;
    store(self, Uint8Array.from([...self.data.slice(0, at), ...self.data.slice(at + 1)]));
    return BigInt(byte);
  },
  'clear()': (self: PyBytes) => store(self, new Uint8Array()),
  'copy()': (self: PyBytes) => new PyBytes(self.data.slice(), bytearrayClass),
  'reverse()': (self: PyBytes) => store(self, self.data.slice().reverse()),
  '__setitem__(key, value, /)': (self: PyBytes, key: Value, value: Value) => {
    if (key instanceof PySlice) {
      const { start, stop, step, count } = selectIndices(key, self.data.length);
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
