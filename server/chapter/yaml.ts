/** Reads YAML that anybody may have written: neither its size nor its nesting can take the program down. */
import { type Document, isMap, isNode, isScalar, isSeq, type ParsedNode, parseDocument, visit } from 'yaml';
import type { OffsetRange } from './ranges';

export interface ReadYaml {
  /** Undefined where there is an error. */
  readonly value: unknown;
  readonly error: { readonly message: string; readonly range: OffsetRange } | undefined;
}

/** Longest text that is read. */
const MAX_LENGTH = 200_000;
/** Deepest nesting that is read: the YAML library recurses, and the end of the stack may end the process. */
const MAX_DEPTH = 200;

export function readYaml(text: string): ReadYaml {
  const { document, error } = parsed(text);
  return { value: document === undefined ? undefined : plainValue(document), error };
}

/** A value with where it stands in its text. */
export interface YamlNode {
  readonly range: OffsetRange;
  /** Of a scalar; undefined for what has parts, and for aliases. */
  readonly scalar?: unknown;
  /** Of a mapping, those alone whose keys are texts. */
  readonly entries?: readonly YamlEntry[];
  /** Of a list. */
  readonly items?: readonly YamlNode[];
  /** True between brackets or braces. */
  readonly isFlow: boolean;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyRange: OffsetRange;
  /** Undefined where nothing stands behind the colon. */
  readonly value: YamlNode | undefined;
}

/** What a text holds, part by part; undefined where it is empty or cannot be read. */
export function readYamlTree(text: string): {
  readonly root: YamlNode | undefined;
  readonly error: ReadYaml['error'];
} {
  const { document, error } = parsed(text);
  return { root: document === undefined ? undefined : treeOf(document.contents), error };
}

function treeOf(node: ParsedNode | null): YamlNode | undefined {
  if (node === null || (isScalar(node) && node.source === '' && node.value === null)) return undefined;
  const [start, end] = node.range;
  const range = { start, end };
  if (isScalar(node)) return { range, scalar: node.value, isFlow: false };
  if (isSeq(node)) return { range, items: node.items.flatMap(item => treeOf(item) ?? []), isFlow: node.flow === true };
  if (!isMap(node)) return { range, isFlow: false };
  const entries = node.items.flatMap(({ key, value }): YamlEntry[] => {
    if (!isNode(key) || !isScalar(key) || typeof key.value !== 'string') return [];
    const [from, to] = key.range;
    return [{ key: key.value, keyRange: { start: from, end: to }, value: treeOf(value) }];
  });
  return { range, entries, isFlow: node.flow === true };
}

/** The document of a text, where it can be read and has no error. */
function parsed(text: string): { readonly document?: Document.Parsed; readonly error: ReadYaml['error'] } {
  if (text.length > MAX_LENGTH) return refused('This YAML is too long to be read.');
  if (mayNestDeeply(text)) return refused('This YAML is nested too deeply to be read.');
  // The library compares each key with all others; `duplicateKey` does not.
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
  const fault = document.errors[0];
  const error = fault
    ? { message: fault.message, range: { start: fault.pos[0], end: Math.max(fault.pos[1], fault.pos[0]) } }
    : duplicateKey(document);
  return error === undefined ? { document, error } : { error };
}

function refused(message: string): { readonly error: ReadYaml['error'] } {
  return { error: { message, range: { start: 0, end: 0 } } };
}

/** The value; undefined for a document whose aliases expand without bound. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function duplicateKey(document: Document): ReadYaml['error'] {
  let error: ReadYaml['error'];
  visit(document, {
    Map(_, map) {
      if (!isMap(map)) return undefined;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          const [start, end] = key.range ?? [0, 0];
          error = { message: 'Map keys must be unique', range: { start, end } };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return error;
}

/** Whether an upper bound of the nesting is beyond what is read: open brackets, indentation, and marks within a line. */
function mayNestDeeply(text: string): boolean {
  let brackets = 0;
  const indents: number[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const indent = line.length - line.trimStart().length;
    while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop();
    indents.push(indent);
    let marks = 0;
    for (let at = indent; at < line.length; at++) {
      const unit = line[at];
      if (unit === '[' || unit === '{') brackets++;
      else if (unit === ']' || unit === '}') brackets = Math.max(0, brackets - 1);
      else if ((unit === '-' || unit === '?' || unit === ':') && /[ \t]|^$/.test(line.charAt(at + 1))) marks++;
      if (brackets + indents.length + marks > MAX_DEPTH) return true;
    }
  }
  return false;
}
