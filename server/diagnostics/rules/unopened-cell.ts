/** Code that has a closing fence but no opening one: it is shown as text, and none of it runs. */
import type { OffsetRange, UnopenedCell } from '../../chapter/model';
import type { Analysis, CellResult, RefResult } from '../../evaluation/analysis';
import type { Fix } from '../finding';
import { replacement, within } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const unopenedCell: Rule = {
  code: 'unopened-cell',
  severity: 'error',
  *chapter(analysis): Iterable<Draft> {
    for (const cell of analysis.chapter.unopenedCells) {
      const refs = refsThatNeed(cell, analysis);
      yield {
        range: firstLine(cell),
        message: messageFor(cell, refs),
        related: refs.map(({ ref }) => ({ range: ref.exprRange, message: `\`${ref.expr}\` needs this cell` })),
        fixes: [openingFix(cell, analysis)],
      };
    }
  },
};

/** The fence, with the options in which the cells before and behind agree where the code has none. */
function openingFix(cell: UnopenedCell, analysis: Analysis): Fix {
  const cells = cellsOf(analysis);
  const around = [cells[cell.cellsBefore - 1], cells[cell.cellsBefore]].filter(one => one !== undefined);
  const [first, ...others] = around.map(one => one.cell);
  const shared = (first?.options ?? []).filter(
    ({ key, text }) => SHARED.has(key) && others.every(other => other.option(key)?.text === text),
  );
  const options = /^\s*#\|/.test(cell.source) ? [] : shared.map(({ key, text }) => `#| ${key}: ${text}`);
  const beside = options.length === 0 ? '' : `, with \`${options.join('`, `')}\` as around it`;
  const lines = [`${cell.fence}{python}`, ...options].map(line => `${line}\n`).join('');
  return {
    title: `Insert the opening fence of this cell${beside}`,
    preferred: true,
    edits: [replacement(within(cell.codeRange, 0, 0), lines)],
  };
}

/** Options that say what a page shows of a cell. */
const SHARED: ReadonlySet<string> = new Set(['echo', 'include', 'output', 'warning', 'message', 'code-fold']);

/** The unopened cell that would define what a failed reference misses, if there is one. */
export function unopenedCellFor(result: RefResult, analysis: Analysis): UnopenedCell | undefined {
  if (analysis.chapter.unopenedCells.length === 0 || result.fault === undefined) return undefined;
  const missing = result.fault.name ?? result.ref.expr;
  const root = result.ref.expr.split('.')[0]!;
  return analysis.chapter.unopenedCells.find(
    cell =>
      cell.cellsBefore <= result.ref.cellsBefore &&
      cell.refsBefore <= result.ref.index &&
      (exported(cell).has(missing) || exported(cell).has(root)),
  );
}

const exportedNames = new WeakMap<UnopenedCell, ReadonlySet<string>>();

function exported(cell: UnopenedCell): ReadonlySet<string> {
  let names = exportedNames.get(cell);
  if (names === undefined) {
    names = new Set(cell.exports.map(({ name }) => name));
    exportedNames.set(cell, names);
  }
  return names;
}

function refsThatNeed(cell: UnopenedCell, analysis: Analysis): RefResult[] {
  return analysis.faultyRefs.filter(result => result.status === 'failed' && unopenedCellFor(result, analysis) === cell);
}

function messageFor(cell: UnopenedCell, refs: readonly RefResult[]): string {
  const what = cell.title === undefined ? 'This code' : `The code "${cell.title}"`;
  const start = `${what} has a closing fence but no opening one (${cell.fence}{python}), so none of it runs.`;
  if (refs.length === 0) return start;
  const names = [...new Set(refs.map(({ ref }) => `\`${ref.expr}\``))];
  const count = refs.length === 1 ? 'One reference needs it' : `${refs.length} references need it`;
  return `${start} ${count}: ${names.join(', ')}.`;
}

/** The code that lost its opening fence and would bring a name to a cell, by where that is told. */
export function placeOfUnopened(name: string, cell: CellResult, analysis: Analysis): OffsetRange | undefined {
  const found = analysis.chapter.unopenedCells.find(
    one => one.cellsBefore <= cell.cell.index && exported(one).has(name),
  );
  return found === undefined ? undefined : firstLine(found);
}

function firstLine(cell: UnopenedCell): OffsetRange {
  const length = cell.source.indexOf('\n');
  return length < 0 ? cell.codeRange : within(cell.codeRange, 0, length);
}
