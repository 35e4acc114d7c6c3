/** Makes unknown what statements may have bound or changed that did not run, or not for sure. */
import type { Frame } from '../runtime/frame';
import type { PyFunction } from '../runtime/function';
import { provenance } from '../runtime/provenance';
import { meet, PyUnknown, type UnknownCause } from '../runtime/unknown';
import { definitions, Effects, type Names, STAR } from './effects';
import { type Facts, factsOf, factsOfBody } from './facts';
import { siteOf } from './recording';
import type { Scope } from './scope';
import { assign, presentValue } from './stored';

/** Makes unknown what a statement or expression may have bound or changed. */
export function smear(nodes: readonly object[], scope: Scope, frame: Frame, cause: UnknownCause): void {
  const effects = new Effects(cause, frame.globals);
  meet(cause);
  for (const node of nodes) effects.collect(frameNames(factsOf(node), scope, frame, cause));
  effects.apply();
  for (const node of nodes) bindUnknown(factsOf(node), scope, frame, cause);
}

/** True where a statement may leave the code around it by `return`, `break` or `continue`. */
export function leaves(node: object): boolean {
  return factsOf(node).leaves;
}

/** True where a function may return something that counts as true. */
export function returnsValue(func: PyFunction): boolean {
  const definition = definitions.get(func.code);
  return definition === undefined || factsOfBody(definition.node).returns;
}

/** True where code reads a name that is unknown now: the name may not be bound. */
export function readsUnknown(nodes: readonly object[], scope: Scope, frame: Frame): UnknownCause | undefined {
  for (const node of nodes) {
    const facts = factsOf(node);
    for (const name of facts.loads) {
      const value = presentValue(name, scope, frame);
      if (value instanceof PyUnknown) return value.cause;
    }
  }
  return undefined;
}

function frameNames(facts: Facts, scope: Scope, frame: Frame, cause: UnknownCause): Names {
  return {
    facts,
    given: undefined,
    value: name => presentValue(name, scope, frame),
    assign: name => {
      assign(name, scope, frame, new PyUnknown(cause, undefined, true));
    },
  };
}

/** Binds the names of code that did not run, as its assignments would have. */
function bindUnknown(facts: Facts, scope: Scope, frame: Frame, cause: UnknownCause): void {
  const recorded = scope.recorded ? provenance.recorder : undefined;
  for (const [name, at] of facts.bound) {
    const value = new PyUnknown(cause, undefined, true);
    assign(name, scope, frame, value);
    if (recorded !== undefined && !scope.isComprehensionVariable(name))
      recorded.bind(siteOf(at, name, scope, []), value, undefined);
  }
  for (const name of facts.globals) frame.globals.set(name, new PyUnknown(cause, undefined, true));
  for (const name of facts.nonlocals) assign(name, scope, frame, new PyUnknown(cause, undefined, true));
  if (facts.star) frame.globals.set(STAR, new PyUnknown(cause));
}
