/** Offsets to lines and back. */

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly column: number;
}

/** Where the lines of a text start; built on first use. */
export class LineIndex {
  readonly #source: string;
  #starts: number[] | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  get starts(): readonly number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let at = 0; at < this.#source.length; at++) {
      const code = this.#source.charCodeAt(at);
      if (code === 10 || (code === 13 && this.#source.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
    }
    this.#starts = starts;
    return starts;
  }

  /** Line and column of an offset. */
  positionAt(offset: number): Position {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! };
  }

  /** Text of a 1-based line without its line break. */
  lineText(line: number): string {
    const { starts } = this;
    return this.#source
      .slice(starts[line - 1] ?? this.#source.length, starts[line] ?? undefined)
      .replace(/[\r\n]+$/, '');
  }
}
