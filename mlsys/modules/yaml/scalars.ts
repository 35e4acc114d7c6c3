/** What plain scalars mean in YAML 1.1 as PyYAML reads it. */
import { raise } from '../../python/runtime/errors';
import { floatClass, intClass, type Value } from '../../python/runtime/objects';
import { call, getAttribute } from '../../python/runtime/operations';
import { builtinModule } from '../registry';
import { TAG } from './compose';

/** By the tag, the first characters and the whole of the scalars that have it; the first that fits counts. */
const IMPLICIT: readonly (readonly [tag: string, first: string, whole: RegExp])[] = [
  ['bool', 'yYnNtTfFoO', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  [
    'float',
    '-+0123456789.',
    /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  [
    'int',
    '-+0123456789',
    /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/,
  ],
  ['merge', '<', /^<<$/],
  ['null', '~nN', /^(?:~|null|Null|NULL)$/],
  [
    'timestamp',
    '0123456789',
    /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
  ],
  ['value', '=', /^=$/],
];

/** The tag of a plain scalar as `Resolver` of PyYAML gives it. */
export function implicitTag(text: string): string {
  if (text === '') return `${TAG}null`;
  const first = text[0]!;
  for (const [tag, firsts, whole] of IMPLICIT) if (firsts.includes(first) && whole.test(text)) return TAG + tag;
  return `${TAG}str`;
}

const TRUE = /^(?:yes|true|on)$/i;

/** Constructs a scalar of a tag that `IMPLICIT` knows; raises as Python does where the text does not suit an explicit tag. */
export function scalarValue(tag: string, text: string): Value | undefined {
  switch (tag) {
    case `${TAG}null`:
      return null;
    case `${TAG}bool`:
      if (!/^(?:yes|no|true|false|on|off)$/i.test(text)) throw raise('KeyError', text.toLowerCase());
      return TRUE.test(text);
    case `${TAG}int`:
      return integer(text.replaceAll('_', ''));
    case `${TAG}float`:
      return float(text.replaceAll('_', '').toLowerCase());
    case `${TAG}str`:
      return text;
    case `${TAG}timestamp`:
      return moment(text);
    default:
      return undefined;
  }
}

function signed(text: string): [negative: boolean, rest: string] {
  if (text === '') throw raise('IndexError', 'string index out of range');
  return [text.startsWith('-'), /^[-+]/.test(text) ? text.slice(1) : text];
}

const pythonInt = (text: string, base?: bigint): bigint =>
  call(intClass, base === undefined ? [text] : [text, base]) as bigint;

function integer(text: string): bigint {
  const [negative, rest] = signed(text);
  const value = magnitude(rest);
  return negative ? -value : value;
}

function magnitude(text: string): bigint {
  if (text === '0') return 0n;
  if (text.startsWith('0b')) return pythonInt(text.slice(2), 2n);
  if (text.startsWith('0x')) return pythonInt(text.slice(2), 16n);
  if (text.startsWith('0')) return pythonInt(text, 8n);
  let value = 0n;
  for (const part of text.split(':')) value = value * 60n + pythonInt(part);
  return value;
}

function float(text: string): number {
  const [negative, rest] = signed(text);
  const value = plainFloat(rest);
  return negative ? -1 * value : value;
}

function plainFloat(text: string): number {
  if (text === '.inf') return Number.POSITIVE_INFINITY;
  if (text === '.nan') return Number.NaN;
  const parts = text.split(':').map(part => call(floatClass, [part]) as number);
  if (parts.length === 1) return parts[0]!;
  let value = 0;
  let base = 1;
  for (const part of parts.reverse()) {
    value += part * base;
    base *= 60;
  }
  return value;
}

const MOMENT =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

function moment(text: string): Value {
  const found = MOMENT.exec(text);
  if (found === null) throw raise('AttributeError', "'NoneType' object has no attribute 'groupdict'");
  const [, year, month, day, hour, minute, second, fraction, zone, sign, zoneHours, zoneMinutes] = found;
  const module = builtinModule('datetime')!;
  const of = (name: string, args: Value[], keywords?: [string, Value][]) =>
    call(getAttribute(module, name), args, keywords && new Map(keywords));
  const date = [year, month, day].map(part => BigInt(part!));
  if (hour === undefined) return of('date', date);
  let zoned: Value = null;
  if (sign !== undefined) {
    const factor = sign === '-' ? -1n : 1n;
    const hours: [string, Value] = ['hours', factor * BigInt(zoneHours!)];
    const minutes: [string, Value] = ['minutes', factor * BigInt(zoneMinutes ?? 0)];
    zoned = of('timezone', [of('timedelta', [], [hours, minutes])]);
  } else if (zone !== undefined) zoned = getAttribute(getAttribute(module, 'timezone'), 'utc');
  const micro = BigInt((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  const clock = [hour, minute, second].map(part => BigInt(part!));
  return of('datetime', [...date, ...clock, micro], [['tzinfo', zoned]]);
}
