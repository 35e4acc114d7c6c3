/** Words for what is unknown and what is in doubt: hover, hint, preview, command line and findings all take them from here. */
import type { Analysis, CellResult, Doubt, UnknownPlace } from './analysis';

/** `cell \`frame\`` by its label, else by its title; undefined for a cell without either. */
function nameOf({ cell }: CellResult): string | undefined {
  const name = cell.label ?? cell.header?.title;
  return name === undefined ? undefined : `cell \`${name}\``;
}

/** Why something is unknown: `needs pandas`, `time.time() is not supported by Reckoner: cells have no clock`. */
export function reasonOf({ kind, subject, message }: Pick<UnknownPlace, 'kind' | 'subject' | 'message'>): string {
  return kind === 'module' ? `needs ${subject}` : message.replace(/\.$/, '');
}

/** Where it began: ` (cell \`frame\`, line 32)`; nothing where that is in no cell. */
function placeOf({ cell, file, line, isReference }: UnknownPlace, cells: Analysis['cells']): string {
  if (file !== undefined) return ` (${file.split(/[/\\]/).slice(-2).join('/')}, line ${line})`;
  if (line === undefined || (cell === undefined && isReference !== true)) return '';
  const name = cell === undefined ? undefined : nameOf(cells[cell]!);
  return name === undefined ? ` (line ${line})` : ` (${name}, line ${line})`;
}

/** `unknown: needs pandas (cell \`frame\`, line 32)`. */
export function unknownText(cause: UnknownPlace, cells: Analysis['cells']): string {
  return `unknown: ${reasonOf(cause)}${placeOf(cause, cells)}`;
}

/** `in doubt: cell \`tank\` (line 12) failed with ZeroDivisionError`. */
export function doubtText({ cell, type, line }: Doubt, cells: Analysis['cells']): string {
  if (cell === undefined) return `in doubt: the reference at line ${line} failed with ${type}`;
  const name = nameOf(cells[cell]!);
  return `in doubt: ${name === undefined ? `the cell at line ${line}` : `${name} (line ${line})`} failed with ${type}`;
}
