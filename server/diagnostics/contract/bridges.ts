/** Lines that bring an attribute out of its class: `x = Cls.x`. */
import type { CellResult } from '../../evaluation/analysis';
import type { TextEdit } from '../finding';
import { type Export, listedExports, stands } from './cellContract';
import { fieldEdit, inChapter, isListOfNames } from './headerText';

/** The edits that add such a line, behind the last one of its kind or at the end of the cell, and the name to the header. */
export function bridgeEdits(
  { cell, program }: CellResult,
  bridges: readonly Export[],
  name: string,
  path: string,
): readonly TextEdit[] {
  const { source } = program;
  const owner = path.slice(0, path.lastIndexOf('.') + 1);
  const last = bridges.findLast(one => one.bridge!.startsWith(owner)) ?? bridges.at(-1);
  const at = last?.statement.end ?? source.trimEnd().length;
  const line = inChapter({ start: at, end: at, newText: `\n${name} = ${path}` }, cell);
  return [...listingEdits({ cell, program }, name), line];
}

/** The edit that adds a name to a header box that lists what the cell exports; none where it does, or has no such list. */
export function listingEdits(
  { cell, program: { source } }: Pick<CellResult, 'cell' | 'program'>,
  name: string,
): readonly TextEdit[] {
  const header = cell.sourceHeader;
  const field = header?.field('Exports');
  if (header === undefined || field === undefined || !isListOfNames(field)) return [];
  const listed = listedExports(header, source);
  if (listed.some(one => stands(one.name, name))) return [];
  const tokens = [...new Set(listed.map(({ span }) => source.slice(span.start, span.end))), name];
  return [inChapter(fieldEdit(source, header, field, tokens), cell)];
}
