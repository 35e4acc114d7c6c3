/** Lists and dicts that hold other items than they were written with: what was put there below is what they are made of. */
import { PyDict } from '../python/runtime/dict';
import { fillerOf } from '../python/runtime/filled';
import { PyList, type Value } from '../python/runtime/objects';
import { repr } from '../python/runtime/operations';
import type { Binding } from '../python/runtime/provenance';
import { sameValue } from '../session/same';
import type { Part, Source } from './graph';
import { sourceOfPart } from './parts';

/** So many items are told; of a container with more, none is. */
const MOST_ITEMS = 60;
/** Code that names more is not read. */
const MOST_NAMED = 6;

/**
 * The part of a list or dict that was written, with what it holds: what stands there, and what was put in below. Undefined where it
 * holds something else by now, and nobody knows where that is from.
 */
export function filledPart(
  part: Part,
  name: string,
  value: Value,
  sourceOf: (filler: Binding) => Source,
): Part | undefined {
  if (part.kind !== 'display') return part;
  const items = itemsOf(value);
  if (items === undefined) return part;
  const isAsWritten = ([key, item]: readonly [Value, Value]): boolean => {
    const written = part.items.get(key);
    return written !== undefined && sameValue(written.value, item);
  };
  if (items.length === part.items.size && items.every(isAsWritten)) return part;
  if (items.length > MOST_ITEMS) return undefined;
  const keys: string[] = [];
  const parts = new Map<Value, Part>();
  for (const one of items) {
    const [key, item] = one;
    const code = `${name}[${repr(key)}]`;
    if (isAsWritten(one)) {
      const written = part.items.get(key)!;
      const told: Part = { kind: 'source', code, source: sourceOfPart(code, written), value: item, at: written.at };
      keys.push(repr(key));
      parts.set(key, told);
      continue;
    }
    const filler = fillerOf(value, key);
    if (filler === undefined || !sameValue(filler.value, item)) return undefined;
    const source = { ...sourceOf(filler), name: code };
    const told: Part = { kind: 'source', code, source, value: item, at: undefined };
    keys.push(repr(key));
    parts.set(key, told);
  }
  const isList = value instanceof PyList;
  const shown = keys.slice(0, MOST_NAMED).map(key => (isList ? `${name}[${key}]` : `${key}: ${name}[${key}]`));
  const more = keys.length > MOST_NAMED ? ', …' : '';
  const [open, close] = isList ? '[]' : '{}';
  return { kind: 'display', code: `${open}${shown.join(', ')}${more}${close}`, items: parts, value, at: part.at };
}

/** Undefined for what cannot be filled. */
function itemsOf(value: Value): (readonly [key: Value, item: Value])[] | undefined {
  if (value instanceof PyList) return value.items.map((item, at) => [BigInt(at), item]);
  return value instanceof PyDict ? [...value.entries()] : undefined;
}
