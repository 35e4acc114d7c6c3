/** The text of a container, without the marks and indentation that make it one, and the way back to its block. */
import { mappedAttributes } from '../attributes';
import type { Attributes } from '../model';
import { lastStart } from '../sorted';

export interface SourceLine {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  /** With the line end. */
  readonly next: number;
  readonly text: string;
}

/** A stretch of a text. */
interface SourcePart {
  readonly start: number;
  readonly end: number;
}

/** Lines of a text. */
export function linesOf(text: string): SourceLine[] {
  const lines: SourceLine[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === 10 || unit === 13) break;
    }
    const next = end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
    lines.push({ start, end, next, text: text.slice(start, end) });
    start = next;
  }
  return lines;
}

export class Source {
  readonly text: string;
  /** Where each stretch of the block starts in `text`, ascending, and where it starts in the block. */
  readonly #starts: readonly number[];
  readonly #places: readonly number[];

  private constructor(text: string, starts: readonly number[], places: readonly number[]) {
    this.text = text;
    this.#starts = starts;
    this.#places = places;
  }

  /** A text by itself: a block, or one that comes from elsewhere. */
  static of(text: string): Source {
    return new Source(text, [0], [0]);
  }

  /** Some stretches of this text, one behind the other. */
  pick(stretches: readonly SourcePart[]): Source {
    let text = '';
    const starts: number[] = [];
    const places: number[] = [];
    for (const { start, end } of stretches) {
      let from = start;
      let at = this.#find(start);
      while (from < end) {
        const until = Math.min(end, this.#starts[at + 1] ?? this.text.length);
        if (until > from) {
          starts.push(text.length);
          places.push(this.#places[at]! + from - this.#starts[at]!);
          text += this.text.slice(from, until);
        }
        from = Math.max(until, from);
        at++;
        if (at >= this.#starts.length) break;
      }
    }
    if (starts.length === 0) {
      const at = stretches[0]?.start ?? 0;
      return new Source('', [0], [this.toBlock(at)]);
    }
    return new Source(text, starts, places);
  }

  slice(start: number, end: number): Source {
    if (this.#starts.length === 1) {
      const place = this.#places[0]! + start - this.#starts[0]!;
      return new Source(this.text.slice(start, end), [0], [place]);
    }
    return this.pick([{ start, end }]);
  }

  /** The offset in the block. */
  toBlock(at: number): number {
    const i = this.#find(at);
    return this.#places[i]! + at - this.#starts[i]!;
  }

  /** The offset in the block of the end of something. */
  endToBlock(at: number): number {
    return at === 0 ? this.toBlock(0) : this.toBlock(at - 1) + 1;
  }

  range(start: number, end: number): SourcePart {
    const from = this.toBlock(start);
    return { start: from, end: Math.max(from, this.endToBlock(end)) };
  }

  #find(at: number): number {
    const starts = this.#starts;
    return starts.length === 1 ? 0 : lastStart(starts, at);
  }
}

/** Attributes that were read in a source, at their place in the block. */
export function sourceAttributes(source: Source, attributes: Attributes): Attributes {
  return mappedAttributes(attributes, range => source.range(range.start, range.end));
}
