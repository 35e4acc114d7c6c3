/** Text to chapter, and chapter plus edit to chapter. */
import { ParsedChapter } from './chapter';
import { BlockContent } from './content';
import { LineIndex } from './lines';
import type { Chapter, TextChange } from './model';
import { PlacedBlock } from './placed';
import { Scanner } from './scanner';

/**
 * Reads a chapter. With the previous version of it, only what the edit touches is read again; `change` says what the
 * edit was and spares the search for it. Applying `change` to `previous.text` must give `text`.
 */
export function parseChapter(text: string, uri: string, previous?: Chapter, change?: TextChange): Chapter {
  if (previous instanceof ParsedChapter && previous.uri === uri) return edited(text, previous, change);
  const lines = LineIndex.of(text);
  return new ParsedChapter(uri, text, lines, cutAll(text, lines));
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

function edited(text: string, previous: ParsedChapter, change?: TextChange): ParsedChapter {
  const { start, end, text: inserted } = change ?? difference(previous.text, text);
  if (start === end && inserted === '') return previous;
  const delta = inserted.length - (end - start);
  const lines = previous.lines.edited(text, start, end, inserted.length);
  const old = previous.placed;
  const scanner = new Scanner(text, lines);
  const blocks: PlacedBlock[] = [];
  let from = 0;
  let line = 0;
  let at = 0;
  // A line end may be two units, so a block may depend on the unit behind the text that was read.
  const settled = (block: PlacedBlock): boolean => block.start + block.readLength < start;
  const editEnd = start + inserted.length;
  while (at < text.length) {
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
    const cut = scanner.next(line);
    const fresh = new BlockContent(cut, text, cut.endLine - line, true);
    const kept = same?.content.kind === fresh.kind && same.content.text === fresh.text ? same.content : fresh;
    blocks.push(new PlacedBlock(kept, at, blocks.length, cut.readEnd - at));
    line = cut.endLine;
    at = cut.end;
  }
  return new ParsedChapter(previous.uri, text, lines, blocks, previous);
}
