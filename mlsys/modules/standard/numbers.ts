/** `numbers`: the tower of abstract number classes. */
import {
  boolClass,
  complexClass,
  floatClass,
  intClass,
  PyClass,
  type PyModule,
  typeOf,
} from '../../python/runtime/objects';
import { abcClass } from './abc';
import { pythonModule } from './python';

const SOURCE = String.raw`
class Number(ABC):
    __slots__ = ()
    __hash__ = None

class Complex(Number):
    __slots__ = ()

class Real(Complex):
    __slots__ = ()
    def __complex__(self): return complex(float(self))
    @property
    def real(self): return +self
    @property
    def imag(self): return 0
    def conjugate(self): return +self

class Rational(Real):
    __slots__ = ()
    def __float__(self): return int(self.numerator) / int(self.denominator)

class Integral(Rational):
    __slots__ = ()
`;

const MEMBERS: Readonly<Record<string, readonly PyClass[]>> = {
  Number: [intClass, floatClass, complexClass, boolClass],
  Complex: [intClass, floatClass, complexClass, boolClass],
  Real: [intClass, floatClass, boolClass],
  Rational: [intClass, boolClass],
  Integral: [intClass, boolClass],
};

export function loadNumbers(): PyModule {
  const module = pythonModule('numbers', SOURCE, { ABC: abcClass });
  for (const [name, members] of Object.entries(MEMBERS)) {
    const cls = module.attrs.get(name);
    if (!(cls instanceof PyClass)) continue;
    const check = (own: PyClass): boolean =>
      members.some(member => own.isSubclassOf(member)) || (name === 'Number' && own.name === 'Decimal');
    cls.subclassCheck = check;
    cls.instanceCheck = value => check(typeOf(value));
  }
  return module;
}
