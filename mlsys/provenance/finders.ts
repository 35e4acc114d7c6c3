/** Attributes that an object looks up elsewhere: `__getattr__` of a record that is loaded when it is first asked, `getattr(record, name)`. */
import { PyFunction } from '../python/runtime/function';
import { builtinScope } from '../python/runtime/globals';
import { PyInstance, type Value } from '../python/runtime/objects';
import { type Part, partsOf, sourcesIn } from './graph';

/** What gives an object an attribute that neither it nor its class has. */
export function finderOf(object: Value, name: string): Value | undefined {
  if (!(object instanceof PyInstance) || object.attrs?.has(name) || object.cls.lookup(name) !== undefined)
    return undefined;
  const found = object.cls.lookup('__getattr__');
  return found instanceof PyFunction ? found : undefined;
}

/** The built-in function. */
export const GETATTR = builtinScope.names.get('getattr');

/** True for what ends in something that is known: what an object keeps in ways that are not followed is better told as its attribute. */
export function isKnown(part: Part): boolean {
  const read = [...sourcesIn([part]).keys()];
  return (
    !isInner(part) && read.every(({ kind, formula }) => formula !== undefined || (kind !== 'object' && kind !== 'cut'))
  );
}

/** `record.__dict__["nuts"]` */
function isInner(part: Part): boolean {
  return (part.kind === 'attribute' && part.name.startsWith('__')) || partsOf<Part>(part).some(isInner);
}
