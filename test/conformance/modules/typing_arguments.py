"""Types with arguments: what they show, how they compare, and how type variables are replaced."""
import types
from typing import (
    Annotated, Any, Callable, ClassVar, DefaultDict, Dict, Final, ForwardRef, Generator, Generic, List, Literal, Mapping,
    NamedTuple, NewType, NotRequired, Optional, ParamSpec, Protocol, ReadOnly, Required, Sequence, SupportsInt, Tuple, Type,
    TypedDict, TypeVar, TypeVarTuple, Union, final, get_args, get_origin, get_protocol_members, get_type_hints, is_protocol,
    is_typeddict, overload, override,
)

T = TypeVar('T')
K = TypeVar('K')
V = TypeVar('V')


def show(*computations):
    for compute in computations:
        try:
            print(compute())
        except Exception as error:
            print(type(error).__name__, error)


# replacing type variables
show(
    lambda: List[T][int], lambda: Dict[K, V][str, int], lambda: Dict[str, T][int], lambda: Optional[T][int],
    lambda: Union[T, int][str], lambda: Union[T, int][int], lambda: Callable[[T], V][int, str],
    lambda: Tuple[T, ...][int], lambda: list[T][int], lambda: dict[str, T][int], lambda: tuple[T, ...][int],
    lambda: List[List[T]][int], lambda: list[List[T]][T], lambda: Annotated[T, 'note'][int],
    lambda: List[int][str], lambda: list[int][str], lambda: List[T][int, str], lambda: Dict[K, V][str], lambda: list[T][()],
    lambda: List[T].__parameters__, lambda: dict[K, list[V]].__parameters__, lambda: (List[T] | None).__parameters__,
)

# numbers of arguments
show(
    lambda: Dict[str], lambda: Dict[int, str, bytes], lambda: List[int, str], lambda: Callable[int],
    lambda: Optional[int, str], lambda: Annotated[int], lambda: Final[int, str], lambda: Union[()],
    lambda: Generator[int], lambda: Tuple[()], lambda: List[ClassVar[int]], lambda: List[Union], lambda: Any[int],
)

# texts
show(
    lambda: Callable[[], None], lambda: Callable[[int, str], None].__args__, lambda: Callable[..., Any],
    lambda: get_args(Callable[[int], str]), lambda: get_args(Callable[..., int]), lambda: Generator[int, str, None],
    lambda: Optional[None], lambda: Optional[List[int]], lambda: Union[int, str, None], lambda: Literal[1, 'a', None, True, 1],
    lambda: Literal[Literal[1], 2], lambda: Literal[()], lambda: Annotated[Annotated[int, 1], 2],
    lambda: Annotated[int, 'x'].__metadata__, lambda: get_origin(Annotated[int, 1]) is Annotated,
    lambda: get_args(Annotated[int, 1]), lambda: List['X'], lambda: Optional['X'], lambda: ForwardRef('X') == ForwardRef('X'),
    lambda: List[int] | None, lambda: T | None, lambda: int | T, lambda: List[int] | List[str], lambda: 'X' | T,
    lambda: Type[Any], lambda: DefaultDict[str, int], lambda: List.__origin__, lambda: List[int].__origin__,
    lambda: get_origin(Optional[int]), lambda: get_origin(Generic), lambda: List.__name__, lambda: Dict[str, int].__name__,
    lambda: types.GenericAlias(list, (int,)), lambda: types.GenericAlias(dict, (str, T))[int],
)

# equality
show(
    lambda: Literal[1, 2] == Literal[2, 1], lambda: Literal[1] == Literal[True], lambda: Union[int, str] == (str | int),
    lambda: Optional[int] == (int | None), lambda: List[int] == List[int], lambda: List[int] == list[int],
    lambda: hash(Union[int, str]) == hash(Union[str, int]), lambda: Annotated[int, 1] == Annotated[int, 2],
    lambda: (list[int] | None) == (None | list[int]), lambda: len({List[int], List[int], List[str]}),
)

# checks and calls
show(
    lambda: isinstance(1, Any), lambda: isinstance(1, Union[int, str]), lambda: issubclass(int, Optional[int]),
    lambda: isinstance(1, List[int]), lambda: List[int](), lambda: List(), lambda: Any(), lambda: Union(),
    lambda: isinstance([], List), lambda: list[int]((1, 2)), lambda: Annotated[int, 'x']('5'),
)

# variables
show(
    lambda: TypeVar('A', bound=int).__bound__, lambda: TypeVar('A', int, str).__constraints__,
    lambda: [TypeVar('A', covariant=True), TypeVar('B', contravariant=True), TypeVar('C', infer_variance=True)],
    lambda: (T.__covariant__, T.has_default(), TypeVar('Z', default=int).__default__, T.__default__),
    lambda: (ParamSpec('P'), TypeVarTuple('Ts')), lambda: TypeVar('A', int), lambda: TypeVar(1), lambda: TypeVar(),
    lambda: TypeVar('A', int, str, bound=int), lambda: TypeVar('A', covariant=True, contravariant=True),
)
UserId = NewType('UserId', int)
show(lambda: UserId, lambda: UserId(5) + 1, lambda: UserId.__supertype__, lambda: UserId.__name__, lambda: UserId | None)


# generic classes
class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item


class IntBox(Box[int]):
    pass


class Pair(Box[K], Generic[K, V]):
    pass


class Names(List[str]):
    pass


class Numbers(Sequence[int]):
    def __getitem__(self, index):
        return [1, 2, 3][index]

    def __len__(self):
        return 3


class Late[S]:
    pass


show(
    lambda: Box[int], lambda: Box[int](1).__orig_class__, lambda: vars(Box[str]('a')), lambda: IntBox.__orig_bases__,
    lambda: (Box.__parameters__, IntBox.__parameters__, Pair.__parameters__), lambda: Pair[int, str], lambda: Box[List[T]][int],
    lambda: Box[int, str], lambda: Pair[int], lambda: IntBox[int], lambda: Box[None], lambda: isinstance(IntBox(1), Box),
    lambda: isinstance(1, Box[int]), lambda: Box[int] == Box[int], lambda: [c.__name__ for c in IntBox.__mro__],
    lambda: [c.__name__ for c in Names.__mro__], lambda: Names(['x']), lambda: Names.__orig_bases__,
    lambda: [list(Numbers()), 2 in Numbers(), Numbers().index(3)], lambda: Box[int].item,
    lambda: (Late.__parameters__, Late.__orig_bases__, Late[int], Late.__type_params__),
    lambda: Generic[int], lambda: Generic[T, T], lambda: type('Plain', (Generic,), {}), lambda: get_args(Box[int]),
)


def clash():
    class Missing(Box[V], Generic[T]):
        pass


show(clash)


# dicts with known keys
class Movie(TypedDict):
    name: str
    year: NotRequired[int]


class Film(Movie, total=False):
    title: Required[str]
    length: ReadOnly[float]


show(
    lambda: (sorted(Movie.__required_keys__), sorted(Movie.__optional_keys__), Movie.__total__),
    lambda: (sorted(Film.__required_keys__), sorted(Film.__optional_keys__), Film.__total__),
    lambda: (sorted(Film.__readonly_keys__), sorted(Film.__mutable_keys__)),
    lambda: Film.__annotations__, lambda: Film.__bases__, lambda: type(Movie(name='a')), lambda: Movie(name='a', year=1),
    lambda: [is_typeddict(Movie), is_typeddict(dict)], lambda: isinstance({}, Movie), lambda: get_type_hints(Film),
    lambda: TypedDict('Point', {'x': int, 'y': int}, total=False).__optional_keys__ == {'x', 'y'},
    lambda: TypedDict('Point', {'x': int})(x=1), lambda: Film.__name__,
)


def overwritten():
    class Wrong(NamedTuple):
        x: int

        def __new__(cls):
            pass


show(overwritten)


# marks
@overload
def area(x: int) -> int: ...


@final
class Last:
    @override
    def method(self):
        pass


class Quacks(Protocol[T]):
    name: str

    def quack(self) -> T: ...


show(
    lambda: area(1), lambda: Last.__final__, lambda: Last.method.__override__, lambda: is_protocol(SupportsInt),
    lambda: get_protocol_members(SupportsInt), lambda: sorted(get_protocol_members(Quacks)), lambda: Quacks[int],
    lambda: Quacks.__parameters__, lambda: Mapping[str, int], lambda: types.SimpleNamespace(1),
    lambda: types.SimpleNamespace({'a': 1}, b=2),
)
