/** Numbers that stand for unknown ones: of two, one knows whether they are the same. */
import type { Value } from './objects';
import { PyUnknown, type UnknownCause } from './unknown';
import { refine } from './unknownMethods';

export class PyMadeUp extends PyUnknown {
  readonly number: bigint;
  /** True for the address of an object, which is no small number. */
  readonly isAddress: boolean;
  /** True for the address of what may be gone since: another object may have got it. */
  readonly isFree: boolean;

  constructor(cause: UnknownCause, number: bigint, isAddress = false, isFree = false) {
    super(cause);
    this.number = number;
    this.isAddress = isAddress;
    this.isFree = isFree;
  }

  /** The same, of an object that nothing holds once its address is known, as in `id([1])`. */
  get freed(): PyMadeUp {
    return new PyMadeUp(this.cause, this.number, this.isAddress, this.isAddress);
  }

  override get isKey(): boolean {
    return !this.isFree;
  }

  /** Whether both are the same number; undefined where nobody knows. */
  isSameAs(other: PyMadeUp): boolean | undefined {
    if (this.number === other.number) return true;
    return this.isFree || other.isFree ? undefined : false;
  }

  /** True for what it cannot be, whatever number it is: None, a text, and for an address a truth value or a small number. */
  override differsFrom(other: Value | undefined): boolean {
    if (other === null || typeof other === 'string') return true;
    if (!this.isAddress) return false;
    return typeof other === 'boolean' || (typeof other === 'bigint' && other < LEAST_ADDRESS);
  }
}

/** No object of Python's lies in the first page of its memory. */
const LEAST_ADDRESS = 4096n;

for (const [name, wanted] of [
  ['__eq__', true],
  ['__ne__', false],
] as const)
  refine(name, ([self, other]) => {
    if (self instanceof PyMadeUp && other instanceof PyMadeUp) {
      const same = self.isSameAs(other);
      return same === undefined ? undefined : same === wanted;
    }
    if (self instanceof PyMadeUp && self.differsFrom(other)) return !wanted;
    return other instanceof PyMadeUp && self !== undefined && other.differsFrom(self) ? !wanted : undefined;
  });

// A number is no descriptor: as an attribute of a class it is what it is.
refine('__get__', ([self]) => (self instanceof PyMadeUp ? self : undefined));
refine('__hash__', ([self]) => (self instanceof PyMadeUp && !self.isFree ? self.number : undefined));
