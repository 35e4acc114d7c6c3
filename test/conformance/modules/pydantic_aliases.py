"""Generators of aliases."""
from pydantic import BaseModel, ConfigDict, Field, AliasGenerator, AliasChoices, computed_field
from pydantic.alias_generators import to_camel
class A(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    street_name: str
    x_y: int = Field(3, alias='xY2')
    z_w: int = Field(4, serialization_alias='ZW')
    @computed_field
    @property
    def full_name(self) -> str: return self.street_name + '!'
class B(A):
    model_config = ConfigDict(alias_generator=str.upper)
    other: int = 1
for part in (A(streetName='s', xY2=5, zW=6).model_dump(by_alias=True), A.model_fields['street_name'], A.model_fields['z_w'], B(STREET_NAME='x').model_dump(by_alias=True), A(street_name='q').model_dump()):
    print(part)

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel, to_pascal, to_snake
class A(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    street_name: str
    house_2_no: int = 2
for part in (A(streetName='x'), A(street_name='y').model_dump(by_alias=True), to_snake('HTTPServerX2'), to_pascal('a_b'), to_camel('foo_bar')):
    print(part)

from pydantic import AliasGenerator, BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
class A(BaseModel):
    model_config = ConfigDict(alias_generator=AliasGenerator(validation_alias=to_camel, serialization_alias=lambda s: s.upper()))
    foo_bar: int
for part in (A(fooBar=3), A(fooBar=3).model_dump(by_alias=True)):
    print(part)
