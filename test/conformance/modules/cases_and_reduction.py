# Regular expressions without case, states of random numbers, and units that a registry reduces.
import re
import pint, numpy as np
from pint import UnitRegistry
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
u = UnitRegistry(auto_reduce_dimensions=True)
v = 1 * u.m / u.s
c = 1 * u.um**2
print(repr(c / v), repr(c * v), repr((3 * u.km) / (2 * u.m)), repr(u.km / u.m), repr((1*u.um)**2 / (1*u.m)))
u2 = UnitRegistry()
Q = u2.Quantity
q = Q(np.array([[1., 2.], [3., np.nan]]), 'm')
t(np.nanprod, q); t(np.nansum, q); t(np.prod, Q(np.array([1., 2, 3]), 'm')); t(np.nanprod, Q(np.array([1., 2, 3]), 'm'))
t(np.broadcast_arrays, np.array([1, 2]), np.array([[1], [2]]), subok=True)
from pint.errors import RedefinitionError
t(lambda: str(RedefinitionError('foo', 'bar')))
t(lambda: 'meters' in u2); t(lambda: 'foox' in u2)
t(lambda: np.array((1, 1)) ** Q((2, 3), 'mm/cm'))
class S(str): pass
print(re.compile(S('a+')).findall('aab'), re.sub('y', S('a'), S('xyz')), re.match(S('x'), 'xy'))
print(re.compile('\xc0', re.A | re.I).match('\xe0'), re.compile('k', re.A | re.I).match('\u212a'), re.compile('k', re.I).match('\u212a'), re.match('S', '\u017f', re.I))
t(re.compile, r'\w', re.U | re.A)
import random, io
t(random.Random(1).setstate, (1, None, None)); t(random.Random(1).setstate, (3, (1, 2), None))
class FS(io.StringIO):
    n = 0
    def flush(self): self.n += 1
f = FS(); print('x', file=f, flush=True); print('y', file=f); print(f.n)
print(re.findall('[a-z]', 'ſKıİ', re.I), re.findall('[a-z]', 'ſKX', re.I | re.A), re.match('[µ]', 'μ', re.I), re.match('ΐ', 'ΐ', re.I), re.sub('É', 'e', 'éÉ', flags=re.I), re.sub('É', 'e', 'éÉ', flags=re.I | re.A), re.match('ß', 'ẞ', re.I), re.match('I', 'ı', re.I), re.match('[^s]', 'ſ', re.I), re.fullmatch('straße', 'STRAßE', re.I))
q3 = 2 * u.km / u.m
print(repr(q3), repr(q3 * 3), repr(4 / (2 * u.km) * u.m), repr((1 * u.J) / (2 * u.kg)), repr((5 * u.m) * (3 * u.cm)))
q4 = 5 * u.m; q4 *= 2 * u.cm; print(repr(q4)); q4 /= 1 * u.km; print(repr(q4))
class S(str): pass
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: S('a'))
t(lambda: re.compile(S('a+')).findall('aab'))
t(lambda: re.match(S('x'), 'xy'))
t(lambda: re.sub('y', 'a', S('xyz')))
t(lambda: re.sub('y', S('a'), 'xyz'))
