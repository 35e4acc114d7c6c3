# A class with a metaclass takes a text and a name as any other.
from abc import ABC
from dataclasses import dataclass
@dataclass
class D(ABC):
    a: int=1
print(D())
D.__doc__="x"
print(D.__doc__)
D.__name__ = "Z"; D.__qualname__="q.Z"; D.__module__="m"; print(D, D.__name__)
class M(type):
    @property
    def size(cls): return 3
    level = 5
class X(metaclass=M): pass
try: X.size = 3
except AttributeError as e: print(e)
X.level = 4; X.__doc__="doc"; print(X.__doc__, M.level, X.level)
try: X.__mro__ = 3
except Exception as e: print(type(e).__name__)
class A: pass
class B(A): pass
try: A.__mro__ = 3
except AttributeError as e: print(e)
try: A.__name__ = 3
except TypeError as e: print(e)
A.__name__ = 'C'
try: A().__name__
except AttributeError as e: print(e)
try: B.x
except AttributeError as e: print(e)
try: A.x
except AttributeError as e: print(e)
try: A(3)
except TypeError as e: print(e)
