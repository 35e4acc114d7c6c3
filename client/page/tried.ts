/** Shows beside computed numbers what they would be with the values that are tried. */
import type { TriedNumber } from '../preview/messages';

/** Where a computed number's reference stands; undefined where nobody knows. */
export type PlaceOf = (number: HTMLElement) => { readonly line: number; readonly character: number } | undefined;

export class TriedMarks {
  readonly #root: HTMLElement;
  readonly #placeOf: PlaceOf;
  #numbers: ReadonlyMap<string, string> = new Map();

  constructor(root: HTMLElement, placeOf: PlaceOf) {
    this.#root = root;
    this.#placeOf = placeOf;
  }

  show(numbers: readonly TriedNumber[]): void {
    this.#numbers = new Map(numbers.map(({ line, character, text }) => [`${line}:${character}`, text]));
    this.refresh();
  }

  /** Blocks have changed. */
  refresh(): void {
    for (const number of this.#root.querySelectorAll<HTMLElement>('.reckoner-value[data-tried]'))
      delete number.dataset.tried;
    if (this.#numbers.size === 0) return;
    for (const number of this.#root.querySelectorAll<HTMLElement>('.reckoner-value')) {
      const place = this.#placeOf(number);
      const text = place && this.#numbers.get(`${place.line}:${place.character}`);
      if (text !== undefined) number.dataset.tried = `→ ${text}`;
    }
  }
}
