from collections import *
def t(make, change, view=lambda d: d):
    d = make(); seen = []
    try:
        for i, k in enumerate(view(d)):
            seen.append(k)
            change(d, i)
            if i > 8: seen.append("..."); break
    except Exception as e: print(type(e).__name__, e, seen, list(d)[:12])
    else: print("ok", seen, list(d)[:12])
D = lambda: {1: "a", 2: "b", 3: "c"}
def grow(d, i): d[10 + i] = i
def shrink(d, i): d.pop(3, None)
def swap(d, i): d.pop(1, None); d[7 + i] = 1
def late(d, i): 
    if i == 2: d[99] = 1
def replace(d, i): d[1] = i
def readd(d, i):
    v = d.pop(2, 0); d[2] = v
def clear(d, i): d.clear()
def clearadd(d, i): 
    d.clear(); d.update({5:1,6:1,7:1})
for make in (D, lambda: OrderedDict(D()), lambda: defaultdict(int, D()), lambda: Counter(D())):
    for change in (grow, shrink, swap, late, replace, clear):
        print(make().__class__.__name__, change.__name__, end=": ")
        t(make, change)
for view in (lambda d: d.keys(), lambda d: d.values(), lambda d: d.items(), lambda d: reversed(d), lambda d: iter(d)):
    for change in (grow, shrink, swap, replace): t(D, change, view); 
    for change in (grow, shrink): t(lambda: OrderedDict(D()), change, view)
S = lambda: {1, 2, 3}
def sgrow(s, i): s.add(10 + i)
def sshrink(s, i): s.discard(3)
def sswap(s, i): s.discard(1); s.add(7 + i)
def slate(s, i):
    if i == 2: s.add(99)
for change in (sgrow, sshrink, slate): t(S, change)
def dg(d, i): d[len(d)] = d[0] if 0 in d else 0
d = defaultdict(list)
d[1]
t(lambda: defaultdict(list, {1: []}), lambda d, i: d[i + 5])
for f in (list, tuple, sorted, lambda x: [y for y in x], lambda x: {y: 1 for y in x}):
    d = {1: 2, 2: 3}
    def gen():
        for k in d:
            d[k + 10] = 1
            yield k
    try: print(f(gen()))
    except RuntimeError as e: print(e)
m = {1: 2}
it = iter(m)
m[2] = 3
for _ in range(2):
    try: print(next(it, "end"))
    except RuntimeError as e: print(e)
it = iter(D()); print(next(it), next(it), next(it), next(it, "end"), next(it, "end"))
m = D(); it = iter(m)
list(it); m[9] = 1
print(next(it, "end"))
m = {1: 1}
seen = []
try:
    for k in m:
        seen.append(k)
        del m[k]
        m[k + 1] = 1
except RuntimeError as e:
    print(e, seen, m)
m = {1: "a", 2: "b", 3: "c"}
for k in m:
    if k == 2:
        m[2] = m.pop(2)
        break
print(m)
m = {"a": 1, "b": 2}
for k in m:
    if k == "a":
        m["b"] = m.pop("b")
    print(k, end=" ")
print(m)
