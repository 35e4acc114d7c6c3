/** Faults that are put into clean chapters are found, at their line and under their code, and nothing else is. */
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../server/diagnostics';
import { findingsBeside, findingsInBook } from '../../support/analysis';
import {
  besideSeeded,
  foundIn,
  lineAt,
  loud,
  type Seed,
  seededBooks,
  seededChapter,
  seededChapters,
  seeds,
} from '../../support/seeds';

const BESIDE = besideSeeded();
const findingsOf = (text: string) => findingsBeside(BESIDE, text);

test.each(seededChapters())('%s is clean', name => {
  const text = seededChapter(name);
  expect(loud(findingsOf(text), text)).toEqual([]);
});

for (const [book, texts] of Object.entries(seededBooks()))
  test.each(Object.keys(texts).filter(name => /^[^_].*\.qmd$/.test(name)))(`${book}/%s is clean`, name => {
    const { findings, text } = findingsInBook(texts, name);
    expect(loud(findings, text)).toEqual([]);
  });

for (const [file, list] of seeds())
  describe(file, () => {
    test.each(list.map((seed): [string, Seed] => [`${seed.code} in ${seed.in}: ${seed.replace || seed.find}`, seed]))(
      '%s',
      (_, seed) => {
        const { text, line, findings } = foundIn(seed);
        const isMeant = (told: string) => told === `${seed.code}:${line}`;
        const told = seed.level === undefined ? loud(findings, text) : atLevel(seed, text, findings);
        if (seed.missed === undefined) expect(told.filter(isMeant), `at line ${line}`).toHaveLength(1);
        else expect(told.filter(isMeant), 'found now: take "missed" away').toEqual([]);
        const noise = loud(findings, text).filter(one => !isMeant(one));
        expect(noise.filter(one => seed.also?.includes(one.split(':')[0]!) !== true)).toEqual([]);
      },
    );
  });

function atLevel({ level }: Seed, text: string, findings: readonly Finding[]): string[] {
  return findings
    .filter(({ severity }) => severity === level)
    .map(({ code, range }) => `${code}:${lineAt(text, range.start)}`);
}

test('of all faults, at least 95 in 100 are found', () => {
  const all = [...seeds().values()].flat();
  const found = all.filter(seed => seed.missed === undefined);
  expect(found.length / all.length).toBeGreaterThanOrEqual(0.95);
});
