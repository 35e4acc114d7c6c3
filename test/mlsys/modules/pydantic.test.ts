/** What models do beside their values, which `test/conformance/modules/pydantic_*.py` hold: refusals, budgets, cells, unknowns. */
import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram, runFile, Session } from '../../../mlsys';

const MODEL = 'from pydantic import BaseModel, Field\nclass M(BaseModel):\n    x: int\n    y: list[int] = []\n';

/** Runs cells, and tells what an expression after them shows: its text, `unknown: SUBJECT`, or the fault's type. */
function shown(cells: readonly string[], expression: string, steps = 200_000): string {
  const session = new Session({ budgets: { steps } });
  for (const [at, cell] of cells.entries()) session.run(parseProgram(cell, `cell ${at}`), at);
  const { status, text, cause, fault } = session.evaluate(parseExpression(expression).expression!, cells.length);
  if (cause !== undefined) return `unknown: ${cause.subject}`;
  return status === 'ok' ? text! : `${fault!.type}: ${fault!.message}`;
}

describe('what is not done is refused by name', () => {
  test.each([
    ['from pydantic import EmailStr', 'pydantic.EmailStr'],
    ['from pydantic import validator', 'pydantic.validator'],
    ['from pydantic import Field\nField(constructor=2)', 'Field(constructor=...)'],
    ['from pydantic import Field\nField(min_items=2)', 'Field(min_items=...)'],
    ['from pydantic import root_validator', 'pydantic.root_validator'],
    [`${MODEL}M.model_json_schema()`, 'model_json_schema'],
    [`${MODEL}M.model_validate_json("{")`, 'validating a text that is no JSON'],
    [
      'from pydantic import BaseModel\nclass M(BaseModel):\n    @classmethod\n    def __get_pydantic_core_schema__(cls, source, handler): return handler(source)\nM()',
      '__get_pydantic_core_schema__ of a model',
    ],
    [
      'from typing import Iterable\nfrom pydantic import BaseModel\nclass M(BaseModel):\n    x: Iterable[int]',
      'typing.Iterable[int] as a type of a field',
    ],
    [
      'from datetime import datetime\nfrom pydantic import TypeAdapter\nTypeAdapter(datetime).validate_python("2024-01-01T00:00:00Z")',
      "the text '2024-01-01T00:00:00Z' as a datetime of a model",
    ],
  ])('%s', (source, construct) => {
    expect(runFile(source, 'case.py').fault).toMatchObject({ type: 'Unsupported', construct });
  });
});

describe('unknown inputs', () => {
  const CLOCK = 'import time\nt = time.time()';

  test.each(['M(x=t).x', 'M(x=1, y=[t]).y', 'M.model_validate({"x": t})'])('%s is unknown', expression => {
    expect(shown([CLOCK, MODEL], expression)).toBe('unknown: time.time()');
  });

  test('other models are known', () => {
    expect(shown([CLOCK, MODEL, 'm = M(x=t)\nn = M(x=2)'], 'n.x')).toBe('2');
  });
});

describe('cells', () => {
  test('a reference reads attributes and makes models, and changes none', () => {
    expect(shown([MODEL, 'm = M(x="3")'], 'm.x + M(x=1).x')).toBe('4');
    expect(shown([MODEL, 'm = M(x=3)'], 'setattr(m, "x", 4)')).toMatch(/^(unknown|Unsupported)/);
  });

  test('a cell that changes a model of another cell is seen to do so', () => {
    const session = new Session();
    session.run(parseProgram(`${MODEL}m = M(x=1)`, 'one'), 1);
    expect([...session.run(parseProgram('m.x = 2', 'two'), 2).mutated]).toEqual([1]);
    expect(session.evaluate(parseExpression('m.x').expression!, 3).text).toBe('2');
  });

  test('a model completed by a later cell works there', () => {
    const early = "from pydantic import BaseModel\nclass A(BaseModel):\n    b: 'B'\n";
    expect(
      shown([early, 'from pydantic import BaseModel\nclass B(BaseModel):\n    n: int = 5\na = A(b={})'], 'a.b.n'),
    ).toBe('5');
  });
});

describe('budgets hold', () => {
  test.each([
    [
      'validators',
      'from pydantic import BaseModel, field_validator\nclass M(BaseModel):\n    x: int\n    @field_validator("x")\n    def f(cls, v):\n        while True: pass\nM(x=1)',
    ],
    ['long inputs', `${MODEL}for i in range(1000): M(x=1, y=list(range(1000)))`],
    ['dumps', `${MODEL}m = M(x=1, y=list(range(1000)))\nfor i in range(1000): m.model_dump_json()`],
  ])('%s', (_name, source) => {
    const session = new Session({ budgets: { steps: 100_000 } });
    const run = session.run(parseProgram(source, 'cell'), 0);
    expect(JSON.stringify([run.fault, run.unknowns])).toContain('100,000 steps');
  });

  test('a model nested too deeply', () => {
    const source =
      "from pydantic import BaseModel\nfrom typing import Optional\nclass N(BaseModel):\n    n: Optional['N'] = None\n" +
      'd = {}\nfor i in range(5000): d = {"n": d}\nN.model_validate(d)';
    expect(runFile(source, 'case.py').fault?.type).toMatch(/RecursionError|BudgetExceeded/);
  });
});

test('nothing of JavaScript is in reach of a model', () => {
  expect(
    runFile(
      `${MODEL}print(hasattr(M(x=1), 'constructor'), hasattr(M, 'prototype'), M.model_validate({'x': 1, '__proto__': 2}))`,
      'case.py',
    ).stdout,
  ).toBe('False False x=1 y=[]\n');
});
