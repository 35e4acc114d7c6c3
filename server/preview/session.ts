/** What one page has been sent, so that an update carries only what it lacks. */
import type { PreviewPlace, PreviewRun, PreviewSplice, PreviewUpdate } from '../protocol';
import type { RenderedBlock, RenderedChapter } from './chapter';
import { stepsBetween } from './splice';

export class PreviewSession {
  readonly #uri: string;
  #sent: readonly RenderedBlock[] = [];
  #shown: Pick<RenderedChapter, 'title' | 'language'> | undefined;
  #number = -1;

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** The next update needs no knowledge of earlier ones. */
  reset(): void {
    this.#sent = [];
    this.#number = -1;
  }

  /** The update that brings the page to this version; undefined where it shows the same already. */
  nextIfAny(rendered: RenderedChapter, version: number): PreviewUpdate | undefined {
    const { blocks, title, language } = rendered;
    const isSame =
      this.#number >= 0 &&
      title === this.#shown?.title &&
      language === this.#shown.language &&
      blocks.length === this.#sent.length &&
      this.#sent.every(({ key, line, endLine }, at) => {
        const block = blocks[at]!;
        return block.key === key && block.line === line && block.endLine === endLine;
      });
    return isSame ? undefined : this.next(rendered, version);
  }

  /** The update that brings the page to this version. */
  next(rendered: RenderedChapter, version: number): PreviewUpdate {
    this.#number++;
    const before = this.#sent;
    const blocks = difference(before, rendered.blocks);
    this.#sent = rendered.blocks;
    this.#shown = rendered;
    const lacking = counterparts(blocks, before.length);
    const html: Record<string, string | PreviewSplice> = {};
    for (const block of lacking.size === 0 ? [] : rendered.blocks) {
      const from = lacking.get(block.key);
      if (from === undefined) continue;
      const steps = from < 0 ? undefined : stepsBetween(before[from]!.html, block.html);
      html[block.key] = steps === undefined ? block.html : { from, steps };
    }
    const { title, language } = rendered;
    const number = this.#number;
    return { uri: this.#uri, version, number, title, language, blocks, html, reset: number === 0 };
  }
}

/** The blocks of a version, those that the one before has as well in runs that ascend. */
export function difference(
  before: readonly PreviewPlace[],
  after: readonly PreviewPlace[],
): (PreviewPlace | PreviewRun)[] {
  const at = new Map(before.map(({ key }, index) => [key, index]));
  const kept = ascending(after.map(({ key }) => at.get(key) ?? -1));
  const blocks: (PreviewPlace | PreviewRun)[] = [];
  let run: { from: number; count: number; shift: number } | undefined;
  for (const [index, place] of after.entries()) {
    const from = at.get(place.key);
    const old = from === undefined || !kept.has(index) ? undefined : before[from];
    if (from === undefined || old === undefined || place.endLine - place.line !== old.endLine - old.line) {
      run = undefined;
      blocks.push({ key: place.key, line: place.line, endLine: place.endLine });
      continue;
    }
    const shift = place.line - old.line;
    if (run?.shift === shift && run.from + run.count === from) run.count++;
    else {
      run = { from, count: 1, shift };
      blocks.push(run);
    }
  }
  return blocks;
}

/** By the keys of blocks that are in no run, the index of the block in whose place each comes; -1 for those between. */
function counterparts(blocks: readonly (PreviewPlace | PreviewRun)[], count: number): Map<string, number> {
  const found = new Map<string, number>();
  let next = 0;
  let waiting: string[] = [];
  for (const block of [...blocks, { from: count, count: 0 }]) {
    if ('key' in block) {
      waiting.push(block.key);
      continue;
    }
    for (const key of waiting) found.set(key, next < block.from ? next++ : -1);
    waiting = [];
    next = block.from + block.count;
  }
  return found;
}

/** The indices of a longest ascending part of a list; negative numbers are passed over. */
function ascending(list: readonly number[]): Set<number> {
  /** By length, the index at which the part ends that ends with the least number; and what stands before each index. */
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const [index, value] of list.entries()) {
    if (value < 0) continue;
    let low = ends.length > 0 && list[ends.at(-1)!]! < value ? ends.length : 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (list[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    previous.set(index, ends[low - 1]);
    ends[low] = index;
  }
  const found = new Set<number>();
  for (let index = ends.at(-1); index !== undefined; index = previous.get(index)) found.add(index);
  return found;
}
