/** What the compiler adds to assignments whose bindings are recorded: see `runtime/provenance.ts`. */
import { noteItem } from '../runtime/filled';
import type { Frame } from '../runtime/frame';
import { PyList, type Value } from '../runtime/objects';
import { type BindingSite, pathOf, provenance, type ReadNode } from '../runtime/provenance';
import type { Attribute, Expression, Name, Span, Subscript } from '../syntax/ast';
import { storeName } from './names';
import type { Scope } from './scope';
import type { Store } from './unit';

/** The name that a chain of attributes starts with; undefined where it starts with something else. */
function rootOf(node: Expression): string | undefined {
  let at = node;
  while (at.kind === 'Attribute') at = at.value;
  return at.kind === 'Name' ? at.id : undefined;
}

/** Where reads are collected, the place in the frame's trail where a read leaves its value; else -1. */
export function markOf(node: Name | Attribute, scope: Scope): number {
  const { reads } = scope;
  if (reads === undefined) return -1;
  const root = rootOf(node);
  return root === undefined || scope.isComprehensionVariable(root) ? -1 : reads.push(node) - 1;
}

/** Binds a name, and records the binding where `reads` tells what the assigned value read. */
export function recordedStore(at: Span, name: string, scope: Scope, reads: readonly ReadNode[] | undefined): Store {
  const store = storeName(name, scope, at);
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
  reads: readonly ReadNode[] | undefined,
): Store | undefined {
  const path = reads === undefined ? undefined : pathOf(node);
  if (reads === undefined || path === undefined) return undefined;
  const site = siteOf(node, path, scope, reads);
  return (frame, value) => provenance.recorder?.bind(site, value, frame.trail);
}

/** Records what an assignment put under a key. */
export function recordedItem(
  { value: container, start, end }: Subscript,
  scope: Scope,
  reads: readonly ReadNode[],
): (frame: Frame, container: Value, key: Value, value: Value) => void {
  const site = siteOf({ start, end }, pathOf(container) ?? '', scope, reads);
  return (frame, owner, key, value) => {
    const { recorder } = provenance;
    if (recorder !== undefined) noteItem(recorder, owner, key, site, value, frame.trail);
  };
}

/** Records what `name.append(…)` put at the end of a list. */
export function recordedEnd(
  list: Name,
  item: Span,
  scope: Scope,
  reads: readonly ReadNode[],
): (frame: Frame, list: Value) => void {
  const site = siteOf(item, list.id, scope, reads);
  return (frame, owner) => {
    const { recorder } = provenance;
    if (recorder === undefined || !(owner instanceof PyList) || owner.items.length === 0) return;
    const last = owner.items.length - 1;
    noteItem(recorder, owner, BigInt(last), site, owner.items[last]!, frame.trail);
  };
}

/** The site of an assignment; in a class body its names are recorded with the class, and looked up there first. */
export function siteOf(span: Span, name: string, scope: Scope, reads: readonly ReadNode[]): BindingSite {
  const { prefix } = scope;
  return { name: prefix + name, prefix, span, file: scope.unit.file, reads, last: undefined };
}
