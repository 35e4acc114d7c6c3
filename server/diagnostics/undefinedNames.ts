/** Names that a cell reads and nobody defines: the one at which it stopped, and those at which it would have stopped next. */
import { builtins, isKernelName } from '../../mlsys';
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis, CellResult } from '../evaluation/analysis';
import { classScopeReads } from './classScope';
import { faultPlace } from './faults';
import { visibleNames } from './visible';

export interface UndefinedName {
  readonly name: string;
  /** Its first use in the cell. */
  readonly range: OffsetRange;
}

/** Finds the undefined names of the cells of one analysis. What holds for all of them is found out once. */
export class UndefinedNames {
  readonly #analysis: Analysis;
  /** By name, whether any cell of the chapter defines it. */
  readonly #defined = new Map<string, boolean>();
  #openFrom: number | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /**
   * Undefined names of a cell that did not run to its end, in order, without those that an earlier faulty cell should have
   * made. Beyond the one that ended the run, only names that no cell of the chapter defines count, so that nothing is
   * reported that a full run would not report.
   */
  in(cell: CellResult): UndefinedName[] {
    if (cell.status !== 'failed' && cell.status !== 'blocked') return [];
    const { fault } = cell;
    const found: UndefinedName[] = [];
    // A name that a module of a package lacks is not missing in the cell.
    const here = fault?.type === 'NameError' && fault.blame === undefined && fault.trace.at(-1)?.file === undefined;
    const stopped = here ? fault.name : undefined;
    // What a comprehension in a class body does not see has a rule of its own.
    const hidden = new Set(classScopeReads(cell.program).flatMap(({ names }) => names.map(({ name }) => name)));
    if (fault !== undefined && stopped !== undefined && !hidden.has(stopped))
      found.push({ name: stopped, range: faultPlace(cell) });
    if (cell.cell.index >= this.#namesStandOpenFrom) return found;
    for (const [name, span] of cell.names.readSpans)
      if (name !== stopped && !hidden.has(name) && !this.#isDefinedSomewhere(name, cell))
        found.push({ name, range: cell.cell.toDocumentRange(span) });
    return found.sort((a, b) => a.range.start - b.range.start);
  }

  #isDefinedSomewhere(name: string, cell: CellResult): boolean {
    return (
      cell.names.writes.has(name) ||
      builtins().has(name) ||
      isKernelName(name) ||
      name.startsWith('__') ||
      visibleNames(this.#analysis, cell.cell.index).has(name) ||
      this.#isDefined(name)
    );
  }

  #isDefined(name: string): boolean {
    let known = this.#defined.get(name);
    if (known === undefined) {
      const { cells, chapter } = this.#analysis;
      known =
        this.#analysis.definitionOf(name, cells.length) !== undefined ||
        chapter.unopenedCells.some(unopened => unopened.exports.some(exported => exported.name === name));
      this.#defined.set(name, known);
    }
    return known;
  }

  /** The first cell with a star import that did not run, or a magic such as `%run`: what it would bring is unknown. */
  get #namesStandOpenFrom(): number {
    if (this.#openFrom === undefined) {
      const at = this.#analysis.cells.findIndex(({ names, status, unknowns }) => {
        if (names.isOpen && status !== 'skipped') return true;
        return names.starImports.length > 0 && (status !== 'ok' || unknowns.some(({ kind }) => kind === 'module'));
      });
      this.#openFrom = at < 0 ? Number.POSITIVE_INFINITY : at;
    }
    return this.#openFrom;
  }
}
