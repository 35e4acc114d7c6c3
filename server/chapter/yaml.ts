/** Reads YAML that anybody may have written: neither its size nor its nesting can take the program down. */
import { type Document, isMap, isScalar, parseDocument, visit } from 'yaml';
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
  if (text.length > MAX_LENGTH) return refused('This YAML is too long to be read.');
  if (mayNestDeeply(text)) return refused('This YAML is nested too deeply to be read.');
  // The library compares each key with all others; `duplicateKey` does not.
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
  const fault = document.errors[0];
  const error = fault
    ? { message: fault.message, range: { start: fault.pos[0], end: Math.max(fault.pos[1], fault.pos[0]) } }
    : duplicateKey(document);
  return { value: error === undefined ? plainValue(document) : undefined, error };
}

function refused(message: string): ReadYaml {
  return { value: undefined, error: { message, range: { start: 0, end: 0 } } };
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
