/**
 * Findings that are known and were left for later: a file names them by what they say and by the words around them, so that they
 * stay known while the text elsewhere changes.
 */
import type { Lines } from '../chapter/lines';
import type { OffsetRange } from '../chapter/ranges';
import type { Finding } from '../diagnostics';
import { relative, sep } from '../files/path';
import type { FindingRecord, PlaceRecord } from '../workspace/records';

/** The name of the file where nobody gives another one. */
export const BASELINE_FILE = '.reckoner-baseline.json';

/** A finding as a baseline names it: by each of its places. */
export interface KnownFinding {
  readonly code: string;
  /** The first one is where it is told. */
  readonly places: readonly KnownPlace[];
}

export interface KnownPlace {
  /** Path of its file, absolute. */
  readonly file: string;
  /** The words around it; see `wordsAround`. */
  readonly at: string;
}

interface Entry {
  readonly code: string;
  readonly at: string;
  /** How often, where that is more than once. */
  readonly count?: number;
}

/** So many characters on either side tell one place of a line from another. */
const AROUND = 40;

/**
 * What names a place in its line: the marked text between the characters around it, blanks made one. `from` and `to` are columns
 * from 0.
 */
export function wordsAround(text: string, from: number, to: number): string {
  const line = text.trimEnd();
  const before = plain(line.slice(0, from)).trimStart().slice(-AROUND);
  const after = plain(line.slice(to)).slice(0, AROUND);
  return `${before}⟦${plain(line.slice(from, to)).slice(0, 3 * AROUND)}⟧${after}`;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** The same for a finding in a text. */
export function wordsAt(range: OffsetRange, text: string, lines: Lines): string {
  const line = lines.lineRangeAt(range.start);
  return wordsAround(
    text.slice(line.start, line.end),
    range.start - line.start,
    Math.min(range.end, line.end) - line.start,
  );
}

/** The same for a record, in the line that it starts in. */
export function wordsOf({ line, column, endLine, endColumn }: PlaceRecord, text: string): string {
  return wordsAround(text, column - 1, endLine === line ? endColumn - 1 : text.length);
}

/** What names a record; `lineOf` gives a line of a file. */
export function knownRecord(finding: FindingRecord, lineOf: (file: string, line: number) => string): KnownFinding {
  const places = [finding, ...(finding.again ?? [])];
  return {
    code: finding.code,
    places: places.map(place => ({ file: place.file, at: wordsOf(place, lineOf(place.file, place.line)) })),
  };
}

/** A finding told at another one of its places, from 1. */
export function toldAgain(finding: Finding, place: number): Finding {
  const { range, again = [] } = finding;
  const places = [range, ...again];
  return { ...finding, range: places[place]!, again: places.filter((_, at) => at !== place) };
}

export function toldAgainAt(finding: FindingRecord, place: number): FindingRecord {
  const { file, line, column, endLine, endColumn, again = [] } = finding;
  const places = [{ file, line, column, endLine, endColumn }, ...again];
  return { ...finding, ...places[place]!, again: places.filter((_, at) => at !== place) };
}

/** Says in one sentence what is wrong with a baseline. */
export class BaselineError extends Error {}

export class Baseline {
  readonly #folder: string;
  /** By file, and there by code and words: how often. */
  readonly #files: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** True for one that knows a finding of several places by its first place. */
  readonly #isOfFirst: boolean;

  private constructor(folder: string, files: ReadonlyMap<string, ReadonlyMap<string, number>>, isOfFirst = false) {
    this.#folder = folder;
    this.#files = files;
    this.#isOfFirst = isOfFirst;
  }

  /** Reads a baseline that lies in `folder`, to which the names of its files are relative. Throws `BaselineError`. */
  static parse(text: string, folder: string): Baseline {
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch {
      throw new BaselineError('it is not JSON');
    }
    const { version, findings } = (given ?? {}) as { readonly version?: unknown; readonly findings?: unknown };
    if (
      (version !== 1 && version !== VERSION) ||
      typeof findings !== 'object' ||
      findings === null ||
      Array.isArray(findings)
    )
      throw new BaselineError('it is no baseline of this version of Reckoner; `--write-baseline` writes one');
    const files = new Map<string, ReadonlyMap<string, number>>();
    for (const [name, entries] of Object.entries(findings)) {
      if (!Array.isArray(entries) || !entries.every(isEntry))
        throw new BaselineError(`what it says of ${name} has another shape than \`--write-baseline\` writes`);
      files.set(name, new Map(entries.map(({ code, at, count = 1 }) => [keyOf(code, at), count])));
    }
    return new Baseline(folder, files, version !== VERSION);
  }

  static of(findings: readonly KnownFinding[], folder: string): Baseline {
    const files = new Map<string, Map<string, number>>();
    for (const { code, places } of findings)
      for (const { file, at } of places) {
        const name = nameIn(folder, file);
        const known = files.get(name) ?? new Map<string, number>();
        files.set(name, known);
        const key = keyOf(code, at);
        known.set(key, (known.get(key) ?? 0) + 1);
      }
    return new Baseline(folder, files);
  }

  /** Number of the places. */
  get size(): number {
    let sum = 0;
    for (const known of this.#files.values()) for (const count of known.values()) sum += count;
    return sum;
  }

  /** Number of those in some files, given by their paths. */
  sizeIn(files: readonly string[]): number {
    const named = new Set(files.map(file => nameIn(this.#folder, file)));
    let sum = 0;
    for (const [name, known] of this.#files) if (named.has(name)) for (const count of known.values()) sum += count;
    return sum;
  }

  /**
   * What is not known of the findings, and how many of the places in the baseline were met; `tell` says of each what names it.
   * One that is new at some of its places is told at the first of these, which `moved` brings about. A place that is known
   * twice stands for two.
   */
  unknown<T>(
    findings: readonly T[],
    tell: (finding: T) => KnownFinding,
    moved: (finding: T, place: number) => T,
  ): { readonly left: readonly T[]; readonly met: number } {
    const counts = new Map<string, Map<string, number>>();
    let met = 0;
    const isKnown = (code: string, { file, at }: KnownPlace): boolean => {
      const name = nameIn(this.#folder, file);
      const left = counts.get(name) ?? new Map(this.#files.get(name));
      counts.set(name, left);
      const key = keyOf(code, at);
      const count = left.get(key) ?? 0;
      if (count > 0) {
        left.set(key, count - 1);
        met++;
      }
      return count > 0;
    };
    const left = findings.flatMap(finding => {
      const { code, places } = tell(finding);
      const known = places.map(place => isKnown(code, place));
      const first = this.#isOfFirst && known.includes(true) ? -1 : known.indexOf(false);
      return first < 0 ? [] : [first === 0 ? finding : moved(finding, first)];
    });
    return { left, met };
  }

  /** A baseline that says of these files, given by their paths, what `other` says, and of all others what this one says. */
  with(other: Baseline, files: Iterable<string>): Baseline {
    const all = new Map(this.#files);
    for (const file of files) all.delete(nameIn(this.#folder, file));
    const isOfFirst = this.#isOfFirst && all.size > 0;
    for (const [name, known] of other.#files) all.set(name, known);
    return new Baseline(this.#folder, all, isOfFirst);
  }

  /** As it is written: sorted, one finding a line, so that versions of it can be compared and joined. */
  toString(): string {
    const files = [...this.#files].filter(([, known]) => known.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    const findings = files.map(([name, known]) => {
      const entries = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => entryOf(key, count));
      return `    ${JSON.stringify(name)}: [\n${entries.map(entry => `      ${entry}`).join(',\n')}\n    ]`;
    });
    return `{\n  "version": ${this.#isOfFirst ? VERSION - 1 : VERSION},\n  "findings": {${findings.length === 0 ? '' : `\n${findings.join(',\n')}\n  `}}\n}\n`;
  }
}

/** Of what is written; version 1 named findings of several places by the first one. */
const VERSION = 2;
const BETWEEN = ' ';

function keyOf(code: string, at: string): string {
  return code + BETWEEN + at;
}

function entryOf(key: string, count: number): string {
  const end = key.indexOf(BETWEEN);
  const entry: Entry = { code: key.slice(0, end), at: key.slice(end + 1), ...(count === 1 ? {} : { count }) };
  return JSON.stringify(entry);
}

function isEntry(value: unknown): value is Entry {
  const { code, at, count = 1 } = (value ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && typeof at === 'string' && Number.isInteger(count) && (count as number) > 0;
}

function nameIn(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}
