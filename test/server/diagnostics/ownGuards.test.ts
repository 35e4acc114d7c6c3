/** Guards that a book writes itself: functions that raise or assert where their first argument is false. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { runRules } from '../../../server/diagnostics';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell } from '../../support/analysis';
import { sourcesIn } from '../../support/books';

/** What became of the checks of a chapter's cells, and its findings. */
function checked(code: string, sources: Record<string, string> = {}, guards: readonly string[] = []) {
  const evaluator = new Evaluator({ modules: sourcesIn(sources), guards });
  const analysis = evaluator.update(parseChapter(cell(code), 'file:///book/chapter.qmd'), 1);
  const checks = analysis.cells.flatMap(({ checks: found }) =>
    found.map(({ passed, message, condition }) => {
      const numbers = condition?.comparisons.map(one => `${one.left} ${one.operator} ${one.right}`) ?? [];
      return `${passed ? 'holds' : 'fails'}: ${[condition?.text ?? '-', ...numbers, message].filter(one => one !== '').join(' | ')}`;
    }),
  );
  const findings = runRules(analysis).map(({ code: rule, message }) => `${rule}: ${message}`);
  return { checks, findings };
}

const FORMS: Readonly<Record<string, string>> = {
  'if not … raise': 'def guard(ok, text):\n    if not ok:\n        raise ValueError(f"Off: {text}")',
  assert: 'def guard(ok, text="no"):\n    """Says so."""\n    assert ok, text',
  'is False':
    'def guard(ok, text):\n    if ok is False:\n        message = f"Off: {text}"\n        raise RuntimeError(message)\n    return True',
  'return early': 'def guard(ok, text):\n    if ok:\n        return\n    raise ValueError(text)',
  'either way':
    'def guard(ok, text, strict=False):\n    if not bool(ok):\n        if strict:\n            raise KeyError(text)\n        else:\n            raise ValueError(text)',
  'as strictly as asked for':
    'LOG = []\ndef guard(ok, text, *, level="error"):\n    LOG.append(text)\n    if ok:\n        return True\n    if level == "error":\n        raise ValueError(text)\n    return False',
  'a function that hands it on':
    'from mlsys.formatting import check\ndef guard(ok, text):\n    check(ok, f"Chapter: {text}")',
  'a function that hands it on to one of the chapter':
    'def inner(ok, text):\n    assert ok, text\ndef guard(ok, text):\n    inner(ok, text)',
};

describe.each(Object.entries(FORMS))('%s', (_, definition) => {
  test('a call that holds tells its condition and numbers', () => {
    const { checks, findings } = checked(`${definition}\ndays = 9.1\nguard(days > 5, "too few")`);
    expect(checks).toEqual(['holds: days > 5 | 9.1 > 5 | too few']);
    expect(findings).toEqual([]);
  });

  test('a call that fails is a failed check with its message', () => {
    const { checks, findings } = checked(`${definition}\ndays = 3\nguard(days > 5, "too few")`);
    expect(checks).toEqual(['fails: days > 5 | 3 > 5 | too few']);
    expect(findings).toEqual(['failed-check: Check failed: too few']);
  });
});

test.each([
  [
    'in a class body',
    'def ok(flag, text): assert flag, text\nclass A:\n    ok(2 > 1, "m")',
    'holds: 2 > 1 | 2 > 1 | m',
  ],
  [
    'a method',
    'class A:\n    def ok(self, flag, text):\n        if not flag: raise ValueError(text)\nA().ok(2 > 1, "m")',
    'holds: 2 > 1 | 2 > 1 | m',
  ],
  [
    'a static method',
    'class A:\n    @staticmethod\n    def ok(flag, text):\n        if not flag: raise ValueError(text)\nA.ok(2 > 1, "m")',
    'holds: 2 > 1 | 2 > 1 | m',
  ],
  ['arguments by name', 'def ok(flag, text): assert flag, text\nok(text="m", flag=2 > 1)', 'holds: 2 > 1 | 2 > 1 | m'],
  ['without a message', 'def ok(flag): assert flag\nok(2 > 1)', 'holds: 2 > 1 | 2 > 1'],
  ['from a function', 'def ok(flag, text): assert flag, text\ndef all_of(): ok(2 > 1, "m")\nall_of()', 'holds: - | m'],
  [
    'a message that a function makes',
    'def ok(flag):\n    if not flag: raise ValueError("it is " + str(flag))\ntry:\n    ok(1 > 2)\nexcept ValueError: pass',
    'fails: 1 > 2 | 1 > 2 | it is False',
  ],
])('%s', (_, code, expected) => {
  expect(checked(code).checks).toEqual([expected]);
});

test.each([
  ['one that is let through counts neither way', 'guard(1 > 2, "m", False)', []],
  ['one that holds counts', 'guard(2 > 1, "m", False)', ['holds: 2 > 1 | 2 > 1 | m']],
])('guards that warn if they are told to: %s', (_, call, expected) => {
  const guard =
    'def guard(ok, text, strict=True):\n    if not ok:\n        if strict:\n            raise ValueError(text)\n        print(text)';
  expect(checked(`${guard}\n${call}`).checks).toEqual(expected);
});

test('of a package beside the chapter', () => {
  const sources = {
    'tools.py':
      'def ensure(ok, text):\n    if not ok:\n        raise AssertionError(text)\n\nensure(True, "at import")\n',
  };
  const holds = checked('from tools import ensure\nensure(3 > 2, "more")', sources);
  expect(holds).toEqual({ checks: ['holds: 3 > 2 | 3 > 2 | more'], findings: [] });
  const fails = checked('from tools import ensure\nensure(1 > 2, "more")', sources);
  expect(fails.findings).toEqual(['failed-check: Check failed: more']);
});

describe('no guards are', () => {
  test.each([
    [
      'what gives a value back',
      'def mean(values):\n    if not values: raise ValueError("none")\n    return sum(values) / len(values)\nmean([1, 2])',
    ],
    [
      'what keeps its argument',
      'class A:\n    def rate(self, rate):\n        if not rate: raise ValueError("none")\n        self.value = rate\nA().rate(True)',
    ],
    [
      'what is given something else than a truth value',
      'def load(path):\n    if not path: raise ValueError("no path")\n    print(path)\nload("x")',
    ],
    [
      'what raises in any case',
      'def stop(ok):\n    raise ValueError("stop")\ntry:\n    stop(True)\nexcept ValueError: pass',
    ],
    ['what only prints', 'def tell(ok, text):\n    if not ok: print(text)\ntell(False, "x")'],
    [
      'what changes the condition first',
      'def odd(ok, text):\n    ok = not ok\n    if not ok: raise ValueError(text)\nodd(False, "x")',
    ],
  ])('%s', (_, code) => {
    expect(checked(code).checks).toEqual([]);
  });
});

test('a fault in a guard is no failed check', () => {
  const { checks, findings } = checked(
    'def ok(flag, n):\n    limit = 1 / n\n    if not flag: raise ValueError(limit)\nok(2 > 1, 0)',
  );
  expect(checks).toEqual([]);
  expect(findings[0]).toMatch(/^cell-error: .*ZeroDivisionError/);
});

test('an unknown condition leaves the check undecided', () => {
  const { checks, findings } = checked(
    'import pandas\ndef ok(flag, text): assert flag, text\nok(pandas.x > 1, "m")\ny = 1',
  );
  expect(checks).toEqual([]);
  expect(findings.filter(one => one.startsWith('failed-check'))).toEqual([]);
});

test('the setting names guards whose bodies do not tell', () => {
  const code =
    'def close(a, b):\n    if abs(a - b) > 0.1:\n        raise ValueError(f"{a} is not {b}")\nclose(1, 1.05)\nclose(1, 2)';
  expect(checked(code).findings[0]).toMatch(/^cell-error/);
  expect(checked(code, {}, ['close'])).toEqual({
    checks: ['holds: close(1, 1.05)', 'fails: close(1, 2) | 1 is not 2'],
    findings: ['failed-check: Check failed: 1 is not 2'],
  });
});
