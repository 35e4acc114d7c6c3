/** Makes unknown what statements may have bound or changed that did not run, or not for sure. */
import { PyDict } from '../runtime/dict';
import type { Frame } from '../runtime/frame';
import { PyFunction } from '../runtime/function';
import type { Value } from '../runtime/objects';
import { provenance } from '../runtime/provenance';
import { leadingTo, meet, PyUnknown, type Replaced, taint, type UnknownCause } from '../runtime/unknown';
import type { Expression, Span } from '../syntax/ast';
import { callHeld } from './callHeld';
import { Effects } from './effects';
import { type Facts, factsOf, factsOfAll, factsOfBody } from './facts';
import { namespaceOf } from './namespaces';
import { siteOf } from './recording';
import { definitions, functionValue, type Names } from './referents';
import type { Scope } from './scope';
import { assign, PyPossible, partsOf, presentValue } from './stored';

/** Makes unknown what a statement or expression may have bound or changed; what it may have returned, or be. */
export function smear(
  nodes: readonly object[],
  scope: Scope,
  frame: Frame,
  cause: UnknownCause,
  value?: Expression,
  before?: Replaced,
): readonly Value[] {
  const effects = new Effects(cause, frame.globals, before);
  meet(cause);
  const facts = factsOfAll(nodes);
  const names = frameNames(facts, scope, frame, cause);
  effects.collect(names);
  if (facts.anything) effects.everything = true;
  const returned = facts.returned.flatMap(one => effects.leads(one, names));
  if (value !== undefined) returned.push(...effects.leads(value, names));
  const bound = [...facts.bound].map(([name, at]) => ({
    name,
    at,
    may: [...mayBe(name, names, effects, scope, frame), ...(before?.values ?? [])],
  }));
  const outside = [...facts.globals, ...facts.nonlocals].map(name => ({ name, may: effects.leadsOfName(name, names) }));
  effects.apply();
  bindUnknown(bound, scope, frame, cause);
  for (const { name, may } of outside) {
    const value = new PyUnknown(cause, { unsure: true, may });
    if (facts.globals.has(name)) frame.globals.set(name, value);
    if (facts.nonlocals.has(name)) assign(name, scope, frame, value);
  }
  if (effects.runsUnknown) callHeld(cause, frame.globals);
  if (facts.annotates && scope.host.kind !== 'function') loseAnnotations(frame, cause);
  if (facts.star) frame.globals.open = new PyUnknown(cause);
  return [...new Set(returned)];
}

/** Makes unknown which names of a module or class body have annotations. */
function loseAnnotations(frame: Frame, cause: UnknownCause): void {
  const names = frame.names ?? frame.globals;
  if (!(names.get('__annotations__') instanceof PyDict)) names.set('__annotations__', new PyDict());
  taint(names.get('__annotations__') as PyDict, cause);
}

/** What a name leads to that code may have bound. */
function mayBe(name: string, names: Names, effects: Effects, scope: Scope, frame: Frame): readonly Value[] {
  const may = effects.leadsOfName(name, names);
  const made = names.facts.definitions.get(name);
  return made === undefined ? may : [...may, ...made.map(node => new PyPossible(node, scope, frame))];
}

/** What the names, attributes and items that code assigns to hold now. */
export function replaced(nodes: readonly object[], scope: Scope, frame: Frame): Replaced {
  const cause: UnknownCause = { kind: 'doubt', subject: '', message: '', file: '', span: { start: 0, end: 0 } };
  const facts = factsOfAll(nodes);
  const names = frameNames(facts, scope, frame, cause);
  const held = new Map<string, Value>();
  for (const name of [...facts.bound.keys(), ...boundByFunctions(names)]) {
    const value = names.value(name);
    if (value !== undefined) held.set(name, value);
  }
  const found = [...held.values()];
  const effects = new Effects(cause, frame.globals);
  for (const { object, attribute, key } of facts.stores)
    for (const one of effects.leads(object, names)) found.push(...partsOf(one, attribute, key));
  return { names: held, values: leadingTo(found) };
}

/** Names that functions bind outside themselves which code may call by their names. */
function boundByFunctions(code: Pick<Names, 'facts' | 'value'>): Set<string> {
  const found = new Set<string>();
  const seen = new Set<PyFunction>();
  const open = [code];
  for (const { facts, value } of open)
    for (const name of facts.loads) {
      const func = value(name);
      if (!(func instanceof PyFunction) || seen.has(func)) continue;
      seen.add(func);
      const definition = definitions.get(func.code);
      if (definition === undefined) continue;
      const body = factsOfBody(definition.node);
      for (const one of [...body.globals, ...body.nonlocals]) found.add(one);
      open.push({ facts: body, value: functionValue(func, definition.scope) });
    }
  return found;
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
    scope,
    namespace: name => namespaceOf(frame.globals, name === 'globals' ? undefined : frame),
    value: name => presentValue(name, scope, frame),
    assign: name => {
      assign(name, scope, frame, new PyUnknown(cause, { unsure: true }));
    },
  };
}

/** Binds the names of code that did not run, as its assignments would have. */
function bindUnknown(
  bound: readonly { readonly name: string; readonly at: Span; readonly may: readonly Value[] }[],
  scope: Scope,
  frame: Frame,
  cause: UnknownCause,
): void {
  const recorded = scope.recorded ? provenance.recorder : undefined;
  for (const { name, at, may } of bound) {
    const value = new PyUnknown(cause, { unsure: true, may });
    assign(name, scope, frame, value);
    if (recorded !== undefined && !scope.isComprehensionVariable(name))
      recorded.bind(siteOf(at, name, scope, []), value, undefined);
  }
}
