/** Tells where a value depends on an order that Python does not fix. */
import type { Value } from './objects';
import { PySetBase } from './set';
import { lastingHash } from './setorder';
import { vm } from './vm';

/** True while a reference is evaluated, which no frame tells. */
export const references = { running: false };

/**
 * To be called where the order of a set shows in a value. Strings, and objects without a hash of their own, stand in a set in
 * another order in each run of Python, so what is evaluated here need not be what the book's next rendering shows.
 */
export function noticeOrder(set: PySetBase): void {
  if ((vm.frame === undefined && !references.running) || set.size < 2 || set.isLasting) return;
  let loose = 0;
  vm.work(set.size);
  for (const item of set.items()) {
    if (lastingHash(item) !== undefined) continue;
    loose++;
    if (loose === 2) {
      const message =
        'The order of this set changes from one run of Python to the next: sort it before its order shows.';
      vm.notice({ kind: 'set-order', message });
      return;
    }
  }
}

/** The same for a value that may be a set, of which items are taken in order. */
export function noticeOrderOf(value: Value | undefined): void {
  if (value instanceof PySetBase) noticeOrder(value);
}
