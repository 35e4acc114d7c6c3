/** `functools.partial`. */
import { PyDict } from '../../../python/runtime/dict';
import { raise } from '../../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../../python/runtime/native';
import { nativeClass, type PyClass, PyObject, PyTuple, type Value } from '../../../python/runtime/objects';
import { call, isCallable, repr } from '../../../python/runtime/operations';
import { refuseUnknown } from '../../../python/runtime/unknown';

export const partialClass = nativeClass('partial', undefined, 'functools');
partialClass.errorName = 'functools.partial';

export class PyPartial extends PyObject {
  readonly func: Value;
  readonly args: readonly Value[];
  /** What `keywords` shows, which Python code may change. */
  readonly keywordDict: PyDict;
  constructor(func: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, cls: PyClass) {
    super(cls);
    this.func = func;
    this.args = args;
    this.keywordDict = PyDict.from(keywords);
    this.attrs = new Map();
  }

  /** Throws `UnknownReached` where nobody knows them any more. */
  get keywords(): Iterable<[string, Value]> {
    refuseUnknown(this.keywordDict);
    return this.keywordDict.map.entries() as Iterable<[string, Value]>;
  }
}

export function setUpPartial(): void {
  defineConstructor(
    partialClass,
    'partial(func, /, *args, **keywords)',
    (cls: PyClass, func: Value, args: PyTuple, keywords: Map<string, Value>) => {
      if (!isCallable(func)) throw raise('TypeError', 'the first argument must be callable');
      if (func instanceof PyPartial && cls === partialClass)
        return new PyPartial(func.func, [...func.args, ...args.items], new Map([...func.keywords, ...keywords]), cls);
      return new PyPartial(func, args.items, keywords, cls);
    },
  );
  defineMethods(partialClass, {
    '__call__(*args, **keywords)': (self: PyPartial, args: PyTuple, keywords: Map<string, Value>) => {
      const merged = new Map([...self.keywords, ...keywords]);
      return call(self.func, [...self.args, ...args.items], merged.size === 0 ? undefined : merged);
    },
    '__repr__()': (self: PyPartial) => {
      const parts = [self.func, ...self.args].map(repr);
      for (const [key, value] of self.keywords) parts.push(`${key}=${repr(value)}`);
      return `functools.partial(${parts.join(', ')})`;
    },
  });
  defineProperties(partialClass, {
    func: (self: PyPartial) => self.func,
    args: (self: PyPartial) => new PyTuple(self.args),
    keywords: (self: PyPartial) => self.keywordDict,
  });
}
