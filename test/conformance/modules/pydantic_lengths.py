"""How long containers may be."""
from typing import *  # noqa
from pydantic import *
from collections.abc import Sequence, Mapping
def attempt(body):
    try:
        print(repr(body()))
    except ValidationError as error:
        print(error.errors(include_url=False))
    except Exception as error:
        print(type(error).__name__, '|', error)
M = Field(max_length=1)
for t, v in ((set[int], [1, 2, 3]), (set[int], [1, 1]), (frozenset[int], {1, 2}), (list[int], (1, 2, 3)), (list[int], range(3)), (tuple[int, ...], [1, 2, 3]), (tuple[int, ...], range(2)),
             (dict[int, int], {1: 2, 3: 4}), (Sequence[int], (1, 2)), (Mapping[str, int], {'a': 1, 'b': 2}), (list, [1, 2]), (dict, {1: 1, 2: 2}), (list[int], ['x', 1]), (set[int], ['x', 1, 2]), (set[str], ['x', 1, 'y']), (dict[int, int], {'x': 1, 2: 3})):
    attempt(lambda: TypeAdapter(Annotated[t, M]).validate_python(v))
attempt(lambda: TypeAdapter(Annotated[set[int], Field(min_length=2)]).validate_python([1]))
attempt(lambda: TypeAdapter(Annotated[list[int], Field(min_length=2, max_length=3)]).validate_python([1]))
