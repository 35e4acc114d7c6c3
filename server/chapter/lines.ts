/** Line starts of a text, and the way between offsets and positions. Lines end with `\n`, `\r\n` or a lone `\r`. */

import type { Position } from './ranges';

export type { Position } from './ranges';

/** Immutable; `edited` gives the index of the text after an edit without reading the whole text again. */
export class LineIndex {
  /** Starts of the lines; only the first `count` items count. */
  readonly #starts: Uint32Array;
  /** Number of lines, at least 1. */
  readonly count: number;
  /** Length of the text. */
  readonly length: number;

  private constructor(starts: Uint32Array, count: number, length: number) {
    this.#starts = starts;
    this.count = count;
    this.length = length;
  }

  static of(text: string): LineIndex {
    const starts = [0];
    collectStarts(text, 0, text.length, starts);
    return new LineIndex(Uint32Array.from(starts), starts.length, text.length);
  }

  /**
   * The index of the text in which `start`–`end` became `inserted`. `slice` gives stretches of the old text; only the
   * surroundings of the edit are asked for.
   */
  edited(start: number, end: number, inserted: string, slice: (start: number, end: number) => string): LineIndex {
    // A line end may consist of two units, so the unit before the edit and the one after it are read again.
    const from = Math.max(0, start - 1);
    const oldUntil = Math.min(this.length, end + 1);
    const delta = inserted.length - (end - start);
    const first = this.#upperBound(from); // starts up to `from` stay
    const rest = this.#upperBound(oldUntil);
    const middle: number[] = [];
    const read = slice(from, start) + inserted + slice(end, Math.min(this.length, oldUntil + 1));
    collectStarts(read, from, oldUntil + delta, middle);
    const count = first + middle.length + (this.count - rest);
    const starts = new Uint32Array(count);
    starts.set(this.#starts.subarray(0, first));
    starts.set(middle, first);
    let at = first + middle.length;
    for (let i = rest; i < this.count; i++) starts[at++] = this.#starts[i]! + delta;
    return new LineIndex(starts, count, this.length + delta);
  }

  /** Offset where a line starts; the text's length for lines after the last. */
  lineStart(line: number): number {
    if (line < 0) return 0;
    return line < this.count ? this.#starts[line]! : this.length;
  }

  /** Number of the line that holds the offset, from 0. */
  lineAt(offset: number): number {
    return Math.max(0, this.#upperBound(Math.min(offset, this.length)) - 1);
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const line = this.lineAt(at);
    return { line, character: at - this.#starts[line]! };
  }

  /** Columns past the end of the line are clamped to the start of the next one. */
  offsetAt(position: Position): number {
    if (position.line >= this.count) return this.length;
    if (position.line < 0) return 0;
    const start = this.#starts[position.line]!;
    const next = position.line + 1 < this.count ? this.#starts[position.line + 1]! : this.length;
    return Math.max(start, Math.min(start + position.character, next));
  }

  /** How many starts are at or before `offset`. */
  #upperBound(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Appends the line starts in (from, until] of a text of which `read` is the part from `from` to one unit past `until`. */
function collectStarts(read: string, from: number, until: number, starts: number[]): void {
  for (let at = 0; at < until - from; at++) {
    const unit = read.charCodeAt(at);
    if (unit === 10 || (unit === 13 && read.charCodeAt(at + 1) !== 10)) starts.push(from + at + 1);
  }
}
