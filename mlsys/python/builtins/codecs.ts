/** Encoding and decoding of text: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32. */
import { raise, Unsupported } from '../runtime/errors';
import { PyBytes, type Value } from '../runtime/objects';
import { typeName } from '../runtime/operations';
import { vm } from '../runtime/vm';
import { textOf } from './support';

function codecOf(encoding: string | undefined): string {
  const name = (encoding ?? 'utf-8').toLowerCase().replace(/[_ ]/g, '-');
  switch (name) {
    case 'utf-8':
    case 'utf8':
    case 'u8':
      return 'utf-8';
    case 'ascii':
    case 'us-ascii':
    case '646':
      return 'ascii';
    case 'latin-1':
    case 'latin1':
    case 'iso-8859-1':
    case 'iso8859-1':
    case 'l1':
      return 'latin-1';
    case 'utf-16':
    case 'utf-16-le':
    case 'utf-16-be':
    case 'utf-32':
    case 'utf-32-le':
    case 'utf-32-be':
      return name;
    default:
      throw new Unsupported(`the encoding ${encoding}`, 'use utf-8, ascii or latin-1');
  }
}

const OTHER_HANDLERS = ['namereplace', 'surrogateescape', 'surrogatepass'];

/** The error for a handler that CPython has not, or that is not computed here. */
function unknownHandler(name: string): Error {
  if (OTHER_HANDLERS.includes(name)) return new Unsupported(`the error handler ${name}`);
  return raise('LookupError', `unknown error handler name '${name}'`);
}

/** Bytes as the text of a number: those beyond ASCII are no digits, and like separators no blanks either. */
export function bytesAsNumeral(value: Value | undefined): string | undefined {
  if (!(value instanceof PyBytes)) return undefined;
  return decodeBytes(value.data, 'latin-1').replace(/[\x1c-\x1f\x80-\xff]/g, '?');
}

/** Refuses an encoding or an error handler that is no str. */
export function checkCodecNames(name: string, encoding: Value | undefined, errors: Value | undefined): void {
  for (const [what, value] of [
    ['encoding', encoding],
    ['errors', errors],
  ] as const)
    if (value !== undefined && textOf(value) === undefined)
      throw raise(
        'TypeError',
        `${name}() argument '${what}' must be str, not ${value === null && name !== 'str' ? 'None' : typeName(value)}`,
      );
}

function encodeUtf8(text: string): number[] {
  const out: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return out;
}

/** What stands for a character that the encoding lacks. */
function substitute(
  char: string,
  range: readonly [number, number],
  codec: string,
  reason: string,
  errors: string,
  text: string,
): string {
  const code = char.codePointAt(0)!;
  switch (errors) {
    case 'ignore':
      return '';
    case 'replace':
      return '?';
    case 'backslashreplace':
      return code < 256
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : code < 0x10000
          ? `\\u${code.toString(16).padStart(4, '0')}`
          : `\\U${code.toString(16).padStart(8, '0')}`;
    case 'xmlcharrefreplace':
      return `&#${code};`;
    case 'strict':
      throw raise('UnicodeEncodeError', codec, text, BigInt(range[0]), BigInt(range[1]), reason);
    default:
      throw unknownHandler(errors);
  }
}

function encodeWide(text: string, codec: string): number[] {
  const wide = codec.startsWith('utf-32') ? 4 : 2;
  const big = codec.endsWith('-be');
  const units: number[] = codec === 'utf-16' || codec === 'utf-32' ? [0xfeff] : [];
  for (const char of text) {
    if (wide === 4) units.push(char.codePointAt(0)!);
    else for (let at = 0; at < char.length; at++) units.push(char.charCodeAt(at));
  }
  const bytes = (unit: number) => Array.from({ length: wide }, (_, at) => (unit >>> (8 * at)) & 255);
  return units.flatMap(unit => (big ? bytes(unit).reverse() : bytes(unit)));
}

/** `text.encode(encoding, errors)` */
export function encodeText(text: string, encoding?: string, errors = 'strict'): Uint8Array {
  const codec = codecOf(encoding);
  vm.charge(text.length);
  vm.step(3 * text.length);
  if (codec.startsWith('utf-1') || codec.startsWith('utf-3')) return Uint8Array.from(encodeWide(text, codec));
  const limit = codec === 'utf-8' ? 0x110000 : codec === 'ascii' ? 128 : 256;
  const out: number[] = [];
  let at = 0;
  const chars = Array.from(text);
  const encodable = (char: string) => {
    const code = char.codePointAt(0)!;
    return code < limit && !(codec === 'utf-8' && code >= 0xd800 && code <= 0xdfff);
  };
  for (const char of chars) {
    const code = char.codePointAt(0)!;
    const lone = code >= 0xd800 && code <= 0xdfff;
    if (code < limit && !(lone && codec === 'utf-8')) {
      if (codec === 'utf-8') out.push(...encodeUtf8(char));
      else out.push(code);
    } else {
      const reason = codec === 'utf-8' ? 'surrogates not allowed' : `ordinal not in range(${limit})`;
      let end = at + 1;
      while (end < chars.length && !encodable(chars[end]!)) end++;
      for (const one of substitute(char, [at, end], codec, reason, errors, text)) out.push(one.charCodeAt(0));
    }
    at++;
  }
  return Uint8Array.from(out);
}

function decodeError(codec: string, data: Uint8Array, from: number, to: number, reason: string) {
  return raise('UnicodeDecodeError', codec, new PyBytes(data), BigInt(from), BigInt(to), reason);
}

/** `data.decode(encoding, errors)` */
export function decodeBytes(data: Uint8Array, encoding?: string, errors = 'strict'): string {
  if (OTHER_HANDLERS.includes(errors)) throw unknownHandler(errors);
  const codec = codecOf(encoding);
  vm.chargeTexts(data.length);
  vm.step(2 * data.length);
  if (codec === 'utf-8') return decodeUtf8(data, errors);
  if (codec.startsWith('utf-')) return decodeWide(data, codec);
  let out = '';
  data.forEach((byte, at) => {
    if (byte < 128 || codec === 'latin-1') out += String.fromCharCode(byte);
    else if (errors === 'ignore') return;
    else if (errors === 'replace') out += '\ufffd';
    else if (errors === 'backslashreplace') out += `\\x${byte.toString(16)}`;
    else throw decodeError('ascii', data, at, at + 1, 'ordinal not in range(128)');
  });
  return out;
}

function decodeWide(data: Uint8Array, codec: string): string {
  const wide = codec.startsWith('utf-32') ? 4 : 2;
  let big = codec.endsWith('-be');
  const read = (at: number) => {
    let unit = 0;
    for (let k = 0; k < wide; k++) unit = unit * 256 + data[big ? at + k : at + wide - 1 - k]!;
    return unit;
  };
  let at = 0;
  if (codec === 'utf-16' || codec === 'utf-32') {
    if (data.length >= wide) {
      if (read(0) === 0xfeff) at = wide;
      else {
        big = true;
        if (read(0) === 0xfeff) at = wide;
        else big = false;
      }
    }
  }
  let out = '';
  for (; at + wide <= data.length; at += wide)
    out += wide === 2 ? String.fromCharCode(read(at)) : String.fromCodePoint(read(at));
  if (at < data.length) throw decodeError(codec, data, at, data.length, 'truncated data');
  return out;
}

function decodeUtf8(data: Uint8Array, errors: string): string {
  let out = '';
  let at = 0;
  while (at < data.length) {
    const byte = data[at]!;
    if (byte < 128) {
      out += String.fromCharCode(byte);
      at++;
      continue;
    }
    const size = sequenceSize(byte);
    let end = at + 1;
    while (end < at + size && end < data.length && validContinuation(data, at, end)) end++;
    if (size > 0 && end === at + size) {
      let code = byte & (size === 2 ? 31 : size === 3 ? 15 : 7);
      for (let k = at + 1; k < end; k++) code = (code << 6) | (data[k]! & 63);
      out += String.fromCodePoint(code);
    } else {
      const reason =
        size === 0
          ? 'invalid start byte'
          : end === data.length
            ? 'unexpected end of data'
            : 'invalid continuation byte';
      if (errors === 'strict') throw decodeError('utf-8', data, at, end, reason);
      out += invalidBytes(data.subarray(at, end), errors);
    }
    at = end;
  }
  return out;
}

/** Bytes of the sequence that a byte begins; zero where it can begin none. */
function sequenceSize(first: number): number {
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

/** What stands for bytes that are no text, by the name of an error handler other than `strict`. */
function invalidBytes(bytes: Uint8Array, errors: string): string {
  switch (errors) {
    case 'replace':
      return '\ufffd';
    case 'backslashreplace':
      return [...bytes].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    case 'ignore':
      return '';
    default:
      throw unknownHandler(errors);
  }
}

function validContinuation(data: Uint8Array, start: number, at: number): boolean {
  const byte = data[at]!;
  if (byte < 0x80 || byte > 0xbf) return false;
  if (at !== start + 1) return true;
  const first = data[start]!;
  if (first === 0xe0) return byte >= 0xa0;
  if (first === 0xed) return byte < 0xa0;
  if (first === 0xf0) return byte >= 0x90;
  return first !== 0xf4 || byte < 0x90;
}
