/** `ureg.wraps` and `ureg.check`: functions that are called with quantities, or with those of given dimensions. */
import { MadeFunction } from '../modules/standard/madeFunction';
import { raise, Unsupported } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { PyList, PyTuple, type Value } from '../python/runtime/objects';
import { binary, call, callMethod, getAttribute, getItem, listOf, str, truth } from '../python/runtime/operations';
import { typeName } from '../python/runtime/typeName';
import { vm } from '../python/runtime/vm';
import { quantity } from './arithmetic';
import { DIMENSIONLESS, type UnitsContainer } from './container';
import { convert } from './conversion';
import { dimensionTexts, plainText } from './definitions';
import { cannotConvert } from './errors';
import { scaledUnits } from './evaluate';
import { makeQuantity } from './quantity';
import { PyQuantity, type PyRegistry, PyUnit } from './registry';
import { unitsLike } from './unitsContainer';

/** Units of an argument or result, and how the author wrote them; or a product of arguments by the names that they are given. */
interface Wanted {
  readonly units: UnitsContainer;
  readonly text: string;
  readonly refers: boolean;
}

/** Units of one argument or result; undefined where it passes as it is. */
function unitsOf(registry: PyRegistry, value: Value, what: string): Wanted | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') {
    const units = scaledUnits(value.slice(value.indexOf('=') + 1)).units;
    if (value.includes('=')) return { units, text: plainText(units), refers: true };
    return { units: unitsLike(registry, value), text: plainText(units), refers: false };
  }
  if (!(value instanceof PyUnit))
    throw raise(
      'TypeError',
      `wraps ${what} must by of type str or Unit, not <class '${typeName(value)}'> (${str(value)})`,
    );
  return { units: value.units, text: plainText(value.units), refers: false };
}

/** A magnitude in other units; a complaint names these as the author did. */
function inUnits(registry: PyRegistry, value: PyQuantity, { units, text }: Wanted): Value {
  const source = registry.facts(value.units).dimensionality;
  const target = registry.facts(units).dimensionality;
  if (!source.equals(target)) throw cannotConvert(plainText(value.units), text, ...dimensionTexts(source, target));
  return convert(registry, value.magnitude, value.units, units);
}

/** A result with its units: a quantity is converted to them. */
function inResult(registry: PyRegistry, value: Value, units: UnitsContainer): Value {
  return quantity(
    registry,
    value instanceof PyQuantity ? convert(registry, value.magnitude, value.units, units) : value,
    units,
  );
}

/** Units of a product of arguments. */
function unitsOfNamed(units: UnitsContainer, named: ReadonlyMap<string, Value>): UnitsContainer {
  let product: Value = 1n;
  for (const [name, exponent] of units.entries) {
    const value = named.get(name);
    if (value === undefined) throw raise('KeyError', name);
    product = binary('*', product, binary('**', value, exponent));
  }
  return product instanceof PyQuantity ? product.units : DIMENSIONLESS;
}

interface Parameter {
  readonly name: string;
  readonly preset: Value | undefined;
}

function parametersOf(func: Value): readonly Parameter[] {
  const inspect = vm.import('inspect');
  const parameters = getAttribute(call(getAttribute(inspect, 'signature'), [func]), 'parameters');
  const none = getAttribute(getAttribute(inspect, 'Parameter'), 'empty');
  return listOf(parameters).map(name => {
    const preset = getAttribute(getItem(parameters, name), 'default');
    return { name: str(name), preset: preset === none ? undefined : preset };
  });
}

/** A function that looks like another one, which it calls with what `given` makes of the arguments and their defaults. */
function wrapped(
  func: Value,
  count: number,
  what: string,
  body: (values: Value[], keywords: Map<string, Value>, parameters: readonly Parameter[], given: Value[]) => Value,
): Value {
  const parameters = parametersOf(func);
  if (parameters.length !== count)
    throw raise(
      'TypeError',
      `${str(getAttribute(func, '__name__'))} takes ${parameters.length} parameters, but ${count} ${what} were passed`,
    );
  const made = new MadeFunction('wrapper', (given, keywords) => {
    const named = new Map(keywords);
    parameters.forEach(({ name, preset }, at) => {
      if (at >= given.length && preset !== undefined && !named.has(name)) named.set(name, preset);
    });
    const values = [...given];
    for (const { name } of parameters.slice(given.length)) {
      const value = named.get(name);
      if (value === undefined) throw raise('KeyError', name);
      values.push(value);
    }
    return body(values, named, parameters, given);
  });
  return callMethod(vm.import('functools'), 'update_wrapper', made, func);
}

/** The decorator: arguments become magnitudes in `args`, the result gets the units `ret`. */
export function wraps(registry: PyRegistry, ret: Value, args: Value, strictness?: Value): Value {
  const strict = strictness === undefined || truth(strictness);
  const wanted = (args instanceof PyList || args instanceof PyTuple ? listOf(args) : [args]).map(one =>
    unitsOf(registry, one, 'arguments'),
  );
  const several = ret instanceof PyList || ret instanceof PyTuple;
  const results = (several ? listOf(ret) : [ret]).map(one => unitsOf(registry, one, "'ret' argument"));
  const defined = new Map<string, number>();
  wanted.forEach((one, at) => {
    const [first] = one?.refers === true && one.units.size === 1 ? one.units.entries : [];
    if (first !== undefined && Number(first[1]) === 1 && !defined.has(first[0])) defined.set(first[0], at);
  });

  const magnitude = (value: Value, units: Wanted): Value => {
    if (value instanceof PyQuantity) return inUnits(registry, value, units);
    if (!strict) return value;
    if (typeof value === 'string') return inUnits(registry, makeQuantity(registry, value, undefined), units);
    throw raise(
      'ValueError',
      `A wrapped function using strict=True requires quantity or a string for all arguments with not None units. (error found for ${units.text}, ${str(value)})`,
    );
  };

  return fn('decorator(func)', (func: Value) =>
    wrapped(func, wanted.length, 'units', (values, keywords, parameters, given) => {
      const named = new Map([...defined].map(([name, at]) => [name, values[at]!]));
      const plain = values.map((value, at) => {
        const one = wanted[at];
        if (one === undefined) return value;
        if (!one.refers) return magnitude(value, one);
        const own = value instanceof PyQuantity ? value : quantity(registry, value, DIMENSIONLESS);
        if ([...defined.values()].includes(at)) return own.magnitude;
        const units = unitsOfNamed(one.units, named);
        return inUnits(registry, own, { units, text: plainText(units), refers: false });
      });
      parameters.forEach(({ name }, at) => {
        if (at >= given.length) keywords.set(name, plain[at]!);
      });
      const result = call(func, plain.slice(0, given.length), keywords);
      const out = (value: Value, one: Wanted | undefined): Value =>
        one === undefined ? value : inResult(registry, value, one.refers ? unitsOfNamed(one.units, named) : one.units);
      if (!several) return out(result, results[0]);
      const items = listOf(result);
      if (items.length < results.length) throw new Unsupported('ureg.wraps with more units than results');
      const made = items.map((item, at) => out(item, results[at]));
      return ret instanceof PyTuple ? new PyTuple(made) : new PyList(made);
    }),
  );
}

/** The decorator: dimensions of the arguments, or DimensionalityError. */
export function check(registry: PyRegistry, dimensions: PyTuple): Value {
  const wanted = dimensions.items.map(item =>
    item === null ? undefined : registry.definitions.dimensionality(unitsLike(registry, item, true)),
  );
  return fn('decorator(func)', (func: Value) =>
    wrapped(func, wanted.length, 'dimensions', (values, keywords, _, given) => {
      values.forEach((value, at) => {
        const dimension = wanted[at];
        if (dimension === undefined) return;
        const { units } = value instanceof PyQuantity ? value : makeQuantity(registry, value, undefined);
        const own = registry.facts(units).dimensionality;
        if (!own.equals(dimension))
          throw cannotConvert(str(value), 'a quantity of', plainText(own), plainText(dimension));
      });
      return call(func, given, keywords);
    }),
  );
}
