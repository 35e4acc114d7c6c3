import typing
from typing_extensions import Annotated, Doc, Literal, Self, TypedDict, override
import typing_extensions
print(Annotated is typing.Annotated, Literal['a'], typing_extensions.__name__)
print(Doc('words'), Doc('a') == Doc('a'), Doc('a').documentation, hash(Doc('a')) == hash(Doc('a')))
print(Annotated[int, Doc('a number')])
try:
    from typing_extensions import Nothing
except ImportError as e:
    print(type(e).__name__, str(e).split(' (')[0])
