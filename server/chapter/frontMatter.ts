/** The YAML at the top of a chapter. */
import type { FrontMatter, OffsetRange } from './model';
import { shifted } from './ranges';
import { readYaml } from './yaml';

/** Reads a front matter block that starts at the chapter's first unit. */
export function readFrontMatter(text: string): FrontMatter {
  const start = firstLineEnd(text);
  const close = /(?:^|[\r\n])---[^\S\r\n]*(?:\r\n|\n|\r)?$/.exec(text.slice(start));
  const end = close ? start + close.index + (/^[\r\n]/.test(close[0]) ? 1 : 0) : text.length;
  const yaml = text.slice(start, end);
  const { value, error } = readYaml(yaml);
  const data = isRecord(value) ? value : {};
  const range: OffsetRange = { start: 0, end: text.trimEnd().length };
  return {
    range,
    text: yaml,
    textRange: { start, end },
    data,
    error: error && { message: error.message, range: shifted(error.range, start) },
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
