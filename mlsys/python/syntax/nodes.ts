/** Walking the tree without regard to the kinds of its nodes: to find a place, to compare two trees. */
import type { Alias, Expression, Identifier, Module, Pattern, Span, Statement } from './ast';
import type { Program } from './program';

/** Anything in a tree that has a place. */
export type Node = Module | Statement | Expression | Pattern | Identifier | Alias | Span;

function isNode(value: object): value is Span {
  return 'start' in value && 'end' in value;
}

/** Calls `visit` with each node directly below `parent`, in no particular order. */
export function forEachChild(parent: object, visit: (node: Span) => void): void {
  someChild(parent, node => {
    visit(node);
    return false;
  });
}

/** True where the test holds for a node directly below `parent`; no further ones are looked at then. */
export function someChild(parent: object, test: (node: Span) => boolean): boolean {
  for (const key in parent) {
    const value: unknown = (parent as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) continue;
    if (!Array.isArray(value) && isNode(value) ? test(value) : someChild(value, test)) return true;
  }
  return false;
}

/** The nodes directly below `parent`: those of two equal trees in the same order. */
export function childrenOf(parent: object): readonly Span[] {
  const children: Span[] = [];
  forEachChild(parent, node => children.push(node));
  return children;
}

/** Statements and expressions of a tree, outer ones first. */
export function* nodesIn(node: object): Iterable<Statement | Expression> {
  if ('kind' in node) yield node as Statement | Expression;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

/** The nodes around an offset, outermost first. At a boundary the node that starts there wins. */
export function nodeAt(module: Module, offset: number): Node[] {
  const path: Node[] = [module];
  for (let node = statementAt(module.body, offset); node !== undefined; ) {
    path.push(node);
    let inside: Span | undefined;
    let touching: Span | undefined;
    forEachChild(node, child => {
      if (child.start <= offset && offset < child.end) {
        if (inside === undefined || child.end - child.start < inside.end - inside.start) inside = child;
      } else if (child.end === offset) touching = child;
    });
    node = inside ?? touching;
  }
  return path;
}

/** The statement around an offset or right before it, found by halving: a cell may have thousands. */
function statementAt(body: readonly Statement[], offset: number): Span | undefined {
  let [low, high] = [0, body.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (body[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const last = body[low - 1];
  return last !== undefined && offset <= last.end ? last : undefined;
}

/** True where two programs mean the same: equal but for comments, layout and positions. */
export function sameCode(a: Program, b: Program): boolean {
  if (a === b) return true;
  if (a.issues.length > 0 || b.issues.length > 0) return a.source === b.source;
  return sameTree(a.module.body, b.module.body) && isSilent(a) === isSilent(b);
}

/** True where a semicolon after the last statement keeps its value from being shown. */
export function isSilent({ module, source }: Program): boolean {
  const end = module.body.at(-1)?.end ?? source.length;
  SEMICOLON.lastIndex = end;
  return SEMICOLON.test(source);
}

/** True for a cell under `%%capture`, of whose output nothing reaches the page. */
export function capturesOutput({ module }: Program): boolean {
  const [first] = module.body;
  return first?.kind === 'Magic' && /^%%capture(?!.*--no-(?:display|std))/.test(first.text);
}

const SEMICOLON = /\s*;/y;

/** True where two trees are equal but for their positions. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || a instanceof Uint8Array) {
    const other = b as ArrayLike<unknown>;
    return a.length === other.length && Array.prototype.every.call(a, (item, at) => sameTree(item, other[at]));
  }
  const first = a as Record<string, unknown>;
  const second = b as Record<string, unknown>;
  for (const key in first) {
    if (key === 'start' || key === 'end') continue;
    if (!sameTree(first[key], second[key])) return false;
  }
  return Object.keys(first).length === Object.keys(second).length;
}
