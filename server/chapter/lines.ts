/** Line starts of a text, and the way between offsets and positions. Lines end with `\n`, `\r\n` or a lone `\r`. */

import type { OffsetRange, Position, PositionRange } from './ranges';
import { countFirst } from './sorted';

export type { Position } from './ranges';

/**
 * The way between offsets of a chapter's text and positions. Where the text is put together from several files, a position is
 * one in the file that holds the offset, and a line without an offset one of the chapter's own file.
 */
export interface Lines {
  readonly count: number;
  readonly length: number;
  lineStart(line: number): number;
  lineEnd(line: number): number;
  lineAt(offset: number): number;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** The positions of a range; of one that reaches into another file, as far as it lies in the first. */
  rangeOf(range: OffsetRange): PositionRange;
  /** The line around an offset, with its line end. */
  lineRangeAt(offset: number): OffsetRange;
  /** The line of the chapter's own file that an offset belongs to: of what is included, the line of the include. */
  chapterLineAt(offset: number): number;
}

/**
 * Immutable; `edited` gives the index of the text after an edit without reading the whole text again. Positions are
 * those of the language server protocol, with the clamping of `vscode-languageserver-textdocument`: no position stands
 * inside or behind a line end.
 */
export class LineIndex implements Lines {
  /**
   * For each line twice its start, plus one where the line end before it is `\r\n`, plus zero elsewhere; only the first
   * `count` items count.
   */
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
    collectStarts(text, 0, 0, text.length, starts);
    return new LineIndex(Uint32Array.from(starts), starts.length, text.length);
  }

  /**
   * The index of the text in which `start`–`end` became `inserted`. `slice` gives parts of the old text; only the
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
    const readFrom = Math.max(0, from - 1);
    const read = slice(readFrom, start) + inserted + slice(end, Math.min(this.length, oldUntil + 1));
    collectStarts(read, readFrom, from, oldUntil + delta, middle);
    const count = first + middle.length + (this.count - rest);
    const starts = new Uint32Array(count);
    starts.set(this.#starts.subarray(0, first));
    starts.set(middle, first);
    let at = first + middle.length;
    for (let i = rest; i < this.count; i++) starts[at++] = this.#starts[i]! + 2 * delta;
    return new LineIndex(starts, count, this.length + delta);
  }

  /** Offset where a line starts; the text's length for lines after the last. */
  lineStart(line: number): number {
    if (line < 0) return 0;
    return line < this.count ? this.#starts[line]! >>> 1 : this.length;
  }

  /** End of a line's text, before its line end. */
  lineEnd(line: number): number {
    if (line < 0) return 0;
    if (line + 1 >= this.count) return this.length;
    const next = this.#starts[line + 1]!;
    return (next >>> 1) - 1 - (next & 1);
  }

  /** Number of the line that holds the offset, from 0. */
  lineAt(offset: number): number {
    return Math.max(0, this.#upperBound(Math.min(offset, this.length)) - 1);
  }

  /** Offsets inside a line end count as its start. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.length));
    const line = this.lineAt(at);
    return { line, character: Math.min(at, this.lineEnd(line)) - this.lineStart(line) };
  }

  /** Columns past the end of a line are clamped to its end. */
  offsetAt(position: Position): number {
    if (position.line >= this.count) return this.length;
    if (position.line < 0) return 0;
    const start = this.lineStart(position.line);
    if (position.character <= 0) return start;
    return Math.min(start + position.character, this.lineEnd(position.line));
  }

  rangeOf({ start, end }: OffsetRange): PositionRange {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  lineRangeAt(offset: number): OffsetRange {
    const line = this.lineAt(offset);
    return { start: this.lineStart(line), end: this.lineStart(line + 1) };
  }

  chapterLineAt(offset: number): number {
    return this.lineAt(offset);
  }

  /** How many starts are at or before `offset`. */
  #upperBound(offset: number): number {
    return countFirst(this.count, line => this.#starts[line]! >>> 1 <= offset);
  }
}

/**
 * Appends the line starts in (from, until] of a text, as `LineIndex` keeps them; `read` is the part of the text from
 * `readFrom`, which is one unit before `from` where there is one, to one unit past `until`.
 */
function collectStarts(read: string, readFrom: number, from: number, until: number, starts: number[]): void {
  for (let at = from - readFrom; at < until - readFrom; at++) {
    const unit = read.charCodeAt(at);
    if (unit === 10) starts.push(2 * (readFrom + at + 1) + (at > 0 && read.charCodeAt(at - 1) === 13 ? 1 : 0));
    else if (unit === 13 && read.charCodeAt(at + 1) !== 10) starts.push(2 * (readFrom + at + 1));
  }
}
