/** Line starts of a text, and the way between offsets and positions. Lines end with `\n`, `\r\n` or a lone `\r`. */

/** Line and column from 0; a column counts UTF-16 units, as the language server protocol does. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

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
    collectStarts(text, 0, text.length, 0, starts);
    return new LineIndex(Uint32Array.from(starts), starts.length, text.length);
  }

  /** The index of `text`, which differs from the text of this index in that `start`–`end` became `inserted` code units. */
  edited(text: string, start: number, end: number, inserted: number): LineIndex {
    // A line end may consist of two units, so the unit before the edit and the one after it are read again.
    const from = Math.max(0, start - 1);
    const oldUntil = Math.min(this.length, end + 1);
    const delta = inserted - (end - start);
    const first = this.#upperBound(from); // starts up to `from` stay
    const rest = this.#upperBound(oldUntil);
    const middle: number[] = [];
    collectStarts(text, from, oldUntil + delta, from, middle);
    const count = first + middle.length + (this.count - rest);
    const starts = new Uint32Array(count);
    starts.set(this.#starts.subarray(0, first));
    starts.set(middle, first);
    let at = first + middle.length;
    for (let i = rest; i < this.count; i++) starts[at++] = this.#starts[i]! + delta;
    return new LineIndex(starts, count, text.length);
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

/** Appends the line starts in (after, until] of a text; line ends are looked for from `from`. */
function collectStarts(text: string, from: number, until: number, after: number, starts: number[]): void {
  for (let at = from; at < until; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) {
      if (at + 1 > after) starts.push(at + 1);
    }
  }
}
