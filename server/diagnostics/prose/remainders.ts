/** What two percentages of one whole leave: "5% of the code is the model; the remaining 95% is everything else". */
import type { SaidMultiple } from './multiples';
import { shortNumber } from './numbers';

const REST =
  /(?<![\d.,–-])(\d+(?:\.\d+)?)\s?%\s(?:of|is|are|goes?|go)\s[^.!?%\d]{1,160}?[,;]?\s(?:(?:and|while|but|with)\s)?the\s(?:remaining|other|rest,)\s(\d+(?:\.\d+)?)\s?%/gi;
const MAY_SAY = /%[^%]*\bthe\s(?:remaining|other|rest,)\s\d/;

/** The rests of a hundred per cent that are none, where the sentence has one other part. */
export function* remainders(text: string): Iterable<SaidMultiple> {
  if (!MAY_SAY.test(text)) return;
  for (const { 0: whole, index, 1: part, 2: rest } of text.matchAll(REST)) {
    // Of more parts, and of what changes, it is the rest of something else.
    const before = text
      .slice(0, index)
      .split(/[.!?]\s/)
      .at(-1)!;
    if (/\d\s?%|\bto\s$/.test(before)) continue;
    const decimals = Math.max(...[part!, rest!].map(one => one.split('.')[1]?.length ?? 0));
    const due = 100 - Number(part);
    if (Math.abs(due - Number(rest)) <= 10 ** -decimals || due <= 0) continue;
    yield {
      from: index,
      to: index + whole.length,
      message: `The sentence says that ${rest!}% remain, but of 100% without ${part!}% remain ${shortNumber(due)}%.`,
    };
  }
}
