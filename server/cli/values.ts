/** `reckoner values`: the numbers of a chapter. */
import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import type { Analysis, CellFault, CellResult, RefResult } from '../evaluation/analysis';
import { doubtText, unknownText } from '../evaluation/unknowns';
import { engineOf } from '../project/doctor';
import { makeEngine } from './engine';
import type { Io } from './io';
import { printable, printableJson } from './printable';
import { type WorkspaceOptions, workspaceOf } from './workspace';

type Format = 'text' | 'json' | 'csv';

/** Prints the values; the exit code is 0 whatever they are, since findings are the business of `check`. */
export function values(file: string, options: { readonly format: Format } & WorkspaceOptions, io: Io): number {
  const path = resolve(io.cwd, file);
  const engine = makeEngine(workspaceOf(options, [path], io));
  const analysis = engine.evaluate(path, engine.read(path));
  if (options.format === 'json') io.out(`${printableJson(asJson(file, analysis))}\n`);
  else if (options.format === 'csv') io.out(asCsv(analysis));
  else io.out(asText(analysis, io));
  return 0;
}

interface ErrorRecord {
  readonly type: string;
  readonly message: string;
  readonly line?: number;
  /** Label or index of the cell with the cause of an unknown value. */
  readonly cell?: string | number;
}

interface CellRecord {
  readonly index: number;
  /** The included file that it stands in. */
  readonly file?: string;
  readonly label: string | null;
  readonly line: number;
  readonly ok: boolean;
  readonly skipped?: true;
  readonly error?: ErrorRecord;
  readonly checks: { readonly passed: number; readonly failed: number };
}

interface RefRecord {
  /** The included file that it stands in. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  readonly expr: string;
  readonly ok: boolean;
  readonly value?: string;
  /** True for a value that depends on a failed cell. */
  readonly doubtful?: true;
  readonly error?: ErrorRecord;
}

function asJson(file: string, analysis: Analysis): { file: string; cells: CellRecord[]; refs: RefRecord[] } {
  return {
    file,
    cells: analysis.cells.map(cell => cellRecord(cell, analysis)),
    refs: analysis.refs.map(ref => refRecord(ref, analysis)),
  };
}

function cellRecord(result: CellResult, analysis: Analysis): CellRecord {
  const { cell, checks, fault, status } = result;
  const passed = checks.filter(check => check.passed).length;
  return {
    index: cell.index,
    ...fileAt(cell.range.start, analysis),
    label: cell.label ?? null,
    line: analysis.chapter.lines.lineAt(cell.range.start) + 1,
    ok: fault === undefined && status !== 'skipped',
    ...(status === 'skipped' ? { skipped: true } : {}),
    ...(fault === undefined ? {} : { error: { type: fault.type, message: fault.message, line: innermostLine(fault) } }),
    checks: { passed, failed: checks.length - passed },
  };
}

/** The file that the chapter includes there, if it does. */
function fileAt(offset: number, { chapter }: Analysis): { readonly file?: string } {
  const file = chapter.composition?.fileAt(offset);
  return file === undefined ? {} : { file: file.path };
}

/** The innermost line of the chapter that took part in a fault. */
function innermostLine(fault: CellFault): number {
  return fault.trace.findLast(place => place.cell !== undefined)?.line ?? fault.line;
}

function refRecord(result: RefResult, analysis: Analysis): RefRecord {
  const { ref, text, doubt } = result;
  const error = errorOf(result, analysis);
  const { line, character } = analysis.chapter.lines.positionAt(ref.range.start);
  return {
    ...fileAt(ref.range.start, analysis),
    line: line + 1,
    column: character + 1,
    expr: ref.expr,
    ok: text !== undefined,
    ...(text === undefined ? {} : { value: text }),
    ...(doubt === undefined ? {} : { doubtful: true }),
    ...(error === undefined ? {} : { error }),
  };
}

function errorOf({ unknown, fault }: RefResult, { cells }: Analysis): ErrorRecord | undefined {
  if (unknown === undefined) return fault && { type: fault.type, message: fault.message };
  const { line, cell } = unknown;
  return {
    type: 'Unknown',
    message: unknownText(unknown, cells),
    ...(line === undefined ? {} : { line }),
    ...(cell === undefined ? {} : { cell: cells[cell]!.cell.label ?? cell }),
  };
}

function asCsv(analysis: Analysis): string {
  const rows = analysis.refs
    .map(ref => refRecord(ref, analysis))
    .map(({ line, column, expr, ok, value, error }) => [
      line,
      column,
      expr,
      ok,
      value ?? '',
      error?.type ?? '',
      error?.message ?? '',
    ]);
  return [['line', 'column', 'expr', 'ok', 'value', 'error', 'message'], ...rows]
    .map(row => `${row.map(cell => csvField(printable(String(cell)))).join(',')}\n`)
    .join('');
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function asText(analysis: Analysis, io: Io): string {
  const { bold, dim, green, red } = createColors(io.colour);
  const { cells, refs } = asJson('', analysis);
  const { chapter } = analysis;
  const notRun = `not run (${chapter.execution.runsPython ? 'eval: false' : engineOf(chapter)})`;
  const lines: string[] = [];
  const width = Math.min(48, Math.max(4, ...refs.map(ref => ref.expr.length)));
  if (refs.length > 0) lines.push(bold('Values'));
  for (const [at, ref] of refs.entries()) {
    const place = dim(`${ref.line}:${ref.column}`.padStart(9));
    const shown = ref.ok
      ? green(printable(ref.value ?? '').replaceAll('\n', `\n${' '.repeat(width + 13)}`))
      : ref.error?.type === 'Unknown'
        ? dim(printable(ref.error.message))
        : red(printable(`${ref.error?.type}: ${ref.error?.message}`));
    const doubt = analysis.refs[at]!.doubt;
    const mark = doubt === undefined ? '' : dim(printable(`  (${doubtText(doubt, analysis.cells)})`));
    lines.push(`${place}  ${printable(ref.expr).padEnd(width)}  ${shown}${mark}`);
  }
  if (cells.length > 0) lines.push('', bold('Cells'));
  for (const cell of cells) {
    const place = dim(String(cell.line).padStart(9));
    const name = printable(cell.label ?? `cell ${cell.index}`).padEnd(width);
    lines.push(`${place}  ${name}  ${outcome(cell)}`);
  }
  const failed = cells.filter(cell => cell.error !== undefined).length;
  const good = refs.filter(ref => ref.ok).length;
  lines.push('', `${good} of ${refs.length} references have a value; ${failed} of ${cells.length} cells failed.`);
  return `${lines.join('\n')}\n`;

  function outcome({ skipped, error, checks: { passed, failed } }: CellRecord): string {
    if (skipped === true) return dim(notRun);
    const guards = passed + failed === 0 ? '' : `, ${passed} of ${passed + failed} checks hold`;
    if (error === undefined) return `${green('ok')}${failed > 0 ? red(guards) : guards}`;
    return red(printable(`${error.type}: ${error.message} (line ${error.line})`));
  }
}
