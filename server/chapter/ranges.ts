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

/** A range in lines and columns. */
export interface PositionRange {
  readonly start: Position;
  readonly end: Position;
}
