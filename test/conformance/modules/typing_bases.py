"""What forms of typing among the bases of a class stand for."""
from typing import Callable, Generic, Iterable, List, Mapping, Protocol, Sized, TypeVar

T=TypeVar('T')
class A(Iterable[T], Protocol): pass
class B(Iterable, Generic[T]):
    def __iter__(s): return iter(())
class C(List, Generic[T]): pass
class D(Mapping[str,T], Sized):
    def __len__(s): return 0
    def __iter__(s): return iter(())
    def __getitem__(s,k): return 1
class E(Callable[[int],str]):
    def __call__(s,x): return 'a'
for k in (A,B,C,D,E): print([c.__name__ for c in k.__mro__], k.__parameters__ if hasattr(k,'__parameters__') else None, k.__orig_bases__)
