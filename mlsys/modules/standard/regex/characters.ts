/** Classes of characters as Python's `re` sees them, for code points. */
import { isSpace } from '../../../python/runtime/text/casing';

const WORD = /[\p{L}\p{N}_]/u;
const DECIMAL = /\p{Nd}/u;

export type Test = (code: number) => boolean;

const isAsciiDigit: Test = code => code >= 48 && code <= 57;
const isAsciiWord: Test = code =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isAsciiDigit(code);
const isAsciiSpace: Test = code => code === 32 || (code >= 9 && code <= 13);

/** `\d`, `\w`, `\s`; `ascii` restricts them to ASCII. */
export function category(letter: string, ascii: boolean): Test {
  const lower = letter.toLowerCase();
  const base = lower === 'd' ? isAsciiDigit : lower === 'w' ? isAsciiWord : isAsciiSpace;
  const wide: Test = code => {
    if (code < 128) return base(code) || (lower === 's' && code >= 28 && code <= 31);
    const char = String.fromCodePoint(code);
    return lower === 'd' ? DECIMAL.test(char) : lower === 'w' ? WORD.test(char) : isSpace(char);
  };
  const test = ascii ? base : wide;
  return letter === lower ? test : code => !test(code);
}

const lowered = new Map<number, number>();

/** The code point that stands for all cases of a character. */
export function foldCode(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  let folded = lowered.get(code);
  if (folded === undefined) {
    const lower = String.fromCodePoint(code).toLowerCase();
    folded = [...lower].length === 1 ? lower.codePointAt(0)! : code;
    lowered.set(code, folded);
  }
  return folded;
}

/** Code points that fold to the same as this one; itself included. */
export function casesOf(code: number): number[] {
  const char = String.fromCodePoint(code);
  const forms = [code, foldCode(code)];
  for (const form of [char.toUpperCase(), char.toLowerCase()]) {
    const points = [...form];
    if (points.length === 1) forms.push(points[0]!.codePointAt(0)!);
  }
  return [...new Set(forms)];
}
