/** The values of references in their sentences: what stands before and behind each. */
import type { RefResult } from '../../evaluation/analysis';
import type { ProseBlock } from '../rule';
import { type Line, OPAQUE } from './lines';

export interface ValueInLine {
  readonly line: Line;
  readonly ref: RefResult;
  readonly text: string;
  /** Of its text, in the line. */
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly behind: string;
}

/** The values that are known, in order. */
export function* valuesIn(block: ProseBlock): Iterable<ValueInLine> {
  if (!block.source.includes('{python}')) return;
  for (const line of block.lines)
    for (const { ref, from, to } of line.pieces) {
      const text = line.text.slice(from, to);
      if (ref === undefined || text === '' || text === OPAQUE) continue;
      yield { line, ref, text, from, to, before: line.text.slice(0, from), behind: line.text.slice(to) };
    }
}
