/** What stands behind a dot: attributes of classes and objects, methods of their types, parts of modules, fields of twins. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { libraryMembers, receiverAt, twinInfo, typeMembers } from '../../../mlsys';
import { attributesOfClass } from '../../diagnostics/visible';
import type { ValueInfo } from '../../evaluation/results';
import { ifTold } from '../feature';
import { ITEM, membersOfItem, membersOfPath, valueBehind, valueOfPath } from '../values';
import type { Context } from './context';
import { elementsOf } from './elements';
import { documented, KINDS_OF_VALUES, rank, shownOnRow, valued } from './items';
import type { CodePlace, Place } from './place';
import { item, previewAt, sortTextOf, withSentence } from './reference';

export const attributes: Context = {
  opensOn: '.',
  items(place) {
    const { code } = place;
    if (code === undefined || code.at.string !== undefined || code.at.spec !== undefined) return undefined;
    const dot = code.path.lastIndexOf('.');
    if (dot > 0) return attributeItems(code.path.slice(0, dot), place, code);
    const before = code.source.slice(0, code.source.length - code.path.length);
    if (!before.endsWith('.')) return undefined;
    const receiver = receiverAt(code.source, before.length - 1);
    return receiver === undefined ? [] : computedItems(receiver, place, code);
  },
};

/** What the value of an expression has that can be computed without code of the chapter: `(distance / speed).` */
async function computedItems(expression: string, place: Place, code: CodePlace): Promise<CompletionItem[]> {
  // A variable of a comprehension has no value yet, whatever a cell has by its name.
  const isAsked = ITEM.test(expression) && !code.locals().includes(/^[^.[]*/.exec(expression)![0]);
  const object = isAsked ? await ifTold(place.context, () => membersOfItem(expression, code)) : undefined;
  if (object !== undefined && object.members.length > 0)
    return object.members.map(one => memberItem(one, expression, place, code));
  // Of an item that was told, nothing more is asked: each question goes to the evaluation and back.
  const item = object?.value;
  const isTold = item !== undefined && item.unknown === undefined && item.kind === 'other';
  const value = isTold ? item : await ifTold(place.context, () => valueBehind(expression, code));
  return value === undefined ? [] : typeItems(value.type, place, new Set());
}

/** What any of these has; behind that which all of them have, what some have. */
async function itemsOfAny(expressions: readonly string[], place: Place, code: CodePlace): Promise<CompletionItem[]> {
  const found = await Promise.all(expressions.map(one => ifTold(place.context, () => membersOfItem(one, code))));
  const known = found.flatMap((one, at) =>
    one === undefined || one.members.length === 0 ? [] : [{ members: one.members, owner: expressions[at]! }],
  );
  if (known.length === 0) return computedItems(expressions[0]!, place, code);
  const counts = new Map<string, number>();
  const rows = new Map<string, CompletionItem>();
  for (const { members, owner } of known)
    for (const one of members) {
      counts.set(one.name, (counts.get(one.name) ?? 0) + 1);
      if (!rows.has(one.name)) rows.set(one.name, memberItem(one, owner, place, code));
    }
  return [...rows].map(([name, row]) =>
    counts.get(name) === known.length ? row : { ...row, sortText: `3${row.sortText ?? name}` },
  );
}

async function attributeItems(owner: string, place: Place, code: CodePlace): Promise<CompletionItem[]> {
  const [root, ...rest] = owner.split('.') as [string, ...string[]];
  const elements = await ifTold(place.context, async () =>
    code.locals().includes(root) || (await valueOfPath(root, code)) === undefined
      ? elementsOf(root, place, code)
      : undefined,
  );
  if (elements !== undefined)
    return itemsOfAny(
      elements.map(one => [one, ...rest].join('.')),
      place,
      code,
    );
  const own = classItems(owner, place, code);
  if (own.length > 0) return own;
  const { context } = place;
  const found = await ifTold(context, () => membersOfPath(owner, code));
  const value = found?.value ?? (await ifTold(context, () => valueOfPath(owner, code)));
  const items = (found?.members ?? []).map(one => memberItem(one, owner, place, code));
  const inLibrary = items.length > 0 ? [] : libraryItems(owner, place, code);
  const known = new Set([...items, ...inLibrary].map(({ label }) => label));
  // What a class of the chapter or of a package makes tells of itself.
  if (value === undefined && items.length + inLibrary.length === 0) return computedItems(owner, place, code);
  const isOfLibrary = value?.kind === 'other' && value.unknown === undefined && items.length === 0;
  if (!isOfLibrary) return [...items, ...inLibrary];
  return [...items, ...inLibrary, ...typeItems(value.type, place, known)];
}

/** Attributes of a class of the chapter, texts first. */
function classItems(owner: string, place: Place, code: CodePlace): CompletionItem[] {
  const { analysis, seen } = code;
  const preview = previewAt(place, code);
  return attributesOfClass(owner, analysis, seen).map((name, order) => {
    const path = `${owner}.${name}`;
    const definition = analysis.definitionOf(path, seen);
    const group = name.endsWith('_str') ? 0 : 1;
    const sortText = sortTextOf(group, path, definition?.cell ?? 0, order, { analysis, seen });
    const made = definition === undefined ? { label: name } : item(name, definition, place, preview);
    return documented({ ...made, sortText }, place, { kind: 'name', path, seen });
  });
}

function memberItem(
  { name, value }: { readonly name: string; readonly value: ValueInfo },
  owner: string,
  place: Place,
  code: CodePlace,
): CompletionItem {
  const isMethod = value.kind === 'function';
  const kind = isMethod ? CompletionItemKind.Method : KINDS_OF_VALUES[value.kind];
  const isShown = value.kind === 'other' && !COMPUTED.has(value.type);
  const made = valued(name, kind, isShown ? shownOnRow(value) : undefined);
  const told = isShown ? previewAt(place, code)(value, name) : undefined;
  const row = told === undefined ? made : withSentence(made, told);
  return documented({ ...row, sortText: `${isMethod ? 2 : name.endsWith('_str') ? 0 : 1}${name}` }, place, {
    kind: 'name',
    path: `${owner}.${name}`,
    seen: code.seen,
  });
}

/** What only code would give a value. */
const COMPUTED = new Set(['property', 'cached_property']);

/** What is asked of a value of a type most often comes before the rest of what it has. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  Quantity: ['m_as', 'to', 'magnitude', 'units', 'to_base_units', 'to_compact', 'check', 'dimensionality'],
  ndarray: ['mean', 'sum', 'max', 'min', 'std', 'shape', 'size', 'round', 'tolist'],
};

/** What values of a type of the library have; properties before methods. */
function typeItems(type: string, place: Place, known: ReadonlySet<string>): CompletionItem[] {
  return typeMembers(type)
    .filter(({ name }) => !known.has(name))
    .map(({ name, isMethod, signature }) => {
      const kind = isMethod ? CompletionItemKind.Method : CompletionItemKind.Property;
      const usual = USUAL[type]?.indexOf(name) ?? -1;
      const sortText = usual < 0 ? `${isMethod ? 3 : 2}${name}` : rank(0, usual);
      const made: CompletionItem = { label: name, kind, sortText };
      const row = signature === undefined || !isMethod ? made : { ...made, detail: signature };
      return documented(row, place, { kind: 'member', type, name });
    });
}

/** Parts of a module of the library, or fields of a record or group of records in it. */
function libraryItems(owner: string, place: Place, { analysis, seen }: CodePlace): CompletionItem[] {
  const from = analysis.definitionOf(owner.split('.')[0]!, seen)?.from;
  if (from === undefined) return [];
  const path = [from.module, from.name, ...owner.split('.').slice(1)].filter(part => part !== undefined).join('.');
  const members = libraryMembers(path);
  if (members.length > 0)
    return members.map(({ name, detail }) =>
      documented(libraryItem(name, detail), place, { kind: 'signature', path: `${path}.${name}` }),
    );
  const twin = path.replace(/^mlsys(?:im)?\./, '');
  return (twinInfo(twin)?.fields ?? []).map(({ name, text }) =>
    documented(valued(name, CompletionItemKind.Constant, text), place, { kind: 'library', name: `${twin}.${name}` }),
  );
}

/** A member of a module: a function with its signature, a constant with its value. */
export function libraryItem(name: string, detail: string | undefined): CompletionItem {
  if (detail?.startsWith(`${name}(`) === true) return { label: name, kind: CompletionItemKind.Function, detail };
  if (detail === 'class') return { label: name, kind: CompletionItemKind.Class, detail };
  if (detail === 'module' || detail === 'namespace') return { label: name, kind: CompletionItemKind.Module, detail };
  return valued(name, CompletionItemKind.Constant, detail);
}
