/** What a place of a data file or module reaches in a chapter: by what each value comes from, which the evaluation tells. */
import { partsOf } from '../../mlsys';
import type { Analysis, BindingInfo, RefResult } from '../evaluation/analysis';
import type { PartRecord, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { type Reach, reachOf, withShown } from './reach';

/** A stretch of a file in lines and columns. */
export interface FileStretch {
  readonly file: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** All that changes with what stands at these places of files. `imports` are names for it that reach what reads them. */
export async function reachOfPlaces(
  places: readonly FileStretch[],
  imports: readonly BindingInfo[],
  analysis: Analysis,
): Promise<Reach> {
  const reached = new Set<BindingInfo>();
  const sentences = new Set<RefResult>();
  for (const one of imports) {
    const found = reachOf(one, analysis);
    for (const binding of found.bindings) reached.add(binding);
    for (const sentence of found.sentences) sentences.add(sentence);
  }
  const isFrom = async (expr: string, seen: number): Promise<boolean> => {
    const record = await analysis.provenanceAt(expr, seen);
    return record?.sources.some(source => isAt(source, places, analysis)) === true;
  };
  for (const { bindings } of analysis.cells)
    for (const binding of bindings) {
      if (reached.has(binding) || CALLED.has(binding.value.type)) continue;
      if (binding.reads.some(read => read.binding !== undefined && reached.has(read.binding) && isPlain(read.binding)))
        reached.add(binding);
      // Of several assignments to a name, the last one is what asking about it tells.
      else if (
        analysis.bindingOf(binding.name, binding.cell + 1) === binding &&
        (await isFrom(binding.name, binding.cell + 1))
      )
        reached.add(binding);
    }
  for (const ref of analysis.refs) {
    if (ref.text === undefined || sentences.has(ref)) continue;
    const isReached =
      ref.binding === undefined ? await isFrom(ref.ref.expr.trim(), ref.ref.cellsBefore) : reached.has(ref.binding);
    if (isReached) sentences.add(ref);
  }
  const found = withShown(reached, sentences, analysis);
  // Of an object, another part may be what stands there.
  return { ...found, bindings: found.bindings.filter(isPlain) };
}

/** Of all that changes with what stands there, the assignments and sentences that read it themselves. */
export async function firstReaders(
  places: readonly FileStretch[],
  imports: readonly BindingInfo[],
  analysis: Analysis,
): Promise<Pick<Reach, 'bindings' | 'sentences'>> {
  const { bindings, sentences } = await reachOfPlaces(places, imports, analysis);
  const reached = new Set([...bindings, ...imports]);
  const isFirst = ({ reads }: BindingInfo) =>
    !reads.some(({ binding }) => binding !== undefined && reached.has(binding));
  const ofExpressions = sentences.filter(({ binding, ref }) => {
    if (binding !== undefined) return false;
    const made = analysis.symbols.inRef(analysis.refAt(ref.range.start)!).map(({ path }) => path);
    return !made.some(path => reached.has(analysis.bindingOf(path, ref.cellsBefore) as BindingInfo));
  });
  return { bindings: bindings.filter(isFirst), sentences: ofExpressions };
}

/** A computed source that stands at one of the places, in the record of an expression. */
export interface FoundSource {
  readonly record: ProvenanceRecord;
  readonly source: SourceRecord;
  readonly expr: string;
  readonly seen: number;
}

/** What a chapter makes of a name that is computed there; undefined where none of its values comes from it. */
export async function sourceAt(places: readonly FileStretch[], analysis: Analysis): Promise<FoundSource | undefined> {
  const asked = analysis.cells.flatMap(({ bindings }) =>
    bindings.flatMap(({ name, cell, value }) => (CALLED.has(value.type) ? [] : [{ expr: name, seen: cell + 1 }])),
  );
  const shown = analysis.refs.map(({ ref }) => ({ expr: ref.expr.trim(), seen: ref.cellsBefore }));
  for (const { expr, seen } of [...asked, ...shown]) {
    const record = await analysis.provenanceAt(expr, seen);
    const source = record?.sources.find(one => one.formula !== undefined && standsAt(one.place, places, analysis));
    if (record !== undefined && source !== undefined) return { record, source, expr, seen };
  }
  return undefined;
}

/** What reads such a value depends on all of it; of an object, one may read another part. */
function isPlain({ value: { type } }: BindingInfo): boolean {
  return type === 'int' || type === 'float' || type === 'str' || type === 'Quantity';
}

/** What comes from nowhere in a file. */
const CALLED: ReadonlySet<string> = new Set(['module', 'function', 'type', 'builtin_function_or_method']);

/** True for a source that stands at one of the places, or has a number in its formula that does. */
function isAt({ data, place, formula }: SourceRecord, places: readonly FileStretch[], analysis: Analysis): boolean {
  if (data !== undefined) return places.some(one => meets(one, data));
  const holds = (part: PartRecord): boolean =>
    part.kind === 'literal' ? standsAt(part.place, places, analysis) : partsOf<PartRecord>(part).some(holds);
  return standsAt(place, places, analysis) || (formula !== undefined && holds(formula));
}

/** True for a place of a module that is one of these. */
function standsAt(at: SourceRecord['place'], places: readonly FileStretch[], analysis: Analysis): boolean {
  const found = at === undefined ? undefined : analysis.placeIn(at);
  const { file, position } = found ?? {};
  if (file === undefined || position === undefined || found?.cell !== undefined) return false;
  return places.some(one => meets(one, { file, ...position }));
}

function meets(one: FileStretch, other: FileStretch): boolean {
  return one.file === other.file && isBefore(one.start, other.end) && isBefore(other.start, one.end);
}

function isBefore(a: FileStretch['start'], b: FileStretch['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
