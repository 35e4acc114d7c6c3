/** `for`, `while` and `if`. */
import { Unsupported } from '../runtime/errors';
import { iterate } from '../runtime/operations';
import { vm } from '../runtime/vm';
import type { For, If, While } from '../syntax/ast';
import { compileRecorded, compileStore, readsOf } from './assignment';
import { compileTest } from './operators';
import type { Scope } from './scope';
import { compileBlock } from './statements';
import { BREAK, type Execute, NORMAL, RETURN } from './unit';

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
    while (test(frame)) {
      frame.at = node;
      vm.step(cost);
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
  return frame => {
    const items = iter(frame);
    // The body's own assignments replace the trail; the target's bindings want this one.
    const { trail } = frame;
    frame.at = node.iter;
    const next = iterate(items);
    for (;;) {
      frame.at = node.iter;
      const item = next();
      if (item === undefined) return orelse(frame);
      vm.step(cost);
      frame.trail = trail;
      store(frame, item);
      const completion = body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
  };
}
