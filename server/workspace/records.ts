/** Findings as the command line prints them and as caches and workers pass them on: plain data with lines and columns. */
import type { Chapter, OffsetRange } from '../chapter/model';
import type { PositionRange } from '../chapter/ranges';
import { type Finding, SEVERITIES, type Severity } from '../diagnostics';
import type { FindingTag } from '../diagnostics/finding';
import { withLineEndsOf } from '../diagnostics/fixes';
import { pathOfUri } from '../files/uri';

/** Lines and columns from 1; a column counts UTF-16 units. */
export interface PlaceRecord {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place in a file. */
export interface FilePlaceRecord extends PlaceRecord {
  readonly file: string;
}

export interface FindingRecord extends FilePlaceRecord {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly related: readonly (FilePlaceRecord & { readonly message: string })[];
  /** Further places of the same cause; left out where there is none. */
  readonly again?: readonly FilePlaceRecord[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly (PlaceRecord & { readonly newText: string })[];
  }[];
  readonly tags?: readonly FindingTag[];
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
  const { file, severity, code, message, related, again, fixes, tags } = (value ?? {}) as Record<string, unknown>;
  return (
    isPlace(value) &&
    [file, code, message].every(isText) &&
    SEVERITIES.includes(severity as Severity) &&
    isListOf(related, one => isPlace(one) && isText(one.file) && isText(one.message)) &&
    (again === undefined || isListOf(again, one => isPlace(one) && isText(one.file))) &&
    (tags === undefined || (Array.isArray(tags) && tags.every(isText))) &&
    isListOf(fixes, fix => isText(fix.title) && isListOf(fix.edits, edit => isPlace(edit) && isText(edit.newText)))
  );
}

export function placeOf(range: OffsetRange, { lines }: Pick<Chapter, 'lines'>): PlaceRecord {
  return recordOfPosition(lines.rangeOf(range));
}

function recordOfPosition({ start, end }: PositionRange): PlaceRecord {
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** `shownAs` is the name under which the chapter is told of; a file that it includes gets its own. */
export function recordOf(finding: Finding, chapter: Chapter, shownAs: string): FindingRecord {
  const { severity, code, message } = finding;
  const besideChapter = (path: string) => shownBeside(path, pathOfUri(chapter.uri) ?? '', shownAs);
  const nameAt = (offset: number) => {
    const file = chapter.composition?.fileAt(offset);
    return file === undefined ? shownAs : besideChapter(file.path);
  };
  const file = nameAt(finding.range.start);
  const include = chapter.composition?.includeAt(finding.range.start);
  const by = include && {
    file: shownAs,
    ...recordOfPosition(chapter.composition!.own.lines.rangeOf(include.range)),
    message: INCLUDED_HERE,
  };
  return {
    file,
    ...placeOf(finding.range, chapter),
    severity,
    code,
    message,
    related: [
      ...(finding.related ?? []).map(one => ({
        file: one.file === undefined ? nameAt(one.range.start) : besideChapter(one.file),
        ...(one.position === undefined ? placeOf(one.range, chapter) : recordOfPosition(one.position)),
        message: one.message,
      })),
      ...(by === undefined ? [] : [by]),
    ],
    ...(finding.again === undefined
      ? {}
      : { again: finding.again.map(range => ({ file: nameAt(range.start), ...placeOf(range, chapter) })) }),
    fixes: (finding.fixes ?? []).map(fix => ({
      title: fix.title,
      edits: fix.edits.map(edit => ({
        ...placeOf(edit, chapter),
        newText: withLineEndsOf(chapter.text, edit.newText),
      })),
    })),
    ...(finding.tags === undefined ? {} : { tags: finding.tags }),
  };
}

/** What is said at the include of a file in which something is found. */
export const INCLUDED_HERE = 'included here';

/** The name of a file as that of the chapter is shown: relative to the same folder, where it lies below that. */
function shownBeside(path: string, chapter: string, shownAs: string): string {
  const folder = chapter.endsWith(shownAs) ? chapter.slice(0, chapter.length - shownAs.length) : '';
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

/**
 * Findings of several chapters: one that stands in a file which they include is told once, with all of them; the file may be
 * a chapter as well.
 */
export function withoutTwins(findings: readonly FindingRecord[]): readonly FindingRecord[] {
  const known = new Map<string, FindingRecord>();
  const told: FindingRecord[] = [];
  const isOfInclude = ({ related }: FindingRecord) => related.some(({ message }) => message === INCLUDED_HERE);
  const included = new Set(findings.filter(isOfInclude).map(({ file }) => file));
  for (const finding of findings) {
    if (!included.has(finding.file)) {
      told.push(finding);
      continue;
    }
    const { file, line, column, code, message } = finding;
    const key = JSON.stringify([file, line, column, code, message]);
    const twin = known.get(key);
    if (twin === undefined) {
      const first = { ...finding, related: [...finding.related] };
      known.set(key, first);
      told.push(first);
    } else {
      const places = new Set(twin.related.map(one => JSON.stringify(one)));
      const further = finding.related.filter(one => one.message === INCLUDED_HERE && !places.has(JSON.stringify(one)));
      (twin.related as FindingRecord['related'][number][]).push(...further);
    }
  }
  return told;
}
