/** Within the quotes of a text in code: keys of a dict, units of a conversion. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { parseExpression } from '../../../mlsys';
import type { ValueInfo } from '../../evaluation/results';
import { ifTold } from '../feature';
import { valueOfPath } from '../values';
import type { Context } from './context';
import { replacing, valued } from './items';
import type { CodePlace, Place } from './place';
import { unitItems } from './units';

export const strings: Context = {
  opensOn: '"\'',
  async items(place) {
    const { code } = place;
    const string = code?.at.string;
    if (code === undefined || string === undefined) return undefined;
    const bracket = code.at.brackets.at(-1);
    // The text is the first thing in the bracket.
    const isFirst = bracket !== undefined && /^\s*[rbu]?["']+$/.test(code.source.slice(bracket.argument, string.start));
    if (bracket === undefined || !isFirst) return [];
    if (bracket.kind === '[') return keyItems(place, code, string.start);
    if (bracket.kind === '(' && bracket.commas === 0) {
      if (/\.get$/.test(bracket.owner)) return keysOf(bracket.owner.slice(0, -4), [], place, code, string.start);
      return unitItems(place, code, bracket);
    }
    return [];
  },
};

/** Keys of the dict that is indexed: of `costs["gpu"]["` those of the inner one. */
async function keyItems(place: Place, code: CodePlace, start: number): Promise<CompletionItem[]> {
  const bracket = code.at.brackets.at(-1)!;
  const before = code.source.slice(0, bracket.start);
  const [, path, indexes] =
    /((?:[\p{L}_][\p{L}\p{N}_]*\.)*[\p{L}_][\p{L}\p{N}_]*)((?:\[(?:"[^"]*"|'[^']*')\])*)$/u.exec(before) ?? [];
  if (path === undefined) return [];
  const keys = [...indexes!.matchAll(/\[["']([^"']*)["']\]/g)].map(([, key]) => key!);
  return keysOf(path, keys, place, code, start);
}

async function keysOf(
  path: string,
  keys: readonly string[],
  place: Place,
  code: CodePlace,
  start: number,
): Promise<CompletionItem[]> {
  const value = await ifTold(place.context, () => valueOfPath(path, code));
  if (value === undefined || !DICTS.test(value.repr)) return [];
  let entries = entriesOf(value);
  for (const key of keys) entries = entriesOf({ repr: entries.find(one => one.key === key)?.value ?? '' });
  // In a cell, offsets of the source may differ from those of the chapter by the indentation alone.
  const typed = code.source.length - start;
  const range = { start: place.offset - typed, end: place.offset };
  return entries.map(({ key, value: text }, order) => {
    const made = valued(key, CompletionItemKind.Property, text);
    return replacing({ ...made, sortText: String(order).padStart(4, '0') }, key, range, place);
  });
}

const DICTS = /^(?:\{|(?:OrderedDict|defaultdict|Counter)\()/;

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** The texts among the keys of a dict, by its repr, which may be cut. */
function entriesOf({ repr }: Pick<ValueInfo, 'repr'>): Entry[] {
  const entries: Entry[] = [];
  for (let at = repr.indexOf('{') + 1; at > 0 && at < repr.length; ) {
    const end = endOfPart(repr, at);
    const [, key, value] = /^\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"): (.*)$/s.exec(repr.slice(at, end)) ?? [];
    const { expression } = parseExpression(key ?? '0');
    if (expression?.kind === 'Constant' && typeof expression.value === 'string')
      entries.push({ key: expression.value, value: value! });
    at = repr[end] === ',' ? end + 1 : 0;
  }
  return entries;
}

/** Where an entry ends: at the next comma or closing brace of its own depth. */
function endOfPart(repr: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < repr.length; at++) {
    const unit = repr[at]!;
    if (quote !== '') {
      if (unit === '\\') at++;
      else if (unit === quote) quote = '';
    } else if (unit === '"' || unit === "'") quote = unit;
    else if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth < 0) return at;
    else if (unit === ',' && depth === 0) return at;
  }
  return repr.length;
}
