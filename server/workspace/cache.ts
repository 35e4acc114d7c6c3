/**
 * Results of checks on disk, by content: a chapter that did not change, nor the packages that it uses, need not be
 * evaluated again. A cache is only an aid: what is missing, damaged or of another version is worked out anew.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { writeCacheFile } from '../cacheFolder';
import type { CheckedChapter } from './check';
import type { FindingRecord } from './records';

/** Changes whenever what is stored changes its shape. */
const FORMAT = 1;
/** Entries that were not used for this long are removed. */
const KEPT_FOR = 30 * 24 * 3600 * 1000;

interface Stored {
  readonly findings: readonly FindingRecord[];
  /** Digests of the package files that were looked at; null for files that were not there. */
  readonly looked: Readonly<Record<string, string | null>>;
}

export function digest(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}

/** What a file of the cache holds; undefined where there is none, or a damaged one. */
export function readEntry(file: string): object | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof found === 'object' && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that a file of the cache is in use. */
export function touchEntry(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Only its age is wrong then.
  }
}

/** Removes the files of a folder that nobody used for long. */
export function pruneEntries(folder: string, now = Date.now()): void {
  for (const name of listed(folder)) {
    const file = join(folder, name);
    const used = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - used > KEPT_FOR) rmSync(file, { force: true });
  }
}

/** What is found at a path that a chapter's packages were looked up at. */
export type ReadPackage = (path: string, chapter: string) => string | undefined;

export class ResultCache {
  readonly #folder: string;
  readonly #readPackage: ReadPackage;

  /** `program` names the version of the program and the options that results depend on. */
  constructor(folder: string, program: string, readPackage: ReadPackage) {
    this.#folder = join(folder, `v${FORMAT}`, digest(program).slice(0, 16));
    this.#readPackage = readPackage;
  }

  /** The findings of a chapter with that text at that place, their file names as now given. */
  get(path: string, text: string, shownAs: string): readonly FindingRecord[] | undefined {
    const file = this.#file(path, text);
    const stored = readEntry(file) as Partial<Stored> | undefined;
    if (stored === undefined || !Array.isArray(stored.findings) || typeof stored.looked !== 'object') return undefined;
    for (const [looked, wanted] of Object.entries(stored.looked)) {
      const source = this.#readPackage(looked, path);
      if ((source === undefined ? null : digest(source)) !== wanted) return undefined;
    }
    touchEntry(file);
    return (stored.findings as FindingRecord[]).map(finding => ({
      ...finding,
      file: shownAs,
      related: finding.related.map(one => (one.file === '' ? { ...one, file: shownAs } : one)),
    }));
  }

  put(path: string, text: string, checked: CheckedChapter): void {
    if (!checked.settled || checked.fixed > 0) return;
    const looked = Object.fromEntries(
      [...checked.looked].map(([file, source]) => [file, source === undefined ? null : digest(source)]),
    );
    const findings = checked.findings.map(finding => ({
      ...finding,
      file: '',
      related: finding.related.map(one => (one.file === finding.file ? { ...one, file: '' } : one)),
    }));
    writeCacheFile(this.#file(path, text), JSON.stringify({ findings, looked } satisfies Stored));
  }

  /** Removes entries that nobody used for long, and those of other versions of the program. */
  prune(now = Date.now()): void {
    const versions = join(this.#folder, '..');
    for (const version of listed(versions)) pruneEntries(join(versions, version), now);
  }

  /** The place counts as well: it decides which packages are found. */
  #file(path: string, text: string): string {
    return join(this.#folder, `${digest(path, text)}.json`);
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
