/** Looking for the ends of what opens in a text, in a time that grows with the text and not with what opens. */
import { countFirst } from './sorted';

/** Finds marks in one text. Asked for in ascending order, each mark is looked for about once in all of the text. */
export class MarkFinder {
  readonly #text: string;
  readonly #last = new Map<string, { readonly from: number; readonly found: number }>();
  #environments: ReadonlyMap<string, readonly number[]> | undefined;
  #backticks: ReadonlyMap<number, readonly number[]> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where `mark` stands next, from an offset on; -1 if nowhere. */
  next(mark: string, from: number): number {
    const last = this.#last.get(mark);
    if (last !== undefined && last.from <= from && (last.found < 0 || from <= last.found)) return last.found;
    const found = this.#text.indexOf(mark, from);
    this.#last.set(mark, { from, found });
    return found;
  }

  /** Where `\end{name}` stands next, from an offset on; -1 if nowhere. */
  environmentEnd(name: string, from: number): number {
    this.#environments ??= placesBy(this.#text, /\\end\{([^{}\s]+)\}/g, found => found[1]!);
    return nextOf(this.#environments.get(name), from);
  }

  /** Where a run of exactly so many backticks starts next, from an offset on; -1 if nowhere. */
  backticks(size: number, from: number): number {
    this.#backticks ??= placesBy(this.#text, /`+/g, found => found[0].length);
    return nextOf(this.#backticks.get(size), from);
  }
}

/** Offsets of what a pattern finds, by a key. */
function placesBy<K>(text: string, pattern: RegExp, keyOf: (found: RegExpExecArray) => K): Map<K, number[]> {
  const places = new Map<K, number[]>();
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const key = keyOf(found);
    const known = places.get(key);
    if (known) known.push(found.index);
    else places.set(key, [found.index]);
  }
  return places;
}

/** The first of ascending offsets that is not below `from`, or -1. */
function nextOf(places: readonly number[] | undefined, from: number): number {
  if (places === undefined) return -1;
  return places[countFirst(places.length, at => places[at]! < from)] ?? -1;
}

/** Brackets of one kind and their partners, with backslash escapes, over a whole text. */
export class BracketPairs {
  /** At an opening bracket the offset of its closing one; 0 elsewhere. */
  readonly #closing: Int32Array;

  constructor(text: string, open: number, close: number) {
    const closing = new Int32Array(text.length);
    // While a bracket is open, its item leads to the one around it, by offset plus one.
    let innermost = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 92) at++;
      else if (unit === open) {
        closing[at] = innermost;
        innermost = at + 1;
      } else if (unit === close && innermost > 0) {
        const opened = innermost - 1;
        innermost = closing[opened]!;
        closing[opened] = at;
      }
    }
    while (innermost > 0) {
      const around = closing[innermost - 1]!;
      closing[innermost - 1] = 0;
      innermost = around;
    }
    this.#closing = closing;
  }

  /** Where the bracket that opens at an offset is closed; -1 if nowhere. */
  closing(at: number): number {
    return this.#closing[at] || -1;
  }
}
