/** About how much memory values take, so that what a loop gathers can be accounted for by looking at one in a thousand. */
import { bitLength } from './numbers/integers';
import { PyIterator, PyObject, PyTuple, type Value } from './objects';
import { vm } from './vm';

/** Every so many items, one is looked at. */
const STRIDE = 1024;

/** Of nested tuples, so many levels and so many items of each are looked at. */
const DEEPEST = 4;
const MOST_SEEN = 8;

/** An iterator with the functions behind it, such as a generator with its frame. */
const ITERATOR_BYTES = 700;

/** An object with its class, its owner and what it holds. */
const OBJECT_BYTES = 240;

function bytesOf(value: Value, depth = 0): number {
  if (typeof value === 'string') return 40 + value.length;
  if (typeof value === 'bigint') return 24 + (BigInt.asIntN(64, value) === value ? 0 : bitLength(value) / 8);
  if (value instanceof PyTuple) {
    let inner = 0;
    const seen = depth < DEEPEST ? Math.min(value.items.length, MOST_SEEN) : 0;
    for (let at = 0; at < seen; at++) inner += bytesOf(value.items[at]!, depth + 1);
    return 120 + 16 * value.items.length + inner;
  }
  if (value instanceof PyIterator) return ITERATOR_BYTES;
  return value instanceof PyObject ? OBJECT_BYTES : 8;
}

/** Accounts for a container that has grown to `size` items, `last` being the newest of them. */
export function chargeGrowth(size: number, last: Value): void {
  if ((size & (STRIDE - 1)) === 0) vm.charge(STRIDE * (16 + bytesOf(last)));
}
