"""Descriptions of fields, adapters, errors, JSON."""
from typing import *  # noqa
from pydantic import *
from pydantic_core import PydanticUndefined
def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, '|', error)
for name in ['EmailStr', 'SecretStr']:
    pass
class S(BaseModel):
    a: Annotated[str, StringConstraints(pattern='^a')] = Field(default='a', min_length=1, examples=['x'])
    b: Annotated[int, Field(ge=0), Field(le=5, description='both')] = 3
    c: PositiveInt = 1
    d: Optional[Annotated[int, Field(gt=0)]] = Field(None, lt=9)
    e: conint(ge=1, strict=True) = 2
    f: Annotated[float, Field(ge=0, le=1)] = 0.5
    g: Literal['a'] | None = None
    h: 'int' = Field(default=..., alias='H', title='t')
    i: tuple[int, ...] = Field((), max_length=2)
    j: Any = Field(frozen=True, default_factory=list, validate_default=True)
    k: dict[str, int] = Field({}, min_length=0)
    l: Callable | None = None
for n, f in S.model_fields.items():
    print(n, repr(f))
print(S(H=1))
attempt(lambda: S(H=1, a='b', b=6, c=0, d=10, e='1', f=2, g='q', i=[1,2,3]))
attempt(lambda: S(H=1, d=0))
attempt(lambda: S(H=1, d='x'))
attempt(lambda: Field(1, regex='x'))
attempt(lambda: PrivateAttr(1, default_factory=list))
print(PydanticUndefined)
print(Field(1), Field(...), Field(alias='x'))
ta = TypeAdapter(dict[str, PositiveFloat])
print(ta.validate_python({'a': 1}), ta)
attempt(lambda: ta.validate_python({'a': -1, 'b': 'x', 3: 1}))
attempt(lambda: TypeAdapter(int).validate_python('x', strict=True))
attempt(lambda: TypeAdapter(set[int]).validate_python([1, 'a']))
attempt(lambda: TypeAdapter(list[dict[str, list[int]]]).validate_python([{'a': [1, 'z']}, 3]))
attempt(lambda: TypeAdapter(tuple[int, str]).validate_json('[1, "a"]', strict=True))
attempt(lambda: TypeAdapter(float).validate_json('"x"'))
class J(BaseModel):
    x: None = None
    y: list[int] = []
    z: set[int] = set()
    w: dict[str, int] = {}
attempt(lambda: J.model_validate_json('{"x": 1, "y": 1, "z": {}, "w": []}'))
attempt(lambda: J.model_validate_json('[1]'))
attempt(lambda: J.model_validate('x'))
print(J.model_validate({'x': None}).model_dump_json())
class Long(BaseModel):
    text: int
attempt(lambda: Long(text='é' * 60))
attempt(lambda: Long(text=list(range(100))))
class Bad:
    def __repr__(self): raise ValueError('no')
attempt(lambda: Long(text=Bad()))
e = None
try:
    Long(text='x')
except ValidationError as error:
    e = error
print(e.title, e.error_count(), repr(e) == str(e), e.args)
try:
    try:
        Long(text='x')
    except ValidationError as error:
        raise RuntimeError('outer') from error
except RuntimeError as error:
    print(type(error.__cause__).__name__)
class Deep(BaseModel):
    model_config = ConfigDict(title='My Title')
    l: list['Deep'] = []
    n: int = 0
attempt(lambda: Deep(l=[{'l': [{'n': 'x'}]}]))
print(Deep(l=[{'n': 1}]).model_dump(exclude_defaults=True))
d = Deep(); d.l.append(d)
attempt(lambda: d.model_dump())
class P(BaseModel):
    model_config = ConfigDict(revalidate_instances='always')
    x: int
class Q(BaseModel):
    p: P
p = P(x=1); p.x = 'bad'
attempt(lambda: Q(p=p))
class V(BaseModel):
    x: int = Field(ge=0)
    @model_validator(mode='before')
    def up(cls, data):
        return {k.lower(): v for k, v in data.items()}
print(V(X=3))
class Alias(BaseModel):
    model_config = ConfigDict(populate_by_name=True, extra='forbid')
    x: int = Field(alias='ex')
attempt(lambda: Alias(x=1, ex=2))
attempt(lambda: Alias(y=1))
