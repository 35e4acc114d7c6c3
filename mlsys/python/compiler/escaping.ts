/** What follows where values reach code that nobody knows while other code runs; see `effects.ts`. */
import { PyObject, type Value } from '../runtime/objects';
import { escapes, PyUnknown, type UnknownCause } from '../runtime/unknown';
import { vm } from '../runtime/vm';
import { callHeld } from './callHeld';
import { Effects } from './effects';
import { putInto } from './heldCode';

/** Looks at what follows from values in code that runs, and makes it so. */
function follow(values: readonly Value[], cause: UnknownCause, look: (effects: Effects) => void): void {
  if (!values.some(value => value instanceof PyObject && value.owner !== 0)) return;
  const globals = vm.running?.globals ?? vm.frame?.globals;
  if (globals === undefined) return;
  const effects = new Effects(cause, globals);
  look(effects);
  effects.apply();
}

escapes.handler = (values, cause) => {
  follow(values, cause, effects => effects.escape(values));
};
escapes.again = cause => {
  callHeld(cause, vm.running?.globals ?? vm.frame?.globals);
};
escapes.put = putInto;
escapes.use = (values, cause) => {
  follow(values, cause, effects => effects.use(values));
};
escapes.call = (func, args, cause) => {
  follow([func], cause, effects => effects.call(func, args));
};
escapes.method = (name, receivers, args, cause) => {
  follow(receivers, cause, effects => effects.method(name, receivers, args));
};
escapes.everything = cause => {
  follow([new PyUnknown(cause)], cause, effects => {
    effects.everything = true;
  });
};
