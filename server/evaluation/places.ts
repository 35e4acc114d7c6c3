/** From places in programs to places in the chapter. */
import type { Fault, Span } from '../../mlsys';
import { LineIndex } from '../chapter/lines';
import type { Cell, Chapter, OffsetRange, Ref } from '../chapter/model';
import type { FaultCause, TracePlace, UnknownPlace } from './analysis';
import { isCellFile } from './cellState';
import type { CellView } from './cellView';
import type { UnknownRecord } from './results';

/** A frame of a traceback as the evaluator records it. */
export interface RecordedPlace {
  readonly file: string;
  readonly function: string;
  readonly span: Span;
}

/** Finds the cell that a program belongs to, in one version of the chapter. */
export class Places {
  readonly #chapter: Chapter;
  readonly #cells: readonly CellView[];
  readonly #moduleSource: (file: string) => string | undefined;
  readonly #refOf: (file: string) => Ref | undefined;
  #byFile: Map<string, number> | undefined;

  constructor(
    chapter: Chapter,
    cells: readonly CellView[],
    moduleSource: (file: string) => string | undefined,
    refOf: (file: string) => Ref | undefined,
  ) {
    this.#chapter = chapter;
    this.#cells = cells;
    this.#moduleSource = moduleSource;
    this.#refOf = refOf;
  }

  /** Index of the cell whose run has that file name. */
  cellOf(file: string): number | undefined {
    if (this.#byFile === undefined) {
      this.#byFile = new Map();
      for (const [at, cell] of this.#cells.entries()) if (cell.ran !== undefined) this.#byFile.set(cell.ran.file, at);
    }
    return this.#byFile.get(file);
  }

  /** The chapter's range of a span of the program that cell `index` ran. */
  inCell(index: number, span: Span): OffsetRange {
    const cell = this.#cells[index]!;
    return inDocument(cell.cell, cell.relocation(span));
  }

  /** The same, by file; undefined for a file that is no cell of this version. */
  range(file: string, span: Span): OffsetRange | undefined {
    const cell = this.cellOf(file);
    return cell === undefined ? undefined : this.inCell(cell, span);
  }

  /** 1-based line of an offset of the chapter. */
  line(offset: number): number {
    return this.#chapter.lines.lineAt(offset) + 1;
  }

  /** A traceback for people, outermost call first; frames of references themselves are left out. */
  trace(entries: readonly RecordedPlace[]): TracePlace[] {
    return [...entries].reverse().flatMap(entry => this.place(entry) ?? []);
  }

  /** The exceptions that led to a fault, the nearest first. */
  causes(fault: Pick<Fault, 'causes'>): FaultCause[] {
    return (fault.causes ?? []).map(({ text, trace, direct }) => ({ text, direct, place: this.trace(trace).at(-1) }));
  }

  /** Where the cause of an unknown value stands; the cell or file is left out where this version has it no more. */
  unknown({ kind, subject, message, file, span }: UnknownRecord): UnknownPlace {
    const shared = { kind, subject, message, range: undefined, line: undefined, cell: undefined, file: undefined };
    const place = this.place({ file, span: span as Span, function: '' });
    const ref = place === undefined && isCellFile(file) ? this.#refOf(file) : undefined;
    if (ref !== undefined)
      return { ...shared, range: inReference(ref, span), line: this.line(ref.range.start), isReference: true };
    if (place === undefined) return shared;
    const { cell, line, range } = place;
    return { ...shared, cell, line, file: place.file, range: cell === undefined ? undefined : range };
  }

  /** Where something stands in this version of the chapter, or in a file of a package. */
  place(entry: RecordedPlace): TracePlace | undefined {
    if (!isCellFile(entry.file)) {
      const source = this.#moduleSource(entry.file);
      if (source === undefined) return undefined;
      const range = { start: entry.span.start, end: entry.span.end };
      const lines = LineIndex.of(source);
      const position = { start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
      const { line } = position.start;
      const text = source.slice(lines.lineStart(line), lines.lineStart(line + 1)).trim();
      return { function: entry.function, cell: undefined, file: entry.file, range, line: line + 1, position, text };
    }
    const cell = this.cellOf(entry.file);
    if (cell === undefined) return undefined;
    const range = this.inCell(cell, entry.span);
    const line = this.line(range.start);
    const around = this.#chapter.lines.lineRangeAt(range.start);
    const source = this.#chapter.slice(around.start, around.end).trim();
    return { function: entry.function, cell, file: undefined, range, line, position: undefined, text: source };
  }
}

/** A range of a reference's expression as a range of the chapter. */
export function inReference({ exprRange: { start, end } }: Ref, span: OffsetRange): OffsetRange {
  const from = Math.min(start + span.start, end);
  return { start: from, end: Math.max(from, Math.min(start + span.end, end)) };
}

/** A range of a cell's source as a range of the chapter. */
export function inDocument(cell: Cell, span: Span): OffsetRange {
  return cell.toDocumentRange({ start: span.start, end: span.end });
}
