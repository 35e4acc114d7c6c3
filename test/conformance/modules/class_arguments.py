"""Classes of the library with arguments, as annotations at the level of a module and of a class have them."""
import collections
import contextlib
import contextvars
import csv
import dataclasses
import functools
import itertools
import logging
import os
import re
import types
from contextvars import ContextVar

_current: ContextVar[dict[str, int]] = ContextVar("_current", default={})
_pattern: re.Pattern[str] = re.compile("a")


class Holder:
    cache: functools.cached_property[int]
    stack: contextlib.ExitStack[bool]


print(_current.get(), _pattern.pattern, Holder.__annotations__)
print(re.Match[str], os.PathLike[str], contextlib.AbstractContextManager[int], contextlib.nullcontext[int])
print(functools.partial[int], functools.partialmethod[int], collections.UserDict[str, int], collections.UserList[int])
print(types.MappingProxyType[str, int], types.GeneratorType[int, None, None], contextvars.Token[int])
print(dataclasses.Field[int], itertools.chain[int], logging.StreamHandler[str], csv.DictReader[str], ExceptionGroup[ValueError])
for cls in (range, map, property):
    try:
        cls[int]
    except TypeError as error:
        print(error)
