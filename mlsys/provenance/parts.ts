/** What parts of a formula are called, where they stand, and which of them name something rather than compute it. */
import { NativeFunction, PyCallable, PyClass, PyModule, typeOf, type Value } from '../python/runtime/objects';
import { repr } from '../python/runtime/operations';
import type { Expression, Span } from '../python/syntax/ast';
import { PyUnit } from '../units/registry';
import { kindOfFormula } from './classify';
import type { Part, Source, SourcePlace } from './graph';
import type { Environment } from './tracer';

/** What is named rather than computed: units, classes, functions, modules. */
export function isObject(value: Value): boolean {
  return (
    value instanceof PyUnit ||
    value instanceof PyClass ||
    value instanceof PyModule ||
    value instanceof PyCallable ||
    value instanceof NativeFunction ||
    CALLABLE.has(typeOf(value).name)
  );
}

const CALLABLE = new Set(
  'method builtin_function_or_method staticmethod classmethod _lru_cache_wrapper UnitRegistry'.split(' '),
);

/** The code of a value, as it is written or by the places that hold it: `d["a"].rate`; undefined for what is computed. */
export function codeOf(part: Part): string | undefined {
  if ('code' in part) return part.code;
  if (part.kind !== 'attribute' && part.kind !== 'item') return undefined;
  const of = codeOf(part.of);
  if (of === undefined) return undefined;
  return part.kind === 'attribute' ? `${of}.${part.name}` : `${of}[${codeOf(part.index) ?? '…'}]`;
}

/** A function or class as it is written; a class that a function was given, as `cls`, by its name. */
export function calledName(func: Expression, callee: Value, environment: Environment): string {
  const { locals } = environment as { readonly locals?: ReadonlyMap<string, Part> };
  const isGiven = func.kind === 'Name' && callee instanceof PyClass && locals?.has(func.id) === true;
  return isGiven ? callee.name : textOf(func, environment);
}

/** What a value is called where it is held, whatever a loop calls it. */
export function placeName(part: Part): string | undefined {
  return part.kind === 'source' ? part.source.name : codeOf(part);
}

/** The same for a name at a place, as often as it is looked at. */
export function keyOf(part: Part): unknown {
  if (part.kind !== 'source') return part;
  const { name, place } = part.source;
  return place === undefined ? part.source : `${name} ${place.start} ${place.file}`;
}

export function textOf({ start, end }: Span, { text }: Environment): string {
  return text.slice(start, end);
}

export function placeOf({ start, end }: Span, { file, isLibrary }: Environment): SourcePlace | undefined {
  return isLibrary ? undefined : { file, start, end };
}

/** A source whose value is that of a part, one for each name: the part's own where it is a read. */
export function sourceOfPart(name: string, part: Part): Source {
  if (part.kind === 'source') return part.source;
  const sources = ofParts.get(part) ?? new Map<string, Source>();
  ofParts.set(part, sources);
  const known = sources.get(name);
  if (known !== undefined) return known;
  const { value, at: place } = part;
  const kind = kindOfFormula(part);
  const source: Source = { name, value, kind, place, formula: part, constant: undefined, origin: undefined };
  sources.set(name, source);
  return source;
}

const ofParts = new WeakMap<Part, Map<string, Source>>();

/** The source of an item, by the name that a reader has for its place: `d["a"]` for what `d['a']` is. */
export function itemSource(name: string, part: Part, key: Value): Source {
  const source = sourceOfPart(name, part);
  if (part.kind !== 'source' || source.name === name || !source.name.endsWith(`[${repr(key)}]`)) return source;
  const known = ofItems.get(source) ?? new Map<string, Source>();
  ofItems.set(source, known);
  const renamed = known.get(name) ?? { ...source, name };
  known.set(name, renamed);
  return renamed;
}

const ofItems = new WeakMap<Source, Map<string, Source>>();

/** The formula behind names for one and the same value. */
export function through(part: Part): Part | undefined {
  let at: Part | undefined = part;
  for (let steps = 0; at?.kind === 'source' && steps < 50; steps++) at = at.source.formula ?? at.source.former;
  return at;
}
