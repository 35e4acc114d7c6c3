/** Names that a cell reads and nobody defines: the one at which it stopped, and those at which it would have stopped next. */
import { builtins, isKernelName } from '../../mlsys';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult } from '../evaluation/analysis';
import { classScopeReads } from './classScope';
import { visibleNames } from './visible';

export interface UndefinedName {
  readonly name: string;
  /** Its first use in the cell. */
  readonly range: OffsetRange;
}

/**
 * Undefined names of a cell that did not run to its end, in order, without those that an earlier faulty cell should have
 * made. Beyond the one that ended the run, only names that no cell of the chapter defines count, so that nothing is
 * reported that a full run would not report.
 */
export function undefinedNames(cell: CellResult, analysis: Analysis): UndefinedName[] {
  if (cell.status !== 'failed' && cell.status !== 'blocked') return [];
  const { fault } = cell;
  const found: UndefinedName[] = [];
  // A name that a module of a package lacks is not missing in the cell.
  const here = fault?.type === 'NameError' && fault.blame === undefined && fault.trace.at(-1)?.file === undefined;
  const stopped = here ? fault.name : undefined;
  // What a comprehension in a class body does not see has a rule of its own.
  const hidden = new Set(classScopeReads(cell.program).flatMap(({ names }) => names.map(({ name }) => name)));
  if (fault !== undefined && stopped !== undefined && !hidden.has(stopped))
    found.push({ name: stopped, range: fault.range });
  if (namesStandOpen(cell, analysis)) return found;
  for (const [name, span] of cell.names.readSpans)
    if (name !== stopped && !hidden.has(name) && !isDefinedSomewhere(name, cell, analysis))
      found.push({ name, range: cell.cell.toDocumentRange(span) });
  return found.sort((a, b) => a.range.start - b.range.start);
}

function isDefinedSomewhere(name: string, cell: CellResult, analysis: Analysis): boolean {
  const { index } = cell.cell;
  return (
    cell.names.writes.has(name) ||
    builtins().has(name) ||
    isKernelName(name) ||
    name.startsWith('__') ||
    analysis.definitionOf(name, index + 1) !== undefined ||
    analysis.futureDefinitionOf(name, index) !== undefined ||
    visibleNames(analysis, index).has(name) ||
    analysis.chapter.unopenedCells.some(unopened => unopened.exports.some(exported => exported.name === name))
  );
}

/** True where a star import up to this cell did not run, or a magic such as `%run` stands there: what it would bring is unknown. */
function namesStandOpen(cell: CellResult, analysis: Analysis): boolean {
  return analysis.cells.slice(0, cell.cell.index + 1).some(({ names, status, unknowns }) => {
    if (names.isOpen && status !== 'skipped') return true;
    return names.starImports.length > 0 && (status !== 'ok' || unknowns.some(({ kind }) => kind === 'module'));
  });
}
