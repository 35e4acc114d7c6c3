/**
 * The results of one chapter on the side that shows them: sends what of the chapter is evaluated, takes the records that
 * come back, and makes analyses of them.
 */
import type { ModuleSource } from '../../mlsys';
import type { Chapter } from '../chapter/model';
import type { Analysis, RefGroupOutcome, RefRun } from './analysis';
import { changeOf, type InputChange, type InputItem, type Tracked } from './input';
import { ModuleIndex } from './moduleIndex';
import type { ProvenanceExtent, ProvenanceRecord } from './provenance';
import { ProvenanceMemo } from './provenanceMemo';
import { RecordedRun } from './recordedRun';
import { groupOutcome, pendingOutcome } from './refView';
import type { CellRecord, DetailsRecord, ModuleRecord, PartialResults, Results, ValueMembers } from './results';
import { sameData, sameList } from './sameData';
import { Snapshot } from './snapshot';

/** What is known of a cell or a group; an item keeps its holder through all versions. */
interface Holder {
  run: RecordedRun | undefined;
  outcome: RefGroupOutcome | undefined;
}

interface Entry extends Tracked {
  readonly holder: Holder;
}

/** A version that is being evaluated: what is to be known of its cells and groups. */
class Sent {
  readonly cells: readonly SentCell[];
  readonly groups: readonly Holder[];
  /** How many of its first items later versions have kept as they are. */
  kept = Number.POSITIVE_INFINITY;
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    const cells: SentCell[] = [];
    const groups: Holder[] = [];
    for (const { item, holder } of entries)
      if (item.kind === 'cell') cells.push({ holder, item });
      else groups.push(holder);
    this.cells = cells;
    this.groups = groups;
  }

  /** How many of its first items are known while a part of it runs. */
  itemsBefore({ at, kind }: PartialResults['until'] & {}): number {
    let cells = 0;
    for (const [index, { item }] of this.#entries.entries())
      if (item.kind === 'cell') {
        if (cells === at) return index;
        cells++;
      } else {
        const last = cells + (item.inside.at(-1) ?? 0);
        if (last > at || (last === at && kind === 'reference')) return index;
      }
    return this.#entries.length;
  }
}

interface SentCell {
  readonly holder: Holder;
  readonly item: InputItem & { readonly kind: 'cell' };
}

/** Asks the evaluation for what no record tells of the chapter. */
export interface Inspect {
  members(name: string, cellsBefore: number, path: readonly string[]): Promise<ValueMembers | undefined>;
  provenance(expr: string, cellsBefore: number, extent: ProvenanceExtent): Promise<ProvenanceRecord | undefined>;
}

/** Gives the details of a run, as JSON, where these are at hand; asked when the run is told. */
export type DetailsOf = (run: number) => { readonly json: string } | undefined;

/** Versions that were sent and not answered; more than this many the evaluation has certainly passed over. */
const MOST_VERSIONS = 50;

export class ChapterResults {
  readonly #source: ModuleSource | undefined;
  readonly #inspect: Inspect;
  readonly #detailsOf: DetailsOf;
  #entries: readonly Entry[] = [];
  /** Counts the versions. */
  #revision = 0;
  /** The items of versions that are being evaluated, by revision. */
  readonly #sent = new Map<number, Sent>();
  readonly #runs = new Map<number, RecordedRun>();
  readonly #outcomes = new Map<number, RefGroupOutcome>();
  #modules: readonly ModuleRecord[] = [];
  #index: ModuleIndex | undefined;
  #settled = false;
  /** How many of the first items are known as they are in the version that was placed last. */
  #known = 0;
  readonly #memo: ProvenanceMemo;

  constructor(source: ModuleSource | undefined, inspect: Inspect, detailsOf: DetailsOf = () => undefined) {
    this.#source = source;
    this.#memo = new ProvenanceMemo((expr, cellsBefore, extent) => inspect.provenance(expr, cellsBefore, extent));
    this.#inspect = {
      members: (name, cellsBefore, path) => inspect.members(name, cellsBefore, path),
      provenance: (expr, cellsBefore, extent) => this.#memo.of(expr, cellsBefore, extent),
    };
    this.#detailsOf = detailsOf;
  }

  /** Takes a version of the chapter; returns what the evaluation must be told of it, undefined for nothing. */
  place(chapter: Chapter): InputChange | undefined {
    const before = this.#entries;
    const { tracked, change } = changeOf(before, chapter, makeEntry);
    this.#entries = tracked;
    if (change !== undefined) {
      // References above a cell see as many cells as it has above it. One that changes an object may be new among them.
      const isCell = [before, tracked].every(entries => entries[change.at]?.item.kind === 'cell');
      this.#unsettle(change.at, this.cellsBefore(change.at) - (isCell ? 0 : 1));
    }
    return change;
  }

  /** The number of the version that was placed last. Versions that are evaluated alike may share one. */
  get revision(): number {
    return this.#revision;
  }

  /** All items as one change: for an evaluation that knows nothing of the chapter. */
  get whole(): InputChange {
    return { at: 0, removed: 0, items: this.#entries.map(entry => entry.item) };
  }

  /** How many cells stand before an item. */
  cellsBefore(item: number): number {
    return this.#entries.slice(0, item).filter(entry => entry.item.kind === 'cell').length;
  }

  /** Those of the sources whose cells or references came to an end. */
  endedAmong(sources: readonly string[]): readonly string[] {
    if (sources.length === 0) return sources;
    const ended = new Set<string>();
    for (const { item, holder } of this.#entries)
      if (item.kind === 'cell') {
        if (holder.run !== undefined && holder.run.record.fault?.budget === undefined) ended.add(item.source);
      } else
        item.exprs.forEach((expr, at) => {
          if (holder.outcome?.refs[at]?.fault?.budget === undefined) ended.add(expr);
        });
    return sources.filter(source => ended.has(source));
  }

  /** True where the results of the version that was placed last are known. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Everything is evaluated anew by an evaluation that knows nothing. What is shown stays until it is replaced. */
  restart(): void {
    this.#sent.clear();
    this.#runs.clear();
    this.#outcomes.clear();
    // The same items give the same again.
    this.#unsettle(this.#known);
  }

  /** Nothing is shown any more of what was known. */
  forget(): void {
    for (const { holder } of this.#entries) {
      holder.run = undefined;
      holder.outcome = undefined;
    }
  }

  /** What is known of the version that was placed last does not hold any more. */
  unsettle(): void {
    this.#unsettle(0);
  }

  /** The first `kept` items are as they were, and so is what sees no more than `seen` cells. */
  #unsettle(kept: number, seen = this.cellsBefore(kept) - 1): void {
    this.#settled = false;
    this.#revision++;
    this.#known = Math.min(this.#known, kept);
    this.#memo.keep(seen);
    for (const sent of this.#sent.values()) sent.kept = Math.min(sent.kept, kept);
    this.#sent.set(this.#revision, new Sent(this.#entries));
    for (const oldest of this.#sent.keys()) {
      if (this.#sent.size <= MOST_VERSIONS) break;
      this.#sent.delete(oldest);
    }
  }

  takePart(revision: number, { until, cells, groups, details }: PartialResults): void {
    const sent = this.#sent.get(revision);
    if (until !== undefined && sent !== undefined)
      this.#known = Math.max(this.#known, Math.min(sent.kept, sent.itemsBefore(until)));
    for (const [index, record] of cells) {
      const cell = sent?.cells[index];
      const run = this.#runOf(record, cell);
      if (run !== undefined && cell !== undefined) cell.holder.run = run;
    }
    for (const [index, record] of groups) {
      const outcome = groupOutcome(record);
      this.#outcomes.set(record.id, outcome);
      const holder = sent?.groups[index];
      if (holder !== undefined) holder.outcome = outcome;
    }
    this.takeDetails(details);
  }

  /** Notes the run of a cell as that was sent; undefined where its text is not known any more. */
  #runOf(record: CellRecord, cell: SentCell | undefined): RecordedRun | undefined {
    const source = record.source ?? cell?.item.source;
    if (source === undefined) return undefined;
    const details = this.#detailsOf(record.id);
    const run = new RecordedRun(record, source, cell?.holder.run, details && (() => details.json));
    this.#runs.set(record.id, run);
    return run;
  }

  /** Takes details of runs; those of runs that are named no more are of no use. */
  takeDetails(details: readonly DetailsRecord[]): void {
    for (const [run, json] of details) this.#runs.get(run)?.takeDetails(json);
  }

  /** Runs of the version that was placed last whose details are not there. */
  get withoutDetails(): readonly RecordedRun[] {
    return this.#entries.flatMap(({ holder: { run } }) => (run === undefined || run.hasDetails ? [] : [run]));
  }

  /** False where the version is so old that its results cannot be used: then all is to be evaluated and told again. */
  take(revision: number, results: Results): boolean {
    const sent = this.#sent.get(revision);
    const places = new Map(results.cells.map((id, at) => [id, at]));
    for (const record of results.newCells)
      if (this.#runOf(record, sent?.cells[places.get(record.id)!]) === undefined) return false;
    if (results.cells.some(run => run !== 0 && !this.#runs.has(run))) return false;
    for (const record of results.newGroups) this.#outcomes.set(record.id, groupOutcome(record));
    this.takeDetails(results.details);
    if (results.modules !== undefined) this.#modules = results.modules;
    keepOnly(this.#runs, results.cells);
    keepOnly(this.#outcomes, results.groups);
    // Sources may have changed though the modules are the same.
    this.#index = undefined;
    if (sent === undefined) return true;
    sent.cells.forEach(({ holder }, at) => {
      holder.run = this.#runs.get(results.cells[at]!);
    });
    sent.groups.forEach((holder, at) => {
      holder.outcome = this.#merged(holder.outcome, results.groups[at]!);
    });
    for (const older of [...this.#sent.keys()]) if (older < revision) this.#sent.delete(older);
    this.#known = Math.max(this.#known, Math.min(sent.kept, this.#entries.length));
    if (revision === this.#revision) this.#settled = true;
    return true;
  }

  /** The outcome with a number, the one that it replaces where that is equal, else with its runs that are: caches go by them. */
  #merged(before: RefGroupOutcome | undefined, id: number): RefGroupOutcome | undefined {
    const now = this.#outcomes.get(id);
    if (before === undefined || now === undefined || before === now) return now;
    const refs = now.refs.map((ref, at) => {
      const old = before.refs[at];
      return old !== undefined && sameRef(old, ref) ? old : ref;
    });
    const merged = sameList(refs, before.refs) ? before : { ...now, refs };
    this.#outcomes.set(id, merged);
    return merged;
  }

  /** Modules of packages that the cells imported. */
  get modules(): readonly ModuleRecord[] {
    return this.#modules;
  }

  /** The version that was placed last, with what is known by now; the rest is pending. */
  analysis(chapter: Chapter, version: number): Analysis {
    const runs: (RecordedRun | undefined)[] = [];
    const outcomes: RefGroupOutcome[] = [];
    const known = { cells: 0, groups: 0 };
    for (const [index, { item, holder }] of this.#entries.entries()) {
      const isKnown = this.#settled || index < this.#known;
      if (item.kind === 'cell') {
        if (isKnown) known.cells++;
        runs.push(holder.run);
      } else {
        if (isKnown) known.groups++;
        // The results of another text are no results of this one.
        const fits = holder.outcome?.refs.length === item.exprs.length;
        outcomes.push(fits ? holder.outcome! : pendingOutcome(item.exprs));
      }
    }
    this.#index ??= new ModuleIndex(this.#source, this.#modules);
    return new Snapshot(chapter, { version, runs, outcomes, known }, this.#index, this.#inspect);
  }
}

function makeEntry(content: object, item: InputItem, replaced: Entry | undefined): Entry {
  // While a cell is being edited, what its last version gave is shown.
  const { run, outcome } = replaced?.holder ?? {};
  return { content, item, holder: { run, outcome } };
}

/** True for records that say the same. */
function sameRef(a: RefRun, b: RefRun): boolean {
  return a.text === b.text && a.status === b.status && a.value?.repr === b.value?.repr && sameData(a, b);
}

/** So many records may be kept that nobody names: to look for them takes longer. */
const MOST_FORGOTTEN = 100;

/** Forgets records that are named no more, once there are many of them. */
function keepOnly<T>(known: Map<number, T>, named: readonly number[]): void {
  if (known.size <= named.length + MOST_FORGOTTEN) return;
  const wanted = new Set(named);
  for (const id of [...known.keys()]) if (!wanted.has(id)) known.delete(id);
}
