/** Further names and values of an enumeration's members, and the order that its class promises. */
import { raise } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { defineMethods } from '../../python/runtime/native';
import { type PyClass, type PyInstance, PyList, type Value } from '../../python/runtime/objects';
import { listOf, repr } from '../../python/runtime/operations';
import type { EnumInfo } from './enum';

/** Gives members `_add_alias_` and `_add_value_alias_`. */
export function defineAliases(
  enumClass: PyClass,
  infoOf: (cls: PyClass) => EnumInfo,
  memberOf: (info: EnumInfo, value: Value) => PyInstance | undefined,
  bind: (cls: PyClass, name: string, member: PyInstance) => void,
): void {
  const refuseOther = (
    value: Value,
    known: PyInstance | undefined,
    self: PyInstance,
    type: 'NameError' | 'ValueError',
  ): void => {
    if (known !== undefined && known !== self) throw raise(type, `${repr(value)} is already bound: ${repr(known)}`);
  };
  defineMethods(enumClass, {
    '_add_alias_(name)': (self: PyInstance, name: string) => {
      const known = infoOf(self.cls).members.get(name);
      refuseOther(name, known, self, 'NameError');
      if (known !== undefined) return null;
      touch(self.cls);
      bind(self.cls, name, self);
      return null;
    },
    '_add_value_alias_(value)': (self: PyInstance, value: Value) => {
      const info = infoOf(self.cls);
      const known = memberOf(info, value);
      refuseOther(value, known, self, 'ValueError');
      if (known !== undefined) return null;
      touch(self.cls);
      info.values.push([value, self, info.members.size]);
      return null;
    },
  });
}

/** The values of members in the order in which they were added. */
export function* valuesOf({ members, values }: EnumInfo): Iterable<readonly [Value, PyInstance]> {
  for (const [at, member] of [...members.values(), undefined].entries()) {
    for (const [value, owner, before] of values) if (before === at) yield [value, owner];
    if (member !== undefined) yield [member.attrs?.get('_value_') ?? null, member];
  }
}

/** Holds the names of the members, aliases aside, against `_order_`, in which others need not stand. */
export function checkOrder(order: Value | undefined, { members }: EnumInfo, names: readonly Value[]): void {
  if (order === undefined || order === null) return;
  const given = typeof order === 'string' ? order.replaceAll(',', ' ').trim().split(/\s+/) : listOf(order);
  const wanted = given.filter(
    one => one !== '' && (typeof one !== 'string' || !members.has(one) || names.includes(one)),
  );
  if (wanted.length === 0) return;
  if (wanted.length === names.length && wanted.every((one, at) => one === names[at])) return;
  const text = (list: readonly Value[]): string => repr(new PyList([...list]));
  throw raise('TypeError', `member order does not match _order_:\n  ${text(names)}\n  ${text(wanted)}`);
}

const OPTIONS = new Set(['value', 'names', 'module', 'qualname', 'type', 'start', 'boundary']);

/** Refuses what a call of an enumeration does not take by name. */
export function checkOptions(options: ReadonlyMap<string, Value>): void {
  for (const name of options.keys())
    if (!OPTIONS.has(name))
      throw raise('TypeError', `EnumType.__call__() got an unexpected keyword argument '${name}'`);
}
