/** Keys and values in YAML of Quarto: front matter, and the options of cells. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Context } from './context';
import { rank, replacing } from './items';
import { fileItems, type Named } from './paths';
import type { Place } from './place';
import { CELL_OPTIONS } from './quarto/cellOptions';
import { FRONT_MATTER } from './quarto/frontMatter';
import type { SchemaKey } from './quarto/schema';

export const frontMatter: Context = {
  opensOn: ' /',
  items(place) {
    const { analysis, offset } = place;
    const range = analysis.chapter.frontMatter?.textRange;
    if (range === undefined || offset < range.start || offset > range.end || /^-{3}/.test(place.before))
      return undefined;
    const above = analysis.chapter.slice(range.start, place.lineStart);
    const indent = indentOf(place.before);
    const isItem = /^\s*- /.test(place.before);
    return rows(place, place.before, schemaAt(above, indent, isItem), isItem ? [] : keysBeside(above, indent));
  },
};

export const cellOptions: Context = {
  opensOn: ' ',
  items(place) {
    const found = /^\s*#\|(.*)$/.exec(place.before);
    if (found === null || place.cell === undefined) return undefined;
    const written = place.cell.cell.options.map(({ key }) => key);
    const line = found[1]!.replace(/^ /, '');
    // A value that goes on over lines.
    return /^\s/.test(line) ? [] : rows(place, line, CELL_OPTIONS, written);
  },
};

/** Rows for a line of YAML up to the cursor: keys, or the values of its key. */
function rows(
  place: Place,
  line: string,
  keys: readonly SchemaKey[],
  written: readonly string[],
): readonly CompletionItem[] {
  const [, name, value] = /^\s*(?:- )?([\w-]+):[ \t]+(.*)$/.exec(line) ?? [];
  if (name !== undefined && FILES.has(name) && /^[^\s"'[,]*$/.test(value!))
    return fileItems({ kind: name as Named['kind'], typed: value! }, place);
  // A slash goes on in the name of a file alone.
  if (place.typed === '/') return [];
  if (name !== undefined) return valueRows(keys.find(one => one.name === name)?.values ?? [], value!, place);
  const typed = /^\s*(?:- )?([\w-]*)$/.exec(line)?.[1];
  // A blank opens the list of options behind `#|` alone; in front matter it is indentation.
  if (typed === undefined || (place.typed === ' ' && !place.before.trimStart().startsWith('#|'))) return [];
  const range = { start: place.offset - typed.length, end: place.offset };
  const colon = /^[\w-]*:/.test(place.after) ? '' : ': ';
  return keys
    .filter(key => key.name === typed || !written.includes(key.name))
    .map((key, order) => {
      const made = {
        label: key.name,
        kind: CompletionItemKind.Property,
        documentation: key.doc,
        sortText: rank(order),
      };
      return replacing(
        made,
        `${key.name}${key.keys.length > 0 && !key.isText ? colon.trimEnd() : colon}`,
        range,
        place,
      );
    });
}

/** Keys whose values are names of files. */
const FILES: ReadonlySet<string> = new Set(['bibliography', 'csl', 'css']);

function valueRows(values: readonly string[], typed: string, place: Place): readonly CompletionItem[] {
  const range = { start: place.offset - typed.length, end: place.offset };
  return values.map((value, order) =>
    replacing({ label: value, kind: CompletionItemKind.Value, sortText: rank(order) }, value, range, place),
  );
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length;
}

/** A key at the beginning of an item of a list, with its own indentation: `  - name: Ada`. */
const ITEM = /^(\s*- +)([\w-]+):(.*)$/;

/** The keys that may stand on a line with that indentation, below the lines above; `isItem` for the first of an item of a list. */
function schemaAt(above: string, indent: number, isItem: boolean): readonly SchemaKey[] {
  const path: string[] = [];
  let left = indent;
  // Items of a list may stand as far to the left as the key of the list.
  let isInList = isItem;
  for (const line of above.split(/\r?\n/).reverse()) {
    const at = indentOf(line);
    const isOther = /^\s*-(?: |$)/.test(line);
    if (line.trim() === '' || at > left || (at === left && (!isInList || isOther))) continue;
    const [, dash = '', key = '', value = ''] = ITEM.exec(line) ?? [];
    // Of the item in which the line stands, the first key is one beside it.
    if (!isOther) path.unshift(/^\s*([\w-]+):\s*$/.exec(line)?.[1] ?? '');
    else if (dash.length < left) path.unshift(value.trim() === '' ? key : '');
    left = at;
    isInList = isOther;
    if (left === 0 && !isInList) break;
  }
  let keys = FRONT_MATTER;
  if (indent === 0 && !isItem) return keys;
  for (const name of path) keys = keys.findLast(key => key.name === name && key.keys.length > 0)?.keys ?? [];
  return path.length === 0 ? [] : keys;
}

/** Keys that the lines above have beside the line. */
function keysBeside(above: string, indent: number): string[] {
  const found: string[] = [];
  for (const line of above.split(/\r?\n/).reverse()) {
    if (line.trim() === '') continue;
    if (indentOf(line) < indent) {
      const [, dash, key] = ITEM.exec(line) ?? [];
      if (dash?.length === indent) found.push(key!);
      break;
    }
    const name = indentOf(line) === indent ? /^\s*([\w-]+):/.exec(line)?.[1] : undefined;
    if (name !== undefined) found.push(name);
  }
  return found;
}
