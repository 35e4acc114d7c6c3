/** The methods that a data class gets. */
import { bindArguments, parameterCount, type Signature } from '../../../python/runtime/arguments';
import { PyDict } from '../../../python/runtime/dict';
import { PyError, PyException, raise } from '../../../python/runtime/errors';
import type { Slot } from '../../../python/runtime/frame';
import {
  NotImplemented,
  type PyClass,
  type PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import {
  call,
  callMethod,
  compare,
  genericSetAttribute,
  getAttribute,
  type OrderOperator,
  PySuper,
  repr,
  setAttribute,
  truth,
} from '../../../python/runtime/operations';
import { noteAttribute, passedOrigins } from '../../../python/runtime/origins';
import { guardedRepr } from '../../../python/runtime/representation';
import { shownHash } from '../../../python/runtime/shownHash';
import { MadeFunction } from '../madeFunction';
import { FACTORY, MISSING, type PyField } from './field';

/** A method of a class, which carries its name. */
function methodOf(cls: PyClass, name: string, body: (self: Value, ...args: Value[]) => Value): MadeFunction {
  const made = new MadeFunction(name, args => body(...(args as [Value, ...Value[]])), `${cls.qualname}.${name}`);
  made.module = cls.module;
  return made;
}

/** Parameters of `__init__`: those by position, then those by keyword alone. */
function parametersOf(fields: readonly PyField[]): [PyField[], PyField[]] {
  const wanted = fields.filter(field => truth(field.options.init));
  const byPosition = wanted.filter(field => !truth(field.keywordOnly));
  let optional: PyField | undefined;
  for (const field of byPosition) {
    if (field.hasDefault) optional ??= field;
    else if (optional !== undefined) {
      const last = byPosition.slice(0, byPosition.indexOf(field)).findLast(one => one.hasDefault)!;
      throw raise(
        'TypeError',
        `non-default argument ${repr(field.name!)} follows default argument ${repr(last.name!)}`,
      );
    }
  }
  return [byPosition, wanted.filter(field => truth(field.keywordOnly))];
}

const defaultOf = (field: PyField): Value => (field.factory === MISSING ? field.default : FACTORY);

/** How `__init__` sets a field: from the argument at a place, or by a default that no argument replaces. */
interface Setting {
  readonly field: PyField;
  readonly place: number | undefined;
}

/**
 * `__init__` of a class with these fields, those of `InitVar` included. `slots` tells that defaults are not in the class,
 * `frozen` that the class refuses to be assigned to.
 */
export function makeInit(
  cls: PyClass,
  fields: readonly PyField[],
  options: { readonly frozen: boolean; readonly slots: boolean; readonly postInit: boolean },
): MadeFunction {
  const [byPosition, byKeyword] = parametersOf(fields);
  const self = fields.some(field => field.name === 'self') ? '__dataclass_self__' : 'self';
  const signature: Signature = {
    positional: [self, ...byPosition.map(field => field.name!)],
    positionalOnly: 0,
    keywordOnly: byKeyword.map(field => field.name!),
    rest: undefined,
    keywords: undefined,
  };
  const defaults = byPosition.filter(field => field.hasDefault).map(defaultOf);
  const keywordDefaults = new Map(
    byKeyword.filter(field => field.hasDefault).map(field => [field.name!, defaultOf(field)]),
  );
  const order = [...byPosition, ...byKeyword];
  const placeOf = (field: PyField) => (order.includes(field) ? order.indexOf(field) + 1 : undefined);
  const settings: Setting[] = fields
    .filter(field => field.kind === '_FIELD')
    .map(field => ({ field, place: placeOf(field) }))
    .filter(
      ({ field, place }) => place !== undefined || field.factory !== MISSING || (options.slots && field.hasDefault),
    );
  const passed = fields.filter(field => field.kind === '_FIELD_INITVAR').map(placeOf);
  const size = parameterCount(signature);
  const store = options.frozen ? genericSetAttribute : setAttribute;
  const made = new MadeFunction(
    '__init__',
    (args, keywords) => {
      const slots = new Array<Slot>(size);
      bindArguments(slots, signature, { qualname: made.qualname, defaults, keywordDefaults }, args, keywords);
      const instance = slots[0] as Value;
      for (const { field, place } of settings) {
        const given = place === undefined ? defaultOf(field) : (slots[place] as Value);
        store(instance, field.name!, given === FACTORY ? call(field.factory) : given);
      }
      if (options.postInit) {
        const rest = passed.map(place => (place === undefined ? null : (slots[place] as Value)));
        callMethod(instance, '__post_init__', ...rest);
      }
      for (const [name, origin] of passedOrigins(keywords)) noteAttribute(instance as PyObject, name, origin);
      return null;
    },
    `${cls.qualname}.__init__`,
  );
  made.module = cls.module;
  made.defaults = defaults;
  made.annotations = PyDict.from([
    ...order.map((field): [Value, Value] => [field.name!, field.type]),
    ['return', null],
  ]);
  return made;
}

const valuesOf = (self: Value, names: readonly string[]) => new PyTuple(names.map(name => getAttribute(self, name)));

export function makeRepr(cls: PyClass, names: readonly string[]): MadeFunction {
  return methodOf(cls, '__repr__', self =>
    guardedRepr(self as PyObject, '...', () => {
      const parts = names.map(name => `${name}=${repr(getAttribute(self, name))}`);
      return `${typeOf(self).qualname}(${parts.join(', ')})`;
    }),
  );
}

/** Field by field, until two differ; the last comparison's result is the answer. */
export function makeEquality(cls: PyClass, names: readonly string[]): MadeFunction {
  return methodOf(cls, '__eq__', (self, other) => {
    if (self === other) return true;
    if (typeOf(self) !== typeOf(other!)) return NotImplemented;
    let result: Value = true;
    for (const name of names) {
      if (!truth(result)) break;
      result = compare('==', getAttribute(self, name), getAttribute(other!, name));
    }
    return result;
  });
}

/** The four orderings by their names: those of the tuples of all compared fields. */
export const ORDERINGS: readonly (readonly [string, OrderOperator])[] = [
  ['__lt__', '<'],
  ['__le__', '<='],
  ['__gt__', '>'],
  ['__ge__', '>='],
];

export function makeOrdering(cls: PyClass, name: string, op: OrderOperator, names: readonly string[]): MadeFunction {
  return methodOf(cls, name, (self, other) =>
    typeOf(self) === typeOf(other!) ? compare(op, valuesOf(self, names), valuesOf(other!, names)) : NotImplemented,
  );
}

export function makeHash(cls: PyClass, names: readonly string[]): MadeFunction {
  return methodOf(cls, '__hash__', self => shownHash(valuesOf(self, names)));
}

/** `__setattr__` and `__delattr__` that refuse; a subclass may have further attributes. */
export function makeFrozen(cls: PyClass, names: readonly string[], errorClass: PyClass): MadeFunction[] {
  const guarded = (name: string, verb: string) =>
    methodOf(cls, name, (self, attribute, ...rest) => {
      if (typeOf(self) === cls || names.includes(attribute as string))
        throw new PyError(new PyException(errorClass, [`cannot ${verb} field ${repr(attribute!)}`]));
      return call(getAttribute(new PySuper(cls, self), name), [attribute!, ...rest]);
    });
  return [guarded('__setattr__', 'assign to'), guarded('__delattr__', 'delete')];
}
