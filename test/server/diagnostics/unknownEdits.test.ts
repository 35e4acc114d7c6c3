import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics/runner';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { unknownText } from '../../../server/evaluation/unknowns';
import { cell } from '../../support/analysis';

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

test('findings, unknown values and doubts after edits are those of a cold run', () => {
  const evaluator = new Evaluator();
  const runner = new RuleRunner();
  const told = (analysis: ReturnType<Evaluator['update']>, rules: RuleRunner) => ({
    findings: rules.run(analysis),
    refs: analysis.refs.map(({ status, text, unknown, doubt }) => [
      status,
      text,
      unknown && unknownText(unknown, analysis.cells),
      doubt,
    ]),
  });
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
