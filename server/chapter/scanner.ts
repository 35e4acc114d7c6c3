/**
 * Cuts a chapter into top-level blocks, line by line, without reading what stands inside them.
 *
 * What a block is depends only on the text from its start on, so that after an edit the cutting may stop at the first
 * boundary that was one before. Fences and cells are found as Quarto's Jupyter engine finds them: a ```` ```{python} ````
 * line opens a cell wherever it stands, any other fence hides its text from evaluation until it is closed or a cell
 * opens. Everything else follows Pandoc: a paragraph is interrupted by a fence or the end of a div, but not by a
 * heading, a list or the start of a div.
 */
import { attributesExtent } from './attributes';
import type { CellCut, Cut, FenceCut } from './cuts';
import type { LineIndex } from './lines';
import {
  BLOCK_END_TAG,
  BULLET,
  contentColumn,
  DEFINITION,
  DIV_END_TAG,
  HTML_BLOCK,
  ITEM_FENCE,
  indentWidth,
  ORDERED,
  opensListing,
  RAW_HTML,
  RULE,
  startsItem,
  TAGS_ONLY,
} from './markers';
import { MarkFinder } from './marks';
import type { BlockKind } from './model';
import { endOfCommands } from './texCommands';

const CELL_OPEN = /^(\s*)(`{3,})\s*\{python(?:[ ,].*)?\}\s*$/;
const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;
const DIV_CLOSE = /^ {0,3}:{3,}\s*$/;
const DIV_START = /^ {0,3}:{3,}[ \t]*/;
/** What follows the colons of a div whose class is a mere word. */
const DIV_WORD = /^\S+(?:[ \t]+:+)?[ \t]*$/;
const HEADING = /^#+(?:[ \t]|$)/;
// A group is repeated only so often: regular expressions need a stack for what they repeat.
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]+\]:/;
const LINK_DEFINITION = /^ {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S/;
const CAPTION = /^ {0,3}(?:[Tt]able:|:(?=[^!-/:-@[-`{-~]|[ \t]|$))/;
const CAPTION_START = /^ {0,3}(?:[Tt]able:|:)[ \t]*\S/;
const PIPE_SEPARATOR = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*){0,9999}(?:\|[ \t]*)?$/;
const GRID_START = /^ {0,3}\+(?:[-=:]+\+){1,9999}[ \t]*$/;
const DASHES = /^ {0,3}-+(?:[ \t]+-+){1,9999}[ \t]*$/;
const LONG_DASHES = /^ {0,3}-{3,}[ \t]*$/;
const ENVIRONMENT = /^ {0,3}\\begin\{([^{}\s]+)\}/;
const SETEXT = /^(?:=+|-+)[ \t]*$/;

/** Where a text stands: front matter may start a chapter, and within an item a list may follow a paragraph at once. */
export type TextPlace = 'start' | 'within' | 'listItem';

/** Reads blocks of one text. */
export class Scanner {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #place: TextPlace;
  readonly #marks: MarkFinder;
  #read = 0;
  #cells: CellCut[] = [];
  #fences: FenceCut[] = [];

  constructor(text: string, lines: LineIndex, place: TextPlace = 'start') {
    this.#text = text;
    this.#lines = lines;
    this.#place = place;
    this.#marks = new MarkFinder(text);
  }

  /** The block that starts at a line. */
  next(line: number): Cut {
    this.#read = line;
    this.#cells = [];
    this.#fences = [];
    const [kind, endLine] = this.#block(line);
    return {
      kind,
      start: this.#lines.lineStart(line),
      end: this.#lines.lineStart(endLine),
      startLine: line,
      endLine,
      readEnd: this.#lines.lineStart(Math.max(this.#read + 1, endLine)),
      cells: this.#cells,
      fences: this.#fences,
    };
  }

  #line(line: number): string {
    if (line > this.#read) this.#read = line;
    return this.#text.slice(this.#start(line), this.#end(line));
  }

  #start(line: number): number {
    return this.#lines.lineStart(line);
  }

  /** End of a line's text, without its line end. */
  #end(line: number): number {
    return this.#lines.lineEnd(line);
  }

  #blank(line: number): boolean {
    if (line > this.#read) this.#read = line;
    const end = this.#end(line);
    for (let at = this.#start(line); at < end; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit !== 32 && unit !== 9 && unit !== 12 && unit !== 11 && unit !== 0xfeff) return false;
    }
    return true;
  }

  #indent(line: number): number {
    return indentWidth(this.#text, this.#start(line));
  }

  #firstUnit(line: number): number {
    let at = this.#start(line);
    for (; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit !== 32 && unit !== 9) return unit;
    }
    return 0;
  }

  #block(line: number): [BlockKind, number] {
    const count = this.#lines.count;
    if (this.#blank(line)) {
      let end = line + 1;
      while (end < count && this.#blank(end)) end++;
      return ['blank', end];
    }
    if (line === 0 && this.#place === 'start') {
      const end = this.#frontMatter();
      if (end > 0) return ['frontMatter', end];
    }
    const afterCell = this.#cell(line);
    if (afterCell > 0) return ['cell', afterCell];
    const afterFence = this.#fence(line);
    if (afterFence > 0) return ['code', afterFence];
    const text = this.#line(line);
    if (this.#indent(line) >= 4) {
      // The header of a simple table whose first column has none.
      const isHeader = line + 1 < count && DASHES.test(this.#line(line + 1)) && !this.#blank(line + 1);
      return (isHeader && this.#captionedTable(line, text)) || ['indentedCode', this.#indentedCode(line)];
    }
    const signed = this.#openedBySign(line, text);
    if (signed) return signed;
    const table = this.#captionedTable(line, text);
    if (table) return table;
    if (RULE.test(text)) return ['rule', line + 1];
    if (BULLET.test(text) || ORDERED.test(text)) return ['list', this.#list(line)];
    if (text.startsWith('|') && (text.length === 1 || text.charCodeAt(1) === 32)) {
      return ['lineBlock', this.#paragraph(line)];
    }
    if (line + 1 < count) {
      if (SETEXT.test(this.#line(line + 1))) return ['heading', line + 2];
      if (this.#isTerm(line)) return ['definitionList', this.#definitions(line)];
    }
    return ['paragraph', this.#paragraph(line)];
  }

  /** The block that the first sign of its line opens, and the line after it; undefined where it opens none. */
  #openedBySign(line: number, text: string): [BlockKind, number] | undefined {
    switch (this.#firstUnit(line)) {
      case 58: // ':'
        if (DIV_CLOSE.test(text)) return ['divClose', line + 1];
        if (text.trimStart().startsWith(':::')) {
          const end = this.#divOpen(line, text);
          if (end > 0) return ['divOpen', end];
        }
        break;
      case 35: // '#'
        if (HEADING.test(text)) return ['heading', line + 1];
        break;
      case 62: // '>'
        return ['quote', this.#paragraph(line)];
      case 60: // '<'
        return this.#html(line, text);
      case 92: {
        const environment = ENVIRONMENT.exec(text);
        const end = environment
          ? this.#until(line, this.#found(this.#marks.environmentEnd(environment[1]!, this.#start(line))))
          : endOfCommands(line, at => (at < this.#lines.count ? this.#line(at) : ''));
        if (end > 0) return ['rawTex', end];
        break;
      }
      case 91: // '['
        if (FOOTNOTE.test(text)) return ['footnote', this.#footnote(line)];
        if (LINK_DEFINITION.test(text)) return ['linkDefinition', line + 1];
        break;
      case 36: // '$'
        if (text.trimStart().startsWith('$$')) return ['math', this.#paragraph(line)];
        break;
    }
    return undefined;
  }

  #frontMatter(): number {
    if (
      this.#line(0)
        .replace(/^\ufeff/, '')
        .trimEnd() !== '---'
    )
      return 0;
    for (let line = 1; line < this.#lines.count; line++)
      if (this.#text.charCodeAt(this.#start(line)) === 45 && this.#line(line).trimEnd() === '---') return line + 1;
    this.#read = this.#lines.count;
    return 0;
  }

  /** If a cell opens at the line, keeps it and gives the line after it; else 0. */
  #cell(line: number): number {
    if (this.#firstUnit(line) !== 96 && !this.#opensCellAfterOddBlanks(line)) return 0;
    const opening = CELL_OPEN.exec(this.#line(line));
    if (!opening) return 0;
    const indentation = opening[1]!;
    const fence = opening[1]! + opening[2]!;
    const count = this.#lines.count;
    let close = line + 1;
    for (; close < count; close++) {
      const start = this.#start(close);
      if (!this.#text.startsWith(fence, start)) continue;
      if (this.#text.slice(start + fence.length, this.#end(close)).trim() === '') break;
    }
    this.#read = Math.max(this.#read, close);
    const closed = close < count;
    const codeStart = this.#start(line + 1);
    this.#cells.push({
      start: this.#start(line),
      fenceEnd: this.#end(line),
      codeStart,
      codeEnd: closed ? this.#start(close) : this.#text.length,
      closeStart: closed ? this.#start(close) : -1,
      end: closed ? this.#end(close) : this.#text.length,
      indentation,
    });
    return closed ? close + 1 : count;
  }

  /** Form feeds and no-break spaces count as white space before a cell's fence. */
  #opensCellAfterOddBlanks(line: number): boolean {
    const unit = this.#firstUnit(line);
    return (unit === 0xa0 || unit === 0xfeff || unit === 12 || unit === 11) && this.#line(line).includes('```');
  }

  /** If a fence other than a cell's opens at the line, keeps it and gives the line after it; else 0. */
  #fence(line: number): number {
    const unit = this.#firstUnit(line);
    if (unit !== 96 && unit !== 126) return 0;
    const opening = FENCE.exec(this.#line(line));
    return opening === null ? 0 : this.#fenced(line, this.#start(line), opening[1]!, opening[2]!);
  }

  /** The same for a fence that stands behind the marks of list items; one that nothing closes is none there. */
  #itemFence(line: number): number {
    const text = this.#line(line);
    const opening = ITEM_FENCE.exec(text);
    if (opening === null) return 0;
    const [, mark = '', info = ''] = opening;
    const kept = this.#fences.length;
    const next = this.#fenced(line, this.#start(line) + text.length - mark.length - info.length, mark, info);
    if (this.#fences[kept]?.closed === false) this.#fences.length = kept;
    return this.#fences.length > kept ? next : 0;
  }

  #fenced(line: number, start: number, mark: string, info: string): number {
    if (!opensListing(mark, info)) return 0;
    const count = this.#lines.count;
    let end = line + 1;
    let closed = false;
    for (; end < count; end++) {
      const first = this.#firstUnit(end);
      if (first !== 96 && first !== 126) continue;
      const text = this.#line(end);
      if (CELL_OPEN.test(text)) break;
      const closing = FENCE.exec(text);
      if (closing && closing[1]![0] === mark[0] && closing[1]!.length >= mark.length && closing[2]!.trim() === '') {
        closed = true;
        break;
      }
    }
    this.#read = Math.max(this.#read, end);
    this.#fences.push({
      start,
      openEnd: this.#end(line),
      codeStart: this.#start(line + 1),
      codeEnd: this.#start(end),
      end: closed ? this.#end(end) : this.#start(end),
      closed,
      mark,
      info: info.trim(),
    });
    return closed ? end + 1 : end;
  }

  /** The line after a cell or a fence that opens at the line, else 0. */
  #hidden(line: number): number {
    return this.#cell(line) || this.#fence(line);
  }

  #divOpen(line: number, text: string): number {
    const colons = DIV_START.exec(text);
    if (!colons) return 0;
    const rest = text.slice(colons[0].length);
    const word = DIV_WORD.test(rest);
    if (!word && !rest.startsWith('{')) return 0;
    const brace = text.indexOf('{');
    if (brace >= 0) {
      const { end, read } = attributesExtent(this.#text, this.#start(line) + brace);
      const last = this.#lines.lineAt(end > 0 ? end - 1 : read);
      // Where the braces end without attributes, the line behind may have been looked at.
      this.#read = Math.max(this.#read, end > 0 ? last : last + 1);
      if (end > 0 && /^[ \t]*:*[ \t]*$/.test(this.#text.slice(end, this.#end(last)))) return last + 1;
    }
    return word ? line + 1 : 0;
  }

  /** Lines up to a blank one, a fence, a cell or the end of a div. */
  #paragraph(line: number): number {
    const count = this.#lines.count;
    let at = this.#commentAware(line);
    let [mathFrom, isInMath] = [this.#start(line), false];
    while (at < count && !this.#blank(at)) {
      const unit = this.#firstUnit(at);
      if (unit === 58 && DIV_CLOSE.test(this.#line(at))) break;
      if (unit === 60 && at > line && DIV_END_TAG.test(this.#line(at))) break;
      if (this.#opensFence(at, unit)) break;
      if (this.#place === 'listItem' && at > line && startsItem(this.#line(at))) {
        // A line of a formula may begin with what looks like a marker, such as `(x) `.
        isInMath = isInMath !== (this.#text.slice(mathFrom, this.#start(at)).split('$$').length % 2 === 0);
        mathFrom = this.#start(at);
        if (!isInMath) break;
      }
      at = this.#commentAware(at);
    }
    return at;
  }

  #opensFence(line: number, unit: number): boolean {
    if (unit !== 96 && unit !== 126) return this.#opensCellAfterOddBlanks(line) && CELL_OPEN.test(this.#line(line));
    const text = this.#line(line);
    const opening = FENCE.exec(text);
    if (!opening) return false;
    return CELL_OPEN.test(text) || opensListing(opening[1]!, opening[2]!);
  }

  /** The line after `line`, or after a comment that starts on it and goes on over several lines. */
  #commentAware(line: number): number {
    const start = this.#start(line);
    const end = this.#end(line);
    if (line > this.#read) this.#read = line;
    const open = this.#text.slice(start, end).lastIndexOf('<!--');
    const close = open < 0 ? -1 : this.#indexOf('-->', start + open);
    return close < end ? line + 1 : this.#through(line + 1, this.#lines.lineAt(close) + 1);
  }

  /** Where `mark` next stands, or -1, for which the whole rest is read. */
  #indexOf(mark: string, from: number): number {
    return this.#found(this.#marks.next(mark, from));
  }

  #found(place: number): number {
    if (place < 0) this.#read = this.#lines.count;
    return place;
  }

  /** Goes on from a line to an end line, keeping cells and fences on the way; a fence that is not closed by then is none. */
  #through(line: number, end: number): number {
    let at = line;
    while (at < end) {
      const before = this.#fences.length;
      const next = (at === end - 1 ? this.#cell(at) : this.#hidden(at)) || at + 1;
      const isOpen = next > end || this.#fences[before]?.closed === false;
      at = isOpen && this.#fences.splice(before).length > 0 ? at + 1 : next;
    }
    if (at - 1 > this.#read) this.#read = at - 1;
    return at;
  }

  /** The line after the one that holds an offset below `line`; 0 for -1. */
  #until(line: number, found: number): number {
    return found < 0 ? 0 : this.#through(line + 1, this.#lines.lineAt(found) + 1);
  }

  #html(line: number, text: string): [BlockKind, number] | undefined {
    if (text.trimStart().startsWith('<!--')) {
      const close = this.#indexOf('-->', this.#start(line));
      if (close < 0) return undefined;
      const last = this.#lines.lineAt(close);
      if (last > this.#read) this.#read = last;
      const rest = this.#text.slice(close + 3, this.#end(last)).trim();
      return rest === '' || rest.startsWith('<!--') ? ['comment', this.#through(line + 1, last + 1)] : undefined;
    }
    const raw = RAW_HTML.exec(text);
    if (raw) {
      const end = this.#until(line, this.#indexOf(`</${raw[1]}`, this.#start(line)));
      if (end > 0) return ['html', end];
    }
    if (!HTML_BLOCK.test(text)) return undefined;
    // Pandoc reads Markdown between block tags, so a line of tags stands for itself.
    return ['html', TAGS_ONLY.test(text) || BLOCK_END_TAG.test(text) ? line + 1 : this.#paragraph(line)];
  }

  #indentedCode(line: number): number {
    const count = this.#lines.count;
    let end = line + 1;
    for (let at = line + 1; at < count; at++) {
      if (this.#blank(at)) continue;
      if (this.#indent(at) < 4 || this.#opensFence(at, this.#firstUnit(at))) break;
      end = at + 1;
    }
    return end;
  }

  // ------------------------------------------------------------------------------------------------ tables

  #captionedTable(line: number, text: string): [BlockKind, number] | undefined {
    const count = this.#lines.count;
    if (CAPTION.test(text) && CAPTION_START.test(text)) {
      const end = this.#paragraph(line);
      let at = end;
      while (at < count && this.#blank(at)) at++;
      if (at < count) {
        const next = this.#line(at);
        const table = this.#indent(at) < 4 ? this.#table(at, next) : undefined;
        if (table) return [table[0], table[1]];
      }
      return ['caption', end];
    }
    const table = this.#table(line, text);
    if (!table) return undefined;
    let at = table[1];
    while (at < count && this.#blank(at)) at++;
    if (at < count && this.#firstUnit(at) === 58 ? true : at < count && /^ {0,3}[Tt]able:/.test(this.#line(at))) {
      const next = this.#line(at);
      if (CAPTION.test(next) && CAPTION_START.test(next)) return [table[0], this.#paragraph(at)];
    }
    return table;
  }

  #table(line: number, text: string): [BlockKind, number] | undefined {
    const count = this.#lines.count;
    if (line + 1 >= count) return undefined;
    if (GRID_START.test(text)) {
      let end = line + 1;
      while (end < count && /^ {0,3}[|+]/.test(this.#line(end)) && !this.#blank(end)) end++;
      return end > line + 1 ? ['gridTable', end] : undefined;
    }
    if (text.includes('|')) {
      const separator = this.#line(line + 1);
      const own = PIPE_SEPARATOR.test(text) && text.includes('-');
      if ((PIPE_SEPARATOR.test(separator) && separator.includes('|')) || own) {
        let end = line + (own ? 1 : 2);
        while (end < count && !this.#blank(end)) {
          const row = this.#line(end);
          if (!row.includes('|') || DIV_CLOSE.test(row) || this.#opensFence(end, this.#firstUnit(end))) break;
          end++;
        }
        return ['table', end];
      }
    }
    return this.#simpleTable(line, text);
  }

  /** A header over dashes, or dashes around the whole (with or without a header). */
  #simpleTable(line: number, text: string): [BlockKind, number] | undefined {
    const count = this.#lines.count;
    const next = this.#line(line + 1);
    if (!DASHES.test(text) && DASHES.test(next) && !BULLET.test(text)) {
      let end = line + 2;
      while (end < count && !this.#blank(end)) end++;
      return ['table', end];
    }
    if (!DASHES.test(text) && !LONG_DASHES.test(text)) return undefined;
    // A headerless or multi-line table ends with a line of dashes, before which blank lines may stand.
    let columns = DASHES.test(text);
    for (let at = line + 1; at < count; at++) {
      const row = this.#line(at);
      if (DASHES.test(row)) {
        if (columns && (at + 1 >= count || this.#blank(at + 1))) return ['table', at + 1];
        columns = true;
      } else if (LONG_DASHES.test(row)) {
        return columns && at > line + 1 ? ['table', at + 1] : undefined;
      } else if (/^[#:`~]/.test(row)) return undefined;
      if (at > line + 200) return undefined;
    }
    return undefined;
  }

  // ------------------------------------------------------------------------------------- lists and notes

  #list(line: number): number {
    const count = this.#lines.count;
    let content = contentColumn(this.#line(line));
    let end = this.#itemLine(line);
    let blank = false;
    let at = end;
    while (at < count) {
      if (this.#blank(at)) {
        blank = true;
        at++;
        continue;
      }
      const indent = this.#indent(at);
      const text = this.#line(at);
      if (this.#firstUnit(at) === 58 && DIV_CLOSE.test(text) && indent < content) break;
      const marker = indent < content && indent < 4 && !RULE.test(text) && (BULLET.test(text) || ORDERED.test(text));
      if (marker) content = contentColumn(text);
      else if (indent < content && (blank || this.#opensFence(at, this.#firstUnit(at)))) break;
      at = marker ? this.#itemLine(at) : this.#within(at);
      blank = false;
      end = at;
    }
    return end;
  }

  /** The line after one that starts an item, definition or note, behind whose mark a fence may open. */
  #itemLine(line: number): number {
    return this.#itemFence(line) || this.#commentAware(line);
  }

  /** The line after one within a container, where others may stand in it. */
  #within(line: number): number {
    return this.#hidden(line) || this.#itemLine(line);
  }

  #footnote(line: number): number {
    const count = this.#lines.count;
    let at = this.#itemLine(line);
    let end = at;
    let blank = false;
    while (at < count) {
      if (this.#blank(at)) {
        blank = true;
        at++;
        continue;
      }
      const text = this.#line(at);
      const indent = this.#indent(at);
      if (blank && indent < 4) break;
      if (indent < 4 && (FOOTNOTE.test(text) || DIV_CLOSE.test(text) || CELL_OPEN.test(text))) break;
      at = this.#within(at);
      blank = false;
      end = at;
    }
    return end;
  }

  /**
   * Whether the line is the term of a definition: the next line, or the one after a blank one, defines it. The caption of a
   * table below it looks like that.
   */
  #isTerm(line: number): boolean {
    const count = this.#lines.count;
    let next = line + 1;
    if (next < count && this.#blank(next)) next++;
    if (next >= count) return false;
    const unit = this.#firstUnit(next);
    if (unit !== 58 && unit !== 126) return false;
    const text = this.#line(next);
    return DEFINITION.test(text) && (next === line + 1 || !this.#captionsTable(next, text));
  }

  #captionsTable(line: number, text: string): boolean {
    const kind = this.#captionedTable(line, text)?.[0];
    return kind !== undefined && kind !== 'caption';
  }

  #definitions(line: number): number {
    const count = this.#lines.count;
    let at = line + 1;
    let end = at;
    let blank = false;
    while (at < count) {
      if (this.#blank(at)) {
        blank = true;
        at++;
        continue;
      }
      const text = this.#line(at);
      const indent = this.#indent(at);
      const definition = DEFINITION.test(text);
      if (indent < 4 && (DIV_CLOSE.test(text) || CELL_OPEN.test(text))) break;
      if (blank && indent < 4 && !definition && !(this.#plain(text) && this.#isTerm(at))) break;
      at = this.#within(at);
      blank = false;
      end = at;
    }
    return end;
  }

  /** Whether a line could be running text, so also a term. */
  #plain(text: string): boolean {
    return !HEADING.test(text) && !BULLET.test(text) && !FOOTNOTE.test(text) && !/^ {0,3}(?::::|\||>|\+)/.test(text);
  }
}
