/** Where the number at a position comes from, and what it reaches, as trees for a view. */
import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { constantInfo, type SourcePlace } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import { counted } from '../diagnostics/counted';
import type { Analysis, BindingInfo } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import type { CausePlace, SourceTree, SourceTreeNode } from '../protocol';
import { formulaText } from '../provenance/formula';
import { type Reach, reachOf, type Start } from '../provenance/reach';
import { code, plain } from './describe';
import { encloses, type FeatureContext, type Handler, toOffset, toRange, uriAt } from './feature';
import { toldValue } from './provenanceText';
import { wordsAround } from './sentence';
import { madeAs, treeInputs } from './treeInputs';

/** Asks about the number at a position. */
export const provenance: Handler<TextDocumentPositionParams, SourceTree> = {
  isPatient: true,
  async handle(analysis, { position }, context) {
    const asked = askedAt(toOffset(analysis.chapter, position, context), analysis);
    const record = asked && (await analysis.provenanceAt(asked.expr, asked.seen));
    return record === undefined
      ? null
      : { nodes: record.sources.map((_, at) => sourceNode(at, record, analysis, context)) };
  },
};

/** Asks what the number at a position reaches. */
export const reach: Handler<TextDocumentPositionParams, SourceTree> = {
  isPatient: true,
  handle(analysis, { position }, context) {
    const start = startAt(toOffset(analysis.chapter, position, context), analysis);
    return start === undefined ? null : { nodes: reachNodes(start, reachOf(start, analysis), analysis, context.uri) };
  },
  inFile: async (file, { position }) => (await import('./fileReach')).fileReach(file, position),
};

/** An expression, and how many cells come before the place at which it is asked about. */
export interface Asked {
  readonly expr: string;
  readonly seen: number;
  /** Where it stands. */
  readonly range: OffsetRange;
}

/** What can be asked about at an offset: a whole reference, or a name in a cell. */
export function askedAt(offset: number, analysis: Analysis): Asked | undefined {
  const ref = analysis.refAt(offset);
  if (ref !== undefined) return { expr: ref.ref.expr.trim(), seen: ref.ref.cellsBefore, range: ref.ref.range };
  const found = analysis.symbols.at(offset);
  if (found === undefined) return assignedAt(offset, analysis);
  if (found.use === undefined || found.use.local !== undefined) return undefined;
  return { expr: found.path, seen: found.text.seen, range: found.range };
}

/** What the assignment around an offset sets, or the one before it on its line: a cursor on its number or in its comment means that. */
function assignedAt(offset: number, analysis: Analysis): Asked | undefined {
  const cell = analysis.cellAt(offset);
  const assignments = cell?.definitions.filter(({ kind }) => kind === 'assignment') ?? [];
  const lineOf = (at: number): number => analysis.chapter.lines.positionAt(at).line;
  const meant =
    assignments.findLast(({ statementRange }) => encloses(statementRange, offset)) ??
    assignments.findLast(({ statementRange: { end } }) => end <= offset && lineOf(end) === lineOf(offset));
  return cell && meant && { expr: meant.name, seen: cell.cell.index + 1, range: meant.range };
}

/** The assignment, or the path of a constant, at an offset. */
export function startAt(offset: number, analysis: Analysis): Start | undefined {
  const asked = askedAt(offset, analysis);
  if (asked === undefined) return functionAt(offset, analysis);
  const own = analysis.refAt(offset)?.binding ?? analysis.bindingOf(asked.expr, asked.seen);
  return own ?? (/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(asked.expr) ? asked.expr : undefined);
}

/** The function around an offset: what its defaults and numbers reach, its callers do. */
function functionAt(offset: number, analysis: Analysis): Start | undefined {
  const cell = analysis.cellAt(offset);
  const around = cell?.definitions.findLast(
    ({ kind, statementRange }) => kind === 'function' && encloses(statementRange, offset),
  );
  return around && cell?.bindingOf(around.name);
}

function sourceNode(
  at: number,
  record: ProvenanceRecord,
  analysis: Analysis,
  context: Pick<FeatureContext, 'uri' | 'dataPath'>,
): SourceTreeNode {
  const source = record.sources[at]!;
  const { name, kind, value, formula } = source;
  const isComputed = formula !== undefined && formula.kind !== 'literal' && source.changedBy === undefined;
  const made = madeAs(source, analysis);
  const place = placeOfSource(source, analysis, context.uri);
  const origin = originText(source, context);
  const lines = [
    `${code(name)} = ${code(value.repr)}`,
    ...(isComputed ? [`← ${code(formulaText(formula))}`, `= ${code(formulaText(formula, 'numbers'))}`] : []),
    ...(origin === '' ? [] : [plain(origin)]),
  ];
  return {
    label: `${name} = ${toldValue(source)}`,
    description: made === '' ? origin : made,
    tooltip: lines.join('  \n'),
    kind,
    ...(place === undefined ? {} : { place }),
    children: treeInputs(source, record, analysis).map(input => record.sources.indexOf(input)),
  };
}

/** What is known of where a leaf is from: of an entry of a data file, the line and the keys that lead there. */
export function originText(
  { kind, name, constant, data, told, changedBy }: SourceRecord,
  { dataPath }: Pick<FeatureContext, 'dataPath'> = {},
): string {
  if (data !== undefined)
    return `${data.file.split(/[/\\]/).at(-1)}:${data.start.line + 1}: ${dataPath?.(data) ?? data.line}`;
  if (told !== undefined) return told;
  if (changedBy !== undefined) return `changed by ${changedBy}`;
  if (kind === 'assumption') return 'assumption';
  const info = constant === undefined ? undefined : constantInfo(constant);
  const own = constant === name && info?.source === undefined ? 'constant' : constant;
  return [own === name ? '' : own, info?.source, info?.year].filter(Boolean).join(', ');
}

/** Where a source stands: in the chapter, a file that it includes, a module, a data file. */
export function placeOfSource({ place, data }: SourceRecord, analysis: Analysis, uri: string): CausePlace | undefined {
  if (data !== undefined) return { uri: URI.file(data.file).toString(), range: { start: data.start, end: data.end } };
  return place === undefined ? undefined : placeIn(place, analysis, uri);
}

function placeIn(place: SourcePlace, analysis: Analysis, uri: string): CausePlace | undefined {
  const found = analysis.placeIn(place);
  if (found === undefined) return undefined;
  if (found.cell !== undefined) return chapterPlace(found.range, analysis, uri);
  return found.file === undefined || found.position === undefined
    ? undefined
    : { uri: URI.file(found.file).toString(), range: found.position };
}

export function chapterPlace(range: OffsetRange, { chapter }: Analysis, uri: string): CausePlace {
  return { uri: uriAt(chapter, range.start, uri), range: toRange(chapter, range) };
}

// ---------------------------------------------------------------------------------------------------- reach

function reachNodes(start: Start, found: Reach, analysis: Analysis, uri: string): SourceTreeNode[] {
  const isPath = typeof start === 'string';
  const label = isPath
    ? start
    : start.value.kind === 'function'
      ? `${start.name}()`
      : `${start.name} = ${shortValue(start)}`;
  const own = isPath ? {} : { place: chapterPlace(start.range, analysis, uri) };
  const tree = new ReachTree({ label, description: countText(found), kind: isPath ? 'constant' : 'formula', ...own });
  return tree.whole(tree.groups(found, analysis, uri));
}

type PlainNode = Omit<SourceTreeNode, 'children' | 'tooltip'>;

/** Nodes in the order in which they come; the first one is what was asked about. */
export class ReachTree {
  readonly #nodes: SourceTreeNode[] = [];

  constructor(root: PlainNode) {
    this.#node(root, []);
  }

  /** All nodes, with the children of the first one, which are known last. */
  whole(children: readonly number[]): SourceTreeNode[] {
    return [{ ...this.#nodes[0]!, children }, ...this.#nodes.slice(1)];
  }

  /** A chapter with what is reached in it. */
  chapter(label: string, found: Reach, analysis: Analysis, uri: string): number {
    const start = { line: 0, character: 0 };
    const place = { uri, range: { start, end: start } };
    return this.#node(
      { label, description: countText(found), kind: 'group', place },
      this.groups(found, analysis, uri),
    );
  }

  groups(found: Reach, analysis: Analysis, uri: string): readonly number[] {
    const placed = (range: OffsetRange) => chapterPlace(range, analysis, uri);
    return [
      ...this.#group(
        'Sentences',
        found.sentences.map(({ ref, display }) => ({
          label: display === undefined ? '…' : readingOf(display),
          description: around(ref.range, analysis),
          kind: 'sentence',
          place: placed(ref.range),
        })),
      ),
      ...this.#group(
        'Guards',
        found.guards.map(({ check }) => ({
          label: check.condition?.text ?? check.message,
          description: check.passed ? 'holds' : `fails: ${check.message}`,
          kind: 'guard',
          place: placed(check.range),
        })),
      ),
      ...this.#group(
        'Figures',
        found.figures.map(({ cell }) => ({
          label: cell.label ?? `cell ${cell.index + 1}`,
          description: '',
          kind: 'figure',
          place: placed(cell.fenceRange),
        })),
      ),
      ...this.#group(
        'Values',
        found.bindings.map(binding => ({
          label: `${binding.name} = ${shortValue(binding)}`,
          description: '',
          kind: 'formula',
          place: placed(binding.range),
        })),
      ),
    ];
  }

  #group(label: string, members: readonly PlainNode[]): number[] {
    if (members.length === 0) return [];
    const children = members.map(one => this.#node(one, []));
    return [this.#node({ label, description: String(members.length), kind: 'group' }, children)];
  }

  #node(one: PlainNode, children: readonly number[]): number {
    return this.#nodes.push({ tooltip: plain(one.label), ...one, children }) - 1;
  }
}

/** `12 sentences, 2 guards, 1 figure, 9 values` */
export function countText({ sentences, guards, figures, bindings }: Reach): string {
  const some = (count: number, one: string) => (count === 0 ? [] : [counted(count, one)]);
  const parts = [
    ...some(sentences.length, 'sentence'),
    ...some(guards.length, 'guard'),
    ...some(figures.length, 'figure'),
    ...some(bindings.length, 'value'),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

export function shortValue({ value }: BindingInfo): string {
  const text = value.repr.replace(/^<Quantity\((.*), '(.*)'\)>$/s, '$1 $2');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 60;

/** Characters of a sentence on each side of its number. */
const AROUND = 30;

/** The words around a reference, as they read. */
export function around(range: OffsetRange, analysis: Analysis): string {
  const { before, after } = wordsAround(range, analysis, AROUND);
  return `${before.trimStart()}_${after.trimEnd()}`;
}
