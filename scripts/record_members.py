"""Records what the modules and classes of CPython and its libraries have, so that a member that Reckoner lacks is told from one
that nobody has. Needs Python 3.13 with pint 0.24, numpy 2.2, matplotlib 3.10, pydantic 2.10 and IPython 8.

    python3 scripts/record_members.py > mlsys/data/members.json

`modules` holds names by module, `__path__` where it is a package. `classes` holds, by module and name, the classes that each inherits from and the names that it
adds; what every object has is left out, and what begins with one underscore. A class that no module shows is found by an example.
"""
import importlib
import json
import pkgutil
import re
import sys
import types
import warnings

MODULES = """
IPython IPython.display IPython.lib IPython.lib.pretty abc annotated_types bisect builtins calendar cmath collections
collections.abc configparser contextlib contextvars copy csv dataclasses datetime decimal enum fnmatch fractions functools gettext glob graphlib heapq importlib importlib.metadata importlib.resources inspect io itertools json logging
math matplotlib matplotlib.cm matplotlib.colors matplotlib.dates matplotlib.gridspec matplotlib.lines matplotlib.patches matplotlib.patheffects matplotlib.pyplot matplotlib.style
matplotlib.ticker numbers numpy numpy.exceptions numpy.linalg numpy.polynomial numpy.random operator os os.path pathlib pint platform
pint.errors pint.facets pint.facets.plain pint.registry pint.util posixpath pydantic pydantic._internal pydantic._internal._model_construction pydantic.alias_generators pydantic.aliases pydantic.annotated_handlers pydantic.config pydantic.errors pydantic.fields pydantic.functional_serializers pydantic.functional_validators
pydantic.json_schema pydantic.main pydantic.networks pydantic.root_model pydantic.type_adapter pydantic.types pydantic.version pydantic_core pydantic_core.core_schema random re reprlib statistics string sys textwrap threading time tomllib types typing
typing_extensions warnings yaml yaml.composer yaml.constructor yaml.error yaml.parser yaml.reader yaml.scanner
""".split()

# Packages that became modules of Python under another name, and have its names.
SAME = {"tomli": "tomllib"}

# Packages whose classes are recorded.
OURS = {name.split(".")[0] for name in MODULES} | {"_io", "posix", "_thread", "_collections", "_random"}

# What classes have for the interpreter.
DULL = set(
    "__module__ __dict__ __weakref__ __slots__ __annotations__ __qualname__ __static_attributes__ __firstlineno__ "
    "__match_args__ __orig_bases__ __parameters__ __abstractmethods__ __non_callable_proto_members__ __protocol_attrs__".split()
)


def examples():
    """Objects of classes that no module names."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pint

    yield from (iter([]), iter(()), iter({}), iter(set()), iter(""), iter(range(0)), iter(b""), reversed([]), len, [].append)
    yield from ({}.keys(), {}.values(), {}.items(), (lambda: 0), (i for i in ()), None, ..., NotImplemented, type.__dict__)
    yield from (np.add, np.zeros(1), np.zeros(1).flat, np.dtype(float), np.random.default_rng(0), np.random.RandomState(0))
    yield from (re.compile("a"), re.match("a", "a"), types.SimpleNamespace(), types.ModuleType("a"))
    quantity = pint.UnitRegistry()("1 m")
    yield from (quantity, quantity.units, quantity._REGISTRY)
    figure, axes = plt.subplots()
    line, *_ = axes.plot([1, 2], label="a")
    bars = axes.bar([1], [1])
    yield from (figure, axes, line, bars, bars[0], axes.text(0, 0, ""), axes.annotate("", (0, 0)), axes.legend(), axes.xaxis)
    yield from (axes.scatter([1], [1]), axes.fill_between([1], [1]), axes.spines, axes.spines["left"], figure.canvas, figure.patch)
    yield from (axes.xaxis.get_major_ticks()[0], axes.contour([[1, 2], [3, 4]]), axes.imshow([[1]]), axes.errorbar([1], [1]))


def key_of(cls):
    """Where a class is defined, without private modules within a package."""
    parts = cls.__module__.split(".")
    return ".".join([parts[0], *(part for part in parts[1:] if not part.startswith("_")), cls.__qualname__])


def is_shown(name):
    return name not in DULL and not hasattr(object, name) and (not name.startswith("_") or name.endswith("__"))


def add(cls, names, classes):
    """Records a class and what it inherits from; `names` are those of an instance."""
    if cls is object or cls.__module__.split(".")[0] not in OURS:
        return
    bases = [base for base in cls.__bases__ if base is not object]
    for base in bases:
        add(base, (), classes)
    known = classes.get(key_of(cls), ["", ""])[1].split()
    inherited = {name for base in bases for name in dir(base)}
    own = {name for name in {*vars(cls), *(set(names) - inherited)} if is_shown(name)}
    classes[key_of(cls)] = [" ".join(map(key_of, bases)), " ".join(sorted({*own, *known}))]


def record():
    modules, classes = {}, {}
    for name in MODULES:
        module = importlib.import_module(name)
        parts = [part.name for part in pkgutil.iter_modules(getattr(module, "__path__", ()))]
        names = {one for one in [*dir(module), *parts] if not one.startswith("_") or one == "__path__"}
        modules[name] = " ".join(sorted(names))
        for one in dir(module):
            value = getattr(module, one, None)
            # Descriptions of schemas are dicts, whose many classes nobody asks for members.
            if isinstance(value, type) and not one.startswith("__") and name != "pydantic_core.core_schema":
                add(value, (), classes)
    for name, other in SAME.items():
        modules[name] = modules[other]
    for one in examples():
        add(type(one), dir(one), classes)
    return {"modules": modules, "classes": dict(sorted(classes.items()))}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    json.dump(record(), sys.stdout, indent=0)
    print()
