/** Numbers that stand for unknown ones: of two, one knows whether they are the same. */
import { NativeFunction } from './objects';
import { PyUnknown, type UnknownCause, unknownClass } from './unknown';

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
