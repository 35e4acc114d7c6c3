/** References, highlights and renames share what they take for the same name. */

import { describe, expect, test } from 'vitest';
import type { DocumentHighlight, Location, LocationLink, Range, WorkspaceEdit } from 'vscode-languageserver';
import { ask, edited, textAt } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
# ┌── LEGO ─────
# │ Exports: rate_str
# └─────────────
class Pump:
    rate = 3
    rates = [rate for rate in range(2)]
    rate_str = f"{rate}"

def twice(rate):
    return 2 * rate

rate = 5
rate_str = Pump.rate_str
\`\`\`

At \`{python} rate_str\`, \`{python} Pump.rate_str\` or \`{python} rate + 1\`.
`;

function uses(marked: string): string[] {
  return ask<Location[]>('textDocument/references', marked, { context: { includeDeclaration: true } }).map(
    ({ range }) => textAt(marked, range),
  );
}

describe('references', () => {
  test('a module-level name: not those of the class, the function or the comprehension', () => {
    expect(uses(CHAPTER.replace('\nrate =', '\nra¦te ='))).toEqual(['13: rate', '17: rate']);
  });

  test('a class attribute, by its path', () => {
    expect(uses(CHAPTER.replace('    rate_str', '    ra¦te_str'))).toEqual([
      '8: rate_str',
      '14: rate_str',
      '17: rate_str',
    ]);
  });
});

test('highlights tell writes from reads, the header included', () => {
  const marked = CHAPTER.replace('\nrate_str', '\nrate¦_str');
  const kinds = ask<DocumentHighlight[]>('textDocument/documentHighlight', marked).map(one => one.kind);
  expect(kinds).toEqual([2, 3, 2]);
});

describe('rename', () => {
  test('in cells, prose and the header', () => {
    const marked = CHAPTER.replace('\nrate_str', '\nrate¦_str');
    const { changes } = ask<WorkspaceEdit>('textDocument/rename', marked, { newName: 'flow_str' });
    const text = edited(marked, Object.values(changes!)[0]!);
    expect(text).toContain('Exports: flow_str\n');
    expect(text).toContain('\nflow_str = Pump.rate_str\n');
    expect(text).toContain('At `{python} flow_str`, `{python} Pump.rate_str`');
  });

  const rename = (marked: string, newName: string) => {
    const { changes } = ask<WorkspaceEdit>('textDocument/rename', marked, { newName });
    return edited(marked, Object.values(changes!)[0]!);
  };

  test.each([
    ['1x', '"1x" is not a valid Python name.'],
    ['', '"" is not a valid Python name.'],
    ['a b', '"a b" is not a valid Python name.'],
    ['class', '"class" is a keyword of Python and cannot be a name.'],
    ['None', '"None" is a keyword of Python and cannot be a name.'],
    ['rate_str', '"rate_str" already has another meaning in this chapter (line 14).'],
    ['Pump', '"Pump" already has another meaning in this chapter (line 5).'],
    ['range', '"range" already has another meaning in this chapter (line 7).'],
  ])('of a module-level name to %s is refused', (newName, message) => {
    expect(() => rename(CHAPTER.replace('\nrate =', '\nra¦te ='), newName)).toThrow(message);
  });

  test.each([
    [
      'a field, where an object is made of another one',
      'from dataclasses import dataclass, replace\n@dataclass\nclass Flu:\n    da¦ys: int\nflu = Flu(days=4)\nlong = replace(flu, days=9)',
      ['    weeks: int', 'Flu(weeks=4)', 'replace(flu, weeks=9)'],
    ],
    [
      'a parameter, where a function gets it beforehand',
      'from functools import partial\ndef cost(da¦ys, rate=1):\n    return days * rate\nshort = partial(cost, days=2)',
      ['def cost(weeks, rate=1)', 'return weeks * rate', 'partial(cost, weeks=2)'],
    ],
  ])('of %s', (_, code, wanted) => {
    const text = rename(`\`\`\`{python}\n${code}\n\`\`\`\n`, 'weeks');
    for (const one of wanted) expect(text).toContain(one);
    expect(text).not.toContain('days');
  });

  test('to a soft keyword, or to a built-in that the chapter does not use, is taken', () => {
    for (const name of ['match', 'len', 'débit'])
      expect(rename(CHAPTER.replace('\nrate =', '\nra¦te ='), name)).toContain(`\`{python} ${name} + 1\``);
  });

  test('of a class attribute to another one of the class is refused, to a name of the module taken', () => {
    const marked = CHAPTER.replace('    rate = 3', '    ra¦te = 3');
    expect(() => rename(marked, 'rates')).toThrow('"rates" already has another meaning in this chapter (line 7).');
    expect(rename(marked, 'speed')).toContain(
      '    speed = 3\n    rates = [rate for rate in range(2)]\n    rate_str = f"{speed}"',
    );
  });

  test('to a name that an import brings is refused', () => {
    const cell = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n`;
    expect(() => rename(cell('import math\nx¦ = math.pi'), 'math')).toThrow('"math" already has another meaning');
    expect(() => rename(cell('from math import *\nx¦ = 1'), 'pi')).toThrow('"pi" is a name that an import brings');
  });

  test('to what is another variable at a use is refused', () => {
    const code = 'x¦ = 1\ndef f(n):\n    y = 2\n    return x + y\nprint(f(n=1))';
    const marked = `\`\`\`{python}\n${code}\n\`\`\`\n`;
    expect(() => rename(marked, 'y')).toThrow('"y" is another variable where "x" is used in this chapter (line 5).');
    expect(rename(marked.replace('x¦ =', 'x =').replace('f(n)', 'f(¦n)'), 'm')).toContain('print(f(m=1))');
    expect(() => rename(marked.replace('x¦ =', 'x =').replace('    y = 2', '    y¦ = 2'), 'x')).toThrow(
      '"x" is another',
    );
    expect(rename(marked.replace('x¦ =', 'x =').replace('    y = 2', '    y¦ = 2'), 'z')).toContain(
      '    z = 2\n    return x + z',
    );
  });

  test('says why it is not offered for what an import brought', () => {
    const marked = '```{python}\nimport math\nx = ma¦th.pi\n```\n';
    const reason = 'Only names that this chapter or a package beside it makes';
    expect(() => ask('textDocument/prepareRename', marked)).toThrow(reason);
    expect(() => rename(marked, 'm')).toThrow(reason);
  });

  test('is not offered beside the names of a reference that says more than a name', () => {
    for (const expr of ['Pump.rate + 1', 'f"{Pump.rate}"'])
      expect(
        ask('textDocument/prepareRename', CHAPTER.replace('{python} rate_str', `{pyt¦hon} ${expr}`)),
        expr,
      ).toBeNull();
  });

  test.each([
    ['a reference', CHAPTER.replace('{python} rate_str', '{python} rate¦_str'), '17: rate_str', 'rate_str'],
    [
      'a reference, anywhere in it',
      CHAPTER.replace('{python} rate_str', '{pyt¦hon} rate_str'),
      '17: rate_str',
      'rate_str',
    ],
    ['the last name of a path', CHAPTER.replace('Pump.rate_str`', 'Pump.ra¦te_str`'), '17: rate_str', 'rate_str'],
    ['the first name of a path', CHAPTER.replace('Pump.rate_str`', 'Pu¦mp.rate_str`'), '17: Pump', 'Pump'],
  ])('is offered for %s', (_, marked, place, placeholder) => {
    const found = ask<{ range: Range; placeholder: string }>('textDocument/prepareRename', marked);
    expect(textAt(marked, found.range)).toBe(place);
    expect(found.placeholder).toBe(placeholder);
  });
});

/** Every way to bind a name: where it is made, all its places, and all of them under a new name. */
describe('names have a definition however they are bound', () => {
  const MARK = /¦|«|»/g;
  // «» stand around each place of the name, the first is its definition; ¦ is where the author asks
  test.each([
    ['global in a function', 'def f():\n    global «x»\n    «x» = 1\nf()\ny = «x¦» + 1', 1],
    [
      'global of a loop in a nested function',
      'def f():\n    def g():\n        global «x»\n        for «x» in [1]:\n            pass\n    g()\nf()\ny = «x¦»',
      1,
    ],
    [
      'global in a class of a function',
      'def f():\n    class A:\n        global «x»\n        «x» = 1\nf()\ny = «x¦»',
      1,
    ],
    ['global of an import', 'def f():\n    global «m»\n    import math as «m»\nf()\ny = «m¦».pi', 1],
    ['** in a pattern', 'match {"a": 1, "b": 2}:\n    case {"a": _, **«x»}:\n        y = «x¦»', 0],
    ['* in a pattern', 'match [1, 2]:\n    case [a, *«x»]:\n        y = «x¦»', 0],
    ['as in a pattern', 'match 1:\n    case int() as «x»:\n        y = «x¦»', 0],
    ['a walrus in a comprehension', 'ys = [(«x» := n) for n in [1, 2]]\ny = «x¦»', 0],
    ['a walrus in the head of an if', 'if («x» := 2) > 1:\n    y = «x¦»', 0],
    ['a walrus in the head of a while', 'while («x» := 2) < 1:\n    pass\ny = «x¦»', 0],
    ['a walrus in a guard', 'match 1:\n    case n if («x» := n):\n        y = «x¦»', 0],
    ['with as', 'import contextlib\nwith contextlib.nullcontext(1) as «x»:\n    y = «x¦»', 0],
    ['except as', 'try:\n    1 / 0\nexcept ZeroDivisionError as «x»:\n    y = str(«x¦»)', 0],
    [
      'except* as',
      'try:\n    raise ExceptionGroup("g", [ValueError()])\nexcept* ValueError as «x»:\n    y = str(«x¦»)',
      0,
    ],
    [
      'nonlocal',
      'def f():\n    «x» = 1\n    def g():\n        nonlocal «x»\n        «x» += 1\n    g()\n    return «x¦»\nx = f()',
      2,
    ],
    ['a local name', 'x = 0\ndef f():\n    «x» = 1\n    return «x¦»', 0],
    ['a parameter', 'x = 0\ndef f(«x»):\n    return «x¦»', 0],
    ['a parameter of a lambda', 'x = 0\nf = lambda «x»: «x¦»', 0],
    ['a variable of a comprehension', 'x = 0\ny = [«x¦» for «x» in [1]]', 1],
  ])('%s', (_, code, definition) => {
    const chapter = `\`\`\`{python}\n${code}\n\`\`\`\n`;
    const marked = chapter.replace(/[«»]/g, '');
    const plain = chapter.replace(MARK, '');
    const starts = [...chapter.replaceAll('¦', '').replaceAll('»', '').matchAll(/«/g)].map(
      ({ index }, at) => index - at,
    );
    const lines = plain.split('\n');
    const offsetOf = ({ start }: Range) =>
      lines.slice(0, start.line).join('\n').length + (start.line > 0 ? 1 : 0) + start.character;

    const [found] = ask<LocationLink[]>('textDocument/definition', marked);
    expect(offsetOf(found!.targetSelectionRange)).toBe(starts[definition]);
    const references = ask<Location[]>('textDocument/references', marked, { context: { includeDeclaration: true } });
    expect(references.map(({ range }) => offsetOf(range))).toEqual(starts);
    expect(ask<DocumentHighlight[]>('textDocument/documentHighlight', marked)).toHaveLength(starts.length);
    if (!code.includes('import math'))
      expect(rename(marked, 'renamed')).toBe(chapter.replaceAll('¦', '').replace(/«\w+»/g, 'renamed'));
  });

  const rename = (marked: string, newName: string) => {
    const { changes } = ask<WorkspaceEdit>('textDocument/rename', marked, { newName });
    return edited(marked, Object.values(changes!)[0]!);
  };

  test('global in a function of an earlier cell', () => {
    const chapter =
      '```{python}\ndef f():\n    global speed\n    speed = 3\n```\n\n```{python}\nf()\n```\n\nAt `{python} spee¦d`.\n';
    expect(rename(chapter, 'rate')).toContain('    global rate\n    rate = 3\n');
    expect(rename(chapter, 'rate')).toContain('At `{python} rate`.');
  });
});
