/** The text of a dump for JSON. */
import type { PyDict } from '../../python/runtime/dict';
import { PyInstance, PyList, type Value } from '../../python/runtime/objects';
import { repr, str } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { quoteJson } from '../standard/json';
import { nested } from './support';

/** A float in the shortest form, with an exponent as the core of the library writes it. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  const text = repr(value);
  // Python writes an exponent from 1e-5 down, the core of the library from 1e-6 down.
  const small = /^(-?)(\d)(?:\.(\d+))?e-05$/.exec(text);
  if (small !== null) return `${small[1]}0.0000${small[2]}${small[3] ?? ''}`;
  return text.replace(/e([+-])0*(\d+)$/, (_, sign: string, digits: string) => `e${sign === '-' ? '-' : ''}${digits}`);
}

/** The text of a value that JSON can hold; `indent` undefined for the short form. */
export function jsonText(value: Value, indent: number | undefined, level = 0): string {
  vm.step();
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return str(value);
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return quoteJson(value, false);
  if (value instanceof PyInstance && value.payload !== undefined) return jsonText(value.payload, indent, level);
  if (value instanceof PyList) {
    const items = value.items.map(item => nested(() => jsonText(item, indent, level + 1)));
    return joined('[', ']', items, indent, level);
  }
  refuseUnknown(value);
  const colon = indent === undefined ? ':' : ': ';
  const items = [...(value as PyDict).entries()].map(
    ([key, item]) => `${quoteJson(String(key), false)}${colon}${nested(() => jsonText(item, indent, level + 1))}`,
  );
  return joined('{', '}', items, indent, level);
}

function joined(
  open: string,
  close: string,
  items: readonly string[],
  indent: number | undefined,
  level: number,
): string {
  if (items.length === 0) return open + close;
  const size = items.reduce((sum, item) => sum + item.length + 2, 0);
  vm.charge(2 * size);
  if (indent === undefined) return open + items.join(',') + close;
  const pad = `\n${' '.repeat(indent * (level + 1))}`;
  return `${open}${pad}${items.join(`,${pad}`)}\n${' '.repeat(indent * level)}${close}`;
}
