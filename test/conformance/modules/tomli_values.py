try:
    import tomli
except ImportError:
    import tomllib as tomli
print(tomli.loads('a.b = 1_000\n[c]\nd = [1.5, "x"]'))
print(tomli.TOMLDecodeError.__name__, issubclass(tomli.TOMLDecodeError, ValueError))
