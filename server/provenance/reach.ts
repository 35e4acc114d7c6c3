/** What a value reaches: assignments that read it, however many lie between, and the sentences, guards and figures that show it. */
import type { Analysis, BindingInfo, CellResult, CheckOutcome, RefResult } from '../evaluation/analysis';
import { controlsIn } from './controls';
import { fillsIn } from './fills';

/** Who reads what, in one version of a chapter. */
interface Readers {
  /** By assignment, the assignments that read it. */
  readonly bindings: ReadonlyMap<BindingInfo, ReadonlySet<BindingInfo>>;
  /** By path, the assignments that read a name which no assignment made: a constant. */
  readonly others: ReadonlyMap<string, ReadonlySet<BindingInfo>>;
  readonly refs: ReadonlyMap<BindingInfo, readonly RefResult[]>;
  /** References that read such a path. */
  readonly otherRefs: ReadonlyMap<string, readonly RefResult[]>;
}

export interface ReachedGuard {
  readonly cell: CellResult;
  readonly check: CheckOutcome;
}

/** All that changes with a value, in document order. */
export interface Reach {
  readonly bindings: readonly BindingInfo[];
  readonly sentences: readonly RefResult[];
  readonly guards: readonly ReachedGuard[];
  /** Cells whose figures are drawn with it. */
  readonly figures: readonly CellResult[];
}

/** Where to begin: an assignment, or the path of a constant. */
export type Start = BindingInfo | string;

/** Assignments and sentences that read a value themselves. */
export function directReaders(start: Start, analysis: Analysis): Pick<Reach, 'bindings' | 'sentences'> {
  const readers = readersIn(analysis);
  const isPath = typeof start === 'string';
  const bindings = isPath ? readers.others.get(start) : readers.bindings.get(start);
  const refs = isPath ? readers.otherRefs.get(start) : readers.refs.get(start);
  return { bindings: [...(bindings ?? [])], sentences: refs ?? [] };
}

/** All that a value reaches. */
export function reachOf(start: Start, analysis: Analysis): Reach {
  const readers = readersIn(analysis);
  const reached = new Set<BindingInfo>();
  const first = directReaders(start, analysis);
  const sentences = new Set<RefResult>(first.sentences);
  const open = [...first.bindings];
  if (typeof start !== 'string') reached.add(start);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    for (const ref of readers.refs.get(next) ?? []) sentences.add(ref);
    open.push(...(readers.bindings.get(next) ?? []));
  }
  return withShown(reached, sentences, analysis, start);
}

/** The reach of what was reached, with guards and figures that read it; `start` is where that began. */
export function withShown(
  reached: ReadonlySet<BindingInfo>,
  sentences: ReadonlySet<RefResult>,
  analysis: Analysis,
  start?: Start,
): Reach {
  const path = typeof start === 'string' ? start : undefined;
  const guards: ReachedGuard[] = [];
  const figures: CellResult[] = [];
  for (const cell of analysis.cells) {
    if (cell.checks.length === 0 && cell.figures.length === 0) continue;
    const places = placesOf(cell, reached, path, analysis);
    for (const check of cell.checks)
      if (places.some(at => check.range.start <= at && at <= check.range.end)) guards.push({ cell, check });
    if (cell.figures.length > 0 && places.length > 0) figures.push(cell);
  }
  return {
    bindings: [...reached].filter(one => one !== start).sort((a, b) => a.range.start - b.range.start),
    sentences: [...sentences].sort((a, b) => a.ref.range.start - b.ref.range.start),
    guards,
    figures,
  };
}

/** Where a cell reads what was reached. */
function placesOf(
  cell: CellResult,
  reached: ReadonlySet<BindingInfo>,
  path: string | undefined,
  analysis: Analysis,
): number[] {
  const text = analysis.symbols.ofCell(cell);
  const names = new Set([...reached].map(({ name }) => name));
  const places: number[] = [];
  for (const use of text.index.uses) {
    if (use.write || use.local !== undefined) continue;
    const found = names.has(use.path) ? analysis.bindingOf(use.path, cell.cell.index + 1) : undefined;
    if ((found !== undefined && reached.has(found)) || use.path === path) places.push(text.toDocument(use.span).start);
  }
  return places;
}

const known = new WeakMap<Analysis, Readers>();

function readersIn(analysis: Analysis): Readers {
  let readers = known.get(analysis);
  if (readers === undefined) {
    readers = findReaders(analysis);
    known.set(analysis, readers);
  }
  return readers;
}

function findReaders(analysis: Analysis): Readers {
  return { ...bindingsThatRead(analysis), ...refsThatRead(analysis) };
}

function bindingsThatRead(analysis: Analysis): Pick<Readers, 'bindings' | 'others'> {
  const bindings = new Map<BindingInfo, Set<BindingInfo>>();
  const others = new Map<string, Set<BindingInfo>>();
  for (const cell of analysis.cells) {
    const within = functionsOf(cell, analysis);
    for (const binding of cell.bindings)
      for (const { text, value, binding: made } of binding.reads) {
        if (made !== undefined) addTo(bindings, made, binding);
        else addTo(others, text, binding);
        // What a function reads, its callers read.
        if (FUNCTIONS.has(value.type)) for (const read of within(text, binding.name)) addTo(bindings, read, binding);
      }
    for (const { read, binding } of controlsIn(cell, analysis)) addTo(bindings, read, binding);
    for (const { container, read } of fillsIn(cell, analysis)) if (read !== container) addTo(bindings, read, container);
  }
  return { bindings, others };
}

function refsThatRead(analysis: Analysis): Pick<Readers, 'refs' | 'otherRefs'> {
  const refs = new Map<BindingInfo, RefResult[]>();
  const otherRefs = new Map<string, RefResult[]>();
  for (const ref of analysis.refs) {
    if (ref.binding !== undefined) {
      pushTo(refs, ref.binding, ref);
      continue;
    }
    for (const { path } of analysis.symbols.inRef(ref)) {
      const made = analysis.bindingOf(path, ref.ref.cellsBefore);
      if (made === undefined) pushTo(otherRefs, path, ref);
      else pushTo(refs, made, ref);
    }
  }
  return { refs, otherRefs };
}

/** Finds what the functions that a cell sees read outside of themselves. */
function functionsOf(cell: CellResult, analysis: Analysis): (name: string, reader: string) => readonly BindingInfo[] {
  const seen = cell.cell.index + 1;
  return (name, reader) => {
    const prefix = reader.slice(0, reader.lastIndexOf('.') + 1);
    const definition = analysis.definitionOf(prefix + name, seen) ?? analysis.definitionOf(name, seen);
    if (definition?.kind !== 'function') return NO_BINDINGS;
    const home = analysis.cells[definition.cell]!;
    const text = analysis.symbols.ofCell(home);
    const { start, end } = definition.statementRange;
    const reads: BindingInfo[] = [];
    for (const { span, local, write, path } of text.index.uses) {
      const at = text.toDocument(span);
      if (write || local !== undefined || at.start < start || at.end > end) continue;
      const made = analysis.bindingOf(path, seen);
      if (made !== undefined) reads.push(made);
    }
    return reads;
  };
}

const NO_BINDINGS: readonly BindingInfo[] = [];
/** Types of what a cell calls that it defines. */
const FUNCTIONS: ReadonlySet<string> = new Set(['function', 'staticmethod', 'classmethod', 'method']);

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, new Set([value]));
  else held.add(value);
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else if (!held.includes(value)) held.push(value);
}
