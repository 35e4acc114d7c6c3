# F-strings.
name, n, pi, items = "world", 42, 3.14159265, [1, "two"]
print(f"hello {name}", f"{n}", f"{pi:.2f}", f"{n:>6}|{n:<6}|{n:^6}|", f"{n:06d} {n:+d} {n:x} {n:#x} {n:b} {n:e}")
print(f"{name!r} {name!s} {name!a} {'é'!a} {items!r:>14}")
print(f"{n=} {pi=:.3f} {name = } {n + 1 = } {name=!s} {items=}")
width, precision, fill = 10, 3, "*"
print(f"{pi:{width}.{precision}f}|{name:{fill}^{width}}|{n:{width}}|{pi:{'>'}{width}}")
print(f"{{literal}} {{{n}}} {n}}}")
print(f"{'nested ' + f'{name + f"{n}"}'}")
print(f"{items[1]} {dict(a=1)['a']} {(lambda x: x * 2)(n)} {[i for i in range(3)]} { {'k': 1} }")
print(f"{1_234_567:,} {1234567.891:,.1f} {0.256:.1%} {1e10:g} {n:c} {True} {None} {True:d}")
print(f"a" "b" f"{n}" "c{n}", rf"\n{n}\d", f"""multi
line {n}""")
print(f"{n:{'0' if n else ' '}{5}d}", f"{'x' if n > 1 else 'y'}", f"{n!r:^{width}}")
print(f"{n if n else 0:>5}", f"{pi:.{precision - 1}f}", f"{-5:+} {5:+} {5: }")


class Money:
    def __init__(self, v):
        self.v = v

    def __format__(self, spec):
        return f"${self.v:{spec or '.2f'}}"

    def __str__(self):
        return "money"

    def __repr__(self):
        return "Money()"


m = Money(5)
print(f"{m} {m:.0f} {m!s} {m!r} {m=}")
try:
    f"{n:zz}"
except ValueError as error:
    print(error)
try:
    f"{name:d}"
except ValueError as error:
    print(error)
try:
    f"{[]:d}"
except TypeError as error:
    print(error)
print("%s is %d and %.2f, %5s|%-5s|%05d %% %r %x" % (name, n, pi, "ab", "cd", 42, "q", 255), "%(a)s-%(b)03d" % {"a": 1, "b": 2})
print("{} {1} {0}".replace("{} ", "").format("a", "b"), "{:>5}|{x:.1f}|{y[0]}|{z.real}".format("r", x=2.55, y=[7], z=3))
print("{!r:>6} {:{w}}".format("a", "b", w=4), "{{}}".format(), "{0[k]}".format({"k": 1}))
