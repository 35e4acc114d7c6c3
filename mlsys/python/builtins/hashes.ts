/** Hashes as the author sees them. */
import { Unsupported } from '../runtime/errors';
import { PyMadeUp } from '../runtime/madeUp';
import type { Value } from '../runtime/objects';
import { hashOutside, identity, identityAsHash } from '../runtime/representation';
import { typeName } from '../runtime/typeName';
import { quietCause } from '../runtime/unknown';

/** `hash(value)`: unknown where CPython's is another number in each process, but for being equal to others. */
export function shownHash(value: Value): Value {
  const { number, made } = hashOutside(value);
  if (!made) return number;
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
