import type { CellProgram } from '../../evaluation/analysis';

/** A function that reads the text of a cell, and does so once for each version of it; `more` must follow from the text. */
export function oncePerText<T, More extends readonly unknown[] = []>(
  read: (program: CellProgram, ...more: More) => T,
): (program: CellProgram, ...more: More) => T {
  const known = new WeakMap<CellProgram['module'], { readonly found: T }>();
  return (program, ...more) => {
    let kept = known.get(program.module);
    if (kept === undefined) {
      kept = { found: read(program, ...more) };
      known.set(program.module, kept);
    }
    return kept.found;
  };
}
