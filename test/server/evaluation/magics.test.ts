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
    ['%timeit -n1 %run plan.py', 'the magic %timeit'],
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

describe('what a magic may have bound', () => {
  const OTHERS = `${cell('df.head()\nw = len(df)')}\n\`{python} df\` \`{python} w\`\n`;

  test.each([
    '%run other.py',
    '%%run other.py',
    '%run -i other.ipynb',
    'def f():\n    %run other.py\nf()',
    '%load_ext kedro.ipython',
    'get_ipython().run_line_magic("run", "other.py")',
    'get_ipython().magic("run other.py")',
    'get_ipython().run_cell("df = 1")',
  ])('is unknown from there on, no undefined name: %j', code => {
    expect(report(cell(code) + OTHERS).map(line => line.split(' ', 2).join(' '))).toEqual(['info unsupported']);
  });

  test('also where the cell fails', () => {
    expect(report(cell('1 / 0\n%run other.py\ndf') + OTHERS)).toEqual([
      expect.stringMatching(/^error cell-error "1 \/ 0"/),
    ]);
    expect(report(cell('%run other.py') + cell('1 / 0\ndf')).map(line => line.split(' ', 2)[1])).toEqual([
      'unsupported',
      'cell-error',
    ]);
  });

  test.each(['#| eval: false\n%run other.py', '%load_ext autoreload', '!ls'])('is nothing: %j', code => {
    expect(report(cell(code) + cell('df.head()'))).toEqual(['error undefined-name "df": `df` is not defined.']);
  });
});

describe('names of the kernel', () => {
  test.each(['_', '__', '___', 'In', 'Out', '_i', '_ii', '_2', '_i2', 'Out[1]', 'exit()', 'quit()'])(
    '%s is unknown, and no undefined name',
    text => {
      const [finding, ...others] = report(`${cell(`x = ${text}`)}\n\`{python} x\`\n`);
      expect(finding).toMatch(/^info unsupported /);
      expect(others).toEqual([]);
      expect(report(cell(`1 / 0\n${text}`)).map(line => line.split(' ', 2)[1])).toEqual(['cell-error']);
    },
  );

  test("are the author's where a cell binds them", () => {
    expect(shownIn(`${cell('_, x = 1, 2\nx += _')}\n\`{python} x\`\n`)).toBe('3');
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

describe('magics that change how floats are displayed', () => {
  test.each([
    '%precision 3',
    '%config PlainTextFormatter.float_precision = "%.2f"',
    'get_ipython().run_line_magic("precision", "3")',
  ])('make those unknown that are displayed later, and nothing else: %s', code => {
    const name = `the magic ${code.includes('config') ? '%config' : '%precision'}`;
    expect(shown(`${code}\nx = 2 / 3`)).toBe(name);
    expect(shown(code, 'x = 2 / 3')).toBe(name);
    expect(shown(code, 'x = [2 / 3]')).toBe(name);
    expect(shown(`${code}\nx = f"{2 / 3:.2f}"`)).toBe('0.67');
    expect(shown(`${code}\nx = 7`)).toBe('7');
  });

  test.each([
    ['in a branch that may run', 'if time.time() > 3:\n    CODE', 'time.time()'],
    ['in a loop that may run', 'for i in range(time.time()):\n    CODE', 'time.time()'],
    ['in a function that may be called', 'def f():\n    CODE\nif time.time() > 3:\n    f()', 'time.time()'],
    ['in a function that unknown code may call', 'import nowhere\ndef f():\n    CODE\nnowhere.go(f)', undefined],
    ['behind a budget that is used up', 'y = 10 ** 10 ** 9\nwhile True: pass\nCODE', undefined],
    ['behind a fault', 'nothing\nCODE', 'a magic of a cell that failed'],
  ])('so do those of which it is not sure that they ran: %s', (_, code, subject) => {
    for (const magic of ['%precision 3', 'get_ipython().run_line_magic("precision", "3")']) {
      const before = 'import time\nx = 2 / 3\nn = 7';
      const text = shown(code.replace('CODE', magic), before);
      if (subject === undefined) expect(text).not.toMatch(/^0\.6/);
      else expect(text).toBe(subject);
      expect(shown(code.replace('CODE', 'pass'), before)).toBe('0.6666666666666666');
    }
  });
});
