/** What can be tried with other values: the numbers behind a name or a reference, and how it moves with each of them. */
import type { Analysis } from '../evaluation/analysis';
import type { NumericValue, SourceRecord } from '../evaluation/provenance';
import type { Elasticity } from '../provenance/algebra';
import { computedBehind, isLeaf, leavesOf } from '../provenance/behind';
import { closedForm } from '../provenance/closedForm';
import { reachOf } from '../provenance/reach';
import { breakEvens } from './breakEven';
import { findDefinition } from './changes';
import type { Draft, Try } from './draft';
import { guardsIn, guardText } from './impact';

/** A number that can be changed. */
export interface Assumption {
  /** The name that a `Change` gives. */
  readonly name: string;
  readonly number: number;
  readonly unit: string;
  readonly isInteger: boolean;
  readonly source: SourceRecord;
}

/** The numbers that the value of an expression ends in and that can be changed, each once, in order. */
export async function assumptionsOf(expr: string, seen: number, analysis: Analysis): Promise<readonly Assumption[]> {
  const record = await analysis.provenanceAt(expr, seen);
  if (record === undefined) return [];
  const [first] = record.sources;
  const leaves = isLeaf(first!) ? [first!] : leavesOf(first!.formula, record);
  const found = new Map<string, Assumption>();
  for (const source of leaves) {
    const name = changeableName(source, analysis);
    const { number, shortUnit = '', type } = source.value;
    if (name !== undefined && number !== undefined)
      found.set(name, { name, number, unit: shortUnit, isInteger: type === 'int', source });
  }
  return [...found.values()];
}

/** The name by which a leaf can be changed; undefined where no cell sets or imports it. */
function changeableName({ name, kind, constant }: SourceRecord, analysis: Analysis): string | undefined {
  if (kind !== 'assumption' && kind !== 'constant') return undefined;
  const found = findDefinition(constant ?? name, analysis);
  return typeof found === 'string' ? undefined : found.name;
}

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
): Promise<readonly Sensitivity[]> {
  const record = await analysis.provenanceAt(expr, seen);
  const computed = record && computedBehind(record);
  const now = computed?.value.number;
  if (record === undefined || computed === undefined || now === undefined || now === 0) return [];
  const closed = closedForm(computed, record);
  const elasticities = closed && (await import('../provenance/algebra')).elasticitiesOf(closed, now);
  if (elasticities !== undefined) return strongestFirst(byName(elasticities, analysis));
  const found: Sensitivity[] = [];
  for (const { name, number, isInteger } of await assumptionsOf(expr, seen, analysis)) {
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
function byName(elasticities: readonly Elasticity[], analysis: Analysis): Sensitivity[] {
  const found = new Map<string, number>();
  for (const { source, elasticity } of elasticities) {
    const name = changeableName(source, analysis);
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

/** Where a guard ceases to hold, or comes to. */
export interface GuardEdge {
  readonly guard: string;
  readonly key: string;
  readonly holdsNow: boolean;
  /** The nearest values on both sides of the edge. */
  readonly holds: number;
  readonly fails: number;
}

/**
 * The values of an assumption at which guards change what they say, nearest first on each side. `wanted` chooses guards by a part
 * of their condition. Rejects with `NoAssumption`.
 */
export async function edgesOf(
  name: string,
  analysis: Analysis,
  tried: Try,
  wanted = '',
): Promise<readonly GuardEdge[]> {
  const definition = findDefinition(name, analysis);
  if (typeof definition === 'string') throw new NoAssumption(definition);
  const [assumption, ...more] = await assumptionsOf(definition.name, analysis.cells.length, analysis);
  if (assumption === undefined || more.length > 0 || assumption.name !== definition.name)
    throw new NoAssumption(`${name} is no number that can be changed.`);
  const states = new Map<string, Promise<ReadonlyMap<string, boolean>>>();
  const statesAt = (value: number) => {
    const text = pythonNumber(value, assumption.isInteger);
    let known = states.get(text);
    if (known === undefined) {
      known = tried([{ name: assumption.name, value: text }]).then(guardStates);
      states.set(text, known);
    }
    return known;
  };
  const found: GuardEdge[] = [];
  const seen = new Set<string>();
  const reached = new Set(reachedGuards(assumption.name, analysis));
  for (const { key, check } of guardsIn(analysis)) {
    const guard = guardText(check);
    if (seen.has(key) || !reached.has(check.range.start) || !guard.includes(wanted)) continue;
    seen.add(key);
    const edges = await breakEvens(assumption.number, async value => (await statesAt(value)).get(key));
    for (const { holds, fails } of edges) {
      const whole = (value: number) => (assumption.isInteger ? Math.round(value) : value);
      found.push({ guard, key, holdsNow: check.passed, holds: whole(holds), fails: whole(fails) });
    }
  }
  return found;
}

/** Where the guards stand that a name reaches. */
function reachedGuards(name: string, analysis: Analysis): number[] {
  const start = analysis.bindingOf(name, analysis.cells.length) ?? name;
  return reachOf(start, analysis).guards.map(({ check }) => check.range.start);
}

/** Whether each guard holds in a draft. */
function guardStates({ after, broken }: Draft): ReadonlyMap<string, boolean> {
  const states = new Map<string, boolean>();
  for (const { key, check } of guardsIn(after.analysis)) states.set(key, states.get(key) !== false && check.passed);
  for (const { key } of broken) states.set(key, false);
  return states;
}
