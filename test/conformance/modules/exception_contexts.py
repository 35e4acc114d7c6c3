# Which exception was being handled as another was raised, also through an ExitStack.
try:
    try: raise ZeroDivisionError('z')
    except ZeroDivisionError:
        try: raise KeyError('k')
        except KeyError as e:
            e.__context__ = None
            raise
except Exception as e: print(repr(e), repr(e.__context__))
try:
    try: raise ZeroDivisionError('z')
    except ZeroDivisionError:
        k = KeyError('k')
        try: raise k
        finally: k.__context__ = None
except Exception as e: print(repr(e), repr(e.__context__))
class X:
    def __exit__(s,*a):
        k = KeyError('k')
        try: raise k
        finally: k.__context__ = None
    def __enter__(s): return s
try:
    with X(): raise ZeroDivisionError('z')
except Exception as e: print(repr(e), repr(e.__context__))
def chain(e):
    out=[]
    while e is not None and len(out)<9:
        out.append(repr(e)); e=e.__context__
    return out
k = KeyError('k')
try:
    try: raise k
    except KeyError: raise ValueError('v')
except ValueError as v:
    try: raise k
    except KeyError as e: print(chain(e), chain(v))
k = KeyError('k')
for n in range(3):
    try:
        try: raise ValueError(n)
        except ValueError: raise k
    except KeyError as e: print(chain(e))
try:
    try: 1/0
    except ZeroDivisionError as z:
        try: [][1]
        except IndexError: raise z
except Exception as e: print(chain(e))
try:
    try: 1/0
    finally: {}[1]
except Exception as e: print(chain(e))
def gen():
    try: yield 1
    except ValueError: raise KeyError('g')
g = gen(); next(g)
try: g.throw(ValueError('t'))
except Exception as e: print(chain(e))
try:
    try: raise KeyError(1)
    except KeyError as e: raise e
except Exception as e: print(chain(e))
try:
    try: raise KeyError(1)
    except KeyError as e:
        a = e
        raise ValueError from e
except Exception as e: print(chain(e), e.__cause__, e.__suppress_context__)
try:
    raise ValueError('later') from a
except Exception as e: print(chain(e), repr(e.__cause__))
a, b = KeyError('a'), KeyError('b')
a.__context__, b.__context__ = b, a
try:
    try: raise a
    except KeyError: raise ValueError('c')
except Exception as e: print(chain(e))
try:
    try: raise a
    except KeyError: 1/0
except Exception as e: print(chain(e))
from contextlib import ExitStack, contextmanager
def chain(e):
    out=[]
    while e is not None:
        out.append(repr(e)); e=e.__context__
    return out
class Ex:
    def __init__(s, n, swallow=False, fail=None): s.n=n; s.swallow=swallow; s.fail=fail
    def __enter__(s): return s
    def __exit__(s, t, v, tb):
        print('exit', s.n, t and t.__name__, v)
        if s.fail: raise s.fail
        return s.swallow
for conf in [[(1,),(2,)], [(1,),(2,True)], [(1,),(2,False,ValueError('v'))], [(1,False,KeyError('k')),(2,False,ValueError('v'))], [(1,True),(2,False,ValueError('v')),(3,)], [(1,False,KeyError('k')),(2,True),(3,False,ValueError('v'))]]:
    for body in (None, ZeroDivisionError('z')):
        try:
            with ExitStack() as st:
                for c in conf: st.enter_context(Ex(*c))
                st.callback(print, 'cb', end='!\n')
                st.push(lambda *a: print('push', a[0]))
                if body: raise body
            print('done')
        except Exception as e:
            print(chain(e))
# nested with for comparison
try:
    with ExitStack() as st:
        st.callback(lambda: 1/0)
        st.callback(lambda: [][1])
        raise KeyError('a')
except Exception as e: print(chain(e))
try:
    with ExitStack() as st:
        st.callback(lambda: 1/0)
        @st.callback
        def f(): raise RuntimeError('x') from OSError('o')
except Exception as e: print(chain(e), repr(e.__context__.__cause__) if e.__context__ else None)
st = ExitStack(); st.enter_context(Ex(1)); st2 = st.pop_all(); st.close(); print('closed'); st2.close()
try:
    try: raise LookupError('outer')
    except LookupError:
        with ExitStack() as st:
            st.callback(lambda: 1/0)
            raise KeyError('in')
except Exception as e: print(chain(e))
try: ExitStack().enter_context(3)
except TypeError as e: print(e)
try: ExitStack().push(3)
except TypeError as e: print(e)
@contextmanager
def cm():
    try: yield 1
    except ValueError: print('caught'); raise KeyError('new')
    finally: print('fin')
try:
    with cm(): raise ValueError('q')
except Exception as e: print(chain(e))
@contextmanager
def bad():
    yield 1
    yield 2
try:
    with bad(): pass
except RuntimeError as e: print(e)
try:
    with bad():
        raise ValueError
except ValueError as e: print(chain(e))
@contextmanager
def none():
    if 0: yield
try:
    with none(): pass
except RuntimeError as e: print(e)
@contextmanager
def st_(): yield
try:
    with st_(): raise StopIteration('s')
except StopIteration as e: print(repr(e))
@cm()
def deco(): return 5
print(deco())
