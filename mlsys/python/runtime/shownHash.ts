/** Hashes as the author sees them. */
import { Unsupported } from './errors';
import { PyMadeUp } from './madeUp';
import type { PyClass, Value } from './objects';
import { hash, hashedBy, hashOutside, identity, identityAsHash } from './representation';
import { typeName } from './typeName';
import { quietCause } from './unknown';

/** `hash(value)`: unknown where CPython's is another number in each process, but for being equal to others. */
export function shownHash(value: Value): Value {
  return shownAs(value, hashOutside(value));
}

/** The method `__hash__` of a class of the library, of a body that gives the number: it is called by its name as well. */
export function hashMethod(cls: PyClass, body: (self: never) => Value): (self: Value) => Value {
  return self =>
    // That of None is the same in each process.
    self === null
      ? hash(null)
      : shownAs(
          self,
          hashedBy(cls, () => body(self as never)),
        );
}

function shownAs(value: Value, { number, made }: { readonly number: Value; readonly made: boolean }): Value {
  if (!made || typeof number !== 'bigint') return number;
  const refused = new Unsupported(`the hash of a '${typeName(value)}'`, 'Python gives another one in each process');
  refused.kind = 'randomness';
  return new PyMadeUp(quietCause(refused), number);
}

/** `id(value)`: CPython's is another number in each process, but for being the same for the same object. */
export function shownIdentity(value: Value): Value {
  const part = identityAsHash(value);
  if (part !== undefined) return part;
  const refused = new Unsupported('id()', 'Python gives another number in each process');
  refused.kind = 'randomness';
  return new PyMadeUp(quietCause(refused), identity(value), true);
}
