/** An `Analysis` over the records of an evaluation. It copies what may change later and works the rest out when asked. */
import type { SourcePlace } from '../../mlsys';
import type { Block, Chapter, RefGroup } from '../chapter/model';
import type {
  Analysis,
  BindingInfo,
  Blame,
  CellResult,
  Definition,
  Doubt,
  RefBlock,
  RefCounts,
  RefGroupOutcome,
  RefResult,
  TracePlace,
  UnknownPlace,
} from './analysis';
import { CellView } from './cellView';
import type { Inspect } from './chapterResults';
import { Doubts } from './doubts';
import type { ModuleIndex } from './moduleIndex';
import { PackageIndex } from './packageIndex';
import { Places } from './places';
import type { ProvenanceExtent, ProvenanceRecord } from './provenance';
import type { RecordedRun } from './recordedRun';
import { RefView } from './refView';
import type { RefRecord, UnknownRecord, ValueInfo, ValueMembers } from './results';
import { ChapterSymbols } from './symbols/chapterSymbols';
import { usedPaths } from './usedPaths';

/** What is known of a version of a chapter. */
export interface KnownResults {
  readonly version: number;
  /** Of `chapter.cells`. */
  readonly runs: readonly (RecordedRun | undefined)[];
  /** Of `chapter.refGroups`. */
  readonly outcomes: readonly RefGroupOutcome[];
  /** How many of the first cells and groups are known as they are in this version; of the others what an earlier one gave. */
  readonly known: { readonly cells: number; readonly groups: number };
}

export class Snapshot implements Analysis {
  readonly chapter: Chapter;
  readonly version: number;
  readonly cells: readonly CellView[];
  readonly places: Places;
  readonly #known: KnownResults['known'];
  readonly #outcomes: readonly RefGroupOutcome[];
  readonly #modules: ModuleIndex;
  readonly #inspect: Inspect;
  readonly #exports = new Map<number, ReadonlyMap<string, Definition>>();
  /** Views of references by index, made when asked for. */
  readonly #views = new Map<number, RefView>();
  #refs: readonly RefResult[] | undefined;
  #changingRefs: readonly RefView[] | undefined;
  #faultyRefs: readonly RefResult[] | undefined;
  #faultyCells: readonly CellView[] | undefined;
  #refBlocks: readonly RefBlock[] | undefined;
  #packages: PackageIndex | undefined;
  #symbols: ChapterSymbols | undefined;
  #usedPaths: ReadonlySet<string> | undefined;
  #stale: readonly ReadonlySet<string>[] | undefined;
  #doubts: Doubts | undefined;

  constructor(
    chapter: Chapter,
    { version, runs, outcomes, known }: KnownResults,
    modules: ModuleIndex,
    inspect: Inspect,
  ) {
    this.chapter = chapter;
    this.version = version;
    this.#known = known;
    this.#modules = modules;
    this.#inspect = inspect;
    this.cells = runs.map((run, index) => new CellView(this, run, chapter.cells[index]!, index >= known.cells));
    this.places = new Places(
      chapter,
      this.cells,
      file => modules.textOf(file),
      file => this.#changing.find(({ run }) => run.file === file)?.ref,
    );
    this.#outcomes = outcomes;
  }

  get refs(): readonly RefResult[] {
    this.#refs ??= this.refBlocks.flatMap(block => block.refs);
    return this.#refs;
  }

  get refBlocks(): readonly RefBlock[] {
    this.#refBlocks ??= this.chapter.refGroups.map(
      (group, at) => new RefBlockView(this, group, this.#outcomes[at]!, at >= this.#known.groups),
    );
    return this.#refBlocks;
  }

  get faultyRefs(): readonly RefResult[] {
    this.#faultyRefs ??= this.chapter.refGroups.flatMap((group, at) => {
      const outcome = this.#outcomes[at]!;
      return outcome.faulty.map(inside => this.refView(group, outcome, inside));
    });
    return this.#faultyRefs;
  }

  get faultyCells(): readonly CellView[] {
    this.#faultyCells ??= this.cells.filter(
      cell => cell.isFaulty || cell.run!.record.unknowns.length > 0 || cell.run!.record.affected.length > 0,
    );
    return this.#faultyCells;
  }

  get usedPaths(): ReadonlySet<string> {
    this.#usedPaths ??= usedPaths(this.chapter);
    return this.#usedPaths;
  }

  get counts(): RefCounts {
    let refs = 0;
    let values = 0;
    for (const outcome of this.#outcomes) {
      refs += outcome.refs.length;
      values += outcome.refs.length - outcome.faulty.length;
    }
    return { refs, values };
  }

  /** The result of reference `at` of a group. */
  refView(group: RefGroup, outcome: RefGroupOutcome, at: number): RefView {
    const index = group.first + at;
    let view = this.#views.get(index);
    if (view === undefined) {
      const isPending = index >= (this.chapter.refGroups[this.#known.groups]?.first ?? Number.POSITIVE_INFINITY);
      view = new RefView(this, outcome.refs[at]!, group.refs[at]!, isPending);
      this.#views.set(index, view);
    }
    return view;
  }

  cellAt(offset: number): CellResult | undefined {
    const cell = this.chapter.cellAt(offset);
    return cell === undefined ? undefined : this.cells[cell.index];
  }

  refAt(offset: number): RefResult | undefined {
    const ref = this.chapter.refAt(offset);
    if (ref === undefined) return undefined;
    const at = this.chapter.refGroups.findLastIndex(group => group.first <= ref.index);
    const group = this.chapter.refGroups[at]!;
    return this.refView(group, this.#outcomes[at]!, ref.index - group.first);
  }

  exportsAt(cellsBefore: number): ReadonlyMap<string, Definition> {
    let known = this.#exports.get(cellsBefore);
    if (known === undefined) {
      const names = new Map<string, Definition>();
      for (const cell of this.cells.slice(0, cellsBefore)) {
        const { run } = cell;
        if (run === undefined) continue;
        for (const definition of cell.definitions)
          if (!definition.name.includes('.') && run.binds(definition.name)) names.set(definition.name, definition);
        for (const name of run.deleted) names.delete(name);
        for (const name of run.bound)
          if (names.get(name)?.cell !== cell.cell.index) names.set(name, cell.starImport(name));
      }
      known = names;
      this.#exports.set(cellsBefore, known);
    }
    return known;
  }

  /** References that were run in their places. */
  get #changing(): readonly RefView[] {
    this.#changingRefs ??= this.chapter.refGroups.flatMap((group, at) => {
      const outcome = this.#outcomes[at]!;
      return outcome.changing.map(inside => this.refView(group, outcome, inside));
    });
    return this.#changingRefs;
  }

  /** True where a reference behind the first `after` cells, and before or among those behind `cellsBefore`, binds a name. */
  #isReboundBetween(name: string, after: number, cellsBefore: number): boolean {
    return this.#changing.some(
      ({ run, ref }) =>
        run.bound?.includes(name) === true && ref.cellsBefore >= after && ref.cellsBefore <= cellsBefore,
    );
  }

  valueAt(name: string, cellsBefore: number): ValueInfo | undefined {
    for (let at = Math.min(cellsBefore, this.cells.length) - 1; at >= 0; at--) {
      if (this.#isReboundBetween(name, at + 1, cellsBefore)) return undefined;
      const { run } = this.cells[at]!;
      if (run?.binds(name) === true) return run.valueOf(name);
      if (run?.deletes(name) === true) return undefined;
    }
    return undefined;
  }

  membersAt(name: string, cellsBefore: number, path: readonly string[]): Promise<ValueMembers | undefined> {
    return this.#inspect.members(name, cellsBefore, path);
  }

  async provenanceAt(
    expr: string,
    cellsBefore: number,
    extent: ProvenanceExtent = 'whole',
  ): Promise<ProvenanceRecord | undefined> {
    const record = await this.#inspect.provenance(expr, cellsBefore, extent);
    const now = record?.sources[0]?.value;
    const told = this.#runOf(expr, cellsBefore);
    if (now === undefined || told === undefined || now.unknown !== undefined) return record;
    // An object that a cell below has changed is not what the reader sees.
    return told.value?.repr === now.repr && told.value.type === now.type ? record : undefined;
  }

  /** What evaluating a reference with an expression gave. */
  #runOf(expr: string, cellsBefore: number): RefRecord | undefined {
    const { refGroups } = this.chapter;
    for (const [group, { refs }] of refGroups.entries()) {
      const at = refs.findIndex(ref => ref.cellsBefore === cellsBefore && ref.expr === expr);
      if (at >= 0) return this.#outcomes[group]?.refs[at];
    }
    return undefined;
  }

  placeIn({ file, start, end }: SourcePlace): TracePlace | undefined {
    return this.places.place({ file, function: '', span: { start, end } });
  }

  definitionOf(name: string, cellsBefore: number): Definition | undefined {
    for (let at = Math.min(cellsBefore, this.cells.length) - 1; at >= 0; at--) {
      const found = this.cells[at]!.definitionsOf(name).at(-1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  futureDefinitionOf(name: string, cellsBefore: number): Definition | undefined {
    for (let at = Math.max(0, cellsBefore); at < this.cells.length; at++) {
      const [found] = this.cells[at]!.definitionsOf(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  bindingOf(name: string, cellsBefore: number): BindingInfo | undefined {
    const [root] = name.split('.', 1);
    for (let at = Math.min(cellsBefore, this.cells.length) - 1; at >= 0; at--) {
      if (this.#isReboundBetween(root!, at + 1, cellsBefore)) return undefined;
      const found = this.cells[at]!.bindingOf(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  get packages(): PackageIndex {
    this.#packages ??= new PackageIndex(this.#modules);
    return this.#packages;
  }

  get symbols(): ChapterSymbols {
    this.#symbols ??= new ChapterSymbols(this);
    return this.#symbols;
  }

  /** The faulty cell before `cellsBefore` that should have made a missing name; none if another one made it since. */
  blameFor(name: string | undefined, cellsBefore: number): Blame | undefined {
    if (name === undefined) return undefined;
    for (let at = Math.min(cellsBefore, this.cells.length) - 1; at >= 0; at--) {
      const cell = this.cells[at]!;
      const { isOpen, starImports } = cell.names;
      const mayBring =
        cell.isFaulty && ((isOpen && cell.cell.run) || starImports.some(star => this.packages.names(star).has(name)));
      if (!cell.binds(name) && !mayBring) continue;
      return cell.isFaulty ? { cell: at, name } : undefined;
    }
    return undefined;
  }

  placeOfUnknown(cause: UnknownRecord): UnknownPlace {
    return this.places.unknown(cause);
  }

  doubtAt(name: string, cellsBefore: number, ref?: number): Doubt | undefined {
    this.#doubts ??= new Doubts(this.cells, this.#failedOrChanging);
    const source = this.#doubts.source(name, cellsBefore, ref);
    const fault = source?.fault;
    if (fault === undefined) return undefined;
    const cell = source instanceof CellView ? source.cell.index : undefined;
    return { cell, type: fault.type, line: fault.line, range: fault.range };
  }

  /** References that can put names in doubt, or take them out of it. */
  get #failedOrChanging(): readonly RefView[] {
    return this.chapter.refGroups.flatMap((group, at) => {
      const { refs, faulty, changing } = this.#outcomes[at]!;
      if (faulty.length === 0 && changing.length === 0) return [];
      const places = [...new Set([...faulty, ...changing])].sort((a, b) => a - b);
      return places
        .filter(inside => refs[inside]!.status === 'failed' || changing.includes(inside))
        .map(inside => this.refView(group, this.#outcomes[at]!, inside));
    });
  }

  /** Names whose values come, through however many cells, from a cell that is being typed. */
  staleNamesAt(cellsBefore: number): ReadonlySet<string> {
    if (this.#stale === undefined) {
      const stale: ReadonlySet<string>[] = [NONE];
      let names: ReadonlySet<string> = NONE;
      for (const cell of this.cells) {
        const { run } = cell;
        if (run !== undefined && (cell.stale || names.size > 0)) {
          const concerned = cell.stale || run.record.reads.some(name => names.has(name));
          const next = new Set(names);
          for (const name of [...run.bound, ...run.deleted]) {
            if (concerned) next.add(name);
            else next.delete(name);
          }
          names = next;
        }
        stale.push(names);
      }
      this.#stale = stale;
    }
    return this.#stale[cellsBefore] ?? NONE;
  }
}

class RefBlockView implements RefBlock {
  readonly outcome: RefGroupOutcome;
  readonly pending: boolean;
  readonly #snapshot: Snapshot;
  readonly #group: RefGroup;

  constructor(snapshot: Snapshot, group: RefGroup, outcome: RefGroupOutcome, pending: boolean) {
    this.#snapshot = snapshot;
    this.#group = group;
    this.outcome = outcome;
    this.pending = pending;
  }

  get block(): Block {
    return this.#group.block;
  }

  get refs(): readonly RefResult[] {
    return this.outcome.refs.map((_, at) => this.#snapshot.refView(this.#group, this.outcome, at));
  }

  get faulty(): readonly RefResult[] {
    return this.outcome.faulty.map(at => this.#snapshot.refView(this.#group, this.outcome, at));
  }
}

const NONE: ReadonlySet<string> = new Set();
