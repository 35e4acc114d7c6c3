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

/** Letters whose full upper case is that of another letter, though of several characters. */
const SAME_UPPER: ReadonlyMap<number, number> = new Map([
  [0x1fd3, 0x390],
  [0x1fe3, 0x3b0],
  [0xfb06, 0xfb05],
]);

const cased = new Map<number, number>();

/** The code point that stands for all letters with one upper case, such as `s` for the long s as well. */
function caseCode(code: number): number {
  let known = cased.get(code);
  if (known === undefined) {
    // The dotted capital I has a simple lower case that its full one is not.
    const lower = code === 0x130 ? 0x69 : foldCode(code);
    const [upper, ...more] = String.fromCodePoint(lower).toUpperCase();
    known = more.length === 0 ? foldCode(upper!.codePointAt(0)!) : (SAME_UPPER.get(lower) ?? lower);
    cased.set(code, known);
  }
  return known;
}

/** How characters are compared where case does not count; with `ascii` only that of ASCII's letters. */
export function sameCase(ascii: boolean): (code: number) => number {
  return ascii ? code => (code < 128 ? foldCode(code) : code) : caseCode;
}

/** Code points that have the same case as this one; itself included. */
export function casesOf(code: number, ascii: boolean): number[] {
  const folded = sameCase(ascii)(code);
  const char = String.fromCodePoint(folded);
  const forms = [code, folded];
  if (ascii && code >= 128) return [code];
  if (!ascii && folded === 0x69) forms.push(0x130, 0x131);
  if (!ascii && folded === 0x73) forms.push(0x17f);
  if (!ascii && folded === 0x6b) forms.push(0x212a);
  for (const form of [char.toUpperCase(), char.toLowerCase()]) {
    const points = [...form];
    if (points.length === 1) forms.push(points[0]!.codePointAt(0)!);
  }
  return [...new Set(forms)];
}
