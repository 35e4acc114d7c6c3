/** `<!-- reckoner-ignore CODE -->` silences rules on the next block. */
import type { Chapter } from '../chapter/model';
import type { Finding } from './finding';

/** Tells whether a comment of the chapter silences a finding; one without codes silences all rules. */
export function silencer(chapter: Chapter): (finding: Finding) => boolean {
  /** Codes by the start of the block; undefined for all of them. */
  const silenced = new Map<number, Set<string> | undefined>();
  for (const { codes, target } of chapter.ignores) {
    if (target === undefined) continue;
    const known = silenced.has(target.start) ? silenced.get(target.start) : new Set<string>();
    silenced.set(target.start, codes.length === 0 ? undefined : known);
    for (const code of codes) known?.add(code);
  }
  return ({ code, range }) => {
    const block = chapter.blockAt(range.start)?.range;
    if (block === undefined || !silenced.has(block.start) || range.start >= block.end) return false;
    return silenced.get(block.start)?.has(code) ?? true;
  };
}
