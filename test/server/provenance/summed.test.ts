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
      expect((await endsIn(`${head}${LIST}${made}\nd[0].flow = 99`)).join()).not.toMatch(/99|north/);
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
