/** Brings the blocks of the page to a new version, touching only what changed. */
import { Idiomorph } from 'idiomorph';
import type { PreviewUpdate } from '../../server/protocol';
import type { LastValue } from '../preview/messages';
import { ChangedNumbers } from './flash';
import { LastValues } from './lastValues';
import { paired } from './pairing';
import { htmlOf, nextPlaces } from './places';
import { isTabState } from './tabs';

/** A block on the page and the lines of the chapter that it shows. */
export interface ShownBlock {
  readonly element: HTMLElement;
  readonly key: string;
  readonly line: number;
  readonly endLine: number;
  /** What it is to show; what is out of view shows it a little later. */
  readonly html: string;
}

/** Blocks from one index on and up to another, which is no longer one of them. */
export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

/** What an update has done. */
export interface Applied {
  /** The elements of blocks that are new or have changed. */
  readonly changed: readonly HTMLElement[];
  /** Index of the first block that came, changed or went; that of none where only lines moved. */
  readonly first: number;
}

/** Milliseconds of work after which blocks out of view are left for later. */
const PATIENCE = 4;

/** From so many blocks on, those that are out of view are neither laid out nor painted. */
const LONG_PAGE = 150;

/** The blocks on the page, in order. */
export class Blocks {
  readonly #root: HTMLElement;
  readonly #flash = new ChangedNumbers();
  readonly #last = new LastValues();
  readonly #indices = new WeakMap<Element, number>();
  #shown: readonly ShownBlock[] = [];
  /** Blocks out of view that do not show their HTML yet. */
  #behind = new Map<HTMLElement, string>();
  #number = -1;
  #flow = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    // A page that was rendered before it was opened.
    const ready = [...root.querySelectorAll<HTMLElement>(':scope > .reckoner-block')];
    this.#keep(ready.map(element => ({ element, key: '', line: 0, endLine: 0, html: '' })));
  }

  get all(): readonly ShownBlock[] {
    return this.#shown;
  }

  /** How many blocks, from the first on, follow the lines of the chapter; footnotes behind them do not. */
  get flow(): number {
    return this.#flow;
  }

  /** Index of the block that an element stands in; undefined for one that the page has no more. */
  indexOf(element: Element): number | undefined {
    const block = element.closest('.reckoner-block');
    const index = block === null ? undefined : this.#indices.get(block);
    return index !== undefined && this.#shown[index]?.element === block ? index : undefined;
  }

  /** The line of the chapter from one that is relative to the block around an element. */
  lineOf(element: Element, relative: string | undefined): number | undefined {
    const index = this.indexOf(element);
    return index === undefined ? undefined : this.#shown[index]!.line + Number(relative ?? 0);
  }

  /** True while blocks out of view do not show what they should. */
  get isBehind(): boolean {
    return this.#behind.size > 0;
  }

  /**
   * Applies an update; undefined where the page lacks what it builds upon. What is in view is changed at once, the rest as
   * far as there is time: `catchUp` does what is left.
   */
  apply(update: PreviewUpdate, inView: BlockRange): Applied | undefined {
    if (!update.reset && update.number !== this.#number + 1) return undefined;
    const before = this.#shown;
    const places = nextPlaces(before, update);
    if (places === undefined) return undefined;
    this.#number = update.number;
    this.#root.querySelector(':scope > .reckoner-waiting')?.remove();
    const used = new Set(places.map(({ from }) => from));
    const changed: HTMLElement[] = [];
    let first: number | undefined;
    let old = 0;
    const next: ShownBlock[] = [];
    while (next.length < places.length) {
      const { key, line, endLine, from } = places[next.length]!;
      if (from !== undefined) {
        if (from !== old) first ??= next.length;
        old = from + 1;
        const { element, html } = before[from]!;
        next.push({ element, key, line, endLine, html });
        continue;
      }
      first ??= next.length;
      const gone = old;
      while (old < before.length && !used.has(old)) old++;
      const start = next.length;
      let end = start;
      while (end < places.length && places[end]!.from === undefined) end++;
      const fresh = places
        .slice(start, end)
        .map(place => ({ ...place, html: htmlOf(place.key, update, before) ?? '' }));
      const { blocks, touched } = this.#turn({ start: gone, end: old }, fresh, inView);
      next.push(...blocks);
      changed.push(...touched);
    }
    if (old < before.length) first ??= places.length;
    this.#arrange(next);
    this.#keep(next);
    return { changed: [...changed, ...this.catchUp()], first: first ?? Number.POSITIVE_INFINITY };
  }

  /** Turns blocks that the new version does not have into those in their place; `touched` are the elements that changed by it. */
  #turn(
    gone: BlockRange,
    fresh: readonly Omit<ShownBlock, 'element'>[],
    inView: BlockRange,
  ): { readonly blocks: readonly ShownBlock[]; readonly touched: readonly HTMLElement[] } {
    const before = this.#shown;
    const touched: HTMLElement[] = [];
    const pairs = paired(
      before.slice(gone.start, gone.end).map(({ html }) => html),
      fresh.map(({ html }) => html),
    );
    const blocks = fresh.map(({ key, line, endLine, html }, nth): ShownBlock => {
      const of = pairs[nth];
      if (of === undefined) {
        const element = newBlock(html);
        touched.push(element);
        return { element, key, line, endLine, html };
      }
      const at = gone.start + of;
      const { element, key: former } = before[at]!;
      if (former !== key) {
        this.#behind.set(element, html);
        if (at >= inView.start && at < inView.end) touched.push(...this.#show(element));
      }
      return { element, key, line, endLine, html };
    });
    return { blocks, touched };
  }

  /** What references show of a cell that raises. */
  lastValues(): readonly LastValue[] {
    return this.#last.shownIn(this.#root);
  }

  /** Shows what the page before a reload had of a cell that raises; false where none of that has its place. */
  bringBack(kept: readonly LastValue[]): boolean {
    return this.#last.bringBack(this.#root, kept);
  }

  /** Has blocks out of view show what they should, for a while; the elements that it changed. */
  catchUp(patience = PATIENCE): HTMLElement[] {
    const changed: HTMLElement[] = [];
    const until = performance.now() + patience;
    for (const element of this.#behind.keys()) {
      changed.push(...this.#show(element));
      if (performance.now() >= until) break;
    }
    return changed;
  }

  #show(element: HTMLElement): HTMLElement[] {
    const html = this.#behind.get(element);
    this.#behind.delete(element);
    if (html === undefined || element.parentElement !== this.#root) return [];
    this.#morph(element, html);
    return [element];
  }

  /** Forgets all blocks, and shows something else in their place. */
  replace(content: HTMLElement): void {
    this.clear();
    this.#root.append(content);
  }

  clear(): void {
    this.#number = -1;
    this.#behind.clear();
    this.#keep([]);
    this.#root.replaceChildren();
  }

  #keep(shown: readonly ShownBlock[]): void {
    this.#shown = shown;
    for (const [index, { element }] of shown.entries()) this.#indices.set(element, index);
    // The title is made of the chapter's first lines, as is the block behind it.
    this.#flow = Math.min(1, shown.length);
    while (this.#flow < shown.length && shown[this.#flow]!.line >= shown[this.#flow - 1]!.line) this.#flow++;
    this.#root.classList.toggle('reckoner-long', shown.length >= LONG_PAGE);
  }

  #arrange(next: readonly ShownBlock[]): void {
    const wanted = new Set(next.map(({ element }) => element));
    for (const { element } of this.#shown) if (!wanted.has(element)) element.remove();
    let at = this.#root.firstElementChild;
    for (const { element } of next)
      if (element === at) at = at.nextElementSibling;
      else this.#root.insertBefore(element, at);
  }

  #morph(element: HTMLElement, html: string): void {
    const compare = this.#flash.before(element);
    const bringBack = this.#last.before(element);
    // Read as a new block is, for a tag may mean nothing where it stands, such as a cell outside of a table.
    Idiomorph.morph(element, [...newBlock(html).childNodes], {
      morphStyle: 'innerHTML',
      callbacks: { beforeAttributeUpdated: (name: string, node: Element) => !isReaders(name, node) },
    });
    compare();
    bringBack();
  }
}

/** The class of a picture that could not be loaded. */
export const MISSING = 'reckoner-missing';

/** True for what the reader or the page has changed, and an update must not. */
function isReaders(name: string, element: Element): boolean {
  if (name === 'open') return element.localName === 'details';
  if (name === 'src') return element.localName === 'img';
  if (name === 'class') return element.classList.contains(MISSING);
  return isTabState(name, element);
}

function newBlock(html: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'reckoner-block';
  element.innerHTML = html;
  return element;
}
