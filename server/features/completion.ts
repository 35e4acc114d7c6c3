/** Completion: exports and class attributes in a reference, visible names and library members in a cell. */
import { type CompletionItem, CompletionItemKind, type CompletionParams } from 'vscode-languageserver';
import { builtins, KEYWORDS, libraryMembers, twinInfo } from '../../mlsys';
import { attributesOfClass } from '../diagnostics/visible';
import type { Analysis, Definition } from '../evaluation/analysis';
import type { ValueInfo } from '../evaluation/results';
import type { NameSymbol } from '../evaluation/symbols/symbol';
import { type Handler, toOffset } from './feature';

export const completion: Handler<CompletionParams, CompletionItem[]> = {
  async handle(analysis, { position, context }, asked) {
    const offset = toOffset(analysis.chapter, position, asked);
    const line = analysis.chapter.slice(analysis.chapter.lines.lineRangeAt(offset).start, offset);
    const ref = /(?<!`)`\{python\}\s*([^`]*)$/.exec(line);
    if (context?.triggerCharacter === ' ' && ref?.[1] !== '') return null;
    if (ref !== null) return refItems(/([\w.]*)$/.exec(ref[1]!)![1]!, analysis, offset);
    const cell = analysis.cellAt(offset);
    if (cell === undefined || offset < cell.cell.codeRange.start || offset > cell.cell.codeRange.end) return null;
    return cellItems(line, analysis, cell.cell.index);
  },
};

async function refItems(typed: string, analysis: Analysis, offset: number): Promise<CompletionItem[]> {
  const cellsBefore = analysis.chapter.cellsBefore(offset);
  const dot = typed.lastIndexOf('.');
  if (dot >= 0) return attributeItems(typed.slice(0, dot), analysis, cellsBefore);
  const items: CompletionItem[] = [];
  for (const [name, definition] of analysis.exportsAt(cellsBefore)) {
    if (definition.kind === 'import' || definition.kind === 'function' || name.startsWith('_')) continue;
    // What prose shows comes first: text, then classes, then other values.
    const rank = name.endsWith('_str') ? '0' : definition.kind === 'class' ? '1' : '2';
    items.push({ ...item(name, definition), sortText: rank + name });
  }
  return items;
}

async function attributeItems(owner: string, analysis: Analysis, cellsBefore: number): Promise<CompletionItem[]> {
  const own = attributesOfClass(owner, analysis, cellsBefore).map(name => {
    const definition = analysis.definitionOf(`${owner}.${name}`, cellsBefore);
    const made = definition === undefined ? { label: name } : item(name, definition);
    return { ...made, sortText: (name.endsWith('_str') ? '0' : '1') + name };
  });
  if (own.length > 0) return own;
  const inPackage = await packageItems(owner, analysis, cellsBefore);
  if (inPackage.length > 0) return inPackage;
  const from = analysis.definitionOf(owner.split('.')[0]!, cellsBefore)?.from;
  if (from === undefined) return [];
  const path = [from.module, from.name, ...owner.split('.').slice(1)].filter(part => part !== undefined).join('.');
  return memberItems(path);
}

async function cellItems(line: string, analysis: Analysis, index: number): Promise<CompletionItem[] | null> {
  if (/^\s*#/.test(line)) return null;
  const from = /^\s*from\s+([\w.]+)\s+import\s+[\w\s,()]*$/.exec(line);
  if (from !== null) return importItems(from[1]!, analysis);
  const typed = /([\w.]*)$/.exec(line)![1]!;
  const dot = typed.lastIndexOf('.');
  if (dot > 0) return attributeItems(typed.slice(0, dot), analysis, index + 1);
  const items = new Map<string, CompletionItem>();
  for (const name of builtins().keys())
    items.set(name, { label: name, kind: CompletionItemKind.Function, sortText: `3${name}` });
  // A keyword that is typed in full must be the best match, or Enter would put another name in its place.
  for (const name of KEYWORDS.keys())
    items.set(name, { label: name, kind: CompletionItemKind.Keyword, sortText: `3${name}` });
  for (const [name, definition] of analysis.exportsAt(index)) items.set(name, item(name, definition));
  for (const definition of analysis.cells[index]!.definitions) {
    const name = definition.name.slice(definition.name.lastIndexOf('.') + 1);
    items.set(name, { ...item(name, definition), sortText: `0${name}` });
  }
  return [...items.values()];
}

/** Names of a module of a package beside the chapter, and what its classes and their instances have. */
async function packageItems(owner: string, analysis: Analysis, cellsBefore: number): Promise<CompletionItem[]> {
  const [root, ...rest] = owner.split('.') as [string, ...string[]];
  const found = await analysis.membersAt(root, cellsBefore, rest);
  return (found?.members ?? []).map(({ name, value }) => ({
    label: name,
    kind: KINDS_OF_VALUES[value.kind],
    ...(value.kind === 'other' ? { detail: value.repr.slice(0, LONGEST_DETAIL) } : {}),
  }));
}

const LONGEST_DETAIL = 80;

const KINDS_OF_VALUES: Readonly<Record<ValueInfo['kind'], CompletionItemKind>> = {
  module: CompletionItemKind.Module,
  class: CompletionItemKind.Class,
  function: CompletionItemKind.Function,
  other: CompletionItemKind.Constant,
};

/** What can be imported from a module: of a package beside the chapter, though no cell has run it, or of the library. */
function importItems(module: string, analysis: Analysis): CompletionItem[] {
  const names = analysis.packages.names(module);
  if (names.size === 0) return memberItems(module);
  return [...names]
    .filter(([name]) => !name.startsWith('_'))
    .map(([label, { kind }]) => ({ label, kind: KINDS_OF[kind] }));
}

/** Members of a module of the library, or fields of a record or group of records in it. */
function memberItems(path: string): CompletionItem[] {
  const members = libraryMembers(path);
  const fields = members.length > 0 ? [] : (twinInfo(path.replace(/^mlsys\./, ''))?.fields ?? []);
  const found = [...members, ...fields.map(({ name, text }) => ({ name, detail: text }))];
  return found.map(({ name, detail }) => ({
    label: name,
    kind: CompletionItemKind.Constant,
    ...(detail === undefined ? {} : { detail }),
  }));
}

const KINDS_OF: Readonly<Record<NameSymbol['kind'], CompletionItemKind>> = {
  assignment: CompletionItemKind.Constant,
  import: CompletionItemKind.Module,
  module: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  loop: CompletionItemKind.Variable,
  other: CompletionItemKind.Variable,
};

const KINDS: Readonly<Record<Definition['kind'], CompletionItemKind>> = {
  assignment: CompletionItemKind.Variable,
  import: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  loop: CompletionItemKind.Variable,
  other: CompletionItemKind.Variable,
};

function item(label: string, { kind, value }: Definition): CompletionItem {
  const detail = value === undefined || kind === 'class' ? undefined : value.repr;
  return { label, kind: KINDS[kind], ...(detail === undefined ? {} : { detail: detail.slice(0, LONGEST_DETAIL) }) };
}
