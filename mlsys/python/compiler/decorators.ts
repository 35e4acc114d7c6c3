/** Decorators of functions and classes. */
import type { Frame } from '../runtime/frame';
import type { Value } from '../runtime/objects';
import { call } from '../runtime/operations';
import type { Expression } from '../syntax/ast';
import { compileExpression } from './expressions';
import type { Scope } from './scope';

export interface Decoration {
  /** The decorators, evaluated before what they decorate is made. */
  readonly evaluate: (frame: Frame) => Value[];
  /** Applies them, the last first. */
  readonly apply: (frame: Frame, decorators: readonly Value[], value: Value) => Value;
}

const NO_DECORATORS: Value[] = [];
const UNDECORATED: Decoration = { evaluate: () => NO_DECORATORS, apply: (_frame, _decorators, value) => value };

export function applyDecorators(nodes: readonly Expression[], scope: Scope): Decoration {
  if (nodes.length === 0) return UNDECORATED;
  const parts = nodes.map(node => compileExpression(node, scope));
  return {
    evaluate: frame => parts.map(part => part(frame)),
    apply: (frame, decorators, value) => {
      let result = value;
      for (let at = decorators.length - 1; at >= 0; at--) {
        frame.at = nodes[at]!;
        result = call(decorators[at]!, [result]);
      }
      return result;
    },
  };
}
