/** Text to chapter, and chapter plus edit to chapter. */
import { ParsedChapter } from './chapter';
import { BlockContent } from './content';
import { LineIndex } from './lines';
import type { Chapter, TextChange } from './model';
import { PlacedBlock } from './placed';
import { type Cut, Scanner } from './scanner';

/**
 * Reads a chapter. With the previous version of it, only what the edit touches is read again; `change` says what the
 * edit was and spares the search for it. Applying `change` to `previous.text` must give `text`.
 */
export function parseChapter(text: string, uri: string, previous?: Chapter, change?: TextChange): Chapter {
  if (previous instanceof ParsedChapter && previous.uri === uri)
    return editChapter(previous, change ?? difference(previous.text, text));
  const lines = LineIndex.of(text);
  return new ParsedChapter(uri, lines, cutAll(text, lines), { text });
}

/**
 * The chapter after an edit. Neither the text as a whole nor any block that the edit does not touch is read, so that the
 * cost does not grow with what the chapter weighs.
 */
export function editChapter(previous: Chapter, change: TextChange): Chapter {
  if (!(previous instanceof ParsedChapter)) throw new TypeError('not a chapter that was parsed here');
  if (change.start === change.end && change.text === '') return previous;
  const edited = new EditedText(previous, change);
  return new ParsedChapter(previous.uri, edited.lines, cutEdited(previous, change, edited), { previous });
}

function cutAll(text: string, lines: LineIndex): PlacedBlock[] {
  const scanner = new Scanner(text, lines);
  const blocks: PlacedBlock[] = [];
  let line = 0;
  let start = 0;
  while (start < text.length) {
    const cut = scanner.next(line);
    const content = new BlockContent(cut, text, cut.endLine - line);
    blocks.push(new PlacedBlock(content, start, blocks.length, cut.readEnd - start));
    line = cut.endLine;
    start = cut.end;
  }
  return blocks;
}

/** The extent of what differs between two texts; surrogate pairs and `\r\n` need no care, since blocks end at lines. */
function difference(old: string, text: string): TextChange {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let tail = 0;
  const most = shorter - start;
  while (tail < most && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail++;
  return { start, end: old.length - tail, text: text.slice(start, text.length - tail) };
}

/** How much text is made for the scanner at first. */
const WINDOW = 4096;

/** The text after an edit, made in stretches where the scanner reads it. */
class EditedText {
  readonly lines: LineIndex;
  readonly #previous: ParsedChapter;
  readonly #change: TextChange;
  #scanner: Scanner | undefined;
  #text = '';
  /** The first line of the stretch, and where it starts and ends. */
  #line = 0;
  #start = 0;
  #end = 0;

  constructor(previous: ParsedChapter, change: TextChange) {
    this.#previous = previous;
    this.#change = change;
    this.lines = previous.lines.edited(change.start, change.end, change.text, (start, end) =>
      previous.slice(start, end),
    );
  }

  /** The block that starts at a line; its cut and the text to which the cut refers. */
  cut(line: number): { readonly cut: Cut; readonly text: string } {
    const start = this.lines.lineStart(line);
    let size = WINDOW;
    if (this.#scanner === undefined || start < this.#start || start >= this.#end) this.#open(line, size);
    for (;;) {
      const cut = this.#scanner!.next(line - this.#line);
      const complete = this.#end === this.lines.length || this.#start + cut.readEnd < this.#end;
      if (complete) return { cut, text: this.#text };
      size *= 8;
      this.#open(line, size);
    }
  }

  #open(line: number, size: number): void {
    this.#line = line;
    this.#start = this.lines.lineStart(line);
    const last = this.lines.lineAt(Math.min(this.lines.length, this.#start + size));
    this.#end = this.lines.lineStart(last + 1);
    this.#text = this.#slice(this.#start, this.#end);
    this.#scanner = new Scanner(this.#text, LineIndex.of(this.#text), line === 0);
  }

  #slice(start: number, end: number): string {
    const { start: from, end: until, text } = this.#change;
    const shift = text.length - (until - from);
    return (
      this.#previous.slice(start, Math.min(end, from)) +
      text.slice(Math.max(0, start - from), Math.max(0, end - from)) +
      this.#previous.slice(Math.max(until, start - shift), end - shift)
    );
  }
}

function cutEdited(previous: ParsedChapter, change: TextChange, edited: EditedText): PlacedBlock[] {
  const { start, end, text: inserted } = change;
  const delta = inserted.length - (end - start);
  const { length } = edited.lines;
  const old = previous.placed;
  const blocks: PlacedBlock[] = [];
  let from = 0;
  let line = 0;
  let at = 0;
  // A line end may be two units, so a block may depend on the unit behind the text that was read.
  const settled = (block: PlacedBlock): boolean => block.start + block.readLength < start;
  const editEnd = start + inserted.length;
  while (at < length) {
    while (from < old.length && old[from]!.start + (old[from]!.start >= end ? delta : 0) < at) from++;
    const same = old[from];
    if (same && at < start && same.start === at && settled(same)) {
      blocks.push(
        same.index === blocks.length ? same : new PlacedBlock(same.content, at, blocks.length, same.readLength),
      );
      at += same.content.text.length;
      line += same.content.lineCount;
      continue;
    }
    if (same && at > 0 && at >= editEnd && same.start > 0 && same.start >= end && same.start + delta === at) {
      for (let i = from; i < old.length; i++) {
        const block = old[i]!;
        const moved = delta !== 0 || block.index !== blocks.length;
        blocks.push(
          moved ? new PlacedBlock(block.content, block.start + delta, blocks.length, block.readLength) : block,
        );
      }
      break;
    }
    const { cut, text } = edited.cut(line);
    const lineCount = cut.endLine - cut.startLine;
    const fresh = new BlockContent(cut, text, lineCount, true);
    const kept = same?.content.kind === fresh.kind && same.content.text === fresh.text ? same.content : fresh;
    blocks.push(new PlacedBlock(kept, at, blocks.length, cut.readEnd - cut.start));
    line += lineCount;
    at += kept.text.length;
  }
  return blocks;
}
