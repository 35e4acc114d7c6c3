# Settings of models: titles, inputs in errors, durations in JSON, and typed dicts whose annotations are texts.
from __future__ import annotations

from datetime import timedelta
from typing import Annotated, NamedTuple, NotRequired, Required, TypedDict

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


def show(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, error)


class Hidden(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True, title='The hidden', loc_by_alias=True, ser_json_bytes='utf8')
    x: int


class Lasting(BaseModel):
    model_config = ConfigDict(ser_json_timedelta='float', val_json_bytes='utf8')
    t: timedelta
    more: list[timedelta] = []


class Weather(TypedDict):
    cloud: Annotated[float, Field(ge=0, le=1)]
    seeing: NotRequired[float]


class Night(Weather, total=False):
    day: Required[str]
    wind: int


class Point(NamedTuple):
    x: int
    w: Weather | None = None


show(lambda: Hidden(x='a'))
show(lambda: Lasting(t=timedelta(minutes=3, microseconds=5)).model_dump_json())
show(lambda: Lasting(t=timedelta(days=-1), more=['PT5S', 0.25]).model_dump(mode='json'))
show(lambda: Lasting(t=5).model_dump())
for given in ({'cloud': '0.5'}, {'cloud': 2}, {'cloud': 1, 'seeing': 'x'}, {}):
    show(lambda: TypeAdapter(Weather).validate_python(given))
for given in ({'cloud': 1, 'day': 'a'}, {'cloud': 1}, {'cloud': 1, 'day': 'b', 'wind': 3.0}):
    show(lambda: TypeAdapter(Night).validate_python(given))
show(lambda: TypeAdapter(Point).validate_python(('3', {'cloud': 0})))
