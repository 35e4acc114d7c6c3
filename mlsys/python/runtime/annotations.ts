/** What classes and modules note of their annotations. */
import { PyDict } from './dict';
import type { Value } from './objects';
import { refuseUnknown } from './unknown';

/** The names and annotations of an `__annotations__`; none of what is no dict. Throws `UnknownReached` where it is not known. */
export function annotationEntries(annotations: Value | undefined): readonly (readonly [string, Value])[] {
  refuseUnknown(annotations);
  return annotations instanceof PyDict ? [...annotations.entries()].map(([name, one]) => [String(name), one]) : [];
}
