/** What stands around a place in code that may be half typed. */
import { describe, expect, test } from 'vitest';
import { cursorPlace, enclosingScopes } from '../../../../mlsys';

/** Brackets, strings and formats that are open at the mark `¦`. */
function open(marked: string): string {
  const { isComment, string, spec, brackets } = cursorPlace(marked.replace('¦', ''), marked.indexOf('¦'));
  const parts = brackets.map(({ kind, owner, commas, keywords }) => {
    return `${owner}${kind}${commas}${keywords.length === 0 ? '' : ` ${keywords.join(' ')}`}`;
  });
  if (string !== undefined) parts.push(`${string.isFormatted ? 'f' : ''}${string.quote}`);
  if (spec !== undefined) parts.push(`${spec.expression}:`);
  if (isComment) parts.push('#');
  return parts.join(' | ');
}

test.each([
  ['x = ¦', ''],
  ['fmt(¦', 'fmt(0'],
  ['fmt(a, b=1, ¦', 'fmt(2 b'],
  ['a.b.c(1, [2, ¦', 'a.b.c(1 | [1'],
  ['d["¦', 'd[0 | "'],
  ['d["a"]["¦', '[0 | "'],
  ['f(")", ¦', 'f(1'],
  ['f(a == ¦', 'f(0'],
  ['def f(¦', '(0'],
  ['x = {1: ¦', '{0'],
  ['f(1)  # (¦', '#'],
  ['x = "a # b¦', '"'],
  ["x = '''a\n'b¦", "'''"],
  ['x = r"\\¦', '"'],
])('%s', (code, expected) => {
  expect(open(code)).toBe(expected);
});

describe('f-strings', () => {
  test.each([
    ['f"a ¦', 'f"'],
    ['f"{x¦', ''],
    ['f"{fmt(x, ¦', 'fmt(1'],
    ['f"{x:¦', 'x:'],
    ['f"{x!r:>¦', 'x:'],
    ['f"{x:.1f} b¦', 'f"'],
    ['f"{{x:¦', 'f"'],
    ['f"{d["¦', 'd[0 | "'],
    ['f"{x:{w}¦', 'x:'],
    ['f"{x" + y¦', '"'],
  ])('%s', (code, expected) => {
    expect(open(code)).toBe(expected);
  });
});

describe('what a line above has left open', () => {
  test.each([
    ['x = "a\ny = f(¦', 'f(0'],
    ['x = f(1,\nclass A:\n    y = ¦', ''],
    ['x = f(1,\n    y, ¦', 'f(2'],
    ['x = f"{a\ny = g(¦', 'g(0'],
  ])('%j', (code, expected) => {
    expect(open(code)).toBe(expected);
  });
});

test.each([
  ['class A:\n    x = ¦', 'A', false],
  ['class A:\n    class B:\n        x = 1\n\n        y = ¦', 'A.B', false],
  ['class A:\n    def f(self):\n        x = ¦', 'A', true],
  ['class A:\n    x = 1\n¦', undefined, false],
  ['class A:\n    x = (\n        1,\n    )\n    y = ¦', 'A', false],
  ['if x:\n    y = ¦', undefined, false],
])('scopes around %j', (marked, cls, isFunction) => {
  expect(enclosingScopes(marked.replace('¦', ''), marked.indexOf('¦'))).toEqual({ cls, isFunction });
});
