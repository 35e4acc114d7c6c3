/** Where sentences end in a text, and where it quotes: looked up once for all numbers in it, of which a line may have thousands. */
import { countFirst } from '../../chapter/sorted';

/** Not behind "e.g." and its like. */
const END = /(?<!\b(?:e\.g|i\.e|vs|cf|approx|al|Fig|Eq|Sec|Tbl|No))[.!?]['"”)]?\s+/;
/** So far behind a place, the words before an end stand behind it as well. */
const CONTEXT = 8;

export class TextMarks {
  readonly #text: string;
  #ends: readonly { readonly index: number; readonly to: number }[] | undefined;
  #quotes:
    | { readonly straight: readonly number[]; readonly open: readonly number[]; readonly close: readonly number[] }
    | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The sentence around a stretch of the text. */
  sentenceAround(from: number, to: number): { from: number; to: number } {
    const ends = this.#allEnds();
    const start = ends[countFirst(ends.length, at => ends[at]!.to <= from) - 1]?.to ?? 0;
    // What stands before the stretch, or in it, is no abbreviation before an end.
    const near = END.exec(this.#text.slice(to, to + 2 * CONTEXT))?.index;
    if (near !== undefined && near <= CONTEXT) return { from: start, to: to + near + 1 };
    const next = ends[countFirst(ends.length, at => ends[at]!.index <= to + CONTEXT)];
    return { from: start, to: next === undefined ? this.#text.length : next.index + 1 };
  }

  /** Whether a place stands between quotation marks. */
  isQuoted(at: number): boolean {
    const { straight, open, close } = this.#allQuotes();
    const before = countBefore(straight, at);
    const lastStraight = straight[before - 1] ?? -1;
    const lastOpen = open[countBefore(open, at) - 1] ?? -1;
    if (lastOpen > lastStraight) return (close[countBefore(close, at) - 1] ?? -1) < lastOpen;
    return before % 2 === 1 && before < straight.length;
  }

  #allEnds() {
    this.#ends ??= Array.from(this.#text.matchAll(new RegExp(END, 'g')), ({ index, 0: { length } }) => ({
      index,
      to: index + length,
    }));
    return this.#ends;
  }

  #allQuotes() {
    this.#quotes ??= {
      straight: placesOf('"', this.#text),
      open: placesOf('“', this.#text),
      close: placesOf('”', this.#text),
    };
    return this.#quotes;
  }
}

function placesOf(mark: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) places.push(at);
  return places;
}

function countBefore(places: readonly number[], at: number): number {
  return countFirst(places.length, index => places[index]! < at);
}
