/** `repr` of strings and bytes. */
import { vm } from '../vm';

const UNPRINTABLE = /[\p{C}\p{Z}]/u;
/** Code points that can never need an escape: printable ASCII without quotes and backslash. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** `str.isprintable` of one character. */
export function isPrintable(char: string): boolean {
  return char === ' ' || !UNPRINTABLE.test(char);
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

function escaped(code: number): string {
  if (code === 10) return '\\n';
  if (code === 13) return '\\r';
  if (code === 9) return '\\t';
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** After so many characters the clock is asked. */
const BLOCK = 8192;

/** `repr(text)`; `ascii` escapes all beyond ASCII as well. */
export function reprString(text: string, ascii = false): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  let left = BLOCK;
  for (const char of text) {
    if (--left === 0) {
      vm.step(BLOCK / 16);
      left = BLOCK;
    }
    const code = char.codePointAt(0)!;
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (code < 128) out += code < 32 || code === 127 ? escaped(code) : char;
    else out += ascii || !isPrintable(char) ? escaped(code) : char;
  }
  return out + quote;
}

/** `repr` of bytes. */
export function reprBytes(data: Uint8Array): string {
  const quote = data.includes(39) && !data.includes(34) ? '"' : "'";
  let out = `b${quote}`;
  let left = BLOCK;
  for (const byte of data) {
    if (--left === 0) {
      vm.step(BLOCK / 16);
      left = BLOCK;
    }
    const char = String.fromCharCode(byte);
    if (char === quote || char === '\\') out += `\\${char}`;
    else out += byte < 32 || byte >= 127 ? escaped(byte) : char;
  }
  return out + quote;
}
