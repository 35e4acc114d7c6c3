"""Classes that have their metaclass from a base alone."""
from abc import ABCMeta, abstractmethod
from numbers import Number
class Mode(metaclass=ABCMeta):
    @abstractmethod
    def blend(self, a, b): ...
class Separable(Mode):
    @abstractmethod
    def one(self, a, b): ...
    def blend(self, a, b): return [self.one(*pair) for pair in zip(a, b)]
class Open(Mode):
    @abstractmethod
    def one(self, a, b): ...
class Upper(Separable):
    def one(self, a, b): return b
class Mixed(dict, Separable): pass
print(Upper().blend([1, 2], [3, 4]), type(Upper))
for cls in (Mode, Separable, Open, Upper, Mixed):
    print(cls.__name__, sorted(cls.__abstractmethods__))
    try:
        cls()
        print("made")
    except TypeError as error:
        print(error)
class Hooked(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other): return hasattr(other, "quack")
class Below(Hooked): pass
class Duck: quack = 1
print(issubclass(Duck, Hooked), issubclass(Duck, Below), isinstance(Duck(), Below))
Below.register(int)
print(isinstance(1, Below), isinstance("a", Below))
