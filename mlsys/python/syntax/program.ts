/** Whole programs: parsed once, reparsed only from where they changed. */
import type { Expression, Module, Statement } from './ast';
import { type Issue, SyntaxFault } from './faults';
import { LineIndex, type Position } from './lines';
import { Parser } from './parser';
import { resolveScopes } from './scopes';
import { NOWHERE, wordOf } from './tokens';

export type { Issue } from './faults';
export type { Position } from './lines';

/** A parsed source text. Immutable. */
export interface Program {
  readonly file: string;
  readonly source: string;
  readonly module: Module;
  /** In order of position; empty for sound programs. */
  readonly issues: readonly Issue[];
  readonly lines: LineIndex;
  /** Where the first thing stands that makes the module other than flat, or `NOWHERE`. */
  readonly scopedFrom: number;
}

/**
 * Parses a source text, sound or not: faults become issues, `Broken` nodes stand for what could not be parsed. Leading
 * statements that did not change since `previous` are taken over as they are.
 */
export function parseProgram(source: string, file: string, previous?: Program): Program {
  if (previous !== undefined && previous.source === source && previous.file === file) return previous;
  const issues: Issue[] = [];
  const { kept, from } = previous === undefined ? { kept: [], from: 0 } : unchanged(previous, source);
  const parser = new Parser(source, issues, from);
  const rest = parser.module();
  const body = kept.length === 0 ? rest.body : [...kept, ...rest.body];
  const scopedAbove = previous !== undefined && previous.scopedFrom < from;
  const { scopedFrom } = scopedAbove ? previous : parser;
  const flat = scopedFrom === NOWHERE;
  const module: Module = { kind: 'Module', body, flat, start: 0, end: source.length };
  // As CPython, look for faults of meaning only where the grammar is satisfied.
  if (issues.length === 0 && !flat) issues.push(...faultsOfMeaning(module));
  issues.sort((a, b) => a.span.start - b.span.start);
  const told = withoutEchoes(issues, source);
  if (told.length > MOST_ISSUES) told.length = MOST_ISSUES;
  return { file, source, module, issues: told, lines: new LineIndex(source), scopedFrom };
}

/** A line at the margin, where indentation begins anew. */
const AT_MARGIN = /\n(?=[^\s#)\]}])/g;

/**
 * Issues in order of their places, without faults of indentation that an earlier issue of the same top-level statement
 * explains: a line that is torn apart, or a quotation mark that is missing, moves all that follows.
 */
function withoutEchoes(issues: readonly Issue[], source: string): Issue[] {
  const told: Issue[] = [];
  for (const issue of issues) {
    const last = told.at(-1);
    if (last !== undefined && issue.kind === 'IndentationError') {
      AT_MARGIN.lastIndex = last.span.start;
      const margin = AT_MARGIN.exec(source);
      if (margin === null || margin.index >= issue.span.start) continue;
    }
    told.push(issue);
  }
  return told;
}

/** The same for a cell, whose code outside of functions may wait: IPython runs it, and the compiler refuses it by name. */
export function parseCell(source: string, file: string, previous?: Program): Program {
  const program = parseProgram(source, file, previous);
  const issues = program.issues.filter(issue => !waitsOutside(issue, program.module));
  return issues.length === program.issues.length ? program : { ...program, issues };
}

const WAITING = /^'(?:await' outside function|async (?:for|with)' outside async function)$/;

function waitsOutside({ message, span }: Issue, { body }: Module): boolean {
  if (!WAITING.test(message)) return false;
  const at = body.find(({ start, end }) => start <= span.start && span.end <= end);
  return at !== undefined && at.kind !== 'FunctionDef' && at.kind !== 'ClassDef';
}

/** Faults of syntax of one program that are told: whoever mends these finds the next. */
const MOST_ISSUES = 200;

/** The faults of a module that only its structure shows. */
function faultsOfMeaning(module: Module): readonly Issue[] {
  const { issues, misplaced } = resolveScopes(module);
  return misplaced.length === 0 ? issues : [...issues, ...misplaced];
}

/** The leading statements that hold for `source` as well, and where to go on. */
function unchanged(previous: Program, source: string): { kept: readonly Statement[]; from: number } {
  const { body } = previous.module;
  const limit = Math.min(commonPrefix(previous.source, source), previous.issues[0]?.span.start ?? source.length);
  // A statement ends for sure only where the line of the next one is the same as well.
  for (let count = body.length - 1; count > 0; count--) {
    const next = body[count]!;
    const lineEnd = previous.source.indexOf('\n', next.start);
    const certain = lineEnd >= 0 && lineEnd < limit && next.start < limit;
    const before = previous.source[next.start - 1];
    const startsLine = before === '\n' || before === '\r';
    if (certain && startsLine && body.slice(0, count).every(statement => statement.kind !== 'Broken'))
      return { kept: body.slice(0, count), from: next.start };
  }
  return { kept: [], from: 0 };
}

/** How many characters two texts begin with that are the same. */
export function commonPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

const NO_ISSUES: readonly Issue[] = [];

/** Parses one expression, such as that of an inline reference; newlines in it do not count. */
export function parseExpression(
  source: string,
  file = '<expression>',
): { readonly expression: Expression | undefined; readonly issues: readonly Issue[]; readonly file: string } {
  const plain = dottedName(source);
  if (plain !== undefined) return { expression: plain, issues: NO_ISSUES, file };
  const issues: Issue[] = [];
  const start = source.length - source.trimStart().length;
  const parser = new Parser(source, issues, start, true);
  try {
    const expression = parser.wholeExpression();
    if (parser.scopedFrom !== NOWHERE) issues.push(...faultsOfMeaning(moduleOf(expression)));
    return { expression: issues.length === 0 ? expression : undefined, issues, file };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const { message, kind } = error;
    return { expression: undefined, issues: [{ message, kind, span: { start: error.start, end: error.end } }], file };
  }
}

/** A program that is one expression and nothing else. */
export function expressionProgram(source: string, expression: Expression, file: string): Program {
  const lines = new LineIndex(source);
  return { file, source, module: moduleOf(expression), issues: NO_ISSUES, lines, scopedFrom: expression.start };
}

const DOTTED_NAME = /^[ \t]*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*[ \t]*$/;
/** What is longer may be a chain that is too long. */
const LONGEST_NAME = 500;

/** The tree of a name or a chain of attributes of one, which most references are; undefined for all else. */
function dottedName(source: string): Expression | undefined {
  if (source.length > LONGEST_NAME || !DOTTED_NAME.test(source)) return undefined;
  const end = source.trimEnd().length;
  const start = source.length - source.trimStart().length;
  let tree: Expression | undefined;
  for (let from = start; from < end; ) {
    const dot = source.indexOf('.', from);
    const to = dot < 0 ? end : dot;
    const name = wordOf(source.slice(from, to));
    if (typeof name === 'object') return undefined;
    if (tree === undefined) tree = { kind: 'Name', id: name, start, end: to };
    else tree = { kind: 'Attribute', value: tree, attr: { name, start: from, end: to }, start, end: to };
    from = to + 1;
  }
  return tree;
}

function moduleOf(value: Expression): Module {
  const { start, end } = value;
  return { kind: 'Module', body: [{ kind: 'ExprStatement', value, start, end }], flat: false, start, end };
}

/** Line (from 1) and column (from 0, UTF-16) of an offset. */
export function positionAt(program: Program, offset: number): Position {
  return program.lines.positionAt(offset);
}
