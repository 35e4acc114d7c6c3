import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { runRules } from '../../../server/diagnostics';
import { applicableFixes, applyEdits } from '../../../server/diagnostics/fixes';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell, findingsOf, report } from '../../support/analysis';

const FAULTY = `${cell('#| label: a\nx = 1 / 0\ny = 2')}\nAt \`{python} y\`.\n`;

describe('levels', () => {
  test('another severity moves the consequences as well', () => {
    expect(
      report(FAULTY, { levels: { 'undefined-export': 'warning' } }).map(line => line.split(' ', 2).join(' ')),
    ).toEqual(['error cell-error', 'info undefined-export']);
  });

  test('a rule that is off reports nothing', () => {
    expect(report(FAULTY, { levels: { 'cell-error': 'off', 'undefined-export': 'off' } })).toEqual([]);
  });
});

describe('ignore comments', () => {
  const text = (comment: string) => `${comment}\n\nAt \`{python} nowhere\`.\n\nAt \`{python} nowhere\`.\n`;

  test('silence the named rule on the next block alone', () => {
    const found = findingsOf(text('<!-- reckoner-ignore undefined-export -->'));
    expect(found).toHaveLength(1);
    expect(found[0]!.range.start).toBe(80);
  });

  test('another rule stays', () => {
    expect(findingsOf(text('<!-- reckoner-ignore cell-error -->'))).toHaveLength(2);
  });

  test('without a code, all rules', () => {
    expect(findingsOf(text('<!-- reckoner-ignore -->'))).toHaveLength(1);
  });
});

test('findings come in document order', () => {
  const starts = findingsOf(`\`{python} b\`\n\n${FAULTY}\n\`{python} a\`\n`).map(finding => finding.range.start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('the findings of a cell follow it when text above it changes', () => {
  const evaluator = new Evaluator();
  const body = cell('from mlsys.formatting import fmt\nx = fmt(0.004, precision=1)\ny = (');
  const before = `Prose.\n\n${cell('from mlsys.formatting import fmt\nx = fmt(0.004, precision=1)')}\n${body}`;
  const after = `Longer prose.\n\n${before.slice('Prose.\n\n'.length)}`;
  runRules(evaluator.update(parseChapter(before, 'file:///a.qmd'), 1));
  const moved = runRules(evaluator.update(parseChapter(after, 'file:///a.qmd'), 2));
  expect(moved).toEqual(findingsOf(after));
  expect(moved.map(finding => finding.code)).toEqual(['precision-loss', 'syntax-error']);
});

describe('taking fixes without asking', () => {
  test('only preferred ones, and none that touch', () => {
    const text = `${cell('days_str = "3"\nday_a = 1\nday_b = 2')}\n\`{python} days_st\` \`{python} day_c\` \`{python} days_sr\`\n`;
    const fixes = applicableFixes(findingsOf(text));
    expect(fixes.map(fix => fix.title)).toEqual(['Use `days_str`', 'Use `days_str`']);
    const fixed = applyEdits(
      text,
      fixes.flatMap(fix => fix.edits),
    );
    expect(fixed).toContain('`{python} days_str` `{python} day_c` `{python} days_str`');
  });
});
