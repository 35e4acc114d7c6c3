/**
 * Strings by code point. A JavaScript string counts UTF-16 units; Python counts code points. The two differ only where
 * a string holds surrogate pairs, which is rare, so that is tested first.
 */
import { vm } from '../vm';

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/;

/** Up to so many units a text is looked at each time. */
const SHORT = 256;

/**
 * True where the string has characters of two UTF-16 units. What is found of a long text is kept while that and its lines are in
 * use: loops that index one, or take lines of it, do not go through all of it each time.
 */
export function isWide(text: string): boolean {
  return text.length < SHORT ? PAIRS.test(text) : longIsWide(text);
}

const longIsWide = keptOfTwo(text => {
  vm.work(text.length);
  return PAIRS.test(text);
});

/** The UTF-16 offset of each character of a wide string, and its length. */
function startsOf(text: string): Uint32Array {
  return text.length < SHORT ? countStarts(text) : longStarts(text);
}

function countStarts(text: string): Uint32Array {
  vm.work(text.length * 4);
  const starts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit)! > 0xffff ? 2 : 1) starts[count++] = unit;
  starts[count] = text.length;
  return starts.subarray(0, count + 1);
}

const longStarts = keptOfTwo(countStarts);

/** Keeps what it found of the last two texts. */
function keptOfTwo<T>(find: (text: string) => T): (text: string) => T {
  let last: { text: string; readonly found: T } | undefined;
  let former: typeof last;
  return text => {
    if (last?.text !== text) [last, former] = [former?.text === text ? former : { text, found: find(text) }, last];
    // Of two copies of a text, the next comparison is to meet the one in use: it need not look into it.
    last!.text = text;
    return last!.found;
  };
}

/** `len(text)` */
export function textLength(text: string): number {
  return isWide(text) ? startsOf(text).length - 1 : text.length;
}

/** The character at an offset within the string; undefined beyond its end. */
export function characterAt(text: string, at: number): string | undefined {
  if (!isWide(text)) return text[at];
  const starts = startsOf(text);
  return at < starts.length - 1 ? text.slice(starts[at], starts[at + 1]) : undefined;
}

/** `text[start:stop]` for offsets within the string, start <= stop. */
export function sliceText(text: string, start: number, stop: number): string {
  if (!isWide(text)) return text.slice(start, stop);
  const starts = startsOf(text);
  return text.slice(starts[start], starts[stop]);
}

/** UTF-16 offset of a code point offset within the string, or at its end. */
export function unitOffset(text: string, point: number): number {
  return isWide(text) ? startsOf(text)[point]! : point;
}

/** Code point offset of a UTF-16 offset at which a character starts, or the string ends. */
export function pointOffset(text: string, unit: number): number {
  if (!isWide(text)) return unit;
  const starts = startsOf(text);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}
