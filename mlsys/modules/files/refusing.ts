import { Unsupported } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';

/** The lazy members of a module that are refused by name. */
export function refusing(module: string, names: string, advice: string): (name: string) => Value | undefined {
  const refused = new Set(names.split(' '));
  return name => {
    if (refused.has(name)) throw new Unsupported(`${module}.${name}`, advice);
    return undefined;
  };
}
