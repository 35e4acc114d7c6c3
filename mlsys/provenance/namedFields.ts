/** Objects in lists and dicts as they are written: what their numbers are called. */
import { PyInstance, PyTuple, type Value } from '../python/runtime/objects';
import { repr } from '../python/runtime/operations';
import type { Part } from './graph';
import { sourceOfPart } from './parts';

/** Objects in a list or dict as it is written, whose numbers are called by where they are: `pumps["north"].flow`. */
export function namedFields(part: Part, name: string): Part {
  if (part.kind !== 'display') return part;
  const items = [...part.items].map(([key, item]): [Value, Part] => {
    if (item.kind !== 'call' || !(item.value instanceof PyInstance)) return [key, item];
    const place = `${name}[${repr(key)}]`;
    const places = item.value.cls.lookup('__match_args__');
    const fields = places instanceof PyTuple ? places.items : [];
    const named = (one: Part, field: Value | undefined): Part => {
      const { value } = one;
      const isNumber = one.kind === 'literal' && (typeof value === 'number' || typeof value === 'bigint');
      if (!isNumber || typeof field !== 'string') return one;
      return { kind: 'source', code: one.code, source: sourceOfPart(`${place}.${field}`, one), value, at: one.at };
    };
    const args = item.args.map((one, at) => named(one, fields[at]));
    const keywords = item.keywords.map(([field, one]) => [field, named(one, field)] as const);
    return [key, { ...item, args, keywords }];
  });
  return { ...part, items: new Map(items) };
}
