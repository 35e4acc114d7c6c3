/** Shows beside computed numbers what they would be with the values that are tried. */
import type { TriedNumber } from '../preview/messages';

/** Where a computed number's reference stands; undefined where nobody knows. */
export type PlaceOf = (number: HTMLElement) => { readonly line: number; readonly character: number } | undefined;

export class TriedMarks {
  readonly #root: HTMLElement;
  readonly #placeOf: PlaceOf;
  #areMarked = false;
  /** By the lines of their references. */
  #numbers: ReadonlyMap<number, readonly TriedNumber[]> = new Map();

  constructor(root: HTMLElement, placeOf: PlaceOf) {
    this.#root = root;
    this.#placeOf = placeOf;
  }

  show(numbers: readonly TriedNumber[]): void {
    const byLine = new Map<number, TriedNumber[]>();
    for (const number of numbers)
      for (let { line } = number.start; line <= number.end.line; line++)
        byLine.set(line, [...(byLine.get(line) ?? []), number]);
    this.#numbers = byLine;
    this.refresh();
  }

  /** Blocks have changed. */
  refresh(): void {
    if (this.#areMarked)
      for (const number of this.#root.querySelectorAll<HTMLElement>('.reckoner-value[data-tried]'))
        delete number.dataset.tried;
    this.#areMarked = this.#numbers.size > 0;
    if (!this.#areMarked) return;
    for (const number of this.#root.querySelectorAll<HTMLElement>('.reckoner-value')) {
      const place = this.#placeOf(number);
      const found = place && this.#numbers.get(place.line)?.find(one => holds(one, place));
      if (found !== undefined) number.dataset.tried = `→ ${found.text}`;
    }
  }
}

/** True where a place lies in the reference of a number. */
function holds({ start, end }: TriedNumber, { line, character }: NonNullable<ReturnType<PlaceOf>>): boolean {
  return (line > start.line || character >= start.character) && (line < end.line || character <= end.character);
}
