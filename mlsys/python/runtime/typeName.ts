import { typeOf, type Value } from './objects';
import { refuseUnknown } from './unknown';

/**
 * The class's name as error messages write it. Throws `UnknownReached` for what is unknown: whether Python would raise, nobody
 * can tell.
 */
export function typeName(value: Value): string {
  refuseUnknown(value);
  const cls = typeOf(value);
  return cls.errorName ?? cls.name;
}
