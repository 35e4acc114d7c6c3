/** `enum.Flag` and `IntFlag`: members that combine by `|`, `&` and `^`. */
import { iteratorClass, makeIterator } from '../../python/builtins/support';
import { raise } from '../../python/runtime/errors';
import { defineMethods } from '../../python/runtime/native';
import {
  intClass,
  NotImplemented,
  PyClass,
  PyClassMethod,
  PyInstance,
  type PyList,
  type PyObject,
  PyStaticMethod,
  type Value,
} from '../../python/runtime/objects';
import { format, hash, repr, str } from '../../python/runtime/operations';
import { enumClass, enumType, flagRef, infoOf, memberName, memberValue } from './enum';
import { functions } from './support';

/** The bits of a flag. */
export function flagValue(member: PyObject): bigint {
  const value = memberValue(member);
  return typeof value === 'bigint' ? value : 0n;
}

const isSingle = (value: bigint): boolean => value > 0n && (value & (value - 1n)) === 0n;

/** All bits that members define. */
function mask(cls: PyClass): bigint {
  let bits = 0n;
  for (const member of infoOf(cls).members.values()) bits |= flagValue(member);
  return bits;
}

/** The members of single bits that a value contains. */
function parts(cls: PyClass, value: bigint): PyInstance[] {
  return [...infoOf(cls).members]
    .filter(([name, member]) => memberName(member) === name && isSingle(flagValue(member)))
    .map(([, member]) => member)
    .filter(member => (flagValue(member) & value) !== 0n)
    .sort((a, b) => (flagValue(a) < flagValue(b) ? -1 : 1));
}

/** The member of a combination; made when first met. */
function combined(cls: PyClass, value: bigint, keep: boolean): PyInstance {
  const info = infoOf(cls);
  for (const member of info.members.values()) if (flagValue(member) === value) return member;
  const known = info.composites.get(value);
  if (known !== undefined) return known;
  const all = mask(cls);
  let bits = value;
  if (bits < 0n) bits &= (1n << BigInt(Math.max(all.toString(2).length, keep ? value.toString(2).length : 0))) - 1n;
  if (!keep && (bits & ~all) !== 0n) {
    const width = Math.max(value.toString(2).length, all.toString(2).length);
    const shown = (one: bigint) => `0b0 ${one.toString(2).padStart(width, '0')}`;
    throw raise(
      'ValueError',
      `<flag '${cls.name}'> invalid value ${value}\n    given ${shown(value)}\n  allowed ${shown(all)}`,
    );
  }
  if (bits !== value) return combined(cls, bits, keep);
  const made = new PyInstance(cls);
  if (info.dataType !== undefined) made.payload = value;
  const names = parts(cls, value).map(member => str(memberName(member)));
  const unknown = value & ~all;
  if (unknown !== 0n && names.length > 0) names.push(String(unknown));
  made.attrs!.set('_name_', names.length === 0 ? null : names.join('|'));
  made.attrs!.set('_value_', value);
  info.composites.set(value, made);
  return made;
}

export function setUpFlag(): { flag: PyClass; intFlag: PyClass } {
  const flag = new PyClass('Flag', [enumClass], new Map(), { module: 'enum', metaclass: enumType });
  flagRef.value = flag;
  const intFlag = new PyClass('IntFlag', [intClass, flag], new Map(), { module: 'enum', metaclass: enumType });
  const iterator = iteratorClass('flag_iterator');
  const keeps = (cls: PyClass): boolean => cls.isSubclassOf(intFlag);
  const other = (self: PyInstance, value: Value): bigint | undefined => {
    if (value instanceof PyInstance && value.cls === self.cls) return flagValue(value);
    if (!keeps(self.cls)) return undefined;
    if (typeof value === 'bigint') return value;
    return value instanceof PyInstance && typeof value.payload === 'bigint' ? value.payload : undefined;
  };
  const operator = (op: (a: bigint, b: bigint) => bigint) => (self: PyInstance, value: Value) => {
    const bits = other(self, value);
    return bits === undefined ? NotImplemented : combined(self.cls, op(flagValue(self), bits), keeps(self.cls));
  };
  const or = operator((a, b) => a | b);
  const and = operator((a, b) => a & b);
  const xor = operator((a, b) => a ^ b);
  const methods = {
    '__or__(other, /)': or,
    '__and__(other, /)': and,
    '__xor__(other, /)': xor,
    '__ror__(other, /)': or,
    '__rand__(other, /)': and,
    '__rxor__(other, /)': xor,
    '__invert__()': (self: PyInstance) => combined(self.cls, mask(self.cls) & ~flagValue(self), keeps(self.cls)),
    '__contains__(other, /)': (self: PyInstance, value: Value) => {
      if (!(value instanceof PyInstance) || value.cls !== self.cls)
        throw raise(
          'TypeError',
          `unsupported operand type(s) for 'in': '${(value as PyObject)?.cls?.name ?? 'int'}' and '${self.cls.name}'`,
        );
      return (flagValue(value) & flagValue(self)) === flagValue(value);
    },
    '__bool__()': (self: PyInstance) => flagValue(self) !== 0n,
    '__len__()': (self: PyInstance) => BigInt(parts(self.cls, flagValue(self)).length),
    '__iter__()': (self: PyInstance) => {
      const list = parts(self.cls, flagValue(self));
      let at = 0;
      return makeIterator(() => list[at++], iterator);
    },
    '__repr__()': (self: PyInstance) => {
      const name = memberName(self);
      return name === null
        ? `<${self.cls.name}: ${repr(memberValue(self))}>`
        : `<${self.cls.name}.${str(name)}: ${repr(memberValue(self))}>`;
    },
    '__str__()': (self: PyInstance) => {
      const name = memberName(self);
      return name === null ? `${self.cls.name}(${repr(memberValue(self))})` : `${self.cls.name}.${str(name)}`;
    },
    '__hash__()': (self: PyInstance) => hash(memberValue(self)),
  };
  defineMethods(flag, methods);
  defineMethods(intFlag, {
    ...methods,
    '__str__()': (self: PyInstance) => str(memberValue(self)),
    '__format__(spec, /)': (self: PyInstance, spec: string) => format(memberValue(self), spec),
  });
  const next = functions({
    '_generate_next_value_(name, start, count, last_values)': (
      _name: Value,
      start: Value,
      _count: Value,
      last: PyList,
    ) => {
      const highest = last.items.reduce<bigint>(
        (most, value) => (typeof value === 'bigint' && value > most ? value : most),
        0n,
      );
      return highest === 0n ? start : 1n << BigInt(highest.toString(2).length);
    },
  });
  const missing = functions({
    '_missing_(cls, value)': (cls: PyClass, value: Value) => {
      if (typeof value !== 'bigint') throw raise('ValueError', `${repr(value)} is not a valid ${cls.qualname}`);
      return combined(cls, value, keeps(cls));
    },
  });
  flag.setAttribute('_generate_next_value_', new PyStaticMethod(next._generate_next_value_!));
  flag.setAttribute('_missing_', new PyClassMethod(missing._missing_!));
  return { flag, intFlag };
}
