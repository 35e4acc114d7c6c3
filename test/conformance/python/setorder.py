class Rng:
    def __init__(self, s): self.s = s
    def n(self, k):
        self.s = (self.s * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.s >> 33) % k
out = []
def h(s):
    a = 0
    for x in s: a = (a * 1000003 + hash(x)) % (2**61 - 1)
    return a
for seed in range(80):
    r = Rng(seed)
    spread = [10, 100, 1000, 10**6, 2**62][seed % 5]
    def item():
        k = r.n(12)
        if k == 0: return r.n(spread) / 4
        if k == 1: return -r.n(spread)
        if k == 2: return (r.n(4), r.n(3))
        if k == 3 and seed % 3 == 0: return None
        return r.n(spread)
    sets = [set(), set(item() for _ in range(r.n(40))), frozenset([item() for _ in range(r.n(12))])]
    for step in range(40):
        i = r.n(len(sets)); j = r.n(len(sets)); a, b = sets[i], sets[j]; op = r.n(24)
        if op == 0: c = a | b
        elif op == 1: c = a & b
        elif op == 2: c = a - b
        elif op == 3: c = a ^ b
        elif op == 4: c = a.copy()
        elif op == 5: c = set(b)
        elif op == 6: c = frozenset(a)
        elif op == 7: c = a.union([item() for _ in range(r.n(9))], b)
        elif op == 8: c = a.intersection(list(b))
        elif op == 9: c = a.difference([item() for _ in range(3)])
        elif op == 10: c = a.symmetric_difference([item() for _ in range(3)])
        elif op == 11: c = set(dict.fromkeys(b))
        elif op == 12: c = {x for x in a}
        elif op == 13: c = set(list(a) + [item() for _ in range(r.n(30))])
        elif isinstance(a, set):
            c = None
            if op == 14: a.add(item())
            elif op == 15: a.discard(next(iter(a), 0))
            elif op == 16 and a: out.append(a.pop())
            elif op == 17: a |= b
            elif op == 18: a &= b
            elif op == 19: a -= b
            elif op == 20: a ^= b
            elif op == 21: a.update([item() for _ in range(r.n(20))], b)
            elif op == 22:
                for x in list(a)[:r.n(5)]: a.remove(x)
            elif op == 23: a.difference_update(b, [item()])
        else: c = None
        if c is not None:
            if len(sets) < 6: sets.append(c)
            else: sets[r.n(6)] = c
        if step % 5 == 4: out.append([h(s) for s in sets])
    print(seed, hash(tuple(map(str, out))) if 0 else sum(h(x) if isinstance(x, list) else hash(x) for x in out) % 10**9, [len(s) for s in sets], list(sets[1])[:6])
    out.clear()
print({8, 16, 0, 24, 1, 9}, {1, 9} ^ {1, 2, 3}, {1, 2, 3} ^ {1, 9})
s = {1, 9}; s.discard(1); s.add(2); print(s)
s = set(range(100)); s -= set(range(0, 100, 3)); s.add(1000); print(s)
s = {5, 13, 21}; print(s.pop(), s, s.pop(), s); s.add(5); s.add(0); print(s, s.pop(), s)
try:
    for x in s: s.clear()
except RuntimeError as e: print(e)
