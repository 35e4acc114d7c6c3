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
import { boundaryOf, enumClass, enumType, flagRef, infoOf, memberName, memberValue, reprEnum } from './enum';
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

/** The members of single bits that a value contains, in order of definition. */
function parts(cls: PyClass, value: bigint): PyInstance[] {
  return [...infoOf(cls).members]
    .filter(([name, member]) => memberName(member) === name && isSingle(flagValue(member)))
    .map(([, member]) => member)
    .filter(member => (flagValue(member) & value) !== 0n);
}

/** The member of a combination; made when first met. With boundary EJECT a value that is none stays an int. */
function combined(cls: PyClass, value: bigint, keep: boolean): PyInstance | bigint {
  const info = infoOf(cls);
  const boundary = boundaryOf(cls) ?? (keep ? 'keep' : 'strict');
  for (const member of info.members.values()) if (flagValue(member) === value) return member;
  const known = info.composites.get(value);
  if (known !== undefined) return known;
  const all = mask(cls);
  const every = (1n << BigInt(all === 0n ? 0 : all.toString(2).length)) - 1n;
  let bits = value;
  if (!(-every <= value && value <= every) || (value & (every ^ all)) !== 0n) {
    if (boundary === 'strict') {
      const width = Math.max((value < 0n ? -value : value).toString(2).length, every.toString(2).length);
      throw raise(
        'ValueError',
        `<flag '${cls.name}'> invalid value ${value}\n    given ${binaryText(value, width)}\n  allowed ${binaryText(all, width)}`,
      );
    }
    if (boundary === 'conform') bits &= all;
    else if (boundary === 'eject') return value;
    else if (value < 0n)
      bits =
        value +
        (every + 1n > 1n << BigInt((-value - 1n).toString(2).length)
          ? every + 1n
          : 1n << BigInt((-value - 1n).toString(2).length));
  }
  if (bits < 0n) bits += every + 1n;
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

/** Bits with their sign, as messages show them: `0b0 101`, `0b1 010` for a complement. */
function binaryText(value: bigint, width: number): string {
  const digits = value < 0n ? (value + (1n << BigInt(width))).toString(2) : value.toString(2);
  return value < 0n ? `0b1 ${digits.padStart(width, '1')}` : `0b0 ${digits.padStart(width, '0')}`;
}

export function setUpFlag(): { flag: PyClass; intFlag: PyClass } {
  const flag = new PyClass('Flag', [enumClass], new Map(), { module: 'enum', metaclass: enumType });
  flagRef.value = flag;
  const intFlag = new PyClass('IntFlag', [intClass, reprEnum, flag], new Map(), {
    module: 'enum',
    metaclass: enumType,
  });
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
    '__hash__()': (self: PyInstance) => hash(memberName(self)),
  };
  defineMethods(flag, methods);
  defineMethods(intFlag, {
    ...methods,
    '__hash__()': (self: PyInstance) => hash(memberValue(self)),
    '__str__()': (self: PyInstance) => str(memberValue(self)),
    '__format__(spec, /)': (self: PyInstance, spec: string) =>
      spec === '' ? str(self) : format(memberValue(self), spec),
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
