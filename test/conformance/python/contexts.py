# What was being handled when an exception arose, through managers, handlers and finally.
class Manager:
    def __enter__(self): return self
    def __exit__(self, *details): return False


def chain(error):
    parts = []
    while error is not None:
        parts.append(repr(error))
        error = error.__cause__ or error.__context__
    return ' <- '.join(parts)


def nested():
    try:
        raise KeyError('first') from OSError('cause')
    except KeyError:
        try:
            with Manager():
                return int('second')
        except ValueError:
            try:
                [][0]
            finally:
                {}['third']


try:
    nested()
except KeyError as error:
    print(chain(error))


def generator():
    try:
        1 / 0
    except ZeroDivisionError:
        try:
            yield 1
            int('x')
        except ValueError as inner:
            yield chain(inner)


g = generator()
next(g)
try:
    raise RuntimeError('outside')
except RuntimeError:
    print(next(g))
