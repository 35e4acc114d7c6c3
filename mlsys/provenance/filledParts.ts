/** Containers that are empty where they are written, and filled one by one below: what was put there is what they are made of. */
import { PyDict } from '../python/runtime/dict';
import { fillerOf } from '../python/runtime/filled';
import { PyList, type Value } from '../python/runtime/objects';
import { repr } from '../python/runtime/operations';
import type { Binding } from '../python/runtime/provenance';
import { sameValue } from '../session/same';
import type { Part, Source } from './graph';

/** So many items are told; of a container with more, none is. */
const MOST_ITEMS = 60;
/** Code that names more is not read. */
const MOST_NAMED = 6;

/** The part of an empty list or dict that was filled, with its items; the part itself where that is not known of all of them. */
export function filledPart(part: Part, name: string, value: Value, sourceOf: (filler: Binding) => Source): Part {
  if (part.kind !== 'display' || part.items.size > 0) return part;
  const items = itemsOf(value);
  if (items.length === 0 || items.length > MOST_ITEMS) return part;
  const names: [string, Part][] = [];
  for (const [key, item] of items) {
    const filler = fillerOf(value, key);
    if (filler === undefined || !sameValue(filler.value, item)) return part;
    const code = `${name}[${repr(key)}]`;
    const source = { ...sourceOf(filler), name: code };
    names.push([code, { kind: 'source', code, source, value: item, at: undefined }]);
  }
  const shown = names.slice(0, MOST_NAMED).map(([code]) => code);
  const more = names.length > MOST_NAMED ? ', …' : '';
  const [open, close] = value instanceof PyList ? '[]' : '{}';
  return { kind: 'code', code: `${open}${shown.join(', ')}${more}${close}`, names, value, at: part.at };
}

function itemsOf(value: Value): (readonly [key: Value, item: Value])[] {
  if (value instanceof PyList) return value.items.map((item, at) => [BigInt(at), item]);
  return value instanceof PyDict ? [...value.entries()] : [];
}
