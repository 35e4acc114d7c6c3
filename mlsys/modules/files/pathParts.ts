/** What `pathlib` asks often of its paths: their parts, their order, and those that a pattern selects. */
import { compareSequences, type OrderOperator } from '../../python/runtime/comparison';
import { exceptionClassOf, PyError, raise } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { isInstance, type PyClass, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { getAttribute, truth, typeName } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { pathText } from './paths';
import { entriesOf, type FolderEntry, kindAt, matchesPattern } from './primitives';

/** The text of a segment of a path, which another path of the class may be. */
function segmentText(segment: Value, pathClass: PyClass): string {
  if (isInstance(segment, pathClass)) return String(getAttribute(segment, '_raw'));
  try {
    return pathText(segment);
  } catch (error) {
    if (!isRaised(error, 'TypeError')) throw error;
    throw raise(
      'TypeError',
      'argument should be a str or an os.PathLike object where __fspath__ returns a str, ' +
        `not '${typeName(segment)}'`,
    );
  }
}

function isRaised(error: unknown, name: 'OSError' | 'TypeError'): boolean {
  return error instanceof PyError && isInstance(error.exception, exceptionClassOf(name));
}

/** Segments in one text: what stands before an absolute one does not count. */
function joined(segments: readonly string[]): string {
  const start = Math.max(
    0,
    segments.findLastIndex(segment => segment.startsWith('/')),
  );
  let text = segments[start] ?? '';
  for (const segment of segments.slice(start + 1)) text = text === '' ? segment : withSlash(text) + segment;
  return text;
}

const withSlash = (text: string): string => (text === '' || text.endsWith('/') ? text : `${text}/`);

/** The text of a path as it was given, its root, the names below it, and the text that it shows. */
function parsed(pathClass: Value, segments: PyTuple): PyTuple {
  const raw = joined(segments.items.map(segment => segmentText(segment, pathClass as PyClass)));
  vm.work(raw.length);
  vm.charge(raw.length * 4);
  const slashes = /^\/*/.exec(raw)![0].length;
  const root = slashes === 2 ? '//' : slashes > 0 ? '/' : '';
  const tail = raw.split('/').filter(part => part !== '' && part !== '.');
  return new PyTuple([raw, root, new PyTuple(tail), root + tail.join('/') || '.']);
}

/** What the parts of a pattern select from a path on, in the order of the folders. */
function* select(at: string, parts: readonly string[], isKnown: boolean, links: boolean): Iterable<string> {
  const [part, ...rest] = parts;
  vm.step();
  if (part === undefined) {
    if (isKnown || kindAt(at, GLOB) !== 'missing') yield at;
  } else if (part === '**') yield* selectBelow(withSlash(at), withoutStars(rest), isKnown, links);
  else if (/[*?[]/.test(part)) {
    for (const { name, kind } of inside(at))
      if (matchesPattern(name, part) && (rest.length === 0 || kind === 'folder'))
        yield* select(withSlash(at) + name, rest, true, links);
  } else yield* select(withSlash(at) + part, rest, false, links);
}

/** The same for a folder and all that are below it. */
function* selectBelow(at: string, rest: readonly string[], isKnown: boolean, links: boolean): Iterable<string> {
  yield* select(at, rest, isKnown, links);
  for (const folders = [at]; folders.length > 0; ) {
    const folder = folders.pop()!;
    for (const { name, kind, isLink } of inside(folder)) {
      vm.step();
      const path = withSlash(folder) + name;
      const isFolder = kind === 'folder' && (links || !isLink);
      if (rest.length === 0) yield path;
      else if (isFolder) yield* select(path, rest, true, links);
      if (isFolder) folders.push(path);
    }
  }
}

/** The parts after those that stand for all folders, of which one says as much as many. */
function withoutStars(parts: readonly string[]): readonly string[] {
  const first = parts.findIndex(part => part !== '**');
  return first < 0 ? [] : parts.slice(first);
}

const GLOB = 'Path.glob';

/** What is in a folder; nothing where there is none. */
function inside(at: string): readonly FolderEntry[] {
  try {
    return entriesOf(at || '.', GLOB);
  } catch (error) {
    if (isRaised(error, 'OSError')) return [];
    throw error;
  }
}

/** For the source of `pathlib`, which keeps them to itself. */
export const pathParts: Readonly<Record<string, Value>> = {
  _parsed: fn('_parsed(cls, *segments)', parsed),
  _ordered: fn('_ordered(op, a, b)', (op: Value, a: Value, b: Value) =>
    compareSequences(op as OrderOperator, String(a).split('/'), String(b).split('/')),
  ),
  _selected: fn(
    '_selected(at, links, *parts)',
    (at: Value, links: Value, parts: PyTuple) =>
      new PyList([...select(String(at), parts.items.map(String), false, truth(links))]),
  ),
};
