/** What one page has been sent, so that an update carries only what it lacks. */
import type { PreviewPlace, PreviewRun, PreviewUpdate } from '../protocol';
import type { RenderedChapter } from './chapter';

export class PreviewSession {
  readonly #uri: string;
  #sent: readonly PreviewPlace[] = [];
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
    const places = rendered.blocks.map(({ key, line, endLine }) => ({ key, line, endLine }));
    const blocks = difference(this.#sent, places);
    this.#sent = places;
    this.#shown = rendered;
    const wanted = new Set(blocks.flatMap(block => ('key' in block ? [block.key] : [])));
    const html: Record<string, string> = {};
    if (wanted.size > 0) for (const block of rendered.blocks) if (wanted.has(block.key)) html[block.key] = block.html;
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
      blocks.push(place);
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
