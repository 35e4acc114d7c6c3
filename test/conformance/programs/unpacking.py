# Targets, unpacking, starred expressions, chained and augmented assignment, del.
def attempt(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


a, b = 1, 2
a, b = b, a
(c, d), [e, *f] = (3, 4), "xyz"
first, *middle, last = range(6)
*head, tail = [1]
[x, [y, z]] = 1, (2, 3)
print(a, b, c, d, e, f, first, middle, last, head, tail, x, y, z)
m = n = [0]
m.append(1)
print(n, m is n)


def two(v):
    p, q = v
    return p, q


def three(v):
    p, q, r = v
    return p, q, r


def star(v):
    p, q, *r = v
    return p, q, r


attempt(lambda: two([1]))
attempt(lambda: two([1, 2, 3]))
attempt(lambda: two((1, 2, 3, 4)))
attempt(lambda: two(range(5)))
attempt(lambda: two("abc"))
attempt(lambda: two(5))
attempt(lambda: two(None))
attempt(lambda: two({1: 2, 3: 4, 5: 6}))
attempt(lambda: two(i for i in range(3)))
attempt(lambda: three([1, 2]))
attempt(lambda: three([]))
attempt(lambda: star([1]))
attempt(lambda: star([1, 2]))
attempt(lambda: star(iter("abcd")))
for i, (j, k) in enumerate([(1, 2), (3, 4)]):
    print(i, j, k)
for key, *rest in [(1, 2, 3), (4,)]:
    print(key, rest)
print([*range(3), *"ab"], (*[1], 2), {*[1, 2], *[2, 3]}, {**{"a": 1}, "b": 2, **{"a": 3}})
attempt(lambda: [*5])
attempt(lambda: {**5})
lst = [1, 2, 3, 4, 5, 6]
lst[1:3] = ["a", "b", "c"]
lst[0] += 10
print(lst, lst[::2], lst[::-1], lst[-2:], lst[:2], lst[5:1:-2])
del lst[0], lst[-1]
print(lst)
del lst[1:3]
print(lst)


class Box:
    pass


box = Box()
box.value, box.other = 1, [2]
box.value += 5
box.other += [3]
box.other[0] *= 7
print(box.value, box.other)
del box.value
attempt(lambda: box.value)
d = {"a": 1}
d["b"] = d["c"] = 5
d["a"] -= 3
del d["b"]
print(d)
x = 5
x += 1
x -= 2
x *= 3
x /= 4
x //= 1
x **= 3
x %= 7
print(x)
x = 6
x |= 1
x &= 5
x ^= 2
x <<= 3
x >>= 1
print(x)
s = "a"
s += "b"
s *= 3
print(s)
t = (1,)
t += (2,)
print(t)


def order(tag):
    print(tag, end=" ")
    return tag


def item(tag):
    order(tag)
    return {0: 0}


item("t1")[order(0)], item("t2")[0] = order(1), order(2)
print()
r = order("l") + order("r")
print(r, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 != 1, "a" in "abc" in ["abc"])
print(order(1) < order(0) < order(5))
print(1 and 0 or "x", not 1, None or [], 5 and "y", 0 or "" or None)
print(1 if [] else 2, (lambda: 3)() if 1 else 4)
for v in [1, 2, 3]:
    if v == 2:
        break
else:
    print("no break")
for v in []:
    pass
else:
    print("empty else")
n = 0
while n < 3:
    n += 1
    if n == 2:
        continue
    print("n", n)
else:
    print("while else")
print(1_000_000, 0xFF, 0o17, 0b101, 1e3, 1.5e-7, 3j, b"bytes", ..., None)
i = 0
i, lst2 = 1, [0, 0]
lst2[i], i = i, 5
print(lst2, i)
(single,) = [9]
print(single)
print([i for i in range(3)], {i: i * i for i in range(3)}, {i % 2 for i in range(4)}, list(i for i in "ab"))
