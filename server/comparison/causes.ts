/** What made a number another one: the leaves and formulas of its tree that differ, else the cells and files behind it. */

import type { OffsetRange, PositionRange } from '../chapter/ranges';
import { failureText, faultText, rootOfBlame } from '../diagnostics/faults';
import type { Analysis, BindingInfo, CellResult, RefResult } from '../evaluation/analysis';
import type { PartRecord, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { doubtText, unknownText } from '../evaluation/unknowns';
import { inputsOf, isLeaf } from '../provenance/behind';
import { formulaText, valueText } from '../provenance/formula';
import { formerCells } from './cells';

/** A place in the present text: of the chapter, or of a file beside it. */
export interface Place {
  /** Path of a file that the chapter includes or reads; undefined for the chapter itself. */
  readonly file: string | undefined;
  readonly range: PositionRange;
}

/**
 * What a cause is.
 *
 * - `assumption`, `constant`, `data`, `text`: a value that was written or read, and is another one now;
 * - `formula`: what a name is computed by; `object`: a value whose making is not followed;
 * - `line`: a line of a cell, where more cannot be told; `file`: a file that the chapter reads;
 * - `fault`: why there is no value, on one of the sides.
 */
export type CauseKind = 'assumption' | 'constant' | 'data' | 'text' | 'formula' | 'object' | 'line' | 'file' | 'fault';

export interface Cause {
  readonly kind: CauseKind;
  /** `Training.eta`, the label of a cell, the path of a file, what a fault says. */
  readonly name: string;
  /** A value or a formula; undefined where there was none. */
  readonly before?: string;
  readonly now?: string;
  readonly place?: Place;
}

/** One version of a chapter, with what it reads. */
export interface Version {
  readonly analysis: Analysis;
  /** Files that differ between the versions and that the chapter reads, by their names. */
  readonly changedFiles?: readonly string[];
}

/** So many causes of one number, guard or cell are told. */
export const MOST_CAUSES = 6;

/** Why a reference shows something else; empty where nothing is known. */
export async function causesOf(
  before: RefResult,
  now: RefResult,
  versions: { readonly before: Version; readonly now: Version },
): Promise<readonly Cause[]> {
  const { before: old, now: present } = versions;
  const faults = [...faultOf(before, old.analysis, 'before: '), ...faultOf(now, present.analysis, '')];
  if (faults.length > 0) return [...faults, ...brokenLines(now, old.analysis, present.analysis)].slice(0, MOST_CAUSES);
  const [was, is] = await Promise.all([recordOf(before, old.analysis), recordOf(now, present.analysis)]);
  const expression = { before: before.ref.expr.trim(), now: now.ref.expr.trim() };
  const own: Cause[] =
    expression.before === expression.now ? [] : [{ kind: 'formula', name: 'the reference', ...expression }];
  const causes = [...own, ...(was && is ? differences(was, is, present.analysis) : [])];
  // Of a number that is not followed, the code that computes it may stand anywhere.
  if (causes.every(({ kind }) => kind === 'object') || (was && is && hasAlikeObjects(was, is))) {
    const told = new Set(causes.map(({ place }) => place?.range.start.line));
    const lines = changedLines(cellsBehind(now, present.analysis), old.analysis, present.analysis);
    causes.push(...lines.filter(({ place }) => place === undefined || !told.has(place.range.start.line)));
    // A list or dict will have been read from what it shows.
    if (!causes.some(cause => /^[[{(]/.test(cause.now ?? '')))
      causes.push(...(present.changedFiles ?? []).map((name): Cause => ({ kind: 'file', name })));
  }
  return [...causes, ...doubtsOf(now, present.analysis)].slice(0, MOST_CAUSES);
}

function recordOf({ ref }: RefResult, analysis: Analysis): Promise<ProvenanceRecord | undefined> {
  return analysis.provenanceAt(ref.expr.trim(), ref.cellsBefore);
}

/** Why there is no value. */
function faultOf({ display, unknown, fault }: RefResult, analysis: Analysis, when: string): readonly Cause[] {
  if (display !== undefined) return [];
  const blamed = fault?.blame === undefined ? undefined : rootOfBlame(fault.blame, analysis);
  if (blamed !== undefined) {
    const name = `${when}cell ${cellName(blamed)} ${failureText(blamed)}`;
    return [{ kind: 'fault', name, place: placeInChapter(blamed.fault?.range ?? blamed.cell.fenceRange, analysis) }];
  }
  const said = unknown === undefined ? fault && faultText(fault) : unknownText(unknown, analysis.cells);
  return [{ kind: 'fault', name: `${when}${said ?? 'no value'}` }];
}

/** The lines that differ in the cell for which a reference has no value. */
function brokenLines({ fault }: RefResult, before: Analysis, now: Analysis): readonly Cause[] {
  const blamed = fault?.blame === undefined ? undefined : rootOfBlame(fault.blame, now);
  return blamed === undefined ? [] : changedLines(new Set([blamed.cell.index]), before, now);
}

/** The name by which a reader knows a cell. */
export function cellName({ cell }: CellResult): string {
  return cell.label ?? String(cell.index + 1);
}

function doubtsOf({ doubt }: RefResult, { cells }: Analysis): readonly Cause[] {
  return doubt === undefined ? [] : [{ kind: 'fault', name: doubtText(doubt, cells) }];
}

/** The sources in which two trees differ, where their own formulas or values do: what is only computed from these is left out. */
function differences(before: ProvenanceRecord, now: ProvenanceRecord, analysis: Analysis): readonly Cause[] {
  const olds = named(before);
  const causes: Cause[] = [];
  for (const [key, source] of named(now)) {
    const old = olds.get(key);
    if (old === undefined) continue;
    const isGiven = isLeaf(source) && isLeaf(old);
    const [oldFormula, formula] = [madeOf(old, before), madeOf(source, now)];
    const isOpaque =
      !isGiven &&
      (oldFormula === formula ? isOtherOfSame(source, now, old, before) : isFilled(source) || isFilled(old));
    const [was, is] = isGiven || isOpaque ? valuesOf(old, source) : [oldFormula, formula];
    if (was === is) continue;
    const kind = isOpaque ? 'object' : isGiven ? givenKind(source) : 'formula';
    const place = placeOf(source, analysis);
    causes.push({ kind, name: source.name, before: was, now: is, ...(place === undefined ? {} : { place }) });
  }
  return causes;
}

/** True for a list or dict that was filled one by one: of one with other items, the items tell nothing of why. */
function isFilled({ name, formula }: SourceRecord): boolean {
  return (
    formula?.kind === 'code' && formula.names.length > 0 && formula.names.every(([code]) => code.startsWith(`${name}[`))
  );
}

/** True where a formula gave another value of the same ones: what it calls, or reads, is another one. */
function isOtherOfSame(
  source: SourceRecord,
  now: ProvenanceRecord,
  old: SourceRecord,
  before: ProvenanceRecord,
): boolean {
  const [olds, news] = [inputsOf(old.formula, before), inputsOf(source.formula, now)];
  return (
    source.value.repr !== old.value.repr &&
    olds.length === news.length &&
    news.every(({ value: { repr } }, at) => repr === olds[at]!.value.repr && !HIDING.test(repr))
  );
}

/** A repr that does not show all of a value: two of them may be the same though the values are not. */
const HIDING = /^<[\w.]+ object(?: at 0x…)?>$|…$/;

/** True where trees hold objects of the same formula of which nobody sees whether they are others: only an address would show. */
function hasAlikeObjects(before: ProvenanceRecord, now: ProvenanceRecord): boolean {
  const olds = named(before);
  return [...named(now)].some(([key, { value, formula }]) => {
    const isBare = formula !== undefined && value.kind === 'other' && value.repr.includes(' at 0x…');
    return isBare && olds.has(key);
  });
}

/** Sources by their names, those of one name told apart by their order. */
function named({ sources }: ProvenanceRecord): ReadonlyMap<string, SourceRecord> {
  const counts = new Map<string, number>();
  return new Map(
    sources.map(source => {
      const { name } = source;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return [`${count} ${name}`, source];
    }),
  );
}

/** Both values, with all their digits where fewer do not tell them apart. */
function valuesOf({ value: before }: SourceRecord, { value: now }: SourceRecord): readonly [string, string] {
  if (before.repr === now.repr) return ['', ''];
  const short = [valueText(before), valueText(now)] as const;
  const [was, is] = short[0] === short[1] ? [before.repr, now.repr] : short;
  return was.length + is.length > 2 * LONGEST ? [cut(was), cut(is)] : [was, is];
}

const LONGEST = 100;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What a source is made of, as written; numbers that a function was given go by their names: they are causes of their own. */
function madeOf(source: SourceRecord, record: ProvenanceRecord): string {
  if (source.formula === undefined || isLeaf(source)) return valueText(source.value);
  return formulaText(withNames(source.formula, record));
}

function withNames(part: PartRecord, record: ProvenanceRecord): PartRecord {
  const within = (one: PartRecord) => withNames(one, record);
  switch (part.kind) {
    case 'source': {
      const { name, isParameter } = record.sources[part.source]!;
      return isParameter ? { ...part, code: name } : part;
    }
    case 'operation':
      return { ...part, operands: part.operands.map(within) };
    case 'call':
      return {
        ...part,
        ...(part.on === undefined ? {} : { on: within(part.on) }),
        args: part.args.map(within),
        keywords: part.keywords.map(([name, one]) => [name, within(one)]),
      };
    case 'attribute':
      return { ...part, of: within(part.of) };
    case 'item':
      return { ...part, of: within(part.of), index: within(part.index) };
    default:
      return part;
  }
}

function givenKind({ kind, data }: SourceRecord): CauseKind {
  if (data !== undefined) return 'data';
  return kind === 'assumption' || kind === 'constant' || kind === 'text' ? kind : 'formula';
}

function placeOf({ place, data }: SourceRecord, analysis: Analysis): Place | undefined {
  if (data !== undefined) return { file: data.file, range: { start: data.start, end: data.end } };
  const found = place === undefined ? undefined : analysis.placeIn(place);
  if (found === undefined) return undefined;
  if (found.cell !== undefined) return placeInChapter(found.range, analysis);
  return found.position === undefined ? undefined : { file: found.file, range: found.position };
}

/** A range of the chapter in the file that it stands in. */
export function placeInChapter(range: OffsetRange, { chapter }: Analysis): Place {
  return { file: chapter.composition?.fileAt(range.start)?.path, range: chapter.lines.rangeOf(range) };
}

/** Lines of cells that the other version has not, each with the one in whose place it stands. */
export function changedLines(cells: Iterable<number>, before: Analysis, now: Analysis): readonly Cause[] {
  const sources = new Set(before.cells.map(({ cell }) => cell.source));
  const former = formerCells(before, now);
  const causes: Cause[] = [];
  for (const index of [...cells].sort((a, b) => a - b)) {
    const { cell } = now.cells[index]!;
    if (sources.has(cell.source)) continue;
    const old = former.get(index)?.cell;
    const [news, olds] = [codeLines(cell.source), codeLines(old?.source ?? '')];
    const come = news.filter(({ code }) => !olds.some(one => one.code === code));
    const gone = olds.filter(({ code }) => !news.some(one => one.code === code));
    for (const [at, { code, start }] of come.entries()) {
      const range = cell.toDocumentRange({ start, end: start + code.length });
      const was = come.length === gone.length ? gone[at]!.code : undefined;
      causes.push({
        kind: 'line',
        name: code,
        ...(was === undefined ? {} : { before: was }),
        now: code,
        place: placeInChapter(range, now),
      });
    }
    if (come.length !== gone.length)
      for (const { code } of gone) causes.push({ kind: 'line', name: code, before: code });
  }
  return causes;
}

/** Lines that hold code, without their indentation. */
function codeLines(source: string): readonly { readonly code: string; readonly start: number }[] {
  const lines = [];
  let start = 0;
  for (const line of source.split('\n')) {
    const code = line.trim();
    if (code !== '' && !code.startsWith('#')) lines.push({ code, start: start + line.indexOf(code) });
    start += line.length + 1;
  }
  return lines;
}

/** Indices of the cells that made what a reference reads, however many assignments lie between. */
function cellsBehind({ ref, binding, run }: RefResult, analysis: Analysis): ReadonlySet<number> {
  const paths = binding === undefined ? run.reads : [];
  const first = paths.flatMap(path => analysis.bindingOf(path, ref.cellsBefore) ?? []);
  const seen = new Set<BindingInfo>(binding === undefined ? first : [binding]);
  const cells = new Set<number>();
  for (const { cell, reads } of seen) {
    cells.add(cell);
    for (const { binding: made } of reads) if (made !== undefined) seen.add(made);
  }
  return cells;
}
