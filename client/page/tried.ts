/** Shows beside computed numbers what they would be with the values that are tried. */
import type { TriedNumber } from '../preview/messages';

/** Where a computed number's reference stands; undefined where nobody knows. */
export type PlaceOf = (number: HTMLElement) => { readonly line: number; readonly character: number } | undefined;

export class TriedMarks {
  readonly #root: HTMLElement;
  readonly #placeOf: PlaceOf;
  #marked: readonly HTMLElement[] = [];
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

  /** Blocks have changed. Numbers that say the same are left alone: a slider comes by here with each step. */
  refresh(): void {
    const marks = new Map<HTMLElement, string>();
    if (this.#numbers.size > 0)
      for (const number of this.#root.querySelectorAll<HTMLElement>('.reckoner-value')) {
        const place = this.#placeOf(number);
        const found = place && this.#numbers.get(place.line)?.find(one => holds(one, place));
        if (found !== undefined) marks.set(number, `→ ${found.text}`);
      }
    for (const number of this.#marked) if (!marks.has(number)) delete number.dataset.tried;
    for (const [number, text] of marks) if (number.dataset.tried !== text) number.dataset.tried = text;
    this.#marked = [...marks.keys()];
  }
}

/** True where a place lies in the reference of a number. */
function holds({ start, end }: TriedNumber, { line, character }: NonNullable<ReturnType<PlaceOf>>): boolean {
  return (line > start.line || character >= start.character) && (line < end.line || character <= end.character);
}
