"""Constrained types and JSON in strict mode."""
from typing import *  # noqa
from decimal import Decimal
from pydantic import *
def attempt(body):
    try:
        print(repr(body()))
    except Exception as error:
        print(type(error).__name__, '|', error)
class C(BaseModel):
    a: conint(gt=1, multiple_of=2) = 2
    b: confloat(ge=0, allow_inf_nan=False) = 1.0
    c: condecimal(max_digits=3, decimal_places=1, gt=0) = Decimal('1')
    d: conlist(int, min_length=1, max_length=2) = [1]
    e: constr(strip_whitespace=True, max_length=3) = ''
    f: conset(str, max_length=1) = set()
for n, f in C.model_fields.items(): print(n, f)
attempt(lambda: C(a=3, b=float('inf'), c='12.34', d=[], e=' abcd ', f=['a', 'b']))
attempt(lambda: C(a=1, b=-1, c='1234', d=[1,2,3]))
attempt(lambda: C(a=4, e=' x ', d=['5']))
attempt(lambda: conint(wrong=1))
for t, v in ((tuple[int, str], '[1, "a"]'), (set[int], '[1, 2]'), (frozenset[int], '[1.5]'), (list[float], '[1, 2.5]'), (dict[str, int], '{"a": 1, "b": "2"}')):
    attempt(lambda: TypeAdapter(t).validate_json(v, strict=True))
