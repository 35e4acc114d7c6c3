class M(type):
    def __new__(mcls, name, bases, ns, **kw):
        print('new', name, [b.__name__ for b in bases], sorted(k for k in ns if not k.startswith('__')), kw)
        cls = super().__new__(mcls, name, bases, ns)
        cls.extra = kw
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        print('init', name, kw)
    def __call__(cls, *a, **k):
        print('call', cls.__name__, a, k)
        return super().__call__(*a, **k)
    def __repr__(cls): return f'<M {cls.__name__}>'
    def __len__(cls): return 7
    def __iter__(cls): return iter('xyz')
    def __getitem__(cls, k): return k * 2
    def __contains__(cls, k): return k == 3
    def hello(cls): return 'hello ' + cls.__name__
    @property
    def prop(cls): return cls.__name__.upper()
    def __add__(cls, o): return (cls.__name__, o)
    def __instancecheck__(cls, x): return x == 42
    def __subclasscheck__(cls, x): return x is int
    def __getattr__(cls, n):
        if n.startswith('dyn_'): return n[4:]
        raise AttributeError(n)
class A(metaclass=M, flag=1):
    x = 1
    def __init__(self, v=0): self.v = v
    def f(self): return __class__
class B(A):
    def f(self): return super().f()
print(A, repr(B), type(A), type(B) is M, A.hello(), B.prop, len(A), list(A), A[4], 3 in A, 4 in A, A + 1)
print(B(5).v, B(6).f(), A.extra, B.extra)
print(isinstance(42, A), isinstance(A(), B), issubclass(int, A), issubclass(B, A), A.dyn_foo)
try: A.zzz
except AttributeError as e: print(e)
try: A().hello()
except AttributeError as e: print(e)
print(A.__class__, M.__mro__, isinstance(A, type), issubclass(M, type), isinstance(M, type))
class Singleton(type):
    _inst = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls._inst:
            cls._inst[cls] = super().__call__(*args, **kwargs)
        return cls._inst[cls]
class Conf(metaclass=Singleton):
    def __init__(self): self.n = 3
print(Conf() is Conf(), Conf().n)
class Reg(type):
    registry = []
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        if bases: Reg.registry.append(name)
class Base(metaclass=Reg): pass
class P1(Base): pass
class P2(Base): pass
print(Reg.registry)
try:
    class C(Base, metaclass=Singleton): pass
except TypeError as e: print(e)
def meta(name, bases, ns, **kw): return name, len(bases), kw
class F(int, str, metaclass=meta, q=1): pass
print(F)
D = M('D', (A,), {'y': 2})
print(D, D.y, D().v)
print(type('E', (A,), {}).hello())
class Field:
    def __set_name__(self, owner, name): print('set', owner, name); self.name = name
class Model(type):
    def __new__(m, name, bases, ns):
        fields = {k: v for k, v in ns.items() if isinstance(v, Field)}
        cls = type.__new__(m, name, bases, ns)
        cls._fields = list(fields)
        return cls
class User(metaclass=Model):
    a = Field()
    b = Field()
print(User._fields)
class Sub:
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        cls.inst = cls()
class S2(Sub):
    def __init__(self): super().__init__(); self.k = 1
print(S2.inst.k)
class Frozen(type):
    def __setattr__(cls, n, v): raise AttributeError('frozen ' + n)
class FF(metaclass=Frozen): a = 1
try: FF.a = 2
except AttributeError as e: print(e)
class WithSlots(type):
    def __new__(m, n, b, d): d['tag'] = n.lower(); return super().__new__(m, n, b, d)
class W(metaclass=WithSlots): __slots__ = ('p',)
print(W.tag, W.__slots__)
class L(list, metaclass=M): pass
print(L([1,2]), type(L()))
print(M.__name__, M.__bases__, type(M))
try: M('x')
except TypeError as e: print(e)
try: type.__new__(int, 'a', (), {})
except TypeError as e: print(e)
