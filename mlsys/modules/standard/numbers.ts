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

/** Assignments of methods that a class leaves to those derived from it. */
function left(names: string): string {
  return names
    .split(' ')
    .map(name => `${name} = _left('${name}')`)
    .join('; ');
}

const SOURCE = String.raw`
from abc import abstractmethod

def _left(name):
    def method(self, *args):
        raise NotImplementedError
    method.__name__ = name
    return abstractmethod(method)

def _left_property(name):
    return property(_left(name))

class Number(ABC):
    __slots__ = ()
    __hash__ = None

class Complex(Number):
    __slots__ = ()
    def __bool__(self): return self != 0
    def __sub__(self, other): return self + -other
    def __rsub__(self, other): return -self + other
    ${left('__complex__ __add__ __radd__ __neg__ __pos__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__ __abs__ conjugate __eq__')}
    real, imag = _left_property('real'), _left_property('imag')

class Real(Complex):
    __slots__ = ()
    ${left('__float__ __trunc__ __floor__ __ceil__ __round__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __lt__ __le__')}
    def __divmod__(self, other): return self // other, self % other
    def __rdivmod__(self, other): return other // self, other % self
    def __complex__(self): return complex(float(self))
    @property
    def real(self): return +self
    @property
    def imag(self): return 0
    def conjugate(self): return +self

class Rational(Real):
    __slots__ = ()
    numerator, denominator = _left_property('numerator'), _left_property('denominator')
    def __float__(self): return int(self.numerator) / int(self.denominator)

class Integral(Rational):
    __slots__ = ()
    ${left('__int__ __pow__ __lshift__ __rlshift__ __rshift__ __rrshift__ __and__ __rand__ __xor__ __rxor__ __or__ __ror__ __invert__')}
    def __index__(self): return int(self)
    def __float__(self): return float(int(self))
    @property
    def numerator(self): return +self
    @property
    def denominator(self): return 1
`;

const MEMBERS: Readonly<Record<string, readonly PyClass[]>> = {
  Number: [intClass, floatClass, complexClass, boolClass],
  Complex: [intClass, floatClass, complexClass, boolClass],
  Real: [intClass, floatClass, boolClass],
  Rational: [intClass, boolClass],
  Integral: [intClass, boolClass],
};

/** Classes of numpy whose scalars numpy registers. */
const NUMPY_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Number: ['number'],
  Complex: ['inexact', 'integer'],
  Real: ['floating', 'integer'],
  Rational: ['integer'],
  Integral: ['integer'],
};

export function loadNumbers(): PyModule {
  const module = pythonModule('numbers', SOURCE, { ABC: abcClass });
  for (const [name, members] of Object.entries(MEMBERS)) {
    const cls = module.attrs.get(name);
    if (!(cls instanceof PyClass)) continue;
    const check = (own: PyClass): boolean =>
      members.some(member => own.isSubclassOf(member)) ||
      own.mro.some(one => one.native && one.module === 'numpy' && NUMPY_MEMBERS[name]!.includes(one.name)) ||
      (name === 'Number' && own.name === 'Decimal');
    cls.subclassCheck = check;
    cls.instanceCheck = value => check(typeOf(value));
  }
  return module;
}
