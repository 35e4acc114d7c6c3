/** What the method tables of the built-in types share. */
import { raise } from '../runtime/errors';
import { defineMethods, type NativeBody } from '../runtime/native';
import {
  type Next,
  nativeClass,
  type PyClass,
  PyComplex,
  PyInstance,
  PyIterator,
  type PyObject,
  unwrap,
  type Value,
} from '../runtime/objects';
import { hasIndex, indexOf, typeName } from '../runtime/operations';
import { vm } from '../runtime/vm';

/** The int behind a value, bool and subclasses included; undefined for any other. */
export function intOf(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return value instanceof PyInstance && value.payload !== undefined ? intOf(value.payload) : undefined;
}

/** The float behind a float or a subclass; undefined for any other. */
export function floatOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return value instanceof PyInstance && typeof value.payload === 'number' ? value.payload : undefined;
}

/** The text behind a str or a subclass; undefined for any other. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyInstance && typeof value.payload === 'string' ? value.payload : undefined;
}

/** `textOf` for methods that go through the text: their work is accounted for. */
export function searchedText(value: Value | undefined): string | undefined {
  const text = textOf(value);
  if (text !== undefined) vm.work(text.length);
  return text;
}

/** The number that complex arithmetic takes: int, float or complex. */
export function complexOf(value: Value): PyComplex | undefined {
  if (value instanceof PyComplex) return value;
  const float = floatOf(value);
  if (float !== undefined) return new PyComplex(float, 0);
  const int = intOf(value);
  if (int === undefined) return undefined;
  const near = Number(int);
  if (!Number.isFinite(near)) throw raise('OverflowError', 'int too large to convert to float');
  return new PyComplex(near, 0);
}

/** The complaint of a method that was looked up on the class and called with something else. */
export function wrongSelf(name: string, expected: string, self: Value) {
  return raise(
    'TypeError',
    `descriptor '${name}' for '${expected}' objects doesn't apply to a '${typeName(self)}' object`,
  );
}

/** Defines methods whose `self` is first turned into what they work on; `undefined` is refused. */
export function defineOn<T>(
  cls: PyClass,
  unwrapSelf: (self: Value) => T | undefined,
  methods: Readonly<Record<string, NativeBody>>,
): void {
  const checked: Record<string, NativeBody> = {};
  for (const [signature, body] of Object.entries(methods)) {
    const name = signature.slice(0, signature.indexOf('('));
    checked[signature] = (self: Value, ...args: unknown[]) => {
      const own = unwrapSelf(self);
      if (own === undefined) throw wrongSelf(name, cls.name, self);
      return body(own, ...args);
    };
  }
  defineMethods(cls, checked);
}

/** A value of a type with a payload, as an instance of the class that is being made. */
export function wrap(cls: PyClass, base: PyClass, payload: Value): Value {
  if (cls === base) return payload;
  const made = new PyInstance(cls);
  made.payload = payload;
  return made;
}

/** Instances of subclasses written in Python have attributes. */
export function adopt<T extends PyObject>(made: T, cls: PyClass): T {
  if (!cls.native) made.attrs = new Map();
  return made;
}

/** A class of iterators, with `__iter__` and `__next__`. */
export function iteratorClass(name: string, module?: string): PyClass {
  const cls = nativeClass(name, undefined, module);
  defineIterator(cls);
  return cls;
}

/** Gives a class of `PyIterator` objects its protocol. */
export function defineIterator(cls: PyClass): void {
  defineMethods(cls, {
    '__iter__()': (self: Value) => self,
    '__next__()': (self: PyIterator) => {
      const item = self.next();
      if (item === undefined) throw raise('StopIteration');
      return item;
    },
  });
}

export function makeIterator(next: Next, cls: PyClass): PyIterator {
  return adopt(new PyIterator(next, cls), cls);
}

/** An index argument within the range of JavaScript's safe integers. */
export function clampIndex(index: bigint): number {
  if (index > 9007199254740991n) return Number.MAX_SAFE_INTEGER;
  return index < -9007199254740991n ? -Number.MAX_SAFE_INTEGER : Number(index);
}

/** An index argument, where None counts as `missing`. */
export function optionalIndex(value: Value | undefined, missing: number, none = ' or None'): number {
  if (value === undefined || (value === null && none !== '')) return missing;
  if (!hasIndex(value)) throw raise('TypeError', `slice indices must be integers${none} or have an __index__ method`);
  return clampIndex(indexOf(value));
}

/** Start and stop of a search within a sequence, as `find` and `index` take them. */
export function searchRange(
  length: number,
  start: Value | undefined,
  stop: Value | undefined,
  none = ' or None',
): { from: number; to: number } {
  let from = optionalIndex(start, 0, none);
  let to = optionalIndex(stop, length, none);
  if (from < 0) from = Math.max(0, from + length);
  if (to < 0) to = Math.max(0, to + length);
  return { from, to: Math.min(to, length) };
}

/** A width or position that C code can take. */
export function sizeArgument(value: Value): number {
  const size = indexOf(value);
  if (size > 9223372036854775807n || size < -9223372036854775808n)
    throw raise('OverflowError', 'Python int too large to convert to C ssize_t');
  return clampIndex(size);
}

/** A repeat count: an index, refused where it does not fit. */
export function repeatCount(value: Value): number | undefined {
  if (typeof value === 'number' || typeof value === 'string' || value === null || !hasIndex(unwrap(value)))
    return undefined;
  const count = indexOf(value);
  if (count > 9223372036854775807n || count < -9223372036854775808n)
    throw raise('OverflowError', `cannot fit '${typeName(value)}' into an index-sized integer`);
  return count <= 0n ? 0 : Number(count);
}
