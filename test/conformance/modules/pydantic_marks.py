"""Marks in Annotated, unions told apart by functions, models made by create_model."""
from typing import Annotated
from pydantic import BaseModel, SkipValidation, InstanceOf, SerializeAsAny, Json, WithJsonSchema, ValidationError, Discriminator, Field, Tag
class A(BaseModel):
    k: str = 'a'
class B(A):
    y: int = 2
class M(BaseModel):
    a: Annotated[int, SkipValidation()] = 'x'
    b: InstanceOf[A] = A()
    c: list[SerializeAsAny[A]] = []
    d: Json = None
    e: Json[dict[str, int]] = None
class U(BaseModel):
    x: Annotated[Annotated[A, Tag('a')] | Annotated[B, Tag('b')], Discriminator(lambda v: v.get('k') if isinstance(v, dict) else 'b')]
    z: Annotated[A, Tag('a')] | Annotated[B, Tag('b')] = Field(default=None, discriminator=Discriminator(lambda v: 'a'))
def err(f):
    try: f()
    except ValidationError as e: return str(e)
for part in (M(c=[B()]).model_dump(), M(d='[1]', e='{"a": 2}'), err(lambda: M(b={'k': 1})), err(lambda: M(d=3)), err(lambda: U(x={'k': 'q'})), err(lambda: U(x={'k': 'b', 'y': 'z'})), U(x=B()), U(x={'k': 'a'}, z={}), err(lambda: U(x={}))):
    print(part)

from pydantic import BaseModel, Json
class A(BaseModel):
    k: Json[list[int]]
for part in (A(k='[1,2]'),):
    print(part)

from pydantic import BaseModel, SerializeAsAny
class A(BaseModel):
    x: int
class B(A):
    y: int
class C(BaseModel):
    a: SerializeAsAny[A]
    b: A
for part in (C(a=B(x=1,y=2), b=B(x=1,y=2)).model_dump(),):
    print(part)

from pydantic import BaseModel, InstanceOf, SkipValidation
class Q: 
    def __repr__(self): return 'Q()'
class C(BaseModel):
    a: InstanceOf[Q]
    b: SkipValidation[int]
for part in (C(a=Q(), b='x'),):
    print(part)

from pydantic import BaseModel, Field, Discriminator, Tag
from typing import Annotated, Union, Any
class A(BaseModel):
    x: int
class B(BaseModel):
    y: int
def f(v: Any):
    return 'a' if (isinstance(v, dict) and 'x' in v) or hasattr(v, 'x') else 'b'
class C(BaseModel):
    s: Annotated[Union[Annotated[A, Tag('a')], Annotated[B, Tag('b')]], Discriminator(f)]
for part in ([C(s={'x': 1}), C(s={'y': 1}), C(s=A(x=2))],):
    print(part)

from pydantic import create_model, Field, BaseModel
P = create_model('P', x=(int, Field(gt=0)), y=(str, 'a'), __doc__='Doc')
for part in (P(x=1), P.__doc__):
    print(part)
