"""Inheritance of several, defaults, and dumps once more."""
from typing import *  # noqa
from pydantic import *
def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, '|', error)
class Base(BaseModel):
    model_config = ConfigDict(extra='forbid')
    id: str
    value: float = 1
    @field_validator('value')
    @classmethod
    def chk(cls, v): return v
class Left(Base):
    left: int = 0
class Right(Base):
    right: int = 0
class Both(Left, Right):
    both: int = 0
print(Both(id='x'), list(Both.model_fields))
class Reg:
    A = Left(id='a', value=2)
    B = Right(id='b')
    @classmethod
    def all(cls): return [v for v in vars(cls).values() if isinstance(v, Base)]
print(Reg.A.value, [r.id for r in Reg.all()])
class Uni(BaseModel):
    m: Union[Left, Right]
    n: Optional[Union[Left, int]] = None
print(Uni(m={'id': 'q', 'right': 2}), Uni(m=Reg.B, n='3'))
attempt(lambda: Uni(m={'id': 1, 'x': 2}, n='q'))
class Tmpl(BaseModel):
    name: str
    def __str__(self): return f'<{self.name}>'
    def __eq__(self, other): return self.name == other.name
    @property
    def upper(self): return self.name.upper()
    @classmethod
    def make(cls, n): return cls(name=n)
    @staticmethod
    def s(): return 1
t = Tmpl.make('q')
print(t, repr(t), f'{t}', t == Tmpl(name='q'), t.upper, t.s())
attempt(lambda: hash(t))
class Ov(Tmpl):
    name: Literal['z'] = 'z'
print(Ov())
attempt(lambda: Ov(name='q'))
class Dflt(BaseModel):
    tags: List[str] = ['a']
    sub: Tmpl = Tmpl(name='d')
a, b = Dflt(), Dflt()
a.tags.append('b'); a.sub.name = 'changed'
print(a, b, Dflt().sub is b.sub)
class Post(BaseModel):
    a: int
    b: Optional[int] = None
    @model_validator(mode='after')
    def fill(self):
        if self.b is None:
            self.b = self.a * 2
        return self
p = Post(a=2)
print(p, p.model_fields_set == {'a', 'b'}, Post(a=1, b=None).b)
print(Post.model_validate({'a': 1}).model_dump(exclude_none=True), p.dict(), Post.parse_obj({'a': 3}), p.json())
class F(BaseModel):
    x: int = 1
    y: float = 2
    class Meta:
        z = 1
print(F.Meta.z, F().model_dump(include={'x': ...}))
attempt(lambda: F().model_dump(include=['x']))
attempt(lambda: F(x=10**30))
attempt(lambda: F(y=10**400))
attempt(lambda: F(x='9' * 5000))
attempt(lambda: F.model_validate({'x': 1, 2: 3}))
attempt(lambda: Base.model_validate({'id': 'a', 2: 3}))
class W(BaseModel):
    x: Any = None
    y: object = None
    z: 'list' = []
print(W(x=F(), y=[F()]), W(x=F(), y=[F()]).model_dump(), W(x={1: (2, {3})}).model_dump_json())
attempt(lambda: W(x=object()).model_dump_json())
print(W(x=float('nan')).model_dump_json(), W(x=[1e16, 1e-5, 123456789.123, 1e22, 5e-324, 0.1, -0.0, 1e15]).model_dump_json())
print(W(x=[1.25e-5, -9.99e-5, 1e-4, 1e-6]).model_dump_json(), TypeAdapter(List[float]).dump_json([1.5e-5]))
print(F().model_dump(exclude=('x',)), F().model_dump(exclude={'x': True}))
attempt(lambda: F().model_dump(include=3))
