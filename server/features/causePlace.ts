/** Where it began that a reference has no value, or one in doubt: the place that a mark at the reference leads to. */
import type { Location } from 'vscode-languageserver';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, RefResult } from '../evaluation/analysis';
import { toRange, uriAt } from './feature';

/** The place in the chapter; undefined where there is none, or where it lies in a file of a package. */
export function causeOf({ unknown, doubt, fault }: RefResult, { cells }: Analysis): OffsetRange | undefined {
  if (unknown !== undefined) return unknown.range;
  if (doubt !== undefined) return doubt.range;
  const blamed = cells[fault?.blame?.cell ?? -1];
  return blamed && (blamed.fault?.range ?? blamed.cell.fenceRange);
}

/** A place of the chapter for the editor. */
export function placeOf(range: OffsetRange, { chapter }: Analysis, uri: string): Location {
  return { uri: uriAt(chapter, range.start, uri), range: toRange(chapter, range) };
}
