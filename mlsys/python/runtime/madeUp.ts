/** Numbers that stand for unknown ones: of two, one knows whether they are the same. */
import { NativeFunction, type Value } from './objects';
import { PyUnknown, type UnknownCause, unknownClass } from './unknown';
import './unknownMethods';

export class PyMadeUp extends PyUnknown {
  readonly number: bigint;
  /** True for the address of an object, which is no small number. */
  readonly isAddress: boolean;
  constructor(cause: UnknownCause, number: bigint, isAddress = false) {
    super(cause);
    this.number = number;
    this.isAddress = isAddress;
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
] as const) {
  const usual = unknownClass.attrs.get(name) as NativeFunction;
  const compare: NativeFunction['call'] = (args, keywords) => {
    const [self, other] = args;
    if (self instanceof PyMadeUp && other instanceof PyMadeUp) return (self.number === other.number) === wanted;
    if (self instanceof PyMadeUp && self.differsFrom(other)) return !wanted;
    if (other instanceof PyMadeUp && self !== undefined && other.differsFrom(self)) return !wanted;
    return usual.call(args, keywords);
  };
  unknownClass.setAttribute(name, new NativeFunction(name, compare, { binds: true }));
}

// A number is no descriptor: as an attribute of a class it is what it is.
const usualGet = unknownClass.attrs.get('__get__');
if (usualGet instanceof NativeFunction)
  unknownClass.setAttribute(
    '__get__',
    new NativeFunction(
      '__get__',
      (args, keywords) => (args[0] instanceof PyMadeUp ? args[0] : usualGet.call(args, keywords)),
      { binds: true },
    ),
  );

const usualHash = unknownClass.attrs.get('__hash__') as NativeFunction;
unknownClass.setAttribute(
  '__hash__',
  new NativeFunction(
    '__hash__',
    (args, keywords) => (args[0] instanceof PyMadeUp ? args[0].number : usualHash.call(args, keywords)),
    { binds: true },
  ),
);
