/** What functions hand out to code that nobody knows and that calls them: it may keep and change that. */
import { PyFunction } from '../runtime/function';
import { BoundMethod, PyInstance, type Value } from '../runtime/objects';
import { classOf, PyUnknown } from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import type { Following } from './following';
import { valuesOf } from './libraryCalls';
import type { Names } from './referents';

/** What code with these names returns or yields: a function stands for what it gives. */
export function handedOut(names: Names, refers: Following): readonly Value[] {
  const values: Value[] = [];
  for (const one of names.facts.results.flatMap(choices)) {
    const called = one.kind === 'Call' ? refers.of(one.func, names, true).exact : [];
    const own = called.filter(func => func instanceof PyFunction);
    values.push(...own);
    if (own.length === 0) values.push(...valuesOf(refers.argument(one, names)));
  }
  return values;
}

/** The expressions of which an expression gives one. */
function choices(node: Expression): readonly Expression[] {
  if (node.kind === 'IfExp') return [node.body, node.orelse].flatMap(choices);
  if (node.kind === 'BoolOp') return node.values.flatMap(choices);
  return [node];
}

/** The classes among some values, and those of the objects among them: whoever has an object may change what its class holds. */
export function classesOf(values: readonly Value[]): readonly Value[] {
  return [...new Set(values.map(one => (one instanceof PyInstance ? classOf(one) : one)))];
}

/** Functions among some values, and those of bound methods. */
export function functionsIn(values: readonly Value[]): readonly PyFunction[] {
  return values.map(one => (one instanceof BoundMethod ? one.func : one)).filter(one => one instanceof PyFunction);
}

/** True for what comes of code that is not at hand: nobody knows what a call of it does. */
export function isForeign(value: Value): boolean {
  return value instanceof PyUnknown && (value.path !== undefined || value.may.length === 0);
}
