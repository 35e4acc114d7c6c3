# Methods looked up on a class and called with something else.
from collections import deque
from decimal import Decimal
import datetime
for f in (lambda: deque.append(3,4), lambda: str.upper(3), lambda: Decimal.sqrt(3), lambda: list.append(3,4), lambda: deque.__len__(3), lambda: datetime.date.isoformat(3), lambda: dict.items([1]), lambda: str.upper(), lambda: int.bit_length("a")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
