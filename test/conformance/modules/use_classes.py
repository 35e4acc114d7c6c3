from dataclasses import *
from typing import *
from enum import *
import copy
@dataclass
class P:
    x: int
    y: float = 2.0
    tags: list = field(default_factory=list)
p=P(1); print(p, p==P(1), P.__match_args__, asdict(p), astuple(p), replace(p,x=3))
try: P()
except TypeError as e: print(e)
@dataclass(frozen=True, order=True)
class Q:
    a: int
    b: ClassVar[int] = 5
    c: InitVar[int] = 3
    d: int = field(init=False, default=9)
    def __post_init__(self, c): object.__setattr__(self,'d',c*2)
q=Q(1,c=4); print(q, hash(q)==hash(Q(1,4)), Q(1)<Q(2), [f.name for f in fields(q)])
try: q.a=2
except FrozenInstanceError as e: print(type(e).__name__, e)
@dataclass(slots=True, kw_only=True)
class R:
    a:int; b:int=2
print(R(a=1), R.__slots__)
try: R(1)
except TypeError as e: print(e)
try:
    @dataclass
    class S: a: list = []
except ValueError as e: print(e)
class C(Enum):
    RED=1; GREEN=2; ALIAS=1
    def hi(self): return self.name.lower()
print(C.RED, repr(C.RED), C(2), C['RED'], list(C), C.ALIAS is C.RED, C.RED.hi(), len(C), C.RED in C, C.__members__)
try: C(9)
except ValueError as e: print(e)
class A(Enum):
    X=auto(); Y=auto()
print(A.Y.value, A.X.name)
class I(IntEnum):
    A=1;B=2
print(I.A+1, I.B, repr(I.B), f'{I.A}', I.A<I.B, isinstance(I.A,int), sorted(I))
class S(StrEnum):
    AB=auto(); C='x'
print(S.AB, repr(S.C), S.AB=='ab', S.AB.upper())
class F(Flag):
    R=auto();W=auto();X=auto();RW=R|W if False else 3
print(F.R|F.X, repr(F.R|F.W), F.R in F.RW, list(F.RW), ~F.R, bool(F.R&F.W), F.R&F.W)
class Planet(Enum):
    EARTH=(5.976e24,6.37814e6)
    def __init__(self,m,r): self.m=m; self.r=r
    @property
    def g(self): return 6.67e-11*self.m/self.r**2
print(Planet.EARTH.g, Planet.EARTH.value)
class N(NamedTuple):
    a: int
    b: str = 'z'
    def hi(self): return self.a
n=N(1); print(n, n.hi(), n._replace(b='q'), isinstance(n,tuple))
print(Optional[int], List[int], Dict[str,Any], Union[int,str], Callable[[int],str], Literal['a'], Final)
x=[[1],{2:3}]; y=copy.deepcopy(x); y[0].append(2); print(x,y, copy.copy(x)[0] is x[0])
print(copy.deepcopy(p)==p, copy.deepcopy(p).tags is p.tags)
T=TypeVar('T'); print(T)
class G(Generic[T]): pass
print(G[int])
@unique
class U(Enum): A=1
E=Enum('E','P Q'); print(list(E))
@dataclass
class Base: a:int=1
@dataclass
class D(Base): b:int=2
print(D(), D.__eq__(D(),D()), D(1,2)!=D(1,3))
match P(1,2):
    case P(x=1,y=z): print('m',z)
print(fields(D)[0].name, is_dataclass(D))
class TD(TypedDict): a:int
print(TD(a=1))
class W(str, Enum):
    A='a'
print(W.A, W.A=='a', f'{W.A}', W('a'))
