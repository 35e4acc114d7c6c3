/** The lock of a project's values: a file in its repository that names what each reference reads, by chapter and expression. */
import type { LockedValues } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import { type FileAccess, FileError } from '../files/access';
import { join, relative, sep } from '../files/path';

/** Its name, in the folder of the configuration. */
export const LOCK_FILE = 'reckoner.lock.json';
const VERSION = 1;

/** A file that is no lock. */
export class LockError extends Error {}

type Values = LockedValues['values'];

/** A lock as it is kept: small, sorted, and the same wherever references stand. */
export class ValueLock {
  readonly #chapters: ReadonlyMap<string, Values>;

  constructor(chapters: ReadonlyMap<string, Values> = new Map()) {
    this.#chapters = chapters;
  }

  /** Reads one. Throws `LockError`. */
  static parse(text: string): ValueLock {
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      throw new LockError('it is not JSON');
    }
    const { version, chapters } = (isMapping(read) ? read : {}) as { version?: unknown; chapters?: unknown };
    if (version !== VERSION || !isMapping(chapters))
      throw new LockError('it is no lock of values that this version reads');
    const entries = Object.entries(chapters);
    if (!entries.every((entry): entry is [string, Values] => isValues(entry[1])))
      throw new LockError('it holds something else than values');
    return new ValueLock(new Map(entries));
  }

  /** What it says of a chapter, by its name relative to the folder of the lock. */
  of(name: string): Values {
    return this.#chapters.get(name) ?? NO_VALUES;
  }

  get chapters(): readonly string[] {
    return [...this.#chapters.keys()];
  }

  /** A lock that says this of some chapters, nothing of others, and of all the rest what this one says. */
  with(chapters: ReadonlyMap<string, Values>, without: Iterable<string>): ValueLock {
    const all = new Map(this.#chapters);
    for (const name of without) all.delete(name);
    for (const [name, values] of chapters) all.set(name, values);
    return new ValueLock(all);
  }

  /** As it is written: sorted, one value a line, so that versions of it can be compared and joined. */
  toString(): string {
    const chapters = sorted([...this.#chapters].filter(([, values]) => Object.keys(values).length > 0)).map(
      ([name, values]) => {
        const lines = sorted(Object.entries(values)).map(
          ([expr, value]) => `      ${JSON.stringify(expr)}: ${JSON.stringify(value)}`,
        );
        return `    ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n    }`;
      },
    );
    const body = chapters.length === 0 ? '' : `\n${chapters.join(',\n')}\n  `;
    return `{\n  "version": ${VERSION},\n  "chapters": {${body}}\n}\n`;
  }
}

const NO_VALUES: Values = {};

function sorted<T>(entries: readonly [string, T][]): readonly [string, T][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isValues(value: unknown): value is Values {
  const isText = (one: unknown) => typeof one === 'string';
  return (
    isMapping(value) && Object.values(value).every(one => isText(one) || (Array.isArray(one) && one.every(isText)))
  );
}

/** What the references of a chapter read now. What has no value, or one in doubt, keeps what `before` says of it. */
export function valuesToLock({ refs }: Pick<Analysis, 'refs'>, before: Values = NO_VALUES): Values {
  const found = new Map<string, string[]>();
  const kept = new Set<string>();
  for (const { ref, display, doubt, stale } of refs) {
    const expr = ref.expr.trim();
    if (display === undefined || doubt !== undefined || stale) {
      kept.add(expr);
      continue;
    }
    const values = found.get(expr) ?? [];
    found.set(expr, values);
    const value = readingOf(display);
    if (values.at(-1) !== value) values.push(value);
  }
  const entries = [...found].map(([expr, values]) => [expr, values.length === 1 ? values[0]! : values] as const);
  const former = [...kept].flatMap(expr =>
    !found.has(expr) && Object.hasOwn(before, expr) ? [[expr, before[expr]!] as const] : [],
  );
  return Object.fromEntries([...entries, ...former]);
}

/** The name of a chapter in a lock. */
export function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

interface Known {
  readonly text: string;
  readonly lock: ValueLock | LockError;
  /** By name, what is told of a chapter: the same object as long as the lock stays. */
  readonly told: Map<string, LockedValues>;
}

/** By path: the text that was read last, and what it says. */
const known = new Map<string, Known>();

/** What the lock in a folder says of a chapter; undefined where there is none. `filesRead` takes what was looked for. */
export function lockedValues(
  path: string,
  folder: string,
  files: FileAccess,
  filesRead: Map<string, string | undefined>,
): LockedValues | undefined {
  const file = join(folder, LOCK_FILE);
  const text = textOf(file, files);
  filesRead.set(file, text);
  if (text === undefined) return undefined;
  let read = known.get(file);
  if (read?.text !== text) {
    read = { text, lock: parsed(text), told: new Map() };
    known.set(file, read);
  }
  const name = nameIn(folder, path);
  let told = read.told.get(name);
  if (told === undefined) {
    const { lock } = read;
    told = lock instanceof LockError ? { values: NO_VALUES, problem: lock.message } : { values: lock.of(name) };
    read.told.set(name, told);
  }
  return told;
}

function parsed(text: string): ValueLock | LockError {
  try {
    return ValueLock.parse(text);
  } catch (error) {
    if (error instanceof LockError) return error;
    throw error;
  }
}

function textOf(file: string, files: FileAccess): string | undefined {
  if (!files.isThere(file)) return undefined;
  try {
    return files.readText(file);
  } catch (error) {
    // What cannot be read is no lock, and says so.
    if (error instanceof FileError) return '';
    throw error;
  }
}
