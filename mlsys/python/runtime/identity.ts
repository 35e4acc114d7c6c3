/** Whether two values are one object, as far as that can be told. */
import { Unsupported } from './errors';
import type { Value } from './objects';
import { PyUnknown, quietCause, spread, type UnknownCause } from './unknown';
import { vm } from './vm';

/** What `a is b` is where one of them is unknown. */
export function unknownIdentity(a: Value, b: Value): Value | undefined {
  if (a === b) return isOneObject(a) || vm.running?.text.library === true ? undefined : spread(equalOnly());
  if (a instanceof PyUnknown) return spread(a.cause);
  return b instanceof PyUnknown ? spread(b.cause) : undefined;
}

/** True for what is equal to itself alone: equal numbers and texts may be one object or two, but for small and plain ones. */
function isOneObject(value: Value): boolean {
  if (typeof value === 'bigint') return value >= -5n && value <= 256n;
  // A text that is made at run time is an object of its own, though a constant has the same characters.
  if (typeof value === 'string') return value.length < 2;
  return typeof value !== 'number';
}

function equalOnly(): UnknownCause {
  return quietCause(new Unsupported('whether equal values are one object', 'compare them with =='));
}
