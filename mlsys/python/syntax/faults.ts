/** What is wrong with a source text, in CPython's words, and how the parser signals it to itself. */
import type { Expression, Span } from './ast';

export type IssueKind = 'SyntaxError' | 'IndentationError' | 'TabError';

/** One fault of a program's syntax. `message` is CPython's text. */
export interface Issue {
  readonly message: string;
  readonly span: Span;
  readonly kind: IssueKind;
}

/** Adds a fault to a list. */
export function report(issues: Issue[], message: string, { start, end }: Span): void {
  issues.push({ message, span: { start, end }, kind: 'SyntaxError' });
}

/** V8's switch for the traces of its errors. */
const traces = Error as unknown as { stackTraceLimit: number };

/** Thrown by the tokenizer and the parser, caught where a statement starts. Never leaves this folder. */
export class SyntaxFault extends Error {
  readonly start: number;
  readonly end: number;
  readonly kind: IssueKind;
  /** True when no sensible token starts at the place, so that only the next line may be sound. */
  readonly lexical: boolean;

  constructor(message: string, start: number, end: number, kind: IssueKind = 'SyntaxError', lexical = false) {
    // A broken text has as many as it has lines, and nobody reads JavaScript's trace of one.
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(message);
    traces.stackTraceLimit = limit;
    this.start = start;
    this.end = end;
    this.kind = kind;
    this.lexical = lexical;
  }
}

/** How CPython calls an expression in its messages: `cannot assign to function call`. */
export function describeExpression(node: Expression): string {
  switch (node.kind) {
    case 'Attribute':
      return 'attribute';
    case 'Subscript':
      return 'subscript';
    case 'Starred':
      return 'starred';
    case 'Name':
      return 'name';
    case 'List':
      return 'list';
    case 'Tuple':
      return 'tuple';
    case 'Lambda':
      return 'lambda';
    case 'Call':
      return 'function call';
    case 'BoolOp':
    case 'BinOp':
    case 'UnaryOp':
    case 'Slice':
      return 'expression';
    case 'GeneratorExp':
      return 'generator expression';
    case 'Yield':
    case 'YieldFrom':
      return 'yield expression';
    case 'Await':
      return 'await expression';
    case 'ListComp':
      return 'list comprehension';
    case 'SetComp':
      return 'set comprehension';
    case 'DictComp':
      return 'dict comprehension';
    case 'Dict':
      return 'dict literal';
    case 'Set':
      return 'set display';
    case 'JoinedStr':
      return 'f-string expression';
    case 'Compare':
      return 'comparison';
    case 'IfExp':
      return 'conditional expression';
    case 'NamedExpr':
      return 'named expression';
    case 'Constant':
      if (node.value === null) return 'None';
      if (node.value === true) return 'True';
      if (node.value === false) return 'False';
      return typeof node.value === 'object' && node.value.type === 'ellipsis' ? 'ellipsis' : 'literal';
  }
}
