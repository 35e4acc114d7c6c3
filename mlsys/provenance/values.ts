/** What may be told of values that changed, were taken in another form, or stand for a file. */
import { fileOfText, isTextFile } from '../modules/files/origins';
import { PyDict } from '../python/runtime/dict';
import { PyInstance, PyList, PyObject, type Value } from '../python/runtime/objects';
import { getAttribute } from '../python/runtime/operations';
import type { Origin } from '../python/runtime/origins';
import type { Binding } from '../python/runtime/provenance';
import { sameValue } from '../session/same';
import type { Source } from './graph';
import { isObject } from './parts';
import { attempted } from './refusals';

/** True for a list, an array and the like that was changed after it was bound: its formula does not give what it holds. */
export function hasChanged({ value, at }: Binding): boolean {
  if (!(value instanceof PyObject) || value instanceof PyInstance || isObject(value)) return false;
  // What has been gone through is made of the same.
  if (value.cls.lookup('__next__') !== undefined) return false;
  // Views share the contents of their array.
  const { contents } = value as PyObject & { readonly contents?: unknown };
  return value.changedAt >= at || (contents instanceof PyObject && contents.changedAt >= at);
}

/** A source with the value that the field of a model has, one for each source. */
export function takenAs(source: Source, value: Value): Source {
  if (typeof source.value === typeof value) return source;
  const known = asFloats.get(source) ?? { ...source, value };
  asFloats.set(source, known);
  return known;
}

const asFloats = new WeakMap<Source, Source>();

/** True for what a field is given: models make a float of a whole number. */
export function isTakenAs(given: Value, value: Value): boolean {
  return sameValue(given, value) || (typeof given === 'bigint' && typeof value === 'number' && Number(given) === value);
}

/** The file that a stream reads. */
export function originOfStream(value: Value): Origin | undefined {
  if (!isTextFile(value)) return undefined;
  const text = attempted(() => getAttribute(value, '_text'));
  const file = typeof text === 'string' ? fileOfText(text) : undefined;
  return file === undefined ? undefined : { file, text: text as string, start: 0, end: 0 };
}

/** True for what tells its items one by one. */
export function isListOrDict(value: Value): value is PyList | PyDict {
  return value instanceof PyList || value instanceof PyDict;
}
