/** Taking fixes without asking: for `--fix` and "fix all". */
import type { Finding, Fix, TextEdit } from './finding';

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
    (result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end),
    text,
  );
}
