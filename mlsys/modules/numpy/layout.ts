/** In which order the items of a new array lie in memory, which tells what shares them later and how they are summed. */
import { Unsupported } from '../../python/runtime/errors';
import type { Value } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';
import { copyArray, copyItems, isContiguous, NdArray, type Shape } from './array';

type Order = 'C' | 'F' | 'A' | 'K';

function orderOf(given: Value | undefined, usual: Order): Order {
  if (given === undefined || given === null) return usual;
  const order = typeof given === 'string' ? given.toUpperCase() : '';
  if (order === 'C' || order === 'F' || order === 'A' || order === 'K') return order;
  throw new Unsupported(`order=${repr(given)} of an array`);
}

function reversed(array: NdArray): NdArray {
  return array.view([...array.shape].reverse(), [...array.strides].reverse());
}

/** True where the items lie by columns, as Fortran has them. */
export function liesByColumns(array: NdArray): boolean {
  return isContiguous(reversed(array));
}

/** The axes from the one with the longest steps to the one with the shortest, as a new array is to have them. */
function axesFor(order: Order, { shape, strides }: NdArray, source: NdArray): number[] {
  const axes = shape.map((_, axis) => axis);
  if (order === 'C' || shape.length < 2) return axes;
  if (order === 'F') return axes.reverse();
  if (isContiguous(source)) return axes;
  if (liesByColumns(source)) return axes.reverse();
  if (order === 'A') return axes;
  const steps = source.strides.length === shape.length ? source.strides : strides;
  return axes.sort((a, b) => Math.abs(steps[b]!) - Math.abs(steps[a]!) || a - b);
}

/** A new array, which nobody else holds, with its items in the order that was asked for; `source` is what it is made of. */
export function inLayout(array: NdArray, order: Value | undefined, usual: Order, source: NdArray = array): NdArray {
  const axes = axesFor(orderOf(order, usual), array, source);
  if (axes.every((axis, at) => axis === at)) return array;
  const moved = array.view(
    axes.map(axis => array.shape[axis]!),
    axes.map(axis => array.strides[axis]!),
  );
  const strides = new Array<number>(axes.length);
  let step = 1;
  for (const axis of [...axes].reverse()) {
    strides[axis] = step;
    step *= Math.max(1, array.shape[axis]!);
  }
  const unset = array.contents.unset !== undefined;
  // Of an array that nothing has set, no item is.
  const made = new NdArray(array.dtype, unset ? array.data : copyItems(moved), array.shape as Shape, strides);
  if (unset) made.unset = array.contents.unset;
  return made;
}

/** A copy of an array in the order that was asked for. */
export function copyIn(array: NdArray, order: Value | undefined, usual: Order): NdArray {
  return inLayout(copyArray(array), order, usual, array);
}
