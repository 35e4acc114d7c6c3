/** Unit texts and powers that would never end, and names that JavaScript knows but a registry does not. */
import { expect, test } from 'vitest';
import { parseProgram, Session } from '../../../mlsys';

function outcome(code: string): string {
  const session = new Session();
  session.run(parseProgram('from mlsys.constants import *', 'imports'), 0);
  const { status, refusal, fault = refusal } = session.run(parseProgram(code, 'cell'), 1);
  return fault === undefined ? status : `${status} ${fault.type}`;
}

test.each([
  ['ureg("a" * 100000)', 'ok Unsupported'],
  ['ureg("(" * 1000 + "m")', 'failed DefinitionSyntaxError'],
  ['ureg("2**10**10 m")', 'budget BudgetExceeded'],
  ['(3 * GB) ** 10**10', 'budget BudgetExceeded'],
  ['(3 * KiB ** 10**9).to_base_units()', 'budget BudgetExceeded'],
  ['ureg.define("aa = 2 bb\\nbb = 2 aa")\n(3 * ureg.aa).to("m")', 'failed RecursionError'],
  ['ureg("m" + "*m" * 900)', 'ok'],
])('%s ends', (code, wanted) => {
  expect(outcome(code)).toBe(wanted);
});

test.each([
  ['ureg.constructor', 'UndefinedUnitError'],
  ['ureg.__proto__', 'AttributeError'],
  ['ureg("constructor")', 'UndefinedUnitError'],
  ['ureg.get_name("__proto__")', 'UndefinedUnitError'],
  ['(3 * GB).constructor', 'AttributeError'],
  ['f"{3 * GB:__proto__}"', 'ValueError'],
])('%s reaches nothing', (code, wanted) => {
  expect(outcome(code)).toBe(`failed ${wanted}`);
});
