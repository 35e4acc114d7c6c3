/** Making edits; taking fixes without asking: for `--fix` and "fix all". */
import type { OffsetRange } from '../chapter/ranges';
import type { Finding, Fix, TextEdit } from './finding';

/** A part of a range, from one offset in it to another; as the range itself, it can be handed on unread. */
export function within(range: OffsetRange, from: number, to: number): OffsetRange {
  return {
    get start() {
      return range.start + from;
    },
    get end() {
      return range.start + to;
    },
  };
}

/** The edit that puts a text in place of a range, which is not read before the edit is. */
export function replacement(range: OffsetRange, newText: string): TextEdit {
  return {
    get start() {
      return range.start;
    },
    get end() {
      return range.end;
    },
    newText,
  };
}

/** A text of a fix with the line ends of the text that it is put into. */
export function withLineEndsOf(text: string, newText: string): string {
  if (!newText.includes('\n')) return newText;
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r' ? newText.replaceAll(/\r?\n/g, '\r\n') : newText;
}

/** The preferred fix of each finding, in document order, without those whose edits would touch an earlier one's. */
export function applicableFixes(findings: readonly Finding[]): Fix[] {
  const taken: TextEdit[] = [];
  const fixes: Fix[] = [];
  for (const finding of findings) {
    const fix = finding.fixes?.find(one => one.preferred);
    if (fix === undefined || fix.edits.some(edit => taken.some(other => overlap(edit, other)))) continue;
    taken.push(...fix.edits);
    fixes.push(fix);
  }
  return fixes;
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** The text after edits that do not overlap, in whatever order they come. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => b.start - a.start);
  return ordered.reduce(
    (result, { start, end, newText }) => result.slice(0, start) + withLineEndsOf(text, newText) + result.slice(end),
    text,
  );
}
