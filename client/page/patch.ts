/** Brings the blocks of the page to a new version, touching only what changed. */
import { Idiomorph } from 'idiomorph';
import type { PreviewUpdate } from '../../server/protocol';
import { isTabState } from './tabs';

/** Attributes that the reader changes and an update must not. */
const READERS = new Set(['open', 'src']);

function keep(name: string, element: Element): boolean {
  if (isTabState(name, element)) return true;
  if (!READERS.has(name)) return false;
  return element.localName === 'details' || element.localName === 'img';
}

/** The blocks on the page, in order, by key. */
export class Blocks {
  readonly #root: HTMLElement;
  readonly #html = new Map<string, string>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get elements(): HTMLElement[] {
    return [...this.#root.children] as HTMLElement[];
  }

  /** Applies an update; returns the elements that are new or changed. */
  apply(update: PreviewUpdate): HTMLElement[] {
    if (update.reset) {
      this.#html.clear();
      if (this.#root.querySelector('.reckoner-waiting')) this.#root.replaceChildren();
    }
    for (const [key, html] of Object.entries(update.html)) this.#html.set(key, html);
    const changed = this.#arrange(update);
    const wanted = new Set(update.blocks.map(block => block.key));
    for (const key of [...this.#html.keys()]) if (!wanted.has(key)) this.#html.delete(key);
    return changed;
  }

  #arrange({ blocks }: PreviewUpdate): HTMLElement[] {
    const changed: HTMLElement[] = [];
    const later = new Map<string, number>();
    for (const { key } of blocks) later.set(key, (later.get(key) ?? 0) + 1);
    let old = this.#root.firstElementChild as HTMLElement | null;
    for (const place of blocks) {
      later.set(place.key, later.get(place.key)! - 1);
      // Old blocks that the new version does not have are turned into its next new block; those it has later on wait.
      while (old !== null && old.dataset.key !== place.key && this.#isHere(old, place.key)) old = this.#drop(old);
      let element = old;
      if (element?.dataset.key === place.key) old = element.nextElementSibling as HTMLElement | null;
      else if (element !== null && !(later.get(element.dataset.key ?? '') ?? 0)) {
        old = element.nextElementSibling as HTMLElement | null;
        this.#morph(element, place.key);
        changed.push(element);
      } else {
        element = this.#make(place.key);
        this.#root.insertBefore(element, old);
        changed.push(element);
      }
      element.dataset.line = String(place.line);
      element.dataset.end = String(place.endLine);
    }
    while (old !== null) old = this.#drop(old);
    return changed;
  }

  /** True where the wanted block stands further down, so that the present one was removed before it. */
  #isHere(old: HTMLElement, key: string): boolean {
    for (let next = old.nextElementSibling; next !== null; next = next.nextElementSibling)
      if ((next as HTMLElement).dataset.key === key) return true;
    return false;
  }

  #drop(element: HTMLElement): HTMLElement | null {
    const next = element.nextElementSibling as HTMLElement | null;
    element.remove();
    return next;
  }

  #make(key: string): HTMLElement {
    const element = document.createElement('div');
    element.className = 'reckoner-block';
    element.dataset.key = key;
    element.innerHTML = this.#html.get(key) ?? '';
    return element;
  }

  #morph(element: HTMLElement, key: string): void {
    Idiomorph.morph(element, this.#html.get(key) ?? '', {
      morphStyle: 'innerHTML',
      callbacks: { beforeAttributeUpdated: (name: string, node: Element) => !keep(name, node) },
    });
    element.dataset.key = key;
  }
}
