/** What functions hand out to code that nobody knows and that calls them: it may keep and change that. */
import { PyFunction } from '../runtime/function';
import { BoundMethod, type Value } from '../runtime/objects';
import type { Expression } from '../syntax/ast';
import type { Following } from './following';
import { valuesOf } from './libraryCalls';
import type { Names } from './referents';

/** What a function may give to whoever calls it. */
export interface HandedOut {
  readonly values: readonly Value[];
  /** Functions whose results it gives. */
  readonly functions: readonly PyFunction[];
}

/** What code with these names returns or yields. */
export function handedOut(names: Names, refers: Following): HandedOut {
  const values: Value[] = [];
  const functions: PyFunction[] = [];
  for (const one of names.facts.results.flatMap(choices)) {
    const called = one.kind === 'Call' ? refers.of(one.func, names, true).exact : [];
    const own = called.filter(func => func instanceof PyFunction);
    functions.push(...own);
    if (own.length === 0) values.push(...valuesOf(refers.argument(one, names)));
  }
  return { values, functions };
}

/** The expressions of which an expression gives one. */
function choices(node: Expression): readonly Expression[] {
  if (node.kind === 'IfExp') return [node.body, node.orelse].flatMap(choices);
  if (node.kind === 'BoolOp') return node.values.flatMap(choices);
  return [node];
}

/** Functions among some values, and those of bound methods. */
export function functionsIn(values: readonly Value[]): readonly PyFunction[] {
  return values.map(one => (one instanceof BoundMethod ? one.func : one)).filter(one => one instanceof PyFunction);
}
