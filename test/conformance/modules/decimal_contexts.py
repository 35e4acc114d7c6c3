from decimal import *
saved = getcontext()
saved.prec = 7
setcontext(Context(prec=5))
a = Decimal(1)/3
setcontext(saved)
b = Decimal(1)/3
print(a, b)
c = getcontext()
with localcontext() as ctx:
    ctx.prec = 4
    d = Decimal(1)/3
    print(getcontext() is ctx, c.prec, ctx.flags[Inexact])
print(d, ctx.prec, ctx is getcontext(), c.prec, Decimal(1)/3)
x = Context(prec=3)
setcontext(x)
x.prec = 8
print(Decimal(1)/3, getcontext() is x)
f = getcontext()
f.clear_flags()
Decimal(1) / 3
print(f.flags[Inexact], x.flags[Inexact], saved.flags[Inexact])
setcontext(ExtendedContext)
getcontext().prec = 4
print(Decimal(1) / 3, ExtendedContext.prec, getcontext() is ExtendedContext)
with localcontext(prec=2) as one:
    with localcontext() as two:
        two.prec = 6
        print(Decimal(2) / 3)
    print(Decimal(2) / 3, one.prec, two.prec)
    try:
        with localcontext(Context(prec=3, traps=[Inexact])):
            Decimal(2) / 3
    except Inexact as e:
        print("inexact", getcontext() is one)
def g():
    with localcontext() as c:
        c.prec = 9
        yield Decimal(1) / 7
        yield getcontext() is c
print(list(g()), Decimal(1) / 7)
setcontext(saved)
print(getcontext() is saved, getcontext().prec, Decimal(1) / 7)
saved.prec = 3
print(+Decimal("1.23456"), repr(Decimal("1e5")))
