/** Twins: the classes, the entries of the data file as their instances, and the namespaces that hold them. */
import data from '../data/twins.json';
import { builtinModule } from '../modules/registry';
import { compileExpression } from '../python/compiler';
import { MapGlobals } from '../python/runtime/globals';
import { objectClass, PyClass, type Value } from '../python/runtime/objects';
import { call, getAttribute } from '../python/runtime/operations';
import { parseExpression } from '../python/syntax/program';
import { asLibrary, lazily } from './build';
import { runLibrarySource } from './compile';
import { constants, quantityOf } from './constants';
import { formulas } from './formulas';
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

/** Classes by name, each module's together with what it defines beside them. */
const classes: () => ReadonlyMap<string, Value> = lazily(() => {
  const made = new Map<string, Value>();
  const names: [string, Value][] = [
    ...constants(),
    ...formulas(),
    ['pint', builtinModule('pint')!],
    ['dataclass', getAttribute(builtinModule('dataclasses')!, 'dataclass')],
  ];
  for (const [module, source] of TWIN_SOURCES)
    for (const [name, value] of runLibrarySource(module, source, [...names, ...made]))
      if (value instanceof PyClass) made.set(name, value);
  return made;
});

function resolve(form: FieldForm, objects: ReadonlyMap<string, Value>): Value {
  if (typeof form === 'number') return Number.isInteger(form) ? BigInt(form) : form;
  if (typeof form !== 'object' || form === null) return form;
  if ('const' in form) return constants().get(form.const)!;
  if ('mag' in form) return quantityOf(form.mag, form.unit);
  if ('ref' in form) return objects.get(form.ref)!;
  if ('new' in form) return make(form.new, form.fields, objects);
  if ('expr' in form) {
    const { expression } = parseExpression(form.expr);
    return compileExpression(expression!, 'mlsys', form.expr)(new MapGlobals(new Map(constants())));
  }
  return null;
}

function make(cls: string, fields: Readonly<Record<string, FieldForm>>, objects: ReadonlyMap<string, Value>): Value {
  const values = Object.entries(fields).map(([name, form]) => [name, resolve(form, objects)] as const);
  return call(classes().get(cls)!, [], new Map(values));
}

/** Every entry under each of its paths, and the namespaces on the way there. */
const tree: () => { readonly objects: ReadonlyMap<string, Value>; readonly spaces: ReadonlyMap<string, PyClass> } =
  lazily(() => {
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
  });

/** The names of one of the package's modules: its classes and namespaces. */
export function twinNames(module: string): ReadonlyMap<string, Value> {
  return asLibrary(() => {
    const names = new Map<string, Value>();
    for (const [name, value] of classes())
      if (value instanceof PyClass && value.module === module) names.set(name, value);
    for (const item of TWIN_MODULES[module] ?? []) {
      const [name, path] = item.split('=');
      const found = tree().spaces.get(path ?? name!);
      if (found !== undefined) names.set(name!, found);
    }
    return names;
  });
}

/** The twin of a path such as `Hardware.Cloud.A100`. */
export function twinAt(path: string): Value | undefined {
  return tree().objects.get(path) ?? tree().spaces.get(path);
}
