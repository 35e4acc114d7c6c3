/** Groups what could not be evaluated by its cause, with the references and cells that are unknown because of it. */
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult, UnknownPlace } from '../evaluation/analysis';
import { unknownText } from '../evaluation/unknowns';
import { cellName } from './faults';
import type { Draft } from './rule';

/** One cause in a chapter: the same module, or the same thing that is not supported. */
export interface CauseGroup {
  /** The `cause` of its draft. */
  readonly cause: string;
  /** The first of its places, in cells and then in references. */
  readonly first: UnknownPlace;
  readonly range: OffsetRange;
  /** The cell of the first place; undefined for a reference. */
  readonly cell: CellResult | undefined;
  /** Further places of the chapter at which it was met. */
  readonly others: readonly OffsetRange[];
  /** What it makes unknown. */
  readonly consequences: readonly Draft[];
}

/** A `CauseGroup` that is being gathered. */
interface Group {
  cause: string;
  first: UnknownPlace;
  range: OffsetRange;
  cell: CellResult | undefined;
  others: OffsetRange[];
  consequences: Draft[];
}

/** The causes of the kinds that `concerns` tells, in order; `keyOf` tells which are the same. */
export function causesOf(
  analysis: Analysis,
  concerns: (cause: UnknownPlace) => boolean,
  keyOf: (cause: UnknownPlace) => string = ({ kind, subject }) => `${kind} ${subject}`,
): readonly CauseGroup[] {
  const groups = new Map<string, Group>();
  const meet = (cause: UnknownPlace, range: OffsetRange, cell: CellResult | undefined): void => {
    const key = keyOf(cause);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { cause: key, first: cause, range, cell, others: [], consequences: [] });
    else known.others.push(range);
  };
  for (const cell of analysis.faultyCells)
    for (const cause of cell.unknowns) if (concerns(cause)) meet(cause, cause.range ?? cell.cell.fenceRange, cell);
  for (const { ref, unknown } of analysis.faultyRefs)
    if (unknown !== undefined && concerns(unknown) && !groups.has(keyOf(unknown)))
      meet(unknown, unknown.range ?? ref.exprRange, undefined);
  const groupOf = (cause: UnknownPlace | undefined): Group | undefined =>
    cause !== undefined && concerns(cause) ? groups.get(keyOf(cause)) : undefined;
  addAffectedCells(analysis, groupOf, keyOf);
  addAffectedRefs(analysis, groupOf);
  return [...groups.values()];
}

/** Cells of which values are unknown for a cause elsewhere. */
function addAffectedCells(
  analysis: Analysis,
  groupOf: (cause: UnknownPlace) => Group | undefined,
  keyOf: (cause: UnknownPlace) => string,
): void {
  for (const cell of analysis.faultyCells)
    for (const cause of cell.affected) {
      const group = groupOf(cause);
      // What a cell itself cannot do, and makes unknown thereby, is told at its own place.
      if (group === undefined || holds(cell.cell.range, group.range)) continue;
      if (cell.unknowns.some(own => keyOf(own) === keyOf(cause))) continue;
      group.consequences.push({
        range: cell.cell.fenceRange,
        severity: 'hint',
        message: `Values of ${cellName(cell, analysis)} are ${unknownText(cause, analysis.cells)}.`,
        consequence: { of: group.range, cause: group.cause, effect: 'unknown', what: 'cell' },
      });
    }
}

function addAffectedRefs(analysis: Analysis, groupOf: (cause: UnknownPlace | undefined) => Group | undefined): void {
  for (const { ref, unknown } of analysis.faultyRefs) {
    const group = groupOf(unknown);
    if (unknown === undefined || group === undefined) continue;
    // It is no consequence of what it cannot do itself.
    if (group.cell === undefined && holds(ref.exprRange, unknown.range ?? ref.exprRange)) continue;
    group.consequences.push({
      range: ref.exprRange,
      severity: 'hint',
      message: `\`${ref.expr}\` is ${unknownText(unknown, analysis.cells)}.`,
      consequence: { of: group.range, cause: group.cause, effect: 'unknown', what: 'reference' },
    });
  }
}

function holds(outer: OffsetRange, inner: OffsetRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** ` (tanks/pumps.py, line 3)` for a cause in a file of a package. */
export function filePlace({ file, line }: UnknownPlace): string {
  return file === undefined ? '' : ` (${file.split(/[/\\]/).slice(-2).join('/')}, line ${line})`;
}
