/** What the tree behind a reference holds: a line for each source, in order, with its formula. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { computedBehind, leavesOf, shareLost } from '../../../server/provenance/behind';
import { formulaText, numberText, valueText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';
import { analyzeBook } from '../../support/books';

type Analyzed = ReturnType<typeof analyze>;

async function recordOf(analysis: Analyzed, at = 0) {
  const { ref } = analysis.refs[at]!;
  return (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
}

/** `days = 25 ← work / rate = 50 / 2` */
async function treeOf(code: string, expr = 'x', analyzed: (text: string) => Analyzed = analyze): Promise<string[]> {
  const { sources } = await recordOf(analyzed(`${cell(code)}\n\`{python} ${expr}\`\n`));
  return sources.map(({ name, kind, value, formula, constant }) => {
    const isLiteral = formula === undefined || formula.kind === 'literal';
    const made = isLiteral ? '' : ` ← ${formulaText(formula)} = ${formulaText(formula, 'numbers')}`;
    return `${kind} ${name} = ${valueText(value)}${constant === undefined ? '' : ` (${constant})`}${made}`;
  });
}

describe('a formula is followed', () => {
  test('through names to what the author assumed', async () => {
    expect(await treeOf('work = 3e6\nrate = 20 * 2\ndays = work / rate\nx = days')).toEqual([
      'formula x = 75,000 ← days = 75,000',
      'formula days = 75,000 ← work / rate = 3,000,000 / 40',
      'assumption work = 3,000,000',
      'assumption rate = 40 ← 20 × 2 = 20 × 2',
    ]);
  });

  test('through a class, its bridge, and another name of it', async () => {
    const code = 'class Plan:\n    n = 3\n    hours = n * 8\nP = Plan\nx = P.hours';
    expect(await treeOf(code)).toEqual([
      'formula x = 24 ← P.hours = 24',
      'formula Plan.hours = 24 ← n × 8 = 3 × 8',
      'assumption Plan.n = 3',
    ]);
    expect(await treeOf(code, 'Plan.hours')).toEqual([
      'formula Plan.hours = 24 ← n × 8 = 3 × 8',
      'assumption Plan.n = 3',
    ]);
  });

  test('through defaults that name other values, as these were when the function was made', async () => {
    const code = 'DAYS = 305\nFROST = -2\ndef milk(cows, days=DAYS, cold=FROST * 2):\n    return cows * days + cold\n';
    expect(await treeOf(`${code}x = milk(60)`)).toEqual([
      'formula x = 18,296 ← 60 × DAYS + FROST × 2 = 60 × 305 + -2 × 2',
      'assumption cows = 60',
      'assumption DAYS = 305',
      'assumption FROST = -2 ← −2 = −2',
    ]);
    expect((await treeOf(`${code}DAYS = 300\nx = milk(60)`)).join()).not.toContain('300');
  });

  test('through functions, with the arguments in place of the parameters', async () => {
    const code = `TURNS = 3
def total(a, b=2):
    both = a + b
    if both > 100:
        return 0
    return both * TURNS
n = 5
x = total(n) / total(a=n, b=1)`;
    expect(await treeOf(code)).toEqual([
      'formula x = 1.16667 ← (n + b) × TURNS / ((n + 1) × TURNS) = (5 + 2) × 3 / ((5 + 1) × 3)',
      'assumption n = 5',
      'assumption b = 2',
      'assumption TURNS = 3',
      'assumption b = 1',
    ]);
  });

  test('through the side of a conditional expression that was taken, with the names in its test', async () => {
    const code = (n: number) => `n = ${n}\nlimit = 5\nsmall = 2\nx = small * 3 if n < limit or n == 7 else 50`;
    expect(await treeOf(code(4))).toEqual([
      'formula x = 6 ← small × 3 if n < limit or n == 7 = 2 × 3 if 4 < 5 or 4 == 7',
      'assumption small = 2',
      'assumption n = 4',
      'assumption limit = 5',
    ]);
    expect(await treeOf(code(9))).toEqual([
      'formula x = 50 ← 50 if not (n < limit or n == 7) = 50 if not (9 < 5 or 9 == 7)',
      'assumption n = 9',
      'assumption limit = 5',
    ]);
  });

  test('through methods and properties of models, to the arguments that made them', async () => {
    const code = `from dataclasses import dataclass
@dataclass
class Pump:
    flow: float
    hours: int = 8
    @property
    def daily(self):
        return self.flow * self.hours
    def yearly(self, days):
        return self.daily * days
pump = Pump(flow=2.5)
x = pump.yearly(300)`;
    expect(await treeOf(code)).toEqual([
      'formula x = 6,000 ← pump.flow × pump.hours × 300 = 2.5 × 8 × 300',
      'assumption pump.flow = 2.5',
      'assumption Pump.hours = 8',
      'assumption days = 300',
    ]);
  });

  test('through items of dicts and tuples', async () => {
    expect(await treeOf('plan = {"eta": 0.45, "n": 4}\nsize = (2, 3)\nx = plan["eta"] * size[-1]')).toEqual([
      'formula x = 1.35 ← plan["eta"] × size[-1] = 0.45 × 3',
      'assumption plan["eta"] = 0.45',
      'assumption size[-1] = 3',
    ]);
    expect(await treeOf('a, b = 2, 3\nx = a * b')).toEqual([
      'formula x = 6 ← a × b = 2 × 3',
      'assumption a = 2',
      'assumption b = 3',
    ]);
  });

  test('through augmented assignments and the last turn of a loop', async () => {
    expect(await treeOf('x = 5\ny = 1\nx *= y')).toEqual([
      'formula x = 5 ← x × y = 5 × 1',
      expect.stringContaining('x = 5'),
      'assumption y = 1',
    ]);
    const loop = await treeOf('rate = 2\nfor n in [1, 2, 3]:\n    x = n * rate');
    expect(loop[0]).toBe('formula x = 6 ← n × rate = 3 × 2');
  });

  test.each([
    ['decimals', 'from decimal import Decimal', 'Decimal("0.25")', '0.25'],
    ['fractions', 'from fractions import Fraction', 'Fraction(1, 8)', '0.125'],
    ['numbers of numpy', 'import numpy as np', 'np.float32(2.5)', '2.5'],
  ])('through %s', async (_, head, written, number) => {
    expect(await treeOf(`${head}\na = ${written}\nx = a * 2`)).toEqual([
      `formula x = ${2 * Number(number)} ← a × 2 = ${number} × 2`,
      expect.stringContaining(`assumption a = ${number} ← ${written} = `),
    ]);
  });

  test('through what a function that is not followed reads, and the functions that it calls', async () => {
    const code = `rate = 30
hidden = 5
fee = 2
def net(pay):
    return pay - fee
def months(debt):
    count = 0
    try:
        while debt > 0:
            debt, count = debt - net(rate), count + sum(hidden for hidden in [1])
    except ValueError:
        count = -1
    return count
x = months(100)`;
    expect((await treeOf(code)).sort()).toEqual([
      'assumption [1][0] = 1',
      'assumption debt = 100',
      'assumption fee = 2',
      'assumption rate = 30',
      expect.stringContaining('formula count = 4 ← while debt > 0:'),
      'formula x = 4 ← count = 4',
    ]);
    expect((await treeOf(`${code}\ny = {n: months(n) for n in (50, 100)}`, 'sum(y.values())')).join()).toContain(
      'assumption rate = 30',
    );
    // What it formats is the number, not what the function reads.
    const show = 'places = 1\ndef show(x):\n    for _ in "a":\n        return f"{x:.{places}f}"\nn = 2.34';
    const analysis = analyze(`${cell(`${show}\nx = show(n)`)}\n\`{python} x\`\n`);
    expect(computedBehind(await recordOf(analysis))?.value.repr).toBe('2.34');
  });

  test('through members of an enumeration', async () => {
    const code = 'from enum import IntEnum\nclass Per(IntEnum):\n    YEAR = 12\nn = 3\nx = n * Per.YEAR';
    expect(await treeOf(code)).toEqual([
      'formula x = 36 ← n × Per.YEAR = 3 × 12',
      'assumption n = 3',
      'assumption Per.YEAR = 12',
    ]);
  });

  test('through attributes of objects that were computed', async () => {
    const code = `from collections import namedtuple
Payment = namedtuple("Payment", "number rest")
def plan(rest, rate):
    number = 0
    while rest > 0:
        number, rest = number + 1, rest - rate
        yield Payment(number, rest)
debt = 100
rate = 30
last = list(plan(debt, rate))[-1]
x = last.number * 2`;
    expect(await treeOf(code)).toEqual([
      'formula x = 8 ← last.number × 2 = 4 × 2',
      'formula last = <Payment> ← list(plan(debt, rate))[−1] = list(plan(100, 30))[−1]',
      'assumption debt = 100',
      'assumption rate = 30',
    ]);
  });

  test('through conversions and constants of the registry', async () => {
    const code =
      'from mlsys.constants import A100_FLOPS_FP16_TENSOR, GFLOPs, second\nx = A100_FLOPS_FP16_TENSOR.m_as(GFLOPs / second)';
    expect(await treeOf(code)).toEqual([
      'formula x = 312,000 ← A100_FLOPS_FP16_TENSOR in GFLOPs / second = 312 TFLOPs/s in GFLOPs / second',
      'constant A100_FLOPS_FP16_TENSOR = 312 TFLOPs/s (A100_FLOPS_FP16_TENSOR)',
    ]);
    expect(await treeOf('from mlsys import Hardware\nh = Hardware.Cloud.A100\nx = h.peak_flops')).toEqual([
      'formula x = 312 TFLOPs/s ← h.peak_flops = 312 TFLOPs/s',
      'constant h.peak_flops = 312 TFLOPs/s (A100_FLOPS_FP16_TENSOR)',
    ]);
  });

  test('through formulas of the library', async () => {
    const code = `from mlsys.formulas import calc_amdahls_speedup
p = 0.9
s = 10
x = calc_amdahls_speedup(p, s)`;
    const [first] = await treeOf(code);
    expect(first).toBe('formula x = 5.26316 ← 1 / (1 − p + p / s) = 1 / (1 − 0.9 + 0.9 / 10)');
  });

  test('in an expression in prose', async () => {
    expect(await treeOf('a = 2\nb = 4', 'f"{a / b:.0%}"')).toEqual([
      'formula f"{a / b:.0%}" = 50% ← f"{a / b:.0%}" = f"{2 / 4:.0%}"',
      'assumption a = 2',
      'assumption b = 4',
    ]);
  });

  test('into modules of a package', async () => {
    const sources = {
      'book/plans.py': 'DAYS = 300\nHOURS = DAYS * 24\ndef of(n):\n    return n * HOURS\n',
      'book/__init__.py': '',
    };
    const tree = await treeOf('from book.plans import of\nn = 2\nx = of(n)', 'x', text => analyzeBook(text, sources));
    expect(tree).toEqual([
      'formula x = 14,400 ← n × HOURS = 2 × 7,200',
      'assumption n = 2',
      'formula HOURS = 7,200 ← DAYS × 24 = 300 × 24',
      'assumption DAYS = 300',
    ]);
  });

  test('into modules of which all names are imported, by cells and by other modules', async () => {
    const sources = {
      'book/units.py': 'HOUR = 24\nDAYS = 300\n',
      'book/plans.py': 'from .units import *\nHOURS = DAYS * HOUR\ndef of(n):\n    return n * DAYS\n',
      'book/__init__.py': '',
    };
    const treeIn = (code: string) => treeOf(code, 'x', text => analyzeBook(text, sources));
    expect(await treeIn('from book.plans import *\nx = HOURS + of(2)')).toEqual([
      'formula x = 7,800 ← HOURS + 2 × DAYS = 7,200 + 2 × 300',
      'formula HOURS = 7,200 ← DAYS × HOUR = 300 × 24',
      'assumption DAYS = 300',
      'assumption HOUR = 24',
      'assumption n = 2',
    ]);
    // What the cell gave the name since is not the module's.
    expect(await treeIn('from book.plans import *\nDAYS = 10\nx = DAYS * 2')).toEqual([
      'formula x = 20 ← DAYS × 2 = 10 × 2',
      'assumption DAYS = 10',
    ]);
  });

  test('through imports within functions', async () => {
    const sources = {
      'book/rates.py': 'RATE = 1.5\ndef doubled(n):\n    return n * 2\n',
      'book/plans.py':
        'def of(n):\n    import math as m\n    from .rates import RATE, doubled as twice\n    return twice(n) * RATE + m.floor(2.5)\n',
      'book/__init__.py': '',
    };
    const code = 'from book.plans import of\nn = 2\nx = of(n)';
    expect(await treeOf(code, 'x', text => analyzeBook(text, sources))).toEqual([
      'formula x = 8 ← n × 2 × RATE + m.floor(2.5) = 2 × 2 × 1.5 + m.floor(2.5)',
      'assumption n = 2',
      'assumption RATE = 1.5',
    ]);
  });
});

describe('targets that take a value apart', () => {
  test.each([
    ['first, *rest = [10, 20, 30]\nx = first + 0', '10', 'first + 0'],
    ['first, *rest = [10, 20, 30]\nx = sum(rest)', '50', 'sum(rest)'],
    ['*most, last = (7, 8, 9)\nx = last + 0', '9', 'last + 0'],
    ['(a, b), c = (1, 2.5), 3\nx = b + 0', '2.5', 'b + 0'],
    ['a, b = 4, 5\na, b = b, a\nx = b + 0', '4', 'b + 0'],
  ])('%s', async (code, value, formula) => {
    const [first, ...more] = await treeOf(code);
    expect(first).toMatch(new RegExp(`^formula x = ${value} ← ${formula.replaceAll(/[()+]/g, String.raw`\$&`)} = `));
    expect(more.filter(line => line.startsWith('object'))).toEqual([]);
    expect(more.join('\n')).not.toMatch(/first = 10 ← \[/);
  });

  test('names that a test or a pattern gives, and what a context manager gave', async () => {
    expect(await treeOf('vals = [3, 8]\nif (n := len(vals)) > 1:\n    x = n * 10')).toEqual([
      'formula x = 20 ← n × 10 = 2 × 10',
      'formula n = 2 ← len(vals) = len(<list>)',
      'assumption vals = <list> ← [3, 8] = [3, 8]',
    ]);
    expect(await treeOf('point = (3, 4)\nmatch point:\n    case (a, b):\n        x = a * 2')).toEqual([
      'formula x = 6 ← a × 2 = 3 × 2',
      'formula a = 3 ← match point = match point',
      'assumption point = (3, 4) ← (3, 4) = (3, 4)',
    ]);
    const entered = 'from contextlib import nullcontext\nk = 5\nwith nullcontext(k) as v:\n    x = v * 2';
    expect((await treeOf(entered)).slice(1)).toEqual([
      expect.stringContaining('formula v = 5 ← nullcontext(k) as v'),
      'assumption k = 5',
    ]);
  });
});

test('a constructor of a class, and the one above it', async () => {
  const code = `class Vehicle:
    def __init__(self, mass, load=0.5):
        self.mass = mass
        self.load = load
    @property
    def total(self):
        return self.mass + self.load
class Truck(Vehicle):
    def __init__(self, mass, trailer):
        super().__init__(mass, load=4)
        self.trailer = trailer
    @property
    def total(self):
        return super().total + self.trailer
    @classmethod
    def usual(cls):
        return cls(9, trailer=2)
truck = Truck.usual()
x = truck.total`;
  expect(await treeOf(code)).toEqual([
    'formula x = 15 ← truck.mass + truck.load + truck.trailer = 9 + 4 + 2',
    'assumption mass = 9',
    'assumption load = 4',
    'assumption trailer = 2',
  ]);
});

describe('what is not followed is told as it is', () => {
  test('a comprehension, with the names that it reads', async () => {
    expect(await treeOf('k = 3\nx = sum(n * k for n in range(4))')).toEqual([
      'formula x = 18 ← sum(n * k for n in range(4)) = sum(n * 3 for n in range(4))',
      'assumption k = 3',
    ]);
  });

  test('a function with `try` whose body does more than is followed, by its arguments', async () => {
    const code =
      'def grown(a, n):\n    try:\n        rows = [a]\n        rows[1:] = [2 ** n]\n        return rows[0] * rows[1]\n    except ValueError:\n        return 0\nbase = 3\nx = grown(base, 4)';
    expect(await treeOf(code)).toEqual(['formula x = 48 ← grown(base, 4) = grown(3, 4)', 'assumption base = 3']);
  });

  test('a function whose `with` changes what comes of its body', async () => {
    const code =
      'import decimal\ndef third(a):\n    with decimal.localcontext() as c:\n        c.prec = 3\n        return decimal.Decimal(a) / 3\nbase = 2\nx = third(base)';
    expect(await treeOf(code)).toEqual(['formula x = 0.667 ← third(base) = third(2)', 'assumption base = 2']);
  });

  test('an attribute that a function which is not followed changed: the object was made with another one', async () => {
    const code =
      'class Tank:\n    def __init__(self, level):\n        self.level = level\ndef fill(tank, n):\n    tank.level += n\n';
    expect(await treeOf(`${code}base = 10\nt = Tank(base)\nfill(t, 5)\nx = t.level + 0`)).toEqual([
      'formula x = 15 ← t.level + 0 = 15 + 0',
      'object t.level = 15',
    ]);
  });

  test('what a function reads that something else was assigned to since', async () => {
    const code = 'scale = 2\ndef f(n):\n    return n * scale\nx = f(3) + 0\nscale = 5';
    expect((await treeOf(code)).join()).not.toContain('scale');
  });

  test('a value that code changed since: no formula is made up for it', async () => {
    const [first, ...more] = await treeOf('d = {"n": 1}\nd["n"] = 7\nx = d["n"] * 2');
    expect(first).toBe('formula x = 14 ← d["n"] × 2 = 7 × 2');
    expect(more.join()).not.toMatch(/assumption.* = 1$/);
  });

  test('an unknown value', async () => {
    const [first] = await treeOf('import pandas\nx = pandas.read_csv("a.csv").sum()\ny = 1', 'y');
    expect(first).toBe('assumption y = 1');
  });
});

test('of an object that a cell below changes, nothing is told above it, and no content anywhere', async () => {
  const text = `${cell('items = [1]\nn = len(items) * 2')}\n\`{python} len(items)\` \`{python} n\`\n\n${cell('items.append(2)')}\n`;
  const analysis = analyze(text);
  expect(analysis.refs.map(ref => ref.text)).toEqual(['1', '2']);
  const [of, n] = analysis.refs;
  expect(await analysis.provenanceAt(of!.ref.expr, 1)).toBeUndefined();
  const { sources } = (await analysis.provenanceAt(n!.ref.expr, 1))!;
  const formula = sources[0]!.formula;
  if (formula !== undefined) expect(formulaText(formula, 'numbers')).not.toContain('[1, 2]');
  expect(sources.map(({ value }) => valueText(value)).join()).not.toContain('[1, 2]');
});

describe('to ask changes nothing', () => {
  const CODE = `import random
random.seed(3)
calls = []
def drawn():
    calls.append(1)
    return random.random()
x = drawn() + drawn()
y = len(calls)
z = random.random()`;

  test('what draws or remembers is told as it is, and values stay those of a cold evaluation', async () => {
    const evaluator = new Evaluator();
    const text = `${cell(CODE)}\n\`{python} x\` \`{python} y\` \`{python} z\`\n`;
    const shown = (analysis: Analyzed) => analysis.refs.map(ref => ref.text);
    const first = evaluator.update(parseChapter(text, 'file:///chapter.qmd'), 1);
    const before = shown(first);
    const { sources } = await recordOf(first);
    expect(formulaText(sources[0]!.formula!)).toBe('drawn() + drawn()');
    for (const { ref } of first.refs) await first.provenanceAt(ref.expr, ref.cellsBefore);
    const edited = text.replace('y = len(calls)', 'y = len(calls) + 0');
    expect(shown(evaluator.update(parseChapter(edited, 'file:///chapter.qmd'), 2))).toEqual(before);
  });

  test('a function that never ends is given up', async () => {
    const code = 'def slow(n):\n    while n > 0:\n        n += 1\n    return n\nk = -1\nx = slow(k)\nf = slow';
    expect(await treeOf(code)).toEqual(['formula x = -1 ← k = -1', 'assumption k = -1 ← −1 = −1']);
    const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
    expect(await analysis.provenanceAt('slow(5)', 1)).toBeUndefined();
  });
});

describe('what a text shows', () => {
  test('is no number where it is true or false', async () => {
    const record = await recordOf(analyze(`${cell('load = 0.8\nx = load < 1')}\n\`{python} x\`\n`));
    expect(computedBehind(record)).toBeUndefined();
  });

  const behind = async (code: string) => {
    const analysis = analyze(`${cell(`from mlsys.formatting import fmt\n${code}`)}\n\`{python} x\`\n`);
    const record = await recordOf(analysis);
    const computed = computedBehind(record);
    if (computed === undefined) return undefined;
    const lost = shareLost(analysis.refs[0]!.text!, computed.value);
    const leaves = leavesOf(computed.formula, record).map(({ name }) => name);
    return `${computed.value.repr} ${lost === undefined ? '' : (100 * lost).toFixed(2)}% from ${leaves.join(', ')}`;
  };

  test('the number that was formatted, and how much of it is lost', async () => {
    expect(await behind('a = 25.28\nb = 2\nx = fmt(a * b, precision=0)')).toBe('50.56 0.87% from a, b');
    expect(await behind('eta = 0.45\nx = fmt(eta * 100, precision=0)')).toBe('45.0 0.00% from eta');
    const show = 'def show(n, unit, digits=1):\n    return f"{fmt(n, digits)} {unit}"\n';
    expect(await behind(`${show}a = 40\nx = show(a * 1.55, "l", 0)`)).toBe('62.0 0.00% from a');
    expect(await behind(`${show}a = 40\nx = show(a * 1.55, "l")`)).toBe('62.0 0.00% from a');
    expect(await behind('n = 3\nx = f"{n / 2:.1f}"')).toBe('1.5 0.00% from n');
    expect(await behind('n = 3\nplaces = 1\nunit = "km"\nx = f"{n / 7:.{places}f} {unit}"')).toBe(
      '0.42857142857142855 -6.67% from n',
    );
    expect(await behind('n = 2.346\nx = f"{round(n, 2)} km"')).toBe('2.346 0.17% from ');
    expect(
      await behind('from decimal import Decimal\nn = Decimal("2.345") * 2\nx = f"{n.quantize(Decimal(\'0.1\'))} km"'),
    ).toBe("Decimal('4.690') 0.21% from ");
    expect(await behind('n = 3e9 * 2.02\ns = fmt(n / 1e9, precision=1)\nx = f"{s} billion"')).toBe('6.06 0.66% from n');
  });

  test('the number that a text reads twice: for its digits, and for the word behind them', async () => {
    const show = `def show(days, digits=1):
    number = float(days)
    word = "day" if abs(number - 1) < 0.5 * 10 ** -digits else "days"
    return f"{number:.{digits}f} {('' if number < 0 else word)} {number and 'in all'}"
`;
    expect(await behind(`${show}hours = 60\nx = show(hours / 24)`)).toBe('2.5 0.00% from hours');
    expect(await behind('a = 2.5\nb = 2\nx = f"{a} of {b}"')).toBeUndefined();
  });

  test('without what changes no number: `float`, and a second conversion to the same unit', async () => {
    const code =
      'from mlsys.constants import *\nrate = 3 * GB / second\nx = float((rate * 2).to(TB / second).m_as(TB / second))';
    const [first] = await treeOf(code);
    expect(first).toBe('formula x = 0.006 ← rate × 2 in TB / second = 3 GB/s × 2 in TB / second');
    const named = 'from mlsys.constants import *\nt = 36 * hour\nx = t.m_as(ureg.Unit("day"))';
    expect((await treeOf(named))[0]).toBe('formula x = 1.5 ← t in day = 36 h in day');
  });

  test.each([
    ['4,64', 4.635, 0.0011],
    ['1.765,4', 1765.44, -0.00002],
    ['21.560', 21_560, 0],
    ['1,765.4', 1765.4, 0],
  ])('of %s, as whoever wrote it reads it', (text, number, lost) => {
    expect(shareLost(text, { number })).toBeCloseTo(lost, 4);
  });

  test('nothing of a text with several numbers, or none', async () => {
    expect(await behind('a = 1\nb = 2\nx = f"{a} to {b}"')).toBeUndefined();
    expect(await behind('x = "many"')).toBeUndefined();
  });
});

test.each([
  [0, '0'],
  [86_400, '86,400'],
  [1e12, '1e12'],
  [3.14e23, '3.14e23'],
  [25.278356893663606, '25.2784'],
  [-0.000012, '-1.2e-5'],
  [1234.5, '1,234.5'],
  [Number.POSITIVE_INFINITY, 'inf'],
])('%d reads %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test('after an edit, a name is that of the cell which binds it last', async () => {
  const evaluator = new Evaluator();
  let version = 0;
  const behind = async (middle: string) => {
    const text = `${cell('y = 2 * 3')}\n${cell(middle)}\n${cell('x = y + 1')}\n\`{python} x\`\n`;
    const { sources } = await recordOf(evaluator.update(parseChapter(text, 'file:///chapter.qmd'), ++version));
    return formulaText(sources[1]!.formula!);
  };
  expect(await behind('z = 1')).toBe('2 × 3');
  expect(await behind('z = 2')).toBe('2 × 3');
  expect(await behind('y = 4 * 5')).toBe('4 × 5');
  expect(await behind('y = 4 * 6')).toBe('4 × 6');
  expect(await behind('z = 2')).toBe('2 × 3');
  expect(await behind('y, z = 5 * 6, 1')).toBe('5 × 6');
});
