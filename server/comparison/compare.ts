/** The numbers of two versions of a chapter: which are others now, and why. */

import { failureText } from '../diagnostics/faults';
import type { Analysis, CellResult, CheckOutcome, RefResult } from '../evaluation/analysis';
import {
  type Cause,
  causesOf,
  cellName,
  changedLines,
  MOST_CAUSES,
  type Place,
  placeInChapter,
  type Version,
} from './causes';
import { formerCells } from './cells';
import { matchRefs } from './matching';
import { type Placed, placedRefs, shownBy } from './sentences';

/** A stretch of a sentence: words or a number that stayed, or a number that is another one. */
export type ChangePart = { readonly text: string } | ChangedNumber;

export interface ChangedNumber {
  readonly expression: string;
  /** As it read; undefined where it had no value, or was not there. */
  readonly before?: string;
  readonly now?: string;
}

export interface ChangedSentence {
  /** In the present text; of a sentence that is gone, in the former one. */
  readonly place: Place;
  readonly parts: readonly ChangePart[];
  readonly causes: readonly Cause[];
}

export interface ChangedGuard {
  readonly place: Place;
  /** The condition, or the message where a function made the check. */
  readonly guard: string;
  /** What it compares, or why it fails. */
  readonly detail: string;
  readonly holds: boolean;
  readonly causes: readonly Cause[];
}

/** What differs between two versions. */
export interface NumberDiff {
  /** Sentences in which a number is another one. */
  readonly changed: readonly ChangedSentence[];
  /** Sentences with references that the other version has not. */
  readonly appeared: readonly ChangedSentence[];
  readonly vanished: readonly ChangedSentence[];
  /** Guards that hold and did not, or fail and did not. */
  readonly guards: readonly ChangedGuard[];
  /** Cells that fail and did not, or run and did not. */
  readonly cells: readonly ChangedGuard[];
}

/** Two versions in which nothing differs. */
export const NOTHING: NumberDiff = { changed: [], appeared: [], vanished: [], guards: [], cells: [] };

/** True where nothing differs. */
export function isSame(diff: NumberDiff): boolean {
  return Object.values(diff).every((part: readonly unknown[]) => part.length === 0);
}

/** Compares two versions of a chapter. */
export async function compareNumbers(before: Version, now: Version): Promise<NumberDiff> {
  const causes = new KnownCauses({ before, now });
  const matched = matchRefs(placedRefs(before.analysis), placedRefs(now.analysis));
  const formerly = new Map(matched.pairs.map(pair => [pair.now.result, pair.before.result]));
  const isOther = ({ before: one, now: other }: (typeof matched.pairs)[number]) =>
    shownBy(one.result) !== shownBy(other.result);
  const changed: ChangedSentence[] = [];
  for (const group of bySentence(matched.pairs.filter(isOther).map(pair => pair.now))) {
    const told = new Map<string, Cause>();
    for (const { result } of group)
      for (const cause of await causes.of(formerly.get(result)!, result)) {
        const key = keyOf(cause);
        if (!told.has(key)) told.set(key, cause);
      }
    const results = new Set(group.map(({ result }) => result));
    changed.push({
      place: placeInChapter(group[0]!.result.ref.range, now.analysis),
      parts: partsOf(group[0]!, result => {
        if (!results.has(result)) return undefined;
        const was = shownBy(formerly.get(result)!);
        const is = shownBy(result);
        return { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { now: is }) };
      }),
      causes: [...told.values()],
    });
  }
  return {
    changed,
    appeared: alone(matched.appeared, now.analysis, text => ({ now: text })),
    vanished: alone(matched.vanished, before.analysis, text => ({ before: text })),
    guards: changedGuards(before.analysis, now.analysis),
    cells: changedCells(before.analysis, now.analysis),
  };
}

/** One line that made several numbers of a sentence others is told once, by the first of these. */
function keyOf(cause: Cause): string {
  return JSON.stringify(cause.place === undefined ? cause : { ...cause, name: '' });
}

/** Causes by what the references name: what many sentences show is looked into once. */
class KnownCauses {
  readonly #versions: Parameters<typeof causesOf>[2];
  readonly #known = new Map<string, Promise<readonly Cause[]>>();

  constructor(versions: Parameters<typeof causesOf>[2]) {
    this.#versions = versions;
  }

  of(before: RefResult, now: RefResult): Promise<readonly Cause[]> {
    if (before.binding === undefined || now.binding === undefined) return causesOf(before, now, this.#versions);
    const key = [before, now].map(({ ref, binding, doubt }) => [ref.expr.trim(), binding!.range.start, doubt?.line]);
    const name = JSON.stringify(key);
    let found = this.#known.get(name);
    if (found === undefined) {
      found = causesOf(before, now, this.#versions);
      this.#known.set(name, found);
    }
    return found;
  }
}

/** References of one sentence together, in order. */
function bySentence(all: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups = new Map<object, Placed[]>();
  for (const one of all) {
    const group = groups.get(one.sentence);
    if (group === undefined) groups.set(one.sentence, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** The sentence of a reference; `numbers` tells of those that are not as they were. */
function partsOf(
  { sentence }: Placed,
  numbers: (result: Placed['result']) => Omit<ChangedNumber, 'expression'> | undefined,
): readonly ChangePart[] {
  const parts: ChangePart[] = [];
  for (const part of sentence.parts) {
    const number = 'ref' in part ? numbers(part.ref) : undefined;
    if ('ref' in part && number !== undefined) {
      parts.push({ expression: part.ref.ref.expr.trim(), ...number });
      continue;
    }
    const text = 'ref' in part ? (shownBy(part.ref) ?? '…') : part.text.replaceAll('\ufffc', '…');
    const last = parts.at(-1);
    if (last !== undefined && 'text' in last) parts[parts.length - 1] = { text: last.text + text };
    else parts.push({ text });
  }
  return parts;
}

/** Sentences with references that one version alone has. */
function alone(
  all: readonly Placed[],
  analysis: Analysis,
  tell: (text: string) => Omit<ChangedNumber, 'expression'>,
): readonly ChangedSentence[] {
  return bySentence(all).map(group => {
    const results = new Set(group.map(({ result }) => result));
    return {
      place: placeInChapter(group[0]!.result.ref.range, analysis),
      parts: partsOf(group[0]!, result => {
        const text = shownBy(result);
        return results.has(result) ? (text === undefined ? {} : tell(text)) : undefined;
      }),
      causes: [],
    };
  });
}

interface GuardAt {
  readonly cell: CellResult;
  readonly check: CheckOutcome;
}

/** Guards by their conditions, those of one condition told apart by their order. */
function guardsOf(analysis: Analysis): ReadonlyMap<string, GuardAt> {
  const counts = new Map<string, number>();
  const found = new Map<string, GuardAt>();
  for (const cell of analysis.cells)
    for (const check of cell.checks) {
      const name = check.condition?.text ?? withoutNumbers(check.message);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      found.set(`${count} ${name}`, { cell, check });
    }
  return found;
}

function withoutNumbers(message: string): string {
  return message.replaceAll(/\d[\d.,e+-]*/gi, '0');
}

/** Guards that turned; one that is new counts where it fails. */
function changedGuards(before: Analysis, now: Analysis): readonly ChangedGuard[] {
  const olds = guardsOf(before);
  return [...guardsOf(now)].flatMap(([key, { cell, check }]): ChangedGuard[] => {
    if ((olds.get(key)?.check.passed ?? true) === check.passed) return [];
    const compared = (check.condition?.comparisons ?? []).map(
      ({ left, operator, right }) => `${left} ${operator} ${right}`,
    );
    const numbers = compared.length === 0 ? '' : ` (${compared.join(', ')})`;
    return [
      {
        place: placeInChapter(check.range, now),
        guard: check.condition?.text ?? check.message,
        detail: check.passed ? compared.join(', ') : `${check.message}${numbers}`,
        holds: check.passed,
        causes: changedLines([cell.cell.index], before, now).slice(0, MOST_CAUSES),
      },
    ];
  });
}

function changedCells(before: Analysis, now: Analysis): readonly ChangedGuard[] {
  const former = formerCells(before, now);
  return now.cells.flatMap((cell): ChangedGuard[] => {
    const old = former.get(cell.cell.index);
    const isFailed = hasFailed(cell);
    if (isFailed === (old === undefined ? false : hasFailed(old))) return [];
    // What ends with a guard, the guard tells.
    if ((isFailed ? cell : old)?.fault?.guard === true) return [];
    return [
      {
        place: placeInChapter(cell.cell.fenceRange, now),
        guard: cellName(cell),
        detail: isFailed ? failureText(cell) : 'runs to its end',
        holds: !isFailed,
        causes: isFailed ? changedLines([cell.cell.index], before, now).slice(0, MOST_CAUSES) : [],
      },
    ];
  });
}

/** True for a cell that did not come to its end, and not for want of another one or by the author's wish. */
function hasFailed({ status }: CellResult): boolean {
  return status !== 'ok' && status !== 'skipped' && status !== 'blocked';
}
