/** `mlsys.formulas`: the functions, compiled from the rules of the data file on first use. */
import data from '../data/formulas.json';
import { builtinModule } from '../modules/registry';
import { raise } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import type { NativeFunction, Value } from '../python/runtime/objects';
import { binary, str } from '../python/runtime/operations';
import { cannotConvert } from '../units/errors';
import { formatUnits, type PyQuantity, type PyUnit } from '../units/index';
import { runLibrarySource } from './compile';
import { constants } from './constants';
import { quantityIn } from './convert';

export interface FormulaParameter {
  readonly name: string;
  readonly meaning: string;
  readonly unit_if_plain: string | null;
  readonly default?: unknown;
}

export interface FormulaRule {
  readonly name: string;
  readonly computes: string;
  readonly parameters: readonly FormulaParameter[];
  readonly latex: string;
  readonly text: string;
  readonly steps: readonly (readonly string[])[];
  readonly return: { readonly expr: string; readonly convert: string | null; readonly form: string };
  readonly result: string;
  readonly errors?: readonly string[];
}

export const FORMULA_RULES = data.functions as unknown as readonly FormulaRule[];

/** A default as Python writes it. */
function defaultText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'object') return (value as { unit: string }).unit;
  return String(value);
}

/** `name(a, b=1)` */
export function signatureOf(rule: FormulaRule): string {
  const parameters = rule.parameters.map(parameter =>
    'default' in parameter ? `${parameter.name}=${defaultText(parameter.default)}` : parameter.name,
  );
  return `${rule.name}(${parameters.join(', ')})`;
}

/** The rule as a Python function. */
function sourceOf(rule: FormulaRule): string {
  const lines: string[] = [];
  for (const { name, unit_if_plain: unit } of rule.parameters)
    if (unit !== null) lines.push(`${name} = _with_unit(${name}, ureg.Unit('${unit}'))`);
  for (const [name, expression] of rule.steps) lines.push(`${name} = ${expression}`);
  const { expr, convert, form } = rule.return;
  const converted = convert === null ? expr : `(${expr}).to(ureg.Unit('${convert}'))`;
  lines.push(`return ${converted}${convert !== null && form === 'magnitude' ? '.magnitude' : ''}`);
  const doc = JSON.stringify(`${rule.computes}: ${rule.text}`);
  return [`def ${signatureOf(rule)}:`, doc, ...lines].join('\n    ');
}

/** A plain number gets the unit that the rule names. */
const withUnit: NativeFunction = fn('_with_unit(value, unit)', (value: Value, unit: PyUnit) =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    ? binary('*', value, unit)
    : value,
);

const inUnit: NativeFunction = fn('in_unit(value, unit, what)', (value: PyQuantity, unit: PyUnit, what: Value) => {
  const { registry } = value;
  if (!registry.facts(value.units).dimensionality.equals(registry.facts(unit.units).dimensionality))
    throw cannotConvert(
      formatUnits(registry.state, value.units, ''),
      formatUnits(registry.state, unit.units, ''),
      '',
      '',
      ` (${str(what)})`,
    );
  return quantityIn(value, unit.units).magnitude;
});

const refuseMixed: NativeFunction = fn('refuse_mixed(name)', (name: Value) => {
  throw raise('TypeError', `${str(name)}: give both arguments units, or neither`);
});

const helpers = new Map<string, Value>([
  ['_with_unit', withUnit],
  ['in_unit', inUnit],
  ['refuse_mixed', refuseMixed],
]);

const rules = new Map(FORMULA_RULES.map(rule => [rule.name, rule]));
const made = new Map<string, Value>();

/** The function of a rule, compiled on first use. */
export function formula(name: string): Value | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const rule = rules.get(name);
  if (rule === undefined) return undefined;
  const compiled = runLibrarySource('mlsys.formulas', sourceOf(rule), surroundings).get(name)!;
  made.set(name, compiled);
  return compiled;
}

/** What the rules name beside their own parameters. */
function surroundings(name: string): Value | undefined {
  if (name === 'math') return builtinModule('math');
  return helpers.get(name) ?? formula(name) ?? constants().get(name);
}

/** Names of all formula functions. */
export const FORMULA_NAMES: readonly string[] = [...rules.keys()];
