from itertools import *
from functools import *
from collections import *
import operator
print(list(chain([1,2],(3,))), list(islice(count(5,2),3)), list(permutations('abc',2)))
print([(k,list(g)) for k,g in groupby('aabbbc')])
print(reduce(operator.add, range(5)), partial(int, base=2)('101'))
@lru_cache(maxsize=None)
def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
print(fib(80), fib.cache_info(), fib.__name__)
P=namedtuple('P','x y')
p=P(1,y=2); print(p, p.x, p._replace(x=5), p._asdict(), P._fields)
try: P(1)
except TypeError as e: print(e)
c=Counter('mississippi'); print(c, c.most_common(2), c['z'])
d=defaultdict(list); d['a'].append(1); print(d)
q=deque([1,2,3],maxlen=3); q.append(4); print(q, q[0]); q.rotate(1); print(q)
o=OrderedDict(a=1,b=2); o.move_to_end('a'); print(o)
print(ChainMap({'a':1},{'b':2})['b'])
@total_ordering
class A:
    def __init__(s,x): s.x=x
    def __eq__(s,o): return s.x==o.x
    def __lt__(s,o): return s.x<o.x
print(A(1)>=A(0), sorted([3,1,2], key=cmp_to_key(lambda a,b:b-a)))
@singledispatch
def f(x): return 'obj'
@f.register
def _(x:int): return 'int'
@f.register(list)
def _(x): return 'list'
print(f(1),f([]),f('a'))
class B:
    @cached_property
    def v(self): print('once'); return 7
b=B(); print(b.v,b.v)
from collections.abc import Sequence, Mapping, Iterable
print(isinstance([],Sequence), isinstance({},Mapping), isinstance(1,Iterable), isinstance('',Iterable))
print(operator.itemgetter(1,2)([1,2,3]), operator.attrgetter('x')(p), operator.methodcaller('upper')('a'))
print(count(3), repeat(1,2), partial(int, base=2))
