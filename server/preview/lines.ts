/** The lines of code: their numbers, those that stand out, and annotations. */

/** How the lines of a listing are shown. */
export interface CodeLines {
  /** Number of the first line where lines are numbered. */
  readonly first: number | undefined;
  /** Lines that stand out, counted from 1. */
  readonly marked: readonly number[];
  /** True where marks such as `# <1>` are the numbers of annotations. */
  readonly annotated: boolean;
}

export const PLAIN_LINES: CodeLines = { first: undefined, marked: [], annotated: false };

/** `2-3,5` as 2, 3 and 5; further steps of a presentation, behind a bar, do not count. */
export function lineNumbers(written: string): number[] {
  return written
    .split('|', 1)[0]!
    .split(',', 1000)
    .flatMap(part => {
      const found = /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/.exec(part);
      if (found === null) return [];
      const from = Number(found[1]);
      const to = Math.min(Number(found[2] ?? from), from + 10_000);
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
    });
}

/** True for code with marks such as `# <1>` at the end of lines. */
export function hasAnnotations(source: string): boolean {
  return source.includes('<') && /(?:#|\/\/|--|%|;)[ \t]*<\d{1,3}>[ \t]*$/m.test(source);
}
