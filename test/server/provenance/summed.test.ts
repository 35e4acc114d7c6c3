/** Trees of what sums, choices and loops make of several objects: they end in the values of these. */
import { afterAll, describe, expect, test } from 'vitest';
import { leavesOf } from '../../../server/provenance/behind';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';
import { endsOf } from '../../support/provenanceEnds';
import { TestWorkspace } from '../../support/workspace';

async function recordOf(code: string) {
  const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
  expect(analysis.cells[0]!.fault).toBeUndefined();
  const { ref } = analysis.refs[0]!;
  return (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
}

/** `d['s'].flow = 20`, in order. */
async function endsIn(code: string): Promise<string[]> {
  const record = await recordOf(code);
  return leavesOf(record.sources[0]!.formula, record).map(({ name, value }) => `${name} = ${valueText(value)}`);
}

async function formulaOf(code: string): Promise<string> {
  return formulaText((await recordOf(code)).sources[0]!.formula!);
}

const DATA_CLASS = `from dataclasses import dataclass, replace
@dataclass
class Pump:
    flow: float
    hours: float = 8
    def volume(self):
        return self.flow * self.hours
`;
const MODEL = DATA_CLASS.replace(/^.*\n@.*\nclass Pump:/, 'from pydantic import BaseModel\nclass Pump(BaseModel):');
const DICT = 'north = 30\nd = {"n": Pump(flow=north), "s": Pump(flow=20)}\n';
const LIST = 'north = 30\nd = [Pump(flow=north), Pump(flow=20)]\n';

describe.each([
  ['a data class', DATA_CLASS],
  ['a model', MODEL],
])('objects of %s', (_, head) => {
  test.each([
    'sum(p.flow for p in d.values())',
    'sum([p.flow for p in d.values()])',
    'sum(p.flow for k, p in d.items())',
    'max(p.flow for p in d.values())',
    'sorted(p.flow for p in d.values())[0]',
    'sum(d[k].flow for k in d)',
    'max(d.values(), key=lambda p: p.flow).flow',
    '", ".join(f"{p.flow:.0f} m" for p in d.values())',
    'sum(1 for p in d.values() if p.flow > 25)',
  ])('%s', async expr => {
    expect(await endsIn(`${head}${DICT}x = ${expr}`)).toEqual(['north = 30', "d['s'].flow = 20"]);
  });

  test('in a list, from a comprehension, within a class and a function', async () => {
    const list = ['north = 30', 'd[1].flow = 20'];
    expect(await endsIn(`${head}${LIST}x = sum(p.flow for p in d)`)).toEqual(list);
    const made = 'sizes = [30, 20]\nd = {k: Pump(flow=v) for k, v in enumerate(sizes)}\n';
    expect(await endsIn(`${head}${made}x = sum(p.flow for p in d.values())`)).toEqual([
      'sizes[0] = 30',
      'sizes[1] = 20',
    ]);
    expect(await endsIn(`${head}${LIST}class C:\n    total = sum(p.flow for p in d)\nx = C.total`)).toEqual(list);
    expect(await endsIn(`${head}${LIST}def total(ps):\n    return sum(p.flow for p in ps)\nx = total(d)`)).toEqual(
      list,
    );
  });

  test('what they share is told once', async () => {
    expect(await endsIn(`${head}${LIST}x = sum(p.volume() for p in d)`)).toEqual([
      'north = 30',
      'Pump.hours = 8',
      'd[1].flow = 20',
    ]);
  });

  test('one of them that was chosen or put in order before', async () => {
    expect(await endsIn(`${head}${DICT}first = sorted(d.values(), key=lambda p: p.flow)[0]\nx = first.flow`)).toContain(
      "d['s'].flow = 20",
    );
    expect(await endsIn(`${head}${DICT}all = list(d.values())\nx = all[1].flow + 1`)).toEqual(["d['s'].flow = 20"]);
  });

  test.each([
    'sorted(d, key=lambda p: p.flow)[0].hours',
    'sorted(d, key=operator.attrgetter("flow"))[0].hours',
    'min(d, key=operator.attrgetter("flow")).hours',
  ])('%s, with all that it was chosen by', async expr => {
    expect(await endsIn(`import operator\n${head}${LIST}x = ${expr}`)).toEqual(
      expect.arrayContaining(['Pump.hours = 8', 'north = 30', 'd[1].flow = 20']),
    );
  });

  test('a loop that adds them up, as one formula', async () => {
    const loop = 'x = 0\nfor p in d:\n    more = p.flow * 2\n    x += more\n';
    expect(await endsIn(`${head}${LIST}${loop}`)).toEqual(['north = 30', 'd[1].flow = 20']);
    expect(await formulaOf(`${head}${LIST}${loop}`)).toBe('0 + d[0].flow × 2 + d[1].flow × 2');
    const best = 'best = 0\nfor k, p in d.items():\n    if p.flow > best:\n        best = p.flow\nx = best';
    expect(await endsIn(`${head}${DICT}${best}`)).toEqual(['north = 30', "d['s'].flow = 20"]);
    const within = 'def total(ps):\n    t = 0\n    for p in ps:\n        t += p.flow\n    return t\nx = total(d)';
    expect(await endsIn(`${head}${LIST}${within}`)).toEqual(['north = 30', 'd[1].flow = 20']);
  });

  test('what is changed below is not told for what was added up', async () => {
    for (const made of ['x = sum(p.flow for p in d)', 'x = 0\nfor p in d:\n    x += p.flow'])
      expect((await endsIn(`${head}${LIST}${made}\nd[0].flow = 99`)).join()).toBe('d = <list>,north = 30');
  });
});

describe('a loop', () => {
  test('is told as it is written where its formula is long, with all that it read', async () => {
    const code = 'x = 500\nrates = [2, 3]\nfor month in range(6):\n    for rate in rates:\n        x += month * rate\n';
    expect(await formulaOf(code)).toBe('for month in range(6): for rate in rates: x += month * rate');
    expect(await endsIn(code)).toEqual(['x = 500', 'rates[0] = 2', 'rates[1] = 3']);
  });

  test('that doubles what it made stays small', async () => {
    expect(await endsIn('x = 3\nfor _ in range(150):\n    x = x + x')).toEqual(['x = 3']);
  });

  test('is told with what says how often it goes round, and what is done', async () => {
    const code =
      'months = 3\nlimit = 8\nx = 0\nrate = 2\nfor m in range(months):\n    if m > limit:\n        break\n    x += rate';
    expect(await endsIn(code)).toEqual(['rate = 2', 'months = 3', 'limit = 8']);
    const chosen = 'x = 0\nfor k, v in {"a": 3, "b": 5}.items():\n    if k == "b":\n        continue\n    x += v';
    expect(await formulaOf(chosen)).toBe('0 + {"a": 3, "b": 5}[\'a\']');
  });

  test('of a class body, and one that fills a list of what its objects have', async () => {
    expect(
      await endsIn('class C:\n    rates = [1, 2]\n    total = 0\n    for r in rates:\n        total += r\nx = C.total'),
    ).toEqual(['rates[0] = 1', 'rates[1] = 2']);
    const code = `${DATA_CLASS}${LIST}costs = []\nfor p in d:\n    costs.append(p.flow * 3)\nx = sum(costs)`;
    expect(await endsIn(code)).toEqual(['north = 30', 'd[1].flow = 20']);
  });
});

describe('a loop whose turns are not told one by one', () => {
  test.each([
    ['while', 'left = 100\nuse = 7\nx = 0\nwhile left > 20:\n    left -= use\n    x += 1', ['left = 100', 'use = 7']],
    ['while True', 'use = 7.5\nx = use\nwhile True:\n    x = x / 2\n    if x < 1:\n        break', ['use = 7.5']],
    [
      'of a class body',
      'class C:\n    level = 1\n    while level < 50:\n        level = level * 2 + 1\nx = C.level',
      ['C.level = 1'],
    ],
    [
      'of many turns',
      'rate = 0.01\ndue = 2000.0\nx = due\npay = 20\nfor m in range(360):\n    cost = x * rate\n    x = x + cost - pay',
      ['rate = 0.01', 'due = 2,000', 'pay = 20'],
    ],
    [
      'with `try`',
      'raw = ["3", "n"]\nworth = 4\nx = 0\nfor r in raw:\n    try:\n        x += int(r) * worth\n    except ValueError:\n        x += 1',
      ['raw[0] = 3', 'worth = 4'],
    ],
  ])('%s ends in what it read before it', async (_, code, ends) => {
    expect((await endsIn(code)).sort()).toEqual([...ends].sort());
    expect(await formulaOf(code)).not.toMatch(/^x [+−]/);
  });

  test('that only an item was put in by is told for that item', async () => {
    const code =
      'vals = [2, 3.5]\nrun = 0\nsums = []\nfor v in vals:\n    run += v\n    sums.append(run)\nx = sums[0] + 0';
    expect(await endsIn(code)).toEqual(['run = 0', 'vals[0] = 2']);
  });

  test('of a function is followed while it goes round', async () => {
    const code =
      'def years(start, rate):\n    n = 0\n    while start < 2000:\n        start *= 1 + rate\n        n += 1\n    return n\nx = years(1000, 0.07)';
    expect(await endsIn(code)).toEqual(['start = 1,000', 'rate = 0.07']);
  });

  test('`enumerate` with a start, and `reversed`', async () => {
    const code = 'vals = [2, 3.5]\nx = 0\nfor i, v in enumerate(reversed(vals), start=1):\n    x += i * v';
    expect(await formulaOf(code)).toBe('0 + 1 × vals[1] + 2 × vals[0]');
  });
});

describe('named tuples have what they were given', () => {
  test.each([
    ['collections', 'from collections import namedtuple\nPump = namedtuple("Pump", "flow hours")\n'],
    ['typing', 'from typing import NamedTuple\nclass Pump(NamedTuple):\n    flow: float\n    hours: float = 8\n'],
  ])('%s', async (_, head) => {
    const code = `${head}north = 30\np = Pump(north, hours=6)\n`;
    expect(await endsIn(`${code}x = p.flow + 0`)).toEqual(['north = 30']);
    expect(await endsIn(`${code}x = p.hours + 0`)).toEqual(['p.hours = 6']);
    expect(await endsIn(`${code}a, b = p\nx = a + p[1]`)).toEqual(['north = 30', 'p[1] = 6']);
    expect(await endsIn(`${code}q = p._replace(hours=5)\nx = q.flow * q.hours`)).toEqual(['north = 30', 'q.hours = 5']);
    expect(await endsIn(`${code}ps = [p, Pump(3, 4)]\nx = sum(p.flow for p in ps)`)).toEqual([
      'north = 30',
      'ps[1].flow = 3',
    ]);
  });

  test('and defaults of their class', async () => {
    const code =
      'from typing import NamedTuple\nclass Pump(NamedTuple):\n    flow: float\n    hours: float = 8\n    def volume(self):\n        return self.flow * self.hours\n';
    expect(await endsIn(`${code}p = Pump(3)\nx = p.volume()`)).toEqual(['p.flow = 3', 'Pump.hours = 8']);
  });
});

test('members of a class of choices are what it assigns', async () => {
  const code = 'from enum import Enum\nclass Tier(Enum):\n    LOW = 0.5\n    HIGH = 2.0\n';
  expect(await endsIn(`${code}x = Tier.LOW.value * 2`)).toEqual(['Tier.LOW = 0.5']);
  expect(await endsIn(`${code}x = Tier["HIGH"].value * 2`)).toEqual(['Tier.HIGH = 2']);
  expect(await endsIn(`${code}x = sum(t.value for t in Tier)`)).toEqual(['Tier.LOW = 0.5', 'Tier.HIGH = 2']);
});

describe('a copy has what it was not given from the object that was copied', () => {
  test.each([
    ['dataclasses.replace', `${DATA_CLASS}first = Pump(flow=30)\nspare = replace(first, hours=10)\n`],
    ['copy.copy', `${DATA_CLASS}import copy\nfirst = Pump(flow=30)\nspare = copy.copy(first)\nspare.hours = 10\n`],
    ['model_copy', `${MODEL}first = Pump(flow=30)\nspare = first.model_copy(update={"hours": 10})\n`],
  ])('%s', async (_, code) => {
    expect(await endsIn(`${code}x = spare.flow + 0`)).toEqual(['first.flow = 30']);
    expect(await endsIn(`${code}x = spare.hours + 0`)).toEqual(['spare.hours = 10']);
  });

  test('but for a function of the same name that somebody wrote', async () => {
    const own = 'def replace(pump, **changes):\n    return Pump(flow=15 * 2, hours=8)\n';
    const code = `${DATA_CLASS}first = Pump(flow=30)\n${own}x = replace(first, hours=10).flow + 0`;
    expect((await endsIn(code)).join()).not.toContain('first.flow');
  });
});

describe('entries of a data file behind objects', () => {
  const workspace = new TestWorkspace();
  afterAll(() => workspace.remove());
  workspace.write('pumps.yml', 'north: {flow: 30, hours: 8}\nsouth:\n  flow: 20\n  hours: 6\n');
  const LOADED = 'import yaml\nwith open("pumps.yml") as f:\n    raw = yaml.safe_load(f)\n';

  test.each([
    ['a data class', DATA_CLASS],
    ['a model', MODEL],
  ])('%s', async (_, head) => {
    const code = `${head}${LOADED}d = {k: Pump(**v) for k, v in raw.items()}\n`;
    const both = ['pumps.yml:1: north: {flow: 30, hours: 8}', 'pumps.yml:3: flow: 20'];
    expect(await endsOf(`${code}x = sum(p.flow for p in d.values()) + 0`, workspace.folder)).toEqual(both);
    expect(await endsOf(`${code}x = max(d.values(), key=lambda p: p.flow).flow`, workspace.folder)).toEqual(both);
    expect(await endsOf(`${code}x = 0\nfor p in d.values():\n    x += p.flow`, workspace.folder)).toEqual(both);
  });
});

test.each(['c.total()', 'c.most_common(1)[0][1]'])(
  '%s is told as it is written, not by what the module does in it',
  async expr => {
    const code = `from collections import Counter\nn = 3\nm = 4\nc = Counter(a=n, b=m)\nx = ${expr} * 2`;
    expect(await formulaOf(code)).toBe(`${expr} × 2`);
    expect(await endsIn(code)).toEqual(['n = 3', 'm = 4']);
  },
);
