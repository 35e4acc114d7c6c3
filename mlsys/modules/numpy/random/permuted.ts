/** `permutation`, whatever stream shuffles. */
import type { Value } from '../../../python/runtime/objects';
import { vm } from '../../../python/runtime/vm';
import { fromItems, type NdArray } from '../array';
import { asArray } from '../convert';
import { int64 } from '../dtype';
import { getIndex } from '../indexing';

/** The rows of an array, or the numbers below an integer, in the order that shuffled places give. */
export function permuted(x: Value, shuffle: (places: NdArray) => void): Value {
  if (typeof x === 'bigint') vm.charge(Number(x) * 16);
  const whole =
    typeof x === 'bigint'
      ? fromItems(
          int64,
          Array.from({ length: Number(x) }, (_, i) => BigInt(i)),
        )
      : asArray(x);
  const places = fromItems(
    int64,
    Array.from({ length: whole.shape[0]! }, (_, i) => BigInt(i)),
  );
  shuffle(places);
  return getIndex(whole, places);
}
