/** Names that a module hands to a function which nobody knows: `public(rate=3)` may bind `rate` in the module that calls it. */
import { causeOf, isUnknown, PyUnknown } from '../runtime/unknown';
import type { Expression } from '../syntax/ast';
import type { Scope } from './scope';
import type { Evaluate } from './unit';

/** The evaluation of a statement's expression; one that may bind names leaves them unknown where nothing else binds them. */
export function bindingGiven(node: Expression, scope: Scope, evaluate: Evaluate): Evaluate {
  if (scope.kind !== 'module' || node.kind !== 'Call' || node.func.kind !== 'Name' || node.args.length > 0)
    return evaluate;
  const func = node.func.id;
  const names = node.keywords.flatMap(({ name }) => (name === undefined ? [] : [name.name]));
  if (names.length === 0) return evaluate;
  return frame => {
    const value = evaluate(frame);
    const { globals } = frame;
    const called = globals.get(func);
    // Cells are read by their author, who would miss the error of a misspelt name.
    if (called !== undefined && isUnknown(called) && globals.get('__file__') !== undefined)
      for (const name of names)
        if (globals.get(name) === undefined) globals.set(name, new PyUnknown(causeOf(called), { unsure: true }));
    return value;
  };
}
