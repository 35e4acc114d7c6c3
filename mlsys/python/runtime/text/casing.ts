/** Case, character classes and white space as Python's str knows them. */

/** What `str.isspace` and `split()` count as white space. */
export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`^[${SPACE}]+$`);
const SPACE_CHAR = new RegExp(`[${SPACE}]`);
const ALPHABETIC = /^\p{L}+$/u;
const DECIMAL = /^\p{Nd}+$/u;
/** Decimal digits and the superscripts, subscripts and circled digits that Unicode calls digits. */
const DIGIT =
  /^[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u;
/** All numbers, and the ideographs that stand for one. */
const NUMERIC =
  /^[\p{N}\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e24\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0\u4edf\u4ee8\u4f0d\u4f70\u5104\u5146\u5169\u516b\u516d\u5341\u5343\u5344\u5345\u534c\u53c1-\u53c4\u56db\u58f1\u58f9\u5e7a\u5efe\u5eff\u5f0c-\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u9621\u9646\u964c\u9678\u96f6]+$/u;
const CASED = /[\p{Uppercase}\p{Lowercase}\p{Lt}]/u;
const UPPER = /\p{Uppercase}/u;
const LOWER = /\p{Lowercase}/u;
const TITLE = /\p{Lt}/u;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

export const isSpace = (text: string): boolean => SPACES.test(text);
export const isAlphabetic = (text: string): boolean => ALPHABETIC.test(text);
export const isDecimal = (text: string): boolean => DECIMAL.test(text);
export const isDigit = (text: string): boolean => DIGIT.test(text);
export const isNumeric = (text: string): boolean => NUMERIC.test(text);
export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

/** True for one character of white space. */
export function isSpaceAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return SPACE_CHAR.test(text[at]!);
}

/** `str.lstrip` without arguments. */
export function stripLeft(text: string): string {
  let from = 0;
  while (from < text.length && isSpaceAt(text, from)) from++;
  return from === 0 ? text : text.slice(from);
}

/** `str.rstrip` without arguments: a loop, as a pattern for the end of a text would start anew at each of its blanks. */
export function stripRight(text: string): string {
  let to = text.length;
  while (to > 0 && isSpaceAt(text, to - 1)) to--;
  return to === text.length ? text : text.slice(0, to);
}

/** `str.isalnum` */
export function isAlphanumeric(text: string): boolean {
  if (text === '') return false;
  for (const char of text) if (!ALPHABETIC.test(char) && !NUMERIC.test(char)) return false;
  return true;
}

/** `str.isupper`: some cased character, and none of the other case. */
export function isUpper(text: string): boolean {
  return UPPER.test(text) && !LOWER.test(text) && !TITLE.test(text);
}

/** `str.islower` */
export function isLower(text: string): boolean {
  return LOWER.test(text) && !UPPER.test(text) && !TITLE.test(text);
}

/** True for a letter that has a case. */
export function isCased(char: string): boolean {
  return CASED.test(char);
}

/** Characters whose title case differs from their upper case. */
const TITLE_CASE: ReadonlyMap<string, string> = new Map([
  ['\u01c4', '\u01c5'],
  ['\u01c5', '\u01c5'],
  ['\u01c6', '\u01c5'],
  ['\u01c7', '\u01c8'],
  ['\u01c8', '\u01c8'],
  ['\u01c9', '\u01c8'],
  ['\u01ca', '\u01cb'],
  ['\u01cb', '\u01cb'],
  ['\u01cc', '\u01cb'],
  ['\u01f1', '\u01f2'],
  ['\u01f2', '\u01f2'],
  ['\u01f3', '\u01f2'],
]);

/** Greek letters with an iota below, which a title keeps there. */
const IOTA_BELOW = /^[\u1f80-\u1faf\u1fb3\u1fbc\u1fc3\u1fcc\u1ff3\u1ffc]$/;
/** The same with an accent: there is no one letter for these. */
const IOTA_AND_ACCENT = /^[\u1fb2\u1fb4\u1fb7\u1fc2\u1fc4\u1fc7\u1ff2\u1ff4\u1ff7]$/;
/** Georgian has capitals for whole words alone. */
const GEORGIAN = /^[\u10d0-\u10ff]$/;

/** The title case of one character: of a ligature or `ß` only the first letter is upper case. */
export function titleCase(char: string): string {
  const special = TITLE_CASE.get(char);
  if (special !== undefined) return special;
  if (GEORGIAN.test(char)) return char;
  if (IOTA_BELOW.test(char)) {
    const code = char.charCodeAt(0);
    return String.fromCharCode(code < 0x1fb0 ? code | 8 : (code & ~0xf) | 0xc);
  }
  if (IOTA_AND_ACCENT.test(char)) return char.toUpperCase().replace('\u0399', '\u0345');
  if (char === '\u0149') return char.toUpperCase();
  const upper = char.toUpperCase();
  if (upper.length <= char.length) return upper;
  const [first, ...rest] = upper;
  return first + rest.join('').toLowerCase();
}

/** `str.title` */
export function toTitle(text: string): string {
  let out = '';
  let inWord = false;
  let at = 0;
  for (const char of text) {
    if (!inWord) out += titleCase(char);
    // The lower case of a capital sigma depends on what follows.
    else out += char === 'Σ' ? lowerSigma(text, at) : char.toLowerCase();
    inWord = isCased(char);
    at += char.length;
  }
  return out;
}

/** A capital sigma at the end of a word becomes the final form. */
function lowerSigma(text: string, at: number): string {
  const next = /^\p{Case_Ignorable}*(.)/u.exec(text.slice(at + 1))?.[1];
  return next !== undefined && isCased(next) ? 'σ' : 'ς';
}

/** `str.casefold` */
export function foldCase(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (const char of text) {
    const upper = char.toUpperCase();
    const folded = Array.from(upper, one => one.toLowerCase()).join('');
    out += char === 'ı' ? char : folded;
  }
  return out;
}

/** `str.swapcase` */
export function swapCase(text: string): string {
  let out = '';
  let at = 0;
  for (const char of text) {
    if (char === 'Σ') out += at > 0 && isCased(text[at - 1]!) ? lowerSigma(text, at) : 'σ';
    else out += UPPER.test(char) ? char.toLowerCase() : LOWER.test(char) ? char.toUpperCase() : char;
    at += char.length;
  }
  return out;
}

/** `str.capitalize` */
export function capitalize(text: string): string {
  const [first] = text;
  if (first === undefined) return '';
  const rest = text.slice(first.length);
  return titleCase(first) + `x${rest}`.toLowerCase().slice(1);
}

/** `str.istitle` */
export function isTitle(text: string): boolean {
  let cased = false;
  let inWord = false;
  for (const char of text) {
    if (UPPER.test(char) || TITLE.test(char)) {
      if (inWord) return false;
      inWord = true;
      cased = true;
    } else if (LOWER.test(char)) {
      if (!inWord) return false;
      cased = true;
    } else inWord = false;
  }
  return cased;
}
