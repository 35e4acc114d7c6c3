/** Edits of a header box that keep its style: its frame, the column of its texts, the width of its lines. */
import type { Cell, CellHeader, HeaderField } from '../../chapter/model';
import type { TextEdit } from '../finding';
import { replacement } from '../fixes';
import { lineEnd, lineStart } from '../sourceLines';

/** A replacement in a cell's source. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

const NARROWEST = 80;

/** The edit that makes a field say `tokens`, separated by commas and broken into lines as wide as the box; `(none)` for none. */
export function fieldEdit(
  source: string,
  header: CellHeader,
  field: HeaderField,
  tokens: readonly string[],
): SourceEdit {
  const { start } = field.textRange;
  const from = lineStart(source, start);
  const lead = source.slice(from, start);
  const border = closingBorder(source.slice(from, lineEnd(source, start)).trimEnd());
  const next = continuation(source, field) ?? blankAfterSide(lead);
  const width =
    border?.column ??
    Math.max(
      NARROWEST,
      ...source
        .slice(header.range.start, header.range.end)
        .split('\n')
        .map(line => line.length),
    );
  const words =
    tokens.length === 0 ? ['(none)'] : tokens.map((token, at) => (at < tokens.length - 1 ? `${token},` : token));
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (const word of words) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line);
  const framed = border === undefined ? lines : lines.map(one => `${one.padEnd(border.column)}${border.mark}`);
  const end = border === undefined ? field.textRange.end : lineEnd(source, field.textRange.end);
  return { start, end, newText: framed.join('\n').slice(lead.length) };
}

/** True where a field holds nothing but the names that it lists, or says that there are none. */
export function isListOfNames(
  { text, names }: HeaderField,
  written: Iterable<string> = names.map(({ name }) => name),
): boolean {
  let rest = text;
  for (const name of written) rest = rest.replace(name, '');
  return !/[^\s,;()]/.test(rest) || /^\s*\(?none\b[^)]*\)?\s*$/i.test(rest);
}

/** The right side of the frame, where a line of the box has one. */
function closingBorder(line: string): { readonly column: number; readonly mark: string } | undefined {
  const side = /^[ \t]*#[ \t]*[│┃║|]/.exec(line)?.[0].length ?? 0;
  const mark = /[│┃║|]$/.exec(line)?.[0];
  return mark === undefined || line.length <= side ? undefined : { column: line.length - 1, mark };
}

/** How the second line of a field starts, up to its text. */
function continuation(source: string, { textRange }: HeaderField): string | undefined {
  const second = source.indexOf('\n', textRange.start) + 1;
  if (second === 0 || second >= textRange.end) return undefined;
  return /^[ \t]*#[ \t]*(?:[│┃║|][ \t]*)?/.exec(source.slice(second, textRange.end))?.[0];
}

function blankAfterSide(lead: string): string {
  const side = /^[ \t]*#[ \t]*(?:[│┃║|])?/.exec(lead)?.[0] ?? '';
  return side + ' '.repeat(lead.length - side.length);
}

/** The edit in the chapter: lines behind the first one start with the indentation of the fence. */
export function inChapter({ newText, ...range }: SourceEdit, cell: Cell): TextEdit {
  return replacement(cell.toDocumentRange(range), newText.replaceAll('\n', `\n${cell.indentation}`));
}
