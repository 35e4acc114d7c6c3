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

/** A word behind a value that is said twice; "that that" may be meant. */
export const TWICE =
  /^\s(?:(?:thousand|[mbtr]+illion)\s)?((?!that\b|had\b)[A-Za-z]{3,30}|[A-Za-z][A-Z]|km|kg|ms|cm|mm|[A-Zsmhg]|[ck]?m[²³])\s\1(?![\w²³])/;

/** Behind a sum, the money that it is of. */
export const CURRENCY = /^(?:\s(?:thousand|[mbtr]+illion))?\s(dollars?|USD|euros?|EUR|pounds?|GBP)\b/;

/** The values that are known, in order, of a block in which one of them may read wrong; most blocks hold plain numbers. */
export function* valuesIn(block: ProseBlock): Iterable<ValueInLine> {
  if (!block.refs.some(ref => mayReadWrong(ref, block))) return;
  for (const line of block.lines)
    for (const { ref, from, to } of line.pieces) {
      const text = line.text.slice(from, to);
      if (ref === undefined || text === '' || text === OPAQUE) continue;
      yield { line, ref, text, from, to, before: line.text.slice(0, from), behind: line.text.slice(to) };
    }
}

/** True for all but a number between blanks: the lines of a block cost much more than a look at its source. */
function mayReadWrong({ ref, display }: RefResult, { source, start }: ProseBlock): boolean {
  if (display === undefined) return false;
  const { text } = display;
  if (!/^\d[\d.,]*$/.test(text) || text === '1' || text.replaceAll(/,|\..*/g, '').length > 6) return true;
  const before = source.slice(Math.max(0, ref.range.start - start - 4), ref.range.start - start);
  const next = source.slice(ref.range.end - start, ref.range.end - start + 24);
  if (TWICE.test(source.slice(ref.range.end - start, ref.range.end - start + 70))) return true;
  return (
    /\d$|[$€£]\\?[$€£]$|(?:^|[\s(*])an?\s$/i.test(before) ||
    /^\d|^\s?\\?%\s?(?:\\?%|per\s?cent)|^\sper\s?cent\s?\\?%|^\s?(?:\$\\times\$|×)\s?(?:×|\$\\ti|times)/.test(next) ||
    (/[$€£]$/.test(before) && CURRENCY.test(next))
  );
}
