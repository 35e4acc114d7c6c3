/** Chapters in evaluation processes: what they say, and what becomes of them when a cell takes time, memory or the process. */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import type { Analysis, CellRun } from '../../../server/evaluation/analysis';
import { DetailsMissing } from '../../../server/evaluation/detailsMissing';
import { Evaluator, type EvaluatorBudgets } from '../../../server/evaluation/evaluator';
import { CheckPool } from '../../../server/process/checkPool';
import { ChildProcesses } from '../../../server/process/childProcess';
import { FigureDrawings } from '../../../server/process/figures';
import { type ChapterEvaluation, EvaluationPool } from '../../../server/process/pool';
import { cell } from '../../support/analysis';
import { type Bundles, bundle } from '../../support/bundles';
import { fingerprint } from '../../support/fingerprint';
import { edited, halfTyped, Random, randomChapter, textOf } from '../../support/randomChapters';

const URI = 'file:///book/chapter.qmd';
/** So much that a cell meets the limits of its process before its own. */
const NO_LIMITS: EvaluatorBudgets = {
  steps: 1e15,
  milliseconds: 60_000,
  bytes: 1e15,
  output: 1e15,
  chapter: { steps: 1e15, milliseconds: 1e15, bytes: 1e15, output: 1e15 },
};
const ENDLESS = 'n = 0\nwhile True: n += 1';

let bundles: Bundles;
let pool: EvaluationPool;
const failures: string[] = [];

beforeAll(async () => {
  bundles = await bundle('evaluation');
}, 60_000);
afterAll(() => bundles.remove());
afterEach(() => pool?.close());

/** A chapter that is open in the pool. */
class Opened {
  readonly evaluation: ChapterEvaluation;
  #version = 0;
  #resolve: (analysis: Analysis) => void = () => undefined;

  constructor(budgets: EvaluatorBudgets = {}) {
    this.evaluation = pool.open({
      place: undefined,
      budgets,
      modules: { find: () => undefined },
      evaluated: () => this.#resolve(this.evaluation.analysis),
    });
  }

  /** Resolves when this version, or a later one, has been evaluated. */
  update(text: string): Promise<Analysis> {
    const evaluated = new Promise<Analysis>(resolve => {
      this.#resolve = resolve;
    });
    this.#version++;
    this.evaluation.update(parseChapter(text, URI), this.#version);
    return evaluated;
  }
}

function start(script = bundles.path('evaluation')): void {
  failures.length = 0;
  pool = new EvaluationPool(message => failures.push(message), { host: new ChildProcesses({ script }) });
}

const fared = (analysis: Analysis) => analysis.cells.map(({ status, fault }) => fault?.message ?? status);

async function runningFor(milliseconds: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** The processes that this one has started. */
function children(): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,ppid=,args=', '-A'], { encoding: 'utf8' }).split('\n');
  return listed.flatMap(line => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return parent === process.pid && line.includes(bundles.folder) ? [pid!] : [];
  });
}

test.each([1, 2, 3])('after edits, a process says what a cold evaluation says: series %i', async seed => {
  start();
  const opened = new Opened();
  const random = new Random(seed);
  let parts = randomChapter(random);
  for (let at = 0; at < 20; at++) {
    parts = edited(random, parts).parts;
    // Superseded by the next version, at whatever point.
    if (random.chance(0.3)) void opened.update(textOf(halfTyped(random, parts)));
    const text = textOf(parts);
    const analysis = await opened.update(text);
    expect(analysis.chapter.text).toBe(text);
    const cold = new Evaluator().update(parseChapter(text, URI));
    await opened.evaluation.complete();
    expect(fingerprint(analysis), text).toEqual(fingerprint(cold));
  }
});

test.skipIf(process.platform === 'win32')('a process that somebody ends is replaced, and says the same', async () => {
  start();
  const opened = new Opened();
  const text = `${cell('x = [1]')}\n${cell('y = len(x) + 1')}\n\`{python} y\`\n`;
  await opened.update(text);
  for (const pid of children()) process.kill(pid, 'SIGKILL');
  const after = await opened.update(text.replace('+ 1', '+ 2'));
  expect(after.refs.map(ref => ref.text)).toEqual(['3']);
  await opened.evaluation.complete();
  expect(fingerprint(after)).toEqual(fingerprint(new Evaluator().update(parseChapter(after.chapter.text, URI))));
});

test.skipIf(process.platform === 'win32')(
  'a cell is not blamed for a process that somebody ends while it runs',
  async () => {
    start();
    const opened = new Opened();
    const done = opened.update(cell('n = 0\nfor i in range(3_000_000): n += 1'));
    await runningFor(300);
    for (const pid of children()) process.kill(pid, 'SIGKILL');
    expect(fared(await done)).toEqual(['ok']);
  },
);

describe('a cell that takes too much', () => {
  test.each([
    ['memory in lists', 'x = [0]\nwhile True: x = x + x', /took more than .* of memory and was stopped/],
    [
      'memory in texts',
      'x = []\nwhile True: x.append(str(len(x)) * 1000)',
      /took more than .* of memory and was stopped/,
    ],
    [
      'memory in arrays',
      'import numpy as np\nx = []\nwhile True: x.append(np.ones(10**6))',
      /of memory and was stopped/,
    ],
    ['memory in one array', 'x = [[]] * 10**8', /was stopped/],
  ])('%s is stopped and told of, and the others have their values', async (_, code, message) => {
    start();
    const analysis = await new Opened(NO_LIMITS).update(
      `${cell('a = 1')}\n${cell(code)}\n${cell('b = a + 1')}\n\`{python} b\`\n`,
    );
    expect(fared(analysis)).toEqual(['ok', expect.stringMatching(message), 'ok']);
    expect(analysis.cells[1]!.status).toBe('budget');
    expect(analysis.refs.map(ref => ref.text)).toEqual(['2']);
  });

  test('of time, by work that does not look at the clock, is stopped', async () => {
    start();
    const budgets = { ...NO_LIMITS, milliseconds: 100 };
    const analysis = await new Opened(budgets).update(
      `${cell('x = 3 ** (10**7)\ny = [x * x for i in range(10)]\nz = str(x)')}\n${cell('b = 1')}\n`,
    );
    expect(analysis.cells.map(({ status }) => status)).toEqual(['budget', 'ok']);
    expect(analysis.cells[0]!.fault?.budget).toBe('time');
  });

  test('runs again when what it reads has changed', async () => {
    start();
    const opened = new Opened(NO_LIMITS);
    const text = (end: string) => `${cell(`end = ${end}`)}\n${cell('x = [0]\nwhile len(x) < end: x = x + x')}\n`;
    expect(fared(await opened.update(text('10**9')))).toEqual(['ok', expect.stringContaining('was stopped')]);
    expect(fared(await opened.update(text('100')))).toEqual(['ok', 'ok']);
  });

  test('in a reference is told of at the reference', async () => {
    start();
    const text = `${cell('def f():\n    x = [0]\n    while True: x = x + x')}\nIt is \`{python} f()\` and \`{python} 1 + 1\`.\n`;
    const analysis = await new Opened(NO_LIMITS).update(text);
    expect(analysis.refs.map(ref => ref.text ?? ref.fault?.message)).toEqual([
      expect.stringMatching(/^the reference took more than .* and was stopped$/),
      '2',
    ]);
  });
});

/** Megabytes that the largest process of the pool holds. */
const megabytes = (): number =>
  Math.max(
    ...children().map(
      pid => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000,
    ),
  );

test.skipIf(process.platform === 'win32')('memory that a cell took is given back once nothing runs', async () => {
  start();
  const opened = new Opened();
  await opened.update(cell('x = 1'));
  // It is noted how little is enough once nothing was to be done for a while.
  await runningFor(1500);
  const before = megabytes();
  await opened.update(cell('x = list(range(5 * 10**6))'));
  expect(megabytes()).toBeGreaterThan(before + 100);
  opened.evaluation.close();
  await expect.poll(megabytes, { timeout: 20_000, interval: 200 }).toBeLessThan(before + 100);
});

test('what is asked of a chapter does not wait for the cells of another one', async () => {
  start();
  const other = new Opened();
  await other.update(cell('x = 2 * 3'));
  const order: string[] = [];
  // None of the cells takes long enough for somebody to be sent elsewhere.
  const slow = Array.from({ length: 100 }, (_, at) => cell(`n = ${at}\nfor i in range(60_000): n += 1`)).join('\n');
  const evaluated = new Opened(NO_LIMITS).update(slow).then(() => order.push('evaluated'));
  await runningFor(100);
  const told = await other.evaluation.analysis.provenanceAt('x', 1, 'whole');
  order.push(told!.sources[0]!.value.repr);
  await evaluated;
  expect(order).toEqual(['6', 'evaluated']);
});

test('what takes a while to answer is answered where it was asked', async () => {
  start();
  const opened = new Opened(NO_LIMITS);
  const analysis = await opened.update(cell('def total(n):\n    t = 0\n    for i in range(n): t += i\n    return t'));
  const told = await analysis.provenanceAt('total(1_500_000)', 1, 'whole');
  expect(told?.sources[0]?.value.repr).toBe('1124999250000');
  // One more may stand by for the next chapter.
  expect(children().length).toBeLessThan(3);
});

describe('while a cell does not come to its end', () => {
  test('another chapter is evaluated', async () => {
    start();
    const endless = new Opened(NO_LIMITS);
    void endless.update(cell(ENDLESS));
    await runningFor(200);
    const other = await new Opened().update(`${cell('x = 2')}\n\`{python} x\`\n`);
    expect(other.refs.map(ref => ref.text)).toEqual(['2']);
    expect(endless.evaluation.analysis.cells[0]!.run).toBeUndefined();
  });

  test('a chapter that waits behind it goes on elsewhere', async () => {
    start();
    const other = new Opened();
    await other.update(cell('x = 2'));
    void new Opened(NO_LIMITS).update(cell(ENDLESS));
    await runningFor(200);
    expect(fared(await other.update(`${cell('x = 3')}\n`))).toEqual(['ok']);
  });

  test('a chapter that somebody asks about is told of elsewhere', async () => {
    start();
    const other = new Opened();
    await other.update(cell('x = 2 * 3'));
    void new Opened(NO_LIMITS).update(cell(ENDLESS));
    await runningFor(60);
    const asked = async () => (await other.evaluation.analysis.provenanceAt('x', 1, 'outline'))?.sources[0]?.value.repr;
    // Nobody waits for the end of the cell, and the next one who asks has an answer.
    await expect.poll(asked, { timeout: 10_000 }).toBe('6');
    expect(await other.evaluation.complete()).toBe(true);
    expect(fared(other.evaluation.analysis)).toEqual(['ok']);
  });

  test('an edit of it takes effect', async () => {
    start();
    const opened = new Opened(NO_LIMITS);
    const text = `${cell('a = 1')}\n${cell(ENDLESS)}\n\`{python} n\`\n`;
    void opened.update(text);
    await runningFor(300);
    const after = await opened.update(text.replace('while True', 'while n < a'));
    expect(after.refs.map(ref => ref.text)).toEqual(['1']);
  });

  test('what the cells above it gave is known', async () => {
    start();
    const opened = new Opened(NO_LIMITS);
    const text = `${cell('a = 1')}\n\`{python} a + 1\`\n\n${cell(ENDLESS)}\n`;
    void opened.update(text);
    for (let tries = 0; tries < 200; tries++) {
      await runningFor(50);
      const { cells, refs } = opened.evaluation.analysis;
      const { run } = cells[0]!;
      if (run !== undefined && shownOrMissing(run, 'a') === '1' && refs[0]!.text === '2') return;
    }
    expect.unreachable('the value of the first cell never came');
  });
});

test('references share the budget of the chapter', async () => {
  start();
  const refs = Array.from({ length: 40 }, (_, at) => `\`{python} f(${at})\``).join(' ');
  const text = `${cell('def f(v):\n    n = 0\n    for i in range(5000): n += 1\n    return v')}\n${refs}\n`;
  const analysis = await new Opened({ chapter: { steps: 100_000 } }).update(text);
  expect(analysis.refs[0]!.text).toBe('0');
  expect(analysis.refs.at(-1)!.fault?.message).toContain('more than 100,000 steps together');
});

test('messages and values are cut before they travel', async () => {
  start();
  const code = 'x = "b" * 10**6\nwords = ["c" * 10**5] * 3\nraise ValueError("a" * 10**7)';
  const opened = new Opened({ bytes: 1e12 });
  const analysis = await opened.update(`${cell(code)}\n\`{python} x\`\n`);
  await opened.evaluation.complete();
  const [failed] = analysis.cells;
  expect(failed!.fault!.message.length).toBeLessThan(3000);
  expect(failed!.run!.valueOf('x')!.repr.length).toBeLessThan(5000);
  expect(failed!.run!.valueOf('words')!.repr.length).toBeLessThan(5000);
  expect((analysis.refs[0]!.text ?? '').length).toBeLessThan(20_000);
});

test('what cells made is told when somebody asks for it, and by itself once there is nothing else to do', async () => {
  start();
  const opened = new Opened();
  const text = `${cell('litres = 40\nwords = [litres]')}\n${cell('words.append(2)')}\n`;
  const analysis = await opened.update(text);
  const [made] = analysis.cells;
  expect(() => made!.run!.valueOf('litres')).toThrow(DetailsMissing);
  await opened.evaluation.complete({ run: made!.run });
  expect(made!.run!.valueOf('litres')!.repr).toBe('40');
  expect(made!.run!.valueOf('words')!.repr).toBe('[40]');
  const edited = await opened.update(text.replace('40', '41'));
  await expect.poll(() => shownOrMissing(edited.cells[0]!.run!, 'words'), { timeout: 10_000 }).toBe('[41]');
  opened.evaluation.withDetails();
  const again = await opened.update(text.replace('40', '42'));
  expect(again.cells[0]!.run!.valueOf('words')!.repr).toBe('[42]');
});

test('where rules need it, what the first of many new cells made comes with the results, and the rest right behind', async () => {
  start();
  const opened = new Opened();
  opened.evaluation.withDetails();
  const cells = Array.from({ length: 60 }, (_, at) => cell(`litres${at} = ${at === 0 ? '40' : `litres${at - 1} + 1`}`));
  const text = cells.join('\n');
  await opened.update(text);
  const { cells: edited } = await opened.update(text.replace('40', '50'));
  const [first, last] = [edited[0]!.run!, edited[59]!.run!];
  expect(first.valueOf('litres0')!.repr).toBe('50');
  expect(shownOrMissing(last, 'litres59')).toBe(undefined);
  await expect.poll(() => shownOrMissing(last, 'litres59'), { timeout: 10_000 }).toBe('109');
});

function shownOrMissing(run: CellRun, name: string): string | undefined {
  try {
    return run.valueOf(name)?.repr;
  } catch (error) {
    if (error instanceof DetailsMissing) return undefined;
    throw error;
  }
}

test('figures are drawn where the cells ran, and attributes are looked up there', async () => {
  start();
  const opened = new Opened();
  const code =
    'import matplotlib.pyplot as plt\nclass Tank:\n    litres = 40\ntank = Tank()\ntank.full = True\nplt.plot([1, 2])';
  const analysis = await opened.update(cell(code));
  const figure = await new FigureDrawings().of(analysis, opened.evaluation);
  expect(figure(analysis.cells[0]!.figures[0]!, 'A "line"')).toMatch(/^<svg .*aria-label="A &quot;line&quot;"/);
  const members = await analysis.membersAt('tank', 1, []);
  expect(members!.members.map(({ name, value }) => `${name} = ${value.repr}`)).toEqual(['litres = 40', 'full = True']);
});

test('where no process can be started, that is said, and nothing hangs', async () => {
  start('/nowhere/evaluation.js');
  const opened = new Opened();
  const analysis = await opened.update(`${cell('x = 1')}\n\`{python} x\`\n`);
  expect(opened.evaluation.isAvailable).toBe(false);
  expect(analysis.refs.map(ref => ref.text)).toEqual([undefined]);
  expect(failures).toEqual([expect.stringContaining('cannot be started')]);
});

test('a check tells of cells that take too much, and checks the rest', async () => {
  const checks = new CheckPool(1, { host: new ChildProcesses({ script: bundles.path('evaluation') }) });
  const text = `${cell('x = [0]\nwhile True: x = x + x')}\n${cell('1 / 0')}\n${cell('y = []\nwhile True: y.append("a" * len(y))')}\n`;
  try {
    const options = { text, budgets: NO_LIMITS };
    const { findings } = await checks.check('/book/chapter.qmd', 'chapter.qmd', options);
    expect(findings.map(({ code }) => code)).toEqual(['budget-exceeded', 'cell-error', 'budget-exceeded']);
    const next = await checks.check('/book/next.qmd', 'next.qmd', { text: cell('1 / 0') });
    expect(next.findings.map(({ code }) => code)).toEqual(['cell-error']);
  } finally {
    checks.close();
  }
}, 120_000);
