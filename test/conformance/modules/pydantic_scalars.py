"""What pydantic makes of inputs for numbers, texts and other single values, lax and strict."""
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, Optional, Union

from pydantic import (
    BaseModel, ConfigDict, Field, FiniteFloat, NegativeFloat, NegativeInt, NonNegativeFloat, NonNegativeInt,
    NonPositiveInt, PositiveFloat, PositiveInt, StrictBool, StrictFloat, StrictInt, StrictStr, StringConstraints,
    TypeAdapter, ValidationError, confloat, conint, conlist, constr,
)


def show(type_, *inputs, strict=None):
    adapter = TypeAdapter(type_)
    for one in inputs:
        try:
            made = adapter.validate_python(one, strict=strict)
            print(repr(one), '->', repr(made), type(made).__name__)
        except ValidationError as error:
            print(repr(one), '->', str(error).replace('\n', ' | '))


class Text(str):
    pass


class Number(int):
    pass


class Color(str, Enum):
    RED = 'red'
    BLUE = 'blue'


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Plain(Enum):
    ONE = 1
    TWO = 'two'
    THREE = 3.5


INPUTS = [1, 0, -5, 2**70, True, False, 1.0, 1.5, float('inf'), float('nan'), 1e20, '1', ' 12 ', '+3', '-4', '1_000', '1__0', '_1', '1.0', '1.00',
          '1.5', '1e3', 'abc', '', ' ', '0x10', '007', '-0', 'inf', '-Infinity', 'NaN', '.5', '5.', b'7', b'\xff', None, [1], (1,), {}, Decimal('3'),
          Decimal('3.5'), Decimal('NaN'), Fraction(4, 2), Fraction(1, 3), 1j, Text('8'), Number(9), Size.SMALL, Color.RED, Plain.ONE]
for kind in (int, float, bool, str, bytes, Decimal):
    print('==', kind.__name__)
    show(kind, *INPUTS)
    print('== strict', kind.__name__)
    show(kind, *INPUTS, strict=True)
show(Fraction, '3/4', '1.5', 'x', 2, 1.5, Fraction(1, 3), Decimal('0.5'))
show(Fraction, '3/4', Fraction(1, 3), strict=True)
print('== bool')
show(bool, 'yes', 'NO', 'On', 'off', 'TRUE', 't', 'F', 'y', 'n', 'maybe', 2, -1, 0.0, 1.0, 2.5, b'true')
print('== none and any')
show(None, None, 0, '')
show(Any, 1, None, 'x')
print('== enums')
for kind in (Color, Size, Plain):
    show(kind, 'red', Color.BLUE, 1, '2', 2.0, 3.5, 'two', 'green', None, Size.LARGE, True)
show(Plain, Plain.TWO)
show(Color, 'red', Color.RED, strict=True)
print('== literals')
show(Literal['a', 'b', 1], 'a', 'b', 1, 'c', True, 1.0, None, [])
show(Literal['only'], 'only', 'other')
show(Literal[Color.RED, None], Color.RED, 'red', None, 3)
print('== bounds')
show(Annotated[int, Field(gt=0, le=10)], 1, 10, 0, 11, '5', 'x')
show(Annotated[int, Field(ge=0, lt=10, multiple_of=3)], 0, 3, 4, -3, 10, 12)
show(Annotated[float, Field(gt=0.5, le=1.5)], 0.5, 0.6, 1.5, 1.6, 1, 'nan')
show(Annotated[float, Field(gt=1.0)], 1, 2, 1e300)
show(Annotated[float, Field(lt=1e21)], 1e22)
show(Annotated[float, Field(gt=1e-7)], 0)
show(Annotated[float, Field(multiple_of=0.1)], 0.3, 0.35, 1)
show(Annotated[float, Field(ge=0, allow_inf_nan=False)], float('inf'), 1)
show(Annotated[Decimal, Field(gt=0, max_digits=4, decimal_places=2)], 1, '1.25', '1.255', '123.4', '12345', -1, '0', 1.5)
show(Annotated[Decimal, Field(multiple_of=Decimal('0.25'), le=Decimal('10.5'))], '0.5', '0.3', '11')
show(Annotated[str, Field(min_length=2, max_length=4)], 'a', 'ab', 'abcde', 'é\U0001f600', 3)
show(Annotated[str, Field(pattern=r'^[a-z]+\d$')], 'ab1', 'ab', 'AB1', 'ab1\n')
show(Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=2)], ' ab ', ' a ', 'xyz')
show(Annotated[bytes, Field(min_length=2)], b'a', 'ab')
show(Annotated[list[int], Field(min_length=1, max_length=2)], [], [1], [1, 2, 3], ['x'])
show(Annotated[Optional[int], Field(gt=3)], None, 4, 3)
show(Annotated[Union[int, float], Field(gt=3)], 4, 3.5)
print('== constrained types')
for kind in (PositiveInt, NegativeInt, NonNegativeInt, NonPositiveInt):
    show(kind, -1, 0, 1, '2', 'x')
for kind in (PositiveFloat, NegativeFloat, NonNegativeFloat, FiniteFloat):
    show(kind, -1.5, 0, 1, float('inf'), 'x')
show(StrictInt, 1, '1', True, 1.0)
show(StrictFloat, 1, 1.0, '1.0', True)
show(StrictStr, 'a', 1, b'a', Text('q'))
show(StrictBool, True, 1, 'yes')
show(conint(gt=1, lt=5), 1, 2, 5)
show(confloat(ge=0.0, le=1.0), -0.1, 0.5, 1.1)
show(constr(min_length=1, pattern='^x'), '', 'x', 'y')
show(conlist(int, min_length=2), [1], [1, 2])
print('== dates')
show(date, date(2024, 2, 29), datetime(2024, 1, 2), datetime(2024, 1, 2, 3), '2024-02-29', '2024-02-30', '2024-13-01', 'soon', None, [])
show(datetime, datetime(2024, 1, 2, 3, 4), date(2024, 1, 2), '2024-01-02', '2024-01-02T03:04:05', '2024-01-02 03:04:05.250', 'soon', None)
show(time, time(1, 2), '01:02', '01:02:03.5', 'x', None)
show(timedelta, timedelta(days=1), 90, 1.5, 'PT1H30M', '02:03:04', None)
show(date, '2024-01-01', date(2024, 1, 1), datetime(2024, 1, 1), strict=True)
show(Annotated[date, Field(ge=date(2024, 1, 1))], '2023-12-31', '2024-01-01')


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)
    a: int = 0
    b: float = 0.0
    c: list[int] = []
    d: tuple[int, ...] = ()
    e: Annotated[int, Field(strict=False)] = 0


for data in ({'a': '1'}, {'b': 1}, {'c': (1,)}, {'c': ['1']}, {'d': [1]}, {'e': '3'}, {'a': 1.0}):
    try:
        print(Strict(**data))
    except ValidationError as error:
        print(error)
