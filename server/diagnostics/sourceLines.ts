/** Lines of a cell's source around an offset or a statement. */
import type { Span } from '../../mlsys';

/** Where the line of an offset starts. */
export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, without its line end. */
export function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end < 0 ? source.length : end;
}

/** What stands behind an offset on its line. */
export function restOfLine(source: string, offset: number): string {
  return source.slice(offset, lineEnd(source, offset));
}

/** The lines of a statement with their end, where they hold nothing else but a comment behind it. */
export function wholeLines(source: string, statement: Span): Span | undefined {
  const start = lineStart(source, statement.start);
  const isAlone =
    source.slice(start, statement.start).trim() === '' && /^[ \t]*(?:#.*)?$/.test(restOfLine(source, statement.end));
  return isAlone ? { start, end: Math.min(source.length, lineEnd(source, statement.end) + 1) } : undefined;
}
