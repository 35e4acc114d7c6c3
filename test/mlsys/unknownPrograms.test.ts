/** Unknown is a value, a table in parts: what programs did meanwhile that something unknown may have ended. */
import { expect, test } from 'vitest';
import { shown } from '../support/shownValues';
import { AWAY, CLOCK, LEFT, NANS, NOISE, SAME, UNSET } from '../support/unknownCauses';

/** Cells, and what is shown of each expression. */
const TABLE: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'a generator that nobody closed: Python did meanwhile',
    [
      'log = []\nkept = 1\ndef g():\n    try:\n        yield 1\n    finally:\n        log.append("f")\ndef run():\n    return next(g())',
      'x = run()\nn = len(log)',
    ],
    { log: LEFT, n: LEFT, kept: '1' },
  ],
  [
    'whether equal values are one object',
    [
      'a, b, c, d = 257, 1.5, "two words", "word"',
      'e, f, g, small = 257, 1.5, "two words", 7\nh = "wo"\nh += "rd"\nletter = h[0]',
    ],
    {
      'a is e': SAME,
      'b is f': SAME,
      'c is not g': SAME,
      'd is h': SAME,
      'letter is "w"': 'True',
      'small is 7': 'True',
      'a is small': 'False',
      'a is None': 'False',
    },
  ],
  [
    'super() of an unknown object, and private names of a base that has none',
    [
      'from abc import ABC\nimport time\nclass Base(float, ABC):\n    def __setattr__(self, name, value):\n        if not getattr(self, "_done", False):\n            super().__setattr__(name, value)\n\nclass Late(Base):\n    def shown(self):\n        return super().__repr__()',
      'one = Late(2.5)\none.label = "a"\nname = "_other"\nfound = getattr(one, name, "none")\nlater = Late.shown(time.time())',
    ],
    { 'one.label': 'a', found: 'none', later: 'unknown: time.time()' },
  ],
  [
    'one nan or two',
    ['import math\na = float("nan")\nb = a\nkeys = {a: 1}\npair = (a, 1)', 'n = 0\nif b in [a]:\n    n = 1'],
    {
      'a in [b]': NANS,
      'a in [1.0]': 'False',
      'a == b': 'False',
      'a is b': NANS,
      '[a] == [b]': NANS,
      '[a, 1] == [b]': 'False',
      '[b, 1].count(a)': NANS,
      'len({a, b})': NANS,
      'len({a, 1})': '2',
      'keys.get(b)': NANS,
      'pair in {pair}': 'True',
      'len({(a, 1), (b, 1)})': NANS,
      'min([2.0, 1.0])': '1.0',
      n: NANS,
    },
  ],
  [
    'addresses',
    [
      'class C: pass\nq, r = C(), C()\ndef f(): pass\nclass H:\n    def __hash__(self): return id(self)\n    def __eq__(self, other): return self is other\nh = H()',
      'seen = {id(q): 1}',
    ],
    {
      'id(q)': 'unknown: id()',
      'id(q) == id(q)': 'True',
      'id(q) == id(r)': 'False',
      'id(q) in seen': 'True',
      'id(r) in seen': 'False',
      'len({h, h, H()})': '2',
      'hash(h)': "unknown: the hash of a 'H'",
      'str(q)': 'unknown: the address of an object',
      'f"{f}"': 'unknown: the address of an object',
      'len(repr(q))': 'unknown: the address of an object',
      q: '<__main__.C at 0x…>',
    },
  ],
  [
    'what special methods give, where that is unknown',
    [
      'import math, operator, time\nt = time.time()',
      ...['bool', 'len', 'float', 'bytes', 'complex', 'length_hint', 'init', 'iter', 'index', 'str'].map(
        name => `class ${name[0]!.toUpperCase()}${name.slice(1)}:\n    def __${name}__(self): return t`,
      ),
      'try:\n    x = float(Float())\nexcept TypeError:\n    x = -1',
    ],
    {
      'bool(Bool())': CLOCK,
      '1 if Bool() else 2': CLOCK,
      'len(Len())': CLOCK,
      'float(Float())': CLOCK,
      'math.sqrt(Float())': CLOCK,
      "'%f' % Float()": CLOCK,
      'bytes(Bytes())': CLOCK,
      'complex(Complex())': CLOCK,
      'operator.length_hint(Length_hint())': CLOCK,
      'Init()': CLOCK,
      'list(Iter())': CLOCK,
      '[1, 2][Index()]': CLOCK,
      'str(Str())': CLOCK,
      x: CLOCK,
    },
  ],
  [
    'attributes and names that are set by names that are not known',
    [
      'import time\nt = str(time.time())\nclass A:\n    x = 1\n    def __init__(self): self.y = 1\na, b, c, d, e = A(), A(), A(), A(), A()',
      'a.__dict__.update({t: 2}) if t else None\nb.__dict__.update(t)\nheld = c.__dict__\nsetattr(c, t, 2)\nfor n in t:\n    d.__dict__[n] = 2',
      'class Base:\n    x = 1\nclass One(Base): pass\nclass Two(Base): pass\none = One()\nsetattr(One, t, 2)\nfor n in t:\n    setattr(Two, n, 2)',
      'class Body:\n    x = 1\n    locals().update({t: 2})',
    ],
    {
      'a.y': CLOCK,
      'b.y': CLOCK,
      'b.new': CLOCK,
      'held["y"]': CLOCK,
      'd.y': CLOCK,
      'e.y': '1',
      'one.x': CLOCK,
      'One.new': CLOCK,
      'Two().x': CLOCK,
      'Base.x': '1',
      'Body.x': CLOCK,
    },
  ],
  [
    'names of cells that are set through globals()',
    [
      'import time\nt = str(time.time())\nk = 1\ndef put(names, more):\n    for n in more:\n        names[n] = 2\nput(globals(), t)',
      'j = 1',
    ],
    { k: CLOCK, new: CLOCK, j: '1' },
  ],
  [
    'names of cells that are set through globals(), listed after that',
    ['import time\nt = str(time.time())\nglobals().update(t)', 'i = 1\nnames = globals()\nnames["i"] = 2', 'h = 1'],
    { t: CLOCK, i: CLOCK, h: '1' },
  ],
  [
    'names that a chapter may have put into builtins',
    [
      'before = 1\ntry:\n    missing\nexcept NameError:\n    before = 2',
      'import builtins\nbuiltins.N = 3\nx = N',
      'len = 3',
    ],
    { before: '2', x: 'unknown: builtins', N: 'unknown: builtins', len: '3' },
  ],
  [
    'formats of units that a chapter adds',
    [
      'import pint\nureg = pint.UnitRegistry()\n@pint.register_unit_format("short")\ndef short(unit, registry, **options):\n    return "u"',
      'whole = f"{2 * ureg.m:short}"\nunit = f"{ureg.m:short}"\nplain = f"{2 * ureg.m:.1f~P}"\nletter = f"{2 * ureg.m:Z}"',
    ],
    {
      letter: 'unknown: pint.register_unit_format',
      whole: 'unknown: pint.register_unit_format',
      unit: 'unknown: pint.register_unit_format',
      plain: '2.0 m',
    },
  ],
  [
    'what generators, and functions with a memory, change that code nobody knows may call',
    [
      'import away, functools\nlog, ran, part = [], [], []\ndef numbers():\n    for i in range(3):\n        yield i\n        log.append(i)\ng = numbers()\nfirst = next(g)\nrest = away.keep(list)(g)',
      '@functools.lru_cache\ndef half(n):\n    ran.append(n)\n    return n / 2\na = half(4)\nb = half(away.pick())\ndef note(n, by): part.append(n)\nc = functools.partial(note, by=2)(away.pick())',
      'import numpy as np\nseen, kept = [], 7\nv = np.vectorize(lambda x: seen.append(x) or x + 1)\nfor _ in range(away.pick()): w = v(np.array([1, 2]))',
    ],
    { 'len(seen)': AWAY, kept: '7', first: '0', 'len(log)': AWAY, a: '2.0', 'len(ran)': AWAY, 'len(part)': AWAY },
  ],
  [
    'attributes of a class that code with one of its objects may change',
    [
      'import away\nclass A:\n    limit = 3\n    rate = 2\n    @away.keep\n    def grow(self): type(self).limit += 1\nA().grow()',
      'class B:\n    limit = 3\n    def grow(self): type(self).limit += 1\naway.keep(B)().grow()\nclass C:\n    items = []\n    size = 4\naway.fill(C())',
    ],
    { 'A.limit': AWAY, 'A.rate': AWAY, 'B.limit': AWAY, 'len(C.items)': AWAY, 'C.size': AWAY },
  ],
  [
    'what was made of a dict, a list, a deque or an array before it was given away',
    [
      'import away, numpy as np\nfrom collections import deque\nd, l, q, a = {"x": 1}, [1, 2], deque([1]), np.arange(3)\nkeys, items, back, ends, flat = d.keys(), d.items(), reversed(l), iter(q), a.flat\ncopied = list(keys)\naway.mess(d, l, q, a)',
    ],
    {
      'len(keys)': AWAY,
      '"x" in keys': AWAY,
      '("x", 1) in items': AWAY,
      'sorted(keys & {"x"})': AWAY,
      'list(reversed(keys))': AWAY,
      'next(back)': AWAY,
      'next(ends)': AWAY,
      'next(flat)': AWAY,
      copied: "['x']",
    },
  ],
  [
    'what is set where a class has code in place of the attribute, which nobody knows',
    [
      'import away\nlog = []\nclass Tank:\n    for _ in range(away.pick()):\n        @property\n        def level(self): return self._level\n    @level.setter\n    def level(self, value):\n        self._level = value\n        log.append(value)\nt = Tank()\nt.level = 5',
      'class Named:\n    @away.keep\n    def __set_name__(self, owner, name): self.name = name\nclass Two:\n    a = Named()\n    b = Named()\nkept = 7',
    ],
    { 'len(log)': AWAY, 't.level': AWAY, kept: '7', 'Two.a.name': AWAY },
  ],
  [
    'what models of pydantic do that is left out',
    [
      'import dataclasses\nfrom pydantic import BaseModel, ConfigDict, Field, TypeAdapter, computed_field, field_validator, validate_call\nfrom away import pick',
      'def gen():\n    yield 1\n    raise RuntimeError\nclass M(BaseModel):\n    x: list[int]\nclass A:\n    @property\n    def x(self): raise RuntimeError\n@dataclasses.dataclass\nclass User:\n    name: str\nclass Foo(BaseModel):\n    model_config = ConfigDict(revalidate_instances="always")\n    user: User\n@validate_call\ndef given(n: int = Field(default=2)): return n\nclass C(BaseModel):\n    @computed_field\n    def c(self) -> int: return pick()\nclass V(BaseModel):\n    x: int\n    @field_validator("x")\n    def check(cls, v, info): return len(info.config)',
    ],
    {
      'M(x=gen())': 'unknown: an iterator that raises while it is validated',
      'M.model_validate(A(), from_attributes=True)': 'unknown: an attribute that raises while it is validated',
      'Foo(user=User([1])).user.name': 'unknown: revalidate_instances of a data class',
      'given()': 'unknown: validate_call of a function with a Field() as a default',
      'C().model_dump_json()': AWAY,
      'V(x=1).x': 'unknown: ValidationInfo.config',
      'TypeAdapter(gen)': 'unknown: a function as a type of a field',
      'TypeAdapter(list[int]).validate_python([1, "a"], experimental_allow_partial=True)':
        'unknown: the argument experimental_allow_partial= of validate_python',
    },
  ],
  [
    'hashes, enumerations and classes that are made of what nobody knows, which are no errors',
    [
      'import away\nfrom enum import Enum\nclass Key:\n    def __hash__(self): return away.pick()\nclass Kind(Enum):\n    try:\n        away.maybe()\n        A = 1\n    except ValueError:\n        pass\n    B = 2\nclass Meta(type):\n    def __new__(mcls, name, bases, space):\n        if away.pick() > 2:\n            space["tag"] = name\n        return super().__new__(mcls, name, bases, space)\nclass C(metaclass=Meta): pass',
      'got = [1, 2, away.pick(), 3]\nit = iter(lambda: got.pop(), 0)\nall = list(it)\nkept = 7',
    ],
    { 'len({Key()})': AWAY, 'Kind.B': AWAY, 'C.tag': AWAY, 'len(got)': AWAY, kept: '7' },
  ],
  [
    'classes of quantities of a chapter',
    [
      'import pint\nclass Length(pint.UnitRegistry.Quantity):\n    def twice(self): return 2 * self\nclass Registry(pint.UnitRegistry):\n    Quantity = Length\nclass Plain(pint.UnitRegistry): pass',
      'size = Registry().Quantity(3, "m").twice()\nplain = str(Plain().Quantity(3, "m"))',
    ],
    { size: 'unknown: a registry with a Quantity of its own', plain: '3 meter' },
  ],
  [
    'methods that are left out, called on their class',
    ['import numpy as np\na = np.array([2, 1])\nb = np.ndarray.dumps(a)', 'c = np.ndarray.sort(a)'],
    {
      b: 'unknown: ndarray.dumps',
      'np.ndarray.tofile': 'unknown: ndarray.tofile',
      'np.ndarray.nothing': 'AttributeError',
    },
  ],
  [
    'arrays and copies that objects of the chapter make of themselves',
    [
      'import copy, numpy as np\nclass A:\n    def __array__(self, dtype=None, copy=None): return np.ones(2)\nclass R:\n    v = 1\n    def __reduce__(self): return (R, ())\nclass S:\n    def __getstate__(self): return {}',
    ],
    {
      'np.sum(A())': "unknown: making an array of a 'A' by its __array__",
      'np.zeros(2) + A()': "unknown: making an array of a 'A' by its __array__",
      "np.array([b'a'])": 'unknown: numpy arrays of bytes',
      'copy.copy(R()).v': 'unknown: copying an object by its __reduce__',
      'copy.deepcopy([S()])': 'unknown: copying an object by its __getstate__',
    },
  ],
  [
    'solutions of equations that are rounding errors',
    [
      'import numpy as np\na = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9.0]])\nscaled = np.array([[1e-20, 2e-20], [3.0, 4.0]])\nv = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-13], [1.0, 1.0]])',
    ],
    {
      'np.linalg.inv(a)': NOISE,
      'np.linalg.solve(a, [1, 2, 3])': NOISE,
      'np.linalg.pinv(v)': NOISE,
      'np.linalg.lstsq(v, np.ones(3))[0]': NOISE,
      'np.linalg.solve(scaled, [1e-20, 1]).round(6).tolist()': '[-1.0, 1.0]',
      'np.linalg.pinv(np.array([[1.0, 2], [2, 4]])).round(2).tolist()': '[[0.04, 0.08], [0.08, 0.16]]',
    },
  ],
  [
    'arrays of which a view was changed, and views of an array that was',
    [
      'import numpy as np, time\nt = time.time()\na = np.zeros(3); v = a[:2]; v[0] = t\nb = np.zeros((2, 2)); b.T[0] = t\nd = np.zeros(4); w = d[1:]; d[0] = t',
      'e = np.zeros(3); e.flat[1] = t\nh = np.zeros(3); y = h[1:]\nfor i in range(2):\n    if t > i: y[i] = i\nn = np.zeros(3); n.shape = (3, 1)\nr = np.zeros(3); s = r[1:]; s.sort(kind=t)',
      'c = np.zeros(3); u = c[1:]; u[0] = t\nc[:] = 7\nkept = np.ones(2)',
    ],
    {
      'float(a[2])': CLOCK,
      'float(b[1, 1])': CLOCK,
      'float(w[2])': CLOCK,
      'e.tolist()': 'unknown: setting items of flat',
      'h.tolist()': CLOCK,
      'n.tolist()': 'unknown: setting shape of an array',
      'r.tolist()': CLOCK,
      'c.tolist()': '[7.0, 7.0, 7.0]',
      'a.shape': '(3,)',
      'kept.tolist()': '[1.0, 1.0]',
    },
  ],
  [
    'what functions that are not here put into their arguments',
    [
      'import numpy as np\na = np.arange(3); np.place(a, a > 1, [4])\nb = np.arange(3); np.put(b, [0], [4])\nc = np.zeros(2); np.copyto(c, [1, 2])\nd = np.zeros(3); np.percentile([1, 2], 50, out=d)\ne = np.zeros(3); np.trapezoid_of(1, out=e) if False else None\nf = np.array([np.nan]); np.nan_to_num(f, copy=False)\nkept = np.arange(2); np.argpartition(kept, 1)',
    ],
    {
      'a.tolist()': 'unknown: numpy.place',
      'b.tolist()': 'unknown: numpy.put',
      'c.tolist()': 'unknown: numpy.copyto',
      'd.tolist()': 'unknown: the argument out= of percentile',
      'f.tolist()': 'unknown: the argument copy= of nan_to_num',
      'e.tolist()': '[0.0, 0.0, 0.0]',
      'kept.tolist()': '[0, 1]',
    },
  ],
  [
    'arrays that a method or function that is not here may change in their place',
    [
      'import numpy as np\na = np.arange(3, dtype=np.int16); a.byteswap(inplace=True)\nb = np.array([2.5, 1.5]); np.median(b, overwrite_input=True)\nc = np.array([2.5, 1.5]); np.percentile(c, 50, overwrite_input=True)\nd = np.arange(3); d.setfield(7, np.int8)\nkept = np.array([2.5, 1.5]); m = np.median(kept, overwrite_input=False)',
    ],
    {
      'a.tolist()': 'unknown: ndarray.byteswap',
      'b.tolist()': 'unknown: the argument overwrite_input= of median',
      'c.tolist()': 'unknown: the argument overwrite_input= of percentile',
      'd.tolist()': 'unknown: ndarray.setfield',
      'kept.tolist()': '[2.5, 1.5]',
      'float(m)': '2.0',
    },
  ],
  [
    'texts of the library’s own functions and classes, which are not kept',
    [
      'import collections, fractions, functools, statistics\nclass Own: pass\ndef own(): pass\n@functools.wraps(len)\ndef like(x): return x\n@functools.wraps(own)\ndef plain(x): return x',
    ],
    {
      'collections.Counter.__doc__ is None': 'unknown: __doc__ of Counter',
      'fractions.Fraction(1, 2).__doc__ is None': 'unknown: __doc__ of Fraction',
      'statistics.mean.__doc__ is None': 'unknown: __doc__ of mean()',
      'like.__doc__ is None': 'unknown: __doc__ of a function of the library',
      'like.__name__': 'len',
      'plain.__doc__ is None': 'True',
      'Own.__doc__ is None': 'True',
      'Own().__doc__ is None': 'True',
    },
  ],
  [
    'what such functions put into quantities',
    [
      'import numpy as np\nimport pint\nureg = pint.UnitRegistry()\nq = np.zeros(2) * ureg.meter\nm = q.magnitude\nnp.copyto(q, 5 * ureg.meter)\nkept = np.zeros(2) * ureg.meter',
    ],
    {
      'q.magnitude.tolist()': 'unknown: numpy.copyto',
      'm.tolist()': 'unknown: numpy.copyto',
      'kept.magnitude.tolist()': '[0.0, 0.0]',
    },
  ],
  [
    'what a model with something unknown is dumped as',
    [
      'import time\nfrom typing import Any\nfrom pydantic import BaseModel\nclass M(BaseModel):\n    a: Any = 1\n    b: int = 2\nm = M(a=[time.time()])\nn = M()',
    ],
    { 'm.model_dump_json()': CLOCK, 'm.b': '2', 'n.model_dump_json()': '{"a":1,"b":2}' },
  ],
  [
    'ids that are compared with what no id is, and kept by a class',
    [
      'class C:\n    made_for = False\n    @classmethod\n    def ready(cls):\n        if cls.made_for != id(cls):\n            cls.made_for = id(cls)\n            cls.n = 1\n        return cls.n\nC.ready()\nkept = C.ready()',
    ],
    {
      kept: '1',
      'C.made_for == id(C)': 'True',
      'None == id(C)': 'False',
      '0 == id(C)': 'False',
      '10**9 == id(C)': 'unknown: id()',
    },
  ],
  [
    'ids of what nothing holds, which another object may have got',
    [
      'a = [1]\nb = [1]\ndef made(): return a\nheld = id(a) == id(b)\nfreed = id([1]) == id([2])\nsame = id(made()) == id(a)\nmany = len({id(a), id(b), id([3])})',
    ],
    { held: 'False', freed: 'unknown: id()', same: 'True', many: 'unknown: id()' },
  ],
  [
    'what a list that may have grown is validated and dumped as',
    [
      'import time\nfrom typing import Any\nfrom pydantic import BaseModel, TypeAdapter, validate_call\nclass M(BaseModel):\n    a: list[int] = []\n    b: "M | None" = None\n    c: Any = 1\n@validate_call\ndef g(x: list[int]): return 3\nm = M()\nL = [1]\nkept = M(a=[2])',
      'if time.time() > 3:\n    m.a.append(3)\n    L.append(2)',
    ],
    {
      'm.model_dump()': CLOCK,
      'm.model_dump_json()': CLOCK,
      'M(b=m).model_dump()': CLOCK,
      'M(c=L).model_dump()': CLOCK,
      'g(L)': CLOCK,
      'TypeAdapter(list[int]).validate_python(L)': CLOCK,
      'kept.model_dump()': "{'a': [2], 'b': None, 'c': 1}",
    },
  ],
  [
    'models whose configuration is unknown, and types with marks that are not known',
    [
      'import somewhere\nfrom typing import Annotated\nfrom pydantic import BaseModel, ConfigDict\nkept = 1',
      'class M(BaseModel):\n    model_config = ConfigDict(alias_generator=somewhere.camel)\n    x_y: int = 1\nclass N(BaseModel):\n    x: Annotated[int, somewhere.Mark()] = 1',
    ],
    { 'M().x_y': 'unknown: somewhere', 'N().x': 'unknown: somewhere', kept: '1' },
  ],
  [
    'iterations over what may have grown meanwhile',
    [
      'import time\nK = [1]; it = iter(K); e = enumerate(K); d = {"a": 1}; di = iter(d)\nif time.time() > 3:\n    K += [7]\n    d["b"] = 2',
      'L = [1, 2]\nn = 0\nfor v in L:\n    n += 1\n    if time.time() > 3 and n < 5: L.append(7)\nkept = sum([1, 2])',
      'x = next(it, 0)\ny = next(e, 0)\nz = list(di)',
    ],
    { x: CLOCK, y: CLOCK, z: CLOCK, n: CLOCK, kept: '3' },
  ],
  [
    'names that a module of which all was imported has in Python',
    ['from numpy import *\nfrom math import *\nkept = array([1, 2])', 'm = matrix(kept)\nx = m.T\nn = hypot(3, 4)'],
    {
      x: 'unknown: numpy.matrix',
      'kept.tolist()': '[1, 2]',
      n: '5.0',
      nowhere: 'NameError',
      _nowhere: 'NameError',
    },
  ],
  [
    'arguments of numpy that are not heeded, but for their defaults',
    ['import numpy as np\na = np.arange(6).reshape(3, 2)'],
    {
      'np.count_nonzero(a, axis=1, keepdims=True)': 'unknown: the argument keepdims= of count_nonzero',
      'np.count_nonzero(a, axis=1, keepdims=False).tolist()': '[1, 2, 2]',
      "np.ravel(a, order='F')": 'unknown: the argument order= of ravel',
      "np.ravel(a, 'F')": 'unknown: the argument order= of ravel',
      "np.ravel(a, 'C').tolist()": '[0, 1, 2, 3, 4, 5]',
      'np.linalg.cond([[1, 2], [3, 4]], 1)': 'unknown: the argument p= of cond',
      'np.median([1, 3], None, None).tolist()': '2.0',
      'np.all([True, False], where=[True, False])': 'unknown: the argument where= of all',
      'np.arange(0, 5, 0.5, dtype=int)': 'unknown: numpy.arange of floats as integers',
      'np.trace(np.zeros((2, 2, 2)))': 'unknown: trace of an array of more than 2 dimensions',
      'np.imag(1 + 2j)': '2.0',
      'np.linalg.matrix_rank(a)': 'np.int64(2)',
    },
  ],
  [
    'items of an empty array, until they are set',
    [
      'import numpy as np\nx = np.empty(3)\nx[0] = 1\nfor i in (1, 2):\n    x[i] = x[i - 1] * 2',
      'y = np.empty((2, 2))\ny[0] = 5\nz = np.empty_like(y)\nz.fill(7)\nv = np.empty(4).reshape(2, 2)\nv[0, :] = 3\nv[1] = v[0] + 1',
      'w = np.add([1, 2], 3, where=[True, False])\nmask = np.array([True, False])\nu = np.add([1, 2], 3, where=mask)\nu[1] = 0',
    ],
    {
      'x.tolist()': '[1.0, 2.0, 4.0]',
      'y[0].tolist()': '[5.0, 5.0]',
      'y.shape': '(2, 2)',
      'float(y[1, 0])': UNSET,
      'y[[0, 1]]': UNSET,
      'y[:, 0].sum()': UNSET,
      'str(y)': UNSET,
      'float(z.sum())': '28.0',
      'v.tolist()': '[[3.0, 3.0], [4.0, 4.0]]',
      'int(w[0])': '4',
      'int(w[1])': UNSET,
      'u.tolist()': '[4, 0]',
      'mask.tolist()': '[True, False]',
      'np.empty(2, dtype=object).tolist()': '[None, None]',
      'np.empty((0, 3)).tolist()': '[]',
      'np.empty(())': UNSET,
    },
  ],
  [
    'hashes that are others in each process of Python',
    [
      'from dataclasses import dataclass\nfrom datetime import date, timedelta\n@dataclass(frozen=True)\nclass K:\n    name: str\nclass Own:\n    def __hash__(self): return hash(("own", 1)) % 100\n    def __eq__(self, other): return True\nclass Based:\n    def __hash__(self): return super().__hash__()\nn = float("nan")',
      'kept = {K("a"): 1, K("b"): 2, ("a", 1): 3, Own(): 4}\nslot = hash("a") % 10',
    ],
    {
      ...Object.fromEntries(
        [
          '"a"',
          'b"a"',
          '("a", 1)',
          'frozenset({"a"})',
          'date(2020, 1, 1)',
          'K("a")',
          'Own()',
          'Based()',
          'n',
          'K',
          'len',
          'object()',
        ].map(one => [`hash(${one})`, expect.stringContaining('unknown: the hash of a') as unknown as string]),
      ),
      ...Object.fromEntries(
        ['b"a"', '("a", 1)', 'frozenset({"a"})', 'date(2020, 1, 1)', 'K("a")', 'Own()', 'Based()', 'object()'].map(
          one => [`${one}.__hash__()`, expect.stringContaining('unknown: the hash of a') as unknown as string],
        ),
      ),
      'object.__hash__(Own())': "unknown: the hash of a 'Own'",
      '(1, 2).__hash__(), (1.5).__hash__(), timedelta(1, 2).__hash__()':
        '(-3550055125485641917, 1152921504606846977, -3194506032951434905)',
      'K("a").__hash__() == K("a").__hash__(), K("a").__hash__() == K("b").__hash__()': '(True, False)',
      slot: "unknown: the hash of a 'str'",
      '"a".__hash__()': "unknown: the hash of a 'str'",
      'hash("a") == hash("a")': 'True',
      'hash("a") != hash("b")': 'True',
      'hash("a") == 1': "unknown: the hash of a 'str'",
      'kept[K("a")], kept[("a", 1)], kept[Own()]': '(1, 3, 4)',
      'hash(""), hash(1.5), hash(timedelta(1, 2)), hash((1, 2))':
        '(0, 1152921504606846977, -3194506032951434905, -3550055125485641917)',
    },
  ],
  [
    'an object that is made of a class which is not known',
    ['import time\nmade = object.__new__(time.time())\nkept = 7'],
    { made: CLOCK, kept: '7' },
  ],
  [
    'what a context manager of a generator does that met something unknown, and nothing else',
    [
      'import contextlib, time\nlog = []\nkept = 7\n@contextlib.contextmanager\ndef timed():\n    start = time.time()\n    try:\n        yield 3\n    finally:\n        log.append(start)',
      'def work(x):\n    with timed():\n        return x + 1\ny = work(2)',
      'with timed() as x:\n    k = x',
    ],
    { kept: '7', y: CLOCK, k: CLOCK, 'len(log)': CLOCK },
  ],
];

test.each(TABLE)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected))).toEqual(expected);
});
