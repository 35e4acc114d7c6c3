/** What can be tried with other values: the numbers behind a name or a reference, and how it moves with each of them. */

import { givenTo, partsOf } from '../../mlsys';
import type { Analysis, Definition } from '../evaluation/analysis';
import type { NumericValue, PartRecord, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import type { Elasticity } from '../provenance/algebra';
import { computedBehind, isLeaf, leavesOf } from '../provenance/behind';
import { closedForm } from '../provenance/closedForm';
import { reachOf } from '../provenance/reach';
import { breakEvens } from './breakEven';
import type { Change } from './changes';
import type { Draft, Try } from './draft';
import { type FileTexts, NO_FILES } from './fileValues';
import { guardsIn, guardText } from './impact';
import { ownNumber } from './ownNumber';
import { findTarget, type Target, targetAt, targetIn, targetOf } from './targets';

/** A number that can be changed. */
export interface Assumption {
  /** The name that a `Change` gives. */
  readonly name: string;
  readonly number: number;
  readonly unit: string;
  readonly isInteger: boolean;
  /** What provenance knows of it; undefined for a number that no more than its place is known of. */
  readonly source: SourceRecord | undefined;
  readonly target: Target;
}

/** The numbers that the value of an expression ends in and that can be changed, each once, in order. */
export async function assumptionsOf(
  expr: string,
  seen: number,
  analysis: Analysis,
  files: FileTexts = NO_FILES,
): Promise<readonly Assumption[]> {
  const record = await analysis.provenanceAt(expr, seen);
  if (record === undefined) return [];
  const [first] = record.sources;
  const leaves = isLeaf(first!) ? [first!] : leavesOf(first!.formula, record);
  const found = new Map<string, Assumption>();
  for (const source of leaves) {
    const one = assumptionOfLeaf(source, analysis, files);
    if (one !== undefined) found.set(one.name, one);
  }
  for (const { place } of givenNumbers(record)) {
    const target = place && targetIn(place, analysis, files);
    const one = target && assumptionOfTarget(target);
    if (one !== undefined && !found.has(one.name)) found.set(one.name, one);
  }
  return [...found.values()];
}

function assumptionOfLeaf(source: SourceRecord, analysis: Analysis, files: FileTexts): Assumption | undefined {
  const target = targetOf(source, analysis, files);
  if (target === undefined) return undefined;
  const { number, shortUnit: unit = '', type } = source.value;
  // A package may have made another number of what a file holds.
  const isOther = source.data !== undefined && target.kind === 'file' && target.value.number !== number;
  if (number !== undefined && !isOther)
    return { name: target.name, number, unit, isInteger: type === 'int', source, target };
  // What a table holds is a text, of which the chapter makes a number.
  const own = type === 'str' || isOther ? assumptionOfTarget(target) : undefined;
  return own && { ...own, source };
}

function assumptionOfTarget(target: Target): Assumption | undefined {
  if (target.kind === 'definition') return undefined;
  const { number, isInteger } = target.kind === 'literal' ? target.literal : target.value;
  return { name: target.name, number, unit: '', isInteger, source: undefined, target };
}

/** What is changed by the number that stands at an offset; undefined where none does. */
export async function assumptionAt(offset: number, analysis: Analysis): Promise<Assumption | undefined> {
  const target = targetAt(offset, analysis);
  return target && (await assumptionOf(target, analysis));
}

/** The number that a target is; undefined where it is none. */
async function assumptionOf(target: Target, analysis: Analysis): Promise<Assumption | undefined> {
  if (target.kind !== 'definition') return assumptionOfTarget(target);
  const { name, cell } = target.definition;
  const found = await assumptionsOf(name, cell + 1, analysis);
  const [only, ...more] = found;
  // What a loop makes of a number ends in more than that.
  const isGone = !isLast(target.definition, analysis);
  const begun = isGone ? found.find(one => one.name === target.name) : undefined;
  if (begun !== undefined) return begun;
  if (only !== undefined && !isGone) return only.name === target.name && more.length === 0 ? only : undefined;
  // The default of a field is no attribute of its class.
  const own = ownNumber(target.definition, analysis);
  const source = analysis.cells[cell]!.program.source;
  const begin = target.definition.range.start;
  const unit = isGone ? analysis.cells[cell]!.bindingsOf(name).find(one => one.range.start === begin)?.value.unit : '';
  const written = own === undefined ? '' : source.slice(own.start, own.end).replaceAll('_', '');
  return written === '' || Number.isNaN(Number(written))
    ? undefined
    : {
        name: target.name,
        number: Number(written),
        unit: unit ?? '',
        isInteger: /^\d+$/.test(written),
        source: undefined,
        target,
      };
}

/** Numbers that calls which are not followed are given: `math.pow(1.05, years)`. */
function givenNumbers(record: ProvenanceRecord): (PartRecord & { readonly kind: 'literal' })[] {
  const found: (PartRecord & { readonly kind: 'literal' })[] = [];
  const look = (part: PartRecord): void => {
    // Digits that are shown are none of the number.
    if (part.kind === 'call' && !SHOWING.test(part.callee))
      for (const one of givenTo<PartRecord>(part))
        if (one.kind === 'literal' && one.value.number !== undefined) found.push(one);
    for (const one of partsOf<PartRecord>(part)) look(one);
  };
  const computed = computedBehind(record);
  const [first] = record.sources;
  const isWhole = computed?.source === undefined ? isLeaf(first!) : isLeaf(computed.source);
  const start = computed?.formula ?? first!.formula;
  if (start !== undefined && !isWhole) look(start);
  for (const source of record.sources)
    if (source !== record.sources[0] && source.formula !== undefined && !isLeaf(source)) look(source.formula);
  return found;
}

const SHOWING = /(?:^|[._])(?:round|fmt\w*|format\w*|quantize|check|Markdown)$/;

/** A number as Python reads it. */
export function pythonNumber(value: number, isInteger: boolean): string {
  if (isInteger) return String(Math.round(value));
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value).replace('e+', 'e');
}

// ---------------------------------------------------------------------------------------------------- sensitivity

export interface Sensitivity {
  readonly name: string;
  /** By how many percent the number moves where the assumption grows by one percent. */
  readonly elasticity: number;
}

/** The step up and down, as a share of the assumption. */
const STEP = 0.01;

/**
 * How much a number moves with each assumption, the strongest first: by the derivatives of its formula where that is closed,
 * else each is evaluated a hundredth up and down.
 */
export async function sensitivitiesOf(
  expr: string,
  seen: number,
  analysis: Analysis,
  tried: Try,
  files: FileTexts = NO_FILES,
): Promise<readonly Sensitivity[]> {
  const record = await analysis.provenanceAt(expr, seen);
  const computed = record && computedBehind(record);
  const now = computed?.value.number;
  if (record === undefined || computed === undefined || now === undefined || now === 0) return [];
  const closed = closedForm(computed, record);
  const elasticities = closed && (await import('../provenance/algebra')).elasticitiesOf(closed, now);
  const found = elasticities === undefined ? [] : byName(elasticities, analysis, files);
  const known = new Set(found.map(({ name }) => name));
  for (const { name, number, isInteger } of await assumptionsOf(expr, seen, analysis, files)) {
    if (known.has(name)) continue;
    const step = isInteger ? Math.max(1, Math.round(Math.abs(number) * STEP)) : Math.abs(number) * STEP;
    if (step === 0) continue;
    const at = async (value: number) => {
      const { after } = await tried([{ name, value: pythonNumber(value, isInteger) }]);
      return numberOf(expr, seen, after.analysis);
    };
    const [up, down] = [await at(number + step), await at(number - step)];
    if (up === undefined || down === undefined) continue;
    const elasticity = ((up - down) / now) * (number / (2 * step));
    found.push({ name, elasticity });
  }
  return strongestFirst(found);
}

/** Of leaves that are changed by one name, together. */
function byName(elasticities: readonly Elasticity[], analysis: Analysis, files: FileTexts): Sensitivity[] {
  const found = new Map<string, number>();
  for (const { source, elasticity } of elasticities) {
    const name = targetOf(source, analysis, files)?.name;
    if (name !== undefined) found.set(name, (found.get(name) ?? 0) + elasticity);
  }
  return [...found].map(([name, elasticity]) => ({ name, elasticity }));
}

/** Of equal ones, those that come first in the formula. */
function strongestFirst(found: readonly Sensitivity[]): readonly Sensitivity[] {
  return [...found].sort((a, b) => weight(b) - weight(a));
}

function weight({ elasticity }: Sensitivity): number {
  return Number(Math.abs(elasticity).toPrecision(6));
}

/** The number behind what an expression shows. */
async function numberOf(expr: string, seen: number, analysis: Analysis): Promise<NumericValue['number']> {
  const record = await analysis.provenanceAt(expr, seen);
  return record && computedBehind(record)?.value.number;
}

// ---------------------------------------------------------------------------------------------------- break-even

/** Thrown where a name is none of a number that can be changed; the message is for the author. */
export class NoAssumption extends Error {}

/** False for what is set again in its cell, or counted on (`x += 1`). */
function isLast({ name, cell, range }: Definition, analysis: Analysis): boolean {
  const within = analysis.cells[cell]!;
  const bound = within.bindingOf(name)?.range.start ?? range.start;
  return within.definitionsOf(name).at(-1)?.range.start === range.start && bound === range.start;
}

/** Where a guard ceases to hold, or comes to. */
export interface GuardEdge {
  readonly guard: string;
  readonly key: string;
  readonly holdsNow: boolean;
  /** The nearest values on both sides of the edge. */
  readonly holds: number;
  readonly fails: number;
}

interface EdgeOptions {
  /** A part of the conditions of those guards that are asked about. */
  readonly wanted?: string;
  readonly files?: FileTexts;
  /** What is tried beside it. */
  readonly others?: readonly Change[];
}

/**
 * The values of an assumption at which guards change what they say, nearest first on each side. Rejects with
 * `NoAssumption`.
 */
export async function edgesOf(
  name: string,
  analysis: Analysis,
  tried: Try,
  { wanted = '', files = NO_FILES, others = [] }: EdgeOptions = {},
): Promise<readonly GuardEdge[]> {
  const target = findTarget(name, analysis, files);
  if (typeof target === 'string') throw new NoAssumption(target);
  const assumption = await assumptionOf(target, analysis);
  if (assumption === undefined) throw new NoAssumption(`${name} is no number that can be changed.`);
  const beside = others.filter(one => one.name !== name && one.name !== assumption.name);
  const states = new Map<string, Promise<ReadonlyMap<string, boolean>>>();
  const statesAt = (value: number) => {
    const text = pythonNumber(value, assumption.isInteger);
    let known = states.get(text);
    if (known === undefined) {
      known = tried([...beside, { name: assumption.name, value: text }]).then(guardStates);
      states.set(text, known);
    }
    return known;
  };
  const found: GuardEdge[] = [];
  const seen = new Set<string>();
  const reached = reachedGuards(target, analysis);
  for (const { key, check } of guardsIn(analysis)) {
    const guard = guardText(check);
    if (seen.has(key) || reached?.has(check.range.start) === false || !guard.includes(wanted)) continue;
    seen.add(key);
    const edges = await breakEvens(assumption.number, async value => (await statesAt(value)).get(key));
    for (const { holds, fails } of edges) {
      const whole = (value: number) => (assumption.isInteger ? Math.round(value) : value);
      const holdsNow = beside.length === 0 ? check.passed : (await statesAt(assumption.number)).get(key) === true;
      found.push({ guard, key, holdsNow, holds: whole(holds), fails: whole(fails) });
    }
  }
  return found;
}

/** Where the guards stand that a name reaches; undefined where that is not known: then each is tried. */
function reachedGuards(target: Target, analysis: Analysis): ReadonlySet<number> | undefined {
  if (target.kind !== 'definition' || target.name !== target.definition.name) return undefined;
  // Statements before a loop read what there was.
  if (!isLast(target.definition, analysis)) return undefined;
  // Objects read the fields of their class under names of their own.
  const owner = analysis.definitionOf(target.name.slice(0, target.name.lastIndexOf('.')), analysis.cells.length);
  if (owner?.kind === 'class' && makesObjects(owner, analysis)) return undefined;
  const start = analysis.bindingOf(target.name, analysis.cells.length) ?? target.name;
  return new Set(reachOf(start, analysis).guards.map(({ check }) => check.range.start));
}

/** True for a class that has a decorator or a base: a data class, a model. */
function makesObjects({ cell, range }: Definition, analysis: Analysis): boolean {
  const { program, cell: own } = analysis.cells[cell]!;
  return program.module.body.some(
    one =>
      one.kind === 'ClassDef' &&
      one.name.start === own.toSource(range.start) &&
      (one.decorators.length > 0 || one.bases.length > 0),
  );
}

/** Whether each guard holds in a draft. */
function guardStates({ after, broken }: Draft): ReadonlyMap<string, boolean> {
  const states = new Map<string, boolean>();
  for (const { key, check } of guardsIn(after.analysis)) states.set(key, states.get(key) !== false && check.passed);
  for (const { key } of broken) states.set(key, false);
  return states;
}
