/** What hovers and completion ask about the library: read from the data files, without running any cell. */
import { builtinModule, builtinModules } from '../modules/registry';
import { Unsupported } from '../python/runtime/errors';
import { NativeFunction, PyClass, type Value } from '../python/runtime/objects';
import { str } from '../python/runtime/operations';
import { asLibrary, lazily } from './build';
import { CONSTANT_ROWS, type ConstantRow, constants, quantityOf } from './constants';
import { FORMATTING } from './formatting';
import { FORMULA_RULES, signatureOf } from './formulas';
import { SUBMODULES } from './modules';
import { TAPE_FUNCTIONS } from './tape';
import { type FieldForm, TOP_LEVEL, TWIN_CLASSES, TWIN_ENTRIES, TWIN_MODULES, type TwinEntry } from './twins';

export interface ConstantInfo {
  readonly name: string;
  /** The value as it prints: `312.0 TFLOPs/s`. */
  readonly text: string;
  readonly kind: string;
  /** The number as the registry writes it, in `unit`. */
  readonly magnitude?: string;
  readonly unit?: string;
  /** How a derived constant is computed. */
  readonly expression?: string;
  readonly group?: string;
  readonly source?: string;
  readonly year?: string;
  readonly note?: string;
}

const constantsByName = new Map(CONSTANT_ROWS.map(row => [row.name, row]));

/** What is known of a constant of `mlsys.constants`. */
export function constantInfo(name: string): ConstantInfo | undefined {
  const row = constantsByName.get(name);
  return row === undefined ? undefined : { ...row, text: textOf(row) };
}

/** A unit by its name in the registry, any other constant by its value. */
function textOf({ kind, unit, name }: ConstantRow): string {
  return kind === 'unit' || kind === 'alias' ? (unit ?? name) : texts().get(name)!;
}

/** What `str` makes of each constant. */
const texts = lazily(() => new Map([...constants()].map(([name, value]) => [name, str(value)])));

export interface TwinInfo {
  readonly path: string;
  /** Name of its class, such as `HardwareSpec`; `namespace` for a group of twins. */
  readonly cls: string;
  /** Fields with their values as they print; of a namespace, what it holds. */
  readonly fields: readonly { readonly name: string; readonly text: string; readonly constant?: string }[];
  readonly note?: string;
}

const twinsByPath = new Map<string, TwinEntry>(
  TWIN_ENTRIES.flatMap(entry => entry.paths.map(path => [path, entry] as const)),
);

/** Namespaces by path, each with what it holds directly. */
const namespaces = new Map<string, Set<string>>();
for (const path of twinsByPath.keys()) {
  const parts = path.split('.');
  for (let end = 1; end < parts.length; end++) {
    const outer = parts.slice(0, end).join('.');
    const inner = namespaces.get(outer) ?? new Set();
    namespaces.set(outer, inner.add(parts[end]!));
  }
}
/** A module's own names for inner namespaces: `Cloud` for `Hardware.Cloud`. */
const shortNames = new Map<string, string>(
  Object.values(TWIN_MODULES).flatMap(items =>
    items.flatMap(item => {
      const [name, path] = item.split('=');
      return path === undefined || namespaces.has(name!) ? [] : [[name!, path] as const];
    }),
  ),
);

/** What is known of a twin or a namespace of twins, by its path: `Hardware.Cloud.A100`, `Models.Vision`. */
export function twinInfo(path: string): TwinInfo | undefined {
  const entry = twinsByPath.get(path);
  if (entry !== undefined) {
    const fields = Object.entries(entry.fields).map(([name, form]) => ({ name, ...fieldText(form) }));
    return { path, cls: entry.class, fields, ...(entry.note === undefined ? {} : { note: entry.note }) };
  }
  const inner = namespaces.get(path);
  if (inner !== undefined)
    return {
      path,
      cls: 'namespace',
      fields: [...inner].map(name => ({ name, text: nameOf(`${path}.${name}`) })),
    };
  const [first = '', ...rest] = path.split('.');
  const whole = shortNames.get(first);
  return whole === undefined ? undefined : twinInfo([whole, ...rest].join('.'));
}

/** The name that a twin carries, or that of its class. */
function nameOf(path: string): string {
  const entry = twinsByPath.get(path);
  const name = entry?.fields.name;
  return typeof name === 'string' ? name : (entry?.class ?? 'namespace');
}

function fieldText(form: FieldForm): { text: string; constant?: string } {
  if (typeof form !== 'object') return { text: String(form) };
  if (form === null) return { text: 'None' };
  if ('const' in form) return { text: constantInfo(form.const)?.text ?? form.const, constant: form.const };
  if ('mag' in form) return { text: asLibrary(() => str(quantityOf(form.mag, form.unit))) };
  if ('expr' in form) return { text: form.expr };
  if ('ref' in form) return { text: form.ref };
  if ('new' in form) {
    const parts = Object.entries(form.fields).map(([name, part]) => `${name}=${fieldText(part).text}`);
    return { text: `${form.new}(${parts.join(', ')})` };
  }
  return { text: 'None' };
}

export interface FormulaInfo {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  readonly latex?: string;
  readonly parameters: readonly { readonly name: string; readonly doc: string }[];
  readonly result?: string;
}

const formulasByName = new Map(FORMULA_RULES.map(rule => [rule.name, rule]));
const functionsByName = new Map([...FORMATTING, ...TAPE_FUNCTIONS].map(one => [one.name, one]));

/** What is known of a function of `mlsys.formulas`, `mlsys.formatting` or `mlsys.registry`. */
export function formulaInfo(name: string): FormulaInfo | undefined {
  const rule = formulasByName.get(name);
  if (rule !== undefined)
    return {
      name,
      signature: signatureOf(rule),
      doc: `${rule.computes[0]!.toUpperCase()}${rule.computes.slice(1)}: ${rule.text}.`,
      latex: rule.latex,
      parameters: rule.parameters.map(({ name: parameter, meaning, unit_if_plain: unit }) => ({
        name: parameter,
        doc: unit === null ? meaning : `${meaning}; a plain number is in ${unit}`,
      })),
      result: rule.result,
    };
  const found = functionsByName.get(name);
  return found === undefined ? undefined : { name, signature: found.signature, doc: found.doc ?? '', parameters: [] };
}

export interface Member {
  readonly name: string;
  /** Value, signature or class, in a few words. */
  readonly detail?: string;
}

/** Names of all modules that a cell can import from the library. */
export function libraryModules(): readonly string[] {
  return builtinModules();
}

/** What a module of the library holds, for completion; empty for a module that it does not have. */
export function libraryMembers(module: string): readonly Member[] {
  const name = module.replace(/^mlsysim(?=\.|$)/, 'mlsys');
  if (name === 'mlsys')
    return [
      ...TOP_LEVEL.map(one => ({ name: one, ...detail(twinInfo(one)?.cls) })),
      ...SUBMODULES.map(one => ({ name: one, detail: 'module' })),
    ];
  if (name === 'mlsys.constants')
    return [
      { name: 'ureg', detail: 'unit registry' },
      { name: 'Q_', detail: 'quantity constructor' },
      ...CONSTANT_ROWS.map(row => ({ name: row.name, detail: textOf(row) })),
    ];
  if (name === 'mlsys.formulas') return FORMULA_RULES.map(rule => ({ name: rule.name, detail: signatureOf(rule) }));
  if (name === 'mlsys.formatting')
    return FORMATTING.map(({ name: one, signature }) => ({ name: one, detail: signature }));
  if (Object.hasOwn(TWIN_MODULES, name))
    return [
      ...TWIN_CLASSES.filter(cls => cls.module === name).map(cls => ({ name: cls.name, detail: 'class' })),
      ...TWIN_MODULES[name]!.map(item => ({ name: item.split('=')[0]!, detail: 'namespace' })),
    ];
  return [...(attributesOf(name) ?? [])]
    .filter(([one]) => !one.startsWith('_'))
    .map(([one, value]) => ({ name: one, ...detail(describe(value)) }));
}

/** What a module that Python has holds; undefined for one that is refused as a whole. */
function attributesOf(module: string): ReadonlyMap<string, Value> | undefined {
  try {
    return builtinModule(module)?.attrs;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

function detail(text: string | undefined): { detail?: string } {
  return text === undefined ? {} : { detail: text };
}

function describe(value: Value): string | undefined {
  if (value instanceof NativeFunction) return value.signature;
  if (value instanceof PyClass) return 'class';
  return typeof value === 'object' ? undefined : String(value);
}
