/** `match` statements: the choice of a case; patterns are in `patterns.ts`. */

import type { Frame } from '../runtime/frame';
import type { Value } from '../runtime/objects';
import type { ReadNode } from '../runtime/provenance';
import type { Identifier, Match, MatchCase, Span } from '../syntax/ast';
import { forEachChild } from '../syntax/nodes';
import { compileRecorded, readsOf } from './assignment';
import { storeName } from './names';
import { compileTest } from './operators';
import { compilePattern, patternNames } from './patterns';
import { recordedStore } from './recording';
import type { Scope } from './scope';
import { compileBlock } from './statements';
import { type Execute, NORMAL } from './unit';

/** True where the pattern fits and the guard holds; binds the pattern's names. */
export function compileCase(
  node: MatchCase,
  scope: Scope,
  reads?: readonly ReadNode[],
): (frame: Frame, subject: Value) => boolean {
  const names = patternNames(node.pattern);
  const captures = reads === undefined ? undefined : capturesIn(node.pattern);
  const stores = names.map(name =>
    reads === undefined
      ? storeName(name, scope)
      : recordedStore(captures?.get(name) ?? node.pattern, name, scope, reads),
  );
  const matches = compilePattern(node.pattern, names, scope);
  const guard = node.guard === undefined ? undefined : compileTest(node.guard, scope);
  return (frame, subject) => {
    const captures: (Value | undefined)[] = new Array(names.length);
    frame.at = node.pattern;
    if (!matches(frame, subject, captures)) return false;
    for (let at = 0; at < stores.length; at++) if (captures[at] !== undefined) stores[at]!(frame, captures[at]!);
    return guard === undefined || guard(frame);
  };
}

/** Where a pattern names what it captures, each name at its first place. */
function capturesIn(pattern: Span): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  const look = (one: Span): void => {
    const { name } = one as Partial<Identifier>;
    if (typeof name === 'string' && !found.has(name)) found.set(name, one);
    forEachChild(one, look);
  };
  look(pattern);
  return found;
}

export function compileMatch(node: Match, scope: Scope): Execute {
  const reads = readsOf(scope);
  const subject = compileRecorded(node.subject, scope, reads);
  const cases = node.cases.map(one => ({ fits: compileCase(one, scope, reads), body: compileBlock(one.body, scope) }));
  return frame => {
    const value = subject(frame);
    for (const { fits, body } of cases) if (fits(frame, value)) return body(frame);
    return NORMAL;
  };
}
