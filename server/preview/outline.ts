/** The parts of a page: each top-level block, or a div with all that it holds, or code that lost its fence. */
import { openDiv } from '../chapter/divs';
import type { Attributes, Block, Chapter, UnopenedCell } from '../chapter/model';
import { tagBalance } from './html';

export interface BlockPart {
  readonly kind: 'block';
  /** Index of the block in the chapter. */
  readonly at: number;
}

export interface UnopenedPart {
  readonly kind: 'unopened';
  readonly at: number;
  /** Index behind the last block. */
  readonly end: number;
  readonly cell: UnopenedCell;
}

export interface DivPart {
  readonly kind: 'div';
  /** The block that opens it. */
  readonly at: number;
  /** Index behind the block that closes it. */
  readonly end: number;
  readonly attributes: Attributes;
  readonly children: readonly Part[];
}

/** Blocks between tags of HTML that belong together, those of the tags included. */
export interface HtmlPart {
  readonly kind: 'html';
  readonly at: number;
  readonly end: number;
  readonly children: readonly Part[];
}

export type Part = BlockPart | UnopenedPart | DivPart | HtmlPart;

/** Index behind a part. */
export function endOf(part: Part): number {
  return part.kind === 'block' ? part.at + 1 : part.end;
}

/** Whether a block opens or closes a div. */
interface Mark {
  readonly attributes: Attributes | undefined;
}

/**
 * The parts of a chapter in order. A div that is never closed is none: Pandoc reads the line that should open it as text,
 * and so a line that closes none.
 */
export function outlineOf(chapter: Chapter, markOf: (block: Block) => Mark | undefined): Part[] {
  const { blocks } = chapter;
  const closes = closingBlocks(blocks, markOf);
  const lost = chapter.unopenedCells.filter(({ opening }) => opening?.isListing !== true);
  let steps = MOST_STEPS;
  const read = (from: number, to: number, depth: number): Part[] => {
    const parts: Part[] = [];
    for (let at = from; at < to; ) {
      const { start } = blocks[at]!.range;
      const cell = lost.length === 0 ? undefined : lost.find(({ range }) => range.start <= start && start < range.end);
      const close = closes.get(at);
      if (cell !== undefined) {
        let end = at + 1;
        while (end < to && blocks[end]!.range.start < cell.range.end) end++;
        parts.push({ kind: 'unopened', at, end, cell });
        at = end;
      } else if (close !== undefined) {
        const { attributes } = markOf(blocks[at]!)!;
        parts.push({ kind: 'div', at, end: close + 1, attributes: attributes!, children: read(at + 1, close, depth) });
        at = close + 1;
      } else if (depth < MOST_TAGS && tagsOf(blocks[at]!).opened > 0) {
        const end = steps > 0 ? behindTags(blocks, at, to, closes) : undefined;
        steps -= end === undefined ? MOST_BETWEEN : end - at;
        if (end === undefined) parts.push({ kind: 'block', at });
        else {
          const children: Part[] = [{ kind: 'block', at }, ...read(at + 1, end, depth + 1)];
          parts.push({ kind: 'html', at, end, children });
        }
        at = end ?? at + 1;
      } else {
        parts.push({ kind: 'block', at });
        at++;
      }
    }
    return parts;
  };
  return read(0, blocks.length, 0);
}

/** Tags within tags beyond this depth are closed where their block ends, and so are those that stay open over more blocks. */
const MOST_TAGS = 20;
const MOST_BETWEEN = 2000;
/** So many blocks are looked at for the ends of all tags together. */
const MOST_STEPS = 100_000;

const tags = new WeakMap<object, ReturnType<typeof tagBalance>>();

const NO_TAGS: ReturnType<typeof tagBalance> = { opened: 0, closed: 0 };
const RAW_HTML = /^\s*[`~]{3,}\s*\{=html\d?\}/;

/** True for blocks whose tags others may close: lines of tags, and raw HTML. */
export function mayHoldTags({ kind, text }: Block): boolean {
  return kind === 'html' || (kind === 'code' && RAW_HTML.test(text));
}

function tagsOf(block: Block): ReturnType<typeof tagBalance> {
  if (!mayHoldTags(block)) return NO_TAGS;
  let found = tags.get(block.content);
  if (found === undefined) {
    found = tagBalance(block.text);
    tags.set(block.content, found);
  }
  return found;
}

/** Index behind the block that closes the tags which the one at `at` opens; undefined where none does. */
function behindTags(
  blocks: readonly Block[],
  at: number,
  to: number,
  closes: ReadonlyMap<number, number>,
): number | undefined {
  let depth = tagsOf(blocks[at]!).opened;
  const last = Math.min(to, at + MOST_BETWEEN);
  for (let next = at + 1; next < last; next++) {
    const close = closes.get(next);
    if (close !== undefined) next = close;
    else if (mayHoldTags(blocks[next]!)) {
      const { opened, closed } = tagsOf(blocks[next]!);
      depth -= closed;
      if (depth <= 0) return next + 1;
      depth += opened;
    }
  }
  return undefined;
}

/** Deeper divs are not told from the text around them: none of them is shown otherwise than as source. */
const MOST_OPEN = 1000;

function closingBlocks(blocks: readonly Block[], markOf: (block: Block) => Mark | undefined): Map<number, number> {
  const closes = new Map<number, number>();
  const open: { readonly at: number; readonly block: Block }[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'divOpen' && block.kind !== 'divClose' && block.kind !== 'html') continue;
    const mark = markOf(block);
    if (mark === undefined) continue;
    if (mark.attributes !== undefined) {
      open.push({ at, block });
      continue;
    }
    const opened = openDiv(open, block.kind === 'html');
    if (opened < 0) continue;
    if (opened < MOST_OPEN) closes.set(open[opened]!.at, at);
    open.length = opened;
  }
  return closes;
}
