/** Unknown is a value, a table in parts: what is kept of what unknown code called, and where. */
import { expect, test } from 'vitest';
import { shown } from '../support/shownValues';
import { CLOCK } from '../support/unknownCauses';

/** Cells, and what is shown of each expression. */
const TABLE: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
  [
    'how often a function with a memory was called, where nobody knows',
    [
      'from functools import cache\nimport time\n@cache\ndef f(n): return n and 1 + f(n - 1)\nf(1)',
      'if time.time() > 3:\n    f(2)',
    ],
    { 'f.cache_info()': CLOCK, 'f(3)': '3' },
  ],
  [
    'how often it was called after a call with something unknown',
    [
      'from functools import cache\nimport time\n@cache\ndef f(n): return n\nbefore = f.cache_info().misses\nx = f(time.time())',
    ],
    { before: '0', x: CLOCK, 'f.cache_info()': CLOCK },
  ],
  [
    'how often it was called by a cell that was ended',
    ['from functools import cache\n@cache\ndef f(n): return n\nf(1)', 'for n in range(10**6):\n    f(n % 7)'],
    { 'f.cache_info()': 'unknown: steps', 'f(3)': '3' },
  ],
  [
    'the expression alone, and what reads it',
    ['import time\nkept = 7\nt = time.time()\nx = t + 1\ny = [t, 2]\nz = f"{t:.1f}"'],
    {
      kept: '7',
      t: CLOCK,
      x: CLOCK,
      'len(y)': '2',
      'y[1]': '2',
      y: CLOCK,
      z: CLOCK,
      't is None': CLOCK,
      'not t': CLOCK,
    },
  ],
  [
    'the environment, but for what the chapter has set',
    [
      "import os\nos.environ['A'] = '1'\ntry:\n    b = os.environ['B']\nexcept KeyError:\n    b = 'none'",
      "import os\nif b:\n    os.environ['A'] = '2'",
      "import os\na = os.environ['A']",
    ],
    {
      b: "unknown: os.environ['B']",
      "os.environ['A']": "unknown: os.environ['A']",
      "os.getenv('C', 'd')": "unknown: os.getenv('C')",
      "'C' in os.environ": "unknown: os.environ['C']",
      a: "unknown: os.environ['A']",
    },
  ],
  [
    'an object whose base class was given what is not known',
    [
      'import time\nfrom dataclasses import dataclass\n' +
        '@dataclass\nclass Base:\n    rows: int\n    size: int = 3\n' +
        'class Plain:\n    kept = 1\n    def __init__(self, **given):\n        self.given = given\n' +
        '    def note(self, more=0, other=0):\n        self.noted = more\n',
      'import time\nclass Table(Base):\n    def __init__(self):\n        super().__init__(**time.time())\n' +
        'class Sheet(Plain):\n    def __init__(self):\n        self.name = "s"\n        super().__init__(**time.time())\n' +
        'class Note(Plain):\n    def __init__(self):\n        self.name = "n"\n        on = super()\n        on.note(**time.time())\n' +
        'class Two(Plain):\n    def __init__(self):\n        self.name, self.noted = "two", 0\n        super(Two, self).note(**time.time())\n' +
        't, s, n, two = Table(), Sheet(), Note(), Two()\nt_rows = t.rows\ns_given = s.given\nn_noted = n.noted\n' +
        'two_noted = two.noted',
    ],
    {
      t_rows: CLOCK,
      s_given: CLOCK,
      n_noted: CLOCK,
      two_noted: CLOCK,
      // What had no such attribute before may be anything.
      's.name': CLOCK,
      'two.name': 'two',
    },
  ],
  [
    'what a function does with what it gives to itself',
    [
      'import time\nL = []\nkept = [7]\ndef f(do, n):\n    do()\n    if n:\n        f(g, n - 1)\n' +
        'def g():\n    L.append(1)\ndef nothing():\n    pass\nif time.time():\n    f(nothing, 1)',
    ],
    { L: CLOCK, kept: '[7]' },
  ],
  [
    'what is put into an object after it was looked at, where that may happen again',
    [
      'import time\nL = []\nkept = [7]\nclass Box:\n    pass\nbox = Box()\nbox.items = []\n' +
        'def read():\n    box.items.append(1)\ndef put():\n    box.items = L\n' +
        'for _ in range(2):\n    if time.time():\n        for _ in range(2):\n            read()\n            put()',
    ],
    { L: CLOCK, kept: '[7]' },
  ],
  [
    'all that code may come by of which there is too much',
    [
      `import time\ndef big(given):\n    ${'given = given + 1 - 1\n    '.repeat(12_000)}return given\n` +
        'def hidden():\n    found = [1]\n    def add():\n        found.append(2)\n    return add, lambda: len(found)\n' +
        'def work():\n    own = [1]\n    add, count = hidden()\n    if time.time():\n        big(own)\n        add()\n    return len(own), count()\n' +
        'n, m = work()\nkept = 7',
    ],
    { n: CLOCK, m: CLOCK, kept: '7' },
  ],
  [
    'names that come from each other in very many ways',
    [
      'import time\nL = [1]\nkept = [7]\n' +
        'def mix(a, b, c, d, e, f, g):\n' +
        '    a, b, c, d, e, f, g = max([a, b, c, d, e, f, g]), b, c, d, e, f, g\n'.repeat(3) +
        '    g, f, e, d, c, b, a = loop(len(a), [a, b, c, d, e, f, g])\n'.repeat(3) +
        '    g.append(2)\n    return a\n' +
        'def loop(n, init):\n    return init\n' +
        'if time.time():\n    r = mix(L, 1, 2, 3, 4, 5, 6)',
    ],
    { L: CLOCK, r: CLOCK, kept: '[7]' },
  ],
  [
    'the states of the library that skipped code, or a call with an unknown argument, may have changed',
    [
      'import random, time\nimport numpy as np\nfrom decimal import Decimal, getcontext\nfrom numpy.random import rand\n' +
        'kept = 7\nnp.random.seed(1)\nrandom.seed(1)\nctx = getcontext()\nu = time.time()',
      'a = random.random()\nrandom.seed(u)\nb = random.random()\nrandom.seed(2)\nc = random.random()',
      'd = np.random.rand()\nif u:\n    rand()\ne = np.random.rand()\nnp.random.seed(3)\nf = np.random.rand()',
      'g = str(np.array([1 / 3]))\nif u:\n    np.set_printoptions(precision=2)\nh = str(np.array([1 / 3]))',
      'i = str(Decimal(1) / 3)\nif u:\n    ctx.prec = 4\nj = Decimal(1) / 3',
      'np.random.seed(4)\nnp.random.normal(0, u)\nk = np.random.rand()',
      'import yaml\nclass L(yaml.SafeLoader): pass\nl = yaml.load("a: 1", L)\nL.add_constructor(u, kept)\nm = yaml.load("a: 1", L)',
    ],
    {
      l: "{'a': 1}",
      m: CLOCK,
      a: '0.13436424411240122',
      b: CLOCK,
      c: '0.9560342718892494',
      d: '0.417022004702574',
      e: CLOCK,
      f: '0.5507979025745755',
      g: '[0.33333333]',
      h: CLOCK,
      i: '0.3333333333333333333333333333',
      j: CLOCK,
      k: CLOCK,
      kept: '7',
    },
  ],
  [
    'what a context of the library has set, where its body ends early',
    [
      'import time\nimport numpy as np\nwith np.printoptions(precision=2):\n    for i in range(3):\n' +
        '        if time.time():\n            break\n    time.time()',
    ],
    { 'str(np.array([1 / 3]))': '[0.33333333]' },
  ],
  [
    'the names of both branches, and no others',
    ['import time\na = b = c = 1\nif time.time() > 5:\n    a = 2\nelif b:\n    d = 3\nelse:\n    del b'],
    { a: CLOCK, b: CLOCK, c: '1', d: CLOCK },
  ],
  [
    'objects that a branch may change, by every name',
    ['import time\nL = [1]\nM = L\nN = [2]\nif time.time():\n    L.append(3)'],
    { L: CLOCK, M: CLOCK, 'len(M)': CLOCK, N: '[2]' },
  ],
  [
    'the entry of a dict that a branch may set, and no other',
    ["import time\nD = {'a': 1, 'b': 2}\nE = {'a': 1}\nif time.time():\n    D['a'] = 5\n    E['n'] = 1"],
    { "D['a']": CLOCK, "D['b']": '2', 'len(D)': '2', "E['a']": '1', "E['n']": CLOCK, 'len(E)': CLOCK },
  ],
  [
    'the attribute that a branch may set, and no other',
    [
      'import time\nclass P:\n    x = 1\n    y = 2\np = P()\np.a = 1\np.b = 2\nif time.time():\n    P.x = 3\n    p.a = 4',
    ],
    { 'P.x': CLOCK, 'P.y': '2', 'p.a': CLOCK, 'p.b': '2' },
  ],
  [
    'what functions change that a branch calls',
    [
      'import time\nlog = []\nother = []\nn = 0\ndef f():\n    global n\n    n = 1\n    log.append(1)\nif time.time():\n    f()',
    ],
    { log: CLOCK, n: CLOCK, other: '[]' },
  ],
  [
    'a loop that may end early',
    [
      'import time\nfound = -1\nfor i in range(5):\n    before = i\n    if time.time() > i:\n        found = i\n        break\nafter = 3',
    ],
    { found: CLOCK, i: CLOCK, before: CLOCK, after: '3' },
  ],
  [
    'a loop without a break goes on',
    ['import time\ntotal = 0\nfor i in range(5):\n    total += i\n    if time.time() > i:\n        last = i'],
    { total: '10', last: CLOCK, i: '4' },
  ],
  [
    'a function that may return early',
    [
      'import time\ndef f(x):\n    if time.time() > x:\n        return 1\n    return 2\na = f(1)\ndef g(x):\n    if time.time() > x:\n        y = 1\n    return x\nb = g(3)',
    ],
    { a: CLOCK, b: '3' },
  ],
  [
    'no except clause catches it',
    ['import time\ntry:\n    rows = len(time.time())\n    good = 1\nexcept Exception:\n    rows = -1\nkept = 1'],
    { rows: CLOCK, good: CLOCK, kept: '1' },
  ],
  [
    'what Python lists and says of itself',
    [
      "import enum, math, matplotlib.pyplot as plt\nclass E(enum.Enum):\n    A = 1\nplt.rcParams['figure.dpi'] = 120\nplt.rcParams['figure.figsize'] = 8, 5",
    ],
    {
      'dir()[:2]': 'unknown: dir() of a cell',
      'dir(E.A)': 'unknown: dir() of a member of an enumeration',
      'len(vars(math))': 'unknown: __dict__ of the module math',
      'math.__doc__': 'unknown: __doc__ of the module math',
      '__builtins__.max': "unknown: the kernel's __builtins__",
      "plt.rcParams['animation.codec']": "unknown: rcParams['animation.codec']",
      "plt.rcParams['nothing.here']": 'KeyError',
      'len(plt.rcParams)': 'unknown: listing the names of rcParams',
      "(plt.rcParams['figure.dpi'], plt.rcParams['figure.figsize'], plt.rcParams['font.family'])":
        "(120.0, [8.0, 5.0], ['sans-serif'])",
    },
  ],
  [
    'what depends on what the author has installed',
    [
      'import sys, numpy as np, pint, matplotlib, matplotlib.pyplot as plt, pydantic, yaml',
      'try:\n    new = np.__version__ >= "2"\nexcept AttributeError:\n    new = False',
    ],
    {
      new: 'unknown: __version__ of the module numpy',
      'sys.version': 'unknown: sys.version',
      'sys.argv[1:]': 'unknown: sys.argv',
      'pydantic.VERSION': 'unknown: pydantic.VERSION',
      'matplotlib.__file__': 'unknown: __file__ of the module matplotlib',
      "getattr(yaml, '__version__', 0)": 'unknown: __version__ of the module yaml',
      'sys.version_info >= (3, 11)': 'True',
      'sys.version_info[:2]': '(3, 13)',
      'sys.version_info.micro': 'unknown: sys.version_info.micro',
      'sys.version_info >= (3, 13, 2)': 'unknown: sys.version_info.micro',
      'str(sys.version_info)': 'unknown: sys.version_info.micro',
      '(sys.hexversion >= 0x030900f0, sys.hexversion < 0x030e0000, sys.hexversion >> 16)': '(True, True, 781)',
      'sys.hexversion > 0x030d01f0': 'unknown: sys.hexversion',
      '(plt.barh([1], [2]), plt.ylim())[1]': 'unknown: Axes.get_ylim of automatic limits',
      'np.zeros((2, 3), order="F").strides': 'unknown: strides of an array of several axes',
      '[int(np.array([[1, 2], [3, 4]]).flat[2]), len(np.zeros((2, 3)).flat), np.array([[1, 2], [3, 4]]).flat[1:].tolist()]':
        '[3, 6, [2, 3, 4]]',
    },
  ],
  [
    'arrays that numpy makes and lays out in ways of its own',
    [
      'import numpy as np\nclass W:\n    def __init__(self): self.__array_interface__ = {}\nclass C(np.ndarray): pass\nkept = np.ones(2)',
    ],
    {
      'np.array(W()).shape': "unknown: making an array of a 'W' by its __array_interface__",
      'C((2,)).shape': 'unknown: subclasses of numpy.ndarray',
      "np.zeros(2, dtype='i4,f8')": 'unknown: numpy dtype i4,f8',
      "np.ndarray(2, buffer=b'12')": 'unknown: the argument buffer= of ndarray',
      'np.finfo(float).maxexp': 'unknown: finfo.maxexp',
      'str(np.iinfo(int))': 'unknown: the text of iinfo',
      'kept.tolist()': '[1.0, 1.0]',
    },
  ],
  [
    'a parser that was to read what is not known',
    [
      "import configparser, time\nt = time.time()\na = configparser.ConfigParser()\na.read_string(str(t))\nb = configparser.ConfigParser()\nb.add_section(str(t))\nc = configparser.ConfigParser()\nc.read_string('[x]\\ny = 1')",
    ],
    { 'a.sections()': CLOCK, 'b.sections()': CLOCK, 'c.sections()': "['x']" },
  ],
  [
    'what registries of pint can, and Reckoner cannot',
    [
      'import pint\nureg = pint.UnitRegistry()\nureg.default_preferred_units = [ureg.m]\nkept = 3 * ureg.km',
      'class Mine: pass\nother = pint.UnitRegistry()\nother.formatter = Mine()\nq = 2 * other.km',
    ],
    {
      "ureg.parse_units('KM', case_sensitive=False)": 'unknown: the argument case_sensitive= of parse_units',
      "ureg.parse_units('degC/m', as_delta=False)": 'unknown: the argument as_delta= of parse_units',
      "ureg.parse_pattern('10 feet', '{feet}')": 'unknown: UnitRegistry.parse_pattern',
      "kept.to('kg', 'Gau')": 'unknown: the pint context Gaussian',
      "kept.to('kg', 'mine', factor=2)": 'KeyError',
      "ureg.m.is_compatible_with('THz', 'sp')": 'True',
      "ureg.is_compatible_with('1 m', 'THz', 'sp', n=2)": 'True',
      "ureg._get_symbol('meter')": 'unknown: UnitRegistry._get_symbol',
      'ureg._none': 'AttributeError',
      'kept._is_multiplicative': 'unknown: Quantity._is_multiplicative',
      'kept._none': 'AttributeError',
      'str(kept.to(ureg.m))': '3000.0 meter',
      'str(q)': 'unknown: setting formatter of a unit registry',
    },
  ],
  [
    'what an except clause changes through a name that the body of its try may not have bound anew',
    [
      'import time\nK = [4, 5]; L = [4]; M = [4]; N = [4]; P = [4]; kept = [[4], K[0]]\na, b, c, d, e = K, L, M, N, P\ndef cut(): N.clear()\ndef bind():\n    global P\n    P = []',
      'try:\n    len(time.time())\n    K = sorted(M); del L; M = []; N = []; M.append(1)\n    bind()\nexcept ValueError:\n    del K[:1]\n    L.pop(); cut()\n    P.pop()',
    ],
    { a: CLOCK, b: CLOCK, d: CLOCK, e: CLOCK, kept: '[[4], 4]' },
  ],
  [
    'what is changed through a global name that a function may have bound',
    [
      'import time\nt = time.time()\nK = [4]; P = [1]; Q = [2]; q = Q; kept = [3]\ndef bind():\n    global P, Q\n    P = K\n    Q = 1\ndef outer():\n    R = [5]; r = R; S = [6]\n    def inner():\n        nonlocal R\n        R = S\n    if t > 0: inner()\n    R.append(1)\n    return r, S',
      'if t > 0: bind()\nP.append(9)\nQ.append(9)',
    ],
    { K: CLOCK, q: CLOCK, 'outer()[0]': CLOCK, 'outer()[1]': CLOCK, kept: '[3]' },
  ],
  [
    'an import that may succeed',
    ['try:\n    import frobnicate\n    have = "yes"\nexcept ImportError:\n    have = "no"'],
    { have: 'unknown: frobnicate' },
  ],
  [
    'what an unknown value is unpacked to',
    [
      'import frobnicate\nclass Rows:\n    seen = 0\n    def __iter__(self):\n        Rows.seen += 1\n        return iter([1, 2])\nxs, gen, rows, m, n = [1], iter([1, 2]), Rows(), [5], [6]',
      'a, (b, *c) = frobnicate.parts\nd, e = frobnicate.split(rows)\nf, g = frobnicate.split([gen])\nm, n[0] = frobnicate.sizes',
      'try:\n    p, q = frobnicate.parts\n    r = 1\nexcept ValueError:\n    r = 2',
    ],
    {
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd', 'g', 'm', 'n[0]', 'r', 'Rows.seen', 'list(gen)'].map(name => [
          name,
          'unknown: frobnicate',
        ]),
      ),
      xs: '[1]',
      'len(n)': '1',
    },
  ],
  [
    'what functions of missing modules are given that leave it as it is',
    [
      'import polars as pl, seaborn as sns, plotly.express as px, sklearn.metrics\nfrom sklearn.model_selection import train_test_split\nfrom scipy import stats\nxs, ys, rows, kept = [1, 2], [3], {"a": [4]}, [5]',
      'frame = pl.DataFrame(rows).filter(pl.col("a") > 1)\nfig = px.bar(x=xs, y=ys)\nsns.lineplot(x=xs, y=ys)\nscore = sklearn.metrics.r2_score(xs, ys)\na, b = train_test_split(xs)\nt = stats.ttest_ind(xs, ys)',
      'fig.update(kept)\npl.Config.load(kept)',
    ],
    {
      xs: '[1, 2]',
      ys: '[3]',
      rows: "{'a': [4]}",
      b: 'unknown: sklearn',
      kept: 'unknown: plotly',
      score: 'unknown: sklearn',
    },
  ],
  [
    'modules that are not at hand, and all that is at hand beside them',
    [
      'import pandas as pd, math\nfrom plotnine import *\nimport matplotlib.dates\ndef f(d: pd.DataFrame) -> pd.Series: return 1\ndata = {"a": [1]}\nframe = pd.DataFrame(data)\nn = len(frame)\nm = math.floor(2.5)',
    ],
    {
      n: 'unknown: pandas',
      m: '2',
      'f(1)': '1',
      data: "{'a': [1]}",
      'ggplot(frame)': 'unknown: plotnine',
      'matplotlib.dates.MONDAY': 'unknown: matplotlib.dates.MONDAY',
    },
  ],
  [
    'built-in names of which a star import is known to bind others, until something else is bound to them',
    [
      'from pyspark.sql.functions import *\nx = sum([1, 2])\ny = sorted([2, 1])\nn = len([1])\nz = abs(-1)',
      'def abs(x): return -x\nw = abs(-2)',
      'from pylab import *\nt = round(2.4)',
    ],
    {
      x: 'unknown: pyspark',
      y: '[1, 2]',
      n: 'unknown: pyspark',
      z: 'unknown: pyspark',
      w: '2',
      t: 'unknown: pylab',
    },
  ],
  [
    'arguments of functions that nobody knows',
    ['import frobnicate\nL = [1]\nM = [2]\nx = 3\nfrobnicate.fill(L, x)'],
    { L: 'unknown: frobnicate', M: '[2]', x: '3' },
  ],
  [
    'what an unknown value may be another name of',
    ['import time\nL = [1]\nM = [2]\nN = [3]\nx = L if time.time() > 5 else M\nx.append(1)'],
    { L: CLOCK, M: CLOCK, N: '[3]' },
  ],
  [
    'the rest of a cell whose budget is used up',
    ['n = 1\nz = 5\nT = [1]\nU = [1]', 'while True:\n    n += 1\nT.append(3)\nk = 3'],
    { n: 'unknown: steps', k: 'unknown: steps', T: 'unknown: steps', U: '[1]', z: '5' },
  ],
  [
    'a class with an unknown attribute, and one with an unknown base',
    ['import time, frobnicate\nclass A:\n    t = time.time()\n    n = 2\nclass B(frobnicate.Base):\n    n = 3'],
    { 'A.n': '2', 'A.t': CLOCK, 'A().n': '2', 'B.n': 'unknown: frobnicate' },
  ],
  [
    'random numbers without a seed, and with one',
    [
      'import random\na = random.random()\nrandom.seed(1)\nb = random.randrange(10)\nif a > 0.5:\n    random.random()\nc = random.randrange(10)',
    ],
    { a: 'unknown: random numbers without a seed', b: '2', c: 'unknown: random numbers without a seed' },
  ],
  [
    'the generators that all code shares, where code of a missing library may draw from them',
    [
      'import random\nimport numpy as np\nimport frobnicate, sklearn, pandas as pd, seaborn as sns, torch\ndef seed():\n    np.random.seed(0)\n    random.seed(0)',
      'seed()\nfrobnicate.fit()\na = np.random.rand()\nb = random.random()',
      'seed()\nmodel = sklearn.ensemble.Forest(random_state=1)\nc = np.random.rand()\nmodel.fit()\nd = np.random.rand()',
      'seed()\nfrom sklearn.model_selection import train_test_split as split\nsplit([1], random_state=2)\ne = np.random.rand()\nsplit([1])\nf = np.random.rand()',
      'seed()\nframe = pd.DataFrame({"a": [1]}).resample("D").mean()\ng = np.random.rand()\nframe.sample(1)\nh = np.random.rand()\ni = random.random()',
      'seed()\nsns.lineplot([1])\ntorch.rand(2)\nj = np.random.rand()\nsns.lineplot([1], x_jitter=1)\nk = np.random.rand()',
      'seed()\ndef draw():\n    return frobnicate.draw()\nif frobnicate.on:\n    draw()\nl = np.random.rand()',
    ],
    {
      a: 'unknown: frobnicate',
      b: 'unknown: frobnicate',
      c: '0.5488135039273248',
      d: 'unknown: sklearn',
      e: '0.5488135039273248',
      f: 'unknown: sklearn',
      g: '0.5488135039273248',
      h: 'unknown: pandas',
      i: '0.8444218515250481',
      j: '0.5488135039273248',
      k: 'unknown: seaborn',
      l: 'unknown: frobnicate',
    },
  ],
  [
    'the axes of a figure of which a call was missed that may have added some',
    ['import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\na = len(fig.axes)\nplt.colorbar()\nc = len(fig.axes)'],
    { a: '1', c: 'unknown: colorbar without an image or contour' },
  ],
  [
    'a generator that depends on it',
    [
      'import time\ndef g():\n    yield 1\n    if time.time():\n        yield 2\n    yield 3\nit = g()\na = next(it)\nb = next(it)\nc = list(g())',
    ],
    { a: '1', b: CLOCK, c: CLOCK },
  ],
  [
    'annotations of a class body, whatever becomes of their values',
    [
      'import frobnicate, os, time\nfrom dataclasses import dataclass, fields, asdict\nfrom typing import NamedTuple, get_type_hints',
      'class A:\n    a: int = 1\n    b: int = os.getpid()\n    c: os.sched_getaffinity = 3\nclass B:\n    a: int = 1\n    if time.time() > 5:\n        b: int = 2',
      '@dataclass\nclass C:\n    a: int\n    b: int = os.getpid()\n    c: int = 4\n@dataclass\nclass D:\n    a: int\n    if time.time() > 5:\n        b: int = 2\n@dataclass\nclass E:\n    a: int\n    b: int = frobnicate.field(init=False)',
      'class F(NamedTuple):\n    a: int = 1\n    if time.time() > 5:\n        b: int = 2',
    ],
    {
      'list(A.__annotations__)': "['a', 'b', 'c']",
      'A.c': '3',
      'B.__annotations__': CLOCK,
      'get_type_hints(B)': CLOCK,
      '[f.name for f in fields(C)]': "['a', 'b', 'c']",
      'C(1).c': '4',
      'C(1, 2).b': '2',
      'C.__doc__': 'unknown: os.getpid',
      'fields(D)': CLOCK,
      'fields(E)': 'unknown: frobnicate',
      'F._fields': CLOCK,
    },
  ],
  [
    'what an `except` clause catches that names an unknown class',
    [
      'import frobnicate\na = b = c = d = 0\ntry:\n    {}["x"]\nexcept frobnicate.Error:\n    a = 1',
      'try:\n    {}["x"]\nexcept (frobnicate.Error, KeyError):\n    b = 1\ntry:\n    {}["x"]\nexcept (frobnicate.Error, ValueError):\n    c = 1\nexcept KeyError:\n    c = 2\nz = 9',
      'try:\n    raise ExceptionGroup("g", [KeyError(1)])\nexcept* frobnicate.Error:\n    d = 1\nexcept* KeyError:\n    d = 2',
    ],
    { a: 'unknown: frobnicate', b: '1', c: 'unknown: frobnicate', d: 'unknown: frobnicate', z: '9' },
  ],
  [
    'attributes of objects whose class got what may stand for them',
    ['import frobnicate, time\nclass A: pass\na = A()\na.x = 4\na.y = 5\nA.x = frobnicate.Field()\nA.y = time.time()'],
    { 'a.x': 'unknown: frobnicate', 'a.y': '5' },
  ],
  [
    'data classes of what may have changed',
    [
      'import os\nfrom dataclasses import dataclass, asdict, astuple\n@dataclass\nclass A:\n    name: str\n    tags: list\na = A("x", [1])\na.tags.append(os.getpid())',
    ],
    {
      'asdict(a)["name"]': 'x',
      'asdict(a)["tags"]': 'unknown: os.getpid',
      'astuple(a)[0]': 'x',
    },
  ],
  [
    'objects that code which is not sure to run only passes on, or asks for an attribute',
    [
      'import time\nlog = []\nclass A:\n    name = "n"\n    @property\n    def kids(self):\n        log.append(1)\n        return [2]\n    def __repr__(self):\n        log.append(2)\n        return "A"\na, b, c = A(), A(), A()\nitems = [a, b]',
      'if time.time() > 5:\n    assert not any(one is a for one in items)\n    n = b.name',
    ],
    { log: '[]', 'len(items)': '2', n: CLOCK, 'a.name': 'n' },
  ],
  ...['-one', 'one == 1', 'f"{one}"', 'one.kids', 'str(one)', '[1][one]', '1 if one else 2'].map(
    (operation): (typeof TABLE)[number] => [
      `objects to which code that is not sure to run comes by other names: ${operation}`,
      [
        'import time\nlog = []\nclass A:\n    @property\n    def kids(self): log.append(1)\n    def __neg__(self): log.append(2)\n    def __eq__(self, other): log.append(3)\n    def __str__(self): log.append(4)\n    def __index__(self): log.append(5)\n    def __bool__(self): log.append(6)\nitems = [A()]\nalone = items[0]',
        `if time.time() > 5:\n    for one in items:\n        n = ${operation}`,
        'log2 = log',
        `log = []\nif time.time() > 5:\n    one = alone\n    n = ${operation}`,
      ],
      { log2: CLOCK, log: CLOCK },
    ],
  ),
];

test.each(TABLE)('%s', (_title, cells, expected) => {
  expect(shown(cells, Object.keys(expected))).toEqual(expected);
});
