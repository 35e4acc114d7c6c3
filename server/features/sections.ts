/** The sections that headings open. */
import type { Heading } from '../chapter/model';

/** Where each heading's section ends: at the next heading of its level or a higher one, else at `end`. */
export function sectionEnds(headings: readonly Heading[], end: number): readonly number[] {
  const ends = new Array<number>(headings.length).fill(end);
  const open: number[] = [];
  for (const [at, { level, range }] of headings.entries()) {
    while (open.length > 0 && headings[open.at(-1)!]!.level >= level) ends[open.pop()!] = range.start;
    open.push(at);
  }
  return ends;
}
