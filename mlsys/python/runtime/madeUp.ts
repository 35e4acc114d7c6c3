/** Numbers that stand for unknown ones: of two, one knows whether they are the same. */
import { NativeFunction } from './objects';
import { PyUnknown, type UnknownCause, unknownClass } from './unknown';
import './unknownMethods';

export class PyMadeUp extends PyUnknown {
  readonly number: bigint;
  constructor(cause: UnknownCause, number: bigint) {
    super(cause);
    this.number = number;
  }
}

for (const [name, wanted] of [
  ['__eq__', true],
  ['__ne__', false],
] as const) {
  const usual = unknownClass.attrs.get(name) as NativeFunction;
  const compare: NativeFunction['call'] = (args, keywords) => {
    const [self, other] = args;
    if (self instanceof PyMadeUp && other instanceof PyMadeUp) return (self.number === other.number) === wanted;
    return usual.call(args, keywords);
  };
  unknownClass.setAttribute(name, new NativeFunction(name, compare, { binds: true }));
}

const usualHash = unknownClass.attrs.get('__hash__') as NativeFunction;
unknownClass.setAttribute(
  '__hash__',
  new NativeFunction(
    '__hash__',
    (args, keywords) => (args[0] instanceof PyMadeUp ? args[0].number : usualHash.call(args, keywords)),
    { binds: true },
  ),
);
