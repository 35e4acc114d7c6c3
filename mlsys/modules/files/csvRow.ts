/** Rows of CSV files as `csv.reader` cuts them with its default quotes, and where their fields stand. */

export interface CsvField {
  /** What it says, without its quotes. */
  readonly text: string;
  /** Where it is written, quotes included. */
  readonly start: number;
  readonly end: number;
}

export interface CsvRow {
  /** At least one; an empty line has one empty field. */
  readonly fields: readonly CsvField[];
  /** Where the next row starts. */
  readonly end: number;
}

/** The row that starts at an offset of a text; `delimiter` is one character. */
export function csvRowAt(text: string, start: number, delimiter: string): CsvRow {
  const fields: CsvField[] = [];
  for (let at = start; ; at++) {
    const from = at;
    let value = '';
    if (text[at] === '"') {
      at = quoteEnd(text, at);
      const isClosed = at > from + 1 && text[at - 1] === '"';
      value = text.slice(from + 1, isClosed ? at - 1 : at).replaceAll('""', '"');
    }
    const rest = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    fields.push({ text: value + text.slice(rest, at), start: from, end: at });
    if (text[at] !== delimiter) return { fields, end: text.startsWith('\r\n', at) ? at + 2 : at + 1 };
  }
}

/** Behind the quote that ends what the one at `start` begins; the end of the text where none does. */
function quoteEnd(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    if (text[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}
