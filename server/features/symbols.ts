/** Which name of the chapter stands at a place, where it is defined, and where else it is used. */
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition, RefResult } from '../evaluation/analysis';
import { encloses } from './feature';
import { type NameUse, namesInExpression, namesOf } from './names';

/** One occurrence of a name in the chapter. */
export interface Occurrence {
  /** `x` or a dotted path such as `Cls.attr`. */
  readonly path: string;
  /** Of the path's last name alone, in the chapter. */
  readonly range: OffsetRange;
  readonly write: boolean;
  /** The cell or the reference that it stands in. */
  readonly cell: CellResult | undefined;
  readonly ref: RefResult | undefined;
}

/** The name at an offset, in a cell or in a reference. */
export function symbolAt(analysis: Analysis, offset: number): Occurrence | undefined {
  const ref = analysis.refAt(offset);
  if (ref !== undefined) {
    const uses = occurrencesInRef(ref);
    return uses.find(use => encloses(use.range, offset)) ?? uses.at(-1);
  }
  const cell = analysis.cellAt(offset);
  if (cell === undefined || !encloses(cell.cell.codeRange, offset)) return undefined;
  const source = cell.cell.toSource(offset);
  const uses = namesOf(cell.program.module).filter(use => encloses(use.span, source));
  const use = uses.find(one => source < one.span.end) ?? uses[0];
  return use === undefined ? undefined : inCell(use, cell);
}

/** All names of an inline reference, in order. */
export function occurrencesInRef(ref: RefResult): Occurrence[] {
  if (ref.expression === undefined) return [];
  const { start } = ref.ref.exprRange;
  return namesInExpression(ref.expression).map(use => ({
    path: use.path,
    range: { start: start + use.span.start, end: start + use.span.end },
    write: false,
    cell: undefined,
    ref,
  }));
}

function inCell(use: NameUse, cell: CellResult): Occurrence {
  return { path: use.path, range: cell.cell.toDocumentRange(use.span), write: use.write, cell, ref: undefined };
}

/** Every use of a path in the chapter, in document order. */
export function occurrencesOf(path: string, analysis: Analysis): Occurrence[] {
  const found: Occurrence[] = [];
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const cell of analysis.cells) {
    if (!cell.cell.source.includes(last)) continue;
    for (const use of namesOf(cell.program.module)) if (use.path === path) found.push(inCell(use, cell));
  }
  for (const ref of analysis.refs)
    if (ref.ref.expr.includes(last)) found.push(...occurrencesInRef(ref).filter(use => use.path === path));
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** Every use of a name in the chapter for which `wanted` holds, in document order. */
export function occurrencesWhere(analysis: Analysis, wanted: (one: Occurrence) => boolean): Occurrence[] {
  const all = analysis.cells.flatMap(cell => namesOf(cell.program.module).map(use => inCell(use, cell)));
  const found = [...all, ...analysis.refs.flatMap(occurrencesInRef)].filter(wanted);
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** The definition that an occurrence means: the nearest one before it, else one after it. */
export function definitionFor(occurrence: Occurrence, analysis: Analysis): Definition | undefined {
  const { path, cell, ref, range } = occurrence;
  if (ref !== undefined) {
    const { cellsBefore } = ref.ref;
    return analysis.definitionOf(path, cellsBefore) ?? analysis.futureDefinitionOf(path, cellsBefore);
  }
  const { index } = cell!.cell;
  const own = cell!.definitions.filter(definition => definition.name === path);
  const before = own.findLast(definition =>
    occurrence.write ? definition.range.start <= range.start : definition.statementRange.end <= range.start,
  );
  return before ?? analysis.definitionOf(path, index) ?? own[0] ?? analysis.futureDefinitionOf(path, index);
}

/** Number of cells whose names an occurrence sees, its own one included. */
export function cellsSeen(occurrence: Occurrence): number {
  return occurrence.ref?.ref.cellsBefore ?? occurrence.cell!.cell.index + 1;
}
