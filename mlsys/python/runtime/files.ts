/**
 * Data files as Python code may see them: read-only, and only those of the workspace. Whoever embeds the evaluator hands in a
 * `DataFiles`; each look is recorded with its run, or with the module that loads, so that a change of the file evaluates what
 * has seen it.
 */

import type { PyError } from './errors';
import { raise, Unsupported } from './errors';
import { vm } from './vm';

/** What is asked of a path: what stands there, what a file holds, which entries a folder has. */
export type DataAspect = 'kind' | 'content' | 'entries';

export interface DataEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** What a look at a path gave. */
export interface DataFound {
  /** `denied` for what the system does not let be read; `under-file` where the path goes on behind a file. */
  readonly kind: 'file' | 'folder' | 'missing' | 'under-file' | 'denied' | 'other';
  /** Differs whenever what was found differs. */
  readonly trace: string;
  /** For `content` of a file. */
  readonly bytes?: Uint8Array;
  /** For `entries` of a folder, in order of their names. */
  readonly entries?: readonly DataEntry[];
  /** The path without links, where there is something. */
  readonly real?: string;
  /** Why nobody looks there, though Python would: the path lies outside of the workspace, or the file is too large. */
  readonly refused?: string;
}

/** Read access to the files of a workspace. Paths are absolute, with `/` between their parts. */
export interface DataFiles {
  /** The working directory. */
  readonly folder: string;
  /** The root of the workspace. */
  readonly root: string;
  find(aspect: DataAspect, path: string): DataFound;
  /** The path by which Python code knows a source file of the workspace. */
  nameOf(file: string): string;
}

/** Data files as the machine hands them on: each look is taken down for whoever depends on it. */
export interface DataHost {
  readonly files: DataFiles;
  find(aspect: DataAspect, path: string): DataFound;
}

/** The looks of a run: `aspect:path` to the trace of what was found. */
export type Looks = Map<string, string>;

/** The name of a look among those of a run. */
export function lookKey(aspect: DataAspect, path: string): string {
  return `${aspect}:${path}`;
}

/** True where each look would find again what it found. */
export function looksHold(looks: ReadonlyMap<string, string>, files: DataFiles | undefined): boolean {
  for (const [key, trace] of looks) {
    const colon = key.indexOf(':');
    if (files?.find(key.slice(0, colon) as DataAspect, key.slice(colon + 1)).trace !== trace) return false;
  }
  return true;
}

/** The paths that cells were to write to, with a line end after each; `*` stands for any. */
const WRITTEN = 'files that were to be written';

/** Refuses to do something with files by its name. */
export function refuseFiles(construct: string, advice: string): Unsupported {
  const refused = new Unsupported(construct, advice);
  refused.kind = 'file';
  return refused;
}

/** Refuses a text for which Python may raise an exception, or which it may read in another way; `format` is YAML or TOML. */
export function refuseText(format: string, text: string, at: number, why: string): Unsupported {
  const line = text.slice(0, at).split('\n').length;
  const refused = refuseFiles(`this ${format} text`, why);
  refused.message = `this ${format} text cannot be read: line ${line}: ${why}`;
  return refused;
}

/**
 * Refuses to write to a path (`*` where it is not known): what stands there afterwards, nobody knows, so that reading it is
 * refused from now on.
 */
export function refuseWriting(construct: string, path: string): Unsupported {
  noteWritten(path);
  return refuseFiles(construct, 'cells write no files');
}

/** Notes that Python may write to a path (`*` where it is not known), which nobody does here. */
function noteWritten(path: string): void {
  if (vm.data === undefined) return;
  const before = vm.readState<string>(WRITTEN, '');
  const line = `${path === '*' ? path : normalPath(path)}\n`;
  if (!`\n${before}`.includes(`\n${line}`)) vm.writeState(WRITTEN, before + line);
}

/** Functions that read what they are given the name of, by the beginnings of their names. */
const READS = /^(?:read|load|open|scan|get|find|exists|is_|imread|from_|glob|list)/i;
const LIKE_A_PATH = /^[^\0\n]{0,300}(?:\.[A-Za-z]\w{0,7}|\/[^/\0\n]+)$/;

/** Notes the files that a function may write of which nobody knows what it does, by the texts that it is given. */
export function noteUnknownCall(name: string, texts: Iterable<unknown>): void {
  if (vm.data === undefined) return;
  if (/^(?:subprocess|shutil)\./.test(name)) noteWritten('*');
  if (READS.test(name.slice(name.lastIndexOf('.') + 1))) return;
  for (const text of texts) if (typeof text === 'string' && LIKE_A_PATH.test(text)) noteWritten(text);
}

/** The working directory; refused where there is none. */
export function workingFolder(construct: string): string {
  const { data } = vm;
  if (data === undefined) throw refuseFiles(construct, 'there are no files beside a text that was never saved');
  return data.files.folder;
}

/** A path from the root on. Its `..` are the system's matter: behind a link they lead elsewhere. */
export function absolutePath(path: string): string {
  const whole = path.startsWith('/') ? path : `${workingFolder(`the file ${path}`)}/${path}`;
  const parts = whole.split('/').filter(part => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

/** The same without `..`, as far as no link is in the way. */
function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of absolutePath(path).split('/'))
    if (part === '..') parts.pop();
    else if (part !== '') parts.push(part);
  return `/${parts.join('/')}`;
}

/** Looks at a path for Python code, and records it; `construct` names what is refused where nobody looks there. */
export function look(aspect: DataAspect, path: string, construct: string): DataFound {
  const written = vm.readState<string>(WRITTEN, '');
  if (written !== '')
    for (const line of written.split('\n'))
      if (line !== '' && (line === '*' || concerns(line, normalPath(path), aspect)))
        throw refuseFiles(construct, `a cell above was to write ${line === '*' ? 'files' : line}, or may have`);
  workingFolder(construct);
  const found = vm.data!.find(aspect, absolutePath(path));
  if (found.refused !== undefined) throw refuseFiles(construct, found.refused);
  return found;
}

/** True where writing to a path may change what a look at another one gives. */
function concerns(written: string, path: string, aspect: DataAspect): boolean {
  return (
    written === path ||
    path.startsWith(`${written}/`) ||
    (aspect !== 'content' && written.startsWith(path === '/' ? path : `${path}/`))
  );
}

const TEXTS: Readonly<Record<string, readonly [bigint, string]>> = {
  missing: [2n, 'No such file or directory'],
  denied: [13n, 'Permission denied'],
  folder: [21n, 'Is a directory'],
  file: [20n, 'Not a directory'],
  'under-file': [20n, 'Not a directory'],
};

const NAMES: Readonly<
  Record<string, 'FileNotFoundError' | 'PermissionError' | 'IsADirectoryError' | 'NotADirectoryError'>
> = {
  missing: 'FileNotFoundError',
  denied: 'PermissionError',
  folder: 'IsADirectoryError',
  file: 'NotADirectoryError',
  'under-file': 'NotADirectoryError',
};

/** The OSError for what was found in place of what was wanted, `path` as the program gave it. */
export function fileError(found: DataFound['kind'], path: string): PyError {
  const [code, text] = TEXTS[found] ?? TEXTS.denied!;
  return raise(NAMES[found] ?? 'PermissionError', code, text, path);
}

/** The bytes of a file as Python code reads them; raises as CPython does. */
export function readData(path: string, construct: string): Uint8Array {
  const { kind, bytes } = look('content', path, construct);
  if (bytes === undefined) throw fileError(kind, path);
  vm.charge(bytes.length);
  vm.work(bytes.length);
  return bytes;
}
