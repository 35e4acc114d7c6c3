/** `UnitsContainer` as Python sees it (dimensionalities are ones), and everything that may stand for units. */
import { PyDict } from '../python/runtime/dict';
import { raise } from '../python/runtime/errors';
import { sequenceIteratorClass } from '../python/runtime/iteration';
import { defineConstructor, defineMethods } from '../python/runtime/native';
import {
  NotImplemented,
  nativeClass,
  objectClass,
  type PyClass,
  PyIterator,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { getItem, hashString, iterateItems, listOf, repr, typeName } from '../python/runtime/operations';
import { DIMENSIONLESS, type Exponent, UnitsContainer } from './container';
import { parseUnitText } from './conversion';
import { plainText } from './definitions';
import { scaledUnits } from './evaluate';
import { PyQuantity, type PyRegistry, PyUnit } from './registry';

export const unitsContainerClass = nativeClass('UnitsContainer', [objectClass], 'pint.util');

export class PyUnitsContainer extends PyObject {
  readonly container: UnitsContainer;
  constructor(container: UnitsContainer, cls: PyClass = unitsContainerClass) {
    super(cls);
    this.container = container;
  }
}

/** The units that a value stands for; `dimensions` where a text may name dimensions such as `[time]`. */
export function unitsLike(registry: PyRegistry, value: Value, dimensions = false): UnitsContainer {
  if (value instanceof PyUnit || value instanceof PyQuantity) return value.units;
  if (typeof value === 'string') return dimensions ? scaledUnits(value).units : parseUnitText(registry, value);
  if (value instanceof PyUnitsContainer) return value.container;
  if (value instanceof PyDict) return containerOf(value);
  if (value === null) throw raise('AttributeError', "'NoneType' object has no attribute 'items'");
  throw raise('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
}

function containerOf(dict: PyDict): UnitsContainer {
  const entries: [string, Exponent][] = [];
  for (const key of listOf(dict)) {
    if (typeof key !== 'string') throw raise('TypeError', `key must be a str, not ${typeText(key)}`);
    const exponent = getItem(dict, key);
    if (typeof exponent !== 'bigint' && typeof exponent !== 'number')
      throw raise('TypeError', `value must be a number, not ${typeText(exponent)}`);
    entries.push([key, exponent]);
  }
  return UnitsContainer.of(entries);
}

function typeText(value: Value): string {
  return `<class '${typeName(value)}'>`;
}

function containerIn(value: Value): UnitsContainer | undefined {
  if (value instanceof PyUnitsContainer) return value.container;
  if (value instanceof PyDict) return containerOf(value);
  if (typeof value === 'string') return scaledUnits(value).units;
  return undefined;
}

defineConstructor(
  unitsContainerClass,
  'UnitsContainer(*args, **kwargs)',
  (_cls: PyClass, args: PyTuple, keywords: ReadonlyMap<string, Value>) => {
    const given = args.items[0];
    const first = given === undefined ? DIMENSIONLESS : (containerIn(given) ?? DIMENSIONLESS);
    return new PyUnitsContainer(UnitsContainer.of([...first.entries, ...([...keywords] as [string, Exponent][])]));
  },
);

const entriesOf = (self: PyUnitsContainer) =>
  [...self.container.entries].map(([name, exponent]) => new PyTuple([name, exponent]));

defineMethods(unitsContainerClass, {
  '__len__()': (self: PyUnitsContainer) => BigInt(self.container.size),
  '__bool__()': (self: PyUnitsContainer) => self.container.size > 0,
  '__iter__()': (self: PyUnitsContainer) => new PyIterator(iterateItems(self.container.names()), sequenceIteratorClass),
  '__contains__(key, /)': (self: PyUnitsContainer, key: Value) => typeof key === 'string' && self.container.has(key),
  '__getitem__(key, /)': (self: PyUnitsContainer, key: Value) =>
    typeof key === 'string' ? self.container.get(key) : 0n,
  'keys()': (self: PyUnitsContainer) => new PyList(self.container.names()),
  'values()': (self: PyUnitsContainer) => new PyList([...self.container.entries.values()]),
  'items()': (self: PyUnitsContainer) => new PyList(entriesOf(self)),
  'get(key, default=None)': (self: PyUnitsContainer, key: string, fallback?: Value) =>
    self.container.entries.get(key) ?? fallback ?? null,
  '__eq__(other, /)': (self: PyUnitsContainer, other: Value) => {
    const right = containerIn(other);
    return right === undefined ? NotImplemented : self.container.equals(right);
  },
  '__ne__(other, /)': (self: PyUnitsContainer, other: Value) => {
    const right = containerIn(other);
    return right === undefined ? NotImplemented : !self.container.equals(right);
  },
  '__hash__()': (self: PyUnitsContainer) => hashString(self.container.key),
  '__mul__(other, /)': (self: PyUnitsContainer, other: Value) =>
    other instanceof PyUnitsContainer ? new PyUnitsContainer(self.container.multiply(other.container)) : NotImplemented,
  '__truediv__(other, /)': (self: PyUnitsContainer, other: Value) =>
    other instanceof PyUnitsContainer ? new PyUnitsContainer(self.container.divide(other.container)) : NotImplemented,
  '__pow__(other, /)': (self: PyUnitsContainer, other: Value) =>
    typeof other === 'bigint' || typeof other === 'number'
      ? new PyUnitsContainer(self.container.power(other))
      : NotImplemented,
  '__str__()': (self: PyUnitsContainer) => plainText(self.container),
  '__format__(spec, /)': (self: PyUnitsContainer) => plainText(self.container),
  '__repr__()': (self: PyUnitsContainer) =>
    `<UnitsContainer({${[...self.container.entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, exponent]) => `'${name}': ${repr(exponent)}`)
      .join(', ')}})>`,
});
