/** Types whose values are texts or numbers with more to them: `SecretStr`, `ByteSize`, `HttpUrl` and its kin, `JsonValue`. */

import { PyTypeAlias } from '../../python/compiler/typeParams';
import { Deferred } from '../../python/runtime/deferred';
import { PyDict } from '../../python/runtime/dict';
import { Unsupported } from '../../python/runtime/errors';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  intClass,
  NotImplemented,
  type PyClass,
  PyList,
  PyObject,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, callMethod, hash, repr, typeName } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { customInvalid, Invalid, invalid } from './errors';
import { plain } from './scalars';
import { type Dump, Exactness, Schema, State } from './schema';
import { libraryClass, nested } from './support';

// ----------------------------------------------------------------------------------------------------------- SecretStr

export const secretClass = libraryClass('SecretStr', 'pydantic.types');

class PySecret extends PyObject {
  readonly text: string;
  constructor(text: string) {
    super(secretClass);
    this.text = text;
  }
}

const masked = ({ text }: PySecret): string => (text === '' ? '' : '**********');

class SecretSchema extends Schema {
  readonly name = 'function-after[_secret_display(), str]';
  validate(input: Value, state: State): Value | Invalid {
    if (input instanceof PySecret) return input;
    const text = plain(input);
    if (typeof text !== 'string') return invalid('string_type', input);
    state.floor(Exactness.Lax);
    return new PySecret(text);
  }
  override dump(value: Value, dump: Dump): Value {
    return dump.json && value instanceof PySecret ? masked(value) : value;
  }
  override accepts(value: Value): boolean {
    return value instanceof PySecret;
  }
}

// ------------------------------------------------------------------------------------------------------------ ByteSize

export const byteSizeClass = libraryClass('ByteSize', 'pydantic.types', [intClass]);

/** Bytes of a unit, by its name in small letters. */
const SIZES: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['bit', 1 / 8],
  ...[...'kmgtpe'].flatMap((letter, at): [string, number][] => {
    const [decimal, binary] = [1000 ** (at + 1), 1024 ** (at + 1)];
    return [
      [letter, decimal],
      [`${letter}b`, decimal],
      [`${letter}ib`, binary],
      [`${letter}bit`, decimal / 8],
      [`${letter}ibit`, binary / 8],
    ];
  }),
]);

const sizeOf = (count: bigint): Value => call(byteSizeClass, [count]);

class ByteSizeSchema extends Schema {
  readonly name = 'function-after[_validate(), union[str,constrained-int]]';
  validate(input: Value, state: State): Value | Invalid {
    if (typeOf(input) === byteSizeClass) return input;
    state.floor(Exactness.Lax);
    const known = plain(input);
    const fault = (): Invalid => customInvalid('byte_size', 'could not parse value and unit from byte string', input);
    if (typeof known === 'number' && Number.isInteger(known) && known >= 0) return sizeOf(BigInt(known));
    if (typeof known === 'boolean') return sizeOf(known ? 1n : 0n);
    if (typeof known === 'bigint') return known >= 0n ? sizeOf(known) : fault();
    if (typeof known !== 'string') return fault();
    if (/^\s*\+?\d+\s*$/.test(known)) return sizeOf(BigInt(known.trim()));
    const [, scalar, unit = 'b'] = /^\s*(\d*\.?\d+)\s*([\p{L}\p{N}_]+)?/u.exec(known) ?? [];
    if (scalar === undefined) return fault();
    const factor = SIZES.get(unit.toLowerCase());
    if (factor === undefined)
      return customInvalid('byte_size_unit', 'could not interpret byte unit: {unit}', input, new Map([['unit', unit]]));
    return sizeOf(BigInt(Math.trunc(Number(scalar) * factor)));
  }
  override dump(value: Value, dump: Dump): Value {
    return typeOf(value) === byteSizeClass ? plain(value) : super.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return typeOf(value) === byteSizeClass;
  }
}

function humanReadable(self: Value, decimal: Value = false, separator: Value = ''): string {
  const divisor = decimal === true ? 1000 : 1024;
  const suffix = decimal === true ? 'B' : 'iB';
  let size = Number(plain(self));
  if (Math.abs(size) < divisor) return `${size.toFixed(0)}${String(separator)}B`;
  for (const letter of 'KMGTP') {
    size /= divisor;
    if (Math.abs(size) < divisor) return oneDigit(size, `${String(separator)}${letter}${suffix}`);
  }
  return oneDigit(size / divisor, `${String(separator)}E${suffix}`);
}

const oneDigit = (value: number, unit: string): string => `${String(callMethod('{:0.1f}', 'format', value))}${unit}`;

// ---------------------------------------------------------------------------------------------------------------- URLs

/** Schemes with a host and a port of their own. */
const PORTS: Readonly<Record<string, bigint>> = { http: 80n, https: 443n, ws: 80n, wss: 443n, ftp: 21n };

/** URLs of which it is known how the library writes them: others are refused. */
const URL_FORM =
  /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(\d{1,4}))?(\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*)?(\?[A-Za-z0-9\-._~!$&()*+,;=:@%/?]*)?(#[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)?$/;

interface UrlParts {
  readonly scheme: string;
  readonly host: string;
  readonly port: bigint;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
  readonly text: string;
}

class PyUrl extends PyObject {
  readonly parts: UrlParts;
  constructor(cls: PyClass, parts: UrlParts) {
    super(cls);
    this.parts = parts;
  }
}

function partsOf(text: string): UrlParts {
  const [, given, domain, port, path = '/', query, fragment] = URL_FORM.exec(text) ?? [];
  const scheme = given?.toLowerCase();
  const known = scheme === undefined ? undefined : PORTS[scheme];
  const isOdd =
    /(^|\/)\.{1,2}(\/|$)|%2e/i.test(path) ||
    /(^|\.)(\d+|0x[0-9a-f]*)$/i.test(domain ?? '') ||
    /\.\.|xn--/i.test(domain ?? '');
  if (scheme === undefined || domain === undefined || known === undefined || isOdd)
    throw new Unsupported(`the URL ${repr(text)} of a model`);
  const host = domain.toLowerCase();
  const own = port === undefined ? known : BigInt(port);
  const shown = own === known ? '' : `:${own}`;
  return {
    scheme,
    host,
    port: own,
    path,
    query: query?.slice(1),
    fragment: fragment?.slice(1),
    text: `${scheme}://${host}${shown}${path}${query ?? ''}${fragment ?? ''}`,
  };
}

class UrlSchema extends Schema {
  readonly cls: PyClass;
  readonly schemes: readonly string[] | undefined;
  readonly most: number | undefined;
  constructor(cls: PyClass, schemes: readonly string[] | undefined, most: number | undefined) {
    super();
    this.cls = cls;
    this.schemes = schemes;
    this.most = most;
  }
  get name(): string {
    return 'function-wrap[wrap_val()]';
  }
  validate(input: Value, state: State): Value | Invalid {
    if (input instanceof PyUrl && input.cls === this.cls) return input;
    const text = input instanceof PyUrl ? input.parts.text : plain(input);
    if (typeof text !== 'string') return invalid('url_type', input);
    state.floor(Exactness.Lax);
    if (this.most !== undefined && text.length > this.most)
      return invalid('url_too_long', input, { max_length: BigInt(this.most) });
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && /^[\w./-]+$/.test(text))
      return invalid('url_parsing', input, { error: 'relative URL without a base' });
    const parts = partsOf(text);
    if (this.schemes !== undefined && !this.schemes.includes(parts.scheme))
      return invalid('url_scheme', input, { expected_schemes: this.schemes.map(one => `'${one}'`).join(' or ') });
    return new PyUrl(this.cls, parts);
  }
  override dump(value: Value, dump: Dump): Value {
    return dump.json && value instanceof PyUrl ? value.parts.text : value;
  }
  override accepts(value: Value): boolean {
    return value instanceof PyUrl && value.cls === this.cls;
  }
}

const anyUrlClass = libraryClass('AnyUrl', 'pydantic.networks');
const URLS: readonly (readonly [PyClass, readonly string[] | undefined, number | undefined])[] = [
  [anyUrlClass, undefined, undefined],
  [libraryClass('AnyHttpUrl', 'pydantic.networks', [anyUrlClass]), ['http', 'https'], undefined],
  [libraryClass('HttpUrl', 'pydantic.networks', [anyUrlClass]), ['http', 'https'], 2083],
];

// ----------------------------------------------------------------------------------------------------------- JsonValue

/** `JsonValue`: an alias for all that JSON can hold. */
export const jsonValue: PyObject = new PyTypeAlias(
  'JsonValue',
  'pydantic.types',
  [],
  new Deferred(() => {
    throw new Unsupported('the value of JsonValue');
  }),
);

export class JsonValueSchema extends Schema {
  readonly name = 'json-or-python[json=any,python=tagged-union[list,dict,str,bool,int,float,none]]';
  validate(input: Value, state: State): Value | Invalid {
    if (input instanceof PyList) {
      const made: Value[] = [];
      for (const [at, item] of input.items.entries()) {
        refuseUnknown(item);
        const valid = nested(() => this.validate(item, state));
        if (valid instanceof Invalid) return valid.within(BigInt(at)).within('list');
        made.push(valid);
      }
      return new PyList(made);
    }
    if (input instanceof PyDict) {
      const made = new PyDict();
      for (const [key, item] of input.entries()) {
        if (typeof key !== 'string') throw new Unsupported('a JsonValue with keys that are no texts');
        refuseUnknown(item);
        const valid = nested(() => this.validate(item, state));
        if (valid instanceof Invalid) return valid.within(key).within('dict');
        made.set(key, valid);
      }
      return made;
    }
    if (input === null || ['string', 'boolean', 'bigint', 'number'].includes(typeof input)) return input;
    return customInvalid('invalid-json-value', 'input was not a valid JSON value', input);
  }
}

// --------------------------------------------------------------------------------------------------------------- set-up

/** The classes of such types, by name. */
export function textTypes(): Record<string, Value> {
  defineConstructor(secretClass, 'SecretStr.__init__(secret_value)', (_own: PyClass, text: Value) => {
    if (typeof text !== 'string') throw new Unsupported(`SecretStr of a ${typeName(text)}`);
    return new PySecret(text);
  });
  defineMethods(secretClass, {
    'get_secret_value()': (self: PySecret) => self.text,
    '__len__()': (self: PySecret) => BigInt([...self.text].length),
    '__eq__(other)': (self: PySecret, other: Value) => other instanceof PySecret && other.text === self.text,
    '__hash__()': (self: PySecret) => hash(self.text),
    '__str__()': masked,
    '__repr__()': (self: PySecret) => `SecretStr(${repr(masked(self))})`,
  });
  defineMethods(byteSizeClass, {
    "human_readable(decimal=False, separator='')": humanReadable,
    'to(unit)': (self: Value, unit: Value) => {
      const factor = typeof unit === 'string' ? SIZES.get(unit.toLowerCase()) : undefined;
      if (factor === undefined) throw new Unsupported('ByteSize.to of another unit');
      return Number(plain(self)) / factor;
    },
  });
  for (const [cls, schemes, most] of URLS)
    defineConstructor(cls, `${cls.name}.__init__(url)`, (own: PyClass, text: Value) => {
      const known = URLS.find(one => one[0] === own);
      const made = known && new UrlSchema(own, schemes, most).validate(text, new State());
      if (made === undefined || made instanceof Invalid) throw new Unsupported(`${own.name} of this text`);
      return made;
    });
  const part = (get: (parts: UrlParts) => Value | undefined) => (self: PyUrl) => get(self.parts) ?? null;
  defineProperties(anyUrlClass, {
    scheme: part(parts => parts.scheme),
    host: part(parts => parts.host),
    port: part(parts => parts.port),
    path: part(parts => parts.path),
    query: part(parts => parts.query),
    fragment: part(parts => parts.fragment),
    username: () => null,
    password: () => null,
  });
  const compared = (self: PyUrl, other: Value, holds: (a: string, b: string) => boolean): Value =>
    other instanceof PyUrl && other.cls === self.cls ? holds(self.parts.text, other.parts.text) : NotImplemented;
  defineMethods(anyUrlClass, {
    'unicode_string()': (self: PyUrl) => self.parts.text,
    'unicode_host()': (self: PyUrl) => self.parts.host,
    '__str__()': (self: PyUrl) => self.parts.text,
    '__repr__()': (self: PyUrl) => `${self.cls.name}(${repr(self.parts.text)})`,
    '__len__()': (self: PyUrl) => BigInt(self.parts.text.length),
    '__hash__()': (self: PyUrl) => hash(self.parts.text),
    '__eq__(other)': (self: PyUrl, other: Value) =>
      other instanceof PyUrl && other.cls === self.cls && other.parts.text === self.parts.text,
    '__lt__(other)': (self: PyUrl, other: Value) => compared(self, other, (a, b) => a < b),
    '__gt__(other)': (self: PyUrl, other: Value) => compared(self, other, (a, b) => a > b),
  });
  return {
    SecretStr: secretClass,
    ByteSize: byteSizeClass,
    JsonValue: jsonValue,
    ...Object.fromEntries(URLS.map(([cls]) => [cls.name, cls])),
  };
}

/** The schema of one of these classes; undefined for any other. */
export function textTypeSchema(cls: PyClass): Schema | undefined {
  if (cls === secretClass) return new SecretSchema();
  if (cls === byteSizeClass) return new ByteSizeSchema();
  const url = URLS.find(one => one[0] === cls);
  return url === undefined ? undefined : new UrlSchema(...url);
}
