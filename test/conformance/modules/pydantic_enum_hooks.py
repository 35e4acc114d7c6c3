"""An enumeration with a metaclass and a schema of its own."""
from enum import Enum, EnumMeta
from pydantic import BaseModel
from pydantic_core import core_schema
class Meta(EnumMeta):
    def __getitem__(cls, name): return super().__getitem__(name.lower())
class K(str, Enum, metaclass=Meta):
    red = 'r'
    blue = 'b'
    @classmethod
    def _missing_(cls, v): return cls[v.lower()]
    def __str__(self): return self.name
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_after_validator_function(cls.f, core_schema.union_schema([core_schema.is_instance_schema(cls), core_schema.str_schema()]), serialization=core_schema.plain_serializer_function_ser_schema(str))
    @classmethod
    def f(cls, v): return v if isinstance(v, cls) else cls[v]
class M(BaseModel):
    k: K
    m: dict[str, K] = {}
for part in (M(k='RED'), M(k=K.blue, m={'a': 'Blue'}).model_dump(), K('BLUE'), f'{K.red}'):
    print(part)
