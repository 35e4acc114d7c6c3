"""Enumerations whose __new__ makes something else."""
from enum import Enum
for wrong in ((1,), 'a', 5, None, object()):
    try:
        class Coord(bytes, Enum):
            def __new__(cls, value):
                return wrong
            PX = 0
    except Exception as e: print(type(e).__name__, e)
    try:
        class Coord(Enum):
            def __new__(cls, value):
                return wrong
            PX = 0
    except Exception as e: print(type(e).__name__, e)
