/** Chapters with faults put into them one by one: see test/fixtures/seeded/README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import type { Finding, Severity } from '../../server/diagnostics';
import { findingsBeside, findingsInBook } from './analysis';

const FOLDER = join(import.meta.dirname, '../fixtures/seeded');

/** One fault to put into a chapter, and what must be found of it. */
export interface Seed {
  readonly in: string;
  /** Of a book, the chapter in which it is told, where that is another one. */
  readonly told?: string;
  readonly find: string;
  readonly replace: string;
  readonly code: string;
  readonly at?: string;
  readonly level?: Severity;
  readonly also?: readonly string[];
  readonly missed?: string;
  readonly then?: readonly string[];
}

/** Names of the chapters. */
export function seededChapters(): readonly string[] {
  return readdirSync(join(FOLDER, 'chapters')).filter(name => name.endsWith('.qmd'));
}

export function seededChapter(name: string): string {
  return readFileSync(join(FOLDER, 'chapters', name), 'utf8');
}

/** What lies beside the chapters, by name: each stands alone, and another one's labels are none of its own. */
export function besideSeeded(): Readonly<Record<string, string>> {
  const names = readdirSync(join(FOLDER, 'chapters')).filter(name => !name.endsWith('.qmd'));
  return Object.fromEntries(names.map(name => [name, seededChapter(name)]));
}

/** The books, each by the names of its files. */
export function seededBooks(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const folder = join(FOLDER, 'books');
  const textsOf = (book: string) =>
    readdirSync(join(folder, book), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [relative(join(folder, book), path), readFileSync(path, 'utf8')] as const;
      });
  return Object.fromEntries(readdirSync(folder).map(book => [book, Object.fromEntries(textsOf(book))]));
}

/** True of a fault in a file of a book. */
export function isOfBook({ in: path }: Seed): boolean {
  return path.includes('/');
}

/** The chapter with the fault in it, with what is found, and the line, from 1, that must be told. */
export function foundIn(seed: Seed): {
  readonly text: string;
  readonly line: number;
  readonly findings: readonly Finding[];
} {
  if (!isOfBook(seed)) {
    const { text, line } = sown(seed);
    return { text, line, findings: findingsBeside(besideSeeded(), text) };
  }
  const [book, ...rest] = seed.in.split('/');
  const name = rest.join('/');
  const texts = seededBooks()[book!]!;
  const [before, behind, ...more] = texts[name]!.split(seed.find);
  if (behind === undefined || more.length > 0) throw new Error(`${seed.in} does not hold ${seed.find} once`);
  const changed = `${before}${seed.replace}${behind}`;
  const told = seed.told?.slice(book!.length + 1) ?? name;
  const { findings, text } = findingsInBook({ ...texts, [name]: changed }, told);
  const at = before!.length + firstDifference(seed.find, seed.replace);
  const mark = seed.at ?? changed.slice(changed.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0]!;
  if (!text.includes(mark)) throw new Error(`${told} does not hold ${JSON.stringify(mark)} with the fault in it`);
  return { text, line: lineAt(text, text.indexOf(mark)), findings };
}

/** All seeds, by the file that lists them. */
export function seeds(): ReadonlyMap<string, readonly Seed[]> {
  const files = readdirSync(join(FOLDER, 'seeds')).filter(name => name.endsWith('.yml'));
  return new Map(files.map(name => [name, parse(readFileSync(join(FOLDER, 'seeds', name), 'utf8')) as Seed[]]));
}

/** The chapter with the fault in it, and the line, from 1, that must be told. Throws where `find` does not stand there once. */
export function sown(seed: Seed): { readonly text: string; readonly line: number } {
  const chapter = seededChapter(seed.in);
  const [before, behind, ...more] = chapter.split(seed.find);
  if (behind === undefined || more.length > 0)
    throw new Error(
      `${seed.in} holds ${JSON.stringify(seed.find)} ${behind === undefined ? 'nowhere' : 'several times'}`,
    );
  const text = `${before}${seed.replace}${behind}`;
  const changed = before!.length + firstDifference(seed.find, seed.replace);
  const offset = seed.at === undefined ? changed : text.indexOf(seed.at);
  if (offset < 0) throw new Error(`${seed.in} does not hold ${JSON.stringify(seed.at)} with the fault in it`);
  return { text, line: lineAt(text, offset) };
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** What of the findings is more than a hint: `code:line`. */
export function loud(findings: readonly Finding[], text: string): string[] {
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ code, range }) => `${code}:${lineAt(text, range.start)}`);
}
