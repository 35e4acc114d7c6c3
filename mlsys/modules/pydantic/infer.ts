/** How values are dumped by what they are, where no schema says it. */
import { PyDict } from '../../python/runtime/dict';
import { Unsupported } from '../../python/runtime/errors';
import {
  isInstance,
  PyBytes,
  PyClass,
  PyComplex,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { callMethod, getAttribute, repr, str } from '../../python/runtime/operations';
import { PyFrozenSet, PySet, PySetBase } from '../../python/runtime/set';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { ownFields } from '../standard/dataclasses/copies';
import { PyDeque } from '../standard/deque';
import { enumClass, memberValue } from '../standard/enum';
import { setAnyDump } from './containers';
import { dumpKey, filtered } from './filter';
import { circular, dumpModel, models, PyModel } from './modelSchema';
import { decoded } from './scalars';
import { type Dump, inference } from './schema';
import { userSerializationError } from './serializationError';
import { refuseChanged } from './support';

function dumpItems(items: Iterable<Value>, dump: Dump, count: number): Value[] {
  const made: Value[] = [];
  let at = 0n;
  for (const item of items) {
    vm.step();
    const next = filtered(at++, dump, count);
    if (next !== undefined) made.push(infer(item, next));
  }
  return made;
}

function infer(value: Value, dump: Dump): Value {
  if (!(value instanceof PyObject)) return value;
  refuseChanged(value);
  if (value instanceof PyModel) return dumpModel(value, models.info(value.cls), dump);
  const isContainer =
    value instanceof PyList || value instanceof PyDict || value instanceof PyTuple || value instanceof PySetBase;
  if (!isContainer) return dump.json ? jsonForm(value, dump) : pythonForm(value, dump);
  if (dump.open.has(value)) throw circular(dump);
  dump.open.add(value);
  vm.enter();
  try {
    return container(value, dump);
  } finally {
    vm.leave();
    dump.open.delete(value);
  }
}

function container(value: PyObject, dump: Dump): Value {
  if (value instanceof PyList) return new PyList(dumpItems(value.items, dump, value.items.length));
  if (value instanceof PyTuple) {
    const items = dumpItems(value.items, dump, value.items.length);
    return dump.json ? new PyList(items) : new PyTuple(items);
  }
  if (value instanceof PySetBase) {
    const items = [...value.items()].map(item => infer(item, dump));
    if (dump.json) return new PyList(items);
    return value instanceof PySet ? PySet.from(items) : PyFrozenSet.from(items);
  }
  const made = new PyDict();
  for (const [key, item] of (value as PyDict).entries()) {
    vm.step();
    const next = filtered(key, dump);
    if (next === undefined) continue;
    made.set(dumpKey(key, undefined, dump), infer(item, next));
  }
  return made;
}

/** A data class's instance as a dict of its fields; undefined for anything else. */
function dataclassForm(value: PyObject, dump: Dump): Value | undefined {
  if (value instanceof PyClass) return undefined;
  const fields = ownFields(value.cls);
  if (fields === undefined) return undefined;
  const made = new PyDict();
  for (const field of fields) {
    const next = filtered(field.name!, dump);
    if (next !== undefined) made.set(field.name!, infer(getAttribute(value, field.name!), next));
  }
  return made;
}

function pythonForm(value: PyObject, dump: Dump): Value {
  const form = dataclassForm(value, dump);
  if (form !== undefined) return form;
  if (value.cls.name === 'generator') throw new Unsupported('dumping a generator');
  return value;
}

function jsonForm(value: PyObject, dump: Dump): Value {
  refuseUnknown(value);
  if (value instanceof PyInstance && isInstance(value, enumClass)) return infer(memberValue(value), dump);
  if (value instanceof PyInstance && value.payload !== undefined) return value.payload;
  const form = dataclassForm(value, dump);
  if (form !== undefined) return form;
  if (value instanceof PyBytes) {
    const text = decoded(value);
    if (text === undefined) throw userSerializationError('invalid utf-8 sequence');
    return text;
  }
  if (value instanceof PyDeque) return new PyList(dumpItems(value.items, dump, value.items.length));
  if (value instanceof PyComplex) return str(value).replace(/^\(|\)$/g, '');
  // Classes of the author's own count as those that they are made of.
  const known = value.cls.mro.find(cls => cls.native && cls.name !== 'object') ?? value.cls;
  switch (`${known.module}.${known.name}`) {
    case 'decimal.Decimal':
      return str(value);
    case 'fractions.Fraction':
      return str(value);
    case 'datetime.date':
    case 'datetime.time':
    case 'datetime.datetime':
      return (callMethod(value, 'isoformat') as string).replace(/\+00:00$/, 'Z');
    case 'datetime.timedelta':
      return durationText(value);
    case 're.Pattern':
      return getAttribute(value, 'pattern');
    default:
  }
  if (value.cls.mro.some(cls => cls.module === 'pathlib')) return str(value);
  throw userSerializationError(`Unable to serialize unknown type: ${repr(typeOf(value))}`);
}

/** `P1DT2H3M4.5S` */
export function durationText(value: PyObject): string {
  const total =
    (getAttribute(value, 'days') as bigint) * 86_400_000_000n +
    (getAttribute(value, 'seconds') as bigint) * 1_000_000n +
    (getAttribute(value, 'microseconds') as bigint);
  const sign = total < 0n ? '-' : '';
  const size = total < 0n ? -total : total;
  const days = size / 86_400_000_000n;
  const rest = size % 86_400_000_000n;
  const years = days / 365n;
  const left = days % 365n;
  let text = `${sign}P${years > 0n ? `${years}Y` : ''}${left > 0n ? `${left}D` : ''}`;
  if (rest === 0n) return size === 0n ? 'PT0S' : text;
  const hours = rest / 3_600_000_000n;
  const minutes = (rest / 60_000_000n) % 60n;
  const seconds = (rest / 1_000_000n) % 60n;
  const micros = rest % 1_000_000n;
  text += `T${hours > 0n ? `${hours}H` : ''}${minutes > 0n ? `${minutes}M` : ''}`;
  if (seconds === 0n && micros === 0n) return text;
  const fraction = micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  return `${text}${seconds}${fraction}S`;
}

export function setUpInference(): void {
  inference.dump = infer;
  setAnyDump(infer);
}
