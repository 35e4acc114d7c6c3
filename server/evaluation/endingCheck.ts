/** Which check ended its cell. */
import type { CellFault, CheckOutcome } from './analysis';

/** The check that failed and raised the fault; undefined for what stands in no recorded check, such as a guard written by hand. */
export function endingCheck(
  checks: readonly CheckOutcome[],
  { range: { start, end } }: Pick<CellFault, 'range'>,
): CheckOutcome | undefined {
  return checks.find(({ passed, range }) => !passed && range.start <= start && end <= range.end);
}
