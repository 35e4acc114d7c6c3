/** `ureg.wraps`: functions that compute with plain numbers, called with quantities. */
import { raise, Unsupported } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { NativeFunction, PyList, PyTuple, type Value } from '../python/runtime/objects';
import { call, listOf, str, truth } from '../python/runtime/operations';
import { quantity } from './arithmetic';
import type { UnitsContainer } from './container';
import { convert } from './conversion';
import { dimensionTexts, plainText } from './definitions';
import { cannotConvert } from './errors';
import { PyQuantity, type PyRegistry } from './registry';
import { unitsLike } from './unitscontainer';

/** Units of an argument or result, and how the author wrote them. */
interface Wanted {
  readonly units: UnitsContainer;
  readonly text: string;
}

/** Units of one argument or result; undefined where it passes as it is. */
function unitsOf(registry: PyRegistry, value: Value): Wanted | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string' && value.startsWith('='))
    throw new Unsupported('a unit variable in ureg.wraps', 'name the unit itself');
  const units = unitsLike(registry, value);
  return { units, text: typeof value === 'string' ? value : plainText(units) };
}

/** The magnitude of a quantity in other units; a complaint names these as the author did. */
function inUnits({ registry, magnitude, units }: PyQuantity, wanted: Wanted): Value {
  const source = registry.facts(units).dimensionality;
  const target = registry.facts(wanted.units).dimensionality;
  if (!source.equals(target)) throw cannotConvert(plainText(units), wanted.text, ...dimensionTexts(source, target));
  return convert(registry, magnitude, units, wanted.units);
}

/** A result with its units: a quantity is converted to them. */
function inResult(registry: PyRegistry, value: Value, { units }: Wanted): Value {
  return quantity(
    registry,
    value instanceof PyQuantity ? convert(registry, value.magnitude, value.units, units) : value,
    units,
  );
}

/** The decorator: arguments become magnitudes in `args`, the result gets the units `ret`. */
export function wraps(registry: PyRegistry, ret: Value, args: Value, strictness?: Value): Value {
  const strict = strictness === undefined || truth(strictness);
  const wanted = (args instanceof PyList || args instanceof PyTuple ? listOf(args) : [args]).map(one =>
    unitsOf(registry, one),
  );
  const several = ret instanceof PyList || ret instanceof PyTuple;
  const results = (several ? listOf(ret) : [ret]).map(one => unitsOf(registry, one));

  const magnitude = (value: Value, wantedUnits: Wanted): Value => {
    if (value instanceof PyQuantity) return inUnits(value, wantedUnits);
    if (!strict) return value;
    if (typeof value === 'string') {
      const units2 = unitsLike(registry, value);
      return convert(registry, 1n, units2, wantedUnits.units);
    }
    throw raise(
      'ValueError',
      `A wrapped function using strict=True requires quantity or a string for all arguments with not None units. (error found for ${wantedUnits.text}, ${str(value)})`,
    );
  };

  return fn(
    'decorator(func)',
    (func: Value) =>
      new NativeFunction('wrapper', (given, keywords) => {
        const plain = given.map((value, at) => {
          const units = wanted[at];
          return units === undefined ? value : magnitude(value, units);
        });
        const result = call(func, plain, keywords);
        if (!several) return results[0] === undefined ? result : inResult(registry, result, results[0]);
        const items = listOf(result).map((item, at) => {
          const units = results[at];
          return units === undefined ? item : inResult(registry, item, units);
        });
        return ret instanceof PyTuple ? new PyTuple(items) : new PyList(items);
      }),
  );
}
