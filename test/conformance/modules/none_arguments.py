"""None where a number is due, and other things that are no numbers."""
import itertools
import operator
import re


def told(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


told(lambda: list(itertools.combinations([1, 2], None)))
told(lambda: list(itertools.combinations_with_replacement([1, 2], None)))
told(lambda: itertools.tee([1], None))
told(lambda: next(itertools.count([1])))
told(lambda: next(itertools.count(0, None)))
told(lambda: next(itertools.count(True)))
told(lambda: operator.abs('a'))
told(lambda: re.escape(None))
told(lambda: re.escape(1))
