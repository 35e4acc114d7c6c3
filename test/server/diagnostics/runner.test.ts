import { describe, expect, test } from 'vitest';
import { editChapter, parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics';
import { applicableFixes, applyEdits } from '../../../server/diagnostics/fixes';
import type { ChapterPart, Rule } from '../../../server/diagnostics/rule';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell, findingsOf, report } from '../../support/analysis';
import { noRepair } from '../../support/parserLog';

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
  const runner = new RuleRunner();
  runner.run(evaluator.update(parseChapter(before, 'file:///a.qmd'), 1));
  const moved = runner.run(evaluator.update(parseChapter(after, 'file:///a.qmd'), 2));
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

describe('after an edit, only the checks run again that it concerns', () => {
  const TEXT = [
    'First words.',
    cell('#| label: one\nx = 1'),
    'Second words with `{python} x` and `{python} gone`.',
    cell('#| label: two\ny = x + 1'),
    'Third words with `{python} y`.',
  ].join('\n\n');

  /** What ran for the text as it is, then for the text with `from` replaced by `to`. */
  function ran(from: string, to: string): { first: string[]; again: string[] } {
    let calls: string[] = [];
    const watching: Rule = {
      code: 'watching',
      severity: 'hint',
      block({ block }) {
        calls.push(`block ${block.text.trim()}`);
        return [];
      },
      cell({ cell: { label } }) {
        calls.push(`cell ${label}`);
        return [];
      },
    };
    const chapterWide = (part: ChapterPart): Rule => ({
      code: `watching-${part}`,
      severity: 'hint',
      chapter: {
        dependsOn: [part],
        *check({ faultyRefs }) {
          calls.push(part);
          for (const { ref } of faultyRefs) yield { range: ref.exprRange, message: 'faulty' };
        },
      },
    });
    const runner = new RuleRunner([watching, chapterWide('cells'), chapterWide('faultyRefs')]);
    const evaluator = new Evaluator();
    const before = parseChapter(TEXT, 'file:///a.qmd');
    runner.run(evaluator.update(before));
    const first = calls;
    calls = [];
    const start = TEXT.indexOf(from);
    const after = editChapter(before, { start, end: start + from.length, text: to }, noRepair);
    const found = runner.run(evaluator.update(after));
    for (const { range } of found) expect(after.text.slice(range.start, range.end)).toBe('gone');
    return { first, again: calls };
  }

  test('in prose without references: none', () => {
    expect(ran('First', 'The very first').again).toEqual([]);
  });

  test('in prose around references: those of the block, and of the chapter as far as a reference has no value', () => {
    expect(ran('Third words', 'Third text').again).toEqual(['block Third text with `{python} y`.']);
    expect(ran('Second words', 'Text').again).toEqual([
      'block Text with `{python} x` and `{python} gone`.',
      'cells',
      'faultyRefs',
    ]);
  });

  test('in a cell: its own, those of cells and blocks that were evaluated again, and of the chapter', () => {
    expect(ran('y = x + 1', 'y = x + 2').again).toEqual(['cell two', 'block Third words with `{python} y`.', 'cells']);
    expect(ran('x = 1', 'x = 5').again).toEqual([
      'cell one',
      'cell two',
      'block Second words with `{python} x` and `{python} gone`.',
      'block Third words with `{python} y`.',
      'cells',
    ]);
  });

  test('at first: all', () => {
    expect(ran('First', 'First').first).toHaveLength(6);
  });

  test('a new line above moves the findings, but lets nothing be kept that may name a line', () => {
    expect(ran('First', 'New\n\nFirst').again).toEqual(['cells', 'faultyRefs']);
  });
});
