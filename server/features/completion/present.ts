/** Whether values are those of the present text: others may be known of an earlier one, and are not shown. */
import { pathsRead } from '../../../mlsys';
import type { Analysis } from '../../evaluation/analysis';
import { toldNow } from '../feature';
import type { CodePlace, Place } from './place';

/** False where the present text may give an expression another value than is known. */
export function isOfPresent(expression: string, { context }: Place, code: CodePlace): boolean {
  if (isAwaited(code)) return false;
  const { cell, cls } = code;
  if (cell?.pending !== true) return true;
  return pathsRead(expression).every(path => {
    const root = /^[^.[]*/.exec(path)![0];
    const own = [`${cls}.${root}`, root].find(name => cell.definitionsOf(name).length > 0);
    return own === undefined || toldNow(context, () => cell.heldValue(own)) !== undefined;
  });
}

/** True where a cell above has not been evaluated. */
export function isAwaited({ analysis, cell, seen }: CodePlace): boolean {
  return hasPending(analysis, cell === undefined ? seen : seen - 1);
}

/** True where one of the first so many cells has not been evaluated. */
export function hasPending({ cells }: Analysis, count: number): boolean {
  return cells.slice(0, count).some(({ pending }) => pending);
}
