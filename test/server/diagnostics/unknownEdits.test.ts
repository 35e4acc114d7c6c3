import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics/runner';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { unknownText } from '../../../server/evaluation/unknowns';
import { cell } from '../../support/analysis';
import { OBSERVED, unknownEdits } from '../../support/unknownChapters';

const BUDGETS = { steps: 50_000 };

const BODIES = [
  'import pandas as pd\n\nn = len(pd.DataFrame())',
  'import time\n\nt = time.time()\nn = 3',
  'rows = []\nn = 1 / len(rows)',
  '# a comment\nimport pandas as pd\n\nm = 4\nn = m + pd.x',
  'm = n + 1',
  'n = 7',
  'n = (',
  'm = 2\n\nm += undefined',
];

function chapter(bodies: readonly number[], space: string): string {
  const cells = bodies.map((at, place) => cell(`#| label: c${place}\n${BODIES[at]!}`));
  return `${space}${cells.join(`\n${space}`)}\nIt is \`{python} n\` and \`{python} m\`, \`{python} f"{t}"\`.\n`;
}

/** Findings, and what references say, after an evaluation. */
function told(analysis: ReturnType<Evaluator['update']>, rules: RuleRunner) {
  return {
    findings: rules.run(analysis),
    refs: analysis.refs.map(({ status, text, unknown, doubt }) => [
      status,
      text,
      unknown && unknownText(unknown, analysis.cells),
      doubt,
    ]),
  };
}

test('findings, unknown values and doubts after edits are those of a cold run', () => {
  const evaluator = new Evaluator();
  const runner = new RuleRunner();
  let state = 7;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  let bodies = [0, 4, 5];
  for (let edit = 0; edit < 200; edit++) {
    const at = random(bodies.length);
    if (random(4) === 0 && bodies.length < 5)
      bodies = [...bodies.slice(0, at), random(BODIES.length), ...bodies.slice(at)];
    else if (random(5) === 0 && bodies.length > 2) bodies = bodies.filter((_, place) => place !== at);
    else bodies = bodies.map((one, place) => (place === at ? random(BODIES.length) : one));
    const text = chapter(bodies, random(3) === 0 ? 'Words.\n\n' : '');
    const parsed = parseChapter(text, 'file:///book/chapter.qmd');
    const warm = told(evaluator.update(parsed, edit), runner);
    const cold = told(new Evaluator().update(parseChapter(text, 'file:///book/chapter.qmd'), edit), new RuleRunner());
    // While a cell cannot be parsed, its last good values stand.
    if (!bodies.includes(6)) expect({ edit, text, ...warm }).toEqual({ edit, text, ...cold });
  }
});

describe('random chapters', () => {
  /** More of them with `EDITED_CHAPTERS=500`. */
  const count = Number(process.env.EDITED_CHAPTERS ?? 12);

  test('after edits they are as a cold run has them', { timeout: 1_200_000 }, () => {
    for (let seed = 0; seed < count; seed++) {
      const evaluator = new Evaluator({ budgets: BUDGETS });
      const runner = new RuleRunner();
      let edit = 0;
      for (const cells of unknownEdits(seed, 8)) {
        edit++;
        const prose = OBSERVED.map(one => `\`{python} repr(${one})\``).join(', ');
        const text = `${cells.map(one => cell(one)).join('\n')}\nIt is ${prose}.\n`;
        const parse = () => parseChapter(text, 'file:///book/chapter.qmd');
        const warm = told(evaluator.update(parse(), edit), runner);
        const cold = told(new Evaluator({ budgets: BUDGETS }).update(parse(), edit), new RuleRunner());
        expect({ seed, edit, text, ...warm }).toEqual({ seed, edit, text, ...cold });
      }
    }
  });
});
