/**
 * Where a value comes from: a graph of sources, each with the formula that made it, down to literals, constants of the
 * registry and lines of data files. `Tracer` makes it of what a run recorded; nothing of it is kept.
 */

import type { Value } from '../python/runtime/objects';
import type { Origin } from '../python/runtime/origins';

/** A part of the text of a program. */
export interface SourcePlace {
  /** As in `Program.file`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What a source is.
 *
 * - `assumption`: a number that the author wrote, with its unit, or as arithmetic of such numbers;
 * - `constant`: what the library knows: a constant of its registry, a field of one of its records;
 * - `data`: read from a data file;
 * - `text`: a literal that is no number;
 * - `formula`: computed, see `formula`;
 * - `object`: a value whose making is not followed: an instance, a column, an item of a list that was filled in a loop;
 * - `cut`: a value behind more sources than are followed, or one that a loop made of itself.
 */
export type SourceKind = 'assumption' | 'constant' | 'data' | 'text' | 'formula' | 'object' | 'cut';

/** A value that has a name, or a place of its own. */
export interface Source {
  /** As the program names it: `x`, `Class.attr`, `config["eta"]`. */
  readonly name: string;
  readonly value: Value;
  readonly kind: SourceKind;
  /** Where the name is bound, or the literal stands; undefined in the library. */
  readonly place: SourcePlace | undefined;
  /** What its value is made of; undefined where that is not followed. */
  readonly formula: Part | undefined;
  /** What an object was made of that was changed since: of no use but to find what it still holds. */
  readonly former?: Part;
  /** Why nothing is followed: the statement that changed it, as it is written. */
  readonly changedBy?: string;
  /** What the statements read that changed it: nobody knows how it came of that. */
  readonly changedWith?: readonly Part[];
  /** The name of a constant in the registry. */
  readonly constant: string | undefined;
  /** Where it stands in a data file. */
  readonly origin: Origin | undefined;
  /** True for a parameter with the number that its call, or its default, says. */
  readonly isParameter?: true;
}

/** Why nothing is followed of a source. */
export type Changed = Pick<Source, 'changedBy' | 'changedWith'>;

/** What a value was made of before it was changed is behind it as well. */
export function alsoMadeOf(former: Part | undefined, { changedWith = [], ...changed }: Changed): Changed {
  const parts = former === undefined ? changedWith : [former, ...changedWith];
  return parts.length === 0 ? changed : { ...changed, changedWith: parts };
}

/** A part of a formula, with its value. */
export type Part = PartForm & {
  readonly value: Value;
  /** Where the author wrote it; undefined in the library. */
  readonly at: SourcePlace | undefined;
};

export type PartForm =
  /** A literal, as written. */
  | { readonly kind: 'literal'; readonly code: string }
  /** A read, as written. */
  | { readonly kind: 'source'; readonly code: string; readonly source: Source }
  /** A unit, class, function or module, as written; `on` is the object of a method that is not called here. */
  | { readonly kind: 'object'; readonly code: string; readonly on?: Part }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Part[] }
  /**
   * A call that is not followed; `on` is the object of a method, `reads` what the function reads outside of itself, `copied` what
   * its value is a copy of.
   */
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly on: Part | undefined;
      readonly args: readonly Part[];
      readonly keywords: readonly (readonly [name: string, part: Part])[];
      readonly reads?: readonly Part[];
      readonly copied?: Copied | undefined;
    }
  | { readonly kind: 'attribute'; readonly of: Part; readonly name: string }
  | { readonly kind: 'item'; readonly of: Part; readonly index: Part }
  /** One side of a conditional expression, and the test that chose it; `isElse` where the test does not hold. */
  | { readonly kind: 'choice'; readonly of: Part; readonly test: Part; readonly isElse: boolean }
  /** A tuple, list or dict with its items by index or key, and `reads`, what said how many there are. */
  | {
      readonly kind: 'display';
      readonly code: string;
      readonly items: ReadonlyMap<Value, Part>;
      readonly reads?: readonly Part[];
    }
  /** Any other code, as written, with the names in it. */
  | { readonly kind: 'code'; readonly code: string; readonly names: readonly (readonly [code: string, part: Part])[] };

/** An object that was copied, and what fields of the copy were given. */
export interface Copied {
  readonly of: Part;
  readonly changes: ReadonlyMap<string, Part>;
}

/** What parts of a formula hold, whatever a part is: a `Part`, or plain data that tells of one. */
export type PartShape<P> =
  | { readonly kind: 'literal' | 'source' | 'object' }
  | { readonly kind: 'operation'; readonly operands: readonly P[] }
  | {
      readonly kind: 'call';
      readonly on?: P | undefined;
      readonly args: readonly P[];
      readonly keywords: readonly (readonly [name: string, part: P])[];
      readonly reads?: readonly P[];
    }
  | { readonly kind: 'attribute'; readonly of: P }
  | { readonly kind: 'item'; readonly of: P; readonly index: P }
  | { readonly kind: 'choice'; readonly of: P; readonly test: P }
  | { readonly kind: 'display'; readonly items: ReadonlyMap<Value, P>; readonly reads?: readonly P[] }
  | { readonly kind: 'code'; readonly names: readonly (readonly [code: string, part: P])[] };

/** The parts directly within a part. */
export function partsOf<P>(part: PartShape<P>): readonly P[] {
  switch (part.kind) {
    case 'operation':
      return part.operands;
    case 'call':
      return [...givenTo(part), ...(part.reads ?? [])];
    case 'attribute':
      return [part.of];
    case 'item':
      return [part.of, part.index];
    case 'choice':
      return [part.of, part.test];
    case 'display':
      return part.reads === undefined ? [...part.items.values()] : [...part.items.values(), ...part.reads];
    case 'code':
      return part.names.map(([, one]) => one);
    default:
      return NO_PARTS;
  }
}

/** What a call is given, as it is written. */
export function givenTo<P>(call: PartShape<P> & { readonly kind: 'call' }): readonly P[] {
  return [...(call.on === undefined ? [] : [call.on]), ...call.args, ...call.keywords.map(([, one]) => one)];
}

const NO_PARTS: readonly never[] = [];

/** What parts read, each source once, in order. */
export function sourcesIn(parts: readonly Part[]): Map<Source, Part & { readonly kind: 'source' }> {
  const found = new Map<Source, Part & { readonly kind: 'source' }>();
  const seen = new Set<Part>();
  const open = [...parts].reverse();
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind !== 'source') open.push(...[...partsOf<Part>(part)].reverse());
    else if (!found.has(part.source)) found.set(part.source, part);
  }
  return found;
}

/** True where a formula has more than so many parts; parts that occur twice count twice. */
export function isLonger(part: Part, most: number): boolean {
  let left = most;
  const look = (one: Part): boolean => --left < 0 || partsOf<Part>(one).some(look);
  return look(part);
}
