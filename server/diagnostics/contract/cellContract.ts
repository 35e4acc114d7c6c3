/** What a cell promises and keeps: the names that it makes for the prose, those that its header box lists, what it takes from elsewhere. */
import { type Span, symbolIndex } from '../../../mlsys';
import type { CellHeader } from '../../chapter/model';
import { lastOf } from '../../evaluation/symbols/symbol';
import { oncePerText } from './oncePerText';

/** A name that a cell binds at module level for prose to use. Spans are offsets into the cell's source. */
export interface Export {
  readonly name: string;
  readonly span: Span;
  readonly statement: Span;
  /** `Cls.attr`, where the assignment does nothing but bring an attribute of a class out. */
  readonly bridge: string | undefined;
}

export interface CellContract {
  /** In source order; of a name that is bound several times, the last one. */
  readonly exports: readonly Export[];
  /** Names that are bound at module level. */
  readonly bound: ReadonlySet<string>;
  /** `Cls.attr` of all classes. */
  readonly attributes: ReadonlySet<string>;
  /** Paths that the cell reads: `x`, `Cls.attr`, `math.sqrt`. */
  readonly reads: ReadonlySet<string>;
}

/** Read from the text alone. */
export const contractOf = oncePerText(({ module, source }): CellContract => {
  const index = symbolIndex(module);
  const bound = new Set<string>();
  const attributes = new Set<string>();
  const exports = new Map<string, Export>();
  const classes = new Set(index.definitions.all.filter(({ kind }) => kind === 'class').map(({ name }) => name));
  for (const { name, kind, span, statement, value } of index.definitions.all) {
    if (name.includes('.')) {
      attributes.add(name);
      continue;
    }
    bound.add(name);
    if (kind !== 'assignment') continue;
    const path = value?.kind === 'Attribute' ? pathOf(source.slice(value.start, value.end)) : undefined;
    const bridge = path !== undefined && (isForProse(name) || classes.has(path.split('.')[0]!)) ? path : undefined;
    if (bridge === undefined && !isForProse(name)) continue;
    exports.delete(name);
    exports.set(name, { name, span, statement, bridge });
  }
  const reads = new Set(index.uses.filter(use => !use.write).map(use => use.path));
  return { exports: [...exports.values()], bound, attributes, reads };
});

/** `x_str`: the texts of a chapter are named so. */
export function isForProse(name: string): boolean {
  return name.endsWith('_str') || name.endsWith('_eq') || name.endsWith('_tex') || name.endsWith('_md');
}

function pathOf(text: string): string | undefined {
  return /^[\w.]+$/.test(text) ? text : undefined;
}

/** One name that a header lists: `x_str`, `gpu_*`, `Cls.x_str`. */
export interface ListedName {
  readonly name: string;
  readonly span: Span;
}

/** The names under Exports, with those that braces stand for: `x_{low,high}_str`. */
export function listedExports(header: CellHeader, source: string): readonly ListedName[] {
  const field = header.field('Exports');
  if (field === undefined) return [];
  const { start, end } = field.textRange;
  const listed: ListedName[] = [];
  const groups: Span[] = [];
  for (const found of source.slice(start, end).matchAll(/([\w.]*)\{([^{}]*)\}([\w.]*)/g)) {
    const span = { start: start + found.index, end: start + found.index + found[0].length };
    groups.push(span);
    for (const part of found[2]!.split(',')) listed.push({ name: `${found[1]}${part.trim()}${found[3]}`, span });
  }
  for (const { name, range } of field.names)
    if (!groups.some(group => range.start < group.end && group.start < range.end)) listed.push({ name, span: range });
  return listed.sort((a, b) => a.span.start - b.span.start);
}

/** Names that stand for any of these: tells of many at once what `stands` tells of one. */
export function standing(made: Iterable<string>): (listed: string) => boolean {
  const names = new Set<string>();
  for (const name of made) names.add(name).add(lastOf(name));
  return listed => (listed.includes('*') ? [...names].some(name => stands(listed, name)) : names.has(listed));
}

/** Whether a name that a cell makes is one of those that a header lists. */
export function listing(listed: readonly ListedName[]): (made: string) => boolean {
  const names = new Set(listed.map(({ name }) => name));
  const patterns = [...names].filter(name => name.includes('*'));
  return made => names.has(made) || names.has(lastOf(made)) || patterns.some(pattern => stands(pattern, made));
}

/** True where a name of a header stands for a name that the cell makes: itself, one of a pattern, an attribute of a class. */
export function stands(listed: string, made: string): boolean {
  const own = lastOf(made);
  if (!listed.includes('*')) return listed === made || listed === own;
  const pattern = new RegExp(`^${listed.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`);
  return pattern.test(made) || pattern.test(own);
}
