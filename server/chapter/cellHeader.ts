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
  const reader = new HeaderReader();
  for (let at = from; at < source.length; ) {
    const newline = source.indexOf('\n', at);
    const lineEnd = newline < 0 ? source.length : newline;
    if (!reader.line(source.slice(at, lineEnd), at)) break;
    at = lineEnd + 1;
  }
  return reader.header();
}

/** Reads the leading comment of a cell line by line. */
class HeaderReader {
  #start = -1;
  #end = -1;
  #boxed = false;
  #title: string | undefined;
  readonly #fields: FieldDraft[] = [];

  /** Takes the next line, which starts at an offset; false where the comment has ended. */
  line(line: string, at: number): boolean {
    const comment = COMMENT.exec(line);
    if (!comment) return line.trim() === '' && this.#start < 0;
    if (this.#start < 0) this.#start = at + line.indexOf('#');
    this.#end = at + line.trimEnd().length;
    let text = line.slice(comment[0].length).trimEnd();
    let offset = at + comment[0].length;
    const side = SIDE.exec(text);
    if (side) {
      this.#boxed = true;
      text = text.slice(side[0].length);
      offset += side[0].length;
      if (/[│┃║|]$/.test(text)) text = text.slice(0, -1).trimEnd();
    } else if (BORDER.test(text)) {
      if (RULE_ONLY.test(text) && text.length > 3) this.#boxed = true;
      // A border may close the box; what follows a closing corner belongs to the code's own comments.
      return !/^[└╚╰]/.test(text);
    }
    this.#content(text.trim(), offset + text.length - text.trimStart().length);
    return true;
  }

  /** A field begins, or goes on; what stands before the first one is the title. */
  #content(content: string, start: number): void {
    const field = FIELD.exec(content);
    if (field) {
      const name = field[1]!;
      this.#fields.push({
        name,
        nameRange: { start, end: start + name.length },
        pieces: [{ text: content.slice(field[0].length), start: start + field[0].length }],
      });
    } else if (content !== '' && !RULE_ONLY.test(content)) {
      const last = this.#fields.at(-1);
      if (last) last.pieces.push({ text: content, start });
      else this.#title ??= content;
    }
  }

  /** What was read; undefined where it is no box. */
  header(): CellHeader | undefined {
    if (!this.#boxed || this.#start < 0) return undefined;
    return new Header(this.#title, { start: this.#start, end: this.#end }, this.#fields.map(fieldOf));
  }
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
