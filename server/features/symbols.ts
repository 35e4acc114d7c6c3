/** Which name of the chapter stands at a place, where it is defined, and where else it is used. */

import { type NameUse, type Scope, type Span, symbolIndex } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition, RefResult } from '../evaluation/analysis';
import { encloses } from './feature';

/** A name as some place of the chapter sees it. */
export interface NamedPath {
  /** `x` or a dotted path such as `Cls.attr`. */
  readonly path: string;
  /** The scope of a name that is local to a function. */
  readonly local: Scope | undefined;
  /** The cell or the reference that it stands in. */
  readonly cell: CellResult | undefined;
  readonly ref: RefResult | undefined;
}

/** One occurrence of a name in the chapter. */
export interface Occurrence extends NamedPath {
  /** Of the path's last name alone, in the chapter. */
  readonly range: OffsetRange;
  readonly write: boolean;
  /** The scope that it stands in. */
  readonly scope: Scope | undefined;
  /** The innermost statement around it, in its cell or reference. */
  readonly statement: Span;
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
  const uses = symbolIndex(cell.program.module).uses.filter(use => encloses(use.span, source));
  const use = uses.find(one => source < one.span.end) ?? uses[0];
  return use === undefined ? undefined : inCell(use, cell);
}

/** All names of an inline reference, in order. */
export function occurrencesInRef(ref: RefResult): Occurrence[] {
  if (ref.expression === undefined) return [];
  const { start } = ref.ref.exprRange;
  return symbolIndex(ref.expression).uses.map(use => ({
    path: use.path,
    range: { start: start + use.span.start, end: start + use.span.end },
    write: false,
    local: use.local,
    scope: use.scope,
    statement: use.statement,
    cell: undefined,
    ref,
  }));
}

function inCell(use: NameUse, cell: CellResult): Occurrence {
  const { path, span, write, local, scope, statement } = use;
  return { path, range: cell.cell.toDocumentRange(span), write, local, scope, statement, cell, ref: undefined };
}

/** Every occurrence in the chapter of the name that stands at one, in document order. */
export function occurrencesOf(symbol: Occurrence, analysis: Analysis): Occurrence[] {
  const { path, local } = symbol;
  if (local !== undefined) return localOccurrences(symbol);
  const found: Occurrence[] = [];
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const cell of analysis.cells) {
    if (!cell.cell.source.includes(last)) continue;
    for (const use of symbolIndex(cell.program.module).uses) if (use.path === path) found.push(inCell(use, cell));
  }
  for (const ref of analysis.refs)
    if (ref.ref.expr.includes(last)) found.push(...occurrencesInRef(ref).filter(use => use.path === path));
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** Those of a local name: all stand in one cell, or in one reference. */
function localOccurrences({ local, path, cell, ref }: Occurrence): Occurrence[] {
  const all =
    cell === undefined ? occurrencesInRef(ref!) : symbolIndex(cell.program.module).uses.map(use => inCell(use, cell));
  return all.filter(one => one.path === path && (one.local === undefined) === (local === undefined));
}

/** Every use of a name in the chapter for which `wanted` holds, in document order. */
export function occurrencesWhere(analysis: Analysis, wanted: (one: Occurrence) => boolean): Occurrence[] {
  const all = analysis.cells.flatMap(cell => symbolIndex(cell.program.module).uses.map(use => inCell(use, cell)));
  const found = [...all, ...analysis.refs.flatMap(occurrencesInRef)].filter(
    one => one.local === undefined && wanted(one),
  );
  return found.sort((a, b) => a.range.start - b.range.start);
}

/** The definition that an occurrence means: the nearest one before it, else one after it. */
export function definitionFor(occurrence: Occurrence, analysis: Analysis): Definition | undefined {
  const { path, cell, ref, range, local } = occurrence;
  if (local !== undefined) return localDefinition(occurrence);
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

/** Where a local name is bound: the last time before the occurrence, else the first time behind it. */
function localDefinition(occurrence: Occurrence): Definition | undefined {
  const { cell, range } = occurrence;
  if (cell === undefined) return undefined; // a variable of a comprehension in a reference
  const bound = localOccurrences(occurrence).filter(one => one.write);
  const found = bound.findLast(one => one.range.start <= range.start) ?? bound[0];
  if (found === undefined) return undefined;
  const at = cell.cell.toSource(found.range.start);
  return {
    name: cell.program.source.slice(at, cell.cell.toSource(found.range.end)),
    kind: 'other',
    cell: cell.cell.index,
    range: found.range,
    statementRange: cell.cell.toDocumentRange(found.statement),
    value: undefined,
    from: undefined,
  };
}

/** Number of cells whose names an occurrence sees, its own one included. */
export function cellsSeen(occurrence: NamedPath): number {
  return occurrence.ref?.ref.cellsBefore ?? occurrence.cell!.cell.index + 1;
}
