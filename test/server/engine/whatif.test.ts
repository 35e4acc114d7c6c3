/** What-if through the engine: the open chapter stays as it is, a draft of it has the other values. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { edgesOf, sensitivitiesOf } from '../../../server/whatif/assumptions';
import type { Change } from '../../../server/whatif/changes';
import { editedText } from '../../../server/whatif/changes';
import { impactOf, impactText } from '../../../server/whatif/impact';
import { analyze } from '../../support/analysis';
import { engineIn } from '../../support/engine';

const CHAPTER = `# Plans {#sec-plans}

\`\`\`{python}
#| label: plan
from mlsys.constants import (
    A100_FLOPS_FP16_TENSOR,
    TFLOPs, second)
from mlsys.formatting import fmt, check

class Plan:
    peak = A100_FLOPS_FP16_TENSOR.m_as(TFLOPs / second)
    eta = 0.45
    count = 8
    pause = 90 * second
    rate = peak * eta * count
    check(rate > 900, f"too slow: {rate:.0f}")
    check(eta < 0.9, "too good")
    rate_str = fmt(rate, precision=0)
    pause_str = fmt(pause.m_as(second), precision=0)

rate_str = Plan.rate_str
\`\`\`

They make \`{python} rate_str\` TFLOPs/s, and rest for \`{python} Plan.pause_str\` seconds.

# More {#sec-more}

As said, \`{python} rate_str\`.
`;

const ROOT = '/nowhere';
const URI = 'file:///nowhere/chapter.qmd';
const { engine } = engineIn(ROOT);
afterAll(() => engine.close());

function open(text: string) {
  engine.open(URI, 1, text);
  const tried = async (changes: readonly Change[], findings = false) =>
    (await engine.drafts.with(URI, changes, undefined, { findings }))!;
  return { tried };
}

async function outcome(changes: readonly Change[], text = CHAPTER) {
  const draft = await open(text).tried(changes, true);
  const impact = impactOf(draft.before, draft.after, draft.broken);
  return { draft, impact, text: impactText(impact) };
}

describe('a number from which statements behind it go on', () => {
  const CODE = `from mlsys.formatting import check
from mlsys.constants import hour, second
debt = 1000.0
months = 0
while debt > 0:
    debt = debt * 1.05 - 120
    months += 1
check(months < 15, "takes too long")
class Tank:
    level = 10
    for step in range(4):
        level = level * 1.1
    check(level > 12, "too low")
    wait = 2 * hour
    check(wait.m_as(second) < 9000, "long")
    wait = wait * 3
stock = 5
check(stock > 2, "nothing on stock")
for sold in [1, 1, 2]:
    stock -= sold
share = 4
for turn in [1, 2]:
    share = turn * 3
check(share < 10, "share")`;
  const TEXT = `\`\`\`{python}\n${CODE}\n\`\`\`\n`;

  // As CPython has them with the number in the text.
  test.each([
    ['debt', 'months < 15', 1187.8, 1187.9],
    ['Tank.level', 'level > 12', 9, 8],
    ['level', 'level > 12', 9, 8],
    ['Tank.wait', 'wait.m_as(second) < 9000', 2.499_999, 2.500_001],
    ['stock', 'stock > 2', 3, 2],
  ])('%s is the number at the beginning, and tells where "%s" fails', async (name, guard, holds, fails) => {
    const { tried } = open(TEXT);
    const [edge] = await edgesOf(name, (await engine.drafts.base(URI))!, tried, { wanted: guard });
    const [low, high] = holds < fails ? [edge!.holds, edge!.fails] : [edge!.fails, edge!.holds];
    expect(low).toBeGreaterThanOrEqual(Math.min(holds, fails));
    expect(high).toBeLessThanOrEqual(Math.max(holds, fails));
    for (const [value, isHeld] of [
      [holds, true],
      [fails, false],
    ] as const) {
      const { edits } = await tried([{ name, value: String(value) }]);
      expect({ value, holds: analyze(editedText(TEXT, edits)).cells[0]!.status === 'ok' }).toEqual({
        value,
        holds: isHeld,
      });
    }
  });

  test('is told as refused where what is set behind it reads nothing of it', async () => {
    const { tried } = open(TEXT);
    await expect(edgesOf('share', (await engine.drafts.base(URI))!, tried)).rejects.toThrow(
      'share is no number that can be changed.',
    );
  });
});

test.each([
  ['Decimal("250000")', '0.1', 'Decimal("0.1")', 'Decimal 0.1'],
  ['Decimal(3)', '4', 'Decimal(4)', 'Decimal 4'],
  ['decimal.Decimal(3)', '-4.5', 'decimal.Decimal("-4.5")', 'Decimal -4.5'],
  ['half(Decimal(3))', '4', 'type(half(Decimal(3)))(4)', 'Decimal 4'],
  ['Fraction(1, 50)', '0.1', 'Fraction("0.1")', 'Fraction 1/10'],
])('%s stays exact', async (set, value, kept, shown) => {
  const text = `\`\`\`{python}
import decimal
from decimal import Decimal
from fractions import Fraction
def half(a):
    return a / 2
loan = ${set}
\`\`\`

It is \`{python} f"{type(loan).__name__} {loan}"\`.
`;
  const { draft, impact } = await outcome([{ name: 'loan', value }], text);
  expect(impact.numbers.map(({ after }) => after)).toEqual([shown]);
  expect(editedText(text, draft.edits)).toContain(`loan = ${kept}\n`);
});

describe('a change', () => {
  test('of an assumption: the numbers and sections that it reaches; the open chapter is untouched', async () => {
    const { draft, impact, text } = await outcome([{ name: 'Plan.eta', value: '0.5' }]);
    expect(impact.numbers.map(({ expr, before, after }) => `${expr}: ${before} → ${after}`)).toEqual([
      'rate_str: 1,123 → 1,248',
      'rate_str: 1,123 → 1,248',
    ]);
    expect(text).toBe('2 numbers in 2 sections change');
    expect(draft.before.analysis.refs[0]!.text).toBe('1,123');
    expect(editedText(CHAPTER, draft.edits)).toBe(CHAPTER.replace('eta = 0.45', 'eta = 0.5'));
  });

  test('that breaks a guard: what comes behind the guard shows even so', async () => {
    const { impact, text } = await outcome([{ name: 'eta', value: '0.3' }]);
    expect(text).toBe('2 numbers in 2 sections change; guard "rate > 900" breaks');
    expect(impact.guards.map(({ message }) => message)).toEqual(['too slow: 749']);
    expect(impact.numbers[0]!.after).toBe('749');
  });

  test('of a constant, after its import, in the unit that it has', async () => {
    const { draft, text } = await outcome([{ name: 'A100_FLOPS_FP16_TENSOR', value: '400' }]);
    expect(text).toBe('2 numbers in 2 sections change');
    expect(draft.after.analysis.refs[0]!.text).toBe('1,440');
    expect(editedText(CHAPTER, draft.edits)).toContain(
      'TFLOPs, second); A100_FLOPS_FP16_TENSOR = (400) * A100_FLOPS_FP16_TENSOR.units\n',
    );
  });

  test('of two constants of one import, of which one is given twice', async () => {
    const two = CHAPTER.replace('TFLOPs, second', 'H100_FLOPS_FP16_TENSOR, TFLOPs, second').replace(
      'eta = 0.45',
      'eta = H100_FLOPS_FP16_TENSOR / A100_FLOPS_FP16_TENSOR',
    );
    const { draft } = await outcome(
      [
        { name: 'H100_FLOPS_FP16_TENSOR', value: '200' },
        { name: 'A100_FLOPS_FP16_TENSOR', value: '1' },
        { name: 'A100_FLOPS_FP16_TENSOR', value: '400' },
      ],
      two,
    );
    expect(draft.problems).toEqual([]);
    expect(draft.after.analysis.refs[0]!.text).toBe('1,600');
  });

  test('of a star import', async () => {
    const star = CHAPTER.replace(/import \([^)]*\)/, 'import *');
    const { draft } = await outcome([{ name: 'A100_FLOPS_FP16_TENSOR', value: '400' }], star);
    expect(draft.after.analysis.refs[0]!.text).toBe('1,440');
  });

  test('of a quantity and of a computed value, by number or by expression', async () => {
    const { draft } = await outcome([
      { name: 'pause', value: '120' },
      { name: 'Plan.rate', value: '2 * 600' },
    ]);
    expect(draft.after.analysis.refs.map(({ text }) => text)).toEqual(['1,200', '120', '1,200']);
    expect(editedText(CHAPTER, draft.edits)).toContain('pause = 120 * second');
  });

  test('that makes a sentence false: what the rules find in the draft, and no more', async () => {
    const claiming = CHAPTER.replace(/^As said.*$/m, 'It drops from 1,155 ms to `{python} rate_str` ms.');
    const { impact, text } = await outcome([{ name: 'eta', value: '0.5' }], claiming);
    expect([text, impact.claims.map(({ code, appears }) => [code, appears])]).toEqual([
      '2 numbers in 2 sections change; 1 claim becomes false',
      [['claim-mismatch', true]],
    ]);
  });

  test('that makes a false sentence true, and one that leaves it false', async () => {
    const claiming = CHAPTER.replace(/^As said.*$/m, 'It drops from 1,045 ms to `{python} rate_str` ms.');
    const mended = await outcome([{ name: 'eta', value: '0.4' }], claiming);
    expect([mended.text, mended.impact.claims.map(({ code, appears }) => [code, appears])]).toEqual([
      '2 numbers in 2 sections change; 1 claim becomes true',
      [['claim-mismatch', false]],
    ]);
    const worse = await outcome([{ name: 'eta', value: '0.5' }], claiming);
    expect([worse.text, worse.impact.claims]).toEqual(['2 numbers in 2 sections change', []]);
  });

  test('whose claims are not asked for tells of numbers, guards and cells; they are found once they are asked for', async () => {
    const claiming = CHAPTER.replace(/^As said.*$/m, 'It drops from 1,155 ms to `{python} rate_str` ms.');
    const { tried } = open(claiming);
    const told = async (value: string, findings: boolean) => {
      const { before, after, broken } = await tried([{ name: 'eta', value }], findings);
      return impactText(impactOf(before, after, broken));
    };
    expect(await told('0.3', false)).toBe('2 numbers in 2 sections change; guard "rate > 900" breaks');
    expect(await told('0.5', false)).toBe('2 numbers in 2 sections change');
    expect(await told('0.5', true)).toBe('2 numbers in 2 sections change; 1 claim becomes false');
  });

  test('of a number beside other numbers: it becomes the value that is given', async () => {
    const scaled = CHAPTER.replace('count = 8', 'k = 2\n    count = 4 * k').replace('90 * second', '90 * k * second');
    const { draft } = await outcome(
      [
        { name: 'count', value: '10' },
        { name: 'pause', value: '60' },
      ],
      scaled,
    );
    expect(draft.after.analysis.refs.map(({ text }) => text)).toEqual(['1,404', '60', '1,404']);
  });

  test('is followed by another one, and by none', async () => {
    await outcome([{ name: 'eta', value: '0.3' }]);
    expect((await outcome([{ name: 'count', value: '10' }])).impact.numbers[0]!.after).toBe('1,404');
    expect((await outcome([])).text).toBe('Nothing in the prose changes');
  });

  test('keeps the lines of the chapter, whatever it replaces', async () => {
    const long = CHAPTER.replace('eta = 0.45', 'eta = (\n        0.4\n        + 0.05)');
    const { draft } = await outcome([{ name: 'eta', value: '0.5' }], long);
    const lines = (text: string) => text.split('\n').length;
    expect(lines(editedText(long, draft.edits))).toBe(lines(long));
    expect(draft.after.analysis.refs[0]!.text).toBe('1,248');
  });

  test.each([
    ['nothing', '1', 'No cell sets nothing.'],
    ['eta', '0.5 +', '"0.5 +" is no Python expression.'],
    ['eta', '1; import os', '"1; import os" is no Python expression.'],
  ])('that cannot be made is refused: %s = %s', async (name, value, problem) => {
    const { draft, text } = await outcome([{ name, value }]);
    expect(draft.problems).toEqual([problem]);
    expect(text).toBe('Nothing in the prose changes');
  });

  test('of a name that may be several is refused', async () => {
    const two = CHAPTER.replace('rate_str = Plan', 'class Other:\n    eta = 1\n\nrate_str = Plan');
    const { draft } = await outcome([{ name: 'eta', value: '0.5' }], two);
    expect(draft.problems).toEqual(['eta may be Other.eta or Plan.eta: give the whole name.']);
  });
});

test('how much each assumption moves a number, the strongest first', async () => {
  const { tried } = open(CHAPTER);
  const analysis = (await engine.drafts.base(URI))!;
  const found = await sensitivitiesOf('rate_str', 1, analysis, tried);
  expect(found.map(({ name, elasticity }) => [name, Math.round(elasticity * 1e6) / 1e6])).toEqual([
    ['A100_FLOPS_FP16_TENSOR', 1],
    ['Plan.eta', 1],
    ['Plan.count', 1],
  ]);
});

test('the values at which guards fail, both ways', async () => {
  const { tried } = open(CHAPTER);
  const analysis = (await engine.drafts.base(URI))!;
  const edges = await edgesOf('Plan.eta', analysis, tried);
  expect(edges.map(({ guard }) => guard)).toEqual(['rate > 900', 'eta < 0.9']);
  expect(edges[0]!.fails).toBeCloseTo(900 / (312 * 8), 8);
  expect(edges[1]!.fails).toBeCloseTo(0.9, 8);
  // A count stays whole.
  const [count] = await edgesOf('Plan.count', analysis, tried, { wanted: 'rate' });
  expect([count!.holds, count!.fails]).toEqual([7, 6]);
});

test.each([
  [
    'pay',
    'rate = 0.01\ndue = 1000.0\npay = 20.0\nmonths = 0\nwhile due > 0:\n    due = due * (1 + rate) - pay\n    months += 1',
    'months < 100',
    15.96,
  ],
  [
    'Rate.extra',
    'from typing import NamedTuple\nclass Rate(NamedTuple):\n    base: float\n    extra: float = 0.25\nr = Rate(1.5)\nwhole = (r.base + r.extra) * 2',
    'whole < 4',
    0.5,
  ],
  [
    'Rate.extra',
    'from pydantic import BaseModel\nclass Rate(BaseModel):\n    base: float\n    extra: float = 0.25\nr = Rate(base=1.5)\nwhole = (r.base + r.extra) * 2',
    'whole < 4',
    0.5,
  ],
])('the value of %s at which a guard fails behind a loop, or in a field', async (name, code, guard, edge) => {
  const text = `\`\`\`{python}\nfrom mlsys.formatting import check\n${code}\ncheck(${guard}, "so")\n\`\`\`\n\n\`{python} 1\`\n`;
  const { tried } = open(text);
  const analysis = (await engine.drafts.base(URI))!;
  const [found] = await edgesOf(name, analysis, tried);
  expect(found!.fails).toBeCloseTo(edge, 1);
  for (const [value, holds] of [
    [found!.holds, true],
    [found!.fails, false],
  ] as const) {
    const { edits } = await tried([{ name, value: String(value) }]);
    const { analysis: after } = (await open(editedText(text, edits)).tried([])).after;
    expect(after.cells[0]!.status === 'ok').toBe(holds);
  }
});

test('the values at which guards fail follow what is tried beside them', async () => {
  const { tried } = open(CHAPTER);
  const analysis = (await engine.drafts.base(URI))!;
  const beside = (value: string) =>
    edgesOf('Plan.eta', analysis, tried, { wanted: 'rate', others: [{ name: 'Plan.count', value }] });
  const [more] = await beside('16');
  expect([more!.holdsNow, more!.fails]).toEqual([true, expect.closeTo(900 / (312 * 16), 8)]);
  const [less] = await beside('4');
  expect([less!.holdsNow, less!.holds]).toEqual([false, expect.closeTo(900 / (312 * 4), 8)]);
  // What is tried of it itself does not count.
  const own = await edgesOf('Plan.eta', analysis, tried, {
    wanted: 'rate',
    others: [{ name: 'Plan.eta', value: '0.9' }],
  });
  expect(own[0]!.fails).toBeCloseTo(900 / (312 * 8), 8);
});

const SAMPLE = join(import.meta.dirname, '../../../../shared/chapters/introduction.qmd');

test.skipIf(!existsSync(SAMPLE))(
  'of the sample chapter (beside the checkout): the eta at which each guard fails, put into the source',
  { timeout: 120_000 },
  async () => {
    const text = readFileSync(SAMPLE, 'utf8');
    const { tried } = open(text);
    const analysis = (await engine.drafts.base(URI))!;
    const training = analysis.cells.find(({ cell }) => cell.label === 'gpt3-training')!;
    const edges = await edgesOf('GPT3Training.eta_base', analysis, tried);
    const guards = [...new Set(edges.map(({ guard }) => guard))];
    expect(guards.sort()).toEqual(training.checks.map(({ condition }) => condition!.text).sort());
    for (const { guard, holds, fails } of edges) {
      // The cell ends at the first guard that fails: the others are taken out.
      const others = (line: string) => (line.includes(guard) ? line : line.replace(/check\(.*/, 'pass'));
      const alone = text.replace(/^ {4}check\(.*$/gm, others);
      const failsIn = async (value: number) => {
        engine.open(URI, 1, alone.replace('eta_base = 0.45', `eta_base = ${value}`));
        const checked = await engine.chapter(URI)!.whenChecked();
        const { checks } = checked.analysis.cells[training.cell.index]!;
        return checks.some(check => !check.passed && check.condition?.text === guard);
      };
      expect([guard, await failsIn(holds), await failsIn(fails)]).toEqual([guard, false, true]);
    }
  },
);
