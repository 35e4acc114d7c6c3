"""Models of quantities, as books with units write them."""
from typing import Annotated, Any

import pint
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError, field_validator

ureg = pint.UnitRegistry()
ureg.define('flop = []')
ureg.define('byte_ = []')
Q_ = ureg.Quantity


def to_quantity(value: Any) -> Any:
    if isinstance(value, str):
        return Q_(value)
    return value


def of(unit):
    def check(value):
        if not value.check(unit):
            raise ValueError(f'expected {unit}, got {value.dimensionality}')
        return value

    return check


Speed = Annotated[Q_, BeforeValidator(to_quantity), AfterValidator(of('[length]/[time]'))]
Length = Annotated[Any, BeforeValidator(to_quantity), PlainSerializer(lambda v: f'{v:~P}')]


class Hardware(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)
    name: str
    speed: Speed
    size: Length = Field(default='3 m', validate_default=True)
    power: pint.Quantity | None = None

    @property
    def hours(self):
        return (1000 * ureg.km / self.speed).to('hour')


h = Hardware(name='car', speed='100 km/hour')
print(h, h.hours, h.speed.to('m/s'), h.model_dump())
print(Hardware(name='x', speed=Q_(2, 'm/s'), power=Q_(5, 'W')).power)
for data in ({'speed': '3 kg'}, {'speed': 4}, {'speed': '3 m/s', 'power': 3}):
    try:
        print(Hardware(name='y', **data))
    except (ValidationError, Exception) as error:
        print(type(error).__name__, '|', error)
print(h == Hardware(name='car', speed='100 km/hour'), h.model_copy(update={'name': 'z'}).name)
