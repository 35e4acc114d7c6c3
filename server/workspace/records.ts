/** Findings as the command line prints them and as caches and workers pass them on: plain data with lines and columns. */
import type { Chapter, OffsetRange } from '../chapter/model';
import type { PositionRange } from '../chapter/ranges';
import { type Finding, SEVERITIES, type Severity } from '../diagnostics';

/** Lines and columns from 1; a column counts UTF-16 units. */
export interface PlaceRecord {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FindingRecord extends PlaceRecord {
  readonly file: string;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly related: readonly (PlaceRecord & { readonly file: string; readonly message: string })[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly (PlaceRecord & { readonly newText: string })[];
  }[];
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isPlace(value: unknown): boolean {
  const { line, column, endLine, endColumn } = (value ?? {}) as Partial<PlaceRecord>;
  return [line, column, endLine, endColumn].every(number => Number.isInteger(number) && number! > 0);
}

function isListOf(value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'object' && item !== null && isItem(item));
}

/** True for a value that has the shape of a record, wherever it comes from. */
export function isFindingRecord(value: unknown): value is FindingRecord {
  const { file, severity, code, message, related, fixes } = (value ?? {}) as Record<string, unknown>;
  return (
    isPlace(value) &&
    [file, code, message].every(isText) &&
    SEVERITIES.includes(severity as Severity) &&
    isListOf(related, one => isPlace(one) && isText(one.file) && isText(one.message)) &&
    isListOf(fixes, fix => isText(fix.title) && isListOf(fix.edits, edit => isPlace(edit) && isText(edit.newText)))
  );
}

export function placeOf(range: OffsetRange, { lines }: Chapter): PlaceRecord {
  return recordOfPosition({ start: lines.positionAt(range.start), end: lines.positionAt(range.end) });
}

function recordOfPosition({ start, end }: PositionRange): PlaceRecord {
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

export function recordOf(finding: Finding, chapter: Chapter, file: string): FindingRecord {
  const { severity, code, message } = finding;
  return {
    file,
    ...placeOf(finding.range, chapter),
    severity,
    code,
    message,
    related: (finding.related ?? []).map(one => ({
      file: one.file ?? file,
      ...(one.position === undefined ? placeOf(one.range, chapter) : recordOfPosition(one.position)),
      message: one.message,
    })),
    fixes: (finding.fixes ?? []).map(fix => ({
      title: fix.title,
      edits: fix.edits.map(edit => ({ ...placeOf(edit, chapter), newText: edit.newText })),
    })),
  };
}
