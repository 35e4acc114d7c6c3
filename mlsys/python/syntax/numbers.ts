/** Number literals: where they end, what is wrong with them, what they are worth. */
import type { ConstantValue } from './ast';
import { SyntaxFault } from './faults';
import { IDENTIFIER, isDigit } from './tokens';

const RADIX = /0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const DECIMAL = /(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
/** Keywords that may follow a number without a blank: `1if x else 2`. */
const AFTER_NUMBER = /(?:and|else|for|if|in|is|not|or)(?!\p{XID_Continue})/uy;
/** Digits alone, or a radix and its digits. */
const INTEGER = /^(?:\d+|0[xXoObB].*)$/;
const RADIX_NAMES: Readonly<Record<string, string>> = { x: 'hexadecimal', o: 'octal', b: 'binary' };

function fault(message: string, start: number, end: number): SyntaxFault {
  return new SyntaxFault(message, start, end, 'SyntaxError', true);
}

/** Offset after the number literal at `start`; throws CPython's complaint about a malformed one. */
export function scanNumber(source: string, start: number): number {
  const radix = RADIX_NAMES[source[start] === '0' ? (source[start + 1] ?? '').toLowerCase() : ''];
  const pattern = radix === undefined ? DECIMAL : RADIX;
  pattern.lastIndex = start;
  const match = pattern.exec(source);
  if (match === null) {
    const digit = source[start + 2] === '_' ? source[start + 3] : source[start + 2];
    if (radix !== 'hexadecimal' && digit !== undefined && isDigit(digit.charCodeAt(0)))
      throw fault(`invalid digit '${digit}' in ${radix} literal`, start, start + 3);
    throw fault(`invalid ${radix} literal`, start, start + 2);
  }
  const end = pattern.lastIndex;
  if (radix === undefined && /^0[\d_]*[1-9][\d_]*$/.test(match[0]))
    throw fault(
      'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
      start,
      start + 1,
    );
  checkEnd(source, start, end, match[0], radix);
  return end;
}

function checkEnd(source: string, start: number, end: number, text: string, radix: string | undefined): void {
  const next = source[end];
  if (next === undefined) return;
  if (radix !== undefined && radix !== 'hexadecimal' && isDigit(next.charCodeAt(0)))
    throw fault(`invalid digit '${next}' in ${radix} literal`, start, end + 1);
  IDENTIFIER.lastIndex = end;
  if (!IDENTIFIER.test(source)) return;
  AFTER_NUMBER.lastIndex = end;
  if (AFTER_NUMBER.test(source)) return;
  const kind = radix ?? (/[jJ]$/.test(text) ? 'imaginary' : 'decimal');
  throw fault(`invalid ${kind} literal`, start, end);
}

/** The value of a number literal. */
export function numberValue(literal: string): ConstantValue {
  const text = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  if (INTEGER.test(text)) return BigInt(text);
  return /[jJ]$/.test(text) ? { type: 'complex', imag: Number(text.slice(0, -1)) } : Number(text);
}
