"""Classes derived from property, staticmethod and classmethod, with methods of their own."""
import functools


class Doubling(property):
    def __get__(self, obj, owner=None):
        return 'of the class' if obj is None else 42

    def __set__(self, obj, value):
        obj.__dict__['kept'] = value * 2

    def __delete__(self, obj):
        del obj.__dict__['kept']


class Both(property):
    def __init__(self, fget=None, fset=None, fdel=None, doc=None, ofclass=None):
        self.ofclass = ofclass
        property.__init__(self, fget=fget, fset=fset, fdel=fdel, doc=doc)

    def __get__(self, obj, owner=None):
        return self.ofclass if obj is None else property.__get__(self, obj, owner)


class Noted(property):
    def __init__(self, fget, note):
        super().__init__(fget)
        self.note = note


class Plain(property):
    pass


class Well:
    @Doubling
    def flow(self):
        return 1

    depth = Both(lambda self: 7, ofclass='any')
    level = Noted(lambda self: 8, 'daily')

    @Plain
    def width(self):
        "how wide"
        return 3

    @width.setter
    def width(self, value):
        self.wide = value


well = Well()
print(well.flow, Well.flow)
well.flow = 4
print(vars(well), well.flow)
del well.flow
print(vars(well), well.depth, Well.depth, well.level, Well.level.note)
well.width = 5
print(well.width, well.wide, Well.width.__doc__, type(Well.width).__name__)
try:
    well.level = 1
except AttributeError as error:
    print(error)


class Tagged(staticmethod):
    def __init__(self, func, tag):
        super().__init__(func)
        self.tag = tag


class Asked(classmethod):
    def __init__(self, func, tag=1):
        super().__init__(func)
        self.tag = tag

    def __get__(self, obj, owner=None):
        return 'asked', self.tag


class Tank:
    fill = Tagged(lambda: 5, 'x')
    name = Asked(lambda cls: 6, tag=3)


print(Tank.fill(), Tank.__dict__['fill'].tag, Tank.name, Tank().name, type(Tank.__dict__['fill']).__name__)


class ofclass(property):
    def __get__(self, obj, owner=None):
        return self.fget(owner)


class Pump:
    @ofclass
    def title(cls):
        return cls.__name__


print(Pump.title, Pump().title)


class twice(functools.cached_property):
    def __get__(self, obj, owner=None):
        return self if obj is None else super().__get__(obj, owner) * 2


class Pipe:
    @twice
    def bore(self):
        return 3


pipe = Pipe()
print(pipe.bore, pipe.bore)
