from contextlib import contextmanager
@contextmanager
def empty():
    if False:
        yield
try:
    with empty():
        pass
except RuntimeError as error:
    print(error, error.__suppress_context__, error.__cause__)
