/** Texts that were read from data files, and where the values stand in them that parsers made (see `runtime/origins.ts`). */
import { PyObject, type Value } from '../../python/runtime/objects';
import { type Place, placeValues } from '../../python/runtime/origins';

/** True for a file of text that is open, or was. */
export function isTextFile(value: Value): boolean {
  return value instanceof PyObject && value.cls.name === 'TextIOWrapper' && value.cls.module === '_io';
}

export type { Place };

/** The files of texts that were read last: a parser gets no more than the text. */
const files = new Map<string, string>();
const MOST_TEXTS = 64;

/** Notes that a text is the whole of a file. */
export function noteText(text: string, file: string): void {
  files.delete(text);
  files.set(text, file);
  if (files.size > MOST_TEXTS) for (const oldest of files.keys()) return void files.delete(oldest);
}

/** The file that a text was read from, where it is known. */
export function fileOfText(text: string): string | undefined {
  return files.get(text);
}

/** Notes where the values of a dict or list stand, by key or index, in a text that was read from a file; call it once they are in it. */
export function noteOrigins(container: PyObject, text: string, places: ReadonlyMap<Value, Place>): void {
  const file = files.get(text);
  if (file !== undefined && places.size > 0) placeValues(container, file, text, places);
}
