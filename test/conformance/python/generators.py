def g(n='g'):
    try:
        for i in range(5): yield i
    finally: print('finally', n)
for x in g():
    if x == 2: break
print('after break')
def f():
    for x in g('ret'):
        if x == 1: return x * 10
print(f(), 'after ret')
def f2():
    try:
        for x in g('exc'): raise ValueError(x)
    except ValueError as e: print('caught', e)
    finally: print('outer finally')
f2()
for x in g('full'): pass
print('end full')
k2 = g('kept')
for x in k2:
    if x == 1: break
print('kept on', list(k2))
class C:
    def items(self):
        try:
            yield from g('inner')
        finally: print('C fin')
for x in C().items():
    break
print('after C')
for x in (y * 2 for y in [1, 2, 3]):
    break
def wrap(): return g('wrapped')
def outer():
    for x in g('in outer'):
        yield x
for x in outer():
    if x: break
print('after outer')
for i in range(2):
    for x in g('nested %d' % i if 0 else 'nested'):
        if x: break
    print('next')
def exc_in_close():
    try: yield 1
    finally: print('raising')
for x in exc_in_close(): break
for x in g('continue'):
    if x < 3: continue
    break
else: print('no else')
print('done')
