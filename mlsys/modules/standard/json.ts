/** `json`: texts of values and back. */
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import { intToText, parseInteger } from '../../python/runtime/numbers/parse';
import {
  nativeClass,
  PyBytes,
  type PyClass,
  PyInstance,
  PyList,
  type PyModule,
  type PyObject,
  PyTuple,
  typeOf,
  unwrap,
  type Value,
} from '../../python/runtime/objects';
import {
  call,
  callMethod,
  chargeEscaped,
  codePoints,
  getAttribute,
  repr,
  smallIndex,
  truth,
  typeName,
} from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { noteOrigins, type Place } from '../files/origins';
import { functions, moduleOf } from './support';

interface Style {
  readonly ascii: boolean;
  readonly indent: string | undefined;
  readonly item: string;
  readonly key: string;
  readonly sorted: boolean;
  readonly skip: boolean;
  readonly nan: boolean;
  readonly fallback: Value;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

/** A text as JSON writes it; with `ascii`, other characters are escaped. */
export function quoteJson(text: string, ascii: boolean): string {
  chargeEscaped(text.length);
  const escaped = (char: string): string => {
    vm.step(4);
    return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  };
  return `"${text.replace(ascii ? /[^ -!#-[\]-~]/g : /["\\\x00-\x1f]/g, escaped)}"`;
}

function float(value: number, nan: boolean): string {
  if (Number.isFinite(value)) return repr(value);
  if (!nan) throw raise('ValueError', `Out of range float values are not JSON compliant: ${repr(value)}`);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

const unserializable = (value: Value): PyError =>
  raise('TypeError', `Object of type ${typeOf(value).name} is not JSON serializable`);

class Writer {
  readonly #style: Style;
  readonly #open = new Set<Value>();

  constructor(style: Style) {
    this.#style = style;
  }

  write(value: Value, depth = 0): string {
    vm.step(4);
    refuseUnknown(value);
    const plain = unwrap(value);
    switch (typeof plain) {
      case 'string':
        return quoteJson(plain, this.#style.ascii);
      case 'boolean':
        return plain ? 'true' : 'false';
      case 'bigint':
        return intToText(plain);
      case 'number':
        return float(plain, this.#style.nan);
    }
    if (plain === null) return 'null';
    if (this.#open.has(value)) throw raise('ValueError', 'Circular reference detected');
    this.#open.add(value);
    vm.enter();
    try {
      if (plain instanceof PyList || plain instanceof PyTuple)
        return this.#enclose(
          '[',
          ']',
          plain.items.map(item => this.write(item, depth + 1)),
          depth,
        );
      if (plain instanceof PyDict) return this.#enclose('{', '}', this.#entries(plain, depth + 1), depth);
      if (this.#style.fallback === null) throw unserializable(plain);
      return this.write(call(this.#style.fallback, [plain]), depth);
    } finally {
      vm.leave();
      this.#open.delete(value);
    }
  }

  #entries(dict: PyDict, depth: number): string[] {
    const { ascii, key: colon, skip, sorted } = this.#style;
    let entries = [...dict.entries()];
    if (sorted) {
      const list = new PyList(entries.map(([key, value]) => new PyTuple([key, value])));
      callMethod(list, 'sort');
      entries = list.items.map(pair => (pair as PyTuple).items as unknown as [Value, Value]);
    }
    const parts: string[] = [];
    for (const [key, value] of entries) {
      const name = this.#keyText(key, skip);
      if (name !== undefined) parts.push(`${quoteJson(name, ascii)}${colon}${this.write(value, depth)}`);
    }
    return parts;
  }

  #keyText(key: Value, skip: boolean): string | undefined {
    refuseUnknown(key);
    const plain = unwrap(key);
    if (typeof plain === 'string') return plain;
    if (typeof plain === 'number') return float(plain, this.#style.nan);
    if (typeof plain === 'boolean') return plain ? 'true' : 'false';
    if (plain === null) return 'null';
    if (typeof plain === 'bigint') return intToText(plain);
    if (skip) return undefined;
    throw raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }

  #enclose(open: string, close: string, parts: readonly string[], depth: number): string {
    if (parts.length === 0) return open + close;
    const { indent, item } = this.#style;
    const between = item.length + (indent === undefined ? 0 : 1 + indent.length * (depth + 1));
    const size = parts.reduce((sum, part) => sum + part.length + between, between);
    if (size > 1000) {
      vm.chargeTexts(size);
      vm.work(size);
    }
    if (indent === undefined) return open + parts.join(item) + close;
    const inner = `\n${indent.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(item + inner)}\n${indent.repeat(depth)}${close}`;
  }
}

/** The options of an encoder with what they are when they are not given. */
const ENCODING: readonly (readonly [string, Value])[] = [
  ['skipkeys', false],
  ['ensure_ascii', true],
  ['check_circular', true],
  ['allow_nan', true],
  ['sort_keys', false],
  ['indent', null],
  ['separators', null],
  ['default', null],
];
const DECODING = ['object_hook', 'parse_float', 'parse_int', 'parse_constant', 'strict', 'object_pairs_hook'];

function checkOptions(owner: string, known: readonly string[], given: ReadonlyMap<string, Value>): void {
  for (const name of given.keys())
    if (!known.includes(name))
      throw raise('TypeError', `${owner}.__init__() got an unexpected keyword argument '${name}'`);
}

/** `json.dumps`: by the class that is given, or directly. */
function dumps(value: Value, options: ReadonlyMap<string, Value>): Value {
  const cls = options.get('cls');
  const rest = new Map([...options].filter(([name]) => name !== 'cls'));
  if (cls !== undefined && cls !== null)
    return callMethod(call(cls, [], new Map([...ENCODING, ...rest])), 'encode', value);
  checkOptions(
    'JSONEncoder',
    ENCODING.map(([name]) => name),
    rest,
  );
  return encoded(value, rest);
}

function encoded(value: Value, options: ReadonlyMap<string, Value>): string {
  const option = (name: string): Value => options.get(name) ?? null;
  const indent = option('indent');
  const flag = (name: string, missing: boolean) => (options.has(name) ? truth(option(name)) : missing);
  const separators = option('separators');
  const [item, key] = separators === null ? [indent === null ? ', ' : ',', ': '] : (separators as PyTuple).items;
  const style: Style = {
    ascii: flag('ensure_ascii', true),
    indent:
      indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(Math.max(0, smallIndex(indent))),
    item: String(item),
    key: String(key),
    sorted: flag('sort_keys', false),
    skip: flag('skipkeys', false),
    nan: flag('allow_nan', true),
    fallback: option('default'),
  };
  return new Writer(style).write(value);
}

/** What a dict or list takes, about, beside its items. */
const CONTAINER_BYTES = 300;

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #options: ReadonlyMap<string, Value>;

  constructor(text: string, options: ReadonlyMap<string, Value>) {
    this.#text = text;
    this.#options = options;
  }

  document(): Value {
    if (this.#text.startsWith('\ufeff')) throw this.#fault('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.#blank();
    const value = this.#value();
    this.#blank();
    if (this.#at < this.#text.length) throw this.#fault('Extra data', this.#at);
    return value;
  }

  /** A value at a place, whatever follows it, and where it ends. */
  part(from: number): [Value, number] {
    this.#at = from;
    return [this.#value(), this.#at];
  }

  get #strict(): boolean {
    const option = this.#options.get('strict');
    return option === undefined || truth(option);
  }

  #fault(message: string, at: number): PyError {
    // Places count characters, of which some are two units here.
    const before = this.#text.slice(0, at);
    const place = codePoints(before);
    const line = before.split('\n').length;
    const column = codePoints(before.slice(before.lastIndexOf('\n') + 1)) + 1;
    const exception = new PyException(decodeErrorClass, [`${message}: line ${line} column ${column} (char ${place})`]);
    const attributes: [string, Value][] = [
      ['msg', message],
      ['doc', this.#text],
      ['pos', BigInt(place)],
      ['lineno', BigInt(line)],
      ['colno', BigInt(column)],
    ];
    exception.attrs = new Map(attributes);
    return new PyError(exception);
  }

  #blank(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '.')) this.#at++;
  }

  #value(): Value {
    vm.step(10);
    const text = this.#text;
    const char = text[this.#at];
    if (char === '"') return this.#string();
    if (char === '{' || char === '[') {
      vm.charge(CONTAINER_BYTES);
      vm.enter();
      try {
        return char === '{' ? this.#object() : this.#array();
      } finally {
        vm.leave();
      }
    }
    for (const [word, value] of [
      ['null', null],
      ['true', true],
      ['false', false],
      ['NaN', Number.NaN],
      ['Infinity', Number.POSITIVE_INFINITY],
      ['-Infinity', Number.NEGATIVE_INFINITY],
    ] as const)
      if (text.startsWith(word, this.#at)) {
        this.#at += word.length;
        const hook = typeof value === 'number' ? (this.#options.get('parse_constant') ?? null) : null;
        return hook === null ? value : call(hook, [word]);
      }
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(text);
    if (match === null) throw this.#fault('Expecting value', this.#at);
    this.#at = NUMBER.lastIndex;
    const isFloat = match[1] !== undefined || match[2] !== undefined;
    const hook = this.#options.get(isFloat ? 'parse_float' : 'parse_int') ?? null;
    if (hook !== null) return call(hook, [match[0]]);
    return isFloat ? Number(match[0]) : parseInteger(match[0], 10)!;
  }

  #string(): string {
    const start = this.#at++;
    let out = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#fault('Unterminated string starting at', start);
      this.#at++;
      if (char === '"') return out;
      if (char < ' ' && this.#strict) throw this.#fault('Invalid control character at', this.#at - 1);
      if (((this.#at - start) & 1023) === 0) {
        vm.step(512);
        vm.charge(1024);
      }
      if (char !== '\\') {
        out += char;
        continue;
      }
      vm.step(4);
      const code = this.#text[this.#at];
      if (code === undefined) throw this.#fault('Unterminated string starting at', start);
      this.#at++;
      if (code === 'u') {
        const digits = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault('Invalid \\uXXXX escape', this.#at - 1);
        out += String.fromCharCode(Number.parseInt(digits, 16));
        this.#at += 4;
      } else {
        const at = '"\\/bfnrt'.indexOf(code);
        if (at < 0) throw this.#fault('Invalid \\escape', this.#at - 2);
        out += '"\\/\b\f\n\r\t'[at];
      }
    }
  }

  #array(): Value {
    this.#at++;
    const items: Value[] = [];
    const places = new Map<Value, Place>();
    this.#blank();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return new PyList(items);
    }
    for (;;) {
      const from = this.#at;
      items.push(this.#value());
      places.set(BigInt(items.length - 1), [from, this.#at]);
      this.#blank();
      const char = this.#text[this.#at];
      if (char === ']') {
        this.#at++;
        const list = new PyList(items);
        noteOrigins(list, this.#text, places);
        return list;
      }
      if (char !== ',') throw this.#fault("Expecting ',' delimiter", this.#at);
      const comma = this.#at++;
      this.#blank();
      if (this.#text[this.#at] === ']') throw this.#fault('Illegal trailing comma before end of array', comma);
    }
  }

  #object(): Value {
    this.#at++;
    const pairs: [Value, Value][] = [];
    const places = new Map<Value, Place>();
    this.#blank();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return this.#made(pairs, places);
    }
    for (;;) {
      if (this.#text[this.#at] !== '"')
        throw this.#fault('Expecting property name enclosed in double quotes', this.#at);
      const key = this.#string();
      this.#blank();
      if (this.#text[this.#at] !== ':') throw this.#fault("Expecting ':' delimiter", this.#at);
      this.#at++;
      this.#blank();
      const from = this.#at;
      pairs.push([key, this.#value()]);
      places.set(key, [from, this.#at]);
      this.#blank();
      const char = this.#text[this.#at];
      if (char === '}') {
        this.#at++;
        return this.#made(pairs, places);
      }
      if (char !== ',') throw this.#fault("Expecting ',' delimiter", this.#at);
      const comma = this.#at++;
      this.#blank();
      if (this.#text[this.#at] === '}') throw this.#fault('Illegal trailing comma before end of object', comma);
    }
  }

  #made(pairs: readonly [Value, Value][], places: ReadonlyMap<Value, Place>): Value {
    const paired = this.#options.get('object_pairs_hook') ?? null;
    if (paired !== null) return call(paired, [new PyList(pairs.map(pair => new PyTuple(pair)))]);
    const dict = PyDict.from(pairs);
    noteOrigins(dict, this.#text, places);
    const hook = this.#options.get('object_hook') ?? null;
    return hook === null ? dict : call(hook, [dict]);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const decodeErrorClass = nativeClass('JSONDecodeError', [exceptionClassOf('ValueError')], 'json.decoder');
const decoderClass = nativeClass('JSONDecoder', undefined, 'json.decoder');
const encoderClass = nativeClass('JSONEncoder', undefined, 'json.encoder');

function loads(text: Value, options: ReadonlyMap<string, Value>): Value {
  const cls = options.get('cls');
  if (cls !== undefined && cls !== null) {
    const rest = new Map([...options].filter(([name]) => name !== 'cls'));
    return callMethod(call(cls, [], rest), 'decode', text);
  }
  checkOptions('JSONDecoder', DECODING, options);
  if (typeof text === 'string') return new Reader(text, options).document();
  if (text instanceof PyBytes) return loads(callMethod(text, 'decode'), options);
  throw raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeName(text)}`);
}

export function loadJson(): PyModule {
  const withOptions = (known: readonly string[]) => (cls: PyClass, options: Map<string, Value>) => {
    checkOptions(cls.native ? cls.name : 'JSONEncoder', known, options);
    const made = new PyInstance(cls);
    for (const [name, value] of options) if (name !== 'default' || value !== null) made.attrs!.set(name, value);
    return made;
  };
  const encoding = ENCODING.map(([name]) => name);
  defineConstructor(encoderClass, 'JSONEncoder(**kwargs)', withOptions(encoding));
  defineConstructor(decoderClass, 'JSONDecoder(**kwargs)', withOptions(DECODING));
  const own = (self: PyObject, known: readonly string[]) =>
    new Map([...(self.attrs ?? [])].filter(([name]) => known.includes(name)));
  defineMethods(decoderClass, {
    'decode(s)': (self: PyObject, text: Value) => loads(text, own(self, DECODING)),
    'raw_decode(s, idx=0)': (self: PyObject, text: string, from?: Value) => {
      const [value, end] = new Reader(text, own(self, DECODING)).part(from === undefined ? 0 : smallIndex(from));
      return new PyTuple([value, BigInt(codePoints(text.slice(0, end)))]);
    },
  });
  defineMethods(encoderClass, {
    'default(o)': (_self: PyObject, value: Value) => {
      throw unserializable(value);
    },
    'encode(o)': (self: PyObject, value: Value) =>
      encoded(value, new Map([...own(self, encoding), ['default', getAttribute(self, 'default')]])),
    'iterencode(o)': () => {
      throw new Unsupported('json.JSONEncoder.iterencode', 'use encode()');
    },
  });
  return moduleOf('json', {
    JSONDecodeError: decodeErrorClass,
    JSONEncoder: encoderClass,
    JSONDecoder: decoderClass,
    ...functions({
      'dumps(obj, /, **options)': dumps,
      'loads(s, /, **options)': loads,
      'dump(obj, fp, **options)': (value: Value, file: Value, options: ReadonlyMap<string, Value>) => {
        callMethod(file, 'write', dumps(value, options));
        return null;
      },
      'load(fp, **options)': (file: Value, options: ReadonlyMap<string, Value>) =>
        loads(callMethod(file, 'read'), options),
    }),
  });
}
