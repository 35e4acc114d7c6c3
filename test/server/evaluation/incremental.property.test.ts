/**
 * After any series of edits the incremental evaluator says what a cold one says of the same text: every value, every
 * finding, every range. On the way cells are half-typed and evaluations given up. RECKONER_EDITS sets the number of edits, RECKONER_SEED the first seed.
 */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import type { Analysis } from '../../../server/evaluation/analysis';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { fingerprint } from '../../support/fingerprint';
import { noRepair } from '../../support/parserLog';
import { edited, halfTyped, Random, randomChapter, textOf } from '../../support/randomChapters';

const EDITS = Number(process.env.RECKONER_EDITS ?? 2100);
const SEED = Number(process.env.RECKONER_SEED ?? 1);
const SERIES = 30;
const URI = 'file:///book/chapter.qmd';

describe('incremental evaluation equals a cold one', () => {
  const count = Math.ceil(EDITS / SERIES);
  test.each(Array.from({ length: count }, (_, at) => SEED + at))('series of edits %i', seed => {
    const random = new Random(seed);
    let parts = randomChapter(random);
    let chapter = parseChapter(textOf(parts), URI);
    const evaluator = new Evaluator();
    const runner = new RuleRunner();
    evaluator.update(chapter);
    const history: string[] = [];
    for (let at = 0; at < SERIES; at++) {
      const next = edited(random, parts);
      parts = next.parts;
      history.push(next.edit);
      const text = textOf(parts);
      chapter = parseChapter(text, URI, { previous: chapter, log: noRepair });
      if (random.chance(0.15))
        evaluator.update(parseChapter(textOf(halfTyped(random, parts)), URI, { previous: chapter, log: noRepair }));
      if (random.chance(0.2)) abandon(evaluator, chapter, random);
      const warm = evaluator.update(chapter);
      if (random.chance(0.3)) lookInParts(runner, warm, random);
      const cold = new Evaluator().update(parseChapter(text, URI));
      expect(fingerprint(warm, runner), `after ${history.join('; ')}\n${text}`).toEqual(fingerprint(cold));
    }
  });
});

/** Has the rules put checks off, and make some of them before the next look. */
function lookInParts(runner: RuleRunner, analysis: Analysis, random: Random): void {
  runner.run(analysis, { atOnce: { blocks: random.below(3), cells: random.below(3) } });
  const steps = runner.readOn();
  for (let left = random.below(4); left > 0; left--) if (steps.next().done === true) return;
}

/** Begins an evaluation and gives it up after a few cells, as the next edit does. */
function abandon(evaluator: Evaluator, chapter: ReturnType<typeof parseChapter>, random: Random): void {
  const steps = evaluator.steps(chapter);
  for (let left = random.below(4); left > 0; left--) if (steps.next().done === true) return;
}
