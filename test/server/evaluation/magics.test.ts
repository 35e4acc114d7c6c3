/** What of a cell is IPython's and not Python's. */
import { describe, expect, test } from 'vitest';
import { analyze, cell, report, shownIn } from '../../support/analysis';

/** How `x` reads behind a cell with this code, or why it does not. */
function shown(code: string, before = ''): string {
  const analysis = analyze(`${before === '' ? '' : `${cell(before)}\n`}${cell(code)}\n\`{python} x\`\n`);
  const [ref] = analysis.refs;
  return ref!.text ?? ref!.unknown?.subject ?? ref!.fault?.type ?? 'nothing';
}

describe('cells that are Python all the same', () => {
  test.each([
    ['%%time\nx = 1', '1'],
    ['#| label: a\n#| echo: false\n\n%%time\nx = 1', '1'],
    ['%%capture\nx = 1\nprint(x)', '1'],
    ['%%capture x\nprint(1)', 'the magic %%capture'],
    ['%%timeit -n 3\nx = 2', '1'],
    ['%%timeit\nitems.append(2)', 'the magic %%timeit'],
  ])('%j', (code, text) => {
    expect(shown(code, 'x = 1\nitems = []')).toBe(text);
  });
});

describe('cells in other languages', () => {
  test.each([
    '%%bash\nls -l $HOME',
    '%%html\n<b>x</b>',
    '%%sql\nselect * from y',
    '%%R\nx <- 5',
    '%%javascript\nvar x = {',
  ])('leave values as they are: %j', code => {
    expect(shown(code, 'x = 1')).toBe('1');
    expect(report(cell(code))).toEqual([]);
  });

  test.each([
    ['%%R -i y -o x\nx <- 5', 'the magic %%R'],
    ['%%sql x <<\nselect 1', 'the magic %%sql'],
    ['%%bash --out x\nls', 'the magic %%bash'],
    ['%%mine\nx', 'the magic %%mine'],
  ])('make what they are told to unknown: %j', (code, subject) => {
    expect(shown(code, 'x = 1\ny = 2')).toBe(subject);
    const [finding, ...others] = report(`${cell(code)}\n\`{python} x\`\n`);
    expect(finding).toMatch(/^info unsupported .*the magic %%\w+ is not supported by Reckoner/);
    expect(others).toEqual([]);
  });
});

describe('lines', () => {
  test.each([
    ['%matplotlib inline\n%load_ext autoreload\n!ls\n?x\nx = 1', '1'],
    ['x = 1\nx?\nx.real??\n%time?', '1'],
    ['%time x = 1', '1'],
    ['if True:\n    %time x = 1', '1'],
    ['x = !ls', 'a shell command'],
    ['x = %timeit -o sum([1])', 'the magic %timeit'],
    ['%run other.py', 'the magic %run'],
    ['x = 7 % 4', '3'],
    ['a = 7\nx = (a\n%4)', '3'],
    ['get_ipython().run_line_magic("matplotlib", "inline")\nx = 1', '1'],
    ['x = get_ipython().__class__.__name__', 'ZMQInteractiveShell'],
    ['x = get_ipython().user_ns', 'get_ipython().user_ns'],
  ])('%j', (code, text) => {
    expect(shown(code)).toBe(text);
  });

  test('what is shown needs no import', () => {
    expect(report(cell('display(1)\nget_ipython()'))).toEqual([]);
    expect(analyze(cell('display("a")')).cells[0]!.output).toMatchObject([{ kind: 'value', text: "'a'" }]);
  });

  test('a question is none within an expression', () => {
    expect(report(cell('x = 1 ?\ny = 2'))[0]).toContain('syntax-error');
  });
});

test('what a cell captures is not on the page', () => {
  expect(analyze(cell('%%capture\nprint(1)\n2')).cells[0]!.output).toEqual([]);
});

test('top-level await is refused by name, and no syntax error', () => {
  const code = 'async_value = await fetch()\ny = 2';
  expect(report(cell(code)).map(line => line.split(' ', 2).join(' '))).not.toContain('error syntax-error');
  expect(report(cell(code)).join()).toMatch(/await is not supported by Reckoner/);
  expect(shownIn(`${cell('import asyncio\nx = 1\nawait asyncio.sleep(1)')}\n\`{python} x\`\n`)).toBe('1');
});
