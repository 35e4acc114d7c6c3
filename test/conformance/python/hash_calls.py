class A:
    n = 0
    def __hash__(s):
        A.n += 1
        return 1
    def __eq__(s, o):
        return s is o
a = A()
d = {a: 1}
print('literal', A.n); A.n = 0
d[a] = 2
print('store', A.n); A.n = 0
d[A()] = 2
print('store new', A.n); A.n = 0
s = set()
s.add(A()); print('add', A.n); A.n = 0
s = {A(), A()}; print('set', A.n); A.n = 0
del d[a]; print('del', A.n); A.n = 0
t = set(s); print('copy', A.n); A.n = 0
e = dict(d); print('dict copy', A.n); A.n = 0
u = s | t; print('union', A.n); A.n = 0
d.get(a); print('get', A.n); A.n = 0
d.pop(a, None); print('pop', A.n); A.n = 0
d.setdefault(a, 1); print('setdefault', A.n); A.n = 0
s.discard(a); print('discard', A.n); A.n = 0
f = frozenset([a, a]); print('frozenset', A.n); A.n = 0
l = [k for k in {a: 1, a: 2}]; print('dup', A.n); A.n = 0
x = {a: 1} | {a: 2}; print('dict |', A.n); A.n = 0
x.update({a: 3}); print('update', A.n); A.n = 0
x == {a: 3}; print('eq', A.n); A.n = 0
hash((a, a)); print('tuple', A.n); A.n = 0
{(a, 1): 1}; print('tuple key', A.n); A.n = 0
class B:
    def __hash__(s): return 1
    def __eq__(s,o):
        S.clear(); return False
S=set()
for i in range(3):
    S.add(B()); print(len(S))
D={}
for i in range(3):
    D[B()] = 1
    print(len(D))
