import { describe, expect, test } from 'vitest';
import { editChapter, type OffsetRange, parseChapter } from '../../../server/chapter';
import { type AtOnce, EVERYTHING, RuleRunner } from '../../../server/diagnostics';
import { applicableFixes, applyEdits } from '../../../server/diagnostics/fixes';
import { lineOf } from '../../../server/diagnostics/recording';
import type { Rule } from '../../../server/diagnostics/rule';
import { RULES } from '../../../server/diagnostics/rules';
import type { BindingInfo, CellFault } from '../../../server/evaluation/analysis';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell, findingsOf, report } from '../../support/analysis';
import { noRepair } from '../../support/parserLog';
import { edited, halfTyped, Random, randomChapter, textOf } from '../../support/randomChapters';

const FAULTY = `${cell('#| label: a\nx = 1 / 0\ny = 2')}\nAt \`{python} y\`.\n`;

describe('levels', () => {
  test('another severity moves the consequences as well', () => {
    expect(
      report(FAULTY, { levels: { 'undefined-export': 'warning' }, consequences: true }).map(line =>
        line.split(' ', 2).join(' '),
      ),
    ).toEqual(['error cell-error', 'info undefined-export']);
  });

  test('a rule that is off reports nothing', () => {
    expect(report(FAULTY, { levels: { 'cell-error': 'off', 'undefined-export': 'off' } })).toEqual([]);
  });
});

describe('ignore comments', () => {
  const text = (comment: string) => `${comment}\n\nAt \`{python} nowhere\`.\n\nAt \`{python} nowhere\`.\n\n${cell('')}`;

  test('silence the named rule on the next block alone', () => {
    const found = findingsOf(text('<!-- reckoner-ignore undefined-export -->'));
    expect(found).toHaveLength(1);
    expect(found[0]!.range.start).toBe(80);
  });

  test('another rule stays', () => {
    const found = findingsOf(text('<!-- reckoner-ignore cell-error -->')).map(({ code }) => code);
    expect(found).toEqual(['unused-ignore', 'undefined-export']);
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
      block({ refs }) {
        calls.push(`block ${refs.map(({ ref }) => ref.expr).join(' ')}`);
        return [];
      },
      cell({ cell: { label } }) {
        calls.push(`cell ${label}`);
        return [];
      },
    };
    const ofCells: Rule = {
      code: 'watching-cells',
      severity: 'hint',
      chapter({ cells }) {
        calls.push(`cells ${cells.map(one => one.status).join(' ')}`);
        return [];
      },
    };
    const ofRefs: Rule = {
      code: 'watching-refs',
      severity: 'hint',
      *chapter({ faultyRefs }) {
        calls.push('faultyRefs');
        for (const { ref } of faultyRefs) yield { range: ref.exprRange, message: 'faulty' };
      },
    };
    const ofLines: Rule = {
      code: 'watching-lines',
      severity: 'hint',
      *chapter({ faultyRefs, chapter }) {
        calls.push('lines');
        for (const { ref } of faultyRefs)
          yield { range: ref.exprRange, message: `${chapter.lines.lineAt(ref.exprRange.start)}` };
      },
    };
    const runner = new RuleRunner([watching, ofCells, ofRefs, ofLines]);
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

  test('in prose without references: those that looked at places', () => {
    expect(ran('First', 'The very first').again).toEqual(['lines']);
  });

  test('in prose around references: those of the block, and of the chapter as far as a reference has no value', () => {
    expect(ran('Third words', 'Third text').again).toEqual(['block y', 'lines']);
    expect(ran('Second words', 'Text').again).toEqual(['block x gone', 'faultyRefs', 'lines']);
  });

  test('in a cell: its own, those of cells and blocks that were evaluated again, and of the chapter', () => {
    expect(ran('y = x + 1', 'y = x + 2').again).toEqual(['cell two', 'block y', 'cells ok ok', 'lines']);
    expect(ran('x = 1', 'x = 5').again).toEqual([
      'cell one',
      'cell two',
      'block x gone',
      'block y',
      'cells ok ok',
      'lines',
    ]);
  });

  test('at first: all', () => {
    expect(ran('First', 'First').first).toHaveLength(7);
  });

  test('a new line above moves the findings, and none that tells a line is kept', () => {
    expect(ran('First', 'New\n\nFirst').again).toEqual(['lines']);
  });
});

describe('findings never go stale, whatever a rule reads', () => {
  /** Rules that tell all that they can see, places and what hangs on other cells included. */
  const careless: readonly Rule[] = [
    {
      code: 'careless-cell',
      severity: 'hint',
      *cell(cell) {
        const { index, range } = cell.cell;
        yield { range, message: `${index} ${range.start} ${cell.status} ${cell.stale} ${faultOf(cell.fault)}` };
        for (const one of cell.bindings) yield { range: one.range, message: readsOf(one) };
      },
    },
    {
      code: 'careless-line',
      severity: 'hint',
      *cell({ fault, cell }) {
        if (fault !== undefined) yield { range: cell.fenceRange, message: `line ${fault.line}` };
      },
    },
    {
      code: 'careless-ref',
      severity: 'hint',
      *block({ refs, block }) {
        for (const one of refs)
          yield {
            range: one.ref.exprRange,
            message: `${one.text} ${one.stale} ${one.cell} ${one.ref.index} ${faultOf(one.fault)} ${block.text.length}`,
            related: one.binding === undefined ? [] : [{ range: one.binding.range, message: readsOf(one.binding) }],
          };
      },
    },
    {
      code: 'careless-chapter',
      severity: 'hint',
      *chapter(analysis) {
        const { chapter, refs, cells } = analysis;
        const names = [...analysis.exportsAt(cells.length)].map(
          ([name, { range, cell }]) => `${name} ${range.start} ${cell}`,
        );
        yield {
          range: { start: 0, end: 1 },
          message: [chapter.text, chapter.lines.count, refs.map(one => one.text), names, analysis.counts.refs].join(
            ' ',
          ),
        };
      },
    },
    {
      code: 'careless-definitions',
      severity: 'hint',
      *chapter(analysis) {
        for (const { ref, fault } of analysis.faultyRefs) {
          const later = analysis.futureDefinitionOf(ref.expr, ref.cellsBefore);
          const line = later === undefined ? 0 : lineOf(later.range, analysis);
          const start = later?.range.start;
          yield { range: ref.exprRange, message: `${line} ${start} ${later?.statementRange.end} ${faultOf(fault)}` };
        }
      },
    },
    {
      code: 'careful-definitions',
      severity: 'hint',
      *chapter(analysis) {
        for (const { definitions } of analysis.cells)
          for (const one of definitions) yield { range: one.range, message: `${one.name} ${one.kind}` };
        for (const { ref } of analysis.faultyRefs)
          yield { range: ref.exprRange, message: `in line ${lineOf(ref.exprRange, analysis)}` };
      },
    },
  ];

  const faultOf = (fault: CellFault | undefined) =>
    fault === undefined
      ? ''
      : `${fault.type} ${fault.message} ${fault.line} ${fault.range.start} ${fault.blame?.cell} ` +
        fault.trace.map(({ line, text, cell, range }) => `${line} ${text} ${cell} ${range.end}`).join(' ');

  const readsOf = ({ name, cell, range, reads }: BindingInfo) =>
    `${name} ${cell} ${range.start} ${reads.map(read => `${read.text} ${read.binding?.range.start}`).join(' ')}`;

  test.each(Array.from({ length: 40 }, (_, at) => at + 1))('series of edits %i', seed => {
    const rules = [...RULES, ...careless];
    const random = new Random(seed);
    let parts = randomChapter(random);
    let chapter = parseChapter(textOf(parts), 'file:///a.qmd');
    const evaluator = new Evaluator();
    const runner = new RuleRunner(rules);
    const history: string[] = [];
    for (let at = 0; at < 20; at++) {
      const next = edited(random, parts);
      parts = next.parts;
      history.push(next.edit);
      const words = random.chance(0.4) ? `Some words${random.chance(0.5) ? '\n\nmore' : ''}.\n\n` : '';
      const text = words + textOf(random.chance(0.2) ? halfTyped(random, parts) : parts);
      chapter = parseChapter(text, 'file:///a.qmd', { previous: chapter, log: noRepair });
      const analysis = evaluator.update(chapter);
      const warm = runner.run(analysis);
      const cold = new RuleRunner(rules).run(analysis);
      expect(warm, `after ${history.join('; ')}\n${text}`).toEqual(cold);
    }
  });
});

test.each([
  ['````{python}\nx = 1\n```\n', 0, 1, 'a cell whose closing fence becomes too short'],
  ['class A:\n    y = 2\n```\n\ntext\n', 9, 0, 'a text above a fence that turns out to be code'],
])('findings of fences follow what stands around them: %j', (after, at, length) => {
  // The other way round, it is the closing fence that becomes long enough, and the code that becomes prose.
  const inserted = length === 0 ? '    1. a\n' : '';
  const before = after.slice(0, at) + inserted + after.slice(at + length);
  const run = (runner: RuleRunner, chapter: ReturnType<typeof parseChapter>) =>
    runner.run(new Evaluator().update(chapter)).map(({ code, range }) => `${code} ${range.start}`);
  for (const [from, to] of [
    [before, after],
    [after, before],
  ] as const) {
    const runner = new RuleRunner();
    const first = parseChapter(from, 'file:///a.qmd');
    const fresh = run(new RuleRunner(), parseChapter(to, 'file:///a.qmd'));
    expect(run(runner, first)).not.toEqual(fresh);
    expect(run(runner, parseChapter(to, 'file:///a.qmd', { previous: first, log: noRepair }))).toEqual(fresh);
  }
});

test('sentences that an earlier version put off do not take the place of those that the next one concerns', () => {
  const read: string[] = [];
  const reading: Rule = {
    code: 'reading',
    severity: 'hint',
    prose({ source }) {
      read.push(source.trim());
      return [];
    },
  };
  const runner = new RuleRunner([reading]);
  const evaluator = new Evaluator();
  const text = 'One is 1.\n\nTwo is 2.\n\nThree is 3.\n';
  const before = parseChapter(text, 'file:///a.qmd');
  runner.run(evaluator.update(before), { atOnce: { blocks: 1, cells: 1 } });
  expect(read.splice(0)).toEqual(['One is 1.']);
  const start = text.indexOf('Three');
  const after = editChapter(before, { start, end: start, text: 'Now ' }, noRepair);
  runner.run(evaluator.update(after), { atOnce: { blocks: 1, cells: 1 } });
  expect(read.splice(0)).toEqual(['Now Three is 3.']);
  expect(runner.isComplete).toBe(false);
  for (const _ of runner.readOn());
  expect(read).toEqual(['Two is 2.']);
});

/** Edits a value above sentences and the last of these at once; `read` is what is looked at with `atOnce`. */
function editedAbove(atOnce: AtOnce): { readonly read: string[]; readonly runner: RuleRunner } {
  const read: string[] = [];
  const reading: Rule = {
    code: 'reading',
    severity: 'hint',
    prose({ source, refs }) {
      read.push(source.trim());
      return refs.flatMap(() => []);
    },
  };
  const runner = new RuleRunner([reading]);
  const evaluator = new Evaluator();
  const shown = ['A', 'B', 'C'].map(name => `${name} is \`{python} x\`.\n`);
  const text = `${cell('x = 1')}\n${shown.join('\n')}\nThe end is 9.\n`;
  const before = parseChapter(text, 'file:///a.qmd');
  runner.run(evaluator.update(before));
  expect(read.splice(0)).toHaveLength(4);
  const end = before.text.indexOf('9');
  const value = before.text.indexOf('1');
  const ended = editChapter(before, { start: end, end: end + 1, text: '10' }, noRepair);
  const after = editChapter(ended, { start: value, end: value + 1, text: '2' }, noRepair);
  runner.run(evaluator.update(after), { atOnce });
  return { read, runner };
}

test('what is written is looked at at once, however much it changes above it', () => {
  expect(editedAbove({ blocks: 1, cells: 1 }).read).toEqual(['A is `{python} x`.', 'The end is 10.']);
});

test('where time is short, what is written is looked at, and what has other values waits', () => {
  const milliseconds = { first: Number.POSITIVE_INFINITY, again: 0 };
  const { read, runner } = editedAbove({ blocks: 8, cells: 1, milliseconds });
  expect(read.splice(0)).toEqual(['The end is 10.']);
  for (const _ of runner.readOn());
  expect([...read].sort()).toEqual(['A is `{python} x`.', 'B is `{python} x`.', 'C is `{python} x`.']);
});

describe('checks of the whole chapter', () => {
  const text = `${cell('x = 1')}\n${Array.from({ length: 20 }, (_, at) => `Line ${at} of [@key${at}].\n`).join('\n')}`;

  /** Rules that tell of every block, with what they were asked for. */
  function counted() {
    const asked: string[] = [];
    const told = (code: string, of: 'document' | 'chapter', canWait: boolean): Rule => ({
      code,
      severity: 'hint',
      canWait,
      *[of](chapter: { readonly blocks?: unknown; readonly chapter?: { readonly blocks: unknown } }) {
        asked.push(code);
        const blocks = (chapter.chapter?.blocks ?? chapter.blocks) as readonly { readonly range: OffsetRange }[];
        for (const { range } of blocks) yield { range, message: code };
      },
    });
    const rules = [
      told('of-text', 'document', false),
      told('of-values', 'chapter', false),
      told('later', 'chapter', true),
    ];
    return { runner: new RuleRunner(rules), asked };
  }

  test('are made one finding at a step, and not again by the run that follows', () => {
    const { runner, asked } = counted();
    const analysis = new Evaluator().update(parseChapter(text, 'file:///a.qmd'));
    const blocks = analysis.chapter.blocks.length;
    const options = { atOnce: EVERYTHING };
    expect([...runner.preparing(analysis, options)].length).toBeGreaterThan(3 * blocks);
    expect(asked.splice(0)).toEqual(['of-text', 'of-values', 'later']);
    expect(runner.run(analysis, options)).toHaveLength(3 * blocks);
    expect(asked).toEqual([]);
    expect(counted().runner.run(analysis, options)).toEqual(runner.run(analysis, options));
  });

  test('that were put off are made one finding at a step as well, until another version is there', () => {
    const { runner, asked } = counted();
    const evaluator = new Evaluator();
    const analysis = evaluator.update(parseChapter(text, 'file:///a.qmd'));
    const blocks = analysis.chapter.blocks.length;
    expect(runner.run(analysis, { atOnce: { blocks: 0, cells: 0 } })).toHaveLength(2 * blocks);
    expect(asked.splice(0)).toEqual(['of-text', 'of-values']);
    const steps = runner.readOn();
    steps.next();
    expect(asked.splice(0)).toEqual(['later']);
    const other = evaluator.update(editChapter(analysis.chapter, { start: 0, end: 0, text: 'A\n\n' }, noRepair));
    const others = other.chapter.blocks.length;
    expect(runner.run(other, { atOnce: { blocks: 0, cells: 0 } }).filter(({ code }) => code === 'later')).toEqual([]);
    expect(steps.next().done).toBe(true);
    let isOther: boolean | undefined;
    for (const later = runner.readOn(); isOther === undefined; ) isOther = later.next().value as boolean | undefined;
    expect(isOther).toBe(true);
    expect(runner.run(other, { atOnce: { blocks: 0, cells: 0 } })).toHaveLength(3 * others);
  });
});
