"""Filters of warnings decide what is raised, recorded or passed over."""
import warnings


def show(label, compute):
    try:
        print(label, compute())
    except (Warning, Exception) as error:
        print(label, type(error).__name__, error)


class Own(UserWarning):
    pass


with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    warnings.warn('first')
    warnings.warn('second', DeprecationWarning)
    warnings.warn(Own('third'))
    warnings.warn('first')
    print(len(log), [(w.category.__name__, str(w.message), repr(w.message)) for w in log])

with warnings.catch_warnings():
    warnings.simplefilter('error')
    show('error', lambda: warnings.warn('stop'))
    show('error', lambda: warnings.warn('stop', RuntimeWarning, stacklevel=2))
    warnings.filterwarnings('ignore', message='qui', category=UserWarning)
    show('ignored by message', lambda: warnings.warn('Quiet now'))
    show('other message', lambda: warnings.warn('now quiet'))
    show('other category', lambda: warnings.warn('quiet', FutureWarning))
    warnings.filterwarnings('error', category=Own, append=True)
    warnings.filterwarnings('ignore', module='numpy')
    show('other module', lambda: warnings.warn('seen'))

with warnings.catch_warnings(action='error', category=Own):
    show('action', lambda: warnings.warn('x', Own))

with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('ignore')
    warnings.warn('nothing')
    with warnings.catch_warnings(record=True) as inner:
        warnings.simplefilter('once')
        for _ in range(3):
            warnings.warn('inner')
        print(len(inner), len(log))
    warnings.resetwarnings()
    warnings.warn('after')
    print(len(log), log[0].message)

with warnings.catch_warnings(record=True) as log:
    warnings.warn('pending', PendingDeprecationWarning)
    warnings.warn('resource', ResourceWarning)
    warnings.warn('runtime', RuntimeWarning)
    print([w.category.__name__ for w in log])

show('action', lambda: warnings.simplefilter('loud'))
show('action', lambda: warnings.filterwarnings('error', category=int))
show('action', lambda: warnings.filterwarnings('error', message=5))
show('line', lambda: warnings.simplefilter('error', lineno=-1))
show('category', lambda: warnings.warn('x', int))
show('category', lambda: warnings.warn('x', 5))
