/**
 * One quantity that has different values in different chapters: names that say what they are of (`gpt3_params_b`, `GPT3Training.eta`,
 * constants that are imported), with the same unit. Names that any scenario may use (`n`, `batch_size`) say nothing, and are left out.
 */
import { groupBy } from '../../mlsys';
import { readName, splitName } from '../diagnostics/prose/subject';
import type { Analysis, BindingInfo } from '../evaluation/analysis';
import type { ValueInfo } from '../evaluation/results';
import { type Place, placeInChapter } from './causes';

/** What a chapter says a quantity is. */
export interface Quantity {
  readonly name: string;
  /** `assumption`: written there as a number; `constant`: imported; `computed`: made of others. */
  readonly kind: 'assumption' | 'constant' | 'computed';
  readonly number: number;
  /** Empty for a plain number. */
  readonly unit: string;
  /** The number with its unit. */
  readonly text: string;
  /** The class, or the cell, that it belongs to. */
  readonly home: string;
  readonly place: Place;
}

/** A quantity with more than one value. */
export interface Disagreement<Chapter> {
  readonly name: string;
  /** In the order of the chapters. */
  readonly values: readonly (Quantity & { readonly chapter: Chapter })[];
}

/** The quantities of a chapter that others may name as well. May throw `DetailsMissing`. */
export function quantitiesIn(analysis: Analysis): readonly Quantity[] {
  const found = new Map<string, Quantity[]>();
  const add = (one: Quantity): void => {
    found.set(one.name, [...(found.get(one.name) ?? []), one]);
  };
  for (const cell of analysis.cells)
    if (cell.status === 'ok' && !cell.stale)
      for (const binding of cell.bindings)
        if (binding.kind !== 'import' && isSpecific(binding.name))
          for (const one of quantityOf(binding, analysis)) add(one);
  for (const [name, { from, range, cell }] of analysis.exportsAt(analysis.cells.length)) {
    if (from === undefined || !/^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(name)) continue;
    const measured = measuredOf(analysis.valueAt(name, analysis.cells.length));
    const place = placeInChapter(range, analysis);
    if (measured !== undefined) add({ name, kind: 'constant', ...measured, home: `cell ${cell}`, place });
  }
  // A name with several values in one chapter is no quantity.
  return [...found.values()].flatMap(([first, ...more]) =>
    first !== undefined && more.every(one => isSame(one, first)) ? [first] : [],
  );
}

function* quantityOf(binding: BindingInfo, analysis: Analysis): Iterable<Quantity> {
  const measured = measuredOf(binding.value);
  if (measured === undefined) return;
  const { name, cell, range, reads } = binding;
  yield {
    name,
    kind: reads.some(({ value }) => isData(value)) ? 'computed' : 'assumption',
    ...measured,
    home: name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : `cell ${cell}`,
    place: placeInChapter(range, analysis),
  };
}

/** Types of what is no value of its own: a unit, a function. */
const TOOLS: ReadonlySet<string> = new Set([
  'Unit',
  'UnitRegistry',
  'function',
  'builtin_function_or_method',
  'method',
]);

function isData({ kind, type }: ValueInfo): boolean {
  return kind === 'other' && !TOOLS.has(type);
}

function measuredOf(value: ValueInfo | undefined): Pick<Quantity, 'number' | 'unit' | 'text'> | undefined {
  if (value === undefined || value.unknown !== undefined) return undefined;
  const { repr, type, unit = '' } = value;
  const isPlain = type === 'int' || type === 'float';
  const digits = isPlain ? repr : /^<Quantity\(([-+\d.e]+), '/.exec(repr)?.[1];
  const number = Number(digits);
  // Zero and one are switches as often as quantities.
  if (digits === undefined || !Number.isFinite(number) || number === 0 || number === 1) return undefined;
  return { number, unit, text: unit === '' ? digits : `${digits} ${unit}` };
}

/** True for a name that says what it is of: a model or a machine (`gpt3`, `a100`), or a class that is called by two words. */
function isSpecific(name: string): boolean {
  const dot = name.lastIndexOf('.');
  const { parts } = readName(name.slice(dot + 1));
  if (parts.length === 0 || name.slice(dot + 1).startsWith('_')) return false;
  const owner = dot < 0 ? [] : splitName(name.slice(0, dot));
  if (owner.length > 1) return true;
  return owner.length + parts.length > 1 && [...owner, ...parts].some(part => /^[a-z]+\d+[a-z]*$/.test(part));
}

/** Quantities that chapters do not agree on, by name. What is computed is told only where no assumption beside it differs. */
export function disagreements<Chapter>(
  chapters: readonly { readonly chapter: Chapter; readonly quantities: readonly Quantity[] }[],
): readonly Disagreement<Chapter>[] {
  const named = groupBy(
    chapters.flatMap(({ chapter, quantities }) => quantities.map(quantity => ({ ...quantity, chapter }))),
    ({ name, unit }) => `${name} ${unit}`,
  );
  const places = new Map(chapters.map(({ chapter }, at) => [chapter, at]));
  const differing = [...named.values()].filter(([first, ...more]) => more.some(one => !isSame(one, first!)));
  const given = differing.filter(values => values.some(({ kind }) => kind !== 'computed'));
  const explained = new Set(given.flatMap(values => values.map(homeOf)));
  const computed = differing.filter(values =>
    values.every(value => value.kind === 'computed' && !explained.has(homeOf(value))),
  );
  return [...given, ...computed]
    .map(values => ({ name: values[0]!.name, values }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

  function homeOf({ chapter, home }: Disagreement<Chapter>['values'][number]): string {
    return `${places.get(chapter)} ${home}`;
  }
}

/** True for one value, be it rounded in one of the places. */
function isSame(a: Quantity, b: Quantity): boolean {
  return a.unit === b.unit && (isClose(a.number, b.number) || isRounded(a, b) || isRounded(b, a));
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** True where the first is the second with fewer digits, of which two at least are left. */
function isRounded({ number, text }: Quantity, of: Quantity): boolean {
  const digits = text.split(' ', 1)[0]!.split('e', 1)[0]!.replaceAll(/[^\d]/g, '').replace(/^0+/, '');
  const significant = text.includes('.') ? digits.length : digits.replace(/0+$/, '').length;
  return significant > 1 && isClose(Number(of.number.toPrecision(Math.min(significant, 21))), number);
}
