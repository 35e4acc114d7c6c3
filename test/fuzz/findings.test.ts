/**
 * Edits of random texts: the findings that are kept from version to version are those of the same text read afresh.
 * `RECKONER_FINDINGS_RUNS` sets how many texts, `RECKONER_FINDINGS_SEED` which.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Chapter, composeChapter, editComposed, type PartialFiles } from '../../server/chapter';
import { RuleRunner } from '../../server/diagnostics';
import { Evaluator } from '../../server/evaluation/evaluator';
import { chapterEdits, chapterTexts, placeOf } from '../support/chapterPieces';
import { noRepair } from '../support/parserLog';

const RUNS = Number(process.env.RECKONER_FINDINGS_RUNS ?? 400);
const SEED = Number(process.env.RECKONER_FINDINGS_SEED ?? 1);
const URI = 'file:///book/chapter.qmd';

/** No file that a text includes is there. */
const FILES: PartialFiles = {
  path: '/book/chapter.qmd',
  resolve: name => `/book/${name}`,
  uriOf: path => `file://${path}`,
  read: () => undefined,
};

function findings(runner: RuleRunner, chapter: Chapter) {
  return runner.run(new Evaluator().update(chapter)).map(({ code, range, message }) => ({ code, range, message }));
}

test('findings that are kept are those of a fresh reading', () => {
  const texts = fc.property(chapterTexts, chapterEdits, (start, versions) => {
    const runner = new RuleRunner();
    let text = start;
    let chapter = composeChapter(text, URI, FILES);
    findings(runner, chapter);
    for (const edits of versions) {
      for (const edit of edits) {
        const change = placeOf(edit, text);
        text = text.slice(0, change.start) + change.text + text.slice(change.end);
        chapter = editComposed(chapter, undefined, change, FILES, noRepair);
      }
      expect(findings(runner, chapter), JSON.stringify(text)).toEqual(
        findings(new RuleRunner(), composeChapter(text, URI, FILES)),
      );
    }
  });
  fc.assert(texts, { numRuns: RUNS, seed: SEED });
}, 300_000);
