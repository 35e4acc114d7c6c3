/** `<!-- reckoner-ignore CODE -->` silences rules on the next block. */
import type { Chapter } from '../chapter/model';
import type { Finding } from './finding';

/** What is silenced on one block; undefined codes stand for all rules. */
interface Silence {
  readonly start: number;
  end: number;
  codes: Set<string> | undefined;
}

const silences = new WeakMap<Chapter, readonly Silence[]>();

/** The silenced blocks in order; several comments may stand before one block. */
function silencesOf(chapter: Chapter): readonly Silence[] {
  const known = silences.get(chapter);
  if (known !== undefined) return known;
  const byStart = new Map<number, Silence>();
  for (const { codes, target } of chapter.ignores) {
    if (target === undefined) continue;
    const { start } = target;
    const silence = byStart.get(start) ?? { start, end: start + 1, codes: new Set<string>() };
    byStart.set(start, silence);
    silence.end = Math.max(silence.end, target.end);
    if (codes.length === 0) silence.codes = undefined;
    else for (const code of codes) silence.codes?.add(code);
  }
  const ordered = [...byStart.values()].sort((a, b) => a.start - b.start);
  silences.set(chapter, ordered);
  return ordered;
}

/** Whether a comment of the chapter silences the finding; one without codes silences all rules. */
export function isSilenced(finding: Finding, chapter: Chapter): boolean {
  const { start } = finding.range;
  const all = silencesOf(chapter);
  // Blocks do not overlap: the last one that starts at the finding or before it decides.
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  const silence = all[low - 1];
  return silence !== undefined && start < silence.end && (silence.codes?.has(finding.code) ?? true);
}
