/** Python outside of chapters: whole files for `reckoner run`, single expressions for `reckoner eval`. */

import type { Budgets } from '../python/runtime/budgets';
import type { TraceEntry } from '../python/runtime/errors';
import { typeOf, type Value } from '../python/runtime/objects';
import { getAttribute, repr, str } from '../python/runtime/operations';
import type { Output } from '../python/runtime/vm';
import { type Program, parseExpression, parseProgram } from '../python/syntax/program';
import { guarded } from './describe';
import { type Fault, faultOf, syntaxFault } from './faults';
import type { ModuleSource } from './moduleSources';
import { Session } from './session';

export interface FileResult {
  /** What it printed. */
  readonly stdout: string;
  readonly fault?: Fault;
  /** The fault as CPython would print it; empty where there is none. */
  readonly traceback: string;
}

/** Runs the source of a Python file from beginning to end. */
export function runFile(
  source: string,
  file: string,
  options: { modules?: ModuleSource; budgets?: Partial<Budgets> } = {},
): FileResult {
  const program = parseProgram(source, file);
  const session = new Session(options);
  const { output, refusal, fault = refusal } = session.run(program, 0);
  const stdout = output.map(outputText).join('');
  if (fault === undefined) return { stdout, traceback: '' };
  return {
    stdout,
    fault,
    traceback: tracebackText(fault, one => (one === file ? program : session.modules.programIn(one))),
  };
}

function outputText(item: Output): string {
  switch (item.kind) {
    case 'text':
    case 'markdown':
    case 'html':
    case 'latex':
    case 'value':
      return item.text;
    default:
      return '';
  }
}

/** Of a place that repeats, so many entries are shown. */
const MOST_REPEATS = 3;

type ProgramIn = (file: string) => Program | undefined;

const AFTER_CAUSE = 'The above exception was the direct cause of the following exception:';
const AFTER_CONTEXT = 'During handling of the above exception, another exception occurred:';

/** A fault as CPython prints it, after the exceptions that led to it. */
function tracebackText(fault: Fault, programIn: ProgramIn): string {
  const parts = [...(fault.causes ?? [])]
    .reverse()
    .flatMap(({ text, trace, direct }) => [
      [...calls(trace, programIn), text].join('\n'),
      direct ? AFTER_CAUSE : AFTER_CONTEXT,
    ]);
  const type = fault.path ?? fault.type;
  const last = fault.message === '' ? type : `${type}: ${fault.message}`;
  const shown = calls(fault.trace, programIn);
  // a construct may be refused before it runs
  const refused = fault.construct !== undefined && fault.trace[0]?.file === fault.file;
  if (shown.length === 0 || (refused && !sameLine(fault, programIn))) shown.push(...place(fault, programIn));
  return `${[...parts, [...shown, last].join('\n')].join('\n\n')}\n`;
}

/** `Traceback (most recent call last)` and so on, with the lines of the file and of the modules of the workspace. */
function calls(trace: readonly TraceEntry[], programIn: ProgramIn): string[] {
  if (trace.length === 0) return [];
  const lines = ['Traceback (most recent call last):'];
  let last = '';
  let repeats = 0;
  const endRepeats = () => {
    const more = repeats - MOST_REPEATS;
    if (more > 0) lines.push(`  [Previous line repeated ${more} more time${more === 1 ? '' : 's'}]`);
  };
  for (const entry of [...trace].reverse()) {
    const program = programIn(entry.file);
    // What the library does inside is no matter of the author.
    if (program === undefined && entry.file.startsWith('<')) continue;
    const line = program?.lines.positionAt(entry.span.start).line;
    const shown = `  File "${entry.file}", line ${line ?? '?'}, in ${entry.function}`;
    if (shown !== last) {
      endRepeats();
      last = shown;
      repeats = 0;
    }
    if (++repeats > MOST_REPEATS) continue;
    lines.push(shown);
    const text = line === undefined ? '' : lineText(program!, line).trim();
    if (text !== '') lines.push(`    ${text}`);
  }
  endRepeats();
  return lines;
}

/** The place of a fault that no call led to: a text that does not parse, or a construct that is refused. */
function place({ file, span }: Fault, programIn: ProgramIn): string[] {
  const program = programIn(file);
  if (program === undefined) return [];
  const { line, column } = program.lines.positionAt(span.start);
  const text = lineText(program, line);
  const indent = text.length - text.trimStart().length;
  const from = Math.max(column - indent, 0);
  const marks = Math.max(Math.min(span.end - span.start, text.trimEnd().length - indent - from), 1);
  return [`  File "${file}", line ${line}`, `    ${text.trim()}`, `    ${' '.repeat(from)}${'^'.repeat(marks)}`];
}

function sameLine({ file, span, trace }: Fault, programIn: ProgramIn): boolean {
  const lines = programIn(file)?.lines;
  return lines === undefined || lines.positionAt(span.start).line === lines.positionAt(trace[0]!.span.start).line;
}

function lineText(program: Program, line: number): string {
  return program.source.split('\n')[line - 1] ?? '';
}

/** One line of `reckoner eval --jsonl`, as `vectors/README` describes it. */
export type ExpressionResult =
  | { readonly id: unknown; readonly repr: string; readonly type: string }
  | { readonly id: unknown; readonly error: string; readonly message: string };

/** Evaluates expressions; the statements before them run once for all expressions that share them. */
export class ExpressionRunner {
  readonly #sessions = new Map<string, { session: Session; fault: Fault | undefined }>();
  readonly #modules: ModuleSource | undefined;

  constructor(modules?: ModuleSource) {
    this.#modules = modules;
  }

  evaluate(line: { readonly id: unknown; readonly setup?: string; readonly expr: string }): ExpressionResult {
    const { id, expr } = line;
    const { session, fault } = this.#prepared(line.setup ?? '');
    if (fault !== undefined) return { id, error: fault.type, message: fault.message };
    const { expression, issues } = parseExpression(expr);
    if (expression === undefined || issues.length > 0) {
      const { type, message } = syntaxFault(issues[0], '<expression>');
      return { id, error: type, message };
    }
    const { value, fault: failed } = session.evaluate(expression, 1);
    if (failed !== undefined) return { id, error: failed.type, message: failed.message };
    const result = value ?? null;
    try {
      return guarded(() => ({ id, repr: reprOf(result), type: typeOf(result).name }));
    } catch (error) {
      const { type, message } = faultOf(error, '<expression>').fault;
      return { id, error: type, message };
    }
  }

  #prepared(setup: string) {
    let known = this.#sessions.get(setup);
    if (known === undefined) {
      const session = new Session(this.#modules === undefined ? {} : { modules: this.#modules });
      const { refusal, fault = refusal } = session.run(parseProgram(setup, '<setup>'), 0);
      known = { session, fault };
      this.#sessions.set(setup, known);
    }
    return known;
  }
}

/** A quantity as its magnitude's repr and its units, a unit as its text, anything else as Python's repr. */
function reprOf(value: Value): string {
  const type = typeOf(value).name;
  if (type === 'Quantity') return `${repr(getAttribute(value, 'magnitude'))} ${str(getAttribute(value, 'units'))}`;
  return type === 'Unit' || type === 'UnitsContainer' ? str(value) : repr(value);
}
