/** The mlsys package against the recorded facts: constants, units, formatting calls, formula examples, twins. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExpressionRunner, parseExpression, parseProgram, Session } from '../../../mlsys';

const load = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../conformance/library', name), 'utf8'));

const SETUP = `import mlsys
from mlsys import *
from mlsys.constants import *
from mlsys.formatting import *
from mlsys.formulas import *
from mlsys.scenarios import *`;

/** What the records hold of a value: its type and whatever shows it best. */
const DESCRIBE = `
def described(value):
    kind = type(value).__name__
    if isinstance(value, ureg.Quantity):
        return dict(type=kind, magnitude=repr(value.magnitude), unit=f"{value.units:D}", str=str(value))
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return dict(type=kind, repr=repr(value))
    if isinstance(value, dict):
        return {key: described(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return dict(type="tuple", items=[described(item) for item in value])
    if hasattr(value, "_repr_markdown_"):
        return dict(type=kind, data=value.data)
    return dict(type=kind, repr=repr(value))
`;

const runner = new ExpressionRunner();

/** One session for all recorded calls, in order: as in one process, earlier conversions decide last digits. */
const session = new Session();
session.run(parseProgram(`${SETUP}\n${DESCRIBE}`, 'setup'), 0);
let position = 1;

/** A value as the records describe it, as Python text, or its error. */
function outcome(expr: string): string {
  const { fault } = session.run(parseProgram(`result = repr(described(${expr}))`, 'call'), position++);
  if (fault !== undefined) return `${fault.type}: ${fault.message}`;
  const { value } = session.evaluate(parseExpression('result').expression!, position);
  return String(value);
}

/** What a record holds, as Python text. */
function python(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return quote + value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`) + quote;
  }
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${python(key)}: ${python(item)}`)
      .join(', ')}}`;
  return String(value);
}

interface Recorded {
  readonly call: string;
  readonly result?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
}

/** Calls whose outcome is not the recorded one. */
function differing(cases: readonly Recorded[]): unknown[] {
  return cases
    .map(({ call, result, error }) => ({
      call,
      wanted: error === undefined ? python(result) : `${error.type}: ${error.message}`,
      got: outcome(call),
    }))
    .filter(({ wanted, got }) => wanted !== got);
}

/** An expression's repr under the imports alone. */
function plain(expr: string): string {
  const result = runner.evaluate({ id: 0, setup: SETUP, expr });
  return 'error' in result ? `${result.error}: ${result.message}` : result.repr;
}

test('every constant has its value, unit and text', () => {
  const differences: unknown[] = [];
  for (const { name, kind, built_magnitude: magnitude, built_unit: unit, text } of load('constants.json').constants) {
    const got: unknown[] = [plain(`str(${name})`)];
    const wanted: unknown[] = [python(text)];
    if (kind !== 'text') {
      got.push(plain(unit === '' ? name : `f"{getattr(${name}, 'units', ${name}):D}"`));
      wanted.push(unit === '' ? magnitude : python(unit));
    }
    if (magnitude !== '' && unit !== '') {
      got.push(plain(`${name}.magnitude`));
      wanted.push(magnitude);
    }
    if (JSON.stringify(got) !== JSON.stringify(wanted)) differences.push([name, got, wanted]);
  }
  expect(differences).toEqual([]);
});

test('units reduce to the recorded roots', () => {
  const differences: unknown[] = [];
  for (const { name, root_factor: factor, root_unit: root, dimensionality, symbol } of load('units.json').units) {
    const expr = `[repr(ureg.get_root_units('${name}')[0]), f"{ureg.get_root_units('${name}')[1]:D}", str(ureg.Unit('${name}').dimensionality), f"{ureg.Unit('${name}'):~P}"]`;
    const wanted = `['${factor}', '${root}', '${dimensionality}', '${symbol}']`;
    if (plain(expr) !== wanted) differences.push([name, plain(expr), wanted]);
  }
  expect(differences).toEqual([]);
});

test('formatting calls give the recorded results and errors', () => {
  expect(differing(load('formatting.json').cases)).toEqual([]);
});

test('formula examples give the recorded results', () => {
  expect(differing(load('formulas.json').examples)).toEqual([]);
});

test('every twin has its fields and computed members', () => {
  const differences: unknown[] = [];
  for (const { path, paths, built } of load('twins.json').entries) {
    for (const other of paths.slice(1)) {
      if (plain(`${other} is ${path}`) !== 'True') differences.push([other, path]);
    }
    for (const [member, wanted] of Object.entries(built)) {
      const call = member === 'repr' ? `repr(${path})` : `${path}.${member}`;
      const form = wanted as { ref?: string } | null;
      if (form !== null && typeof form === 'object' && typeof form.ref === 'string') {
        if (plain(`${call} is ${form.ref}`) !== 'True') differences.push([call, form.ref]);
      } else {
        const got = outcome(call);
        if (got !== python(wanted)) differences.push([call, got, python(wanted)]);
      }
    }
  }
  expect(differences).toEqual([]);
});

test('what the library computes mixes no kinds', () => {
  const examples = (load('formulas.json').examples as { call: string }[]).map(({ call }, at) => `r${at} = ${call}`);
  const result = new Session().run(parseProgram(`${SETUP}\n${examples.join('\n')}`, 'cell'), 0);
  expect(result.fault).toBeUndefined();
  expect(result.notices).toEqual([]);
});
