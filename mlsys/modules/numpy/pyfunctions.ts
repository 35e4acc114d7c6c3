/** Functions written in Python that are applied item by item: `vectorize` and `frompyfunc`. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { defineMethods, defineProperties, type NativeBody, refuseAttributes } from '../../python/runtime/native';
import { nativeClass, PyObject, PyTuple, type Value } from '../../python/runtime/objects';
import { call, getAttribute, listOf, smallIndex } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { broadcastItems, broadcastShapes, itemsOf, NdArray, resultOf, type Shape, scalarOf, toPython } from './array';
import { asArray, astype } from './convert';
import { type DType, dtypeOf, type Item, object, type Storage } from './dtype';
import { ufuncClass } from './ufuncs';

/** The results of all calls, as arrays of objects, one for each of `outputs`. */
function applied(function_: Value, args: readonly Value[], outputs: number): NdArray[] {
  const arrays = args.map(arg => asArray(arg));
  const shape = broadcastShapes(arrays.map(array => array.shape));
  const columns = arrays.map(array => {
    const items = broadcastItems(array, shape, array.dtype) as Item[];
    return Array.from(items, item => toPython(array.dtype, item));
  });
  const size = shape.reduce((a, b) => a * b, 1);
  vm.charge(size * outputs * 8);
  const results = Array.from({ length: outputs }, () => new Array<Value>(size).fill(null));
  for (let at = 0; at < size; at++) {
    vm.step();
    const result = call(
      function_,
      columns.map(column => column[at]!),
    );
    if (outputs === 1) results[0]![at] = result;
    else
      partsOf(result, outputs).forEach((part, i) => {
        results[i]![at] = part;
      });
  }
  return results.map(items => objectsOf(items, shape));
}

function objectsOf(items: readonly Value[], shape: Shape): NdArray {
  return new NdArray(object, [...items] as Storage, shape);
}

function partsOf(result: Value, outputs: number): readonly Value[] {
  if (!(result instanceof PyTuple)) throw raise('TypeError', 'object is not a tuple');
  if (result.items.length !== outputs) throw new Unsupported('numpy.frompyfunc of a function with other results');
  return result.items;
}

/** The dtypes of the results: as given, or as the first items lead to, for which there is a call of their own. */
function outputTypes(function_: Value, args: readonly Value[], given: Value): DType[] {
  if (given !== null) {
    const each = typeof given === 'string' ? [...given] : listOf(given);
    return each.map(one => dtypeOf(one));
  }
  const first = args.map(arg => {
    const array = asArray(arg);
    if (array.size === 0) throw raise('ValueError', 'cannot call `vectorize` on size 0 inputs unless `otypes` is set');
    return scalarOf(array.dtype, (itemsOf(array) as Item[])[0]!);
  });
  const result = call(function_, first);
  return (result instanceof PyTuple ? result.items : [result]).map(one => asArray(one).dtype);
}

const vectorizedClass = nativeClass('vectorize', undefined, 'numpy');
vectorizedClass.errorName = 'numpy.vectorize';

/** What `np.vectorize` makes: an object that has the function, so that what this changes is known to come of its calls. */
class Vectorized extends PyObject {
  readonly func: Value;
  readonly types: Value;
  constructor(func: Value, types: Value) {
    super(vectorizedClass);
    this.func = func;
    this.types = types;
  }
}

defineMethods(vectorizedClass, {
  '__call__(*args, **kwargs)': ({ func, types }: Vectorized, args: PyTuple, keywords: ReadonlyMap<string, Value>) => {
    if (keywords.size > 0) throw new Unsupported('numpy.vectorize called with names');
    const dtypes = outputTypes(func, args.items, types);
    const results = applied(func, args.items, dtypes.length).map((array, i) => {
      const dtype = dtypes[i]!;
      return dtype === object ? array : astype(array, dtype.kind === 'U' ? dtypeOf('str') : dtype);
    });
    return results.length === 1 ? results[0]! : new PyTuple(results);
  },
});
defineProperties(vectorizedClass, {
  pyfunc: (self: Vectorized) => self.func,
  __name__: (self: Vectorized) => getAttribute(self.func, '__name__'),
});
refuseAttributes(vectorizedClass, 'cache signature otypes excluded __doc__ __wrapped__');

function vectorize(function_: Value | undefined, types: Value | undefined): Value {
  if (function_ === undefined) throw new Unsupported('numpy.vectorize without a function');
  return new Vectorized(function_, types ?? null);
}

const pythonUfuncClass = nativeClass('ufunc', [ufuncClass], 'numpy');

class PythonUfunc extends PyObject {
  readonly body: Value;
  readonly inputs: number;
  readonly outputs: number;

  constructor(body: Value, inputs: number, outputs: number) {
    super(pythonUfuncClass);
    this.body = body;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  get name(): string {
    return `${String(getAttribute(this.body, '__name__'))} (vectorized)`;
  }
}

const refused: NativeBody = () => {
  throw new Unsupported('methods of a function made by numpy.frompyfunc');
};

defineMethods(pythonUfuncClass, {
  '__call__(*args)': (self: PythonUfunc, args: PyTuple) => {
    const { inputs, outputs, name } = self;
    const given = args.items;
    if (given.length < inputs || given.length > inputs + outputs)
      throw raise(
        'TypeError',
        `${name}() takes from ${inputs} to ${inputs + outputs} positional arguments but ${given.length} were given`,
      );
    if (given.length > inputs) throw new Unsupported('numpy.frompyfunc with an array for the result');
    const results = applied(self.body, given, outputs).map(resultOf);
    return outputs === 1 ? results[0]! : new PyTuple(results);
  },
  '__repr__()': (self: PythonUfunc) => `<ufunc '${self.name}'>`,
  'reduce(*args)': refused,
  'accumulate(*args)': refused,
  'outer(*args)': refused,
  'at(*args)': refused,
});
defineProperties(pythonUfuncClass, {
  __name__: (self: PythonUfunc) => self.name,
  nin: (self: PythonUfunc) => BigInt(self.inputs),
  nout: (self: PythonUfunc) => BigInt(self.outputs),
  identity: () => null,
});

/** Functions of the module by signature. */
export const PYTHON_FUNCTIONS: Readonly<Record<string, NativeBody>> = {
  'vectorize(pyfunc=None, otypes=None, doc=None, excluded!=None, cache!=False, signature!=None)': vectorize,
  'frompyfunc(func, /, nin, nout)': (function_: Value, inputs: Value, outputs: Value) => {
    const [nin, nout] = [smallIndex(inputs), smallIndex(outputs)];
    if (nin < 1 || nout < 1) throw new Unsupported('numpy.frompyfunc without arguments or results');
    return new PythonUfunc(function_, nin, nout);
  },
};
