/** References that change something: what stands below sees that, as in Python, and nothing else does. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { RuleRunner } from '../../../server/diagnostics/runner';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { doubtText, unknownText } from '../../../server/evaluation/unknowns';
import { engineIn } from '../../support/engine';
import { isReference, MODULE, OBSERVED, RUNNER, referringChapter } from '../../support/unknownChapters';
import { TestWorkspace } from '../../support/workspace';

/** A chapter of cells and, in parentheses, expressions of references. */
function chapterOf(parts: readonly string[]): string {
  return parts
    .map(part => (isReference(part) ? `It is \`{python} ${part}\`.\n` : `\`\`\`{python}\n${part}\n\`\`\`\n`))
    .join('\n');
}

function evaluated(parts: readonly string[], evaluator = new Evaluator({ budgets: { steps: 100_000 } })) {
  return evaluator.update(parseChapter(chapterOf(parts), 'file:///book/chapter.qmd'));
}

/** Whether references are in doubt, in order. */
function doubts(parts: readonly string[], evaluator?: Evaluator): readonly string[] {
  const analysis = evaluated(parts, evaluator);
  return analysis.refs.map(({ doubt, text }) =>
    doubt === undefined ? (text ?? 'none') : doubtText(doubt, analysis.cells),
  );
}

/** What references say, in order. */
function told(parts: readonly string[], evaluator?: Evaluator): readonly string[] {
  const analysis = evaluated(parts, evaluator);
  return analysis.refs.map(({ text, unknown, fault }) =>
    unknown !== undefined ? unknownText(unknown, analysis.cells) : (text ?? fault!.message),
  );
}

test.each([
  ['a list', ['L = [1]', '(L.append(2))', '(len(L))', 'n = len(L)', '(n)'], ['None', '2', '2']],
  ['an iterator', ['it = iter([1, 2, 3])', '(next(it))', '(next(it))', 'm = next(it)', '(m)'], ['1', '2', '3']],
  ['a name', ['n = 1', '((n := n + 4))', 'm = n', '(m)', '(n)'], ['5', '5', '5']],
  ['a dictionary', ['d = {"a": 1, "b": 2}', '(d.pop("a"))', 'n = len(d)', '(n)'], ['1', '1']],
  [
    'a global name that a function binds',
    ['k = 1\ndef f():\n    global k\n    k += 1\n    return k', '(f())', '(f())', 'm = k', '(m)'],
    ['2', '3', '3'],
  ],
  [
    'what functions and properties remember',
    [
      'from functools import cache, cached_property\nk = 1\n@cache\ndef f(): return k\nclass A:\n    @cached_property\n    def p(self): return k\na = A()',
      '(f())',
      '(a.p)',
      'k = 2\ny = f()\nz = a.p\nb = A().p\nhits = f.cache_info().hits',
      '(y)',
      '(z)',
      '(b)',
      '(hits)',
    ],
    ['1', '1', '1', '1', '2', '1'],
  ],
  [
    'random numbers',
    [
      'import random\nimport numpy as np\nrandom.seed(1)\nrng = np.random.default_rng(1)\nR = random.Random(1)',
      '(random.randrange(100))',
      '(int(rng.integers(0, 100)))',
      '(R.randrange(100))',
      'a, b, c = random.randrange(100), int(rng.integers(0, 100)), R.randrange(100)',
      '((a, b, c))',
    ],
    ['17', '47', '17', '(72, 51, 72)'],
  ],
  [
    'generators, and what they do on their way',
    [
      'L = []\ndef g():\n    L.append(1)\n    yield 1\n    L.append(2)\n    yield 2\nit = g()',
      '(next(it))',
      '(len(L))',
      'n = list(it)\nm = len(L)',
      '(n)',
      '(m)',
    ],
    ['1', '1', '[2]', '2'],
  ],
  [
    'a text of its own that a value shows',
    [
      'class A:\n    n = 0\n    def __repr__(self):\n        A.n += 1\n        return f"seen {A.n}"\na = A()',
      '(a)',
      'n = A.n',
      '(n)',
    ],
    ['seen 1', '1'],
  ],
])('that is %s', (_, parts, texts) => {
  expect(told(parts)).toEqual(texts);
});

test('what a reference that raises half changed, or was to change, is in doubt from there on', () => {
  const cell = 'L = [1]\nD = {}\nn = 5\ndef add(x):\n    L.append(x)\n    return 1 / 0';
  const doubt = 'in doubt: the reference at line 10 failed with ZeroDivisionError';
  expect(doubts([cell, '(L[0])', '(add(2))', '(len(L))', '(n)'])).toEqual([
    '1',
    'none',
    doubt.replace('10', '12'),
    '5',
  ]);
  const key = 'in doubt: the reference at line 10 failed with KeyError';
  expect(doubts([cell, "(D.pop('x'))", '(len(D))', 'size = len(D)', 'other = n', '(size)', '(other)'])).toEqual([
    'none',
    key,
    key,
    '5',
  ]);
  expect(doubts([cell, '((n := 7) / 0)', '(n)', 'n = 3', '(n)'])).toEqual(['none', doubt, '3']);
  // Where it does no more than read, nothing is in doubt, and so where it was mended.
  expect(doubts([cell, '(n / 0)', '(L[7])', '(n)', '(L[0])'])).toEqual(['none', 'none', '5', '1']);
  const evaluator = new Evaluator({ budgets: { steps: 100_000 } });
  expect(doubts([cell, "(D.pop('x'))", '(len(D))'], evaluator)).toEqual(['none', key]);
  expect(doubts([cell, "(D.pop('x', 2))", '(len(D))'], evaluator)).toEqual(['2', '0']);
});

test('doubt reaches what a cell or a reference changes that reads something in doubt, and nothing else', () => {
  const doubt = 'in doubt: the cell at line 10 failed with ZeroDivisionError';
  const parts = ['D = {"a": 1}\nkept = 7\ndef note(key, n):\n    D[key] = n', 'rows = []\n1 / 0\nrows.append(3)'];
  expect(doubts([...parts, 'D["b"] = len(rows)', '(D["b"])', '(kept)'])).toEqual([doubt, '7']);
  expect(doubts([...parts, 'note("b", len(rows))', '(D["b"])', '(kept)'])).toEqual([doubt, '7']);
  expect(doubts([...parts, '(D.update(b=len(rows)))', 'n = D["b"]', '(n)', '(kept)'])).toEqual([doubt, doubt, '7']);
  expect(doubts([...parts, 'D["b"] = kept', '(D["b"])'])).toEqual(['7']);
});

test('what one of them may have changed that cannot be run is unknown below, and nothing else', () => {
  const parts = [
    'import frobnicate\nL = [1]\nM = [2]\nn = 3',
    '(n)',
    '(frobnicate.fill(L))',
    'm = len(L)\nk = len(M)',
    '(m)',
    '(k)',
    '(n)',
  ];
  const cause = 'unknown: needs frobnicate (line 2)';
  expect(told(parts)).toEqual(['3', cause, cause, '1', '3']);
  const clock = ['import time\nL = [1]', '(L.append(time.time()))', 'x = L[1]\nn = len(L)', '(x)', '(n)'];
  const late =
    'unknown: time.time() is not supported by Reckoner: cells have no clock, so that every run gives the same (line 6)';
  expect(told(clock)).toEqual(['None', late, '2']);
  const findings = new RuleRunner().run(evaluated(clock)).filter(({ code }) => code === 'unsupported');
  expect(findings.map(({ range, related }) => [range.start, related?.length])).toEqual([
    [chapterOf(clock).indexOf('time.time()'), 2],
  ]);
});

test('what one of them reads of a module is what it was there, not what a cell below leaves of it', async () => {
  const text = `${chapterOf(['from plant import pump', '(pump.flow)', '(pump.head)', 'pump.empty()', '(pump.flow)', '(pump.head)'])}`;
  const workspace = new TestWorkspace({
    'chapter.qmd': text,
    'plant.py':
      'class Pump:\n    flow, head = 3, 40\nloaded = None\ndef load():\n    global loaded\n    if loaded is None:\n        loaded = Pump()\n    return loaded\n' +
      'class Lazy:\n    def __getattr__(self, name):\n        return getattr(load(), name)\n    def empty(self):\n        return [0] * 10**9\npump = Lazy()\n',
  });
  const { engine } = engineIn(workspace.folder);
  const uri = workspace.uriOf('chapter.qmd');
  engine.open(uri, 1, text);
  const { refs } = (await engine.drafts.base(uri))!;
  expect(refs.map(one => one.text)).toEqual(['3', '40', undefined, undefined]);
  await engine.close();
  workspace.remove();
});

test('an edit of the text around them runs no cell again', () => {
  const runs: string[] = [];
  const evaluator = new Evaluator({ running: ({ source, kind }) => void runs.push(`${kind} ${source}`) });
  const parts = ['L = [1]', '(len(L))', '(L.append(2))', 'n = len(L)', '(n)'];
  expect(told(parts, evaluator)).toEqual(['1', 'None', '2']);
  runs.length = 0;
  const text = chapterOf(parts).replaceAll('It is', 'It may be');
  evaluator.update(parseChapter(text, 'file:///book/chapter.qmd'));
  expect(runs).toEqual([]);
  // One that changes nothing is evaluated alone.
  evaluator.update(parseChapter(text.replace('(len(L))', '(len(L) + 5)'), 'file:///book/chapter.qmd'));
  expect(runs.filter(run => run.startsWith('cell'))).toEqual(['cell L = [1]\n', 'cell n = len(L)\n']);
});

test('a value that was bound by one of them is not told as that of a cell above', () => {
  const analysis = evaluated(['n = 1', '((n := 5))', 'm = n', '(n)']);
  expect(analysis.valueAt('n', 1)).toBeUndefined();
  expect(analysis.bindingOf('n', 2)).toBeUndefined();
  expect(analysis.valueAt('m', 2)?.repr).toBe('5');
});

/** Seed of the first random chapter: others with `REFERRING_FIRST=5000`. */
const FIRST = Number(process.env.REFERRING_FIRST ?? 0);

describe.runIf(existsSync('/usr/bin/python3'))('random chapters', () => {
  /** More of them with `REFERRING_CHAPTERS=5000`. */
  const count = Number(process.env.REFERRING_CHAPTERS ?? 100);

  test('nothing that is sure differs from CPython', { timeout: 1_200_000 }, () => {
    const wrong: string[] = [];
    for (let from = FIRST; from < FIRST + count; from += 200) {
      const seeds = Array.from({ length: Math.min(200, FIRST + count - from) }, (_, at) => from + at);
      const chapters = seeds.map(seed => [seed, referringChapter(seed)] as const);
      const input = JSON.stringify([chapters, OBSERVED, MODULE]);
      const run = spawnSync('/usr/bin/python3', ['-c', RUNNER], { input, encoding: 'utf8', maxBuffer: 1e9 });
      expect(run.stderr).toBe('');
      const truth = JSON.parse(run.stdout) as Record<string, string>[][];
      for (const [at, [seed, parts]] of chapters.entries()) wrong.push(...differences(seed, parts, truth[at]!));
    }
    expect(wrong).toEqual([]);
  });
});

/** Where values that are sure are others than CPython's, up to the part that raises there. */
function differences(seed: number, parts: readonly string[], truth: readonly Record<string, string>[]): string[] {
  const last = truth.at(-1);
  if (last === undefined) return [];
  const ran = parts.slice(0, truth.length);
  const looked = [...ran, ...OBSERVED.map(one => `(repr(${one}))`)];
  const { refs } = evaluated(looked);
  const values = [
    ...truth.flatMap((one, at) => (isReference(ran[at]!) ? [one[ran[at]!]!] : [])),
    ...OBSERVED.map(one => last[one]!),
  ];
  const wrong = refs.flatMap(({ ref, value, text, unknown, fault }, at) => {
    if (unknown !== undefined) return [];
    const own = at >= refs.length - OBSERVED.length;
    const now = text === undefined ? `!${fault?.type}` : own ? text : value!.repr;
    return now === values[at] ? [] : [`${ref.expr} is ${now}, in CPython ${values[at]}`];
  });
  return wrong.length === 0 ? [] : [`chapter ${seed}: ${wrong.join('; ')}\n${ran.slice(1).join('\n# ---\n')}`];
}
