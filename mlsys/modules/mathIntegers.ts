/** Integer functions of `math`: factorial, comb, perm, gcd, lcm, isqrt. */
import { raise } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { greatestCommonDivisor, integerSquareRoot, intMultiply } from '../python/runtime/numbers/integers';
import type { NativeFunction, PyTuple, Value } from '../python/runtime/objects';
import { indexOf } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';

/** The product from `low` to `high`, by halves, so that the factors are of similar size. */
function rangeProduct(low: bigint, high: bigint): bigint {
  vm.step(6);
  if (high < low) return 1n;
  if (high - low < 8n) {
    let product = low;
    for (let factor = low + 1n; factor <= high; factor++) product = intMultiply(product, factor);
    return product;
  }
  const middle = (low + high) >> 1n;
  return intMultiply(rangeProduct(low, middle), rangeProduct(middle + 1n, high));
}

function factorial(value: Value): bigint {
  const n = indexOf(value);
  if (n < 0n) throw raise('ValueError', 'factorial() not defined for negative values');
  if (n > 9223372036854775807n)
    throw raise('OverflowError', 'factorial() argument should not exceed 9223372036854775807');
  return rangeProduct(2n, n);
}

function checkNatural(name: string, value: bigint): void {
  if (value < 0n) throw raise('ValueError', `${name} must be a non-negative integer`);
}

function comb(first: Value, second: Value): bigint {
  const n = indexOf(first);
  let k = indexOf(second);
  checkNatural('n', n);
  checkNatural('k', k);
  if (k > n) return 0n;
  if (k > n - k) k = n - k;
  return rangeProduct(n - k + 1n, n) / rangeProduct(1n, k);
}

function perm(first: Value, second: Value | undefined): bigint {
  const n = indexOf(first);
  if (second === undefined || second === null) return factorial(n);
  const k = indexOf(second);
  checkNatural('n', n);
  checkNatural('k', k);
  return k > n ? 0n : rangeProduct(n - k + 1n, n);
}

function lcm(a: bigint, b: bigint): bigint {
  if (a === 0n || b === 0n) return 0n;
  const product = intMultiply(a / greatestCommonDivisor(a, b), b);
  return product < 0n ? -product : product;
}

export const integerFunctions: readonly NativeFunction[] = [
  fn('math.factorial(n, /)', factorial),
  fn('math.comb(n, k, /)', comb),
  fn('math.perm(n, k=None, /)', perm),
  fn('math.gcd(*integers)', (args: PyTuple) =>
    args.items.reduce<bigint>((total, item) => greatestCommonDivisor(total, indexOf(item)), 0n),
  ),
  fn('math.lcm(*integers)', (args: PyTuple) =>
    args.items.reduce<bigint>((total, item) => lcm(total, indexOf(item)), 1n),
  ),
  fn('math.isqrt(n, /)', (value: Value) => {
    const n = indexOf(value);
    if (n < 0n) throw raise('ValueError', 'isqrt() argument must be nonnegative');
    return integerSquareRoot(n);
  }),
];
