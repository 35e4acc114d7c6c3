/** The number behind a text that shows it rounded. */
import type { BindingInfo, RefResult } from '../../evaluation/analysis';
import { type Unit, unitNamed, type WrittenNumber } from './numbers';

/** A text is made from a number within so many assignments. */
const DEPTH = 4;
/** Powers of ten by which cells scale before they format, percent among them. */
const SCALES = [0, 2, 3, 6, 9, 12, 15, -2, -3, -6, -9, -12, -15];

/**
 * The number that a reference shows, as its cell computed it: among those that were read to make the text, the one that
 * rounds to what is shown. Undefined where there is none.
 */
export function valueBehind(ref: RefResult, shown: WrittenNumber): number | undefined {
  return ref.binding === undefined ? undefined : valueBehindText(ref.binding, shown);
}

/** The same of an assignment that made the text. */
export function valueBehindText(
  made: Pick<BindingInfo, 'reads'>,
  shown: Pick<WrittenNumber, 'value' | 'half'>,
): number | undefined {
  // A text that was typed into the cell says what it means.
  return isTyped(made, DEPTH) ? shown.value : search(made, shown, DEPTH);
}

function isTyped({ reads }: Pick<BindingInfo, 'reads'>, depth: number): boolean {
  const [first, ...more] = reads;
  if (first === undefined) return true;
  return (
    more.length === 0 &&
    depth > 0 &&
    first.value.type === 'str' &&
    first.binding !== undefined &&
    isTyped(first.binding, depth - 1)
  );
}

function search(
  { reads }: Pick<BindingInfo, 'reads'>,
  shown: Pick<WrittenNumber, 'value' | 'half'>,
  depth: number,
): number | undefined {
  for (const { value } of reads) {
    const number = numberOf(value.repr);
    if (number === undefined) continue;
    for (const scale of SCALES) {
      const scaled = number * 10 ** scale;
      if (Math.abs(scaled - shown.value) <= shown.half * 1.000_001) return scaled;
    }
  }
  if (depth === 0) return undefined;
  for (const { binding } of reads) {
    const found = binding === undefined ? undefined : search(binding, shown, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The unit of the quantity whose magnitude a text shows as it is; undefined where there is none, or the text scales it. */
export function unitBehindText(
  { reads }: Pick<BindingInfo, 'reads'>,
  shown: Pick<WrittenNumber, 'value' | 'half'>,
): Unit | undefined {
  for (const { value } of reads) {
    const number = value.unit === undefined ? undefined : numberOf(value.repr);
    if (number === undefined || Math.abs(number - shown.value) > shown.half * 1.000_001) continue;
    return unitNamed(value.unit!);
  }
  return undefined;
}

/** The number of a number, one of NumPy's as well, or of a quantity. */
export function numberOf(repr: string): number | undefined {
  const digits = /^(?:<Quantity\(|np\.\w+\()?([-+]?\d[\d.]*(?:e[-+]?\d+)?)(?:, '[^']*'\)>|\))?$/.exec(repr)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
