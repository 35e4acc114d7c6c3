/** `match` statements: the choice of a case; patterns are in `patterns.ts`. */

import type { Frame } from '../runtime/frame';
import type { Value } from '../runtime/objects';
import type { Match, MatchCase } from '../syntax/ast';
import { compileExpression } from './expressions';
import { storeName } from './names';
import { compileTest } from './operators';
import { compilePattern, patternNames } from './patterns';
import type { Scope } from './scope';
import { compileBlock } from './statements';
import { type Execute, NORMAL } from './unit';

/** True where the pattern fits and the guard holds; binds the pattern's names. */
export function compileCase(node: MatchCase, scope: Scope): (frame: Frame, subject: Value) => boolean {
  const names = patternNames(node.pattern);
  const stores = names.map(name => storeName(name, scope));
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

export function compileMatch(node: Match, scope: Scope): Execute {
  const subject = compileExpression(node.subject, scope);
  const cases = node.cases.map(one => ({ fits: compileCase(one, scope), body: compileBlock(one.body, scope) }));
  return frame => {
    const value = subject(frame);
    for (const { fits, body } of cases) if (fits(frame, value)) return body(frame);
    return NORMAL;
  };
}
