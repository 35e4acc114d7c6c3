/** The order of a set on which something depends: Python fixes none for strings. */
import type { Draft, Rule } from '../rule';
import { causesOf } from '../unknownCauses';

export const setOrder: Rule = {
  code: 'set-order',
  severity: 'warning',
  *chapter(analysis): Iterable<Draft> {
    const told = new Set<number>();
    const groups = causesOf(
      analysis,
      ({ kind }) => kind === 'order',
      ({ line, file }) => `${file ?? ''}:${line}`,
    );
    for (const { cause, first, range, cell, consequences } of groups) {
      told.add(range.start);
      // What shows a reference that makes such a text itself is no part of its own.
      const own =
        cell === undefined && first.cell === undefined
          ? analysis.faultyRefs.find(({ unknown }) => unknown?.kind === 'order' && unknown.line === first.line)
          : undefined;
      yield { cause, range: own?.ref.exprRange ?? range, message: MESSAGE };
      yield* consequences;
    }
    // What nothing of the chapter depends on, but what is printed.
    for (const { notices } of analysis.cells)
      for (const { kind, range, message } of notices)
        if (kind === 'set-order' && !told.has(range.start)) yield { range, message };
  },
};

const MESSAGE = 'The order of this set changes from one run of Python to the next: sort it before its order shows.';
