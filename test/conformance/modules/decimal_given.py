# Contexts of decimal given by name, classes derived from Decimal, and what a context does not read.
from decimal import Decimal as D, Context, localcontext, getcontext, InvalidOperation, ExtendedContext
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
with localcontext(ctx=Context(prec=3)) as c: print(c.prec, D(1) / 3)
with localcontext(ctx=None, prec=4): print(D(1) / 3)
with localcontext(Context(prec=5)): print(D(2) / 3)
class Money(D):
    def __init__(self, value): self.tag = 'y'
m = Money.from_float(1.5); print(m, type(m).__name__, m.tag, D.from_float(0.1), D.from_float(3))
t(getcontext().create_decimal, '3.14\n'); t(getcontext().create_decimal, '1_000'); t(getcontext().create_decimal, '3.14'); t(ExtendedContext.create_decimal, ' 1'); t(D, ' 3.14\n'); t(D, '1_000'); t(getcontext().create_decimal)
