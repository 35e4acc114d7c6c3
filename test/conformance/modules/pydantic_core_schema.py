"""Types with a schema of the author's, and marks in Annotated that have one."""
from typing import Annotated, Any
from pydantic import BaseModel, GetCoreSchemaHandler, ValidationError, PlainSerializer, PlainValidator
from pydantic_core import core_schema
class T:
    def __init__(self, v): self.v = v
    def __repr__(self): return f'T({self.v})'
class Ann:
    def __init__(self, k): self.k = k
    def __get_pydantic_core_schema__(self, source, handler):
        def f(v):
            if v < 0: raise ValueError('neg')
            return T(v * self.k)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.chain_schema([core_schema.int_schema(), core_schema.no_info_plain_validator_function(f)]),
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(T), core_schema.no_info_after_validator_function(f, core_schema.float_schema(le=9))]),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda t: t.v, when_used='json'))
class ClsAnn:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        s = handler(int)
        return core_schema.no_info_after_validator_function(lambda v: v + 1, s)
class M(BaseModel):
    a: Annotated[T, Ann(2)]
    b: Annotated[str, ClsAnn] = 0
    c: Annotated[T, PlainValidator(lambda v: T(v))] = None
try: M(a='x')
except ValidationError as e: r = e.errors(include_url=False)
try: M(a=-1)
except ValidationError as e: r2 = str(e)
for part in (M(a=3, b='4', c=2), M.model_validate_json('{"a": 3}'), M(a=3).model_dump(), M(a=3).model_dump_json(), r, r2, M(a=T(1))):
    print(part)

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import core_schema
class V:
    def __init__(self, v): self.v = v
    def __repr__(self): return f'V({self.v})'
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(cls.make, serialization=core_schema.plain_serializer_function_ser_schema(lambda v: v.v))
    @classmethod
    def make(cls, v): return v if isinstance(v, cls) else cls(v)
class A(BaseModel):
    v: V
for part in (A(v=3), A(v=3).model_dump()):
    print(part)

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import core_schema, CoreSchema
class Name(str):
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, handler(str))
class A(BaseModel):
    v: Name
for part in (A(v='x'), type(A(v='y').v).__name__):
    print(part)

from pydantic import BaseModel
import pint
from typing import Annotated, Any
from pydantic_core import core_schema
u = pint.UnitRegistry(); Q_ = u.Quantity
class Qty:
    def __class_getitem__(cls, unit):
        class _Ann:
            @classmethod
            def __get_pydantic_core_schema__(c, source, handler):
                def v(x): 
                    q = x if isinstance(x, u.Quantity) else Q_(x)
                    return q.to(unit)
                return core_schema.no_info_plain_validator_function(v, serialization=core_schema.to_string_ser_schema())
        return Annotated[Any, _Ann]
class M(BaseModel):
    p: Qty['kW']
    e: Qty['J'] = Q_(1, 'kWh')
for part in (M(p='3 hp'), M(p=Q_(2, 'MW')).p, M(p='1 W').model_dump(), M(p='1 W').model_dump(mode='json'), M(p='1 W').model_dump_json(exclude={'e'})):
    print(part)
