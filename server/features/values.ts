/** Values behind paths of names at a place in code, as the last runs left them. No code runs for it. */
import { computed, parseExpression, pathsRead } from '../../mlsys';
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { ValueInfo, ValueMembers } from '../evaluation/results';

/** Where names are looked up. */
export interface NamePlace {
  readonly analysis: Analysis;
  /** Number of cells whose names count, the place's own one included. */
  readonly seen: number;
  /** The class in whose body the place stands. */
  readonly cls: string | undefined;
  /** What is told of members in place of `Analysis.membersAt`, where that may take too long. */
  readonly membersAt?: Analysis['membersAt'];
}

/** The value at a path of names: of a class body's own name, of a name of the chapter, or of an attribute. */
export async function valueOfPath(path: string, place: NamePlace): Promise<ValueInfo | undefined> {
  const { analysis, seen, cls } = place;
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  const own = cls === undefined ? undefined : bindingValue(`${cls}.${root}`, place);
  if (rest.length === 0) return own ?? analysis.valueAt(root, seen);
  return bindingValue(path, place) ?? (await membersOfPath(path, place))?.value;
}

/** What an editor shows of a value: of one that was computed here, no more than its type may be known. */
export type KnownValue = Pick<ValueInfo, 'repr' | 'type'>;

/**
 * The value of an expression over names, numbers and texts (`distance / speed`, `costs["gpu"]`), as far as it is computed without
 * code of the chapter.
 */
export async function valueOfExpression(
  source: string,
  place: NamePlace & { readonly locals?: () => readonly string[] },
): Promise<KnownValue | undefined> {
  const paths = pathsRead(source);
  const locals = new Set(place.locals?.() ?? []);
  if (paths.length > MOST_PATHS || paths.some(path => locals.has(/^[^.[]*/.exec(path)![0]))) return undefined;
  const values = new Map<string, KnownValue>();
  for (const path of paths) {
    const value = await valueWithKeys(path, place);
    if (value !== undefined) values.set(path, value);
  }
  return computed(source, values);
}

const MOST_PATHS = 40;

/** `pumps["north"]`, `plan.sites[0].pump`, `rates["night"]["price"]` */
export const ITEM = /^[\p{L}_][\p{L}\p{N}_.]*(?:\[(?:"[^"\n]*"|'[^'\n]*'|-?\d+)\][\p{L}\p{N}_.]*)+$/u;

/** The same, also where no more than the container itself tells what it holds: `pieces[0]`, or a key of a long dict. */
export async function valueBehind(
  source: string,
  place: NamePlace & { readonly locals?: () => readonly string[] },
): Promise<KnownValue | undefined> {
  const told = await valueOfExpression(source, place);
  const isTold = told !== undefined && !told.repr.endsWith('…');
  if (isTold || !ITEM.test(source) || place.locals?.().includes(/^[^.[]*/.exec(source)![0])) return told;
  const item = (await membersOfItem(source, place))?.value;
  return item === undefined || item.unknown !== undefined || item.kind !== 'other' ? told : item;
}

/** The value at a path, behind texts by which dicts are indexed: `costs["gpu"]["hour"]`. */
async function valueWithKeys(path: string, place: NamePlace): Promise<KnownValue | undefined> {
  const bracket = path.indexOf('[');
  if (bracket < 0) {
    const value = await valueOfPath(path, place);
    return value?.unknown === undefined && value?.kind === 'other' ? value : undefined;
  }
  const dict = await valueOfPath(path.slice(0, bracket), place);
  const keys = parseExpression(`[${path.slice(bracket).slice(1, -1).replaceAll('"]["', '", "')}]`).expression;
  let at: KnownValue | undefined = dict?.unknown === undefined ? dict : undefined;
  for (const key of keys?.kind === 'List' ? keys.elements : []) {
    if (at === undefined || key.kind !== 'Constant') return undefined;
    const text: string | undefined = entriesOf(at).find(one => one.key === key.value)?.value;
    at = text === undefined ? undefined : describedBy(text);
  }
  return at;
}

const DICTS = /^(?:\{|(?:OrderedDict|defaultdict|Counter)\()/;

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** The texts among the keys of a dict, by its repr, which may be cut. */
export function entriesOf({ repr }: Pick<ValueInfo, 'repr'>): Entry[] {
  if (!DICTS.test(repr)) return [];
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

/** A value by its repr alone, where that tells its type. */
function describedBy(repr: string): KnownValue | undefined {
  const type = BEGINNINGS.find(([pattern]) => pattern.test(repr))?.[1];
  return type === undefined ? undefined : { repr, type };
}

const BEGINNINGS: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^-?\d+$/, 'int'],
  [/^-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+)$/, 'float'],
  [/^('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")$/s, 'str'],
  [/^<Quantity\(/, 'Quantity'],
  [/^np\.float64\(/, 'float64'],
  [/^\{'|^\{"|^\{\}$|^\{\d/, 'dict'],
  [/^\[/, 'list'],
  [/^\(/, 'tuple'],
  [/^array\(/, 'ndarray'],
];

/** An attribute that an assignment in a class body made. */
function bindingValue(path: string, { analysis, seen }: NamePlace): ValueInfo | undefined {
  const cell = analysis.cells[seen - 1];
  return analysis.bindingOf(path, seen)?.value ?? (cell && madeIn(cell, path));
}

/** What the last run of a cell made under a path, though it may have ended before the class itself was bound. */
export function madeIn(cell: CellResult, path: string): ValueInfo | undefined {
  if (cell.status === 'ok' || !path.includes('.')) return undefined;
  return cell.bindingsOf(path).at(-1)?.value;
}

/** The value at a path with what it has; of a class body's own name what its object has. */
export async function membersOfPath(path: string, place: NamePlace): Promise<ValueMembers | undefined> {
  const { analysis, seen, cls } = place;
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  if (cls !== undefined && analysis.bindingOf(`${cls}.${root}`, seen) !== undefined) {
    const [outer, ...inner] = cls.split('.') as [string, ...string[]];
    return askMembers(place, outer, [...inner, root, ...rest]);
  }
  const other = cls === undefined ? undefined : otherName(`${cls}.${root}`, analysis.cells[seen - 1]);
  return other === undefined
    ? askMembers(place, root, rest)
    : membersOfPath([other, ...rest].join('.'), { ...place, cls: undefined });
}

/** What the object has that a container holds under a written key: `pumps["north"]`. */
export async function membersOfItem(item: string, place: NamePlace): Promise<ValueMembers | undefined> {
  const { analysis, seen, cls } = place;
  const root = /^[^.[]*/.exec(item)![0];
  const path = cls === undefined ? undefined : `${cls}.${root}`;
  const other = path && otherName(path, analysis.cells[seen - 1]);
  const isOwn = path !== undefined && analysis.bindingOf(path, seen) !== undefined;
  return askMembers(place, (other ?? (isOwn ? path : root)) + item.slice(root.length), []);
}

function askMembers(place: NamePlace, name: string, path: readonly string[]): Promise<ValueMembers | undefined> {
  const { analysis, seen, membersAt } = place;
  return membersAt === undefined ? analysis.membersAt(name, seen, path) : membersAt(name, seen, path);
}

/**
 * Of a name of a class body whose class was not made, since the cell ended before: what else has the same object, as
 * `Fleet.Skerry` after `vessel = Fleet.Skerry`.
 */
function otherName(path: string, cell: CellResult | undefined): string | undefined {
  if (cell === undefined || cell.status === 'ok') return undefined;
  const made = cell.bindingsOf(path).at(-1);
  const identity = made?.value.identity;
  return identity === undefined ? undefined : made!.reads.find(({ value }) => value.identity === identity)?.text;
}

/** A text as Python writes it, without its quotes; undefined for what is no text, or cut. */
export function textOfValue({ repr, type }: ValueInfo): string | undefined {
  if (type !== 'str') return undefined;
  const { expression } = parseExpression(repr);
  return expression?.kind === 'Constant' && typeof expression.value === 'string' ? expression.value : undefined;
}

/** How a value reads in a sentence, where that is plain to see. */
export function readingOfValue(value: ValueInfo): string {
  return textOfValue(value) ?? (value.type === 'Markdown' ? value.type : value.repr);
}
