/** What stretches of a cell read, outside of functions. */
import type { Span } from '../../mlsys';
import { countFirst } from '../chapter/sorted';
import type { Analysis, BindingInfo, CellResult } from '../evaluation/analysis';

/** The assignments that a stretch reads, without those that only a part of it does; in a class, `prefix` is its name with a dot. */
export type ReadsIn = (span: Span, options?: { readonly prefix?: string; readonly without?: Span }) => BindingInfo[];

/** Looks up what stretches of a cell read, as the cell left it. */
export function readsIn(cell: CellResult, analysis: Analysis): ReadsIn {
  const seen = cell.cell.index + 1;
  const uses = analysis.symbols
    .ofCell(cell)
    .index.uses.filter(({ local, write }) => !write && local === undefined)
    .sort((a, b) => a.span.start - b.span.start);
  return (span, { prefix = '', without } = {}) => {
    const found = new Set<BindingInfo>();
    for (let one = countFirst(uses.length, at => uses[at]!.span.start < span.start); one < uses.length; one++) {
      const { path, span: at } = uses[one]!;
      if (at.start > span.end) break;
      if (!isWithin(at, span) || (without !== undefined && isWithin(at, without))) continue;
      const made = analysis.bindingOf(prefix + path, seen) ?? analysis.bindingOf(path, seen);
      if (made !== undefined) found.add(made);
    }
    return [...found];
  };
}

function isWithin({ start, end }: Span, around: Span): boolean {
  return around.start <= start && end <= around.end;
}
