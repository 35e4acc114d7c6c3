/** Quantities of different kinds that were mixed: refused by the unit library, or let pass as plain counts. */
import { codeOfFault, packagePlace, tracePlaces } from '../faults';
import { MEASURED, unitNamed } from '../prose/numbers';
import { type MeasuredValue, measuredIn } from '../prose/shownMeasures';
import type { Draft, ProseBlock, Rule } from '../rule';

export const unitMismatch: Rule = {
  code: 'unit-mismatch',
  severity: 'error',
  *cell({ fault, notices }): Iterable<Draft> {
    if (fault !== undefined && codeOfFault(fault) === 'unit-mismatch')
      yield {
        range: fault.range,
        message: `${fault.message}${packagePlace(fault)}.`,
        related: tracePlaces(fault),
      };
    for (const notice of notices)
      if (notice.kind === 'unit-mismatch') yield { range: notice.range, severity: 'warning', message: notice.message };
  },
  *prose(block): Iterable<Draft> {
    for (const value of measuredIn(block)) {
      const draft = otherUnit(value, block);
      if (draft !== undefined) yield draft;
    }
  },
};

/** Names of binary and decimal sizes are mixed up so often that only code tells them apart. */
const BINARY = 1.2;

/** "12.4 GB" of a value in GiB, "ms" of one in seconds. */
function otherUnit({ line, ref, from, number, said, measure }: MeasuredValue, block: ProseBlock): Draft | undefined {
  const { unit, scale, code } = measure;
  const written = number.unit;
  if (unit === undefined || written === undefined || !MEASURED.test(written.kind)) return undefined;
  const [base, per] = unit.kind.split('/');
  const isSame = written.kind === unit.kind || (per !== undefined && written.kind === base);
  // "terabytes per hour": the time stands further behind.
  const own = written.kind === unit.kind ? unit : (unitNamed(unit.text.split('/')[0]!) ?? unit);
  const ratio = (written.factor * said) / (own.factor * scale);
  if (isSame) {
    const isOff = Math.abs(ratio - 1) > 1e-6;
    if (!isOff || (code === undefined && ratio < BINARY && ratio > 1 / BINARY)) return undefined;
  } else if (code === undefined && !(/^(?:bits|data)/.test(unit.kind) && /^(?:bits|data)/.test(written.kind)))
    return undefined;
  const name = scale === 1 ? unit.text : `${unit.text}, scaled by ${scale}`;
  const because = code === undefined ? `\`${ref.ref.expr.trim()}\`` : `\`${code}\``;
  const at = line.text.lastIndexOf(written.text, number.to);
  const isWritten = isSame && scale === 1 && said === 1 && at > from && line.isExact(at, at + written.text.length);
  return {
    range: block.place(line, from, number.to),
    severity: 'warning',
    message: `The sentence says ${written.text}, but the value is in ${name} (${because}).`,
    ...(isWritten
      ? {
          fixes: [
            {
              title: `Write "${unit.text}"`,
              edits: [{ ...block.place(line, at, at + written.text.length), newText: unit.text }],
            },
          ],
        }
      : {}),
  };
}
