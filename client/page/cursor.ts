/** Marks what stands on the page for the line of the editor's cursor. */
import type { Blocks } from './patch';
import type { ScrollMap } from './scroll';

const MARK = 'reckoner-at-cursor';

export class CursorMark {
  readonly #blocks: Blocks;
  readonly #map: ScrollMap;
  #line: number | undefined;
  #marked: Element | undefined;

  constructor(blocks: Blocks, map: ScrollMap) {
    this.#blocks = blocks;
    this.#map = map;
  }

  show(line: number | undefined): void {
    this.#line = line;
    this.refresh();
  }

  /** Blocks have changed. */
  refresh(): void {
    const found = this.#line === undefined ? undefined : this.#elementOf(this.#line);
    if (found === this.#marked && found?.classList.contains(MARK) !== false) return;
    this.#marked?.classList.remove(MARK);
    found?.classList.add(MARK);
    this.#marked = found;
  }

  #elementOf(line: number): Element | undefined {
    const index = this.#map.blockAt(line);
    const block = index === undefined ? undefined : this.#blocks.all[index];
    if (block === undefined || line < block.line || line >= block.endLine) return undefined;
    const inner = [...block.element.querySelectorAll<HTMLElement>('[data-l]')];
    return inner.findLast(one => Number(one.dataset.l) <= line - block.line) ?? block.element;
  }
}
