/** Values that stand for any of some: many objects may hold the same ones, which would be told of each. */
import type { Value } from '../runtime/objects';
import { leadingTo, PyUnknown, type UnknownCause } from '../runtime/unknown';

/** So many values are held one by one. */
const FEW = 4;

export class Alternatives {
  readonly #cause: UnknownCause;
  readonly #numbers = new Map<Value, number>();
  /** By what the numbers of what they may be come to. */
  readonly #known = new Map<number, PyUnknown[]>();

  constructor(cause: UnknownCause) {
    this.#cause = cause;
  }

  /** The values, where they are many one that may be any of them: the same one for the same values. */
  of(values: readonly Value[]): readonly Value[] {
    if (values.length <= FEW) return values;
    const all = new Set(leadingTo(values));
    let sum = 0;
    for (const one of all) {
      const number = this.#numbers.get(one) ?? this.#numbers.size + 1;
      this.#numbers.set(one, number);
      sum += number * number;
    }
    const alike = this.#known.get(sum) ?? [];
    let any = alike.find(({ may }) => may.length === all.size && may.every(one => all.has(one)));
    if (any === undefined) {
      any = new PyUnknown(this.#cause, { may: [...all] });
      this.#known.set(sum, [...alike, any]);
    }
    return [any];
  }
}
