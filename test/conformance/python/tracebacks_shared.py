"""What `__traceback__` is of groups that are split, and of exceptions that are given one; where type aliases are from."""
import typing

try:
    raise ExceptionGroup("all", [ValueError(1), TypeError(2)])
except ExceptionGroup as group:
    match, rest = group.split(ValueError)
    print(group.__traceback__ is match.__traceback__ is rest.__traceback__, group.__traceback__ is None)
    trace = group.__traceback__

other = KeyError("other").with_traceback(trace)
print(other.__traceback__ is trace, repr(other))
other.__traceback__ = None
print(other.__traceback__)
try:
    raise other
except KeyError as caught:
    print(caught is other, caught.__traceback__ is None, caught.__traceback__ is trace)
    caught.__traceback__ = None
    print(caught.__traceback__)
for wrong in (1, "text"):
    try:
        other.with_traceback(wrong)
    except TypeError as fault:
        print(fault)

type Number = int | float
P = typing.ParamSpec("P")
print(Number.__module__, typing.get_origin(P.args) is P, typing.get_origin(P.kwargs) is P, typing.get_origin(P))
