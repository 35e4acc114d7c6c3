/** `dirichlet`: shares that sum to one. */
import { raise } from '../../../python/runtime/errors';
import { length } from '../../../python/runtime/iteration';
import type { Value } from '../../../python/runtime/objects';
import { vm } from '../../../python/runtime/vm';
import { castItems, itemsOf, NdArray, sizeOf } from '../array';
import { asArray, shapeOf } from '../convert';
import { float64 } from '../dtype';
import { beta, gamma, type Stream } from './distributions';

/** Below this, all gammas of a row could vanish: newer streams break a stick instead. */
const SMALL = 0.1;

/** Draws rows of shares for weights `alpha`, as many as `size` says. Raises ValueError as numpy does. */
export function dirichlet(from: Stream, alpha: Value, size: Value | undefined): Value {
  length(alpha);
  const given = asArray(alpha);
  if (given.ndim > 1) throw raise('ValueError', 'object too deep for desired array');
  const weights = castItems(itemsOf(given), given.dtype, float64) as Float64Array;
  if (weights.some(weight => weight < 0 || (from.legacy && weight === 0)))
    throw raise('ValueError', from.legacy ? 'alpha <= 0' : 'alpha < 0');
  const shape = [...(size === undefined || size === null ? [] : shapeOf(size)), weights.length];
  vm.charge(sizeOf(shape) * 8);
  const data = new Float64Array(sizeOf(shape));
  const draw = !from.legacy && weights.every(weight => weight < SMALL) ? broken : scaled;
  for (let at = 0; at < data.length; at += weights.length) {
    vm.step(5 * weights.length);
    draw(from, weights, data.subarray(at, at + weights.length));
  }
  return new NdArray(float64, data, shape);
}

/** Gammas, divided by their sum. */
function scaled(from: Stream, weights: Float64Array, row: Float64Array): void {
  let sum = 0;
  for (const [at, weight] of weights.entries()) {
    row[at] = gamma(from, weight);
    sum += row[at]!;
  }
  const share = 1 / sum;
  for (const at of row.keys()) row[at]! *= share;
}

/** Breaks each share off what the ones before it left. */
function broken(from: Stream, weights: Float64Array, row: Float64Array): void {
  const behind = new Float64Array(weights);
  for (let at = behind.length - 2; at >= 0; at--) behind[at]! += behind[at + 1]!;
  if (!(behind[0]! > 0)) return;
  let rest = 1;
  for (let at = 0; at < weights.length - 1; at++) {
    const part = beta(from, weights[at]!, behind[at + 1]!);
    row[at] = rest * part;
    rest *= 1 - part;
    if (behind[at + 1] === 0) break;
  }
  row[weights.length - 1] = rest;
}
