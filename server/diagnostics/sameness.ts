/** What two versions of a chapter have in common, by what a check may have read of it. */
import type { OffsetRange } from '../chapter/ranges';
import type { Analysis } from '../evaluation/analysis';
import type { Dependency } from './recording';
import { moveBetween, STAY } from './relocatedDrafts';

/** Whether what a check may depend on is the same in two versions of a chapter. */
export const SAME: Readonly<Record<Dependency, (before: Analysis, now: Analysis) => boolean>> = {
  cells: (before, now) =>
    equal(
      before.cells,
      now.cells,
      (a, b) => a.cell.content === b.cell.content && a.run === b.run && a.status === b.status && a.stale === b.stale,
    ),
  faultyRefs: (before, now) =>
    equal(
      before.faultyRefs,
      now.faultyRefs,
      (a, b) =>
        a.run === b.run &&
        a.ref.expr === b.ref.expr &&
        a.ref.index === b.ref.index &&
        a.ref.cellsBefore === b.ref.cellsBefore,
    ),
  refBlocks: (before, now) =>
    equal(before.refBlocks, now.refBlocks, (a, b) => a.outcome === b.outcome && a.block.content === b.block.content),
  unopenedCells: (before, now) =>
    equal(
      before.chapter.unopenedCells,
      now.chapter.unopenedCells,
      (a, b) =>
        a.source === b.source &&
        a.fence === b.fence &&
        a.opening?.text === b.opening?.text &&
        a.cellsBefore === b.cellsBefore &&
        a.refsBefore === b.refsBefore,
    ),
  usedPaths: ({ usedPaths: before }, { usedPaths: now }) =>
    before === now || (before.size === now.size && [...now].every(path => before.has(path))),
  lines: (before, now) => {
    const same = (a: { readonly range: OffsetRange }, b: { readonly range: OffsetRange }): boolean =>
      before.chapter.lines.lineAt(a.range.start) === now.chapter.lines.lineAt(b.range.start);
    return (
      equal(before.cells, now.cells, (a, b) => same(a.cell, b.cell)) &&
      equal(before.faultyRefs, now.faultyRefs, (a, b) => same(a.ref, b.ref)) &&
      equal(before.chapter.unopenedCells, now.chapter.unopenedCells, same)
    );
  },
  locked: (before, now) => before.chapter.inherited.locked === now.chapter.inherited.locked,
  positions: (before, now) => moveBetween(before.chapter, now.chapter) === STAY,
  everything: (before, now) => before === now,
};

function equal<T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return one.length === other.length && one.every((item, at) => same(item, other[at]!));
}
