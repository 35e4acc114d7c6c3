/**
 * Classes of Python's own library that are left out here, as bases: making a class of them calls nothing, so what is unknown is
 * that class alone. What a base from elsewhere does with a class that is made of it, nobody knows.
 */
import { Unsupported } from '../runtime/errors';
import type { Frame } from '../runtime/frame';
import { pythonLibrary, standIns } from '../runtime/members';
import {
  type Attributes,
  type Keywords,
  PyCallable,
  PyClass,
  PyObject,
  typeClass,
  type Value,
} from '../runtime/objects';
import {
  causeOf,
  causeOfRefusal,
  isUnknown,
  leadingTo,
  PyUnknown,
  spread,
  type UnknownCause,
} from '../runtime/unknown';
import type { ClassDef } from '../syntax/ast';
import type { Scope } from './scope';
import { PyPossible } from './stored';

/** Modules of classes with a metaclass of their own, or that want to know of classes made of them. */
const HOOKED = /^(?:enum|typing|ctypes|asyncio|importlib|wsgiref|abc)\b/;

/** True for a class of Python's own library that does nothing with classes which are made of it. */
export function isPlain(path: string): boolean {
  const [top] = path.split('.', 1);
  return path.includes('.') && !HOOKED.test(path) && pythonLibrary.has(top!);
}

/** Why a base is unknown that is such a class; undefined for all else. */
function leftOutBase(base: Value, frame: Frame): UnknownCause | undefined {
  if (!(base instanceof PyObject)) return undefined;
  const refusal = standIns.get(base);
  if (refusal !== undefined) return isPlain(refusal.construct) ? causeOfRefusal(refusal, frame) : undefined;
  const isNamed = base instanceof PyUnknown && base.path !== undefined && isPlain(base.path);
  return isNamed ? causeOf(base) : undefined;
}

/** The same where the only base could not be read: then `thrown` says so. */
export function leftOutByRefusal(thrown: unknown, { bases, keywords }: ClassDef, frame: Frame): UnknownCause {
  const [base] = bases;
  if (thrown instanceof Unsupported && isPlain(thrown.construct) && keywords.length === 0 && bases.length === 1)
    if (base!.kind === 'Attribute' && thrown.construct.endsWith(`.${base.attr.name}`))
      return causeOfRefusal(thrown, frame);
  throw thrown;
}

/** The cause where one of the bases is left out, and no other, nor a keyword, wants to know of the class. */
export function leftOutAmong(bases: readonly Value[], keywords: Keywords, frame: Frame): UnknownCause | undefined {
  if (keywords !== undefined && keywords.size > 0) return undefined;
  let found: UnknownCause | undefined;
  for (const base of bases) {
    const cause = leftOutBase(base, frame);
    if (cause === undefined && !isIndifferent(base)) return undefined;
    found ??= cause;
  }
  return found;
}

function isIndifferent(base: Value): boolean {
  return base instanceof PyClass && base.cls === typeClass && base.lookup('__init_subclass__') === undefined;
}

/** What stands for a class of such bases, once its body has run. */
export function unknownClassOf(
  names: Attributes,
  cause: UnknownCause,
  node: ClassDef,
  scope: Scope,
  frame: Frame,
): PyUnknown {
  for (const value of names.values())
    if (value instanceof PyObject && !isUnknown(value) && !(value instanceof PyCallable || value instanceof PyClass))
      if (!value.cls.native && value.cls.lookup('__set_name__') !== undefined)
        throw new Unsupported('attributes that are told their names, of a class with a base that is left out');
  return spread(cause, { may: [new PyPossible(node, scope, frame), ...leadingTo(names.values())] });
}
