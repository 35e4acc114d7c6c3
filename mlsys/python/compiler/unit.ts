/** What the parts of the compiler share while they compile one program. */
import type { Frame } from '../runtime/frame';
import type { Value } from '../runtime/objects';
import type { Expression, Span } from '../syntax/ast';
import type { Scope } from './scope';

/** The scopes by the node that opens them. */
export type ScopeMap = Map<object, Scope>;

/** A compiled expression. */
export type Evaluate = (frame: Frame) => Value;

/** How a statement ended. The normal end is 0, so that `first(f) || second(f)` runs one after the other. */
export type Completion = 0 | 1 | 2 | 3;
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
/** The value is in `frame.result`. */
export const RETURN = 3;

/** A compiled statement. */
export type Execute = (frame: Frame) => Completion;

/** A compiled target of an assignment. */
export type Store = (frame: Frame, value: Value) => void;

export interface Unit {
  readonly file: string;
  readonly source: string;
  /** See `SourceText`. */
  readonly library: boolean;
  readonly scopes: ScopeMap;
  /** `from __future__ import annotations` */
  readonly lazyAnnotations: boolean;
}

/** The scope that a node opens. */
export function scopeOf(node: object, scope: Scope): Scope {
  const found = scope.unit.scopes.get(node);
  if (found === undefined) throw new Error('a scope was not found by the first pass');
  return found;
}

/** The text of a node. */
export function textOf(span: Span, unit: Unit): string {
  return unit.source.slice(span.start, span.end);
}

/** An expression that reads a slot which the compiler filled before: stands for a part that was evaluated earlier. */
export interface Temporary extends Span {
  readonly kind: 'Temporary';
  readonly slot: number;
}

/** `node` for a place that wants an expression; see `Temporary`. */
export function temporary(slot: number, span: Span): Expression {
  const made: Temporary = { kind: 'Temporary', slot, start: span.start, end: span.end };
  return made as unknown as Expression;
}
