/** Findings that come from a book's own packages, in chapters and in the files of the packages. */
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../mlsys';
import { runRules } from '../../../server/diagnostics';
import { packageFindings } from '../../../server/diagnostics/packageFindings';
import { recordOf } from '../../../server/workspace/records';
import { analyzeBook, viewPackage } from '../../support/books';

const IMPORT = '```{python}\nimport tanks.pumps\n```\n';

/** `severity code line: message` of each finding. */
function told(pumps: string, chapter = IMPORT): string[] {
  const analysis = analyzeBook(chapter, { 'tanks/__init__.py': '', 'tanks/pumps.py': pumps });
  return runRules(analysis, { levels: { 'unused-import': 'off' } }).map(({ severity, code, range, message }) => {
    const line = analysis.chapter.lines.lineAt(range.start) + 1;
    return `${severity} ${code} ${line}: ${message}`;
  });
}

describe('in a chapter', () => {
  test.each([
    ['x = (', "error syntax-error 2: SyntaxError: '(' was never closed (pumps.py, line 1)"],
    ['\nx = 1 / 0', 'error cell-error 2: ZeroDivisionError: division by zero (tanks/pumps.py, line 2)'],
    ['x = nope', "error undefined-name 2: name 'nope' is not defined (tanks/pumps.py, line 1)."],
    [
      'import nope',
      'info unavailable-module 2: Needs nope, which Reckoner does not have (tanks/pumps.py, line 1). If it is part of the book, name the folder that holds it in the setting `reckoner.packageRoots`.',
    ],
    [
      'x = open("a")',
      'info unsupported 2: open("a") is not supported by Reckoner: there are no files beside a text that was never saved (tanks/pumps.py, line 1).',
    ],
    [
      'import pint\nu = pint.UnitRegistry()\nx = 1 * u.m + 1 * u.s',
      "error unit-mismatch 2: Cannot convert from 'meter' ([length]) to 'second' ([time]) (tanks/pumps.py, line 3).",
    ],
  ])('%j', (pumps, finding) => {
    expect(told(pumps)).toEqual([finding]);
  });

  test('related places have the lines of the package', () => {
    const chapter = '# One\n\nTwo\n\n```{python}\nfrom tanks.pumps import f\nx = f(0)\n```\n';
    const pumps = '# comment\n\ndef f(n):\n    return 1 / n\n';
    const analysis = analyzeBook(chapter, { 'tanks/__init__.py': '', 'tanks/pumps.py': pumps });
    const [finding] = runRules(analysis);
    expect(recordOf(finding!, analysis.chapter, 'a.qmd').related).toEqual([
      {
        file: '/book/tanks/pumps.py',
        line: 4,
        column: 12,
        endLine: 4,
        endColumn: 17,
        message: 'in f(): return 1 / n',
      },
    ]);
  });

  test('names that a failed star import would bring are its consequence', () => {
    const chapter = '```{python}\nfrom tanks.pumps import *\n```\n\nIt is `{python} FLOW` and `{python} OTHER`.\n';
    const [cause, ...others] = told('FLOW = 40\nx = 1 / 0\n', chapter);
    expect(cause).toMatch(/^error cell-error .* 1 reference depends on it\.$/);
    expect(others).toEqual(['error undefined-export 5: `OTHER` is not defined by any cell of this chapter.']);
  });
});

/** `severity code line "text": message` of the findings in `tanks/pumps.py`. */
function inFile(pumps: string, other = '', levels = {}): string[] {
  const sources = { 'tanks/__init__.py': '', 'tanks/pumps.py': pumps, 'tanks/other.py': other };
  const view = viewPackage('tanks.pumps', parseProgram(pumps, '/book/tanks/pumps.py'), sources);
  return packageFindings(view, levels).map(({ severity, code, range, message }) => {
    const line = view.module.lines.lineAt(range.start) + 1;
    return `${severity} ${code} ${line} "${pumps.slice(range.start, range.end)}": ${message}`;
  });
}

describe('in a file of a package', () => {
  test.each([
    ['x = 1\ny = (\n', `error syntax-error 2 "(": SyntaxError: '(' was never closed`],
    ['x = 1 / 0', 'error cell-error 1 "1 / 0": ZeroDivisionError: division by zero'],
    ['def f():\n    return nope', 'error undefined-name 2 "nope": `nope` is not defined in this module.'],
    ['x = nope', `error undefined-name 1 "nope": NameError: name 'nope' is not defined`],
    [
      'x = open("a")',
      'warning unsupported 1 "open("a")": open("a") is not supported by Reckoner: there are no files beside a text that was never saved',
    ],
    ['from .other import a', undefined],
  ])('%j', (pumps, finding) => {
    expect(inFile(pumps, 'a = 1')).toEqual(finding === undefined ? [] : [finding]);
  });

  test('what fails in another file shows at the import', () => {
    expect(inFile('from .other import a', 'a = 1 / 0')).toEqual([
      'error cell-error 1 "other": ZeroDivisionError: division by zero (tanks/other.py)',
    ]);
  });

  test.each([
    ['from __future__ import annotations\ndef f(x: Later) -> Later: ...'],
    ['import sys\nsetattr(sys.modules[__name__], "made", 1)\ndef f(): return made'],
    ['from .other import *\ndef f(): return a, __name__, len'],
    ['def f():\n    global late\n    late = 1\ndef g(): return late'],
    ['from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nope import T\ndef f(x: "T"): ...'],
  ])('nothing to say of %j', pumps => {
    expect(inFile(pumps, 'a = 1')).toEqual([]);
  });

  test('levels are those of the rules', () => {
    const text = 'def f(): return nope';
    expect(inFile(text, '', { 'undefined-name': 'off' })).toEqual([]);
    expect(inFile(text, '', { 'undefined-name': 'hint' })[0]).toMatch(/^hint /);
  });
});

describe('a package that uses so much of what is unknown that nobody can follow it', () => {
  // Each statement that may not have run may have run all of these.
  const chain = Array.from(
    { length: 40 },
    (_, at) => `def f${at}(x):\n${`    x.n = x.n + ${at}\n`.repeat(300)}    return f${at + 1}(x)`,
  );
  const doubts = Array.from({ length: 60 }, () => 'if time.time():\n    f0(Part())');
  const sources = {
    'busy/__init__.py': 'from .parts import Part, ready\nimport missing\n',
    'busy/parts.py': `import time, absent\nready = 1\nclass Part:\n    n = 0\n${chain.join('\n')}\ndef f40(x):\n    return x\n${doubts.join('\n')}\n`,
  };
  const text = `\`\`\`{python}
kept = [1]
import busy
made = busy.ready
after = 3
\`\`\`

\`\`\`{python}
from busy.parts import Part
more = Part()
\`\`\`

\`{python} kept\`, \`{python} after\`, \`{python} made\`, \`{python} more\`
`;
  const analysis = analyzeBook(text, sources);

  test('is unknown as a whole, and nothing else is', () => {
    expect(analysis.refs.map(({ text: shown, unknown }) => shown ?? `unknown: ${unknown?.subject}`)).toEqual([
      '[1]',
      '3',
      'unknown: import busy',
      'unknown: import busy',
    ]);
  });

  test('is told of once, by its name and with what to do', () => {
    const findings = runRules(analysis).filter(({ code }) => !/^unused/.test(code));
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'unsupported',
        expect.stringMatching(
          /^import busy is not supported by Reckoner: so much in it is unknown \(absent, parts\.py, line 1 to begin with\) that .* into a module of its own/,
        ),
      ],
    ]);
  });
});
