/** `json`: `dumps` and `loads`; there are no files to dump to. */
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods } from '../../python/runtime/native';
import {
  nativeClass,
  PyBytes,
  type PyClass,
  PyInstance,
  PyList,
  type PyModule,
  type PyObject,
  PyTuple,
  unwrap,
  type Value,
} from '../../python/runtime/objects';
import { call, callMethod, getAttribute, repr, truth, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
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

function quote(text: string, ascii: boolean): string {
  const escaped = (char: string): string => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${text.replace(ascii ? /[^ -!#-[\]-~]/g : /["\\\x00-\x1f]/g, escaped)}"`;
}

function float(value: number, nan: boolean): string {
  if (Number.isFinite(value)) return repr(value);
  if (!nan) throw raise('ValueError', `Out of range float values are not JSON compliant: ${repr(value)}`);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

class Writer {
  readonly #style: Style;
  readonly #open = new Set<Value>();

  constructor(style: Style) {
    this.#style = style;
  }

  write(value: Value, depth = 0): string {
    vm.step(4);
    const plain = unwrap(value);
    switch (typeof plain) {
      case 'string':
        return quote(plain, this.#style.ascii);
      case 'boolean':
        return plain ? 'true' : 'false';
      case 'bigint':
        return String(plain);
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
      if (this.#style.fallback === null)
        throw raise('TypeError', `Object of type ${typeName(plain)} is not JSON serializable`);
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
      if (name !== undefined) parts.push(`${quote(name, ascii)}${colon}${this.write(value, depth)}`);
    }
    return parts;
  }

  #keyText(key: Value, skip: boolean): string | undefined {
    const plain = unwrap(key);
    if (typeof plain === 'string') return plain;
    if (typeof plain === 'number') return float(plain, this.#style.nan);
    if (typeof plain === 'boolean') return plain ? 'true' : 'false';
    if (plain === null) return 'null';
    if (typeof plain === 'bigint') return String(plain);
    if (skip) return undefined;
    throw raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }

  #enclose(open: string, close: string, parts: readonly string[], depth: number): string {
    if (parts.length === 0) return open + close;
    const { indent, item } = this.#style;
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    if (size > 1000) {
      vm.charge(size);
      vm.work(size);
    }
    if (indent === undefined) return open + parts.join(item) + close;
    const inner = `\n${indent.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(item + inner)}\n${indent.repeat(depth)}${close}`;
  }
}

function dumps(value: Value, options: ReadonlyMap<string, Value>): string {
  const option = (name: string): Value => options.get(name) ?? null;
  const indent = option('indent');
  const flag = (name: string, missing: boolean) => (options.has(name) ? truth(option(name)) : missing);
  const separators = option('separators');
  const [item, key] = separators === null ? [indent === null ? ', ' : ',', ': '] : (separators as PyTuple).items;
  const encoder = option('cls');
  const style: Style = {
    ascii: flag('ensure_ascii', true),
    indent: indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(Number(indent)),
    item: String(item),
    key: String(key),
    sorted: flag('sort_keys', false),
    skip: flag('skipkeys', false),
    nan: flag('allow_nan', true),
    fallback: encoder === null ? option('default') : getAttribute(call(encoder, []), 'default'),
  };
  return new Writer(style).write(value);
}

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

  #fault(message: string, at: number): PyError {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    const exception = new PyException(decodeErrorClass, [`${message}: line ${line} column ${column} (char ${at})`]);
    const attributes: [string, Value][] = [
      ['msg', message],
      ['doc', this.#text],
      ['pos', BigInt(at)],
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
        return value;
      }
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(text);
    if (match === null) throw this.#fault('Expecting value', this.#at);
    this.#at = NUMBER.lastIndex;
    const isFloat = match[1] !== undefined || match[2] !== undefined;
    const hook = this.#options.get(isFloat ? 'parse_float' : 'parse_int') ?? null;
    if (hook !== null) return call(hook, [match[0]]);
    return isFloat ? Number(match[0]) : BigInt(match[0]);
  }

  #string(): string {
    const start = this.#at++;
    let out = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#fault('Unterminated string starting at', start);
      this.#at++;
      if (char === '"') return out;
      if (char < ' ') throw this.#fault('Invalid control character at', this.#at - 1);
      if (char !== '\\') {
        out += char;
        if ((out.length & 63) === 0) vm.step(32);
        continue;
      }
      const code = this.#text[this.#at];
      if (code === undefined) throw this.#fault('Unterminated string starting at', start);
      this.#at++;
      if (code === 'u') {
        const digits = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault('Invalid \\uXXXX escape', this.#at);
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
    this.#blank();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return new PyList(items);
    }
    for (;;) {
      items.push(this.#value());
      this.#blank();
      const char = this.#text[this.#at];
      if (char === ']') {
        this.#at++;
        return new PyList(items);
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
    this.#blank();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return this.#made(pairs);
    }
    for (;;) {
      if (this.#text[this.#at] !== '"')
        throw this.#fault('Expecting property name enclosed in double quotes', this.#at);
      const key = this.#string();
      this.#blank();
      if (this.#text[this.#at] !== ':') throw this.#fault("Expecting ':' delimiter", this.#at);
      this.#at++;
      this.#blank();
      pairs.push([key, this.#value()]);
      this.#blank();
      const char = this.#text[this.#at];
      if (char === '}') {
        this.#at++;
        return this.#made(pairs);
      }
      if (char !== ',') throw this.#fault("Expecting ',' delimiter", this.#at);
      const comma = this.#at++;
      this.#blank();
      if (this.#text[this.#at] === '}') throw this.#fault('Illegal trailing comma before end of object', comma);
    }
  }

  #made(pairs: readonly [Value, Value][]): Value {
    const paired = this.#options.get('object_pairs_hook') ?? null;
    if (paired !== null) return call(paired, [new PyList(pairs.map(pair => new PyTuple(pair)))]);
    const dict = PyDict.from(pairs);
    const hook = this.#options.get('object_hook') ?? null;
    return hook === null ? dict : call(hook, [dict]);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const decodeErrorClass = nativeClass('JSONDecodeError', [exceptionClassOf('ValueError')], 'json.decoder');
const encoderClass = nativeClass('JSONEncoder', undefined, 'json.encoder');

function loads(text: Value, options: ReadonlyMap<string, Value>): Value {
  if (typeof text === 'string') return new Reader(text, options).document();
  if (text instanceof PyBytes) return loads(callMethod(text, 'decode'), options);
  throw raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeName(text)}`);
}

export function loadJson(): PyModule {
  defineConstructor(encoderClass, 'JSONEncoder(**kwargs)', (cls: PyClass, options: Map<string, Value>) => {
    const made = new PyInstance(cls);
    for (const [name, value] of options) made.attrs!.set(name, value);
    return made;
  });
  defineMethods(encoderClass, {
    'default(o)': (_self: PyObject, value: Value) => {
      throw raise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`);
    },
    'encode(o)': (self: PyObject, value: Value) =>
      dumps(value, new Map([...(self.attrs ?? []), ['default', getAttribute(self, 'default')]])),
  });
  const noFiles = () => {
    throw new Unsupported('json files', 'cells have no files: use json.dumps and json.loads');
  };
  return moduleOf('json', {
    JSONDecodeError: decodeErrorClass,
    JSONEncoder: encoderClass,
    ...functions({
      'dumps(obj, /, **options)': dumps,
      'loads(s, /, **options)': loads,
      'dump(obj, fp, **options)': noFiles,
      'load(fp, **options)': noFiles,
    }),
  });
}
