/** Moving a cell up to what needs it, where no value changes by that. */
import type { Block, Chapter } from '../../chapter/model';
import type { Analysis, CellResult } from '../../evaluation/analysis';
import type { ValueInfo } from '../../evaluation/results';
import type { Fix } from '../finding';

/** Types whose values nobody changes. */
const FIXED_TYPES: ReadonlySet<string> = new Set([
  ...['int', 'float', 'complex', 'str', 'bytes', 'bool', 'NoneType', 'Decimal', 'Fraction', 'Quantity'],
  ...['Unit', 'range', 'frozenset'],
]);

/** Code whose effect depends on when it runs, or that has one beyond the names that it binds. */
const TIMED =
  /\b(?:random|seed|rcParams|[gs]etcontext|set_\w+|register\w*|start_chapter|warnings|open|global|nonlocal|del)\b/;

/**
 * The fix that puts a cell above the block in which something that it makes is read first; undefined where the cell, or those
 * that it would pass, might give other values then.
 */
export function movedAbove(cell: CellResult, block: Block, title: string, analysis: Analysis): Fix | undefined {
  const { chapter } = analysis;
  const { block: own } = cell.cell;
  const target = outermost(block, chapter);
  if (own.kind !== 'cell' || target === undefined || isElsewhere(own, chapter) || isElsewhere(target, chapter))
    return undefined;
  const passed = analysis.cells.slice(chapter.cellsBefore(target.range.start), cell.cell.index);
  if (!isFree(cell, passed, analysis)) return undefined;
  const text = own.text.replace(/[\r\n]*$/, '');
  const behind = chapter.blocks[own.index + 1];
  const end = behind?.kind === 'blank' ? behind.range.end : own.range.end;
  const { start } = target.range;
  return {
    title,
    edits: [
      { start, end: start, newText: `${text}\n\n` },
      { start: own.range.start, end, newText: '' },
    ],
  };
}

/** The block, or the line that opens the outermost div around it. */
function outermost(block: Block, chapter: Chapter): Block | undefined {
  let div = chapter.divAt(block.range.start);
  while (div?.parent !== undefined) div = div.parent;
  return div === undefined ? block : chapter.blocks[div.block.index];
}

/** True for what stands in a file that the chapter includes. */
function isElsewhere({ range }: Block, { composition }: Chapter): boolean {
  return composition !== undefined && composition.fileAt(range.start) !== undefined;
}

/** Whether a cell gives the same, and leaves the same to others, wherever among these it stands. */
function isFree({ cell, status, run }: CellResult, passed: readonly CellResult[], analysis: Analysis): boolean {
  if (status !== 'ok' || run === undefined || TIMED.test(cell.source)) return false;
  const isMadeBefore = analysis.cells
    .slice(0, cell.index)
    .some(({ run: one }) => run.bound.some(name => one?.binds(name)));
  if (isMadeBefore || run.deleted.length > 0) return false;
  for (const name of run.reads) {
    if (passed.some(({ run: one }) => one === undefined || one.binds(name) || one.deleted.includes(name))) return false;
    const value = analysis.valueAt(name, cell.index);
    if (
      value === undefined ||
      !isFixed(name, value, passed, analysis.definitionOf(name, cell.index)?.kind === 'import')
    )
      return false;
  }
  return true;
}

/** True for a value that neither the cell nor those that it passes can change. */
function isFixed(name: string, value: ValueInfo, passed: readonly CellResult[], isImported: boolean): boolean {
  if (value.kind === 'module' || FIXED_TYPES.has(value.type)) return true;
  if (value.kind === 'function') return isImported;
  if (value.kind !== 'class') return false;
  const assigned = new RegExp(String.raw`\b${name}\.\w+\s*(?:[-+*/]|\*\*|//)?=(?!=)`);
  return isImported || !passed.some(({ cell }) => assigned.test(cell.source));
}
