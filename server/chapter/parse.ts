/** Text to chapter, and chapter plus edit to chapter. */
import { ParsedChapter } from './chapter';
import { BlockContent } from './content';
import type { Cut } from './cuts';
import { type InheritedMetadata, sameMetadata } from './execution';
import { LineIndex } from './lines';
import { LocatedBlock } from './located';
import type { Chapter, TextChange } from './model';
import { Scanner } from './scanner';

/** Longest chapter that is read, in UTF-16 units; files have the same limit in bytes. The text of a longer one is kept, but nothing in it is looked for. */
export const MAX_CHAPTER_LENGTH = 16_000_000;

/**
 * Most blocks of a chapter that is read. To cut so many takes about as long as the server may keep a request waiting; the
 * longest chapters of real books have a tenth of them.
 */
export const MAX_BLOCKS = 50_000;

/** Takes one line about an inconsistency that was repaired: a bug of the parser, which its user should report. */
export type ParserLog = (message: string) => void;

/** The version before, so that only what differs from it is read. */
export interface ParseUpdate {
  readonly previous: Chapter;
  readonly log: ParserLog;
}

/** The chapter with the metadata that it inherits from its project and folders; the same object where they say the same. */
export function withInherited(chapter: Chapter, inherited: InheritedMetadata): Chapter {
  if (!(chapter instanceof ParsedChapter)) throw new TypeError('not a chapter that was parsed here');
  return sameMetadata(chapter.inherited, inherited) ? chapter : chapter.withInherited(inherited);
}

/** Reads a chapter. With an `update`, what did not change since the previous version is taken over from it. */
export function parseChapter(text: string, uri: string, update?: ParseUpdate): Chapter {
  const previous = update?.previous;
  if (update !== undefined && previous instanceof ParsedChapter && previous.uri === uri)
    return editChapter(previous, { start: 0, end: previous.raw.length, text }, update.log);
  return parseAll(text, uri);
}

/**
 * The chapter after an edit. Neither the text as a whole nor any block that the edit does not touch is read, so that the
 * cost does not grow with what the chapter weighs. Should the result not fit together, the whole text is read again and
 * `log` is told.
 */
export function editChapter(previous: Chapter, change: TextChange, log: ParserLog): Chapter {
  if (!(previous instanceof ParsedChapter)) throw new TypeError('not a chapter that was parsed here');
  const { length } = previous.raw;
  if (!(0 <= change.start && change.start <= change.end && change.end <= length))
    throw new RangeError(`an edit of ${change.start}–${change.end} in a text of ${length} units`);
  const narrowed = withoutCommonEnds(previous, change);
  if (narrowed.start === narrowed.end && narrowed.text === '') return previous;
  const whole = (): string =>
    previous.slice(0, narrowed.start) + narrowed.text + previous.slice(narrowed.end, previous.raw.length);
  const edited = length + narrowed.text.length - (narrowed.end - narrowed.start);
  if (previous.tooLong || edited > MAX_CHAPTER_LENGTH) return parseAll(whole(), previous.uri, previous.inherited);
  try {
    const text = new EditedText(previous, narrowed);
    const blocks = blocksAfter(previous, narrowed, text);
    if (blocks.length > MAX_BLOCKS) return unreadChapter(whole(), previous.uri, text.lines, previous.inherited);
    return new ParsedChapter(previous.uri, text.lines, blocks, { previous });
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    const { start, end } = narrowed;
    log(`${previous.uri}: ${error.message} after an edit of ${start}–${end}; the whole chapter was read again`);
    return parseAll(whole(), previous.uri, previous.inherited);
  }
}

/** The incremental result does not fit together. */
class InvariantError extends Error {}

function parseAll(text: string, uri: string, inherited?: InheritedMetadata): Chapter {
  const lines = LineIndex.of(text);
  if (text.length > MAX_CHAPTER_LENGTH) return unreadChapter(text, uri, lines, inherited);
  const scanner = new Scanner(text, lines);
  const blocks: LocatedBlock[] = [];
  let line = 0;
  let start = 0;
  while (start < text.length) {
    const cut = scanner.next(line);
    if (cut.start !== start || cut.end <= start) throw new Error(`cutting stopped at ${start} of ${text.length} units`);
    blocks.push(new LocatedBlock(new BlockContent(cut, text), start, blocks.length, cut.readEnd - start));
    line = cut.endLine;
    start = cut.end;
    if (blocks.length > MAX_BLOCKS) return unreadChapter(text, uri, lines, inherited);
  }
  return new ParsedChapter(uri, lines, blocks, { text, ...(inherited && { inherited }) });
}

/** A chapter in which nothing is looked for. */
function unreadChapter(text: string, uri: string, lines: LineIndex, inherited?: InheritedMetadata): Chapter {
  const whole = BlockContent.unread(text);
  const blocks = [new LocatedBlock(whole, 0, 0, text.length)];
  return new ParsedChapter(uri, lines, blocks, { text, ...(inherited && { inherited }) });
}

/** The same change without what stays the same at its start and at its end. */
function withoutCommonEnds(previous: ParsedChapter, { start, end, text }: TextChange): TextChange {
  const old = previous.slice(start, end);
  const shorter = Math.min(old.length, text.length);
  let head = 0;
  while (head < shorter && old.charCodeAt(head) === text.charCodeAt(head)) head++;
  let tail = 0;
  const most = shorter - head;
  while (tail < most && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail++;
  return { start: start + head, end: end - tail, text: text.slice(head, text.length - tail) };
}

/** How much text is made for the scanner at first. */
const WINDOW = 4096;

/** The text after an edit, made piece by piece where the scanner reads it. */
class EditedText {
  readonly lines: LineIndex;
  readonly #previous: ParsedChapter;
  readonly #change: TextChange;
  #scanner: Scanner | undefined;
  #text = '';
  /** The first line of the piece, and where it starts and ends. */
  #line = 0;
  #start = 0;
  #end = 0;

  constructor(previous: ParsedChapter, change: TextChange) {
    this.#previous = previous;
    this.#change = change;
    this.lines = previous.raw.edited(change.start, change.end, change.text, (start, end) => previous.slice(start, end));
  }

  /** The block that starts at an offset; its cut and the text to which the cut refers. */
  cut(start: number): { readonly cut: Cut; readonly text: string } {
    const line = this.lines.lineAt(start);
    if (this.lines.lineStart(line) !== start) throw new InvariantError(`a block starts within line ${line + 1}`);
    let size = WINDOW;
    if (this.#scanner === undefined || start < this.#start || start >= this.#end) this.#open(line, size);
    for (;;) {
      const cut = this.#scanner!.next(line - this.#line);
      const complete = this.#end === this.lines.length || this.#start + cut.readEnd < this.#end;
      if (complete) {
        if (cut.start !== start - this.#start) throw new InvariantError(`line ${line + 1} is not where it was`);
        if (cut.end <= cut.start) throw new InvariantError(`the block at line ${line + 1} is empty`);
        return { cut, text: this.#text };
      }
      size *= 8;
      this.#open(line, size);
    }
  }

  slice(start: number, end: number): string {
    const { start: from, end: until, text } = this.#change;
    const shift = text.length - (until - from);
    return (
      this.#previous.slice(start, Math.min(end, from)) +
      text.slice(Math.max(0, start - from), Math.max(0, end - from)) +
      this.#previous.slice(Math.max(until, start - shift), end - shift)
    );
  }

  #open(line: number, size: number): void {
    this.#line = line;
    this.#start = this.lines.lineStart(line);
    const last = this.lines.lineAt(Math.min(this.lines.length, this.#start + size));
    this.#end = this.lines.lineStart(last + 1);
    this.#text = this.slice(this.#start, this.#end);
    this.#scanner = new Scanner(this.#text, LineIndex.of(this.#text), line === 0 ? 'start' : 'within');
  }
}

/**
 * The blocks after an edit: those before it that were decided by text before it, then what is cut anew, up to the first
 * boundary behind the edit that was one before, and the old blocks from there on.
 */
function blocksAfter(previous: ParsedChapter, change: TextChange, text: EditedText): LocatedBlock[] {
  const { start, end } = change;
  const delta = change.text.length - (end - start);
  const editEnd = end + delta;
  const { length } = text.lines;
  const old = previous.located;
  const blocks: LocatedBlock[] = [];
  /** Where the next block starts, and the first old block that may be it. */
  let at = 0;
  let from = 0;
  const cutNext = (before?: LocatedBlock): void => {
    const { cut, text: source } = text.cut(at);
    const fresh = new BlockContent(cut, source, true);
    const kept = before?.kind === fresh.kind && before.text === fresh.text ? before.content : fresh;
    blocks.push(new LocatedBlock(kept, at, blocks.length, cut.readEnd - cut.start));
    at += fresh.text.length;
  };
  while (at < start) {
    while (from < old.length && old[from]!.start < at) from++;
    const same = old[from]?.start === at ? old[from] : undefined;
    // A line end may be two units, so a block may depend on the unit behind the text that was read.
    if (same !== undefined && at + same.readLength < start) {
      blocks.push(
        same.index === blocks.length ? same : new LocatedBlock(same.content, at, blocks.length, same.readLength),
      );
      at = same.end;
    } else cutNext(same);
  }
  while (at < length) {
    if (at >= editEnd && at > 0) {
      while (from < old.length && (old[from]!.start < end || old[from]!.start + delta < at)) from++;
      // The first block is decided otherwise than the same text further down, where front matter cannot stand.
      if (from > 0 && from < old.length && old[from]!.start + delta === at) break;
    }
    cutNext();
  }
  checkBorder(at, blocks.at(-1), at < length ? old[from] : undefined, text);
  if (at < length)
    for (; from < old.length; from++) {
      const { content, start: place, readLength } = old[from]!;
      if (place + delta !== at) throw new InvariantError(`block ${blocks.length} is not where the one before it ends`);
      blocks.push(new LocatedBlock(content, at, blocks.length, readLength));
      at += content.text.length;
    }
  if (at !== length) throw new InvariantError(`the blocks hold ${at} of ${length} units`);
  return blocks;
}

/** How much text is compared on both sides of a border. */
const BORDER = 16;

/** Holds the blocks that meet at an offset against the text. */
function checkBorder(
  at: number,
  before: LocatedBlock | undefined,
  after: LocatedBlock | undefined,
  text: EditedText,
): void {
  const fits =
    text.slice(Math.max(before?.start ?? at, at - BORDER), at) === (before?.text.slice(-BORDER) ?? '') &&
    text.slice(at, Math.min(at + BORDER, at + (after?.text.length ?? 0))) === (after?.text.slice(0, BORDER) ?? '');
  if (!fits) throw new InvariantError(`the blocks that meet at ${at} differ from the text`);
}
