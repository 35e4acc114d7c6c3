/**
 * Numbers that are written in cells, with names that outlast edits around them: `hw.flops` of `hw = Chip(flops=989)`,
 * `settings["eta"]`, `fleet.spare` of a default, `total#2` of the second number in `total = 3 * n + 4`.
 */
import { type Call, childrenOf, type Expression, type FunctionDef, type Span } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis, CellResult, Definition } from '../evaluation/analysis';

/** A number as it is written in a cell. */
export interface Literal {
  /** No other literal of the chapter has it. */
  readonly name: string;
  readonly cell: number;
  /** The statement that it is a part of, where that defines something. */
  readonly definition: Definition | undefined;
  /** In the chapter: the number with its sign, or the text in `Decimal("0.45")`. */
  readonly range: OffsetRange;
  readonly number: number;
  readonly isInteger: boolean;
  /** Of a text, the quotes. */
  readonly quotes: string;
  /** True for what a call, a parameter, a field or a container is given, rather than a part of a calculation. */
  readonly isGiven: boolean;
}

const known = new WeakMap<CellResult, readonly Literal[]>();

/** The numbers of a cell, in order. */
export function literalsIn(cell: CellResult, analysis: Analysis): readonly Literal[] {
  let literals = known.get(cell);
  if (literals === undefined) {
    literals = new Collector(cell, analysis).collect();
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

type Found = Omit<Literal, 'name'> & { readonly path: string };

class Collector {
  readonly #cell: CellResult;
  readonly #analysis: Analysis;
  readonly #found: Found[] = [];

  constructor(cell: CellResult, analysis: Analysis) {
    this.#cell = cell;
    this.#analysis = analysis;
  }

  collect(): readonly Literal[] {
    this.#within(this.#cell.program.module, '', false);
    const found = [...this.#found].sort((a, b) => a.range.start - b.range.start);
    const definitions = new Map(found.map(one => [one, this.#definitionAround(one.range)]));
    const ownerOf = (one: Found) => {
      const definition = definitions.get(one);
      return definition === undefined ? cellName(this.#cell) : this.#nameOf(definition);
    };
    const names = found.map(one => ownerOf(one) + one.path);
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const numbered = new Map<string, number>();
    return found.map((one, at) => {
      const { path, ...literal } = one;
      const name = names[at]!;
      const count = (numbered.get(name) ?? 0) + 1;
      numbered.set(name, count);
      // What an assignment makes has the name for itself.
      const isTaken = this.#analysis.definitionOf(name, this.#analysis.cells.length) !== undefined;
      const isAlone = path !== '' && counts.get(name) === 1 && !isTaken;
      return { ...literal, definition: definitions.get(one), name: isAlone ? name : `${name}#${count}` };
    });
  }

  /** The innermost definition around a place. */
  #definitionAround(range: OffsetRange): Definition | undefined {
    let best: Definition | undefined;
    const size = ({ statementRange: { start, end } }: Definition) => end - start;
    for (const one of this.#cell.definitions) {
      const { start, end } = one.statementRange;
      if (start <= range.start && range.end <= end && (best === undefined || size(one) < size(best))) best = one;
    }
    return best;
  }

  #nameOf(definition: Definition): string {
    return nameOfDefinition(definition, this.#analysis);
  }

  #within(node: Span, path: string, isGiven: boolean): void {
    const literal = literalOfNode(node as Expression);
    if (literal !== undefined) {
      const { start, end } = literal.span;
      const range = this.#cell.cell.toDocumentRange({ start, end });
      const { number, isInteger, quotes } = literal;
      this.#found.push({
        ...{ path, range, number, isInteger, quotes, isGiven },
        cell: this.#cell.cell.index,
        definition: undefined,
      });
      return;
    }
    const { kind } = node as Partial<Expression>;
    if (kind === 'Call') {
      this.#call(node as Call, path);
      return;
    }
    if (kind === 'Dict') {
      for (const { key, value } of (node as Extract<Expression, { kind: 'Dict' }>).entries) {
        const step = key?.kind === 'Constant' ? `[${this.#slice(key)}]` : '';
        this.#within(value, path + step, step !== '');
      }
      return;
    }
    if (kind === 'List' || kind === 'Tuple') {
      for (const [at, one] of (node as Extract<Expression, { kind: 'List' }>).elements.entries())
        this.#within(one, `${path}[${at}]`, true);
      return;
    }
    if ((node as Partial<FunctionDef>).kind === 'FunctionDef') {
      this.#function(node as FunctionDef, path);
      return;
    }
    const isField = (node as { kind?: string }).kind === 'AnnAssign';
    for (const child of childrenOf(node)) this.#within(child, path, isField);
  }

  #call({ func, args, keywords }: Call, path: string): void {
    this.#within(func, path, false);
    const names = this.#parametersOf(func);
    for (const [at, one] of args.entries()) {
      const name = names[at];
      this.#within(one, name === undefined ? `${path}(${at + 1})` : `${path}.${name}`, true);
    }
    for (const { name, value } of keywords)
      this.#within(value, name === undefined ? path : `${path}.${name.name}`, true);
  }

  /** The names of what a function or data class of the chapter takes by place. */
  #parametersOf(func: Expression): readonly string[] {
    if (func.kind !== 'Name') return [];
    const definition = this.#analysis.definitionOf(func.id, this.#cell.cell.index + 1);
    const cell = definition && this.#analysis.cells[definition.cell];
    if (cell === undefined) return [];
    for (const statement of cell.program.module.body) {
      if (statement.kind === 'FunctionDef' && statement.name.name === func.id)
        return [...statement.params.positionalOnly, ...statement.params.positional].map(({ name }) => name.name);
      if (statement.kind !== 'ClassDef' || statement.name.name !== func.id) continue;
      if (statement.decorators.length === 0) return [];
      return statement.body.flatMap(one =>
        one.kind === 'AnnAssign' && one.target.kind === 'Name' ? [one.target.id] : [],
      );
    }
    return [];
  }

  #function({ params, body, decorators }: FunctionDef, path: string): void {
    for (const { name, defaultValue } of [...params.positionalOnly, ...params.positional, ...params.keywordOnly])
      if (defaultValue !== undefined) this.#within(defaultValue, `${path}.${name.name}`, true);
    for (const one of [...decorators, ...body]) this.#within(one, path, false);
  }

  #slice({ start, end }: Span): string {
    return this.#cell.program.source.slice(start, end);
  }
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

interface WrittenNumber {
  readonly span: Span;
  readonly number: number;
  readonly isInteger: boolean;
  readonly quotes: string;
}

/** A number as it is written: with its sign, or as a text for a class that makes numbers of such. */
export function literalOfNode(node: Expression): WrittenNumber | undefined {
  if (node.kind === 'Constant') {
    const { value } = node;
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    return { span: node, number: Number(value), isInteger: typeof value === 'bigint', quotes: '' };
  }
  if (node.kind === 'UnaryOp' && (node.op === '-' || node.op === '+') && node.operand.kind === 'Constant') {
    const inner = literalOfNode(node.operand);
    return inner && { ...inner, span: node, number: node.op === '-' ? -inner.number : inner.number };
  }
  if (node.kind !== 'Call' || node.args.length !== 1 || node.keywords.length > 0) return undefined;
  const [text] = node.args;
  const { func } = node;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.name : '';
  if (!OF_TEXTS.has(name) || text?.kind !== 'Constant' || typeof text.value !== 'string') return undefined;
  const number = Number(text.value);
  if (text.value.trim() === '' || Number.isNaN(number)) return undefined;
  return { span: text, number, isInteger: false, quotes: '"' };
}

/** Classes that make numbers of texts which no float holds. */
const OF_TEXTS: ReadonlySet<string> = new Set(['Decimal', 'Fraction']);
