/** Which rule reports the fault that ended a cell or a reference, and how messages speak of cells. */

import { entryOf } from '../../mlsys';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, Blame, CellFault, CellResult, FaultCause, TracePlace } from '../evaluation/analysis';
import type { RelatedPlace } from './finding';
import { lineOf } from './recording';

export type FaultCode =
  | 'budget-exceeded'
  | 'cell-error'
  | 'failed-check'
  | 'precision-loss'
  | 'syntax-error'
  | 'undefined-name'
  | 'unit-mismatch'
  | 'unknown-import'
  | 'unsupported';

const BY_TYPE: Readonly<Record<string, FaultCode>> = {
  BudgetExceeded: 'budget-exceeded',
  Unsupported: 'unsupported',
  SyntaxError: 'syntax-error',
  IndentationError: 'syntax-error',
  TabError: 'syntax-error',
  NameError: 'undefined-name',
  UnboundLocalError: 'undefined-name',
  ImportError: 'unknown-import',
  ModuleNotFoundError: 'unknown-import',
  DimensionalityError: 'unit-mismatch',
  OffsetUnitCalculusError: 'unit-mismatch',
};

/** How `check` and hand-written guards begin their message. */
export const GUARD_PREFIX = 'Narrative broken: ';

export function codeOfFault(fault: Pick<CellFault, 'type' | 'message'> & { readonly guard?: boolean }): FaultCode {
  if (fault.guard === true) return 'failed-check';
  if (fault.type === 'ValueError' && fault.message.startsWith(GUARD_PREFIX.trimEnd())) return 'failed-check';
  if (fault.type === 'ValueError' && fault.message.startsWith('Cannot compare PlainQuantity and '))
    return 'unit-mismatch';
  if (fault.type === 'ValueError' && /^(Formatting|fmt_full\(\)) Precision Error: /.test(fault.message))
    return 'precision-loss';
  return entryOf(BY_TYPE, fault.type) ?? 'cell-error';
}

/** The fault as Python prints it: `ZeroDivisionError: division by zero`. */
export function faultText(fault: Pick<CellFault, 'type' | 'message'>): string {
  if (fault.type === 'Unsupported' || fault.type === 'BudgetExceeded') return fault.message;
  return fault.message === '' ? fault.type : `${fault.type}: ${fault.message}`;
}

/** How a message names a cell: `cell "tank"`, by its label, else its title, else its line. */
export function cellName(cell: CellResult, analysis: Analysis): string {
  const { label, header } = cell.cell;
  const name = label ?? header?.title;
  return name === undefined ? `the cell at line ${lineOf(cell.cell.range, analysis)}` : `cell "${name}"`;
}

/** Where a cell's own trouble shows: its fault, its first syntax issue, or its opening fence. */
export function faultPlace(cell: CellResult): OffsetRange {
  return cell.issues[0]?.range ?? readPlace(cell.fault) ?? cell.fault?.range ?? cell.cell.fenceRange;
}

/** Where a function of the chapter reads a name that is not defined: there it is mended, and not where the function is called. */
function readPlace(fault: CellFault | undefined): OffsetRange | undefined {
  if (fault?.type !== 'NameError' || fault.blame !== undefined) return undefined;
  const inner = fault.trace.at(-1);
  return inner?.cell === undefined ? undefined : inner.range;
}

/** Why a cell did not make what it should have: for messages, without a full stop. */
export function failureText(cell: CellResult): string {
  if (cell.status === 'skipped') return 'is not evaluated (`eval: false`)';
  const issue = cell.issues[0];
  if (issue !== undefined) return `cannot be parsed (${issue.message})`;
  if (cell.fault === undefined) return 'did not run to its end';
  return `failed (${faultText(cell.fault)})`;
}

/** The cell that is to blame in the end: the first of a chain of cells each of which failed for want of another's name. */
export function rootOfBlame(blame: Blame, analysis: Analysis): CellResult | undefined {
  let cell = analysis.cells[blame.cell];
  for (let next = cell?.fault?.blame; next !== undefined && cell !== undefined; next = cell.fault?.blame) {
    const earlier = analysis.cells[next.cell];
    if (earlier === undefined || earlier.cell.index >= cell.cell.index) break;
    cell = earlier;
  }
  return cell;
}

/** The place to look at first when another cell is to blame. */
export function blamePlace(cell: CellResult, analysis: Analysis): RelatedPlace {
  return { range: faultPlace(cell), message: `${cellName(cell, analysis)} ${failureText(cell)}` };
}

/** Where a fault arose, if that is in a package: ` (tanks/pumps.py, line 3)`. */
export function packagePlace(fault: CellFault): string {
  const place = fault.trace.at(-1);
  if (place?.file === undefined) return '';
  return ` (${place.file.split(/[/\\]/).slice(-2).join('/')}, line ${place.line})`;
}

/** The calls that led to a fault, innermost last, without the place that the finding itself marks; and its causes. */
export function tracePlaces(fault: CellFault): RelatedPlace[] {
  return [...callPlaces(fault), ...fault.causes.map(cause => causePlace(cause, fault))];
}

function causePlace({ text, place, direct }: FaultCause, fault: CellFault): RelatedPlace {
  return {
    ...(place === undefined ? { range: fault.range } : fileRange(place)),
    message: direct ? `raised from ${text}` : `raised while ${text} was handled`,
  };
}

function fileRange({ range, file, position }: TracePlace): Omit<RelatedPlace, 'message'> {
  return {
    range,
    ...(file === undefined ? {} : { file }),
    ...(position === undefined ? {} : { position }),
  };
}

function callPlaces(fault: CellFault): RelatedPlace[] {
  return fault.trace
    .filter(
      place =>
        place.file !== undefined || place.range.start !== fault.range.start || place.range.end !== fault.range.end,
    )
    .map(place => ({
      ...fileRange(place),
      message: place.function === '<module>' ? `called here: ${place.text}` : `in ${place.function}(): ${place.text}`,
    }));
}
