/** Trees of items that loops and comprehensions put into dicts and lists one by one. */
import { afterAll, describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { leavesOf } from '../../../server/provenance/behind';
import { formulaText, valueText } from '../../../server/provenance/formula';
import { analyze, cell } from '../../support/analysis';
import { endsOf } from '../../support/provenanceEnds';
import { TestWorkspace } from '../../support/workspace';

const workspace = new TestWorkspace();
afterAll(() => workspace.remove());
workspace.write(
  'data/d.yml',
  'A100: {peak: 312, power: 400}\nH100:\n  peak: 989\n  power: 700\nplain:\n  a: 3\n  b: 3\n',
);

type Analyzed = ReturnType<typeof analyze>;

async function treeIn(analysis: Analyzed): Promise<string[]> {
  const { ref } = analysis.refs[0]!;
  const { sources } = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  return sources.map(({ name, kind, value, formula }) => {
    const made = formula === undefined || formula.kind === 'literal' ? '' : ` ← ${formulaText(formula)}`;
    return `${kind} ${name} = ${valueText(value)}${made}`;
  });
}

const treeOf = (code: string) => treeIn(analyze(`${cell(code)}\n\`{python} x\`\n`));

describe('an item is followed to what put it there', () => {
  const PEAKS = 'PEAKS = {"A100": 312, "H100": 989}\nn = 8\n';
  const tree = [
    'formula x = 15,824 ← d["H100"] × 2',
    'formula d["H100"] = 7,912 ← peak × n',
    "assumption PEAKS['H100'] = 989",
    'assumption n = 8',
  ];

  test.each([
    ['a loop over the items of a dict', 'd = {}\nfor name, peak in PEAKS.items():\n    d[name] = peak * n\n'],
    ['a loop over pairs', 'd = {}\nfor name, peak in list(PEAKS.items()):\n    d[name] = PEAKS[name] * n\n'],
    ['a comprehension', 'd = {name: peak * n for name, peak in PEAKS.items()}\n'],
  ])('%s', async (what, code) => {
    const found = await treeOf(`${PEAKS}${code}x = d["H100"] * 2`);
    expect([found[0], found.at(-2)!.replace(/^assumption .*= /, ''), found.at(-1)]).toEqual([
      tree[0],
      '989',
      'assumption n = 8',
    ]);
    if (what === 'a loop over the items of a dict') expect(found).toEqual(tree);
  });

  test('a list or dict that is read as a whole', async () => {
    const code = 'rate = 3\nitems = []\nfor size in [1, 2]:\n    items.append(size * rate)\n';
    expect(await treeOf(`${code}x = max(items)`)).toEqual([
      'formula x = 6 ← max(items)',
      'formula items = <list> ← [items[0], items[1]]',
      'formula items[0] = 3 ← size × rate',
      'assumption [1, 2][0] = 1',
      'assumption rate = 3',
      'formula items[1] = 6 ← size × rate',
      'assumption [1, 2][1] = 2',
    ]);
    const dict = 'rate = 3\nclass C:\n    costs = {}\n    costs["a"] = 2 * rate\n    total = sum(costs.values())\n';
    expect((await treeOf(`${dict}x = C.total`)).slice(-3)).toEqual([
      "formula C.costs = <dict> ← {'a': C.costs['a']}",
      "formula C.costs['a'] = 6 ← 2 × rate",
      'assumption rate = 3',
    ]);
    // What others put there as well, and what was read before they did, is told apart.
    expect((await treeOf(`${code}items += [5]\nx = sum(items)`)).slice(0, 2)).toEqual([
      'formula x = 14 ← sum(items)',
      'formula items = <list> ← ([items[0], items[1]]) + ([5])',
    ]);
    expect((await treeOf(`${code}x = sum(items)\nitems.append(99)`)).join()).not.toContain('99');
  });

  test('what was written with items, and got others below', async () => {
    const code = 'first = 1.3\nitems = [first]\nfor step in [1, 2]:\n    items.append(items[-1] + step)\n';
    expect(await treeOf(`${code}x = max(items)`)).toEqual(
      expect.arrayContaining(['formula items = <list> ← [items[0], items[1], items[2]]', 'assumption first = 1.3']),
    );
  });

  test.each([
    ['a list', 'items = list(range(3))\nitems.append(9)\nx = sum(items)'],
    ['a set', 'items = set([1, 2])\nitems.add(7)\nx = sum(items)'],
    ['an array', 'import numpy as np\nitems = np.zeros(3)\nitems[0] = 5\nx = float(items.sum())'],
    [
      'a list that a function behind another changes',
      'def grow():\n    items.append(9)\nitems = list(range(3))\ngrow()\nx = sum(items)',
    ],
  ])('%s that was changed otherwise is told by itself', async (_, code) => {
    const tree = await treeOf(code);
    expect(tree.slice(1)).toEqual([expect.stringMatching(/^object items = <\w+>$/)]);
  });

  test('a list that was changed while it was made, and what is left of one that was changed, are followed', async () => {
    const code =
      'def made(n):\n    out = []\n    for i in range(n):\n        out.append(i)\n    return out\ncount = 4\n';
    expect((await treeOf(`${code}items = made(count)\nx = sum(items)`)).at(-1)).toBe('assumption count = 4');
    const dict = 'rate = 3\nd = {k: rate * 2 for k in ["a", "b"]}\nd["c"] = 1\nx = d["a"] + 0';
    expect((await treeOf(dict)).at(-1)).toBe('assumption rate = 3');
  });

  test('a list that grows, from either end', async () => {
    const code = 'sizes = [1, 2, 4]\nrate = 3\nitems = []\nfor size in sizes:\n    items.append(size * rate)\n';
    const wanted = ['assumption sizes[1] = 2', 'assumption rate = 3'];
    expect((await treeOf(`${code}x = items[1] + 0`)).slice(-2)).toEqual(wanted);
    expect((await treeOf(`${code}x = items[-2] + 0`)).slice(-2)).toEqual(wanted);
    expect(
      (await treeOf('sizes = [1, 2, 4]\nrate = 3\nitems = [s * rate for s in sizes if s > 1]\nx = items[0] + 0')).slice(
        -2,
      ),
    ).toEqual(wanted);
  });

  test('in the body of a class, by number and by pair', async () => {
    const code = `class Plan:
    rate = 5
    hours = {}
    for at, name in enumerate(["a", "b"]):
        hours[name] = rate * (at + 1)
    both = {}
    for size, name in zip([10, 20], ["a", "b"]):
        both[name] = size
x = Plan.hours["b"] + Plan.both["b"]`;
    const found = await treeOf(code);
    expect(found[0]).toBe('formula x = 30 ← Plan.hours["b"] + Plan.both["b"]');
    expect(found).toContain('formula Plan.hours["b"] = 10 ← rate × (1 + 1)');
    expect(found).toContain('formula Plan.both["b"] = 20 ← size');
  });

  test('records within records', async () => {
    const code =
      'd = {}\nfor k, f in [("a", 2), ("b", 3)]:\n    d[k] = {"flow": f * 10, "name": k}\nx = d["b"]["flow"] + 1';
    const found = await treeOf(code);
    expect(found[0]).toBe('formula x = 31 ← d["b"]["flow"] + 1');
    expect(found.some(line => line.endsWith('← f × 10'))).toBe(true);
  });
});

test.each([
  ['items = [3, 1]\nitems[1:] = [5, 6]\nx = sum(items)', 'items[1:] = [5, 6]'],
  ['items = {1, 2}\nitems.add(7)\nx = sum(items)', 'items.add(7)'],
])('an end that was changed names what changed it: %s', async (code, changedBy) => {
  const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
  const { ref } = analysis.refs[0]!;
  const { sources } = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  expect(sources.find(({ name }) => name === 'items')).toMatchObject({ kind: 'object', changedBy });
});

test.each([
  [
    'a set',
    'more = 7\nitems = {1, 2}\nitems.add(more)\nx = sum(items)',
    ['object items = <set>', 'assumption more = 7'],
  ],
  [
    'a name that a function sets',
    'gift = 25\ntotal = 0\ndef add(n):\n    global total\n    [total] = [total + n]\nadd(gift)\nx = total + 0',
    ['object total = 25', 'assumption gift = 25'],
  ],
  [
    'lists that are changed by each other',
    'n = 3\na = {n}\nb = {2}\na.update(b)\nb.update(a)\nx = sum(a)',
    ['object a = <set>', 'assumption n = 3', 'object b = <set>'],
  ],
])('what changed %s in ways that are not followed is behind the value', async (_, code, ends) => {
  const analysis = analyze(`${cell(code)}\n\`{python} x\`\n`);
  const { ref } = analysis.refs[0]!;
  const record = (await analysis.provenanceAt(ref.expr, ref.cellsBefore))!;
  const leaves = leavesOf(record.sources[0]!.formula, record);
  expect(leaves.map(({ kind, name, value }) => `${kind} ${name} = ${valueText(value)}`)).toEqual(ends);
});

describe('nothing is made up', () => {
  test('for an item that was replaced, or a list that was put in order', async () => {
    const loop = 'd = {}\nfor k in ["a", "b"]:\n    d[k] = 3\n';
    expect(await treeOf(`${loop}d.update(a=4)\nx = d["a"] + 0`)).toEqual([
      'formula x = 4 ← d["a"] + 0',
      'assumption d["a"] = 4',
    ]);
    const list = 'items = []\nfor n in [3, 1, 2]:\n    items.append(n)\nitems.sort()\nx = items[0] + 0';
    expect((await treeOf(list)).join('\n')).not.toContain('items.append');
  });

  test('for a variable of which two turns had the value', async () => {
    const found = await treeOf('d = {}\nfor size in [4, 4]:\n    d[size] = size * 2\nx = d[4] + 0');
    expect(found.filter(line => line.startsWith('assumption'))).toEqual([]);
  });

  test('for items beyond the first two hundred, and of a run that filled thousands', async () => {
    const code = 'd = {}\nrate = 2\nfor n in range(300):\n    d[n] = n * rate\n';
    expect((await treeOf(`${code}x = d[5] + 0`))[1]).toBe('formula d[5] = 10 ← n × rate');
    expect((await treeOf(`${code}x = d[250] + 0`)).join('\n')).not.toContain('×');
    const many = 'rate = 2\nfor n in range(5000):\n    d = {}\n    d[n] = n * rate\nx = d[4999] + 0';
    expect((await treeOf(many)).join('\n')).not.toContain('×');
  });

  test('for comprehensions of several loops, and what is no container', async () => {
    const code = 'd = {a: b for a in [1, 2] for b in [a]}\ng = {k: v for k, v in zip(*[[1], [2]])}\nx = d[2] + g[1]';
    expect((await treeOf(code))[0]).toBe('formula x = 4 ← d[2] + g[1]');
  });
});

test('after an edit that changes no value, and one that does', async () => {
  const text = (rate: string) =>
    `${cell(`d = {}\nrates = [2, 3]\nfor at, rate in enumerate(rates):\n    d[at] = rate * ${rate}`)}\n${cell('x = d[1] + 0')}\n\`{python} x\`\n`;
  const evaluator = new Evaluator();
  const tree = (one: string) => treeIn(evaluator.update(parseChapter(text(one), 'file:///c.qmd')));
  const first = await tree('5');
  expect(first[1]).toBe('formula d[1] = 15 ← rate × 5');
  expect((await tree('5.'))[1]).toBe('formula d[1] = 15 ← rate × 5.');
  expect((await tree('(4 + 1.)'))[1]).toBe('formula d[1] = 15 ← rate × (4 + 1.)');
});

describe('items of data files', () => {
  const read = 'import yaml\nwith open("data/d.yml") as f:\n    raw = yaml.safe_load(f)\n';
  const ends = (code: string) => endsOf(read + code, workspace.folder);

  test.each([
    ['a field of each record', 'd = {}\nfor k in ["A100", "H100"]:\n    d[k] = raw[k]["peak"] * 2\nx = d["H100"] + 0'],
    [
      'the records of a loop',
      'd = {}\nfor k in ("A100", "H100"):\n    one = raw[k]\n    d[k] = one["peak"] * 2\nx = d["H100"] + 0',
    ],
    ['a comprehension', 'd = {k: raw[k]["peak"] for k in ["A100", "H100"]}\nx = d["H100"] * 2'],
    ['the items of the file', 'd = {k: v["peak"] for k, v in raw.items() if "peak" in v}\nx = d["H100"] * 2'],
    [
      'a list',
      'd = []\nfor k, v in raw.items():\n    if k != "plain":\n        d.append(float(v["peak"]))\nx = d[1] * 2',
    ],
  ])('%s', async (_, code) => {
    expect(await ends(code)).toEqual(expect.arrayContaining(['d.yml:3: peak: 989']));
  });

  test('of equal values the one that is meant', async () => {
    expect(await ends('d = {k: v for k, v in raw["plain"].items()}\nx = d["b"] * 2')).toEqual(['d.yml:7: b: 3']);
    expect(await ends('d = {}\nfor k, v in raw["plain"].items():\n    d[k] = v\nx = d["b"] * 2')).toEqual([
      'd.yml:7: b: 3',
    ]);
  });
});

test('a tuple of numbers and texts is shown, as no cell can change it; what it may hold else is not', async () => {
  const shown = async (code: string) => (await treeOf(`${code}\nx = sum(DAYS) + 0`)).at(-1)!.replace(/ ←.*/, '');
  expect(await shown('DAYS = (31, 28.5, 1e3, -2)')).toBe('assumption DAYS = (31, 28.5, 1000.0, -2)');
  expect(await shown('DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)')).toBe(
    'assumption DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, …)',
  );
  expect(await shown('DAYS = ([1], 2)[1:]')).toContain('(2,)');
  expect((await treeOf('DAYS = ([1], 2)\nx = len(DAYS) + 0')).join()).toContain('DAYS = <tuple>');
});
