/** What can be tried with another value: what a name means by which somebody asks, and what stands at a place. */
import { nodeAt, nodesIn, type SourcePlace } from '../../mlsys';
import type { Position } from '../chapter/lines';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';
import type { SourceRecord } from '../evaluation/provenance';
import { Resolver } from '../evaluation/symbols/resolver';
import { sourceOf } from '../evaluation/symbols/symbol';
import { type FileTexts, type FileValue, fileValueAt, fileValueOf, moduleValuesOf } from './fileValues';
import { definitionInCell, type Literal, literalAt, literalOf, nameOfDefinition } from './literals';
import { assignedNode, ownNumber, soleNumber } from './ownNumber';

export type Target =
  /** What an assignment or an import gives a name. */
  | { readonly kind: 'definition'; readonly name: string; readonly definition: Definition }
  /** A number within a statement. */
  | { readonly kind: 'literal'; readonly name: string; readonly literal: Literal }
  /** A number in a data file or a module. */
  | { readonly kind: 'file'; readonly name: string; readonly value: FileValue };

/** What a name means; a sentence where it means nothing, or may mean several things. */
export function findTarget(name: string, analysis: Analysis, files: FileTexts): Target | string {
  const value = name.includes(': ') ? fileValueOf(name, files) : undefined;
  if (value !== undefined) return { kind: 'file', name, value };
  const found = findDefinition(name, analysis);
  if (typeof found !== 'string') return importedTarget(found, analysis, files) ?? definitionTarget(found, analysis);
  const literal = literalOf(name, analysis);
  if (literal !== undefined) return { kind: 'literal', name, literal };
  const [inModule, ...more] = moduleValuesOf(name, files);
  if (inModule === undefined) return found;
  if (more.length > 0) return `${name} may be ${[inModule, ...more].map(one => one.name).join(' or ')}.`;
  return { kind: 'file', name: inModule.name, value: inModule };
}

/** The number that a module of the project gives a name which a cell imports: functions of the module read it there. */
function importedTarget({ from }: Definition, { packages }: Analysis, files: FileTexts): Target | undefined {
  if (from?.name === undefined) return undefined;
  const resolver = new Resolver(packages);
  const symbol = resolver.inModule(from.module, [from.name]);
  const first = symbol && (resolver.origins(symbol).at(-1) ?? symbol);
  const { module } = first === undefined ? {} : sourceOf(first).text.home;
  const value = first && moduleValuesOf(first.path, files).find(({ path }) => path === module?.file);
  return value && { kind: 'file', name: value.name, value };
}

function definitionTarget(definition: Definition, analysis: Analysis): Target & { readonly kind: 'definition' } {
  return { kind: 'definition', name: nameOfDefinition(definition, analysis), definition };
}

/** The target of a definition; undefined where its name would lead to a later one of the same cell. */
function ownTarget(definition: Definition, analysis: Analysis): Target | undefined {
  const target = definitionTarget(definition, analysis);
  const found = findDefinition(target.name, analysis);
  const isFound =
    typeof found !== 'string' && found.cell === definition.cell && found.range.start === definition.range.start;
  return isFound ? target : undefined;
}

/** The last definition of a name; a sentence where there is none, or where several end so. */
function findDefinition(name: string, analysis: Analysis): Definition | string {
  const seen = analysis.cells.length;
  const exact = analysis.definitionOf(name, seen) ?? definitionInCell(name, analysis);
  if (exact !== undefined) return beginningOf(exact, analysis);
  const star = analysis.exportsAt(seen).get(name);
  if (star?.from !== undefined) return star;
  const ending = `.${name}`;
  const names = new Set(
    analysis.cells.flatMap(({ definitions }) =>
      definitions.filter(one => one.name.endsWith(ending)).map(one => one.name),
    ),
  );
  if (names.size > 1) return `${name} may be ${[...names].sort().join(' or ')}: give the whole name.`;
  const [only] = names;
  const found = only === undefined ? undefined : analysis.definitionOf(only, seen);
  return found === undefined ? `No cell sets ${name}.` : beginningOf(found, analysis);
}

/**
 * The assignment of a number that those behind it in its cell go on from, as the turns of a loop do (`due = due * 1.05 - rate`);
 * the last one where any of them does not read what there was.
 */
function beginningOf(last: Definition, analysis: Analysis): Definition {
  const cell = analysis.cells[last.cell]!;
  const own = cell.definitionsOf(last.name);
  let at = own.length - 1;
  while (at > 0 && goesOn(own[at]!, cell)) at--;
  const first = own[at];
  const node = first === undefined || first === last ? undefined : assignedNode(first, cell);
  return node !== undefined && soleNumber(node) !== undefined ? first! : last;
}

/** True for an assignment that reads the name which it sets. */
function goesOn(definition: Definition, cell: CellResult): boolean {
  const start = cell.cell.toSource(definition.range.start);
  // `x += 1`
  if (nodeAt(cell.program.module, start).some(one => 'kind' in one && one.kind === 'AugAssign')) return true;
  const node = assignedNode(definition, cell);
  const name = definition.name.slice(definition.name.lastIndexOf('.') + 1);
  return node !== undefined && [...nodesIn(node)].some(one => one.kind === 'Name' && one.id === name);
}

/** The number that is written at an offset of the chapter; of one that is all that an assignment sets, the assignment. */
export function targetAt(offset: number, analysis: Analysis): Target | undefined {
  const literal = literalAt(offset, analysis);
  if (literal === undefined) return undefined;
  const cell = analysis.cells[literal.cell]!;
  const whole = cell.definitions.find(one => {
    const { start, end } = one.statementRange;
    if (one.kind !== 'assignment' || literal.range.start < start || literal.range.end > end) return false;
    const own = ownNumber(one, analysis);
    return (
      own !== undefined && cell.cell.toDocumentRange({ start: own.start, end: own.end }).start === literal.range.start
    );
  });
  return (whole && ownTarget(whole, analysis)) ?? { kind: 'literal', name: literal.name, literal };
}

/** The number that is written at a place of the evaluation. */
export function targetIn(place: SourcePlace, analysis: Analysis, files: FileTexts): Target | undefined {
  const found = analysis.placeIn(place);
  if (found?.cell !== undefined) return targetAt(found.range.start, analysis);
  return found?.file === undefined || found.position === undefined
    ? undefined
    : fileTarget(found.file, found.position.start, files);
}

/** The number at a position of a data file or a module. */
function fileTarget(path: string, position: Position, files: FileTexts): Target | undefined {
  const value = fileValueAt(path, position, files);
  return value && { kind: 'file', name: value.name, value };
}

/** What a leaf of a number's provenance can be changed by; undefined where it stands in no cell, data file or module. */
export function targetOf(source: SourceRecord, analysis: Analysis, files: FileTexts): Target | undefined {
  const { name, kind, constant, place } = source;
  if (source.data !== undefined) return fileTarget(source.data.file, source.data.start, files);
  if (kind === 'constant') {
    const found = findDefinition(constant ?? name, analysis);
    return typeof found === 'string' ? undefined : definitionTarget(found, analysis);
  }
  const found = kind === 'assumption' && place !== undefined ? analysis.placeIn(place) : undefined;
  if (found?.file !== undefined && found.position !== undefined) {
    const target = fileTarget(found.file, found.position.start, files);
    return target?.kind === 'file' && target.value.number === source.value.number ? target : undefined;
  }
  if (found?.cell === undefined) return undefined;
  const { range, cell } = found;
  const definition = analysis.cells[cell]!.definitions.find(one => one.range.start === range.start);
  if (definition !== undefined) {
    const own = ownTarget(definition, analysis);
    if (own !== undefined) return own;
  }
  const node = definition && assignedNode(definition, analysis.cells[cell]!);
  const start = node === undefined ? range.start : analysis.cells[cell]!.cell.toDocumentRange(node).start;
  const target = targetAt(start, analysis);
  // Of arithmetic, a number is no more than a part.
  return target?.kind === 'literal' && target.literal.number !== source.value.number ? undefined : target;
}
