/** Names in code: own ones, those of earlier cells, built-ins, keywords, and constants that an import would bring. */
import { type CompletionItem, CompletionItemKind, type CompletionList, type TextEdit } from 'vscode-languageserver';
import { builtins, KEYWORDS, type Statement } from '../../../mlsys';
import { importEdit } from '../../diagnostics/imports';
import type { CellResult, Definition } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { toRange } from '../feature';
import { argumentItems, callAround } from './arguments';
import type { Context } from './context';
import { type Importable, importablesFor } from './importable';
import { beginsWords, bestOf, type Candidate, described, documented, MOST_ROWS, mayMean, rank, valued } from './items';
import { type CodePlace, type Place, takesName } from './place';
import { item, nameRow } from './reference';
import { guardItem } from './snippets';
import { visibleAt } from './visible';

export const names: Context = {
  opensOn: '',
  async items(place) {
    const { code } = place;
    if (code === undefined) return undefined;
    if (code.at.string !== undefined || code.at.isComment || !takesName(code)) return [];
    const call = await callAround(code);
    const first = [...argumentItems(call), ...guardItem(place)];
    const list = namesAt(place, code);
    return { ...list, items: [...first, ...list.items.map(one => likelyFirst(one, call?.expected))] };
  },
};

/** What is called as the parameter is, or ends so, is most likely what it is given. */
function likelyFirst(row: CompletionItem, expected: string | undefined): CompletionItem {
  if (expected === undefined || row.kind === CompletionItemKind.Function) return row;
  const isSame = row.label === expected;
  return isSame || row.label.endsWith(`_${expected}`)
    ? { ...row, sortText: `!0${isSame ? 0 : 1}${row.sortText}` }
    : row;
}

export function namesAt(place: Place, code: CodePlace): CompletionList {
  return bestOf(nameRows(place, code), code.path);
}

/** Each name once: what stands nearer hides what has the same name. */
function nameRows(place: Place, code: CodePlace): Candidate[] {
  const { analysis, cell, seen } = code;
  const found = new Map<string, Candidate>();
  const add = (label: string, sortText: string, make: () => CompletionItem) => {
    found.set(label, { label, sortText, make });
  };
  // There are many exceptions, whose long names hold the letters of almost any word.
  for (const name of builtins().keys())
    if (!/^[A-Z]/.test(name) || beginsWords(code.path, name))
      add(name, `3${name}`, () => {
        const made = { label: name, kind: CompletionItemKind.Function };
        return documented(made, place, { kind: 'signature', path: name });
      });
  // A keyword that is typed in full must be the best match, or Enter would put another name in its place.
  for (const name of KEYWORDS.keys()) add(name, `3${name}`, () => ({ label: name, kind: CompletionItemKind.Keyword }));
  if (cell !== undefined && code.path !== '')
    for (const one of importablesFor(code.path[0]!, analysis))
      if (beginsWords(code.path, one.name)) add(one.name, `4${one.name}`, () => importableRow(one, place, cell));
  const before = cell === undefined ? seen : seen - 1;
  let near = 0;
  for (const one of visibleAt(analysis, before)) {
    if (!mayMean(code.path, one.name)) continue;
    add(one.name, `2${rank(before - one.cell)}${one.name}`, () => nameRow(one.name, place, seen, one.cell));
    // Others of farther cells would not be shown.
    if (++near > MOST_ROWS) break;
  }
  for (const name of code.locals()) add(name, `0${name}`, () => ({ label: name, kind: CompletionItemKind.Variable }));
  for (const [group, definition] of ownDefinitions(place, code)) {
    const name = lastOf(definition.name);
    const what = { kind: 'name', path: definition.name, seen } as const;
    add(name, `${group}${name}`, () => documented(item(name, definition, place), place, what));
  }
  return [...found.values()];
}

/** What the cell itself makes: names of the module, then those of the class around the place; none of other classes. */
function ownDefinitions(place: Place, code: CodePlace): (readonly [group: number, one: Definition])[] {
  const { cls, cell, path, isFunction } = code;
  // What is being typed is no name yet; nor is, but for the body of a function, what a line below makes.
  const all = (cell?.definitions ?? []).filter(
    ({ name, range }) =>
      (lastOf(name) !== path || range.end !== place.offset) && (isFunction || range.start < place.offset),
  );
  const prefix = `${cls}.`;
  const isOfClass = ({ name }: Definition) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.');
  return [
    ...all.filter(({ name }) => !name.includes('.')).map(one => [1, one] as const),
    ...(cls === undefined ? [] : all.filter(isOfClass).map(one => [0, one] as const)),
  ];
}

/** True where the cell, or one above it, imports all names of a module. */
function bringsAll(module: string, { cell }: CellResult, { analysis }: Place): boolean {
  return analysis.cells
    .slice(0, cell.index + 1)
    .some(({ program }) => program.module.body.some(one => isStarOf(one, module)));
}

function isStarOf(statement: Statement, module: string): boolean {
  return (
    statement.kind === 'ImportFrom' &&
    statement.module?.name === module &&
    statement.names.some(({ name }) => name.name === '*')
  );
}

/** A row that adds its import to the cell. */
function importableRow({ name, module, kind, detail }: Importable, place: Place, cell: CellResult): CompletionItem {
  const isCallable = kind === CompletionItemKind.Function || kind === CompletionItemKind.Class;
  const shown = isCallable
    ? { label: name, kind, ...(detail === undefined ? {} : { detail }) }
    : valued(name, CompletionItemKind.Constant, detail);
  if (bringsAll(module, cell, place)) return described(shown, module);
  const edit = importEdit(cell, { module, member: name, statement: `from ${module} import ${name}` });
  const additional: TextEdit = { range: toRange(place.analysis.chapter, edit), newText: edit.newText };
  const row = { ...described(shown, module), additionalTextEdits: [additional] };
  return module.startsWith('mlsys.') ? documented(row, place, { kind: 'library', name }) : row;
}
