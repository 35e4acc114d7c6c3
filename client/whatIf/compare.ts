/** Scenarios side by side. */
import type { CausePlace, WhatIfResult } from '../../server/protocol';
import type { Comparison } from './messages';
import type { Tried } from './session';

/** So many rows are shown. */
const MOST_ROWS = 60;
const NO_VALUE = 'no value';

export interface NamedOutcome {
  readonly name: string;
  readonly tried: readonly Tried[];
  /** Undefined where it cannot be evaluated. */
  readonly result: WhatIfResult | undefined;
}

/** A row for each number that reads otherwise in one of them, and for each guard that turns. */
export function compareScenarios(scenarios: readonly NamedOutcome[]): Comparison {
  const rows = new Map<string, { readonly label: string; readonly now: string; readonly place: CausePlace }>();
  const readings = scenarios.map(({ result }) => {
    const told = new Map<string, string>();
    const tell = (key: string, label: string, now: string, then: string, place: CausePlace): void => {
      if (!rows.has(key)) rows.set(key, { label, now, place });
      told.set(key, then);
    };
    for (const { text, holds, place } of result?.guards ?? [])
      tell(`guard ${text}`, text, holds ? 'breaks' : 'holds', holds ? 'holds' : 'breaks', place);
    // A name that is shown again reads the same, unless it was made again in between.
    for (const { expr, before = NO_VALUE, after = NO_VALUE, place } of result?.numbers ?? [])
      tell(`${expr} ${before}`, expr, before, after, place);
    return told;
  });
  const keys = [...rows.keys()].slice(0, MOST_ROWS);
  return {
    rows: keys.map(key => rows.get(key)!),
    columns: scenarios.map(({ name, tried, result }, at) => ({
      name,
      values: tried.map(one => `${lastOf(one.name)} = ${one.value}`).join(', '),
      summary: result?.summary ?? 'It cannot be evaluated',
      readings: keys.map(key => readings[at]!.get(key) ?? null),
    })),
    more: rows.size - keys.length,
  };
}

/** Of `Class.attr` what tells it from the others. */
function lastOf(name: string): string {
  // Of a data file, what stands behind its name.
  const own = name.slice(name.lastIndexOf(': ') + 1).trim();
  return own.slice(own.lastIndexOf('.') + 1);
}
