/** The sentence around a place of the prose, as it reads with the values of its references in. */
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';

/** The words of the line before and behind a range, cut to `most` characters each. */
export function wordsAround(
  range: OffsetRange,
  analysis: Analysis,
  most: number,
): { readonly before: string; readonly after: string } {
  const line = analysis.chapter.lines.lineRangeAt(range.start);
  const left = words(analysis.chapter.slice(line.start, range.start), analysis, line.start);
  const right = words(analysis.chapter.slice(range.end, line.end).trimEnd(), analysis, range.end);
  return {
    before: left.length > most ? `…${left.slice(-most).replace(/^\S{0,15}(?=\s)/, '')}` : left,
    after: right.length > most ? `${right.slice(0, most).replace(/(?<=\s)\S{0,15}$/, '')}…` : right,
  };
}

/** A caption of the chapter as it reads: of a text without its place, references are found by what they say, within a block. */
export function captionWords(caption: string, { start, end }: OffsetRange, { refBlocks }: Analysis): string {
  if (!caption.includes('{python}')) return caption;
  const within = refBlocks.filter(({ block: { range } }) => range.start < end && start < range.end);
  const refs = within.flatMap(block => block.refs);
  return caption.replaceAll(/`\{python\}([^`]*)`/g, (match, expr: string) => {
    const display = refs.find(({ ref }) => ref.expr.trim() === expr.trim())?.display;
    return display === undefined ? match : readingOf(display);
  });
}

/** References, other code, math, marks of emphasis, and characters that a backslash takes their meaning from. */
const INLINE =
  /`\{python\}[^`]*`|`[^`]*`|\$(?=\S)[^$`]*\S\$(?!\d)|\*\*|(?<![\w\\])[*_](?=\w)|(?<=[\w.,;:!?”"')])[*_](?!\w)|\\([!-/:-@[-`{-~])/g;

/** Prose with the values of its references in place, without its marks of emphasis, and with `\$` as the page has it. */
export function words(text: string, analysis: Analysis, offset: number): string {
  return text.replaceAll(INLINE, (match, escaped: string | undefined, at: number) => {
    if (escaped !== undefined) return escaped;
    if (/^[*_]/.test(match)) return '';
    const display = match.startsWith('`{python}') ? analysis.refAt(offset + at + 1)?.display : undefined;
    return display === undefined ? match : readingOf(display);
  });
}
