/** Numbers that are written as arguments, defaults, items and in data files, tried with other values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pathOfUri, uriOfPath } from '../../../server/files/uri';
import {
  type Assumption,
  assumptionAt,
  assumptionsOf,
  edgesOf,
  pythonNumber,
  sensitivitiesOf,
} from '../../../server/whatif/assumptions';
import { type Change, editedText } from '../../../server/whatif/changes';
import { fileValueAt } from '../../../server/whatif/fileValues';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

const CHAPTER = `# Plain

\`\`\`{python}
#| label: setup
import csv, json, math
from dataclasses import dataclass
import pint, yaml
from plant import units
from plant.pumps import *
from mlsys.formatting import check
ureg = pint.UnitRegistry()

@dataclass
class Chip:
    flops: float
    tdp: float = 700.0

def fleet(gpus, spare=16):
    return gpus + spare

hw = Chip(flops=989, tdp=650)
spare_chip = Chip(500)
settings = {"eta": 0.45, "sizes": [1, 2]}
size = ureg.Quantity(312, "meter")
n = fleet(1024)
growth = math.pow(1.05, n / 1024)
speeds = yaml.safe_load(open("data/chips.yaml"))
with open("data/prices.json") as file:
    prices = json.load(file)
with open("data/plants.csv") as file:
    plants = list(csv.DictReader(file))
power = hw.tdp * n / 1000
rate = hw.flops * settings["eta"]
speed = speeds["chips"]["h100"]["bandwidth"] * 2
cost = prices["price"] * n
capacity = float(plants[1]["capacity"]) + int(plants[0]["capacity"])
margin = 3 * n + 4
check(speed > 6, "too slow")
day = 5
flow = Pump.FLOW * HOURS + lifted(2)
drained = lifted(2, 3) + drain(4) + PLANT.reserve
chill = units.CHILL.m_as("meter") * 2
cooling = (units.ureg(speeds["chips"]["cooling"]) * 2).m_as("kW")
\`\`\`

\`{python} power\` \`{python} rate\` \`{python} speed\` \`{python} cost\` \`{python} capacity\` \`{python} margin\`
\`{python} f"{size:~}"\` \`{python} spare_chip.tdp\` \`{python} spare_chip.flops\` \`{python} settings["sizes"][1]\`
\`{python} round(growth, 2)\` \`{python} day\` \`{python} flow\` \`{python} chill\` \`{python} drained\` \`{python} cooling\`

\`\`\`{python}
day = 7
\`\`\`

\`{python} day\`
`;

const workspace = new TestWorkspace({
  'plain.qmd': CHAPTER,
  'plant/__init__.py': '',
  'plant/units.py': 'import pint\nureg = pint.UnitRegistry()\nHOURS = 24\nCHILL = -5 * ureg.meter\nDAYS = 60 * 2\n',
  'plant/pumps.py':
    'from .units import *\n\nclass Pump:\n    FLOW = 1.5  # m3/h\n\nDAYS = 1 + 1\n\ndef lifted(n, rest=4):\n    from .units import HOURS as hours\n    return n * hours\n\n' +
    'class Plant:\n    def __init__(self, reserve, spare=2):\n        self.reserve = reserve\n\nPLANT = Plant(reserve=40)\n\n' +
    'def drain(n, share=0.5):\n    loss = 1.5\n    if n > 3:\n        return n * share - loss\n    return n * 2 + 7\n',
  'data/chips.yaml': 'chips:\n  h100:\n    bandwidth: 3.35  # TB/s\n  cooling: "12.5 kW"\n  tank: 40 m**3\n',
  'data/prices.json': '{"price": 2.5, "other": [1, {"a": 4}]}\n',
  'data/plants.csv': 'name,capacity\na,30\n"b, the second","40.5"\n',
});
const { engine } = engineIn(workspace.folder);
const URI = workspace.uriOf('plain.qmd');
afterAll(async () => {
  await engine.close();
  workspace.remove();
});

const tried = async (changes: readonly Change[], uri = URI) =>
  (await engine.drafts.with(uri, changes, undefined, { findings: false }))!;

async function base(uri = URI, text = CHAPTER) {
  engine.open(uri, 1, text);
  const analysis = (await engine.drafts.base(uri))!;
  return { analysis, files: engine.drafts.files(uri) };
}

describe('a number is tried', () => {
  test.each([
    ['power', 'hw.tdp', '1300', '1352.0', 'tdp=650', 'tdp=1300'],
    ['power', 'n.gpus', '984', '650.0', 'fleet(1024)', 'fleet(984)'],
    ['power', 'fleet.spare', '976', '1300.0', 'spare=16', 'spare=976'],
    ['rate', 'hw.flops', '1000', '450.0', 'flops=989', 'flops=1000'],
    ['rate', 'settings["eta"]', '0.5', '494.5', '"eta": 0.45', '"eta": 0.5'],
    ['settings["sizes"][1]', 'settings["sizes"][1]', '3', '3', '[1, 2]', '[1, 3]'],
    ['spare_chip.tdp', 'Chip.tdp', '800', '800', 'tdp: float = 700.0', 'tdp: float = 800'],
    ['spare_chip.flops', 'spare_chip.flops', '-1', '-1', 'Chip(500)', 'Chip(-1)'],
    ['f"{size:~}"', 'size', '400', '400 m', 'Quantity(312,', 'Quantity(400,'],
    ['round(growth, 2)', 'growth(1)', '1.5', '1.51', 'pow(1.05,', 'pow(1.5,'],
    ['day', 'day in setup', '6', '6', 'day = 5', 'day = 6'],
  ])('%s by %s', async (expr, name, value, shown, before, after) => {
    const { analysis, files } = await base();
    const ref = analysis.refs.find(one => one.ref.expr === expr)!;
    const found = await assumptionsOf(expr, ref.ref.cellsBefore, analysis, files);
    expect(found.map(one => one.name)).toContain(name);
    const draft = await tried([{ name, value }]);
    expect(draft.problems).toEqual([]);
    expect(draft.after.analysis.refs[analysis.refs.indexOf(ref)]!.text).toBe(shown);
    expect(editedText(CHAPTER, draft.edits)).toBe(CHAPTER.replace(before, after));
  });

  test.each([
    ['speed', 'data/chips.yaml: chips.h100.bandwidth', '4.0', '8.0', 'bandwidth: 4.0  # TB/s'],
    ['cooling', 'data/chips.yaml: chips.cooling', '20', '40', 'cooling: "20 kW"'],
    ['cost', 'data/prices.json: price', '5', '5200', '{"price": 5, "other"'],
    ['capacity', 'data/plants.csv: line 2, capacity', '50', '90.5', '\na,50\n'],
    ['capacity', 'data/plants.csv: line 3, capacity', '41', '71.0', '"b, the second","41"'],
    ['flow', 'plant/pumps.py: Pump.FLOW', '2', '96', 'FLOW = 2  # m3/h'],
    ['flow', 'plant/units.py: HOURS', '10', '35.0', 'HOURS = 10\n'],
    ['chill', 'plant/units.py: CHILL', '-4', '-8', 'CHILL = (-4) * ureg.meter'],
    ['drained', 'plant/pumps.py: PLANT.reserve', '50', '98.5', 'Plant(reserve=50)'],
    ['drained', 'plant/pumps.py: drain.share', '0.25', '87.5', 'drain(n, share=0.25)'],
  ])('%s by %s, which stands in a file', async (expr, name, value, shown, after) => {
    const { analysis, files } = await base();
    const at = analysis.refs.findIndex(one => one.ref.expr === expr);
    const found = await assumptionsOf(expr, 1, analysis, files);
    expect(found.map(one => one.name)).toContain(name);
    const draft = await tried([{ name, value }]);
    expect(draft.after.analysis.refs[at]!.text).toBe(shown);
    // The chapter itself reads what the file holds.
    expect(draft.before.analysis.refs[at]!.text).toBe(analysis.refs[at]!.text);
    const [{ path, ...edit }] = draft.fileEdits as [(typeof draft.fileEdits)[number]];
    expect(editedText(readFileSync(path, 'utf8'), [edit])).toContain(after);
    expect((await tried([])).after.analysis.refs[at]!.text).toBe(analysis.refs[at]!.text);
  });

  test('the one at the cursor, in the chapter and in a file', async () => {
    const { analysis } = await base();
    const at = async (text: string, by: number) => (await assumptionAt(CHAPTER.indexOf(text) + by, analysis))?.name;
    expect(await at('650)', 1)).toBe('hw.tdp');
    expect(await at('3 * n', 0)).toBe('margin#1');
    expect(await at('4\ncheck', 0)).toBe('margin#2');
    expect(await at('day = 7', 6)).toBe('day');
    expect(await at('hw = ', 0)).toBeUndefined();
    const found = engine.drafts.fileValueAt(workspace.uriOf('data/chips.yaml'), { line: 2, character: 17 });
    expect([found?.chapter, found?.value.name]).toEqual([URI, 'data/chips.yaml: chips.h100.bandwidth']);
    const module = workspace.uriOf('plant/pumps.py');
    const inModule = engine.drafts.fileValueAt(module, { line: 3, character: 5 });
    expect([inModule?.chapter, inModule?.value.name]).toEqual([URI, 'plant/pumps.py: Pump.FLOW']);
    expect(engine.drafts.fileValueAt(URI, { line: 26, character: 12 })).toBeUndefined();
  });

  test('a quantity in a file is no count', async () => {
    await base();
    const found = engine.drafts.fileValueAt(workspace.uriOf('data/chips.yaml'), { line: 4, character: 9 });
    expect([found?.value.name, found?.value.isInteger]).toEqual(['data/chips.yaml: chips.tank', false]);
  });

  test.each([
    ['by its own name', 'from plant.units import HOURS', 'HOURS', '24 × 2 = 48', '10 × 2 = 20'],
    ['by another name', 'from plant.units import HOURS as day', 'day', '24 × 2 = 48', '10 × 2 = 20'],
    ['from a module that has it from another', 'from plant.pumps import HOURS', 'HOURS', '24 × 2 = 48', '10 × 2 = 20'],
  ])('that a cell imports %s is the number of the module, which its functions read', async (_, line, name, was, is) => {
    const uri = workspace.uriOf('importing.qmd');
    const text = `\`\`\`{python}\n${line}\nfrom plant.pumps import lifted\n\`\`\`\n\n\`{python} f"{${name}} × 2 = {lifted(2)}"\`\n`;
    await base(uri, text);
    const draft = await tried([{ name, value: '10' }], uri);
    expect(draft.before.analysis.refs[0]!.text).toBe(was);
    expect(draft.after.analysis.refs[0]!.text).toBe(is);
    expect([draft.edits, draft.fileEdits.length]).toEqual([[], 1]);
    expect(draft.changes).toEqual([{ name: 'plant/units.py: HOURS', value: '10' }]);
  });

  test('that a function of a module gives a name', async () => {
    const { analysis } = await base();
    const at = analysis.refs.findIndex(one => one.ref.expr === 'drained');
    const draft = await tried([{ name: 'drain.loss', value: '-1' }]);
    expect([analysis.refs[at]!.text, draft.after.analysis.refs[at]!.text]).toEqual(['88.5', '91.0']);
    expect(draft.changes).toEqual([{ name: 'plant/pumps.py: drain.loss', value: '-1' }]);
    expect(draft.fileEdits.map(({ newText }) => newText)).toEqual(['(-1)']);
  });

  test('in a function of a module, by its name and its place in it', async () => {
    const { files } = await base();
    const text =
      'def f(n, rest=4):\n    try:\n        eta = n * 2 + 3\n    except ValueError:\n        return 5\n    return eta\n';
    const path = workspace.pathOf('plant/new.py');
    const texts = { ...files, textOf: () => text };
    const at = (needle: string) => {
      const before = text.slice(0, text.indexOf(needle)).split('\n');
      return fileValueAt(path, { line: before.length - 1, character: before.at(-1)!.length }, texts)?.name;
    };
    expect(['4):', 'rest', '2 +', '3\n', '5'].map(at)).toEqual([
      'plant/new.py: f.rest',
      'plant/new.py: f.rest',
      'plant/new.py: f.eta#1',
      'plant/new.py: f.eta#2',
      'plant/new.py: f#1',
    ]);
    expect(at('eta')).toBeUndefined();
  });

  test('in a module, with the name of what it is, and not of what is computed with it', async () => {
    const { files } = await base();
    const text =
      'DRY = 60\nSEASON = RATE * (365 - DRY)\nSHORT = 2 * DRY\nFLOW = 840 * litre / hour\nAREA = -7.5 * ureg.acre\n';
    const path = workspace.pathOf('plant/new.py');
    const texts = { ...files, textOf: () => text };
    const at = (line: number, character: number) => fileValueAt(path, { line, character }, texts)?.name;
    const numbers = [at(0, 7), at(1, 17), at(2, 9), at(3, 8), at(4, 8)];
    expect(numbers).toEqual(['DRY', 'SEASON#1', 'SHORT#1', 'FLOW', 'AREA'].map(name => `plant/new.py: ${name}`));
    expect([0, 1, 2, 3, 4].map(line => at(line, 1))).toEqual([
      'plant/new.py: DRY',
      undefined,
      undefined,
      'plant/new.py: FLOW',
      'plant/new.py: AREA',
    ]);
  });

  test('with how much it moves a number, and where guards fail', async () => {
    const { analysis, files } = await base();
    const found = await sensitivitiesOf('power', 1, analysis, tried, files);
    expect(found.map(({ name, elasticity }) => [name, Number(elasticity.toPrecision(3))])).toEqual([
      ['hw.tdp', 1],
      ['n.gpus', 0.985],
      ['fleet.spare', 0.0154],
    ]);
    const [edge] = await edgesOf('data/chips.yaml: chips.h100.bandwidth', analysis, tried, { files });
    expect([edge!.guard, Number(edge!.fails.toPrecision(6))]).toEqual(['speed > 6', 3]);
  });

  test.each([
    ['data/chips.yaml: chips.h100.bandwidth', '2 * 2', 'which holds no expression: give a number.'],
    ['DAYS#1', '2', 'DAYS#1 may be plant/units.py: DAYS#1 or plant/pumps.py: DAYS#1.'],
    ['data/chips.yaml: chips.b200.bandwidth', '2', 'No cell sets data/chips.yaml: chips.b200.bandwidth.'],
  ])('%s = %s is refused', async (name, value, problem) => {
    await base();
    expect((await tried([{ name, value }])).problems[0]).toContain(problem);
  });

  test('that an attribute has the name of goes by its place in the statement', async () => {
    const text =
      '```{python}\nclass Chip:\n    def __init__(self, flops):\n        self.flops = flops\n\nhw = Chip(flops=9)\nrate = hw.flops\nhw.flops = 4\n```\n\n`{python} rate` `{python} hw.flops`\n';
    const { analysis, files } = await base(URI, text);
    const [found] = await assumptionsOf('rate', 1, analysis, files);
    expect(found?.name).toBe('hw.flops#1');
    const draft = await tried([{ name: 'hw.flops#1', value: '10' }]);
    expect(draft.after.analysis.refs.map(one => one.text)).toEqual(['10', '4']);
  });

  test('beside all of what it is a part of, it is refused', async () => {
    await base();
    const draft = await tried([
      { name: 'settings', value: '{"eta": 0.1, "sizes": [1, 2]}' },
      { name: 'settings["eta"]', value: '0.2' },
    ]);
    expect(draft.problems).toEqual(['settings["eta"] is a part of settings, which is changed as well.']);
    expect(draft.after.analysis.refs.find(({ ref }) => ref.expr === 'rate')!.text).toBe('98.9');
  });
});

// ---------------------------------------------------------------------------------------------------- included files

describe('in an included file', () => {
  const OUTER =
    '```{python}\nfrom mlsys.formatting import check\n```\n\n{{< include _setup.qmd >}}\n\n```{python}\ncost = hours * rate(2)\ncheck(cost > 90, "too cheap")\n```\n\nIt costs `{python} cost` for `{python} hours` hours.\n';
  const PARTIAL =
    '```{python}\nhours = 8\ncheck(hours < 10, "too long a day")\ndef rate(n, price=6):\n    return n * price\n```\n';
  const book = new TestWorkspace({ 'outer.qmd': OUTER, '_setup.qmd': PARTIAL });
  const { engine: own } = engineIn(book.folder);
  const uri = book.uriOf('outer.qmd');
  afterAll(async () => {
    await own.close();
    book.remove();
  });
  const shown = ({ after: { analysis } }: Awaited<ReturnType<typeof own.drafts.with>> & object) =>
    analysis.refs.map(one => one.text);
  const make = async (...changes: readonly Change[]) => (await own.drafts.with(uri, changes))!;

  test('numbers are tried, and written into that file', async () => {
    own.open(uri, 1, OUTER);
    const analysis = (await own.drafts.base(uri))!;
    const found = await assumptionsOf('cost', 3, analysis, own.drafts.files(uri));
    expect(found.map(({ name }) => name)).toEqual(['hours', 'cost.n', 'rate.price']);
    const draft = await make({ name: 'hours', value: '9' }, { name: 'rate.price', value: '7' });
    expect(shown(draft)).toEqual(['126', '9']);
    expect(draft.edits).toEqual([]);
    expect(draft.fileEdits.map(({ path }) => path)).toEqual([book.pathOf('_setup.qmd'), book.pathOf('_setup.qmd')]);
    expect(editedText(PARTIAL, draft.fileEdits)).toBe(PARTIAL.replace('8', '9').replace('price=6', 'price=7'));
    expect(shown(await make())).toEqual(['96', '8']);
  });

  test('guards that break are left out, there and below', async () => {
    own.open(uri, 1, OUTER);
    const draft = await make({ name: 'hours', value: '11' }, { name: 'rate.price', value: '4' });
    expect(shown(draft)).toEqual(['88', '11']);
    expect(draft.broken.map(({ message }) => message)).toEqual(['too long a day', 'too cheap']);
  });

  test('the one at the cursor is tried in the chapter that includes it', async () => {
    own.open(uri, 1, OUTER);
    await own.drafts.base(uri);
    const place = own.drafts.placeInChapter(book.uriOf('_setup.qmd'), { line: 1, character: 8 });
    expect(place?.chapter).toBe(uri);
    const analysis = (await own.drafts.base(uri))!;
    expect((await assumptionAt(place!.offset, analysis))?.name).toBe('hours');
  });

  test('what an editor makes of the file meanwhile counts', async () => {
    own.open(uri, 1, OUTER);
    expect(shown(await make({ name: 'rate.price', value: '7' }))).toEqual(['112', '8']);
    own.open(book.uriOf('_setup.qmd'), 1, PARTIAL.replace('hours = 8', 'x = 0\nhours = 5'));
    expect(shown(await make({ name: 'rate.price', value: '7' }))).toEqual(['70', '5']);
  });
});

// ---------------------------------------------------------------------------------------------------- whole chapters

const ROOT = join(import.meta.dirname, '../../..');
/** So many numbers of each chapter. */
const MOST = 8;
const CHAPTERS = [
  ['examples', 'capacity-planning.qmd'],
  ['test/fixtures/book', 'chapters/pumps.qmd'],
  ['test/fixtures/book', 'chapters/costs.qmd'],
  ['test/fixtures/book', 'chapters/cooling.qmd'],
  ['test/fixtures/seeded/chapters', 'night-bakery.qmd'],
] as const;

test.each(CHAPTERS)('%s/%s: what is tried gives the numbers that the source gives with it', async (folder, file) => {
  const root = join(ROOT, folder);
  const { engine: trying } = engineIn(root);
  const { engine: written } = engineIn(root);
  const uri = uriOfPath(join(root, file));
  const text = readFileSync(pathOfUri(uri)!, 'utf8');
  trying.open(uri, 1, text);
  const analysis = (await trying.drafts.base(uri))!;
  const files = trying.drafts.files(uri);
  const found = new Map<string, Assumption>();
  for (const { ref } of analysis.refs)
    for (const one of await assumptionsOf(ref.expr, ref.cellsBefore, analysis, files)) found.set(one.name, one);
  expect(found.size).toBeGreaterThan(0);
  const some = [...found.values()].filter((_, at) => at % Math.ceil(found.size / MOST) === 0);
  for (const { name, number, isInteger } of some) {
    const value = pythonNumber(isInteger ? number + 1 : number * 1.01, isInteger);
    const draft = (await trying.drafts.with(uri, [{ name, value }], undefined, { findings: false }))!;
    expect([name, draft.problems]).toEqual([name, []]);
    // Where a guard ends a cell, the draft goes on without it.
    if (draft.broken.length > 0) continue;
    for (const { path, ...edit } of draft.fileEdits)
      written.open(uriOfPath(path), 1, editedText(readFileSync(path, 'utf8'), [edit]));
    written.open(uri, 1, editedText(text, draft.edits));
    const { refs } = (await written.drafts.base(uri))!;
    expect([name, draft.after.analysis.refs.map(one => one.text)]).toEqual([name, refs.map(one => one.text)]);
    for (const { path } of draft.fileEdits) written.closeDocument(uriOfPath(path));
  }
  await trying.close();
  await written.close();
});
