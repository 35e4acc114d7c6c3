/**
 * Each fix of what is found at the line of a seeded fault leaves its finding gone, no new one, and the values that are
 * shown elsewhere as they were, unless its title says that it changes them.
 */
import { describe, expect, test } from 'vitest';
import type { Finding, Fix } from '../../../server/diagnostics/finding';
import { applyEdits } from '../../../server/diagnostics/fixes';
import type { Analysis } from '../../../server/evaluation/analysis';
import { analyze, findingsOfAnalysis } from '../../support/analysis';
import { filesOf } from '../../support/files';
import { besideSeeded, isOfBook, lineAt, type Seed, seededChapter, seeds, sown } from '../../support/seeds';

/**
 * One seed in so many is tried, by a hash of its text: all of them take 30 to 60 s on two cores. `RECKONER_SEEDS=1` tries
 * each.
 */
const ONE_IN = Number(process.env.RECKONER_SEEDS ?? 2);

const FILES = filesOf(besideSeeded());

function read(text: string) {
  const analysis = analyze(text, FILES);
  return { analysis, findings: findingsOfAnalysis(analysis, FILES) };
}

/** FNV-1a, which spreads similar texts. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

const isSampled = ({ in: chapter, find, replace }: Seed) => hashOf(`${chapter}\n${find}\n${replace}`) % ONE_IN === 0;

/** How often each rule speaks: places move with the edits, and messages quote the text around. */
function counted(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** What the chapter says without the fault, which may have hidden it: counted once for each chapter. */
const clean = new Map<string, Map<string, number>>();
function countedClean(chapter: string): Map<string, number> {
  const known = clean.get(chapter) ?? counted(read(seededChapter(chapter)).findings);
  clean.set(chapter, known);
  return known;
}

/** Titles of fixes that are there to change a value. */
const CHANGES_VALUES = /changes the value/;

/** What the references outside the edits show, where they show anything. */
function shown(analysis: Analysis, isEdited: (start: number, end: number) => boolean): Map<string, string> {
  const texts = new Map<string, string>();
  analysis.refs.forEach(({ ref, text }) => {
    if (text !== undefined && !isEdited(ref.range.start, ref.range.end)) texts.set(String(ref.range.start), text);
  });
  return texts;
}

/** References whose text is another one after the fix. */
function changedValues(before: Analysis, after: Analysis, { edits }: Fix): string[] {
  const isEdited = (start: number, end: number) => edits.some(edit => edit.start < end && start < edit.end);
  const moved = (offset: number) =>
    edits.reduce((at, edit) => (edit.end <= offset ? at + edit.newText.length - (edit.end - edit.start) : at), offset);
  const now = shown(after, () => false);
  return [...shown(before, isEdited)].flatMap(([start, text]) => {
    const next = now.get(String(moved(Number(start))));
    return next === text ? [] : [`${text} → ${next}`];
  });
}

/** Whether the finding is told again, with its words or at its place. */
function stays(of: Finding, { edits }: Fix, text: string, after: readonly Finding[], mended: string): boolean {
  const line = lineAt(text, of.range.start);
  const marked = text.slice(of.range.start, of.range.end);
  const added = edits
    .filter(({ end }) => end <= of.range.start)
    .reduce(
      (sum, { start, end, newText }) =>
        sum + lineAt(newText, newText.length) - lineAt(text.slice(start, end), end - start),
      0,
    );
  return after.some(
    ({ code, range }) =>
      code === of.code &&
      mended.slice(range.start, range.end) === marked &&
      lineAt(mended, range.start) === line + added,
  );
}

function faultsOf(fix: Fix, of: Finding, seed: Seed, text: string, before: ReturnType<typeof read>): string[] {
  const mended = applyEdits(text, fix.edits);
  const after = read(mended);
  const was = counted(before.findings);
  const without = countedClean(seed.in);
  // What the sentence showed, or might have shown by another fix, may be read by nothing else.
  const follows = new Set(['unused-export', ...(seed.then ?? [])]);
  const most = (code: string) => Math.max((was.get(code) ?? 0) - (code === of.code ? 1 : 0), without.get(code) ?? 0);
  const added = [...counted(after.findings)]
    .filter(([code, count]) => count > most(code) && !follows.has(code))
    .map(([code]) => `new: ${code}`);
  const left = stays(of, fix, text, after.findings, mended) ? [`stays: ${of.code}`] : [];
  const changed = CHANGES_VALUES.test(fix.title) ? [] : changedValues(before.analysis, after.analysis, fix);
  return [...left, ...added, ...changed].map(fault => `${fix.title}: ${fault}`);
}

for (const [file, list] of seeds()) {
  const sample = list.filter(seed => !isOfBook(seed) && isSampled(seed));
  if (sample.length === 0) continue;
  describe(file, () => {
    test.each(sample.map((seed): [string, Seed] => [`${seed.code} in ${seed.in}: ${seed.replace || seed.find}`, seed]))(
      '%s',
      (_, seed) => {
        const { text, line } = sown(seed);
        const before = read(text);
        const at = before.findings.filter(({ range }) => lineAt(text, range.start) === line);
        const faults = at.flatMap(finding =>
          (finding.fixes ?? []).flatMap(fix => faultsOf(fix, finding, seed, text, before)),
        );
        expect(faults).toEqual([]);
      },
    );
  });
}
