/**
 * Numbers that are written in cells, with names that outlast edits around them: `hw.flops` of `hw = Chip(flops=989)`,
 * `settings["eta"]`, `fleet.spare` of a default, `total#2` of the second number in `total = 3 * n + 4`.
 */
import type { Expression } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';
import { numberedNames, parametersIn, type WrittenNumber, writtenNumbers } from './writtenNumbers';

/** A number as it is written in a cell. */
export interface Literal extends Omit<WrittenNumber, 'path' | 'span'> {
  /** No other literal of the chapter has it. */
  readonly name: string;
  readonly cell: number;
  /** The statement that it is a part of, where that defines something. */
  readonly definition: Definition | undefined;
  /** In the chapter. */
  readonly range: OffsetRange;
}

const known = new WeakMap<CellResult, readonly Literal[]>();

/** The numbers of a cell, in order. */
export function literalsIn(cell: CellResult, analysis: Analysis): readonly Literal[] {
  let literals = known.get(cell);
  if (literals === undefined) {
    literals = collect(cell, analysis);
    known.set(cell, literals);
  }
  return literals;
}

/** The literal that an offset of the chapter touches. */
export function literalAt(offset: number, analysis: Analysis): Literal | undefined {
  const cell = analysis.cellAt(offset);
  return cell && literalsIn(cell, analysis).find(({ range }) => range.start <= offset && offset <= range.end);
}

/** The literal of a name. */
export function literalOf(name: string, analysis: Analysis): Literal | undefined {
  for (const cell of cellsOf(name, analysis)) {
    const found = literalsIn(cell, analysis).find(one => one.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The cells that may hold the literal of a name: not all of a long chapter need a look. */
function cellsOf(name: string, analysis: Analysis): ReadonlySet<CellResult> {
  const cells = new Set(
    analysis.cells.filter(one => name.startsWith(cellName(one)) || name.includes(` in ${cellName(one)}`)),
  );
  for (let path = PATH.exec(name)?.[0] ?? ''; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const definition = analysis.definitionOf(path, analysis.cells.length);
    if (definition !== undefined) cells.add(analysis.cells[definition.cell]!);
  }
  return cells;
}

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/u;

/** How a cell is called where a name needs it: by its label, else by its number. */
export function cellName({ cell }: CellResult): string {
  return cell.label ?? `cell ${cell.index + 1}`;
}

function collect(cell: CellResult, analysis: Analysis): readonly Literal[] {
  const { program, cell: own } = cell;
  const { index } = own;
  const code = { source: program.source, parametersOf: (func: Expression) => parametersOf(func, index, analysis) };
  const found = writtenNumbers(program.module, code).map(({ path, span: { start, end }, ...written }) => {
    const range = own.toDocumentRange({ start, end });
    return { path, literal: { ...written, range, cell: index, definition: definitionAround(range, cell) } };
  });
  found.sort((a, b) => a.literal.range.start - b.literal.range.start);
  const names = found.map(({ path, literal: { definition } }) => {
    const owner = definition === undefined ? cellName(cell) : nameOfDefinition(definition, analysis);
    return owner + path;
  });
  // What an assignment makes has the name for itself.
  const isTaken = (name: string) => analysis.definitionOf(name, analysis.cells.length) !== undefined;
  const numbered = numberedNames(names, (at, count) => found[at]!.path !== '' && count === 1 && !isTaken(names[at]!));
  return found.map(({ literal }, at) => ({ ...literal, name: numbered[at]! }));
}

/** The innermost definition around a place. */
function definitionAround(range: OffsetRange, { definitions }: CellResult): Definition | undefined {
  let best: Definition | undefined;
  const size = ({ statementRange: { start, end } }: Definition) => end - start;
  for (const one of definitions) {
    const { start, end } = one.statementRange;
    if (start <= range.start && range.end <= end && (best === undefined || size(one) < size(best))) best = one;
  }
  return best;
}

/** The names of what a function or data class of the chapter takes by place, as a cell sees it. */
function parametersOf(func: Expression, cell: number, analysis: Analysis): readonly string[] {
  if (func.kind !== 'Name') return [];
  const definition = analysis.definitionOf(func.id, cell + 1);
  const around = definition && analysis.cells[definition.cell];
  return around === undefined ? [] : parametersIn(around.program.module.body, func.id);
}

/** The name of a definition: with its cell where a later one has the same. */
export function nameOfDefinition(definition: Definition, analysis: Analysis): string {
  const { name, cell } = definition;
  const last = analysis.definitionOf(name, analysis.cells.length);
  return last === undefined || isSame(last, definition) ? name : `${name} in ${cellName(analysis.cells[cell]!)}`;
}

/** The definition that such a name with a cell means: the last one in that cell. */
export function definitionInCell(name: string, analysis: Analysis): Definition | undefined {
  const at = name.indexOf(' in ');
  if (at < 0) return undefined;
  const [own, where] = [name.slice(0, at), name.slice(at + 4)];
  const cell = analysis.cells.find(one => cellName(one) === where);
  return cell?.definitions.findLast(one => one.name === own);
}

function isSame(one: Definition, other: Definition): boolean {
  return one.cell === other.cell && one.range.start === other.range.start;
}
