/** While a cell raises, references to what it was to make show what they were last, greyed, beside the fault that they tell. */

const LAST = 'reckoner-last';

export class LastValues {
  /** Texts by their expressions. */
  readonly #texts = new Map<string, string>();

  /** Takes down the values of a block before an update; the function that is returned brings back those that it lacks. */
  before(block: Element): () => void {
    for (const number of block.querySelectorAll('.reckoner-value:not(.reckoner-fault, .reckoner-unknown)'))
      this.#texts.set(expressionOf(number), number.textContent ?? '');
    return () => {
      for (const number of block.querySelectorAll('.reckoner-blamed')) this.#bringBack(number);
    };
  }

  #bringBack(number: Element): void {
    const last = this.#texts.get(number.textContent ?? '');
    if (last === undefined) return;
    number.textContent = last;
    number.classList.add(LAST);
    const fault = number.getAttribute('aria-label');
    if (fault !== null) number.setAttribute('aria-label', `${fault}; it was ${last}`);
  }

  clear(): void {
    this.#texts.clear();
  }
}

/** Of a value its title begins with its expression. */
function expressionOf(number: Element): string {
  return (number.getAttribute('title') ?? '').replace(/ (?:\(|is ).*$/s, '');
}
