/** What numpy takes for a sequence of items rather than for one item. */
import { callSpecial, findAttribute, special } from '../../python/runtime/attributes';
import { PyDict } from '../../python/runtime/dict';
import { builtinExceptions, PyError, Unsupported } from '../../python/runtime/errors';
import {
  isInstance,
  PyBytes,
  PyClass,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { listOf } from '../../python/runtime/operations';
import { refuseMethod, refuseUnknown } from '../../python/runtime/unknown';
import { PyDeque } from '../standard/deque';
import { ArrayHolder, NdArray } from './array';

/** The sequences in a value; what an object of the chapter gives is asked of it once. */
export class Sequences {
  readonly #ofObjects = new Map<PyObject, readonly Value[] | undefined>();

  /**
   * Items of a sequence, an array as itself; undefined for what is one item. Throws `UnknownReached` for what is unknown, and
   * `Unsupported` for bytes and objects that make an array of themselves.
   */
  of(value: Value): readonly Value[] | NdArray | undefined {
    if (!(value instanceof PyObject)) return undefined;
    refuseUnknown(value);
    if (value instanceof NdArray) return value.shape.length === 0 ? undefined : value;
    if (value instanceof ArrayHolder) return value.array;
    if (value instanceof PyList || value instanceof PyTuple) return value.items;
    if (value instanceof PyRange || value instanceof PyDeque) return listOf(value);
    if (value instanceof PyBytes) throw new Unsupported('numpy arrays of bytes');
    if (value.cls.native || value instanceof PyClass) return undefined;
    if (!this.#ofObjects.has(value)) this.#ofObjects.set(value, itemsOfObject(value));
    return this.#ofObjects.get(value);
  }
}

/** By which an object tells numpy what array it is, or takes numpy's functions over. */
const WAYS = ['__array__', '__array_interface__', '__array_struct__', '__array_ufunc__', '__array_function__'];

/** The items of an object of a class with `__len__` and `__getitem__`, where it has any by number. */
function itemsOfObject(value: PyObject): readonly Value[] | undefined {
  if (value instanceof PyDict || (value instanceof PyInstance && value.payload !== undefined)) return undefined;
  for (const way of WAYS)
    if ((findAttribute(value, way) ?? null) !== null)
      refuseMethod(value, way, `making an array of a '${value.cls.name}' by its ${way}`);
  const length = special(value, '__len__');
  if ((length ?? null) === null || (special(value, '__getitem__') ?? null) === null) return undefined;
  try {
    callSpecial(length!, value, []);
  } catch (error) {
    if (error instanceof PyError) return undefined;
    throw error;
  }
  try {
    return listOf(value);
  } catch (error) {
    // What looks like a dictionary is one item.
    if (error instanceof PyError && isInstance(error.exception, builtinExceptions().get('KeyError')!)) return undefined;
    throw error;
  }
}
