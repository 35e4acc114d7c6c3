/** What stands between two numbers of one kind: "at 85% accuracy drops to 80%", "between 1 and 19 TB", "1,365 > 153". */
import { wayBetween } from './changeWords';
import { MEASURED, measured, shortNumber, type WrittenNumber } from './numbers';

/** What is wrong with it. `isShown` is true where a reference shows one of the two. */
export function movedWrong(
  lead: string,
  between: string,
  first: WrittenNumber,
  second: WrittenNumber,
  isShown: boolean,
): string | undefined {
  const [from, to] = [measured(first), measured(second)];
  const isLess = to.value + to.half < from.value - from.half;
  const isMore = to.value - to.half > from.value + from.half;
  const moved = MEASURED.test(first.unit?.kind ?? '') ? wayBetween(between) : undefined;
  if (moved?.way === 'rises' && isLess)
    return `The sentence says "${moved.verb}", but the second number is the smaller one.`;
  if (moved?.way === 'falls' && isMore)
    return `The sentence says "${moved.verb}", but the second number is the larger one.`;
  if (!isShown || CONDITION.test(lead)) return undefined;
  if (/^\sand\s[$€£]?$/.test(between) && RANGE.test(lead) && !OF_TWO.test(lead))
    return isLess ? 'The sentence says "between", but the first number is the larger one.' : undefined;
  const sign = /^\s?([<>≤≥≪≫])\s?$/.exec(between)?.[1];
  if (sign === undefined) return undefined;
  const isSmaller = /[<≤≪]/.test(sign);
  if (isSmaller ? !isLess : !isMore) return undefined;
  return `The sentence says "${sign}", but the first number is the ${isSmaller ? 'larger' : 'smaller'} one: ${shortNumber(from.value / to.value)} times the second.`;
}

/** What is asked or assumed need not be so. */
const CONDITION = /\b(?:if|when|where|whether|while|until|unless|only|iff)\b/i;

const RANGE = /\bbetween\s[~≈$€£]?$/i;
/** "the gap between 45 and 15" names two things, in any order. */
const OF_TWO =
  /\b(?:gaps?|differ\w*|ratios?|distances?|spreads?|trade-?offs?|contrasts?|splits?|choice|choos\w*|choose|factors?|steps?|jumps?|change\w*|drops?|gains?|switch\w*|mov\w*|compar\w*|alternat\w*|lies|halfway|divide\w*|shar\w*|link\w*|connect\w*)\b[^.;:]*$/i;
