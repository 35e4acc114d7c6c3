/** Cursor marks in test texts: `‸` for a position, `⟦…⟧` for ranges; `|` stands for a position where no `‸` does. */
import type { OffsetRange } from '../../server/chapter';

export interface Marked {
  /** The text without its marks. */
  readonly text: string;
  readonly offsets: readonly number[];
  readonly ranges: readonly OffsetRange[];
}

/** Takes the marks out of a text. With `bars`, a plain `|` is a cursor as well. */
export function marked(source: string, bars = false): Marked {
  let text = '';
  const offsets: number[] = [];
  const ranges: OffsetRange[] = [];
  const open: number[] = [];
  for (const unit of source) {
    if (unit === '‸' || (bars && unit === '|')) offsets.push(text.length);
    else if (unit === '⟦') open.push(text.length);
    else if (unit === '⟧') ranges.push({ start: open.pop()!, end: text.length });
    else text += unit;
  }
  ranges.sort((a, b) => a.start - b.start || b.end - a.end);
  return { text, offsets, ranges };
}

/** Puts range marks into a text, the reverse of `marked`. */
export function withMarks(text: string, ranges: readonly OffsetRange[]): string {
  const marks = ranges.flatMap(({ start, end }, i) => [
    { at: start, mark: '⟦', rank: 1, i },
    { at: end, mark: '⟧', rank: 0, i },
  ]);
  marks.sort((a, b) => b.at - a.at || b.rank - a.rank || a.i - b.i);
  let marked = text;
  for (const { at, mark } of marks) marked = marked.slice(0, at) + mark + marked.slice(at);
  return marked;
}
