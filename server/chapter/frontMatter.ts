/** The YAML at the top of a chapter. */
import { parseDocument } from 'yaml';
import type { FrontMatter, OffsetRange } from './model';

/** Reads a front matter block that starts at the chapter's first unit. */
export function readFrontMatter(text: string): FrontMatter {
  const start = firstLineEnd(text);
  const close = /(?:^|[\r\n])---[^\S\r\n]*(?:\r\n|\n|\r)?$/.exec(text.slice(start));
  const end = close ? start + close.index + (/^[\r\n]/.test(close[0]) ? 1 : 0) : text.length;
  const yaml = text.slice(start, end);
  const document = parseDocument(yaml, { logLevel: 'silent', prettyErrors: false });
  const fault = document.errors[0];
  const read: unknown = fault ? undefined : safely(() => document.toJS({ maxAliasCount: 100 }));
  const data = isRecord(read) ? read : {};
  const error = fault
    ? {
        message: fault.message,
        range: { start: start + fault.pos[0], end: start + Math.max(fault.pos[1], fault.pos[0]) },
      }
    : undefined;
  const range: OffsetRange = { start: 0, end: text.trimEnd().length };
  return {
    range,
    text: yaml,
    textRange: { start, end },
    data,
    error,
    title: typeof data.title === 'string' ? data.title : undefined,
    bibliography: filesOf(data.bibliography),
  };
}

function filesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

function firstLineEnd(text: string): number {
  return /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(text)![0].length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A document whose aliases expand without bound counts as empty. */
function safely(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
