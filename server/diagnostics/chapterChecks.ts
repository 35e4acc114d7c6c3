/**
 * Runs the checks that look at a whole chapter with its values. After an edit, only those run again of which something that
 * they read is another one.
 */
import type { Analysis } from '../evaluation/analysis';
import { sameData } from '../evaluation/sameData';
import { drained } from '../evaluation/steps';
import type { RuleDraft } from './consequences';
import { type Dependency, Recorder } from './recording';
import { type Move, moveBetween, movedDrafts, plainDraft } from './relocatedDrafts';
import type { Rule } from './rule';
import { SAME } from './sameness';

/** What a check found and read. */
interface Kept {
  readonly drafts: readonly RuleDraft[];
  readonly reads: ReadonlySet<Dependency>;
  /** True for what an earlier version gave, whose check was put off. */
  readonly isOld?: boolean;
}

/** What is to be done of one rule for a version. */
interface Task {
  readonly rule: Rule;
  /** What the last version gave, where that can stand in the present text. */
  readonly moved: readonly RuleDraft[] | undefined;
  readonly state: 'kept' | 'putOff' | 'due';
}

/** The checks that one version asked for, with what the due ones found. */
interface Prepared {
  readonly analysis: Analysis;
  readonly tasks: readonly Task[];
  readonly found: ReadonlyMap<Rule, Kept>;
}

/** A check that was put off, one finding at a step; it tells whether it found anything else than what stood until then. */
export type PutOff = () => Generator<void, boolean>;

const NO_READS: ReadonlySet<Dependency> = new Set();

export class ChapterChecks {
  readonly #rules: readonly Rule[];
  readonly #kept = new Map<Rule, Kept>();
  #last: Analysis | undefined;
  #prepared: Prepared | undefined;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter(rule => rule.chapter !== undefined);
  }

  /** Makes the checks that `run` asks for, one finding at a step, so that it finds them made. Throws as `run` does. */
  *preparing(analysis: Analysis, atOnce: number): Generator<void, void> {
    const tasks = this.#tasks(analysis, atOnce);
    const found = new Map<Rule, Kept>();
    for (const { rule, state } of tasks) if (state === 'due') found.set(rule, yield* checkingOf(rule, analysis));
    this.#prepared = { analysis, tasks, found };
  }

  /**
   * What the rules find in a version. Those that can wait are put off where it has more than `atOnce` cells, and what they
   * found before stands. Throws `DetailsMissing` where a rule needs details of a run that are not there yet.
   */
  run(analysis: Analysis, atOnce: number): { readonly drafts: readonly RuleDraft[]; readonly left: readonly PutOff[] } {
    const prepared = this.#prepared?.analysis === analysis ? this.#prepared : undefined;
    this.#prepared = undefined;
    const drafts: RuleDraft[] = [];
    const left: PutOff[] = [];
    try {
      for (const { rule, moved, state } of prepared?.tasks ?? this.#tasks(analysis, atOnce)) {
        const check = () => prepared?.found.get(rule) ?? drained(checkingOf(rule, analysis));
        const kept = this.#outcomeOf(rule, state, moved, check);
        this.#kept.set(rule, kept);
        for (const one of kept.drafts) drafts.push(one);
        if (state === 'putOff') left.push(() => this.#laterCheck(rule, analysis, kept));
      }
    } catch (error) {
      // What was found is of two versions now.
      this.#kept.clear();
      this.#last = undefined;
      throw error;
    }
    this.#last = analysis;
    return { drafts, left };
  }

  /**
   * What is found while what stands from `pendingFrom` on is still evaluated: new findings before it, and below it those of
   * the last version. Throws as `run` does.
   */
  runAhead(analysis: Analysis, pendingFrom: number): readonly RuleDraft[] {
    const before = this.#last;
    const move = before && moveBetween(before.chapter, analysis.chapter);
    return this.#rules.flatMap(rule => {
      const known = this.#kept.get(rule)?.drafts ?? [];
      const moved = (known.length === 0 || move === undefined ? known : movedDrafts(known, move)) ?? [];
      if (rule.canWait === true) return moved;
      const now = drained(checkingOf(rule, analysis)).drafts;
      return [
        ...now.filter(({ draft }) => draft.range.start < pendingFrom),
        ...moved.filter(({ draft }) => draft.range.start >= pendingFrom),
      ];
    });
  }

  #tasks(analysis: Analysis, atOnce: number): readonly Task[] {
    const before = this.#last;
    const compared = new Map<Dependency, boolean>();
    const same = (part: Dependency): boolean => {
      let found = compared.get(part);
      if (found === undefined) {
        found = before !== undefined && SAME[part](before, analysis);
        compared.set(part, found);
      }
      return found;
    };
    let move: Move | undefined;
    return this.#rules.map(rule => {
      const known = this.#kept.get(rule);
      let moved = known?.drafts;
      if (moved !== undefined && moved.length > 0) {
        move ??= moveBetween(before!.chapter, analysis.chapter);
        moved = movedDrafts(moved, move);
      }
      const isKept = moved !== undefined && known?.isOld !== true && [...known!.reads].every(same);
      const waits = rule.canWait === true && analysis.cells.length > atOnce;
      return { rule, moved, state: isKept ? 'kept' : waits ? 'putOff' : 'due' };
    });
  }

  #outcomeOf(rule: Rule, state: Task['state'], moved: Task['moved'], check: () => Kept): Kept {
    if (state === 'kept') return { drafts: moved!, reads: this.#kept.get(rule)!.reads };
    return state === 'putOff' ? { drafts: moved ?? [], reads: NO_READS, isOld: true } : check();
  }

  *#laterCheck(rule: Rule, analysis: Analysis, before: Kept): Generator<void, boolean> {
    const found = yield* checkingOf(rule, analysis);
    this.#kept.set(rule, found);
    return !sameData(found.drafts, before.drafts);
  }
}

/** One finding at a step. */
function* checkingOf(rule: Rule, analysis: Analysis): Generator<void, Kept> {
  const { recorder, view } = Recorder.ofChapter(analysis);
  const drafts: RuleDraft[] = [];
  for (const draft of rule.chapter!(view)) {
    drafts.push({ rule, draft: plainDraft(draft, recorder) });
    yield;
  }
  return { drafts, reads: recorder.reads };
}
