/** `<!-- reckoner-ignore CODE -->` silences rules on the next block. */
import type { Chapter } from '../chapter/model';
import type { Finding } from './finding';

/** Whether a comment of the chapter silences the finding; one without codes silences all rules. */
export function isSilenced(finding: Finding, chapter: Chapter): boolean {
  return chapter.ignores.some(
    ({ codes, target }) =>
      target !== undefined &&
      (codes.length === 0 || codes.includes(finding.code)) &&
      target.start <= finding.range.start &&
      finding.range.start < Math.max(target.end, target.start + 1),
  );
}
