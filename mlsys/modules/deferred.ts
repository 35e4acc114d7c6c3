/**
 * Modules of the standard library that a cell cannot have, as a package of the workspace gets them: it may import and
 * name them, since the functions that need them may never be called. Whatever else is done with a part is refused by name.
 */
import { Unsupported } from '../python/runtime/errors';
import { standIns } from '../python/runtime/members';
import { defineMethods } from '../python/runtime/native';
import { nativeClass, PyInstance, PyModule, type Value } from '../python/runtime/objects';

class Deferred extends PyInstance {
  readonly name: string;
  readonly advice: string | undefined;

  constructor(name: string, advice: string | undefined) {
    super(partClass);
    this.name = name;
    this.advice = advice;
    standIns.set(this, new Unsupported(name, advice));
  }
}

const partClass = nativeClass('unsupported', undefined, 'builtins');

const BINARY = 'add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor'.split(' ');
const OTHERS =
  'bool len iter next hash str repr eq ne lt le gt ge contains getitem enter exit neg pos abs int float index ' +
  'complex format mro_entries instancecheck subclasscheck set_name get';

const special = [...BINARY.flatMap(name => [name, `r${name}`, `i${name}`]), ...OTHERS.split(' ')];
defineMethods(
  partClass,
  Object.fromEntries([
    ...[...special, 'call', 'setattr', 'delattr', 'setitem', 'delitem'].map(name => [
      `__${name}__(*args, **kwargs)`,
      // `*args` of a method do not hold the object itself.
      (self: Deferred) => refuse(self),
    ]),
    [
      '__getattr__(name, /)',
      (self: Deferred, name: Value) =>
        isSpecial(String(name)) ? refuse(self) : deferred(`${self.name}.${String(name)}`, self.advice),
    ],
  ]),
);

function refuse({ name, advice }: Deferred): never {
  throw new Unsupported(name, advice);
}

function isSpecial(name: string): boolean {
  return name.startsWith('__') && name.endsWith('__');
}

/** Something that exists in Python and not here. */
export function deferred(name: string, advice?: string): Value {
  return new Deferred(name, advice);
}

/** A module of which all parts are deferred. */
export function deferredModule(name: string, advice: string): PyModule {
  const module = new PyModule(name, new Map<string, Value>([['__name__', name]]));
  module.lazy = part => {
    if (part === '__all__') throw new Unsupported(name, advice);
    return isSpecial(part) ? undefined : deferred(`${name}.${part}`, advice);
  };
  return module;
}
