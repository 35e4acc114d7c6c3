/**
 * Work that the library does natively is accounted for in proportion: each of these programs runs into a budget of
 * steps, memory or output, counted and not timed.
 */
import { expect, test } from 'vitest';
import { DEFAULT_BUDGETS, parseProgram, Session } from '../../../../mlsys';

/** No time limit: what ends these programs is what they counted. A part of the defaults does to show it. */
const COUNTED = {
  ...DEFAULT_BUDGETS,
  steps: DEFAULT_BUDGETS.steps / 25,
  bytes: DEFAULT_BUDGETS.bytes / 10,
  milliseconds: Number.MAX_SAFE_INTEGER,
};

function ends(source: string) {
  const { status, fault } = new Session({ budgets: COUNTED }).run(parseProgram(source, 'cell'), 0);
  return [status, fault?.type];
}

const SHARED = 'for i in range(100): x = (x, x)';

test.each([
  // Integers
  'x = 3\nwhile True: x = x * x',
  'x = pow(3, 10**5000, 10**5000 + 7)',
  'x = pow(7, 2**200000, 2**200000 - 1)',
  'x = 7**400000\nwhile True: x // 3',
  'x = 7**100000\nwhile True: x % 1000003',
  'x = 1 << 10**7\nwhile True: x + 1',
  'x = 1 << 10**7\nwhile True: x & 255',
  'x = 1 << 10**7\ny = x + 1\nwhile True: x < y',
  'x = 1 << 10**7\nwhile True: hash(x)',
  'x = 1 << 10**7\nwhile True: x.bit_count()',
  'x = 1 << 10**9\ny = [x + i for i in range(100)]',
  'x = 1 << 10**7\nwhile True: hex(x)',
  'x = "f" * 10**7\nwhile True: int(x, 16)',
  'x = 10**4299\nwhile True: str(x)',
  'x = "9" * 4300\nwhile True: int(x)',
  'x = 1 << 10**6\nwhile True: x.to_bytes(200000)',
  'x = [10**5000] * 10**4\nwhile True: sum(x)',
  'import math\nmath.gcd(7**200000, 3**250000)',
  'import math\nmath.isqrt(7**2000000)',
  'import math\nmath.comb(10**7, 5 * 10**6)',
  'import operator\nx = 3\nwhile True: x = operator.mul(x, x)',
  'from fractions import Fraction\nx = Fraction(1, 3)\nwhile True: x = x * x + 1',
  'from decimal import *\ngetcontext().prec = 10000\nDecimal(2).exp()',
  'from decimal import *\nint(Decimal("1e999999999"))',
  'from decimal import *\nf"{Decimal(1):.1000000000f}"',
  // What contains itself many times over
  `x = ()\n${SHARED}\nhash(x)`,
  `x = ()\n${SHARED}\n{x: 1}`,
  `x = ()\n${SHARED}\nrepr(x)`,
  `x = (1,)\ny = (1,)\nfor i in range(100): x, y = (x, x), (y, y)\nx == y`,
  `x = (1,)\ny = (1,)\nfor i in range(100): x, y = (x, x), (y, y)\nx < y`,
  'x = {}\nfor i in range(100): x = {"a": x, "b": x}\nrepr(x)',
  'x = {}\ny = {}\nfor i in range(100): x, y = {1: x, 2: x}, {1: y, 2: y}\nx == y',
  `x = (str,)\n${SHARED}\nisinstance(1, x)`,
  'import json\nx = [1]\nfor i in range(60): x = [x, x]\njson.dumps(x)',
  'g = ValueError(1)\nfor i in range(60): g = ExceptionGroup("a", [g, g])\ng.split(KeyError)',
  // Sequences and texts
  'x = list(range(10**5))\nwhile True: -1 in x',
  'x = list(range(10**5))\nwhile True: x.count(-1)',
  'x = list(range(10**5)) + [-1]\nwhile True: x.index(-1)',
  'x = list(range(10**5))\nwhile True: x.insert(0, 1)',
  'x = list(range(10**5))\nwhile True: x.append(x.pop(0))',
  'x = list(range(10**5))\nwhile True: x.reverse()',
  'x = list(range(10**5))\nwhile True: del x[0]; x.append(1)',
  'x = ["a" * 10000 + str(i) for i in range(1000)]\nwhile True: x.sort()',
  's = "a" * 10**6\nwhile True: s.replace("a", "b")',
  's = "ab" * 10**6\nwhile True: s.upper()',
  's = "ab" * 10**6\nwhile True: s.count("b")',
  's = "a" * 10**6 + "b"\nwhile True: s.find("b")',
  's = "a" * 10**6\nwhile True: "b" in s',
  's = "ab" * 10**6\nwhile True: s[::-1]',
  's = "ab" * 10**6\nwhile True: s.isalpha()',
  's = "ab" * 10**6\nwhile True: s.strip("ab")',
  's = "ab" * 10**6\nwhile True: s.encode()',
  's = "\\u20ac" * 10**6\nt = s + ""\nwhile True: len(s), len(t)',
  's = "ab" * 10**6\nt = "".join(["ab" * 10**6])\nwhile True: s == t',
  'x = bytes(10**6)\nwhile True: x + x',
  'x = bytearray(10**6)\nwhile True: x[0:0] = b"a"',
  'while True: "%10000d" % 1',
  // Hash tables
  'x = {i * (2**61 - 1) for i in range(1, 10**6)}',
  'x = {i * (2**61 - 1): i for i in range(1, 10**6)}',
  'd = {}\nfor i in range(10**6): d[(i << 64) + 1] = i\nfor k in d: d[k]\nwhile True: d.copy()',
  'd = {"a" * 20000 + str(i): 1 for i in range(10000)}',
  'class A:\n    def __hash__(self): return 1\nx = {A() for i in range(10**6)}',
  'x = set(range(10**5))\nwhile True: x & x',
  // Regular expressions
  'import re\nre.match(r"(a+)+$", "a" * 40 + "b")',
  'import re\nre.match(r"(a|aa)+$", "a" * 60 + "b")',
  'import re\nre.match(r"(a*)*b", "a" * 40)',
  'import re\nre.search(r"(.*)*x", "a" * 40)',
  'import re\nre.search(r"\\s+$", " " * 200000 + "x")',
  'import re\nre.findall(r"(?=(a+))", "a" * 10**5)',
  'import re\nwhile True: re.sub(r"(a)(b)?", r"\\1", "ab" * 10**5)',
  // Iterators, exceptions, classes
  'import itertools\nlist(itertools.combinations(range(60), 20))',
  'import itertools\nlist(itertools.product([0, 1], repeat=40))',
  'import collections\nx = collections.deque(range(10**5))\nwhile True: x.rotate(50000)',
  'e = None\nwhile True:\n    try: raise ValueError\n    except ValueError as v: v.__context__ = e; e = v',
  'class A: pass\nwhile True: A = type("A", (A,), {})',
  // Arrays
  'import numpy as np\nx = np.arange(10**6)\nwhile True: x.tolist()',
  'import numpy as np\nx = np.arange(3000.0)\nwhile True: np.convolve(x, x)',
  'import numpy as np\nnp.histogram(np.arange(10), bins=10**9)',
  'import numpy as np\nx = np.ones((2, 2), dtype=object) * 10**1000\nwhile True: x = x @ x',
  // Small things without end
  'x = [[] for i in range(10**8)]',
  'x = [{} for i in range(10**8)]',
  'x = []\nwhile True: x.append([1])',
  'x = {}\nfor i in range(10**8): x[i] = {}',
  'a, *b = range(10**10)',
  'class A: pass\nx = [A() for i in range(10**8)]',
  // Each of these took seconds or a gigabyte once
  's = "aB" * 10**6\nwhile True: s.title(); s.swapcase(); s.casefold()',
  's = "a\\t" * 10**6\nwhile True: s.expandtabs(8)',
  's = "\u00e9" * 10**6\nwhile True: ascii(s)',
  's = "a\'b" * 10**6\nwhile True: repr(s)',
  's = "{} " * 10**5\na = range(10**5)\nwhile True: s.format(*a)',
  's = "%d " * 10**5\na = tuple(range(10**5))\nwhile True: s % a',
  'b = b"ab" * 10**6\nwhile True: b.split(b"b")',
  's = "ab" * 10**6\nwhile True: bytes.fromhex(s)',
  'b = b"ab" * 10**6\nwhile True: b.translate(bytes(range(256)))',
  'x = [bytes([i % 256]) for i in range(10**8)]',
  's = "1" * 10**7\nwhile True: float(s)',
  's = " " * 10**7 + "1"\nwhile True: complex(s)',
  'x = list(range(10**6))\nwhile True: x[0:0] = x',
  'x = []\nwhile True: x = [x]',
  'x = ()\nwhile True: x = (x, 1, 2)',
  'x = []\nwhile True: x.append((1, (2, (3, (4, (5,))))))',
  'x = [(j for j in ()) for i in range(10**8)]',
  'class A: pass\na = A()\nfor i in range(10**8): setattr(a, f"a{i}", i)',
  'bases = tuple([type(f"A{i}", (), {}) for i in range(3000)])\nwhile True: type("B", bases, {})',
  'def f():\n    try: f()\n    except RecursionError: f()\nf()',
  'def f():\n    try: f()\n    finally: f()\nf()',
  'import itertools\nx = itertools.tee([1], 10**9)',
  'import itertools\na, b = itertools.tee(itertools.count())\nfor x in a: pass',
  'import itertools\nlist(itertools.batched(itertools.count(), 10**12))',
  'import itertools\nlist(itertools.groupby(itertools.count()))',
  'import collections\nd = collections.deque(range(10**5))\nwhile True: d.append(d.popleft())',
  'import collections\nd = collections.deque(range(10**5))\nwhile True: del d[50000]; d.append(1)',
  'import collections\nd = collections.deque([1])\nwhile True: d.extend(d)',
  'import json\nx = ["\u00e9" * 10**6]\nwhile True: json.dumps(x)',
  'import json\ns = "[" + "{},"*10**6 + "1]"\nwhile True: json.loads(s)',
  'import json\njson.dumps(list(range(10**5)), indent=10**4)',
  'import textwrap\ntextwrap.wrap("ab " * 10**5)',
  'import datetime\nx = datetime.date(2024, 1, 1)\nx.strftime("%c" * 10**5)',
  'import datetime\nx = datetime.date(2024, 1, 1)\nwhile True: x + datetime.timedelta(days=1)',
  'import random\nrandom.seed("a" * 10**8)',
  'import random\nwhile True: random.seed(1)',
  'import random\nrandom.seed(1)\nwhile True: random.randrange(10**10**5)',
  'import random\nx = [random.Random(i) for i in range(10**8)]',
  'from decimal import Decimal\nwhile True: Decimal("1e999999") + Decimal("1e-999999")',
  'import cmath\nwhile True: cmath.exp(1e300j)',
  'import math\nwhile True: math.sin(1e308)',
  'import re\nre.compile("a" * 10**7)',
  'import re\nre.match(r"(){4294967294}", "")',
  'import re\nre.match(r"(?:(?:){100000}){100000}x", "")',
  'import re\np = re.compile("a")\ns = "b" * 10**6\nwhile True: p.search(s)',
  'import re\nre.sub(r"a", r"\\g<0>" * 1000, "a" * 10**6)',
  'import re\nwhile True: re.escape("." * 10**6)',
  'import numpy as np\nnp.set_printoptions(threshold=10**12)\nstr(np.arange(10**6))',
  'import numpy as np\nx = np.arange(10.0**5)\nwhile True: x ** 2.5',
  'import numpy as np\nx = [np.zeros(10) for i in range(10**8)]',
  'import numpy as np\nnp.random.seed(1)\nx = np.arange(10**5)\nwhile True: np.random.shuffle(x)',
  'import numpy as np\nwhile True: np.random.default_rng(1)',
  'import pint\nu = pint.UnitRegistry()\nfor i in range(10**8): u.define(f"w{i} = 2 * meter")',
  'import pint\nu = pint.UnitRegistry()\nx = u.meter\nwhile True: x = x * u.second',
  'import pint\nu = pint.UnitRegistry()\nq = 1 * u.meter\nwhile True: q = q * u.meter',
  'import pint\nx = [pint.UnitRegistry() for i in range(10**8)]',
  'import pint\nu = pint.UnitRegistry()\nx = 1.5 * u.meter\nwhile True: f"{x:~P}"',
  'from mlsys.formatting import check\ni = 0\nwhile True: i += 1; check(i, f"x{i}")',
  'from IPython.display import display\nwhile True: display(1)',
  'import warnings\ni = 0\nwhile True: i += 1; warnings.warn(f"x{i}")',
  'import matplotlib.pyplot as plt\nwhile True: plt.figure()',
  'import matplotlib.pyplot as plt\nplt.hist([1, 2, 3], bins=10**9)',
  'import matplotlib.pyplot as plt\nplt.hist(list(range(10**5)), bins=list(range(10**5)))',
])('%s', source => {
  expect(ends(source)).toEqual(['budget', 'BudgetExceeded']);
});

test.each([
  'x = dict.fromkeys(range(10**5))\nfor i in range(10**5): x[-1] = 1; x.pop(-1)\nx = len(x)',
  'x = set(range(2 * 10**5))\nwhile x: x.pop()\nx = 100000',
  'from collections import deque\nd = deque(range(1000))\nfor i in range(10**5): d.append(d.popleft())\nx = 100000',
])('much, but not too much: %s', source => {
  const budgets = { ...DEFAULT_BUDGETS, milliseconds: 1e9 };
  const { status, writes } = new Session({ budgets }).run(parseProgram(source, 'cell'), 0);
  expect([status, writes.get('x')]).toEqual(['ok', 100000n]);
});
