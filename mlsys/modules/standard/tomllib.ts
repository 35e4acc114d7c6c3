/** `tomllib`: TOML 1.0. A text that it would refuse is refused by name, with the line. */

import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, raise } from '../../python/runtime/errors';
import { absolutePath, refuseText } from '../../python/runtime/files';
import { nativeClass, PyBytes, PyList, type PyModule, PyObject, type Value } from '../../python/runtime/objects';
import { call, callMethod, getAttribute, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { fileOfText, noteOrigins, noteText, type Place } from '../files/origins';
import { builtinModule } from '../registry';
import { functions, moduleOf } from './support';

const DATE = /(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const TIME = /([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,6})\d*)?/;
const MOMENT = new RegExp(`${DATE.source}(?:[Tt ]${TIME.source}(?:([Zz])|([+-])([01]\\d|2[0-3]):([0-5]\\d))?)?`, 'y');
const CLOCK = new RegExp(TIME.source, 'y');
const NUMBER =
  /(0x[\dA-Fa-f](?:_?[\dA-Fa-f])*|0b[01](?:_?[01])*|0o[0-7](?:_?[0-7])*)|([+-]?(?:0|[1-9](?:_?\d)*))((?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)/y;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

/** How a table or key came to be, which decides what may be added to it. */
interface Mark {
  /** Declared by a header of its own. */
  declared: boolean;
  /** An inline table or array, or a value: nothing is added. */
  closed: boolean;
  readonly parts: Map<string, Mark>;
}

const mark = (): Mark => ({ declared: false, closed: false, parts: new Map() });

class Reader {
  readonly #text: string;
  readonly #parseFloat: Value;
  readonly #places = new Map<PyDict | PyList, Map<Value, Place>>();
  #at = 0;

  constructor(text: string, convert: Value) {
    this.#text = text;
    this.#parseFloat = convert;
  }

  document(): PyDict {
    const root = new PyDict();
    const marks = mark();
    let table = root;
    let own = marks;
    for (;;) {
      this.#skip(true);
      const char = this.#text[this.#at];
      if (char === undefined) break;
      vm.step(10);
      if (char === '[') [table, own] = this.#header(root, marks);
      else this.#pair(table, own);
      this.#skip(false);
      this.#comment();
      const end = this.#text[this.#at];
      if (end !== undefined && end !== '\n') this.#refuse('a new line is wanted after a statement');
    }
    for (const [container, places] of this.#places) noteOrigins(container, this.#text, places);
    return root;
  }

  #refuse(why: string): never {
    throw refuseText('TOML', this.#text, this.#at, why);
  }

  /** Blanks; with `lines` also line ends and comments. */
  #skip(lines: boolean): void {
    for (;;) {
      const char = this.#text[this.#at];
      if (char === ' ' || char === '\t' || (lines && char === '\n')) this.#at++;
      else if (lines && char === '#') this.#comment();
      else return;
    }
  }

  #comment(): void {
    if (this.#text[this.#at] !== '#') return;
    const end = this.#text.indexOf('\n', this.#at);
    const comment = this.#text.slice(this.#at, end < 0 ? undefined : end);
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(comment)) this.#refuse('a comment with a control character');
    this.#at += comment.length;
  }

  #expect(text: string): void {
    if (!this.#text.startsWith(text, this.#at)) this.#refuse(`${text} is wanted`);
    this.#at += text.length;
  }

  #header(root: PyDict, marks: Mark): [PyDict, Mark] {
    const isArray = this.#text.startsWith('[[', this.#at);
    this.#at += isArray ? 2 : 1;
    this.#skip(false);
    const key = this.#key();
    this.#skip(false);
    this.#expect(isArray ? ']]' : ']');
    let [table, own] = [root, marks];
    key.forEach((part, at) => {
      const isLast = at === key.length - 1;
      const found = table.get(part);
      if (isArray && isLast) {
        if (found === undefined) table.set(part, new PyList([]));
        const list = table.get(part);
        if (!(list instanceof PyList) || own.parts.get(part)?.closed === true)
          this.#refuse('the key has a value already');
        const made = new PyDict();
        list.items.push(made);
        own.parts.set(part, mark());
        [table, own] = [made, own.parts.get(part)!];
        own.declared = true;
        return;
      }
      let next = own.parts.get(part);
      if (next === undefined) {
        next = mark();
        own.parts.set(part, next);
      }
      if (found === undefined) table.set(part, new PyDict());
      let inner: Value = table.get(part)!;
      if (inner instanceof PyList) inner = inner.items.at(-1) ?? null;
      if (!(inner instanceof PyDict) || next.closed) this.#refuse('the key has a value already');
      if (isLast) {
        if (next.declared || dotted.has(next) || found instanceof PyList) this.#refuse('the table is declared twice');
        next.declared = true;
      }
      [table, own] = [inner, next];
    });
    return [table, own];
  }

  #pair(table: PyDict, marks: Mark): void {
    const key = this.#key();
    this.#skip(false);
    if (this.#text[this.#at] !== '=') this.#refuse('= is wanted after a key');
    this.#at++;
    this.#skip(false);
    const from = this.#at;
    const value = this.#value();
    let [into, own] = [table, marks];
    for (const part of key.slice(0, -1)) {
      let next = own.parts.get(part);
      if (next === undefined) {
        next = mark();
        own.parts.set(part, next);
      } else if (next.declared) this.#refuse('the table is declared elsewhere');
      if (!into.has(part)) into.set(part, new PyDict());
      const inner = into.get(part)!;
      if (!(inner instanceof PyDict) || next.closed) this.#refuse('the key has a value already');
      [into, own] = [inner, next];
    }
    const last = key[key.length - 1]!;
    if (into.has(last)) this.#refuse(`the key ${last} stands twice`);
    into.set(last, value);
    // Tables that dotted keys made cannot be declared by a header.
    for (let [at, step] = [marks, 0]; step < key.length - 1; step++) {
      at = at.parts.get(key[step]!)!;
      dotted.add(at);
    }
    const closed = mark();
    closed.closed = true;
    own.parts.set(last, closed);
    const places = this.#places.get(into) ?? new Map<Value, Place>();
    places.set(last, [from, this.#at]);
    this.#places.set(into, places);
  }

  #key(): string[] {
    const parts: string[] = [];
    for (;;) {
      const char = this.#text[this.#at];
      if (char === '"' || char === "'") {
        if (this.#text.startsWith(char.repeat(3), this.#at) && this.#text[this.#at + 2] === char)
          this.#refuse('a key of several lines');
        parts.push(this.#string());
      } else {
        BARE.lastIndex = this.#at;
        const found = BARE.exec(this.#text);
        if (found === null) return this.#refuse('a key is wanted');
        this.#at += found[0].length;
        parts.push(found[0]);
      }
      this.#skip(false);
      if (this.#text[this.#at] !== '.') return parts;
      this.#at++;
      this.#skip(false);
    }
  }

  #value(): Value {
    vm.step(8);
    vm.enter();
    try {
      return this.#any();
    } finally {
      vm.leave();
    }
  }

  #any(): Value {
    const text = this.#text;
    switch (text[this.#at]) {
      case '"':
      case "'":
        return this.#string();
      case '[':
        return this.#array();
      case '{':
        return this.#table();
    }
    for (const [word, value] of WORDS)
      if (text.startsWith(word, this.#at) && !/[\w.-]/.test(text[this.#at + word.length] ?? '')) {
        this.#at += word.length;
        return typeof value === 'number' && this.#parseFloat !== null ? call(this.#parseFloat, [word]) : value;
      }
    return this.#moment() ?? this.#number() ?? this.#refuse('a value is wanted');
  }

  #moment(): Value | undefined {
    const module = builtinModule('datetime')!;
    const make = (name: string, args: Value[], keywords?: ReadonlyMap<string, Value>) =>
      call(getAttribute(module, name), args, keywords);
    const numbers = (parts: readonly (string | undefined)[]) => parts.map(part => BigInt(part ?? 0));
    const micro = (digits: string | undefined) => BigInt((digits ?? '').padEnd(6, '0'));
    MOMENT.lastIndex = this.#at;
    const found = MOMENT.exec(this.#text);
    if (found !== null) {
      this.#at += found[0].length;
      const [, year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes] = found;
      const date = numbers([year, month, day]);
      if (hour === undefined) return make('date', date);
      let zone: Value = null;
      if (utc !== undefined) zone = getAttribute(getAttribute(module, 'timezone'), 'utc');
      else if (sign !== undefined) {
        const factor = sign === '-' ? -1n : 1n;
        const delta = new Map<string, Value>([
          ['hours', factor * BigInt(hours!)],
          ['minutes', factor * BigInt(minutes!)],
        ]);
        zone = make('timezone', [make('timedelta', [], delta)]);
      }
      return make(
        'datetime',
        [...date, ...numbers([hour, minute, second]), micro(fraction)],
        new Map([['tzinfo', zone]]),
      );
    }
    CLOCK.lastIndex = this.#at;
    const clock = CLOCK.exec(this.#text);
    if (clock === null) return undefined;
    this.#at += clock[0].length;
    return make('time', [...numbers(clock.slice(1, 4)), micro(clock[4])]);
  }

  #number(): Value | undefined {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text);
    if (found === null || found[0] === '') return undefined;
    this.#at += found[0].length;
    if (/[\w.]/.test(this.#text[this.#at] ?? '')) this.#refuse('a number is wanted');
    const [whole, based, integer, rest] = found;
    if (based !== undefined) return BigInt(based.replaceAll('_', ''));
    if (rest === '') {
      const digits = integer!.replaceAll('_', '');
      return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''));
    }
    // The text that a function of the author gets keeps its underscores.
    return this.#parseFloat === null ? Number(whole.replaceAll('_', '')) : call(this.#parseFloat, [whole]);
  }

  #array(): Value {
    this.#at++;
    const items: Value[] = [];
    const places = new Map<Value, Place>();
    for (;;) {
      this.#skip(true);
      if (this.#text[this.#at] === ']') break;
      const from = this.#at;
      items.push(this.#value());
      places.set(BigInt(items.length - 1), [from, this.#at]);
      this.#skip(true);
      if (this.#text[this.#at] === ',') this.#at++;
      else if (this.#text[this.#at] !== ']') this.#refuse('the array is not closed');
    }
    this.#at++;
    vm.charge(100);
    const list = new PyList(items);
    this.#places.set(list, places);
    return list;
  }

  #table(): Value {
    this.#at++;
    const table = new PyDict();
    const marks = mark();
    this.#skip(false);
    if (this.#text[this.#at] !== '}')
      for (;;) {
        this.#pair(table, marks);
        this.#skip(false);
        if (this.#text[this.#at] === '}') break;
        this.#expect(',');
        this.#skip(false);
      }
    this.#at++;
    vm.charge(200);
    return table;
  }

  #string(): string {
    const quote = this.#text[this.#at]!;
    const isLong = this.#text.startsWith(quote.repeat(3), this.#at);
    this.#at += isLong ? 3 : 1;
    if (isLong && this.#text[this.#at] === '\n') this.#at++;
    let made = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || (char === '\n' && !isLong)) return this.#refuse('the text is not closed');
      if (char === quote && (!isLong || this.#text.startsWith(quote.repeat(3), this.#at))) {
        this.#at += isLong ? 3 : 1;
        // Up to two quotes may stand in front of the closing ones.
        for (let more = 0; isLong && more < 2 && this.#text[this.#at] === quote; more++, this.#at++) made += quote;
        return made;
      }
      if (/[\0-\x08\x0b-\x1f\x7f]/.test(char)) return this.#refuse('a control character in a text');
      this.#at++;
      if (char !== '\\' || quote === "'") {
        made += char;
        continue;
      }
      made += this.#escape(isLong);
    }
  }

  #escape(isLong: boolean): string {
    const rest = /^[ \t]*\n[ \t\n]*/.exec(this.#text.slice(this.#at, this.#at + 4096));
    if (isLong && rest !== null) {
      this.#at += rest[0].length;
      return '';
    }
    const char = this.#text[this.#at++] ?? '';
    const known = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
    if (known !== undefined) return known;
    const size = char === 'u' ? 4 : char === 'U' ? 8 : 0;
    const digits = this.#text.slice(this.#at, this.#at + size);
    const code = Number.parseInt(digits, 16);
    if (
      size === 0 ||
      !/^[\dA-Fa-f]+$/.test(digits) ||
      digits.length < size ||
      code > 0x10ffff ||
      (code >= 0xd800 && code < 0xe000)
    )
      return this.#refuse('an escape that is none');
    this.#at += size;
    return String.fromCodePoint(code);
  }
}

const BARE = /[A-Za-z0-9_-]+/y;
const dotted = new WeakSet<Mark>();
const WORDS: readonly (readonly [string, Value])[] = [
  ['true', true],
  ['false', false],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['+nan', Number.NaN],
  ['-nan', Number.NaN],
];

function loads(text: Value, convert: Value | undefined): Value {
  if (typeof text !== 'string') throw raise('TypeError', `Expected str object, not '${typeName(text)}'`);
  vm.work(text.length);
  const plain = text.replaceAll('\r\n', '\n');
  const file = plain === text ? undefined : fileOfText(text);
  if (file !== undefined) noteText(plain, file);
  return new Reader(plain, convert ?? null).document();
}

/** The path of a file that `open` has opened and nothing was read of yet. */
function pathOf(file: Value): string | undefined {
  if (!(file instanceof PyObject) || file.cls.module !== '_io' || file.cls.name !== 'BufferedReader') return undefined;
  const name = getAttribute(file, 'name');
  return typeof name === 'string' && callMethod(file, 'tell') === 0n ? absolutePath(name) : undefined;
}

export function loadTomllib(): PyModule {
  return tomlModule('tomllib');
}

/** The package that `tomllib` was taken from; books for older versions of Python import it. */
export function loadTomli(): PyModule {
  return tomlModule('tomli');
}

function tomlModule(name: string): PyModule {
  return moduleOf(name, {
    TOMLDecodeError: nativeClass('TOMLDecodeError', [exceptionClassOf('ValueError')], name),
    ...functions({
      'load(fp, /, *, parse_float=None)': (file: Value, convert?: Value) => {
        const path = pathOf(file);
        const read = callMethod(file, 'read');
        if (!(read instanceof PyBytes))
          throw raise('TypeError', "File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`");
        const text = callMethod(read, 'decode');
        if (path !== undefined) noteText(String(text), path);
        return loads(text, convert);
      },
      'loads(s, /, *, parse_float=None)': loads,
    }),
  });
}
