/** While a cell raises, references to what it was to make show what they were last, greyed, beside the fault that they tell. */

import type { LastValue } from '../preview/messages';

const LAST = 'reckoner-last';

/** Values of which the page may know what they were: their cell has raised, or is to be evaluated anew after that. */
const MISSING = '.reckoner-blamed, .reckoner-awaited';

/** So many are kept over a reload. */
const MOST_KEPT = 500;

export class LastValues {
  /** By block, HTML by expressions: further down the same expression may have another value. */
  readonly #texts = new WeakMap<Element, Map<string, string>>();
  /** False while the page shows none, which need not be looked for then. */
  #isAny = false;

  /** Takes down the values of a block before an update; the function that is returned brings back those that it lacks. */
  before(block: Element): () => void {
    const shown = block.querySelectorAll(`.reckoner-value:not(.reckoner-fault, .reckoner-unknown, ${MISSING})`);
    const texts = this.#texts.get(block) ?? new Map<string, string>();
    if (shown.length > 0) this.#texts.set(block, texts);
    for (const number of shown) texts.set(expressionOf(number), number.innerHTML);
    return () => {
      for (const number of block.querySelectorAll(MISSING)) this.#isAny = bringBack(number, texts) || this.#isAny;
    };
  }

  /** The last values that a page shows, in their order. */
  shownIn(root: Element): readonly LastValue[] {
    if (!this.#isAny) return [];
    const shown = [...root.getElementsByClassName(LAST)].slice(0, MOST_KEPT);
    this.#isAny = shown.length > 0;
    return shown.map(number => [(number as HTMLElement).dataset.last ?? '', number.innerHTML]);
  }

  /**
   * Has a page that was loaded anew show the last values of the one before; false where none has its place. Several of one
   * expression have their places only where there are as many as before, or all are equal.
   */
  bringBack(root: Element, kept: readonly LastValue[]): boolean {
    const texts = grouped(kept);
    const numbers = grouped(
      [...root.querySelectorAll(`:is(${MISSING}):not(.${LAST})`)].map(number => [number.textContent ?? '', number]),
    );
    let isAny = false;
    for (const [expression, places] of numbers) {
      const lasts = texts.get(expression) ?? [];
      if (lasts.length !== places.length && new Set(lasts).size !== 1) continue;
      for (const [at, number] of places.entries()) {
        const block = number.closest('.reckoner-block');
        if (block === null) continue;
        const known = this.#texts.get(block) ?? new Map<string, string>();
        this.#texts.set(block, known);
        if (!known.has(expression)) known.set(expression, lasts[at] ?? lasts[0]!);
        isAny = bringBack(number, known) || isAny;
      }
    }
    this.#isAny ||= isAny;
    return isAny;
  }
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, one] of pairs) groups.set(key, [...(groups.get(key) ?? []), one]);
  return groups;
}

/** False where none is known. */
function bringBack(number: Element, texts: ReadonlyMap<string, string>): boolean {
  const expression = number.textContent ?? '';
  const last = texts.get(expression);
  if (last === undefined) return false;
  // Formulas and marks as they were: all of it comes from values, of which the page has only what it may show.
  number.innerHTML = last;
  (number as HTMLElement).dataset.last = expression;
  number.classList.add(LAST);
  const fault = number.getAttribute('aria-label');
  if (fault !== null) number.setAttribute('aria-label', `${fault}; it was ${readingOf(number)}`);
  return true;
}

/** Of a value its title begins with its expression. */
function expressionOf(number: Element): string {
  return (number.getAttribute('title') ?? '').replace(/ (?:\(|is ).*$/s, '');
}

/** What a value says: of a formula its source, since its text has it twice. */
function readingOf(number: Element): string {
  return (number.querySelector('annotation') ?? number).textContent ?? '';
}
