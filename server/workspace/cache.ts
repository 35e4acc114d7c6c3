/**
 * Results of checks on disk, by content: a chapter that did not change, nor the packages that it uses, need not be
 * evaluated again. A cache is only an aid: what is missing, damaged or of another version is worked out anew, and written
 * over.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeCacheFile } from '../cacheFolder';
import { holdAnswers, type Surroundings } from '../diagnostics/surroundings';
import { FileError } from '../files/access';
import { filesIn } from '../files/node';
import type { CheckedChapter } from './check';
import { lookupPaths } from './dataFiles';
import { type FindingRecord, INCLUDED_HERE, isFindingRecord } from './records';
import { UNREADABLE } from './unreadable';

/** Changes whenever what is stored changes its shape. */
const FORMAT = 3;
/** Entries that were not used for this long are removed. */
const KEPT_FOR = 30 * 24 * 3600 * 1000;

interface Stored {
  readonly findings: readonly FindingRecord[];
  /** Digests of the package files that were looked at; null for files that were not there. */
  readonly lookups: Readonly<Record<string, string | null>>;
  /** What was asked of other chapters, bibliographies and files, and answered. */
  readonly answers: Readonly<Record<string, string>>;
}

export function digest(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}

/** What a file of the cache holds; undefined where there is none, or a damaged one. */
export function readEntry(file: string): object | undefined {
  let text: string;
  try {
    text = filesIn(dirname(file)).readText(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
  const [, checksum, content] = /^([0-9a-f]+)\n([\s\S]*)$/.exec(text) ?? [];
  if (content === undefined || checksum !== checksumOf(file, content)) return undefined;
  const found: unknown = JSON.parse(content);
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** Writes what `readEntry` will read; a full disk costs no more than what the entry would have saved. */
export function writeEntry(file: string, entry: object): void {
  const content = JSON.stringify(entry);
  writeCacheFile(file, `${checksumOf(file, content)}\n${content}`);
}

/** Tells a damaged entry, and one that is under another's name. */
function checksumOf(file: string, content: string): string {
  return digest(basename(file), content);
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

export interface CachedResult {
  readonly findings: readonly FindingRecord[];
  readonly dependencies: readonly string[];
}
/** What lies around a chapter with a text. */
export type LookAround = (path: string, text: string) => Surroundings;

export class ResultCache {
  readonly #folder: string;
  readonly #readPackage: ReadPackage;
  readonly #around: LookAround;
  readonly #rootOf: (path: string) => string;

  /** `program` names the version of the program and the options that results depend on, `rootOf` the workspace of a chapter. */
  constructor(
    folder: string,
    program: string,
    readPackage: ReadPackage,
    around: LookAround,
    rootOf: (path: string) => string,
  ) {
    this.#folder = join(folder, `v${FORMAT}`, digest(program).slice(0, 16));
    this.#readPackage = readPackage;
    this.#around = around;
    this.#rootOf = rootOf;
  }

  /**
   * The findings of a chapter with that text at that place, their file names as now given, without those of files that
   * cannot be read; and the files that they depend on.
   */
  get(path: string, text: string, shownAs: string): CachedResult | undefined {
    const file = this.#file(path, text);
    const stored = readEntry(file);
    if (!isStored(stored)) return undefined;
    for (const [lookup, wanted] of Object.entries(stored.lookups)) {
      const source = this.#readPackage(lookup, path);
      if ((source === undefined ? null : digest(source)) !== wanted) return undefined;
    }
    if (!holdAnswers(new Map(Object.entries(stored.answers)), this.#around(path, text))) return undefined;
    touchEntry(file);
    const findings = stored.findings.map(finding => ({
      ...finding,
      file: shownAs,
      related: finding.related.map(one => (one.file === '' ? { ...one, file: shownAs } : one)),
    }));
    return { findings, dependencies: lookupPaths(Object.keys(stored.lookups)) };
  }

  put(path: string, text: string, checked: CheckedChapter): void {
    if (!checked.settled || checked.fixed > 0) return;
    // What stands in a file that the chapter includes is told under a name that depends on the working directory.
    if (checked.findings.some(finding => finding.related.some(({ message }) => message === INCLUDED_HERE))) return;
    const lookups = Object.fromEntries(
      [...checked.filesRead].map(([file, source]) => [file, source === undefined ? null : digest(source)]),
    );
    // Whether a file can be read is looked at each time.
    const settled = checked.findings.filter(finding => finding.code !== UNREADABLE);
    const findings = settled.map(finding => ({
      ...finding,
      file: '',
      related: finding.related.map(one => (one.file === finding.file ? { ...one, file: '' } : one)),
    }));
    const answers = Object.fromEntries(checked.answers);
    writeEntry(this.#file(path, text), { findings, lookups, answers } satisfies Stored);
  }

  /** Removes entries that nobody used for long, and those of other versions of the program. */
  prune(now = Date.now()): void {
    const versions = join(this.#folder, '..');
    for (const version of listed(versions)) pruneEntries(join(versions, version), now);
  }

  /** The place counts as well, and what lies around it: that decides which packages are found. */
  #file(path: string, text: string): string {
    return join(this.#folder, `${digest(path, this.#rootOf(path), text)}.json`);
  }
}

function isStored(found: object | undefined): found is Stored {
  const { findings, lookups, answers } = (found ?? {}) as Partial<Stored>;
  return (
    Array.isArray(findings) &&
    findings.every(isFindingRecord) &&
    isTable(lookups, one => one === null || typeof one === 'string') &&
    isTable(answers, one => typeof one === 'string')
  );
}

function isTable(value: unknown, isEntry: (one: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isEntry);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
