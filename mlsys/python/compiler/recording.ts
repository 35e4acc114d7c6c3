/** What the compiler adds to assignments whose bindings are recorded: see `runtime/provenance.ts`. */

import { type BindingSite, makersOf, provenance, type ReadSite } from '../runtime/provenance';
import type { Attribute, Expression, Name, Span } from '../syntax/ast';
import { storeName } from './names';
import type { Scope } from './scope';
import type { Evaluate, Store } from './unit';

/** The text of a name or a chain of attributes of one: `a`, `a.b.c`. */
export function pathOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  if (node.kind !== 'Attribute') return undefined;
  const path = pathOf(node.value);
  return path === undefined ? undefined : `${path}.${node.attr.name}`;
}

function rootOf(node: Expression): string {
  let at = node;
  while (at.kind === 'Attribute') at = at.value;
  return at.kind === 'Name' ? at.id : '';
}

/** Where reads are collected, a read also leaves its value in the frame's trail. */
export function recordedRead(node: Name | Attribute, evaluate: Evaluate, scope: Scope): Evaluate {
  const { reads } = scope;
  const path = reads === undefined ? undefined : pathOf(node);
  if (reads === undefined || path === undefined || scope.isComprehensionVariable(rootOf(node))) return evaluate;
  const makers = makersOf(path, prefixOf(scope));
  const at = reads.push({ path, span: { start: node.start, end: node.end }, makers }) - 1;
  return frame => {
    const value = evaluate(frame);
    if (frame.trail !== undefined) frame.trail[at] = value;
    return value;
  };
}

/** Binds a name, and records the binding where `reads` tells what the assigned value read. */
export function recordedStore(at: Span, name: string, scope: Scope, reads: readonly ReadSite[] | undefined): Store {
  const store = storeName(name, scope);
  if (reads === undefined || scope.isComprehensionVariable(name)) return store;
  const site = siteOf(at, name, scope, reads);
  return (frame, value) => {
    store(frame, value);
    provenance.recorder?.bind(site, value, frame.trail);
  };
}

/** Records an assignment to `Class.attr` or `obj.attr` from outside. */
export function recordedAttribute(
  node: Attribute,
  scope: Scope,
  reads: readonly ReadSite[] | undefined,
): Store | undefined {
  const path = reads === undefined ? undefined : pathOf(node);
  if (reads === undefined || path === undefined) return undefined;
  const site = siteOf(node, path, scope, reads);
  return (frame, value) => provenance.recorder?.bind(site, value, frame.trail);
}

function siteOf(at: Span, name: string, scope: Scope, reads: readonly ReadSite[]): BindingSite {
  const span = { start: at.start, end: at.end };
  return { name: prefixOf(scope) + name, span, file: scope.unit.file, reads };
}

/** `Class.` in a class body: its names are recorded with it, and looked up there first. */
function prefixOf(scope: Scope): string {
  return scope.host.kind === 'class' ? scope.qualifier : '';
}
