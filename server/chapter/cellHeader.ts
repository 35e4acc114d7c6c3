/** Reads the boxed comment at the top of a cell. */
import type { CellHeader, HeaderField, HeaderName, OffsetRange } from './model';

const COMMENT = /^[ \t]*#[ \t]*/;
const SIDE = /^[│┃║|][ \t]?/;
const BORDER = /^[┌┐├┤└┘╔╗╠╣╚╝╭╮╰╯+=*#─━═-]/;
const RULE_ONLY = /^[┌┐├┤└┘╔╗╠╣╚╝╭╮╰╯+=*#─━═\s-]*$/;
const FIELD = /^([A-Z][A-Za-z]*(?: [A-Za-z]+)?)[ \t]*:(?:[ \t]+|$)/;

class Header implements CellHeader {
  readonly title: string | undefined;
  readonly range: OffsetRange;
  readonly fields: readonly HeaderField[];

  constructor(title: string | undefined, range: OffsetRange, fields: readonly HeaderField[]) {
    this.title = title;
    this.range = range;
    this.fields = fields;
  }

  field(name: string): HeaderField | undefined {
    const wanted = name.toLowerCase();
    return this.fields.find(field => field.name.toLowerCase() === wanted);
  }
}

interface FieldDraft {
  name: string;
  nameRange: OffsetRange;
  pieces: { text: string; start: number }[];
}

/** The box in a cell's source, after its options; undefined where the leading comment is no box. */
export function readHeader(source: string, from: number): CellHeader | undefined {
  let at = from;
  let start = -1;
  let end = from;
  let boxed = false;
  let title: string | undefined;
  const drafts: FieldDraft[] = [];
  while (at < source.length) {
    const newline = source.indexOf('\n', at);
    const lineEnd = newline < 0 ? source.length : newline;
    const line = source.slice(at, lineEnd);
    const comment = COMMENT.exec(line);
    if (!comment) {
      if (line.trim() !== '' || start >= 0) break;
      at = lineEnd + 1;
      continue;
    }
    if (start < 0) start = at + line.indexOf('#');
    end = at + line.trimEnd().length;
    let text = line.slice(comment[0].length).trimEnd();
    let offset = at + comment[0].length;
    const side = SIDE.exec(text);
    if (side) {
      boxed = true;
      text = text.slice(side[0].length);
      offset += side[0].length;
      if (/[│┃║|]$/.test(text)) text = text.slice(0, -1).trimEnd();
    } else if (BORDER.test(text)) {
      if (RULE_ONLY.test(text) && text.length > 3) boxed = true;
      // A border may close the box; what follows a closing corner belongs to the code's own comments.
      if (/^[└╚╰]/.test(text)) break;
      at = lineEnd + 1;
      continue;
    }
    const lead = text.length - text.trimStart().length;
    const content = text.trim();
    const field = FIELD.exec(content);
    if (field) {
      const name = field[1]!;
      const nameStart = offset + lead;
      const body = content.slice(field[0].length);
      drafts.push({
        name,
        nameRange: { start: nameStart, end: nameStart + name.length },
        pieces: [{ text: body, start: nameStart + field[0].length }],
      });
    } else if (content !== '' && !RULE_ONLY.test(content)) {
      const draft = drafts.at(-1);
      if (draft) draft.pieces.push({ text: content, start: offset + lead });
      else title ??= content;
    }
    at = lineEnd + 1;
  }
  if (!boxed || start < 0) return undefined;
  return new Header(title, { start, end }, drafts.map(fieldOf));
}

function fieldOf(draft: FieldDraft): HeaderField {
  const first = draft.pieces[0]!;
  const last = draft.pieces.findLast(piece => piece.text !== '') ?? first;
  const textRange = { start: first.start, end: last.start + last.text.length };
  const kind = draft.name.toLowerCase();
  const names: HeaderName[] = [];
  if (kind === 'exports') exportNames(draft, names);
  else if (kind === 'imports') importNames(draft, names);
  const text = draft.pieces
    .map(piece => piece.text)
    .filter(piece => piece !== '')
    .join(' ');
  return {
    name: draft.name,
    text,
    range: { start: draft.nameRange.start, end: Math.max(draft.nameRange.end, textRange.end) },
    nameRange: draft.nameRange,
    textRange,
    names,
    isOpen: OPEN.test(text),
  };
}

/** "x_str, y_str, etc." */
const OPEN = /(?:^|[\s,(])(?:etc\b\.?|\.{3}|…)[\s)]*$/;

const NAME = /^[A-Za-z_*][\w.*]*/;

/** Calls `visit` for each comma-separated part with its depth of parentheses, over all lines of a field. */
function parts(draft: FieldDraft, visit: (text: string, start: number, depth: number) => void): void {
  let depth = 0;
  for (const piece of draft.pieces) {
    let from = 0;
    const flush = (to: number): void => {
      const raw = piece.text.slice(from, to);
      const text = raw.trim();
      if (text !== '') visit(text, piece.start + from + raw.indexOf(text), depth);
    };
    for (let i = 0; i < piece.text.length; i++) {
      const unit = piece.text[i]!;
      if (unit === '(') {
        flush(i);
        depth++;
        from = i + 1;
      } else if (unit === ')') {
        flush(i);
        depth = Math.max(0, depth - 1);
        from = i + 1;
      } else if (unit === ',' || unit === ';') {
        flush(i);
        from = i + 1;
      }
    }
    flush(piece.text.length);
  }
}

function exportNames(draft: FieldDraft, names: HeaderName[]): void {
  parts(draft, (text, start, depth) => {
    if (depth > 0) return;
    const found = NAME.exec(text)?.[0];
    if (!found || /^(?:none|etc\.?)$/i.test(found)) return;
    if (found !== text && !/[_*.]/.test(found)) return;
    names.push({ name: found, range: { start, end: start + found.length } });
  });
}

function importNames(draft: FieldDraft, names: HeaderName[]): void {
  let module: string | undefined;
  parts(draft, (text, start, depth) => {
    const found = NAME.exec(text)?.[0];
    if (!found || /^(?:none|etc\.?)$/i.test(found) || (found !== text && depth > 0)) return;
    const range = { start, end: start + found.length };
    if (depth === 0) {
      module = found;
      names.push({ name: found, range });
    } else if (module !== undefined) names.push({ name: found, module, range });
  });
}
