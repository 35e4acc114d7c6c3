/** Where a bibliography of CSL items gives its entries their keys. */
import type { OffsetRange } from './ranges';
import { readYaml, readYamlTree, type YamlNode } from './yaml';

/** The place of a key, within its quotes. */
export interface KeyPlace {
  readonly range: OffsetRange;
  /** How another key is written there. */
  write(key: string): string;
}

export type KeyPlaces = ReadonlyMap<string, KeyPlace>;

/** Of items with one key the first counts. Keys that are written in an unusual way, such as by an alias, have no place. */
export function keysInJson(text: string): KeyPlaces {
  const places = new Map<string, KeyPlace>();
  // The list, an item of it, and a pair of the item.
  let depth = 0;
  let isId = false;
  let last: RegExpExecArray | undefined;
  let found: RegExpExecArray | undefined;
  for (const token of text.matchAll(/[[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+/g)) {
    const [word] = token;
    if (word === '{' || word === '[') {
      depth++;
      isId = false;
    } else if (word === '}' || word === ']') {
      if (depth === ITEM && found !== undefined) addJson(found, places);
      if (depth <= ITEM) found = undefined;
      depth--;
    } else if (word === ':') isId = depth === ITEM && last !== undefined && last[0] === '"id"';
    else if (word === ',') isId = false;
    else if (isId) found = token;
    last = token;
  }
  return places;
}

const ITEM = 2;

function addJson({ 0: word, index }: RegExpExecArray, places: Map<string, KeyPlace>): void {
  const isQuoted = word.startsWith('"');
  let value: unknown;
  try {
    value = JSON.parse(word);
  } catch {
    return;
  }
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const inner = isQuoted ? 1 : 0;
  const range = { start: index + inner, end: index + word.length - inner };
  if (!places.has(String(value))) places.set(String(value), { range, write: isQuoted ? asItIs : JSON.stringify });
}

/** The same in YAML; the items stand under `references`, or by themselves. `from` is where the text begins. */
export function keysInYaml(text: string, from = 0): KeyPlaces {
  const places = new Map<string, KeyPlace>();
  const { root } = readYamlTree(text);
  const items = root?.entries?.find(({ key }) => key === 'references')?.value ?? root;
  for (const item of items?.items ?? []) {
    const id = item.entries?.findLast(({ key }) => key === 'id')?.value;
    const place = id && placeInYaml(id, text);
    if (place === undefined || places.has(String(id!.scalar))) continue;
    const { start, end } = place.range;
    places.set(String(id!.scalar), { ...place, range: { start: from + start, end: from + end } });
  }
  return places;
}

function placeInYaml({ range, scalar }: YamlNode, text: string): KeyPlace | undefined {
  if (typeof scalar !== 'string' && typeof scalar !== 'number') return undefined;
  const { start, end } = range;
  if (/["']/.test(text[start]!)) return { range: { start: start + 1, end: end - 1 }, write: asItIs };
  return text.slice(start, end) === String(scalar) ? { range, write: plainInYaml } : undefined;
}

const asItIs = (key: string): string => key;

/** Without quotes, some words are no texts. */
function plainInYaml(key: string): string {
  return readYaml(key).value === key ? key : JSON.stringify(key);
}
