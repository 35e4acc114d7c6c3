/** Where a number comes from, in a hover: its formula, with names and with numbers, and what that ends in. */
import { URI } from 'vscode-uri';
import { constantInfo, partsOf } from '../../mlsys';
import type { Analysis, RefResult } from '../evaluation/analysis';
import type { PartRecord, SourceRecord } from '../evaluation/provenance';
import type { DataPlace } from '../evaluation/results';
import { sourceOf } from '../evaluation/symbols/symbol';
import { type Computed, computedBehind, isLeaf, leavesOf, shareLost } from '../provenance/behind';
import { formulaText, numberText, valueText } from '../provenance/formula';
import { code, link, plain } from './describe';
import type { FeatureContext } from './feature';
import { dataLink, dataName, symbolPlace } from './packages';
import { sourceOfGroup } from './sources';

/** Leaves that a hover shows. */
const MOST_LEAVES = 8;

/** The number behind a reference, how it was computed, and its leaves; empty where there is nothing to tell. */
export async function formulaParts(
  { ref, text }: RefResult,
  analysis: Analysis,
  context: FeatureContext,
): Promise<readonly string[]> {
  const record = await inTime(analysis.provenanceAt(ref.expr, ref.cellsBefore, 'outline'), context);
  const computed = record && computedBehind(record);
  if (record === undefined || computed === undefined) return [];
  const { formula } = computed;
  const isOther = computed.source !== undefined && computed.source !== record.sources[0];
  // An assumption by another name is a leaf, with its source and its place.
  const isComputed = formula !== undefined && !isWritten(formula) && !(isOther && isLeaf(computed.source!));
  const leaves = isComputed
    ? leavesOf(formula, record)
    : isOther || computed.source?.changedBy !== undefined
      ? [computed.source!, ...leavesOf(computed.source!.formula, record)]
      : leavesOf(record.sources[0]!.formula, record);
  if (!isComputed && leaves.length === 0)
    return isToldAlone(computed.source) ? leafLines([computed.source], analysis, context) : [];
  const name = computed.source?.name;
  // Neither the name nor the value is told twice: of an item or an attribute there is often no more.
  const [named, numbers] = isComputed ? [formulaText(formula), formulaText(formula, 'numbers')] : ['', ''];
  const formulas = isComputed
    ? [...without(named, '←', name), ...(numbers === named ? [] : without(numbers, '=', valueText(computed.value)))]
    : [];
  const lost = lossText(computed, text ?? '');
  // A value that shows all its digits is told by its own leaf.
  const isItsLeaf = leaves.length === 1 && leaves[0] === computed.source && lost === '';
  return [
    isItsLeaf ? '' : [`${rawText(computed)}${lost}`, ...formulas].join('  \n'),
    leafLines(leaves, analysis, context).join('\n'),
  ].filter(part => part !== '');
}

/** Where a value is written that no formula made and no name alone has: an item of a dict, an attribute of an object. */
export async function leafParts(
  expr: string,
  seen: number,
  analysis: Analysis,
  context: FeatureContext,
): Promise<readonly string[]> {
  if (context.isHurried === true) return [];
  const record = await inTime(analysis.provenanceAt(expr, seen, 'outline'), context);
  const [source] = record?.sources ?? [];
  if (source === undefined || !isLeaf(source) || (source.place === undefined && source.data === undefined)) return [];
  return source.kind === 'assumption' || source.kind === 'data' ? leafLines([source], analysis, context) : [];
}

/** A line of a formula, unless it says what is told already. */
function without(text: string, sign: string, told: string | undefined): string[] {
  return text.replaceAll('-', '−') === told?.replaceAll('-', '−') ? [] : [`${sign} ${code(text)}`];
}

/** True for what stands as a value in the text: `25`, `Decimal("0.45")`, or another name of it. */
function isWritten(formula: PartRecord): boolean {
  if (formula.kind !== 'call') return formula.kind === 'literal' || formula.kind === 'source';
  return formula.on === undefined && partsOf<PartRecord>(formula).every(one => one.kind === 'literal');
}

function inTime<T>(asked: Promise<T>, { withPatience }: FeatureContext): Promise<T | undefined> {
  return withPatience === undefined ? asked : withPatience(asked);
}

/** `days` = `25.278356893663606` */
function rawText({ value, source }: Computed): string {
  const raw = value.shortUnit === undefined ? value.repr : `${value.number} ${value.shortUnit}`;
  return `${source === undefined ? '' : `${code(source.name)} = `}${code(raw)}`;
}

/** What the digits that are shown lost: `, shown 1.1 % lower`; empty where they lost nothing. */
function lossText({ value }: Computed, shown: string): string {
  const lost = shareLost(shown, value);
  const size = Math.abs(lost ?? 0);
  if (size < 1e-9) return '';
  return `, shown ${numberText(Number((100 * size).toPrecision(2)))} % ${lost! > 0 ? 'higher' : 'lower'}`;
}

/** One line for each leaf: its value, what is known of its source, and where it stands. */
export function leafLines(
  leaves: readonly SourceRecord[],
  analysis: Analysis,
  context: Pick<FeatureContext, 'uri' | 'dataPath'>,
): readonly string[] {
  const lines = leaves.slice(0, MOST_LEAVES).map(leaf => {
    const told = [sourceText(leaf, analysis), placeText(leaf, analysis, context)].filter(one => one !== '').join(' ');
    return `- ${code(leaf.name)} = ${code(toldValue(leaf))}${told === '' ? '' : ` ${told}`}`;
  });
  const more = leaves.length - MOST_LEAVES;
  return more > 0 ? [...lines, `- … and ${more} more`] : lines;
}

/** The value of a source; of a list or dict what is written: nobody knows what it holds by now. */
export function toldValue({ value, data, formula }: SourceRecord): string {
  const isContainer = value.type === 'list' || value.type === 'dict';
  if (isContainer && data !== undefined && data.start.line === data.end.line) return writtenIn(data);
  const isWritten = isContainer && formula?.kind === 'code' && formula.names.length === 0;
  return isWritten && formula.code.length <= LONGEST_WRITTEN ? formula.code.replaceAll(/\s+/g, ' ') : valueText(value);
}

/** Longer lists and dicts are told by their type. */
const LONGEST_WRITTEN = 60;

/** The text of an entry on one line, behind its key. */
function writtenIn({ line, start, end }: DataPlace): string {
  const length = end.character - start.character;
  return length <= LONGEST_WRITTEN ? line.slice(line.length - length) : line.slice(0, LONGEST_WRITTEN);
}

/** What is known of where a leaf is from: `NVIDIA A100 data sheet, 2020`. */
function sourceText(leaf: SourceRecord, analysis: Analysis): string {
  const { kind, constant, name, changedBy } = leaf;
  if (leaf.told !== undefined) return plain(leaf.told);
  if (changedBy !== undefined) return `changed by ${changedBy === OWN_CALLS ? changedBy : code(changedBy)}`;
  if (kind === 'assumption') {
    const told = sourceOfGroup(leaf, analysis);
    if (told === undefined) return '*assumption*';
    return told.isNamed ? plain(told.text) : `*assumption* (${plain(told.text)})`;
  }
  const info = constant === undefined ? undefined : constantInfo(constant);
  const source = [info?.source, info?.year].filter(Boolean).join(', ');
  const own = constant === undefined || constant === name ? '' : `(${code(constant)})`;
  return [plain(source), own].filter(one => one !== '').join(' ');
}

/** True for what no formula made, of which more is known than its value. */
function isToldAlone(source: SourceRecord | undefined): source is SourceRecord {
  return source !== undefined && (source.changedBy !== undefined || source.data !== undefined);
}

/** What a function that keeps something is changed by, which is no code. */
const OWN_CALLS = 'its earlier calls';

const NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

function placeText(
  leaf: SourceRecord,
  analysis: Analysis,
  { uri, dataPath }: Pick<FeatureContext, 'uri' | 'dataPath'>,
): string {
  if (leaf.data !== undefined) {
    const path = dataPath?.(leaf.data);
    return path === undefined ? dataLink(leaf.data, '↗') : `${dataLink(leaf.data, dataName(leaf.data))} ${code(path)}`;
  }
  const place = leaf.place === undefined ? undefined : analysis.placeIn(leaf.place);
  if (place?.cell !== undefined) return link('↗', uri, analysis, place.range.start);
  const { file, position } = place ?? {};
  if (file !== undefined && position !== undefined) return `[↗](${URI.file(file)}#L${position.start.line + 1})`;
  // What a package makes of units is known by its name alone.
  const symbol = NAME.test(leaf.name) ? analysis.symbols.pathAt(leaf.name, analysis.cells.length) : undefined;
  return symbol !== undefined && sourceOf(symbol).text.home.module !== undefined ? symbolPlace(symbol, '↗') : '';
}
