/** What the modules about files, which are written in Python, ask of the machine. Nothing here writes. */
import { decodeBytes } from '../../python/builtins/codecs';
import { PyError, raise, Unsupported } from '../../python/runtime/errors';
import {
  absolutePath,
  fileError,
  look,
  readData,
  refuseFiles,
  refuseWriting,
  workingFolder,
} from '../../python/runtime/files';
import { fn } from '../../python/runtime/native';
import { PyBytes, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { vm } from '../../python/runtime/vm';
import { noteText } from './origins';
import { pathText } from './paths';

/** A path that the system is asked about. */
function systemPath(value: Value): string {
  const path = pathText(value);
  if (path.includes('\0')) throw raise('ValueError', 'embedded null byte');
  return path;
}

const nameOf = (construct: Value, path: string): string => `${String(construct)}(${JSON.stringify(path)})`;

/** What stands at a path: `file`, `folder`, `missing`, `denied` or `other`. The empty path is nowhere. */
export function kindAt(given: Value, construct: Value): string {
  const path = systemPath(given);
  if (path === '') return 'missing';
  const found = look('kind', path, nameOf(construct, path)).kind;
  return found === 'under-file' || (found === 'file' && path.endsWith('/')) ? 'missing' : found;
}

/** What is in a folder. */
export interface FolderEntry {
  readonly name: string;
  /** Of what a link leads to, where it is one. */
  readonly kind: string;
  readonly isLink: boolean;
}

/** What is in a folder, in the order in which the system tells it; raises OSError where there is none. */
export function entriesOf(given: Value, construct: Value): readonly FolderEntry[] {
  const path = systemPath(given);
  const found = path === '' ? undefined : look('entries', path, nameOf(construct, path));
  if (found?.entries === undefined) throw fileError(found?.kind ?? 'missing', path);
  vm.charge(found.entries.length * 100);
  vm.work(found.entries.length, 16);
  return found.entries.map(({ name, kind }) => {
    const isLink = kind === 'link';
    return { name, kind: isLink ? look('kind', `${path}/${name}`, nameOf(construct, path)).kind : kind, isLink };
  });
}

/** Names and kinds of what is in a folder, and whether it is a link. */
const entries = fn(
  '_entries(path, construct)',
  (given: Value, construct: Value) =>
    new PyList(entriesOf(given, construct).map(({ name, kind, isLink }) => new PyTuple([name, kind, isLink]))),
);

const bytes = fn('_bytes(path, construct)', (given: Value, construct: Value) => {
  const path = systemPath(given);
  if (path === '') throw fileError('missing', path);
  return new PyBytes(readData(path, nameOf(construct, path)));
});

/** The text of a file in UTF-8 as `open` reads it; None for other bytes. */
const text = fn('_text(path)', (given: Value) => {
  const path = systemPath(given);
  if (path === '') throw fileError('missing', path);
  const data = readData(path, nameOf('open', path));
  let read: string;
  try {
    read = decodeBytes(data, 'utf-8');
  } catch (error) {
    if (error instanceof PyError) return null;
    throw error;
  }
  const lines = read.includes('\r') ? read.replace(/\r\n?/g, '\n') : read;
  noteText(lines, absolutePath(path));
  return lines;
});

/** The path without links and `..`; what is not there is added as it stands. */
function resolved(path: string, construct: string): string {
  const rest: string[] = [];
  for (let at = absolutePath(path); ; ) {
    const { real } = look('kind', at, construct);
    if (real !== undefined) return joined(real, rest);
    const slash = at.lastIndexOf('/');
    rest.unshift(at.slice(slash + 1));
    at = at.slice(0, slash) || '/';
  }
}

function joined(base: string, rest: readonly string[]): string {
  const parts = base.split('/').filter(part => part !== '');
  for (const part of rest)
    if (part === '..') parts.pop();
    else parts.push(part);
  return `/${parts.join('/')}`;
}

const resolve = fn('_resolve(path, construct)', (given: Value, construct: Value) => {
  const path = systemPath(given);
  return resolved(path, nameOf(construct, path));
});

const patterns = new Map<string, RegExp>();

/** A pattern of the shell as a regular expression for whole names. */
function patternOf(text: string): RegExp {
  let known = patterns.get(text);
  if (known === undefined) {
    known = new RegExp(`^(?:${patternSource(text)})$`, 'u');
    if (patterns.size > 1000) patterns.clear();
    patterns.set(text, known);
  }
  return known;
}

function patternSource(text: string): string {
  let source = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '*') source += '[^]*';
    else if (char === '?') source += '[^]';
    else if (char === '[') {
      const isNegated = text[at + 1] === '!';
      const from = at + (isNegated ? 2 : 1);
      const end = text.indexOf(']', from + 1);
      if (end < 0) source += '\\[';
      else {
        source += `[${isNegated ? '^' : ''}${charactersIn(text.slice(from, end), text)}]`;
        at = end;
      }
    } else source += char.replace(/[\\^$.|+(){}\]]/g, '\\$&');
  }
  return source;
}

/** What stands between the brackets of a pattern, where its ranges have an order. */
function charactersIn(written: string, pattern: string): string {
  const characters = written.replace(/[\\\]^[]/g, '\\$&');
  for (const [, low, high] of characters.matchAll(/(.)-(.)/gu))
    if (low! > high!) throw new Unsupported(`the pattern ${pattern}`);
  return characters;
}

/** True where a whole name fits a pattern of the shell. */
export function matchesPattern(name: string, pattern: string): boolean {
  vm.work(name.length * 4);
  return patternOf(pattern).test(name);
}

/** For the Python sources of this folder, which keep them to themselves. */
export const primitives: Readonly<Record<string, Value>> = {
  _kind: fn('_kind(path, construct)', kindAt),
  _entries: entries,
  _bytes: bytes,
  _text: text,
  _resolve: resolve,
  _match: fn('_match(name, pattern)', (name: Value, pattern: Value) => matchesPattern(String(name), String(pattern))),
  _cwd: fn('_cwd(construct)', (construct: Value) => workingFolder(String(construct))),
  _fspath: fn('_fspath(path)', (path: Value) => pathText(path)),
  _refuse_files: fn('_refuse_files(construct, advice)', (construct: Value, advice: Value) => {
    throw refuseFiles(String(construct), String(advice));
  }),
  _refuse_writing: fn('_refuse_writing(construct, *paths)', (construct: Value, paths: PyTuple) => {
    const all = paths.items.map(path => pathText(path));
    const refusals = all.map(path => refuseWriting(nameOf(construct, path), path));
    throw refusals[0] ?? refuseWriting(`${String(construct)}()`, '*');
  }),
  _note_text: fn('_note_text(text, path)', (text: Value, path: Value) => {
    noteText(String(text), absolutePath(pathText(path)));
    return null;
  }),
};
