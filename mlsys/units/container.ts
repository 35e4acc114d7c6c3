/**
 * A product of powers of names: of units, or of dimensions. The names keep the order in which they were joined, because
 * pint prints and converts in that order; equality ignores it.
 *
 * Containers are immutable and interned: the same names with the same exponents in the same order are one object as long
 * as the table holds it, so products, quotients and conversion factors can be remembered by identity.
 */

import { vm } from '../python/runtime/vm';

/** An exponent: Python's int or float, which print alike but differ in the type of results. */
export type Exponent = bigint | number;

/** Most containers ever seen in one chapter are few; the bound only keeps a long-lived server from growing. */
const CAPACITY = 8192;
const table = new Map<string, UnitsContainer>();
/** A container holds the products with it, so those that grow with each turn of a loop are not remembered. */
const LONGEST_REMEMBERED = 100;
const HIGHEST_REMEMBERED = 32;

function add(a: Exponent, b: Exponent): Exponent {
  return typeof a === 'bigint' && typeof b === 'bigint' ? a + b : Number(a) + Number(b);
}

function negate(a: Exponent): Exponent {
  return -a;
}

function times(a: Exponent, b: Exponent): Exponent {
  return typeof a === 'bigint' && typeof b === 'bigint' ? a * b : Number(a) * Number(b);
}

/** A float exponent as a key shows it; one that is whole equals the int. */
function exponentKey(value: Exponent): string {
  return String(value);
}

export class UnitsContainer {
  readonly entries: ReadonlyMap<string, Exponent>;
  /** Names and exponents in order; `fromText` reads it. */
  readonly text: string;
  #key: string | undefined = undefined;
  /** False for what only an endless loop makes. */
  readonly #isUsual: boolean;
  #products: WeakMap<UnitsContainer, UnitsContainer> | undefined = undefined;
  #quotients: WeakMap<UnitsContainer, UnitsContainer> | undefined = undefined;

  private constructor(entries: ReadonlyMap<string, Exponent>, text: string) {
    this.entries = entries;
    this.text = text;
    this.#isUsual =
      text.length <= LONGEST_REMEMBERED &&
      [...entries.values()].every(exponent => Math.abs(Number(exponent)) <= HIGHEST_REMEMBERED);
  }

  /** Equal for containers with equal exponents, whatever their order. */
  get key(): string {
    this.#key ??= [...this.entries]
      .map(([name, exponent]) => `${name}:${exponentKey(exponent)}`)
      .sort()
      .join(' ');
    return this.#key;
  }

  /** The container of these entries; entries with exponent 0 stay, as in pint's constructor. */
  static of(entries: Iterable<readonly [string, Exponent]>): UnitsContainer {
    const map = entries instanceof Map ? (entries as Map<string, Exponent>) : new Map(entries);
    let ordered = '';
    for (const [name, exponent] of map) ordered += `${name}:${exponent}${typeof exponent === 'number' ? '.' : ''} `;
    const known = table.get(ordered);
    if (known !== undefined) return known;
    if (table.size >= CAPACITY) table.clear();
    const made = new UnitsContainer(map, ordered);
    table.set(ordered, made);
    return made;
  }

  /** The container whose `text` this is. */
  static fromText(text: string): UnitsContainer {
    const known = table.get(text);
    if (known !== undefined) return known;
    return UnitsContainer.of(
      text.split(' ').flatMap(part => {
        const colon = part.lastIndexOf(':');
        if (colon < 0) return [];
        const exponent = part.slice(colon + 1);
        const whole = !exponent.endsWith('.');
        return [[part.slice(0, colon), whole ? BigInt(exponent) : Number(exponent.slice(0, -1))] as const];
      }),
    );
  }

  static one(name: string): UnitsContainer {
    return UnitsContainer.of([[name, 1n]]);
  }

  get size(): number {
    return this.entries.size;
  }

  get(name: string): Exponent {
    return this.entries.get(name) ?? 0n;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  equals(other: UnitsContainer): boolean {
    return this === other || (this.size === other.size && this.key === other.key);
  }

  multiply(other: UnitsContainer): UnitsContainer {
    if (other.size === 0) return this;
    if (!this.#isUsual) return this.#joined(other, exponent => exponent);
    this.#products ??= new WeakMap();
    let product = this.#products.get(other);
    if (product === undefined) {
      product = this.#joined(other, exponent => exponent);
      this.#products.set(other, product);
    }
    return product;
  }

  divide(other: UnitsContainer): UnitsContainer {
    if (other.size === 0) return this;
    if (!this.#isUsual) return this.#joined(other, negate);
    this.#quotients ??= new WeakMap();
    let quotient = this.#quotients.get(other);
    if (quotient === undefined) {
      quotient = this.#joined(other, negate);
      this.#quotients.set(other, quotient);
    }
    return quotient;
  }

  #joined(other: UnitsContainer, sign: (exponent: Exponent) => Exponent): UnitsContainer {
    vm.step(1 + this.size + other.size);
    const entries = new Map(this.entries);
    for (const [name, exponent] of other.entries) {
      const sum = add(entries.get(name) ?? 0n, sign(exponent));
      if (Number(sum) === 0) entries.delete(name);
      else entries.set(name, sum);
    }
    return UnitsContainer.of(entries);
  }

  power(exponent: Exponent): UnitsContainer {
    return UnitsContainer.of([...this.entries].map(([name, own]) => [name, times(own, exponent)] as const));
  }

  /** Adds to one exponent; a sum of 0 removes the name. */
  add(name: string, exponent: Exponent): UnitsContainer {
    return this.multiply(UnitsContainer.of([[name, exponent]]));
  }

  remove(name: string): UnitsContainer {
    const entries = new Map(this.entries);
    entries.delete(name);
    return UnitsContainer.of(entries);
  }

  /** Gives a name's exponent to another name, which goes last. */
  rename(from: string, to: string): UnitsContainer {
    const entries = new Map(this.entries);
    const exponent = entries.get(from) ?? 0n;
    entries.delete(from);
    entries.set(to, exponent);
    return UnitsContainer.of(entries);
  }
}

export const DIMENSIONLESS = UnitsContainer.of([]);
