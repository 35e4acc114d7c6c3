/** `for`, `while` and `if`. */
import { Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { generators, PyGenerator } from '../runtime/generator';
import { PyTuple, type Value } from '../runtime/objects';
import { iterate } from '../runtime/operations';
import { refuseOrder } from '../runtime/setNotice';
import type { UnknownCause } from '../runtime/unknown';
import { orderCause } from '../runtime/unordered';
import { vm } from '../runtime/vm';
import type { Expression, For, If, While } from '../syntax/ast';
import { someChild } from '../syntax/nodes';
import { type AnyOrder, anyOrderOf } from './anyOrder';
import { compileRecorded, compileStore, readsOf } from './assignment';
import { compileTest } from './operators';
import type { Scope } from './scope';
import { compileBlock } from './statements';
import { BREAK, type Completion, type Execute, NORMAL, RETURN } from './unit';

export function compileIf(node: If, scope: Scope): Execute {
  const test = compileTest(node.test, scope);
  const body = compileBlock(node.body, scope);
  if (node.orelse.length === 0) return frame => (test(frame) ? body(frame) : NORMAL);
  const orelse = compileBlock(node.orelse, scope);
  return frame => (test(frame) ? body(frame) : orelse(frame));
}

export function compileWhile(node: While, scope: Scope): Execute {
  const test = compileTest(node.test, scope);
  const body = compileBlock(node.body, scope);
  const orelse = compileBlock(node.orelse, scope);
  const cost = 1 + node.body.length;
  return frame => {
    const { pending } = vm;
    while (test(frame)) {
      frame.at = node;
      vm.step(cost);
      vm.pending = pending;
      const completion = body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
    return orelse(frame);
  };
}

export function compileFor(node: For, scope: Scope): Execute {
  if (node.async)
    return () => {
      throw new Unsupported('async for', 'write an ordinary loop', node);
    };
  const reads = readsOf(scope);
  const iter = compileRecorded(node.iter, scope, reads);
  const store = compileStore(node.target, scope, reads);
  const body = compileBlock(node.body, scope);
  const orelse = compileBlock(node.orelse, scope);
  const cost = 1 + node.body.length;
  const owns = makesGenerator(node.iter);
  // Compiled when a loop has to do with items without an order, which few have.
  let anyOrder: AnyOrder | undefined | null = null;
  const loose = (frame: Frame, items: Value, cause: UnknownCause): Completion => {
    if (anyOrder === null) anyOrder = anyOrderOf(node, scope);
    if (anyOrder === undefined) refuseOrder(cause);
    const proven = anyOrder.prove(frame, items, cause);
    const completion = loop(frame, new PyTuple([...proven.items]));
    proven.finish();
    return completion;
  };
  const loop = (frame: Frame, items: Value): Completion => {
    frame.at = node.iter;
    const cause = orderCause(items);
    if (cause !== undefined) return loose(frame, items, cause);
    // The body's own assignments replace the trail; the target's bindings want this one.
    const { trail } = frame;
    const { pending } = vm;
    const next = iterate(items);
    for (;;) {
      frame.at = node.iter;
      const item = next();
      if (item === undefined) return orelse(frame);
      vm.step(cost);
      vm.pending = pending;
      frame.trail = trail;
      store(frame, item);
      const completion = body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
  };
  if (!owns) return frame => loop(frame, iter(frame));
  return frame => {
    const before = generators.made;
    const items = iter(frame);
    if (!(items instanceof PyGenerator) || !items.isOwn(before)) return loop(frame, items);
    try {
      return loop(frame, items);
    } finally {
      items.drop();
    }
  };
}

/** True for a call without calls among its arguments: a generator that it makes is known to nobody else. */
export function makesGenerator(node: Expression): boolean {
  if (node.kind === 'GeneratorExp') return true;
  return node.kind === 'Call' && ![...node.args, ...node.keywords].some(makesMore);
}

/** Kinds of expressions that may make a generator, or hand one on. */
const MAKERS = new Set(['Call', 'GeneratorExp', 'Yield', 'YieldFrom', 'NamedExpr', 'ListComp', 'SetComp', 'DictComp']);

function makesMore(node: object): boolean {
  return MAKERS.has((node as { kind?: string }).kind ?? '') || someChild(node, makesMore);
}
