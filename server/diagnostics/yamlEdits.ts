/** Edits of YAML that leave its layout alone. */
import type { OffsetRange } from '../chapter/model';
import { readYamlTree, type YamlEntry, type YamlNode } from '../chapter/yaml';
import { entryOf } from './configuration';
import type { TextEdit } from './finding';
import { replacement } from './fixes';
import { lineEnd, lineStart } from './sourceLines';

/**
 * The edit that gives a key, named by the keys that lead to it, a plain value: it changes the value that is there, or adds what is
 * missing behind what the innermost mapping holds. Undefined for a text that is not valid, or holds something else than mappings there.
 */
export function yamlEdit(text: string, path: readonly string[], value: string): TextEdit | undefined {
  const { root, error } = readYamlTree(text);
  if (error !== undefined) return undefined;
  if (root === undefined) return insertion(text, text.length, nested(path, value, 0));
  let node: YamlNode = root;
  for (const [at, key] of path.entries()) {
    if (node.entries === undefined) return undefined;
    const rest = path.slice(at);
    const entry = entryOf(node, key);
    if (entry === undefined) return node.isFlow ? inFlow(text, node, rest, value) : inBlock(text, node, rest, value);
    if (entry.value === undefined) return behindKey(text, entry, rest.slice(1), value);
    if (at === path.length - 1)
      return entry.value.entries === undefined ? replacement(entry.value.range, value) : undefined;
    node = entry.value;
  }
  return undefined;
}

/** Between the braces of a mapping, at their end. */
function inFlow(text: string, node: YamlNode, path: readonly string[], value: string): TextEdit {
  const [key = '', ...others] = path.toReversed();
  const made = others.reduce((inner, one) => `${one}: {${inner}}`, `${key}: ${value}`);
  const brace = text.lastIndexOf('}', node.range.end);
  const end = brace - /\s*$/.exec(text.slice(node.range.start, brace))![0].length;
  return replacement({ start: end, end }, node.entries!.length === 0 ? made : `, ${made}`);
}

/** Below the last entry of a mapping, with its indentation. */
function inBlock(text: string, node: YamlNode, path: readonly string[], value: string): TextEdit {
  const [first] = node.entries!;
  const indent = first === undefined ? 0 : columnOf(text, first.keyRange);
  return insertion(text, endOf(node), nested(path, value, indent));
}

/** For a key without a value. */
function behindKey(text: string, { keyRange }: YamlEntry, path: readonly string[], value: string): TextEdit {
  if (path.length === 0) {
    const at = text.indexOf(':', keyRange.end) + 1;
    return replacement({ start: at, end: at }, ` ${value}`);
  }
  return insertion(text, keyRange.end, nested(path, value, columnOf(text, keyRange) + 2));
}

/** Where the last part of a value ends. */
function endOf({ range, entries, items, isFlow }: YamlNode): number {
  if (isFlow) return range.end;
  const entry = entries?.at(-1);
  if (entry !== undefined) return entry.value === undefined ? entry.keyRange.end : endOf(entry.value);
  const item = items?.at(-1);
  return item === undefined ? range.end : endOf(item);
}

/** Lines below the line of an offset; the text of a block, whose end is the start of a line, ends with the line before. */
function insertion(text: string, offset: number, lines: string): TextEdit {
  const end = lineEnd(text, offset > 0 && text[offset - 1] === '\n' ? offset - 1 : offset);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const made = lines.replaceAll('\n', newline);
  if (text.trim() === '') return replacement({ start: text.length, end: text.length }, `${made}${newline}`);
  const at = text[end - 1] === '\r' ? end - 1 : end;
  const isLast = end === text.length;
  return replacement({ start: at, end: at }, `${newline}${made}${isLast ? newline : ''}`);
}

function nested(path: readonly string[], value: string, indent: number): string {
  return path
    .map((key, at) => `${' '.repeat(indent + 2 * at)}${key}:${at === path.length - 1 ? ` ${value}` : ''}`)
    .join('\n');
}

function columnOf(text: string, { start }: OffsetRange): number {
  return start - lineStart(text, start);
}
