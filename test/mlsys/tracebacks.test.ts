/** What `reckoner run` tells of a fault: the lines of CPython's traceback, without its marks below calls. */
import { expect, test } from 'vitest';
import { runFile } from '../../mlsys';

const traceback = (...lines: string[]) => runFile(lines.join('\n'), 'tank.py').traceback.trimEnd().split('\n');

test('calls, outermost first', () => {
  expect(traceback('def flow(n):', '    return 1 / n', '', 'flow(0)')).toEqual([
    'Traceback (most recent call last):',
    '  File "tank.py", line 4, in <module>',
    '    flow(0)',
    '  File "tank.py", line 2, in flow',
    '    return 1 / n',
    'ZeroDivisionError: division by zero',
  ]);
});

test('the exceptions that led to it come before', () => {
  const raised = (reason: string) =>
    traceback('try:', '    1 / 0', 'except ZeroDivisionError as e:', `    raise ValueError('empty')${reason}`);
  const first = [
    'Traceback (most recent call last):',
    '  File "tank.py", line 2, in <module>',
    '    1 / 0',
    'ZeroDivisionError: division by zero',
  ];
  const second = (reason: string) => [
    'Traceback (most recent call last):',
    '  File "tank.py", line 4, in <module>',
    `    raise ValueError('empty')${reason}`,
    'ValueError: empty',
  ];
  const cause = 'The above exception was the direct cause of the following exception:';
  const context = 'During handling of the above exception, another exception occurred:';
  expect(raised(' from e')).toEqual([...first, '', cause, '', ...second(' from e')]);
  expect(raised('')).toEqual([...first, '', context, '', ...second('')]);
  expect(raised(' from None')).toEqual(second(' from None'));
  expect(raised(" from KeyError('k')")).toEqual(["KeyError: 'k'", '', cause, '', ...second(" from KeyError('k')")]);
});

test('a text that does not parse, with the place', () => {
  expect(traceback('a = 1', 'if a:', '    b = "x')).toEqual([
    '  File "tank.py", line 3',
    '    b = "x',
    '        ^^',
    'SyntaxError: unterminated string literal (detected at line 3)',
  ]);
  expect(traceback('x = 1 +')).toEqual([
    '  File "tank.py", line 1',
    '    x = 1 +',
    '           ^',
    'SyntaxError: invalid syntax',
  ]);
});

test('a construct that is refused before it runs, with the place', () => {
  expect(traceback('a = 1', 'x = t"{a}"')).toEqual([
    '  File "tank.py", line 2',
    '    x = t"{a}"',
    '        ^^^^^^',
    'Unsupported: a template string is not supported by Reckoner: write an f-string',
  ]);
  expect(traceback('class A:', '    async def f(self): pass')).toEqual([
    '  File "tank.py", line 2',
    '    async def f(self): pass',
    '              ^',
    'Unsupported: async def is not supported by Reckoner: write an ordinary function',
  ]);
});
