import logging
class Once(logging.Logger):
    def __init__(self, name, level=logging.NOTSET):
        super().__init__(name, level)
        self.__seen = set()
    def once(self, msg, *args):
        if msg not in self.__seen:
            self.__seen.add(msg)
            self.log(logging.WARNING, msg, *args)
plain = logging.getLogger("plain")
logging.setLoggerClass(Once)
a = logging.getLogger("pkg")
b = logging.getLogger("pkg.sub")
print(type(a).__name__, a is logging.getLogger("pkg"), isinstance(b, Once), a.name, b.name, a.level, type(plain).__name__)
print(repr(a), logging.getLoggerClass().__name__)
a.setLevel("DEBUG"); print(a.level, b.level, b.getEffectiveLevel(), b.isEnabledFor(10), repr(b))
class Colour(logging.Formatter):
    def __init__(self, fmt):
        super().__init__()
        self.fmt = fmt
h = logging.StreamHandler()
h.setFormatter(Colour("%(message)s"))
h.setLevel(logging.INFO)
print(h.level, h.formatter is not None, h.formatter.fmt, h.formatter._fmt, h.name, h.filters)
print(a.handlers, a.hasHandlers(), b.hasHandlers())
if not a.handlers:
    a.addHandler(h)
a.addHandler(h)
print(len(a.handlers), a.handlers[0] is h, b.handlers, b.hasHandlers())
a.propagate = False
print(a.propagate, b.propagate, a.disabled)
for x in list(a.handlers):
    a.removeHandler(x)
print(a.handlers, a.hasHandlers(), b.hasHandlers())
a.propagate = True
n = logging.NullHandler()
print(n)
a.addHandler(n)
a.once("hidden"); a.once("hidden")
print(a.hasHandlers())
logging.disable(logging.INFO)
print(a.isEnabledFor(20), a.isEnabledFor(30))
logging.disable(logging.NOTSET)
try:
    logging.setLoggerClass(int)
except TypeError as e:
    print(e)
try:
    logging.Formatter("x", style="?")
except ValueError as e:
    print(e)
ad = logging.LoggerAdapter(a, {"k": 1})
print(ad.name, ad.isEnabledFor(10), ad.process("m", {}), ad.extra)
class Only(logging.Filter):
    def filter(self, record): return True
f = Only("pkg"); a.addFilter(f); a.addFilter(f); print(len(a.filters), f.name, f.nlen); a.removeFilter(f); print(a.filters)
logging.shutdown()
print(logging.getLogger("pkg") is a, logging.getLogger() is logging.root)
