/** Random chapters and random edits of them, for tests that hold incremental results against cold ones. */

/** A small generator of pseudo-random numbers: the same seed gives the same chapter and edits. */
export class Random {
  #state: number;
  /** Kinds of statements that a chapter has more of than of others, so that they meet. */
  readonly favourites: number[] = [];

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

const NUMBERS = ['a', 'b', 'c', 'd'];
const LISTS = ['L', 'M', 'K'];
const CLASSES = ['Foo', 'Bar'];

/** Statements that cells are made of; they share few names, so that cells depend on each other in many ways. */
function statement(r: Random): string {
  const n = () => r.pick(NUMBERS);
  const l = () => r.pick(LISTS);
  const k = () => r.pick(CLASSES);
  const digit = () => r.below(5);
  const kinds: readonly (() => string)[] = [
    () => `${n()} = ${digit()}`,
    () => `${n()} = ${n()} + ${digit()}`,
    () => `${n()} += ${digit()}`,
    () => `${n()} = ${l()}[-1] if ${l()} else ${digit()}`,
    () => `del ${n()}`,
    () => `${l()} = [${digit()}, ${digit()}]`,
    () => `${l()}.append(${n()})`,
    () => `${l()} += [${digit()}]`,
    () => `${l()} = [${l()}]`,
    () => `${l()}[0] = ${digit()}`,
    () => `${l()} = ${l()}`,
    () => `${n()} = len(${l()})`,
    () => `D = {'x': ${n()}, 'l': ${l()}}`,
    () => `D['y'] = ${digit()}`,
    () => `D['l'].append(${digit()})`,
    () => `${n()} = len(D) + len(str(D))`,
    () => `class ${k()}:\n    x = ${digit()}\n    y = ${n()} * 2\n    items = [${digit()}]\n    text = f"{y:.2f}"`,
    () => `class ${k()}:\n    z = ${k()}.x + ${digit()}\n    x = z\n    items = ${k()}.items`,
    () => `${k()}.x = ${digit()}`,
    () => `${k()}.items.append(${digit()})`,
    () => `${n()} = ${k()}.x`,
    () => `${l()} = ${k()}.items`,
    () => `o = ${k()}()\n${n()} = int(isinstance(o, ${k()}))`,
    () => `${n()} = int(isinstance(o, ${k()})) + o.x`,
    () => `def f(v=${digit()}):\n    return v + ${n()}`,
    () => `def f(v=1):\n    ${l()}.append(v)\n    return len(${l()})`,
    () => `def f(v=2):\n    global ${n()}\n    ${n()} = v\n    return 1 // (v - ${digit()})`,
    () => `${n()} = f(${digit()})`,
    () => `h = f\n${n()} = h()`,
    () => `${n()} = (lambda v: v * ${n()})(${digit()})`,
    () => `g = (v * ${n()} for v in range(${digit()}, 9))`,
    () => `${n()} = next(g, -1)`,
    () => `${n()} = sum(v * ${n()} for v in ${l()} if isinstance(v, int))`,
    () =>
      `try:\n    ${n()} = ${n()} // ${digit()}\nexcept (NameError, ZeroDivisionError) as error:\n    ${n()} = len(str(error))`,
    () => `for ${n()} in range(${digit()}):\n    ${l()}.append(${n()})`,
    () => `${n()} = max(${n()}, ${n()})\nprint(${n()})`,
    () => `assert ${n()} < ${digit()}, f"too large: {${n()}}"`,
    () => `if (${n()} := ${digit()}) > 2:\n    ${n()} = ${n()}`,
    () => `from mlsys.constants import *`,
    () => `from mlsys.formatting import fmt, check`,
    () => `q = ${digit() + 1} * GB`,
    () => `q = (q * ${n()}).to(TB)`,
    () => `${n()} = q.m_as(MB)`,
    () => `p = q\nq.ito(MB)`,
    () => `${n()} = p.magnitude`,
    () => `check(${n()} > ${digit()}, f"guard of {${n()}}")`,
    () => `import random`,
    () => `random.seed(${digit()})`,
    () => `${n()} = random.randint(0, 9)`,
    () => `import math\n${n()} = math.floor(math.sqrt(${n()} ** 2))`,
    () => `x_str = f"{${n()}:.1f}"`,
    () => `s = {${digit()}, ${digit()}}`,
    () => `s.add(${n()})\n${n()} = len(s)`,
    () => `t = (${n()}, ${l()})`,
    () => `${n()} = len(t[1])`,
    () => `# only a comment`,
    // Objects of the library that change.
    () => `Q = deque([${digit()}])`,
    () => `Q.appendleft(${n()})\n${n()} = len(Q)`,
    () => `C = Counter(${l()})\nC[${digit()}] += 1`,
    () => `C.update([${digit()}])\n${n()} = C.total()`,
    () => `V = defaultdict(list)\nV[${digit()}].append(${n()})`,
    () => `${n()} = len(V[${digit()}])`,
    () => `i = itertools.count(${digit()})`,
    () => `i = iter([1, 2, ${n()}])`,
    () => `${n()} = next(i, 0)`,
    () => `B = bytearray(b"ab")`,
    () => `B.append(${digit()})\n${n()} = B[-1]`,
    () => `A = np.array([1.0, 2.0, ${digit()}.5])\nW = A[1:]`,
    () => `A[${digit() % 3}] += ${digit()}`,
    () => `W *= 2\n${n()} = int(A.sum())`,
    () => `np.random.seed(${digit()})`,
    () => `${n()} = int(np.random.randint(0, 9))`,
    () => `rng = np.random.default_rng(${digit()})`,
    () => `${n()} = int(rng.integers(0, 9))`,
    () => `R = random.Random(${digit()})`,
    () => `${n()} = R.randrange(9)`,
    () => `getcontext().prec = ${digit() + 1}`,
    () => `${n()} = int(Decimal(${digit() + 1}) / 7 * 1000)`,
    () =>
      `@dataclass\nclass Data:\n    v: int = ${digit()}\n    many: list = field(default_factory=list)\nd1 = Data()\nd2 = d1`,
    () => `d1.v += ${digit()}\nd2.many.append(${n()})`,
    () => `${n()} = d1.v + len(d1.many)`,
    () => `d3 = replace(d1, v=${digit()})\nd3.many.append(1)`,
    () => `class E(Enum):\n    one = ${digit()}\n    two = 7\n${n()} = E.two.value + E.one.value`,
    () => `@functools.lru_cache\ndef cached(v):\n    return v * ${n()}`,
    () => `${n()} = cached(${digit()}) + cached.cache_info().hits`,
    () =>
      `def counter():\n    total = ${digit()}\n    def add(v):\n        nonlocal total\n        total += v\n        return total\n    return add\nadd = counter()`,
    () => `${n()} = add(${digit()})`,
    () =>
      `def walk():\n    got = yield ${digit()}\n    while True:\n        got = yield (got or 0) + ${n()}\nw = walk()\nnext(w)`,
    () => `${n()} = w.send(${digit()})`,
    () => `${l()} = copy.deepcopy(${l()})`,
    () => `${l()} = sorted(${l()}, key=str)\n${l()}.reverse()`,
    () =>
      `class Box:\n    made = []\n    def __init__(self, v):\n        self.v = v\n        Box.made.append(v)\n    def __iadd__(self, v):\n        self.v += v\n        return self\n    @property\n    def twice(self):\n        return self.v * 2\nbox = Box(${digit()})`,
    () => `box += ${digit()}\n${n()} = box.twice + len(Box.made)`,
    () => `box.extra = ${l()}\n${n()} = len(vars(box))`,
    () => `match ${l()}:\n    case [first, *rest]:\n        ${n()} = len(rest)\n    case _:\n        ${n()} = -1`,
    () => `${n()}, *${l()} = [${digit()}, ${n()}, 3]`,
    () => `from mlsys.constants import ureg\nureg.define("wagon = ${digit() + 1} * meter")`,
    () => `${n()} = int((3 * ureg.wagon).to("meter").magnitude)`,
    () => `from mlsys.registry import start_chapter, end_chapter\nstart_chapter("book:${digit()}")`,
    () => `fig, ax = plt.subplots()\nax.plot([1, 2], [${n()}, ${digit()}])`,
    () => `ax.set_title(str(${n()}))\n${n()} = len(ax.get_title())`,
    () => `z = ${l()}.copy()\nz.extend(range(${digit()}))\n${n()} = sum(1 for _ in z)`,
    () => `globals()["${n()}"] = ${digit()}`,
    () => `${n()} = len([k for k in globals() if k in "abcd"])`,
    () => `${n()} = D is D and ${l()} is ${l()}`,
    // More of what changes, and what modules remember.
    () => `O = OrderedDict(a=${n()}, b=2)\nO.move_to_end("a", last=${r.pick(['True', 'False'])})`,
    () => `O.move_to_end("b")\nO.update(c=${digit()})\n${n()} = list(O.values())[${r.pick(['0', '-1'])}]`,
    () => `O.popitem(last=False)\n${n()} = len(O)`,
    () => `P = ChainMap({}, D)`,
    () => `P["x"] = ${n()}\n${n()} = len(P) + len(D)`,
    () => `P = P.new_child({"z": ${digit()}})\nP.maps[-1]["w"] = ${digit()}`,
    () => `warnings.simplefilter("${r.pick(['error', 'ignore', 'default', 'always'])}")`,
    () => `try:\n    warnings.warn("odd ${digit()}")\n    ${n()} = 1\nexcept UserWarning:\n    ${n()} = 2`,
    () => `E.extra = ${digit()}\n${n()} = E.extra`,
    () => `${n()} = getattr(E, "extra", ${digit()}) + len(E)`,
    () => `setattr(${k()}, "y", ${n()})\n${n()} = ${k()}.y`,
    () => `del ${k()}.x`,
    () => `${k()}.added = staticmethod(lambda: ${digit()})\n${n()} = ${k()}.added()`,
    () => `class Child(${k()}):\n    pass\n${n()} = Child.x`,
    () => `i = enumerate(${l()})`,
    () => `i = zip(${l()}, ${l()})`,
    () => `i = map(lambda v: ${l()}.append(v) or 1, ${l()}[:2])`,
    () => `i = itertools.cycle([${digit()}, ${n()}])`,
    () => `i = filter(None, g)\n${n()} = sum(1 for _ in i)`,
    () => `i, j = itertools.tee(i)`,
    () => `i = j\n${n()} = len(list(itertools.islice(i, ${digit()})))`,
    () => `i = itertools.groupby([1, 1, ${n()}])\nkey, j = next(i)`,
    () => `i = re.finditer("a", "a" * ${digit()})\n${n()} = sum(1 for _ in itertools.islice(i, 1))`,
    () => `i = reversed(${l()})\n${l()}.append(${digit()})`,
    () => `i = iter(D.values())\nD[${digit()}] = ${n()}`,
    () => `cached.cache_clear()`,
    () => `@functools.cache\ndef cached(v):\n    ${l()}.append(v)\n    return len(${l()})`,
    () => `part = functools.partial(f, ${digit()})\n${n()} = part()`,
    () => `def gather(v, seen=[]):\n    seen.append(v)\n    return len(seen)`,
    () => `${n()} = gather(${digit()})`,
    () => `f.calls = getattr(f, "calls", 0) + 1\n${n()} = f.calls`,
    () => `f.__defaults__ = (${digit()},)`,
    () => `A.sort()\nA = A[::-1]`,
    () => `A.fill(${digit()})`,
    () => `W = A.reshape(3, 1)\nW[0, 0] = ${n()}`,
    () => `W = A.T\nA = A.copy()`,
    () => `np.add(A, ${digit()}, out=A)\n${n()} = int(A[0])`,
    () => `np.random.shuffle(A)`,
    () => `rng.shuffle(${l()})`,
    () => `np.set_printoptions(precision=${digit() + 1})`,
    () => `x_str = str(A / 7)`,
    () => `U = np.array([1.0, ${digit()}]) * ureg.meter\nT = U`,
    () => `U[0] = ${digit()} * ureg.kilometer\n${n()} = int(T.magnitude.sum())`,
    () => `U *= ${digit() + 1}\nT.ito("cm")`,
    () => `U.magnitude[1] += 1`,
    () => `q *= ${digit() + 1}\np.ito(GB)`,
    () => `random.shuffle(${l()})`,
    () => `state = random.getstate()\n${n()} = random.randrange(9)`,
    () => `random.setstate(state)`,
    () => `R.shuffle(${l()})\n${n()} = R.randrange(9)`,
    () => `${n()} = round(random.gauss(0, 9))`,
    () => `${n()} = int(getcontext().flags[Inexact])`,
    () => `getcontext().clear_flags()`,
    () => `with localcontext() as inner:\n    inner.prec = ${digit() + 1}\n    ${n()} = int(Decimal(2) / 3 * 100)`,
    () => `setcontext(Context(prec=${digit() + 1}))`,
    () => `plt.rcParams["font.size"] = ${digit() + 5}`,
    () => `${n()} = int(plt.rcParams["font.size"])`,
    () => `ureg.formatter.default_format = "${r.pick(['~P', '', '.2f'])}"`,
    () => `x_str = str(${digit()} * ureg.meter / ureg.second)`,
    () => `units = pint.UnitRegistry()\nunits.define("cart = ${digit() + 1} * meter")`,
    () => `units.define("tram = ${digit() + 2} * meter")\n${n()} = int((2 * units.tram).to("meter").magnitude)`,
    () => `space = SimpleNamespace(v=${n()}, many=${l()})`,
    () => `space.v += 1\nspace.many.append(${digit()})\n${n()} = space.v`,
    () => `error = ValueError(${n()})\nerror.add_note("note")`,
    () => `error.args = (${l()}, ${digit()})\n${n()} = len(error.args[0])`,
    () =>
      `try:\n    raise error\nexcept ValueError as caught:\n    error.cause = caught\n    ${n()} = len(str(caught))`,
    () => `class Root:\n    names = []\n    def __init_subclass__(cls):\n        Root.names.append(cls.__name__)`,
    () => `class Leaf(Root):\n    v = ${digit()}\n${n()} = len(Root.names)`,
    () => `class Slotted:\n    __slots__ = ("v", "w")\nslotted = Slotted()\nslotted.v = ${l()}`,
    () => `slotted.w = ${n()}\nslotted.v.append(slotted.w)`,
    () => `heapq.heappush(${l()}, ${digit()})`,
    () => `bisect.insort(${l()}, ${digit()})`,
    () => `${l()}.sort(key=lambda v: (${l()}.append(1), str(v))[1])`,
    () => `sys.setrecursionlimit(${digit()} + 1000)`,
    () => `${n()} = sys.getrecursionlimit()`,
    () => `deep = lambda v: v and 1 + deep(v - 1)\n${n()} = deep(100${digit()})`,
    () =>
      `@functools.singledispatch\ndef kind(v):\n    return 0\n@kind.register\ndef _(v: int):\n    return ${digit()}`,
    () => `kind.register(list, lambda v: len(v) + ${digit()})\n${n()} = kind(${l()})`,
    () =>
      `class Lazy:\n    made = 0\n    @functools.cached_property\n    def v(self):\n        Lazy.made += 1\n        return ${n()}\nlazy = Lazy()`,
    () => `${n()} = lazy.v + Lazy.made`,
    () => `del lazy.v`,
    () => `keys = D.keys()\n${n()} = len(keys)`,
    () => `s |= {${n()}}\ns.discard(${digit()})\n${n()} = s.pop()`,
    () => `D |= {"u": ${l()}}\nD.setdefault("v", []).append(${digit()})`,
    () => `D.pop("y", None)\nD.popitem()`,
    () => `${l()}[:] = [${digit()}] * ${digit()}\ndel ${l()}[1:]`,
    () => `box2 = copy.copy(box)\nbox2.v = ${digit()}\nbox2.made.append(1)`,
    () => `box.__dict__["v"] = ${digit()}\n${n()} = box.v`,
    () => `box.__class__ = Box\nBox.__init__ = lambda self, v=1: None`,
    () =>
      `@contextmanager\ndef held(v):\n    ${l()}.append(v)\n    yield v\n    ${l()}.pop()\nwith held(${digit()}) as ${n()}:\n    pass`,
    () => `stack = ExitStack()\nstack.callback(${l()}.append, ${digit()})`,
    () => `stack.close()\n${n()} = len(${l()})`,
    () => `M_ = namedtuple("M_", "u v")\nm = M_(${l()}, ${n()})\nm.u.append(1)`,
    () => `C.subtract([${digit()}])\nC -= Counter([1])\n${n()} = len(C)`,
    () => `Q.rotate(${digit()})\nQ.extend(${l()})\n${n()} = len(Q)`,
    () => `Q[0] = ${l()}\nQ = deque(Q, maxlen=${digit()})`,
    () => `V.default_factory = dict\nV["n"]`,
    () => `B[:1] = b"xyz"\nB.reverse()`,
    () => `fields = dataclasses.fields(Data)\nData.v = ${digit()}`,
    () => `object.__setattr__(d1, "v", ${digit()})\n${n()} = d1.v`,
    () => `f.__name__ = "g${digit()}"\nx_str = f.__name__`,
    () => `f.__doc__ = "${digit()}"\nf.__kwdefaults__ = {"w": 1}`,
    () => `x_str = f.__name__ + str(f.__doc__)`,
    () => `${k()}.__name__ = "Z${digit()}"\nx_str = ${k()}.__name__`,
    () => `o.__class__ = ${k()}\nx_str = type(o).__name__`,
    () => `o.__dict__ = {"x": ${n()}}\n${n()} = o.x`,
    () => `vars(o)["x"] = ${digit()}`,
    () => `A.shape = (-1, 1)`,
    () => `A.shape = (-1,)\nA.flat[0] = ${n()}`,
    () => `np.put(A, [0], [${n()}])\nnp.copyto(W, ${digit()})`,
    () => `A.partition(1)\nA.resize(4)`,
    () => `A[A > 1] -= 1\n${n()} = int(A.sum())`,
    () => `${l()}.__init__([${digit()}])\nheapq.heapify(${l()})`,
    () => `R.seed(${digit()})\nstate = R.getstate()`,
    () =>
      `try:\n    raise ValueError(${digit()}) from error\nexcept ValueError as caught:\n    ${n()} = len(caught.args)`,
    () => `${n()} = int(error.__traceback__ is None) + len(getattr(error, "__notes__", []))`,
    () => `next(j)\n${n()} = next(j)`,
    () => `w.close()\n${n()} = w.gi_running + 1`,
    () => `text = io = [str(v) for v in ${l()}]\ntext.append("z")\n${n()} = len(io)`,
  ];
  while (r.favourites.length < 12) r.favourites.push(r.below(kinds.length));
  return (r.chance(0.7) ? kinds[r.pick(r.favourites)]! : r.pick(kinds))();
}

const EXPRESSIONS: readonly string[] = [
  ...NUMBERS,
  ...LISTS,
  'D',
  'q',
  's',
  't',
  'x_str',
  'Foo.x',
  'Bar.x',
  'Foo.text',
  'Bar.items',
  'len(L)',
  'f(1)',
  'a + b',
  'L.append(1)',
  'math.pi',
  'Q',
  'len(C)',
  'next(i, 0)',
  'A.sum()',
  'd1',
  'd2.many',
  'box.twice',
  'Box.made',
  'add(1)',
  'cached(2)',
  'B',
  'O',
  'len(P)',
  'space',
  'cached.cache_info().hits',
  'error',
  'Root.names',
  'U',
  'x_str',
  'slotted.v',
  'lazy.v',
  'sys.getrecursionlimit()',
  'random.random() if False else len(Q)',
  'E.extra',
  'f.calls',
  '1 +',
  // What changes something for the cells below.
  '(b := len(L) + 1)',
  'D.setdefault("x", 9)',
  'L.clear() or len(L)',
  'random.randrange(9)',
  'int(rng.integers(0, 9))',
  'Q.popleft()',
  'len(V[9])',
  'gather(1)',
  'sum(g)',
  'w.send(1)',
  '[L.append(2), 1 // (len(L) % 2)]',
  '(deep := lambda v: v // 0)(1) if a > 3 else a',
  'float(Decimal(1) / 3)',
];

export interface Part {
  readonly kind: 'cell' | 'prose';
  readonly text: string;
}

const SHELF: readonly string[] = [
  'D = {"x": a, "l": L}\nclass Foo:\n    x, y = 1, a * 2\n    items = [1]\n    text = f"{y:.2f}"\nclass Bar(Foo):\n    items = Foo.items\no = Foo()\ndef f(v=1):\n    L.append(v)\n    return v + a',
  'random.seed(1)\nnp.random.seed(1)\nrng = np.random.default_rng(1)\nR = random.Random(1)\nstate = random.getstate()\nA = np.array([1.0, 2.0, 3.5])\nW = A[1:]\nU = np.array([1.0, 2.0]) * ureg.meter\nT = U\nq = 2 * GB\np = q',
  'O = OrderedDict(a=1, b=2)\nP = ChainMap({}, D)\nQ = deque([1, 2, 3])\nC = Counter([1, 1, 2])\nV = defaultdict(list)\nB = bytearray(b"ab")\ns = {1, 2, 3}\nspace = SimpleNamespace(v=1, many=L)\nerror = ValueError(1)',
  'g = (v * a for v in range(9))\ni = iter([1, 2, 3])\nj = itertools.count()\ndef counter():\n    total = 0\n    def add(v):\n        nonlocal total\n        total += v\n        return total\n    return add\nadd = counter()\ndef gather(v, seen=[]):\n    seen.append(v)\n    return len(seen)\n@functools.lru_cache\ndef cached(v):\n    return v * a',
  '@dataclass\nclass Data:\n    v: int = 1\n    many: list = field(default_factory=list)\nd1 = Data()\nd2 = d1\nclass E(Enum):\n    one = 1\n    two = 7\nclass Box:\n    made = []\n    def __init__(self, v):\n        self.v = v\n        self.extra = L\n        Box.made.append(v)\n    def __iadd__(self, v):\n        self.v += v\n        return self\n    @property\n    def twice(self):\n        return self.v * 2\nbox = Box(1)\nclass Lazy:\n    made = 0\n    @functools.cached_property\n    def v(self):\n        Lazy.made += 1\n        return a\nlazy = Lazy()\nclass Root:\n    names = []\n    def __init_subclass__(cls):\n        Root.names.append(cls.__name__)',
];

function cellText(r: Random): string {
  const lines = Array.from({ length: 1 + r.below(4) }, () => statement(r));
  const label = r.chance(0.3) ? `#| label: cell-${r.below(6)}\n` : '';
  const skipped = r.chance(0.05) ? '#| eval: false\n' : '';
  return `\`\`\`{python}\n${label}${skipped}${lines.join('\n')}\n\`\`\`\n`;
}

function proseText(r: Random): string {
  const words = Array.from({ length: 1 + r.below(3) }, () => `word \`{python} ${r.pick(EXPRESSIONS)}\``);
  return `${words.join(', ')}.\n`;
}

function part(r: Random): Part {
  return r.chance(0.6) ? { kind: 'cell', text: cellText(r) } : { kind: 'prose', text: proseText(r) };
}

export function randomChapter(r: Random, parts = 12): Part[] {
  const start: Part = {
    kind: 'cell',
    text: '```{python}\nimport bisect, copy, dataclasses, functools, heapq, itertools, math, pint, random, re, sys, warnings\nimport numpy as np\nimport matplotlib.pyplot as plt\nfrom collections import deque, ChainMap, Counter, OrderedDict, defaultdict, namedtuple\nfrom contextlib import ExitStack, contextmanager\nfrom dataclasses import dataclass, field, replace\nfrom decimal import Context, Decimal, Inexact, getcontext, localcontext, setcontext\nfrom enum import Enum\nfrom types import SimpleNamespace\nfrom mlsys.constants import *\nfrom mlsys.formatting import fmt, check\na, b, c, d = 1, 2, 3, 4\nL, M, K = [1], [2], [3]\nD = {}\n```\n',
  };
  // Most objects that statements change, so that they are there to be changed.
  const shelf = SHELF.filter(() => r.chance(0.8)).map(code => ({
    kind: 'cell' as const,
    text: `\`\`\`{python}\n${code}\n\`\`\`\n`,
  }));
  return [start, ...shelf, ...Array.from({ length: parts }, () => part(r))];
}

export function textOf(parts: readonly Part[]): string {
  return parts.map(one => one.text).join('\n');
}

/** A version of the chapter after one random edit, and what it was. */
export function edited(r: Random, parts: readonly Part[]): { parts: Part[]; edit: string } {
  const next = [...parts];
  const at = r.below(parts.length);
  const old = parts[at]!;
  const replace = (text: string) => {
    next[at] = { ...old, text };
  };
  switch (r.below(9)) {
    case 0:
    case 1:
      replace(old.text.replace(/\d/, () => String(r.below(5))));
      return { parts: next, edit: `digit in ${at}` };
    case 2:
      replace(old.kind === 'cell' ? cellText(r) : proseText(r));
      return { parts: next, edit: `replace ${at}` };
    case 3:
      if (parts.length < 30) next.splice(at, 0, part(r));
      return { parts: next, edit: `insert at ${at}` };
    case 4:
      if (parts.length > 6) next.splice(at, 1);
      return { parts: next, edit: `delete ${at}` };
    case 5: {
      const [moved] = next.splice(at, 1);
      const to = r.below(parts.length);
      next.splice(to, 0, moved!);
      return { parts: next, edit: `move ${at} to ${to}` };
    }
    case 6:
      if (old.kind === 'cell') replace(old.text.replace(/\n```\n$/, `\n# note ${r.below(100)}\n\`\`\`\n`));
      else replace(`Some ${old.text}`);
      return { parts: next, edit: `comment in ${at}` };
    case 7:
      if (old.kind === 'cell') replace(old.text.replace('{python}\n', `{python}\n\n# first\n`));
      return { parts: next, edit: `layout of ${at}` };
    default: {
      if (old.kind !== 'cell') return { parts: next, edit: 'nothing' };
      const lines = old.text.split('\n');
      // Not into the body of a compound statement, which would then lack one: a broken cell keeps its old values.
      const places = lines.flatMap((line, place) =>
        place > 0 &&
        place < lines.length - 1 &&
        !/^(?:\s|except|else|elif|finally)/.test(line) &&
        !/^@/.test(lines[place - 1]!)
          ? [place]
          : [],
      );
      lines.splice(r.pick(places), 0, statement(r));
      replace(lines.join('\n'));
      return { parts: next, edit: `statement in ${at}` };
    }
  }
}

/** The chapter while one of its cells is being typed: it cannot be parsed. */
export function halfTyped(r: Random, parts: readonly Part[]): Part[] {
  const cells = parts.flatMap((one, at) => (one.kind === 'cell' ? [at] : []));
  if (cells.length === 0) return [...parts];
  const broken = r.pick(cells);
  return parts.map((one, at) =>
    at === broken ? { ...one, text: one.text.replace(/\n```\n$/, '\nz = (\n```\n') } : one,
  );
}
