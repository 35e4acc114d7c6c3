"""Dumps: defaults that a factory makes, what a serializer adds, members of enumerations as keys, computed fields."""
from enum import IntEnum
from pydantic import BaseModel, Field, computed_field, model_serializer


class Season(IntEnum):
    WINTER = 1
    SUMMER = 3


class Part(BaseModel):
    sizes: list[int] = Field(default_factory=lambda: [1])
    shares: dict[Season, float] = {}
    name: str = "p"

    @computed_field(alias="fullName", description="All of it")
    @property
    def full(self) -> str:
        return self.name + "!"


class Whole(BaseModel):
    part: Part = Part()
    other: int = 1

    @model_serializer(mode="wrap")
    def kind(self, handler):
        return {**handler(self), "kind": "whole"}


print(Part(sizes=[1], name="q").model_dump(exclude_defaults=True))
print(Part(sizes=[2]).model_dump(exclude_defaults=True))
print(Whole().model_dump(include={"part": {"name"}}))
print(Whole().model_dump(exclude={"kind", "part"}))
print(Part(shares={1: 0.5, "3": 0.25}).model_dump_json(), Part(shares={3: 1}).model_dump(mode="json")["shares"])
print(list(Part.model_computed_fields), Part.model_computed_fields["full"].description)
print(Part().copy(update={"name": "r"}), list(Part.__fields__))
