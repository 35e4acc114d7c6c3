/** How long the texts may get that leave an evaluation: messages, values, output. */

/** Longest message of a fault, a check or a notice. */
export const LONGEST_MESSAGE = 2000;
/** Longest description of a value, as hovers show it. */
export const LONGEST_DESCRIPTION = 2000;
/** Longest text of a reference in its sentence. */
export const LONGEST_TEXT = 10_000;
/** Longest item of a cell's output. */
export const LONGEST_OUTPUT = 100_000;

/** The text; where it is longer than `limit` characters, its beginning with an ellipsis. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Half of a character outside the basic plane is none.
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1]!) ? limit - 1 : limit;
  return `${text.slice(0, end)}…`;
}

/** To read the statements of a cell of so many characters takes longer than somebody who types should wait for. */
export const LARGE_CELL = 200_000;
