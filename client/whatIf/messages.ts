/** What the panel of what is tried and its host say to each other. */
import type { CausePlace, WhatIfResult } from '../../server/protocol';

/** An assumption in the panel. */
export interface TriedRow {
  readonly name: string;
  readonly value: string;
  /** What the chapter says. */
  readonly was: string;
  readonly unit: string;
  /** Where the chapter says it. */
  readonly place?: CausePlace | undefined;
  /** The values at which guards fail, or come to hold. */
  readonly edges: readonly Edge[];
}

export interface Edge {
  /** `rate > 900 breaks`. */
  readonly text: string;
  readonly value: number;
  readonly breaks: boolean;
}

/** What follows from what is tried. */
export type Outcome = Pick<WhatIfResult, 'summary' | 'numbers' | 'guards' | 'findings' | 'problems'>;

/** A scenario, or the chapter as it is, in the comparison. */
export interface ScenarioColumn {
  readonly name: string;
  /** `eta = 0.5, count = 10`. */
  readonly values: string;
  readonly summary: string;
  /** By the rows of the comparison; null where it is as in the chapter. Messages are JSON, which has no undefined. */
  readonly readings: readonly (string | null)[];
}

/** Scenarios side by side: a row for each number or guard that differs in one of them. */
export interface Comparison {
  readonly rows: readonly { readonly label: string; readonly now: string; readonly place: CausePlace }[];
  readonly columns: readonly ScenarioColumn[];
  /** Rows that are left out. */
  readonly more: number;
}

/** To the panel. */
export type PanelMessage =
  /** The assumptions that are tried, all of them, and the names of the scenarios. `focus` is the one to be changed next. */
  | {
      readonly type: 'tried';
      readonly chapter: string;
      readonly rows: readonly TriedRow[];
      readonly scenarios: readonly string[];
      readonly focus?: string | undefined;
    }
  /** What follows from them; undefined where nothing is tried. `isWhole` is false as long as claims are looked for. */
  | { readonly type: 'outcome'; readonly outcome: Outcome | undefined; readonly isWhole: boolean }
  | { readonly type: 'comparison'; readonly comparison: Comparison };

/** From the panel. */
export type PanelRequest =
  | { readonly type: 'ready' }
  /** The reader wants another assumption, the one at the cursor. */
  | { readonly type: 'pick' }
  | { readonly type: 'set'; readonly name: string; readonly value: string }
  | { readonly type: 'drop'; readonly name: string }
  | { readonly type: 'go'; readonly place: CausePlace }
  | { readonly type: 'keep' }
  | { readonly type: 'discard' }
  /** What is tried is to have a name. */
  | { readonly type: 'save' }
  | { readonly type: 'try'; readonly scenario: string }
  | { readonly type: 'forget'; readonly scenario: string }
  /** The scenarios are to be compared, as the chapter is now. */
  | { readonly type: 'compare' };
