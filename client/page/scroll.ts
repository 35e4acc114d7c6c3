/**
 * Lines of the source and heights of the page: which stands where, and scrolling by them. A place is found by halving, so
 * that a long page is not measured as a whole.
 */
import type { EditorView } from '../preview/messages';
import type { BlockRange, Blocks, ShownBlock } from './patch';

interface Mark {
  readonly line: number;
  /** From the top of the window. */
  readonly top: number;
}

/** Distance of the line at the top from the upper edge of the window. */
const EDGE = 4;

/** Distance of what stands at the cursor from the lower edge. */
const MARGIN = 24;

export class ScrollMap {
  readonly #blocks: Blocks;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
  }

  /** Scrolls so that the line at the top of an editor stands at the top, and what its cursor is in within the window. */
  show({ line, cursor }: EditorView): void {
    const top = this.#topOf(line);
    if (top !== undefined) window.scrollBy({ top: top - EDGE });
    if (cursor !== undefined) this.reveal(cursor);
  }

  /** Scrolls by as little as brings a line into the window. */
  reveal(line: number): void {
    const top = this.#topOf(line);
    if (top === undefined) return;
    const over = (this.#topOf(line + 1) ?? top) - (window.innerHeight - MARGIN);
    if (top < EDGE || over > 0) window.scrollBy({ top: Math.min(over, top - EDGE) });
  }

  /** Where a line stands, from the top of the window; undefined on an empty page. */
  #topOf(line: number): number | undefined {
    // Above the first line is what the page has of its own.
    if (line <= 0) return EDGE - window.scrollY;
    const index = this.blockAt(line);
    if (index === undefined) return undefined;
    const marks = this.#marks(index);
    const at = marks.findIndex(mark => mark.line > line);
    const after = at < 0 ? undefined : marks[at];
    const before = marks.find(mark => mark.line === line) ?? (at < 0 ? marks.at(-1)! : (marks[at - 1] ?? marks[0]!));
    const part =
      after === undefined || after.line === before.line ? 0 : (line - before.line) / (after.line - before.line);
    return before.top + (after === undefined ? 0 : Math.max(0, part) * (after.top - before.top));
  }

  /** The line at the top of the window, as a fraction. */
  lineAtTop(): number {
    const index = window.scrollY <= 0 ? undefined : this.#firstVisible();
    if (index === undefined) return 0;
    const { all, flow } = this.#blocks;
    if (index >= flow) return all[flow - 1]?.line ?? 0;
    const marks = this.#marks(index);
    const at = marks.findIndex(mark => mark.top > EDGE);
    const after = at < 0 ? undefined : marks[at];
    const before = at < 0 ? marks.at(-1)! : (marks[at - 1] ?? marks[0]!);
    if (after === undefined || after.top === before.top) return before.line;
    return before.line + Math.max(0, (EDGE - before.top) / (after.top - before.top)) * (after.line - before.line);
  }

  /**
   * Remembers what stands at the top of the window; the function that is returned puts it back there, unless nothing
   * has changed from there upwards: the block, and inside it the smallest element that survives, since what is above that
   * may change its height as well.
   */
  anchor(): (firstChanged: number) => void {
    const index = window.scrollY <= 0 ? undefined : this.#firstVisible();
    if (index === undefined) return () => undefined;
    const chosen: { readonly element: Element; readonly top: number }[] = [];
    let element: Element | undefined = this.#blocks.all[index]!.element;
    while (element !== undefined) {
      chosen.push({ element, top: element.getBoundingClientRect().top });
      element = [...element.children].find(one => one.getBoundingClientRect().bottom > 0);
    }
    return firstChanged => {
      if (firstChanged > index) return;
      const kept = chosen.findLast(one => one.element.isConnected);
      if (kept !== undefined) window.scrollBy({ top: kept.element.getBoundingClientRect().top - kept.top });
    };
  }

  /** The blocks of which something is in the window. */
  inView(): BlockRange {
    const { all } = this.#blocks;
    const start = this.#firstVisible() ?? all.length;
    const end = firstWhere(all.length, at => all[at]!.element.getBoundingClientRect().top >= window.innerHeight);
    return { start, end };
  }

  /** Index of the block that shows a line, or stands before it. */
  blockAt(line: number): number | undefined {
    const { all, flow } = this.#blocks;
    if (flow === 0) return undefined;
    // All blocks of an included file stand at the line that includes it: that means the first of them.
    const first = firstWhere(flow, at => all[at]!.line >= line);
    return first < flow && all[first]!.line === line ? first : Math.max(0, first - 1);
  }

  /** Index of the block at the top of the window. */
  #firstVisible(): number | undefined {
    const { all } = this.#blocks;
    const index = firstWhere(all.length, at => all[at]!.element.getBoundingClientRect().bottom > 0);
    return index < all.length ? index : undefined;
  }

  /** Places of a block whose line is known, and where the next one begins: lines ascending. */
  #marks(index: number): Mark[] {
    const { all, flow } = this.#blocks;
    const { element, line, endLine } = all[index]!;
    const box = element.getBoundingClientRect();
    const marks: Mark[] = [{ line, top: box.top }];
    const add = (mark: Mark) => {
      if (mark.line > marks.at(-1)!.line) marks.push(mark);
    };
    for (const inner of element.querySelectorAll<HTMLElement>('[data-l]')) {
      const rect = inner.getBoundingClientRect();
      if (rect.height > 0) add({ line: line + Number(inner.dataset.l), top: rect.top });
    }
    add({ line: endLine, top: box.bottom });
    const next: ShownBlock | undefined = index + 1 < flow ? all[index + 1] : undefined;
    if (next !== undefined) add({ line: next.line, top: next.element.getBoundingClientRect().top });
    return marks;
  }
}

/** The first index for which a condition holds that holds for all behind it as well; `count` where there is none. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
