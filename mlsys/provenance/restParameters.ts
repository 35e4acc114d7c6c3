/** What `*args` and `**kwargs` hold in a function: a tuple and a dict of what its call is given. */
import { PyDict } from '../python/runtime/dict';
import { PyTuple, type Value } from '../python/runtime/objects';
import { repr } from '../python/runtime/operations';
import type { Part } from './graph';
import { codeOf, sourceOfPart } from './parts';

/** `*args` */
export function restPart(name: string, args: readonly Part[]): Part {
  const items = new Map<Value, Part>(args.map((one, at) => [BigInt(at), named(one, `${name}[${at}]`)]));
  const codes = [...items.values()].map(codeOf);
  const code = `(${codes.join(', ')}${codes.length === 1 ? ',' : ''})`;
  return { kind: 'display', code, items, value: new PyTuple(args.map(one => one.value)), at: undefined };
}

/** `**kwargs` */
export function othersPart(name: string, given: ReadonlyMap<string, Part>): Part {
  const items = new Map([...given].map(([key, one]) => [key, named(one, `${name}[${repr(key)}]`)]));
  const codes = [...items].map(([key, one]) => `${repr(key)}: ${codeOf(one)}`);
  const value = PyDict.from([...given].map(([key, one]) => [key, one.value]));
  return { kind: 'display', code: `{${codes.join(', ')}}`, items, value, at: undefined };
}

/** What has no name, by the place that it has now. */
function named(part: Part, place: string): Part {
  if (part.kind === 'source' || part.kind === 'literal' || part.kind === 'object') return part;
  return { kind: 'source', code: place, source: sourceOfPart(place, part), value: part.value, at: part.at };
}
