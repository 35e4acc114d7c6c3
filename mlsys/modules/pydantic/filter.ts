/** What the `include` and `exclude` arguments of a dump leave. */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { Ellipsis, PyInstance, PyList, PyTuple, typeOf, type Value } from '../../python/runtime/objects';
import { equals, str } from '../../python/runtime/operations';
import { PySetBase } from '../../python/runtime/set';
import { type Dump, inference, type Schema } from './schema';

/** How the dump goes on below a key or a place; undefined where it is left out. `count` is that of a sequence. */
export function filtered(key: Value, dump: Dump, count?: number): Dump | undefined {
  const { include, exclude } = dump;
  if (include === null && exclude === null) return dump;
  const excluded = part(exclude, key, count, '`exclude`');
  if (excluded === true) return undefined;
  const included = part(include, key, count, '`include`');
  if (include !== null && included === undefined) return undefined;
  return { ...dump, include: included === true || included === undefined ? null : included, exclude: excluded ?? null };
}

const isAll = (value: Value): boolean => value === true || value === Ellipsis;

/** What a filter says of a key: true for all of it, another filter for parts, undefined for nothing. */
function part(filter: Value, key: Value, count: number | undefined, what: string): Value | true | undefined {
  if (filter === null) return undefined;
  if (count !== undefined) refuseNegative(filter);
  if (filter instanceof PyDict) {
    const found = filter.get(key) ?? (count === undefined ? undefined : filter.get('__all__'));
    if ((found === null || found === false) && what === '`include`')
      throw new Unsupported('include with False or None');
    if (found === undefined || found === null || found === false) return undefined;
    return isAll(found) ? true : found;
  }
  if (filter instanceof PySetBase)
    return filter.has(key) || (count !== undefined && filter.has('__all__')) ? true : undefined;
  if (filter instanceof PyList || filter instanceof PyTuple)
    return filter.items.some(one => equals(one, key)) ? true : undefined;
  throw raise('TypeError', `${what} argument must be a set or dict.`);
}

/** Places counted from the end are not told apart here. */
function refuseNegative(filter: Value): void {
  const keys = filter instanceof PyDict ? filter.keys() : filter instanceof PySetBase ? filter.items() : [];
  for (const key of keys)
    if (typeof key === 'bigint' && key < 0n) throw new Unsupported('a negative place in include or exclude');
}

/** A key as the dump shows it: JSON has texts alone. */
export function dumpKey(key: Value, schema: Schema | undefined, dump: Dump): Value {
  if (!dump.json) return schema === undefined ? key : schema.dump(key, dump);
  if (typeof key === 'string') return key;
  if (key === null) return 'None';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (typeof key === 'bigint') return str(key);
  if (typeof key === 'number') return str(key);
  if (key instanceof PyInstance && typeof key.payload === 'string') return key.payload;
  const dumped = schema === undefined ? inference.dump(key, dump) : schema.dump(key, dump);
  if (dumped !== key) return dumpKey(dumped, undefined, dump);
  throw new Unsupported(`a key of type '${typeOf(key).name}' in JSON`);
}
