"""Hooks for subclasses, Config classes, metaclasses that extend that of models."""
from pydantic import BaseModel
class A(BaseModel):
    q: int
    def __init_subclass__(cls, **kw): super().__init_subclass__(**kw)
    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs):
        super().__pydantic_init_subclass__(**kwargs)
        cls.n = len(cls.model_fields); cls.kw = kwargs
class B(A):
    z: int = 3
for part in (B.n, B.kw, hasattr(A, 'n')):
    print(part)

from pydantic import BaseModel
class A(BaseModel):
    class Config:
        validate_assignment = True
        allow_population_by_field_name = True
        extra = 'allow'
    a: int = 1
class B(A):
    class Config(A.Config):
        frozen = True
    b: int = 2
x = A(z=1); x.a = '5'
try: B().b = 3
except Exception as e: r = str(e)[:40]
for part in (x, r, B(q=1), A.model_config, sorted(B.model_config)):
    print(part)

from pydantic import BaseModel
class A(BaseModel):
    x: int
    class Config:
        frozen = True
        arbitrary_types_allowed = True
for part in (A(x='3'),):
    print(part)

from pydantic import BaseModel
class M(type(BaseModel)):
    reg = {}
    def __new__(m, name, bases, ns, **kw):
        cls = super().__new__(m, name, bases, ns, **kw)
        m.reg[name.lower()] = cls
        return cls
    def __getitem__(cls, k): return M.reg[k]
class B(BaseModel, metaclass=M, frozen=True):
    z: int = 3
class C(B):
    y: float = 1
for part in (hash(B()) == hash(B()), B['c'](y='2'), B(), sorted(M.reg), type(C).__name__):
    print(part)

from pydantic._internal._model_construction import ModelMetaclass
from pydantic import BaseModel
for part in (ModelMetaclass is type(BaseModel),):
    print(part)
