/** Lengths that a chapter gives to images, columns and panels. */

const LENGTH = /^\s*(\d{1,5}(?:\.\d{1,4})?)\s*(%|px|em|rem|ex|ch|in|cm|mm|pt|pc|vw|vh)?\s*$/;

/** A length as CSS has it, in pixels where it names no unit; undefined for what is none. */
export function lengthOf(written: string | undefined): string | undefined {
  const found = written === undefined ? null : LENGTH.exec(written);
  return found === null ? undefined : `${found[1]}${found[2] ?? 'px'}`;
}
