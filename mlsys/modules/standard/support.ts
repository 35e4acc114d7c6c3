/** What the standard modules share. */
import { Unsupported } from '../../python/runtime/errors';
import { builtinScope } from '../../python/runtime/globals';
import { fn, type NativeBody } from '../../python/runtime/native';
import { type NativeFunction, PyClass, PyModule, type Value } from '../../python/runtime/objects';

/** `_refuse(what)` for members of standard modules that are not computed here. */
export const refusal = fn('_refuse(what)', (what: string) => {
  throw new Unsupported(what);
});

/** A module with these members. */
export function moduleOf(name: string, members: Readonly<Record<string, Value>>): PyModule {
  const module = new PyModule(name);
  module.attrs.set('__name__', name);
  for (const [key, value] of Object.entries(members)) {
    // `typing.Text` is `str`: a built-in class stays one under another name; `types` names those without a name.
    const adopted = name !== 'types' && value instanceof PyClass && value.module === 'builtins' && value.native;
    if (adopted && builtinScope.names.get(value.name) !== value) value.module = name;
    module.attrs.set(key, value);
  }
  return module;
}

/** Functions by their signatures, as members of a module. */
export function functions(bodies: Readonly<Record<string, NativeBody>>): Record<string, NativeFunction> {
  const members: Record<string, NativeFunction> = {};
  for (const [signature, body] of Object.entries(bodies)) {
    const made = fn(signature, body);
    members[made.name] = made;
  }
  return members;
}

/** Classes by their names, as members of a module. */
export function classes(...list: readonly PyClass[]): Record<string, PyClass> {
  return Object.fromEntries(list.map(cls => [cls.name, cls]));
}
