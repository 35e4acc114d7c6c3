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
  '1 +',
];

export interface Part {
  readonly kind: 'cell' | 'prose';
  readonly text: string;
}

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
    text: '```{python}\nimport copy, functools, itertools, math, random\nimport numpy as np\nimport matplotlib.pyplot as plt\nfrom collections import deque, Counter, defaultdict\nfrom dataclasses import dataclass, field, replace\nfrom decimal import Decimal, getcontext\nfrom enum import Enum\nfrom mlsys.constants import *\nfrom mlsys.formatting import fmt, check\na, b, c, d = 1, 2, 3, 4\nL, M, K = [1], [2], [3]\nD = {}\n```\n',
  };
  return [start, ...Array.from({ length: parts }, () => part(r))];
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
      if (parts.length < 24) next.splice(at, 0, part(r));
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
