/** Lines of the source and heights of the page: which stands where, and scrolling by them. */

interface Mark {
  readonly line: number;
  readonly top: number;
}

/** Places whose line is known, from top to bottom, lines ascending. */
function marks(root: HTMLElement): Mark[] {
  const found: Mark[] = [];
  const offset = window.scrollY;
  let last = -1;
  for (const block of root.children as HTMLCollectionOf<HTMLElement>) {
    const base = Number(block.dataset.line);
    if (!Number.isFinite(base)) continue;
    const add = (line: number, top: number) => {
      if (line <= last) return;
      last = line;
      found.push({ line, top: top + offset });
    };
    const box = block.getBoundingClientRect();
    add(base, box.top);
    for (const inner of block.querySelectorAll<HTMLElement>('[data-l]')) {
      const rect = inner.getBoundingClientRect();
      if (rect.height > 0) add(base + Number(inner.dataset.l), rect.top);
    }
    const end = Number(block.dataset.end);
    if (Number.isFinite(end)) add(end, box.bottom);
  }
  return found;
}

/** Scrolls so that a line stands at the top. */
export function scrollToLine(root: HTMLElement, line: number): void {
  const all = marks(root);
  if (all.length === 0) return;
  const at = all.findIndex(mark => mark.line > line);
  const after = at < 0 ? undefined : all[at];
  const before = at < 0 ? all.at(-1)! : (all[at - 1] ?? all[0]!);
  const part =
    after === undefined || after.line === before.line ? 0 : (line - before.line) / (after.line - before.line);
  const top = before.top + (after === undefined ? 0 : Math.max(0, part) * (after.top - before.top));
  window.scrollTo({ top: line <= 0 ? 0 : top - 4 });
}

/** The line at the top of the window, as a fraction. */
export function lineAtTop(root: HTMLElement): number {
  if (window.scrollY <= 0) return 0;
  const all = marks(root);
  const top = window.scrollY + 4;
  const at = all.findIndex(mark => mark.top > top);
  if (at === 0) return all[0]!.line;
  const after = at < 0 ? undefined : all[at];
  const before = at < 0 ? all.at(-1) : all[at - 1];
  if (before === undefined) return 0;
  if (after === undefined || after.top === before.top) return before.line;
  return before.line + ((top - before.top) / (after.top - before.top)) * (after.line - before.line);
}

/**
 * Remembers what stands at the top of the window and puts it back there: the block, and inside it the smallest element
 * that survives, since what is above that may change its height as well.
 */
export function anchor(root: HTMLElement): () => void {
  if (window.scrollY <= 0) return () => undefined;
  const chosen: { readonly element: Element; readonly top: number }[] = [];
  for (let parent: Element = root; ; ) {
    const child = [...parent.children].find(one => one.getBoundingClientRect().bottom > 0);
    if (child === undefined || (chosen.length > 0 && !(child instanceof HTMLElement))) break;
    chosen.push({ element: child, top: child.getBoundingClientRect().top });
    parent = child;
  }
  return () => {
    const kept = chosen.findLast(({ element }) => element.isConnected);
    if (kept !== undefined) window.scrollBy({ top: kept.element.getBoundingClientRect().top - kept.top });
  };
}
