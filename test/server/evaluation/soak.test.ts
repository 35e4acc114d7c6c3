/** Editing for hours must not fill the memory. RECKONER_SOAK sets the number of edits. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { noRepair } from '../../support/parserLog';
import { edited, halfTyped, Random, randomChapter, textOf } from '../../support/randomChapters';

const EDITS = Number(process.env.RECKONER_SOAK ?? 1000);
const URI = 'file:///book/chapter.qmd';
/** What a heap may gain by chance; of 9,000 edits, it lost some. */
const SLACK = 12_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('the heap does not grow with the number of edits', () => {
  const random = new Random(7);
  const start = randomChapter(random, 30);
  const evaluator = new Evaluator();
  const runner = new RuleRunner();
  let chapter = parseChapter(textOf(start), URI);
  const soak = (edits: number): void => {
    let parts = start;
    for (let at = 0; at < edits; at++) {
      // Back to the first text now and then, so that the chapter itself stays as long as it was.
      parts = at % 20 === 19 ? start : edited(random, parts).parts;
      chapter = parseChapter(textOf(at % 7 === 3 ? halfTyped(random, parts) : parts), URI, {
        previous: chapter,
        log: noRepair,
      });
      runner.run(evaluator.update(chapter, at));
    }
    chapter = parseChapter(textOf(start), URI, { previous: chapter, log: noRepair });
    runner.run(evaluator.update(chapter));
  };
  // As many as are measured: caches fill up to their limits and code gets compiled before, not while, the heap is compared.
  soak(EDITS);
  const before = heap();
  soak(EDITS);
  expect(heap() - before).toBeLessThan(SLACK);
}, 600_000);
