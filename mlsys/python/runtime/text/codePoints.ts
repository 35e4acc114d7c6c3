/**
 * Strings by code point. A JavaScript string counts UTF-16 units; Python counts code points. The two differ only where
 * a string holds surrogate pairs, which is rare, so that is tested first.
 */
import { vm } from '../vm';

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/;

/** True where the string has characters of two UTF-16 units. */
export function isWide(text: string): boolean {
  if (text.length < 256) return PAIRS.test(text);
  if (text !== lastTested) {
    vm.work(text.length);
    lastTested = text;
    lastWide = PAIRS.test(text);
  }
  return lastWide;
}

/** The long text that was tested last: loops that index one do not test it each time. */
let lastTested = '';
let lastWide = false;

let lastText = '';
let lastPoints: readonly string[] = [];

/** The characters of a string; those of the last wide string are kept, for loops that index it. */
export function characters(text: string): readonly string[] {
  if (text !== lastText) {
    vm.work(text.length * 4);
    lastPoints = Array.from(text);
    lastText = text;
  }
  return lastPoints;
}

/** `len(text)` */
export function textLength(text: string): number {
  return isWide(text) ? characters(text).length : text.length;
}

/** `text[start:stop]` for offsets within the string, start <= stop. */
export function sliceText(text: string, start: number, stop: number): string {
  if (!isWide(text)) return text.slice(start, stop);
  vm.work((stop - start) * 4);
  return characters(text).slice(start, stop).join('');
}

/** Code point offset of a UTF-16 offset. */
export function pointOffset(text: string, unit: number): number {
  return isWide(text) ? textLength(text.slice(0, unit)) : unit;
}
