/**
 * Where values come from that were read from data files: which file, and which part of its text. Numbers and texts have no
 * identity, so each container keeps the places of what it holds, beside the values themselves.
 */
import type { PyObject, Value } from '../../python/runtime/objects';

/** A part of a text, in UTF-16 units from its beginning. */
export type Place = readonly [start: number, end: number];

export interface Origin {
  /** The file as the program named it from the root on. */
  readonly file: string;
  /** The text as the program read it; line ends may differ from those of the file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Table {
  readonly file: string;
  readonly text: string;
  readonly places: ReadonlyMap<Value, Place>;
}

const tables = new WeakMap<PyObject, Table>();
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

/** Notes where the values of a dict or list stand, by key or index, in a text that was read from a file. */
export function noteOrigins(container: PyObject, text: string, places: ReadonlyMap<Value, Place>): void {
  const file = files.get(text);
  if (file !== undefined && places.size > 0) tables.set(container, { file, text, places });
}

/** Where the value under a key of a dict, or at an index of a list, stands in a data file; undefined where that is not known. */
export function originOf(container: PyObject, key: Value): Origin | undefined {
  const table = tables.get(container);
  const place = table?.places.get(key);
  if (table === undefined || place === undefined) return undefined;
  const { file, text } = table;
  return { file, text, start: place[0], end: place[1] };
}
