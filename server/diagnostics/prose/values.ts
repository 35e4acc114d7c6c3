/** The values of references in their sentences: what stands before and behind each. */
import type { RefResult } from '../../evaluation/analysis';
import type { ProseBlock } from '../rule';
import { type Line, OPAQUE } from './lines';
import { MEASURED, UNIT_NOUNS, unitNamed } from './numbers';

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

/** Behind a value, a unit that is said twice in other words, or a sign that is: "40 s seconds", "72 °C °C". */
export function unitAgain(
  behind: string,
): { readonly first: string; readonly second: string; readonly length: number } | undefined {
  const [whole, first, second] = AGAIN.exec(behind) ?? [];
  if (whole === undefined || TWICE.test(behind)) return undefined;
  const [one, other] = [unitNamed(first!), unitNamed(second!)];
  if (one === undefined || !MEASURED.test(one.kind) || one.kind !== other?.kind || one.factor !== other.factor)
    return undefined;
  return { first: first!, second: second!, length: whole.length };
}

const AGAIN = /^\s?(°C|[A-Za-zµμ]+)\s(°C|[A-Za-zµμ]+)(?![\w/°-])/;

/** A unit behind a number, in the singular, which no noun follows: "84.1 hour." */
export const SINGULAR = new RegExp(
  String.raw`^\s(${UNIT_NOUNS})(?=[.,;:)](?:\s|$)|\s(?:and|or|but|per|in|for|after|before|later|to|on|at|from|with|of|as|when|while|because|since|until|if|is|are|was|were)\b)`,
);

/** "0.6% cents": behind a per cent sign, the unit of something that is no share; "5% points" and "20% times" may be meant. */
export function unitOfShare(behind: string): string | undefined {
  const unit = /^\s?%\s([A-Za-zµμ]+)(?![\w/-])/.exec(behind)?.[1];
  // "14% times fewer"
  if (unit === 'times' && /^\s?%\stimes\s(?:as|more|less|[a-z]+er)\b/.test(behind)) return unit;
  const found = unit === undefined || SPAN_OR_FACTOR.test(unit) ? undefined : unitNamed(unit);
  return found !== undefined && MEASURED.test(found.kind) ? unit : undefined;
}

/** What an adjective or a sentence may go on with. */
const SPAN_OR_FACTOR = /^(?:times|percent|second|minute|hour|day|week|[a-z])$/i;

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

/** So many thousands are told in millions. */
export function isLarge(text: string): boolean {
  return text.replaceAll(/,|\..*/g, '').length > 4;
}

/** True for all but a number between blanks: the lines of a block cost much more than a look at its source. */
function mayReadWrong({ ref, display }: RefResult, { source, start }: ProseBlock): boolean {
  if (display === undefined) return false;
  const { text } = display;
  if (!/^\d[\d.,]*$/.test(text) || text === '1' || text.replaceAll(/,|\..*/g, '').length > 6) return true;
  const before = source.slice(Math.max(0, ref.range.start - start - 4), ref.range.start - start);
  const next = source.slice(ref.range.end - start, ref.range.end - start + 24);
  if (SINGULAR.test(next) || unitAgain(next) !== undefined || unitOfShare(next.replace('\\', '')) !== undefined)
    return true;
  if (TWICE.test(source.slice(ref.range.end - start, ref.range.end - start + 70))) return true;
  return (
    /\d$|[$€£]\\?[$€£]$|(?:^|[\s(*])an?\s$/i.test(before) ||
    /^\d|^\^\{?[-−]?\d|^\s?\\?%\s?(?:\\?%|per\s?cent)|^\sper\s?cent\s?\\?%|^\s?(?:\$\\times\$|×)\s?(?:×|\$\\ti|times)/.test(
      next,
    ) ||
    (/[$€£]$/.test(before) && (CURRENCY.test(next) || /^\scents?\b/.test(next))) ||
    (isLarge(text) && /^\sthousand\b/i.test(next))
  );
}
