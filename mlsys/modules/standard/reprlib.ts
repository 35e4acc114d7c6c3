/** `reprlib.recursive_repr`, for the reprs of containers that may hold themselves. */
import { raise } from '../../python/runtime/errors';
import { PyCallable, type PyModule, PyObject, type Value } from '../../python/runtime/objects';
import { call } from '../../python/runtime/operations';
import { updateWrapper } from './functools';
import { MadeFunction } from './madeFunction';
import { functions, moduleOf } from './support';

/** A function of one object which gives the text in its place where it is called for that object while it runs for it. */
function guardingItself(func: Value, filler: Value): Value {
  const running = new Set<Value>();
  const name = func instanceof PyCallable ? func.name : 'wrapper';
  const wrapper = new MadeFunction(name, (args, keywords) => {
    const [self] = args;
    const given = args.length + (keywords?.size ?? 0);
    if (self === undefined || given > 1)
      throw raise('TypeError', `${wrapper.qualname}() takes 1 positional argument but ${given} were given`);
    if (!(self instanceof PyObject)) return call(func, args);
    if (running.has(self)) return filler;
    running.add(self);
    try {
      return call(func, args);
    } finally {
      running.delete(self);
    }
  });
  return updateWrapper(wrapper, func);
}

export function loadReprlib(): PyModule {
  return moduleOf(
    'reprlib',
    functions({
      'recursive_repr(fillvalue="...")': (filler: Value = '...') =>
        functions({ 'decorating_function(user_function)': (func: Value) => guardingItself(func, filler) })
          .decorating_function!,
    }),
  );
}
