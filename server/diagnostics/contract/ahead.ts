/** Reads what the rules will ask of the cells, in steps of one cell, while the cells run elsewhere. */
import type { Chapter } from '../../chapter/model';
import { readAhead } from '../../evaluation/readAhead';
import { readsOf } from './usage';

export function* readingAhead({ cells }: Chapter): Generator<void, void> {
  for (const { run, source } of cells) {
    if (!run) continue;
    const program = readAhead(source);
    if (program.issues.length === 0) readsOf(program);
    yield;
  }
}
