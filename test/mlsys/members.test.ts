/** A member that CPython's module or class has, and Reckoner has not, is refused by name; one that nobody has raises AttributeError. */
import { expect, test } from 'vitest';
import { builtinModules, parseExpression, parseProgram, Session } from '../../mlsys';
import members from '../../mlsys/data/members.json';

/** What each expression gives after the cell: its text, `unknown: SUBJECT`, or the exception. */
function shown(cell: string, expressions: readonly string[]): string[] {
  const session = new Session();
  session.run(parseProgram(cell, 'cell'), 0);
  return expressions.map(text => {
    const { status, text: value, cause, fault } = session.evaluate(parseExpression(text).expression!, 1);
    return cause !== undefined ? `unknown: ${cause.subject}` : status === 'ok' ? value! : fault!.type;
  });
}

const IMPORTS = `
import math, mlsys, os, sys, datetime
import numpy as np
import matplotlib.pyplot as plt
from pathlib import Path
class Own:
    pass
class Names(list):
    pass
`;

/** Expressions and what they give. */
const TABLE: readonly (readonly [string, string])[] = [
  ['os.close', 'unknown: os.close'],
  ['os.nothing', 'AttributeError'],
  // What every object of JavaScript has.
  ['mlsys.constructor', 'AttributeError'],
  ['os.toString', 'AttributeError'],
  ['plt.xscale("constructor")', 'ValueError'],
  ["getattr(os, 'getuid', None)", 'unknown: os.getuid'],
  ["getattr(os, 'nothing', 1)", '1'],
  ["hasattr(os, 'fork')", 'unknown: os.fork'],
  ["hasattr(os, 'nothing')", 'False'],
  ["Path('a').write_text('b')", 'unknown: Path.write_text("a")'],
  ['Path.from_uri', 'unknown: pathlib.Path.from_uri'],
  ["Path('a').nothing", 'AttributeError'],
  ['np.array([1]).nothing', 'AttributeError'],
  ["np.array([1]).tofile('a')", 'unknown: ndarray.tofile'],
  ['[].nothing', 'AttributeError'],
  ['Own().nothing', 'AttributeError'],
  ['Names().nothing', 'AttributeError'],
  ['math.nothing', 'AttributeError'],
  ['os._walk_symlinks', 'unknown: os._walk_symlinks'],
  ['Own()._nothing', 'AttributeError'],
];

test('members that are left out are refused by name', () => {
  expect(
    shown(
      IMPORTS,
      TABLE.map(([text]) => text),
    ),
  ).toEqual(TABLE.map(([, told]) => told));
});

test('so are names that are imported from a module', () => {
  const cell = 'from os import close, sep\nfrom os import close as c\nkept = 7';
  expect(shown(cell, ['close', 'c', 'sep', 'kept'])).toEqual(['unknown: os.close', 'unknown: os.close', '/', '7']);
});

test('what Quarto puts beside the built-in names is there', () => {
  expect(shown('import time\nojs_define(a=1, b=time.time())\nkept = 7', ['kept', 'ojs_define(a=1)'])).toEqual([
    '7',
    'None',
  ]);
});

test('a name that the module does not have is an ImportError', () => {
  const session = new Session();
  const { fault } = session.run(parseProgram('from os import nothing', 'cell'), 0);
  expect(fault?.message).toBe("cannot import name 'nothing' from 'os' (unknown location)");
});

test('the record knows every module of the library that is not its own', () => {
  const known = Object.keys(members.modules);
  const others = builtinModules().filter(name => !/^(mlsys|mlsysim|__future__)\b/.test(name));
  expect(others.filter(name => !known.includes(name))).toEqual([]);
});

test('a name that is one letter from that of a package of the book', () => {
  const names = (within?: readonly string[]) => (within === undefined ? ['reactor'] : ['sizes']);
  const find = (name: string) =>
    name === 'reactor' ? { file: '/book/reactor/__init__.py', source: '', isPackage: true } : undefined;
  const told = (cell: string) => {
    const { fault } = new Session({ modules: { find, names } }).run(parseProgram(cell, 'cell'), 0);
    return [fault?.message, fault?.near];
  };
  expect(told('import reactr')).toEqual(["No module named 'reactr'", ['reactor']]);
  expect(told('from reactor.size import A')).toEqual(["No module named 'reactor.size'", ['reactor.sizes']]);
  expect(told('import frobnicate')[1]).toBeUndefined();
});

test('names that NumPy 2 took away are refused by name', () => {
  expect(shown('import numpy as np\nx = np.NaN\ny = 3', ['x', 'y'])).toEqual(['unknown: numpy.NaN', '3']);
});
