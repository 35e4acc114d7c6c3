/**
 * Findings that are known and were left for later: a file names them by what they say and by the words around them, so that they
 * stay known while the text elsewhere changes.
 */
import type { Lines } from '../chapter/lines';
import type { Finding } from '../diagnostics';
import { relative, sep } from '../files/path';
import type { PlaceRecord } from '../workspace/records';

/** The name of the file where nobody gives another one. */
export const BASELINE_FILE = '.reckoner-baseline.json';

/** A finding as a baseline names it. */
export interface KnownFinding {
  /** Path of its file, absolute. */
  readonly file: string;
  readonly code: string;
  /** The words around its place; see `wordsAround`. */
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
export function wordsAt({ range }: Pick<Finding, 'range'>, text: string, lines: Lines): string {
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

/** Says in one sentence what is wrong with a baseline. */
export class BaselineError extends Error {}

export class Baseline {
  readonly #folder: string;
  /** By file, and there by code and words: how often. */
  readonly #files: ReadonlyMap<string, ReadonlyMap<string, number>>;

  private constructor(folder: string, files: ReadonlyMap<string, ReadonlyMap<string, number>>) {
    this.#folder = folder;
    this.#files = files;
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
    if (version !== 1 || typeof findings !== 'object' || findings === null || Array.isArray(findings))
      throw new BaselineError('it is no baseline of this version of Reckoner; `--write-baseline` writes one');
    const files = new Map<string, ReadonlyMap<string, number>>();
    for (const [name, entries] of Object.entries(findings)) {
      if (!Array.isArray(entries) || !entries.every(isEntry))
        throw new BaselineError(`what it says of ${name} has another shape than \`--write-baseline\` writes`);
      files.set(name, new Map(entries.map(({ code, at, count = 1 }) => [keyOf(code, at), count])));
    }
    return new Baseline(folder, files);
  }

  static of(findings: readonly KnownFinding[], folder: string): Baseline {
    const files = new Map<string, Map<string, number>>();
    for (const { file, code, at } of findings) {
      const name = nameIn(folder, file);
      const known = files.get(name) ?? new Map<string, number>();
      files.set(name, known);
      const key = keyOf(code, at);
      known.set(key, (known.get(key) ?? 0) + 1);
    }
    return new Baseline(folder, files);
  }

  /** Number of the findings. */
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

  /** The findings that are not known; `tell` says of each what names it. One that is known twice stands for two. */
  unknown<T>(findings: readonly T[], tell: (finding: T) => KnownFinding): readonly T[] {
    const left = new Map<string, Map<string, number>>();
    return findings.filter(finding => {
      const { file, code, at } = tell(finding);
      const name = nameIn(this.#folder, file);
      const known = this.#files.get(name);
      if (known === undefined) return true;
      const counts = left.get(name) ?? new Map(known);
      left.set(name, counts);
      const key = keyOf(code, at);
      const count = counts.get(key) ?? 0;
      counts.set(key, count - 1);
      return count <= 0;
    });
  }

  /** A baseline that says of these files, given by their paths, what `other` says, and of all others what this one says. */
  with(other: Baseline, files: Iterable<string>): Baseline {
    const all = new Map(this.#files);
    for (const file of files) all.delete(nameIn(this.#folder, file));
    for (const [name, known] of other.#files) all.set(name, known);
    return new Baseline(this.#folder, all);
  }

  /** As it is written: sorted, one finding a line, so that versions of it can be compared and joined. */
  toString(): string {
    const files = [...this.#files].filter(([, known]) => known.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    const findings = files.map(([name, known]) => {
      const entries = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => entryOf(key, count));
      return `    ${JSON.stringify(name)}: [\n${entries.map(entry => `      ${entry}`).join(',\n')}\n    ]`;
    });
    return `{\n  "version": 1,\n  "findings": {${findings.length === 0 ? '' : `\n${findings.join(',\n')}\n  `}}\n}\n`;
  }
}

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
