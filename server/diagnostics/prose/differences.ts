/** Claims about a difference of which only the two numbers are told: "by more than 300 days" beside 256 days and 12 days. */
import type { Draft, ProseBlock } from '../rule';
import { LARGER, QUALIFIERS, QUICKER, SLOWER, SMALLER, senseOf } from './comparatives';
import type { Line } from './lines';
import { MEASURED, measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from './numbers';

const BY = new RegExp(
  String.raw`\b(?:${LARGER}|${SMALLER}|${QUICKER}|${SLOWER})\sby\s(${QUALIFIERS})?[$\u20ac\u00a3]?$`,
  'i',
);
const MAY_SAY = /\b(?:[a-z]+er|more|less)\sby\s/i;

/** A difference that is so many times as large is one of other numbers. */
const PLAUSIBLE = 2;

/** The differences that no two numbers of the block have. */
export function* differences(block: ProseBlock): Iterable<Draft> {
  if (!MAY_SAY.test(block.source)) return;
  let all: readonly WrittenNumber[] | undefined;
  for (const line of block.lines) {
    if (!MAY_SAY.test(line.text)) continue;
    for (const number of numbersIn(line.text)) {
      const said = BY.exec(line.text.slice(0, number.from));
      if (said === null || !isTypedMeasure(number, line)) continue;
      all ??= block.lines.flatMap(({ text }) => [...numbersIn(text)]);
      const others = all.filter(one => !isSame(one, number) && sameKind(one.unit, number.unit));
      const draft = differing(number, said[1] ?? '', others);
      if (draft !== undefined) yield { range: block.place(line, said.index, number.to), message: draft };
    }
  }
}

/** A difference that a reference shows is what a cell computed. */
function isTypedMeasure({ from, digitsTo, unit }: WrittenNumber, line: Line): boolean {
  const isMeasured = unit !== undefined && MEASURED.test(unit.kind) && !/^(?:ratio|factor)/.test(unit.kind);
  return isMeasured && line.refsIn(from, digitsTo).length === 0;
}

function isSame(one: WrittenNumber, other: WrittenNumber): boolean {
  return one.value === other.value && one.unit?.factor === other.unit?.factor;
}

function differing(number: WrittenNumber, qualifier: string, others: readonly WrittenNumber[]): string | undefined {
  const own = measured(number);
  const gaps = others.flatMap((one, at) =>
    others.slice(at + 1).map(two => {
      const [a, b] = [measured(one), measured(two)];
      return { gap: Math.abs(a.value - b.value), half: a.half + b.half, one, two };
    }),
  );
  const sense = senseOf(qualifier);
  const slack = sense === 'exact' ? 0.02 : 0.15;
  const bears = ({ gap, half }: (typeof gaps)[number]) => {
    if (sense === 'lower') return gap + half >= own.value;
    if (sense === 'upper') return gap - half <= own.value && gap > 0;
    return Math.abs(gap - own.value) <= half + own.half + slack * own.value;
  };
  if (gaps.some(bears)) return undefined;
  const [nearest] = gaps
    .filter(({ gap }) => gap > own.value / PLAUSIBLE && gap < own.value * PLAUSIBLE)
    .sort((a, b) => Math.abs(a.gap - own.value) - Math.abs(b.gap - own.value));
  if (nearest === undefined) return undefined;
  const unit = number.unit!;
  return `The sentence says "by ${qualifier}${shortNumber(number.value)} ${unit.text}", but the numbers around it differ by ${shortNumber(nearest.gap / unit.factor)} ${unit.text}.`;
}
