/** What numpy's functions do with a pint quantity: pint answers for them. */
import { Unsupported } from '../../python/runtime/errors';
import { PyObject, type Value } from '../../python/runtime/objects';
import { binary, callMethod, compare, getAttribute, unary } from '../../python/runtime/operations';
import type { Ufunc } from './ufuncs';

export function isQuantity(value: Value): boolean {
  return value instanceof PyObject && value.cls.mro.some(cls => cls.native && cls.name === 'Quantity');
}

const OPERATORS: Readonly<Record<string, Parameters<typeof binary>[0]>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  floor_divide: '//',
  remainder: '%',
  power: '**',
};
const ORDERS: Readonly<Record<string, string>> = {
  less: '<',
  less_equal: '<=',
  greater: '>',
  greater_equal: '>=',
  equal: '==',
  not_equal: '!=',
};

/** The result of a universal function where `arg` is a quantity; undefined where it is not. */
export function quantityUfunc(ufunc: Ufunc, args: readonly Value[], arg: Value): Value | undefined {
  if (!isQuantity(arg)) return undefined;
  const { name } = ufunc.spec;
  const [first, second] = args as [Value, Value];
  const operator = OPERATORS[name];
  if (operator !== undefined) return binary(operator, first, second);
  const order = ORDERS[name];
  if (order !== undefined) return compare(order as '<', first, second);
  const apply = (magnitude: Value): Value => callUfunc(ufunc, [magnitude]);
  switch (name) {
    case 'negative':
      return unary('-', first);
    case 'positive':
      return first;
    case 'square':
      return binary('**', first, 2n);
    case 'sqrt':
      return binary('**', first, 0.5);
    case 'cbrt':
      return binary('**', first, 1 / 3);
    case 'reciprocal':
      return binary('/', 1n, first);
    case 'absolute':
    case 'fabs':
    case 'rint':
    case 'floor':
    case 'ceil':
    case 'trunc':
      return rebuild(arg, apply(getAttribute(arg, 'magnitude')));
    case 'isnan':
    case 'isinf':
    case 'isfinite':
    case 'sign':
    case 'signbit':
      return apply(getAttribute(arg, 'magnitude'));
    case 'maximum':
    case 'minimum':
    case 'fmax':
    case 'fmin': {
      const units = getAttribute(isQuantity(first) ? first : second, 'units');
      const bare = (value: Value): Value => (isQuantity(value) ? callMethod(value, 'm_as', units) : value);
      return rebuild(isQuantity(first) ? first : second, callUfunc(ufunc, [bare(first), bare(second)]));
    }
    case 'exp':
    case 'exp2':
    case 'expm1':
    case 'log':
    case 'log2':
    case 'log10':
    case 'log1p':
    case 'sinh':
    case 'cosh':
    case 'tanh': {
      const bare = callMethod(arg, 'm_as', 'dimensionless');
      return rebuild(callMethod(arg, 'to', 'dimensionless'), apply(bare));
    }
    case 'sin':
    case 'cos':
    case 'tan': {
      const bare = callMethod(arg, 'm_as', 'radian');
      return rebuild(callMethod(arg, 'to', 'dimensionless'), apply(bare));
    }
    default:
      throw new Unsupported(`numpy.${name} of a quantity`, 'take its magnitude with .m_as(unit)');
  }
}

/** A quantity with other numbers and the same units. */
export function rebuild(quantity: Value, magnitude: Value): Value {
  return callMethod(quantity, '__class__', magnitude, getAttribute(quantity, 'units'));
}

let applyRef: ((ufunc: Ufunc, args: readonly Value[]) => Value) | undefined;

/** Set by the module that runs the loops, which itself needs this one. */
export function setUfuncRunner(apply: (ufunc: Ufunc, args: readonly Value[]) => Value): void {
  applyRef = apply;
}

function callUfunc(ufunc: Ufunc, args: readonly Value[]): Value {
  return applyRef!(ufunc, args);
}
