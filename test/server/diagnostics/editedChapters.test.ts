/** Chapters with numbers and claims in their sentences, edited where these come from: findings are those of a fresh reading. */
import { describe, expect, test } from 'vitest';
import { editChapter, parseChapter } from '../../../server/chapter';
import { type Finding, RuleRunner, runRules } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { noRepair } from '../../support/parserLog';
import { Random } from '../../support/randomChapters';
import { seededChapter, seededChapters } from '../../support/seeds';

const URI = 'file:///book/chapter.qmd';
/** Edits of each chapter; each is compared with a fresh reading. */
const EDITS = Number(process.env.RECKONER_EDITS ?? 10);

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A digit is another one, a word goes, a comment or a label says something else. */
function randomEdit(text: string, random: Random): Edit {
  const places = [
    ...text.matchAll(random.pick([/\d/g, /\d/g, /(?<=\{python\} )\w+/g, /\b[a-z]{4,}\b/g, /(?<=# )\S+/g])),
  ];
  const { 0: old, index } = random.pick(places);
  const digits = '0123456789';
  const next = /^\d$/.test(old) ? random.pick([...digits]) : random.pick(['', 'twice', 'GB', old.slice(1), `${old}_x`]);
  return { start: index, end: index + old.length, text: next };
}

const told = (findings: readonly Finding[]) =>
  findings.map(({ code, range, message, severity }) => `${range.start}-${range.end} ${severity} ${code}: ${message}`);

describe.each(seededChapters())('%s', name => {
  test.each([1, 2])('findings follow edits (%i)', seed => {
    const random = new Random(seed);
    const evaluator = new Evaluator();
    const runner = new RuleRunner();
    let chapter = parseChapter(seededChapter(name), URI);
    let undo: Edit | undefined;
    runner.run(evaluator.update(chapter, 0));
    for (let version = 1; version <= EDITS; version++) {
      const edit = undo ?? randomEdit(chapter.text, random);
      const old = chapter.text.slice(edit.start, edit.end);
      undo =
        undo === undefined && random.below(3) > 0
          ? { start: edit.start, end: edit.start + edit.text.length, text: old }
          : undefined;
      chapter = editChapter(chapter, edit, noRepair);
      const analysis = evaluator.update(chapter, version);
      const after = told(runner.run(analysis));
      // A cell that cannot be parsed shows what its last text gave.
      if (analysis.cells.some(({ stale }) => stale)) continue;
      const fresh = told(runRules(new Evaluator().update(parseChapter(chapter.text, URI), version)));
      expect(after, `${JSON.stringify(old)} → ${JSON.stringify(edit.text)} at ${edit.start}`).toEqual(fresh);
    }
  });
});
