/** What a variable of a loop or comprehension may stand for: items of the container that it goes through. */
import { entriesOf, valueOfPath } from '../values';
import type { CodePlace, Place } from './place';

/** `for kiln in`, `for name, kiln in`, and what is gone through: a path with keys, or a view of a dict there. */
const LOOP =
  /\bfor\s+(\(?[\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)?\)?)\s+in\s+([\p{L}_][\p{L}\p{N}_.]*?(?:\[(?:"[^"\n]*"|'[^'\n]*'|\d+)\])*)(\.(?:values|items)\(\))?(?=[\s:\])},]|$)/gu;

/** So many items are looked at: any of them may be of a class of its own. */
const MOST_ITEMS = 8;

/** Expressions for items of what a variable goes through, without a call: `kilns["small"]`; undefined where nobody can tell. */
export async function elementsOf(name: string, place: Place, code: CodePlace): Promise<readonly string[] | undefined> {
  const loop = loopOf(name, place, code);
  if (loop === undefined) return undefined;
  const { path, view, at, count } = loop;
  if (path.includes('[')) return undefined;
  const value = await valueOfPath(path, code);
  if (value === undefined) return undefined;
  if (value.type === 'dict') {
    const isValue = view === '.values()' ? count === 1 : view === '.items()' && count === 2 && at === 1;
    const entries = isValue ? entriesOf(value).slice(0, MOST_ITEMS) : [];
    return entries.length === 0 ? undefined : entries.map(({ key }) => `${path}[${JSON.stringify(key)}]`);
  }
  const isSequence = value.type === 'list' || value.type === 'tuple';
  const isItem = isSequence && view === undefined && count === 1;
  return isItem ? Array.from({ length: MOST_ITEMS }, (_, at) => `${path}[${at}]`) : undefined;
}

interface Loop {
  /** What it goes through, but for a view of it. */
  readonly path: string;
  readonly view: string | undefined;
  /** Which of so many variables is meant. */
  readonly at: number;
  readonly count: number;
}

/** The loop that gives a name its value: of a comprehension it stands behind the place, else above it. */
function loopOf(name: string, place: Place, { source, cell }: CodePlace): Loop | undefined {
  const text = cell?.cell.source ?? source + place.after;
  let found: Loop | undefined;
  for (const { 1: targets, 2: path, 3: view, index } of text.matchAll(LOOP)) {
    const names = targets!.replaceAll(/[()\s]/g, '').split(',');
    const at = names.indexOf(name);
    if (at < 0) continue;
    const isBehind = index >= source.length;
    if (isBehind && (found !== undefined || /\n\s*\n/.test(text.slice(source.length, index)))) break;
    found = { path: path!, view, at, count: names.length };
  }
  return found;
}
