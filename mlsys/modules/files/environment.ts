/** The environment of a chapter: what it has set, and nothing else. */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods } from '../../python/runtime/native';
import { nativeClass, type Value } from '../../python/runtime/objects';
import { call, getAttribute, repr, typeName } from '../../python/runtime/operations';
import { environment, type PyEnvironment } from '../live';

/** `os.environ`: variables that the chapter has set, and no others. */
const environClass = nativeClass('_Environ', undefined, 'os');

function variable(key: Value): string {
  if (typeof key !== 'string') throw raise('TypeError', `str expected, not ${typeName(key)}`);
  return key;
}

/** A variable that the chapter has set, null where it has deleted it; any other one is not known. */
function variableOf({ set }: PyEnvironment, name: string, construct = `os.environ[${repr(name)}]`): string | null {
  const known = set?.get(name);
  if (known === undefined) throw new Unsupported(construct, 'the environment is not read');
  return known;
}

defineMethods(environClass, {
  '__getitem__(key, /)': (self: PyEnvironment, key: Value) => {
    const found = variableOf(self, variable(key));
    if (found === null) throw raise('KeyError', key);
    return found;
  },
  '__contains__(key, /)': (self: PyEnvironment, key: Value) =>
    typeof key === 'string' && variableOf(self, key) !== null,
  'get(key, default=None)': (self: PyEnvironment, key: Value, fallback: Value | undefined) =>
    variableOf(self, variable(key)) ?? fallback ?? null,
  '__setitem__(key, value, /)': (self: PyEnvironment, key: Value, value: Value) => {
    self.set?.set(variable(key), variable(value));
    return null;
  },
  '__delitem__(key, /)': (self: PyEnvironment, key: Value) => {
    if (variableOf(self, variable(key)) === null) throw raise('KeyError', key);
    self.set?.set(variable(key), null);
    return null;
  },
  'setdefault(key, value)': (self: PyEnvironment, key: Value, value: Value) => {
    const found = variableOf(self, variable(key));
    if (found === null) self.set?.set(variable(key), variable(value));
    return found ?? value;
  },
  'pop(key, default=None)': (self: PyEnvironment, key: Value, fallback: Value | undefined) => {
    const found = variableOf(self, variable(key));
    if (found === null && fallback === undefined) throw raise('KeyError', key);
    self.set?.set(variable(key), null);
    return found ?? fallback!;
  },
  'update(other=(), /, **kwds)': (self: PyEnvironment, other: Value | undefined, named: Map<string, Value>) => {
    const made = new PyDict();
    if (other !== undefined) call(getAttribute(made, 'update'), [other]);
    for (const [key, value] of [...made.entries(), ...named]) self.set?.set(variable(key), variable(value));
    return null;
  },
});

/** `os.environ` of the present run. */
export function environ(): PyEnvironment {
  return environment(environClass);
}

/** `os.getenv(key, fallback)` */
export function getenv(key: Value, fallback: Value | undefined): Value {
  const name = variable(key);
  return variableOf(environ(), name, `os.getenv(${repr(name)})`) ?? fallback ?? null;
}
