/** Quantities in the code of a cell: what an expression reads, what each of it is and where it came from. */
import { constantInfo, type Expression, type Module, nodeAt, pathOf, symbolIndex } from '../../mlsys';
import type { CellResult } from '../evaluation/analysis';
import type { RelatedPlace } from './finding';
import { numberOf } from './prose/behind';
import { shortNumber, type Unit, unitNamed } from './prose/numbers';

/** A name that an expression reads, with its value. */
export interface NamedQuantity {
  /** As written: `radio_rate`, `Link.bandwidth`. */
  readonly path: string;
  /** `3 KB/s` */
  readonly text: string;
  /** In pint's short form; undefined for a plain number. */
  readonly unit: string | undefined;
  /** Where it was made. */
  readonly place: RelatedPlace | undefined;
}

/** The expression of a cell at a place of its source, and the prefix (`Class.`) of the names in the class body around it. */
export function expressionAt(
  module: Module,
  span: { readonly start: number; readonly end: number },
): { readonly expression: Expression; readonly prefix: string } | undefined {
  const path = nodeAt(module, span.start);
  const found = path.find(node => 'kind' in node && node.start === span.start && node.end === span.end);
  if (found === undefined) return undefined;
  const classes = path.flatMap(node => ('kind' in node && node.kind === 'ClassDef' ? [`${node.name.name}.`] : []));
  return { expression: found as Expression, prefix: classes.join('') };
}

/** The names that an expression reads, each once, with what they were when the cell last bound them. */
export function quantitiesIn(cell: CellResult, { start, end }: Expression, prefix: string): readonly NamedQuantity[] {
  const found = new Map<string, NamedQuantity>();
  for (const { path: whole, span } of symbolIndex(cell.program.module).uses) {
    const path = prefix !== '' && whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
    if (span.start < start || span.end > end || found.has(path)) continue;
    const quantity = quantityOf(cell, path, prefix);
    if (quantity !== undefined) found.set(path, quantity);
  }
  return [...found.values()];
}

/** The names and dotted paths that an expression reads, each once. */
export function pathsIn(module: Module, { start, end }: Expression): readonly string[] {
  const inside = symbolIndex(module).uses.filter(({ span }) => span.start >= start && span.end <= end);
  return [...new Set(inside.map(({ path }) => path))];
}

/** The quantities that a cell bound at the same level. */
export function quantitiesBeside(cell: CellResult, prefix: string): readonly NamedQuantity[] {
  const { run } = cell;
  const names =
    prefix === '' ? (run?.bound ?? []) : symbolIndex(cell.program.module).definitions.all.map(({ name }) => name);
  return [...new Set(names)].flatMap(name => {
    if (!name.startsWith(prefix) || name.slice(prefix.length).includes('.')) return [];
    const found = quantityOf(cell, name.slice(prefix.length), prefix);
    return found?.unit === undefined ? [] : [found];
  });
}

/** What a name is in a class body of a cell, or in the cell. */
export function quantityOf(cell: CellResult, path: string, prefix: string): NamedQuantity | undefined {
  // Of a class whose body failed, no name is bound.
  const made = (name: string) =>
    cell.bindingOf(name) ?? (cell.status === 'ok' ? undefined : cell.bindingsOf(name).at(-1));
  const binding = made(prefix + path) ?? made(path);
  if (binding !== undefined) {
    const number = numberOf(binding.value.repr);
    if (number === undefined) return undefined;
    const { unit } = binding.value;
    const text = unit === undefined ? shortNumber(number) : `${shortNumber(number)} ${unit}`;
    return { path, text, unit, place: { range: binding.range, message: `\`${path}\` is ${text}` } };
  }
  const constant = constantInfo(path);
  if (constant?.magnitude === undefined) return undefined;
  return { path, text: constant.text, unit: constant.unit, place: undefined };
}

/** A unit in pint's short form, where sentences have it as well. */
export function unitOf({ unit }: NamedQuantity): Unit | undefined {
  return unit === undefined
    ? undefined
    : unitNamed(
        unit
          .split('/')
          .map(part => SHORT[part] ?? part)
          .join('/'),
      );
}

/** Short forms of pint's that no sentence has. */
const SHORT: Readonly<Record<string, string>> = { d: 'day', dollar: '$', US: 'µs', MS: 'ms', NS: 'ns' };

/** A factor that an expression divides or multiplies by: a literal, or a constant of the library without a unit. */
export function plainFactor(node: Expression): number | undefined {
  if (node.kind === 'Constant')
    return typeof node.value === 'number' || typeof node.value === 'bigint' ? Number(node.value) : undefined;
  const path = pathOf(node);
  const constant = path === undefined ? undefined : constantInfo(path);
  const value = constant?.unit === undefined ? Number(constant?.text) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}
