/** Chapters with faults put into them one by one: see test/fixtures/seeded/README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Finding, Severity } from '../../server/diagnostics';

const FOLDER = join(import.meta.dirname, '../fixtures/seeded');

/** One fault to put into a chapter, and what must be found of it. */
export interface Seed {
  readonly in: string;
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
