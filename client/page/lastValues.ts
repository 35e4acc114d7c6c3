/** While a cell raises, references to what it was to make show what they were last, greyed, beside the fault that they tell. */

const LAST = 'reckoner-last';

export class LastValues {
  /** By block, texts by their expressions: further down the same expression may have another value. */
  readonly #texts = new WeakMap<Element, Map<string, string>>();

  /** Takes down the values of a block before an update; the function that is returned brings back those that it lacks. */
  before(block: Element): () => void {
    const shown = block.querySelectorAll('.reckoner-value:not(.reckoner-fault, .reckoner-unknown)');
    const texts = this.#texts.get(block) ?? new Map<string, string>();
    if (shown.length > 0) this.#texts.set(block, texts);
    for (const number of shown) texts.set(expressionOf(number), number.textContent ?? '');
    return () => {
      for (const number of block.querySelectorAll('.reckoner-blamed')) bringBack(number, texts);
    };
  }
}

function bringBack(number: Element, texts: ReadonlyMap<string, string>): void {
  const last = texts.get(number.textContent ?? '');
  if (last === undefined) return;
  number.textContent = last;
  number.classList.add(LAST);
  const fault = number.getAttribute('aria-label');
  if (fault !== null) number.setAttribute('aria-label', `${fault}; it was ${last}`);
}

/** Of a value its title begins with its expression. */
function expressionOf(number: Element): string {
  return (number.getAttribute('title') ?? '').replace(/ (?:\(|is ).*$/s, '');
}
