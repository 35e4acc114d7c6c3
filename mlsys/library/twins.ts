/** Twins: the classes, the entries of the data file as their instances, and the namespaces that hold them. */
import data from '../data/twins.json';
import { builtinModule } from '../modules/registry';
import { compileExpression } from '../python/compiler';
import { MapGlobals } from '../python/runtime/globals';
import { objectClass, PyClass, type Value } from '../python/runtime/objects';
import { call, getAttribute } from '../python/runtime/operations';
import { entryOf } from '../python/runtime/tables';
import { parseExpression } from '../python/syntax/program';
import { asLibrary, lazily } from './build';
import { runLibrarySource } from './compile';
import { constants, quantityOf } from './constants';
import { formula } from './formulas';
import { TWIN_SOURCES } from './twinClasses';

/** A field as the data file gives it. */
export type FieldForm =
  | string
  | number
  | boolean
  | null
  | { readonly const: string }
  | { readonly mag: string; readonly unit: string }
  | { readonly expr: string }
  | { readonly ref: string }
  | { readonly new: string; readonly fields: Readonly<Record<string, FieldForm>> };

export interface TwinEntry {
  readonly class: string;
  readonly paths: readonly string[];
  readonly fields: Readonly<Record<string, FieldForm>>;
  readonly note?: string;
}

export const TWIN_ENTRIES = data.entries as unknown as readonly TwinEntry[];
export const TWIN_CLASSES = data.classes as unknown as readonly {
  readonly name: string;
  readonly module: string;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly members?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly signature?: string;
    readonly formula?: string;
    readonly result?: string;
  }[];
  readonly note?: string;
}[];
/** Names that each module shows beside its classes: `Networks=Hardware.Networks`. */
export const TWIN_MODULES: Readonly<Record<string, readonly string[]>> = data.modules;
/** What `mlsys` itself shows. */
export const TOP_LEVEL: readonly string[] = data.exports;

const moduleOfClass = new Map(TWIN_CLASSES.map(cls => [cls.name, cls.module] as const));

/** The module that makes an entry, by each of its paths. */
const moduleOfPath = new Map(
  TWIN_ENTRIES.flatMap(entry => entry.paths.map(path => [path, moduleOfClass.get(entry.class)!] as const)),
);

/** What the Python sources find beside what they define. */
function surroundings(name: string): Value | undefined {
  if (name === 'pint') return builtinModule('pint');
  if (name === 'dataclass') return getAttribute(builtinModule('dataclasses')!, 'dataclass');
  return constants().get(name) ?? formula(name);
}

/** One module's classes, the objects made of them, and the namespaces that hold these. */
interface Built {
  readonly classes: ReadonlyMap<string, PyClass>;
  readonly objects: () => {
    readonly objects: ReadonlyMap<string, Value>;
    readonly spaces: ReadonlyMap<string, PyClass>;
  };
}

const built = new Map<string, Built>();

function moduleParts(module: string): Built {
  let known = built.get(module);
  if (known === undefined) {
    const source = TWIN_SOURCES.get(module);
    const defined = source === undefined ? [] : [...runLibrarySource(module, source, surroundings)];
    const classes = new Map(defined.filter((one): one is [string, PyClass] => one[1] instanceof PyClass));
    known = { classes, objects: lazily(() => makeObjects(module)) };
    built.set(module, known);
  }
  return known;
}

/** A field's value; `siblings` are the entries that its module has made so far. */
function resolve(form: FieldForm, siblings: ReadonlyMap<string, Value>): Value {
  if (typeof form === 'number') return Number.isInteger(form) ? BigInt(form) : form;
  if (typeof form !== 'object' || form === null) return form;
  if ('const' in form) return constants().get(form.const)!;
  if ('mag' in form) return quantityOf(form.mag, form.unit);
  if ('ref' in form) return siblings.get(form.ref) ?? twinAt(form.ref)!;
  if ('new' in form) return make(form.new, form.fields, siblings);
  if ('expr' in form) {
    const { expression } = parseExpression(form.expr);
    return compileExpression(expression!, 'mlsys', form.expr)(new MapGlobals(new Map(constants())));
  }
  return null;
}

function make(name: string, fields: Readonly<Record<string, FieldForm>>, siblings: ReadonlyMap<string, Value>): Value {
  const values = Object.entries(fields).map(([field, form]) => [field, resolve(form, siblings)] as const);
  return call(moduleParts(moduleOfClass.get(name)!).classes.get(name)!, [], new Map(values));
}

/** A module's entries under each of their paths, and the namespaces on the way there. */
function makeObjects(module: string) {
  const objects = new Map<string, Value>();
  const spaces = new Map<string, PyClass>();
  const space = (path: string): PyClass => {
    let known = spaces.get(path);
    if (known === undefined) {
      const dot = path.lastIndexOf('.');
      const name = path.slice(dot + 1);
      known = new PyClass(name, [objectClass], new Map<string, Value>([['__module__', 'mlsys']]), {
        native: true,
        module: 'mlsys',
      });
      spaces.set(path, known);
      if (dot >= 0) space(path.slice(0, dot)).attrs.set(name, known);
    }
    return known;
  };
  for (const entry of TWIN_ENTRIES) {
    if (moduleOfClass.get(entry.class) !== module) continue;
    const made = make(entry.class, entry.fields, objects);
    for (const path of entry.paths) {
      objects.set(path, made);
      const dot = path.lastIndexOf('.');
      space(path.slice(0, dot)).attrs.set(path.slice(dot + 1), made);
    }
  }
  // one and the same class under both of its names
  for (const name of ['Grids', 'Racks']) {
    const nested = spaces.get(`Datacenters.${name}`);
    if (nested !== undefined) spaces.set(name, nested);
  }
  return { objects, spaces };
}

/** The names of one of the package's modules: its classes and namespaces. */
export function twinNames(module: string): ReadonlyMap<string, Value> {
  return asLibrary(() => {
    const { classes, objects } = moduleParts(module);
    const names = new Map<string, Value>(classes);
    for (const item of entryOf(TWIN_MODULES, module) ?? []) {
      const [name, path] = item.split('=');
      const found = objects().spaces.get(path ?? name!);
      if (found !== undefined) names.set(name!, found);
    }
    return names;
  });
}

/** The twin of a path such as `Hardware.Cloud.A100`. */
export function twinAt(path: string): Value | undefined {
  const module = moduleOfPath.get(path);
  return module === undefined ? undefined : asLibrary(() => moduleParts(module).objects().objects.get(path));
}
