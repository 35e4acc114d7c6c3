/** Line and column from 0; a column counts UTF-16 units, as the language server protocol does. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Ranges of text: UTF-16 offsets, `end` exclusive. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** The range moved by `by` code units. */
export function shifted(range: OffsetRange, by: number): OffsetRange {
  return by === 0 ? range : { start: range.start + by, end: range.end + by };
}

/** Whether the offset lies in the range or at its end. */
export function touches(range: OffsetRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Disjoint ranges that are asked about by ascending offsets, in a time that grows with the two and not with their product. */
export class RangeCursor<T extends OffsetRange> {
  readonly #ranges: readonly T[];
  #next = 0;

  constructor(ranges: readonly T[]) {
    this.#ranges = ranges.length < 2 ? ranges : [...ranges].sort((a, b) => a.start - b.start);
  }

  /** The range that holds the offset, which is not below the one asked about before. */
  at(offset: number): T | undefined {
    while (this.#next < this.#ranges.length && this.#ranges[this.#next]!.end <= offset) this.#next++;
    const range = this.#ranges[this.#next];
    return range !== undefined && range.start <= offset ? range : undefined;
  }
}

/** A range in lines and columns. */
export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}
