/** Code: names, attributes, methods, arguments, keys, units, formats, imports. */
import { describe, expect, test } from 'vitest';
import { libraryModules } from '../../../../mlsys';
import { completions, labels, rows, taking } from '../../../support/completion';

/** A cell behind one that has run. */
const behind = (first: string, second: string) =>
  `\`\`\`{python}\n${first}\n\`\`\`\n\n\`\`\`{python}\n${second}\n\`\`\`\n`;
const cell = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n`;

describe('names', () => {
  test('own ones, earlier ones with their values, built-ins', async () => {
    const found = await rows(behind('litres = 40', 'mine = 1\nx = mine¦'));
    expect(found[0]).toBe('mine = 1');
    const all = await rows(behind('litres = 40', 'mine = 1\nx = l¦'));
    expect(all.indexOf('litres = 40')).toBeLessThan(all.indexOf('len'));
    expect(all).toContain('len');
  });

  test('those of the class around, not those of others', async () => {
    const code = 'class Tank:\n    litres = 40\n\nclass Pump:\n    flow = 3\n    head = fl¦';
    const found = await rows(cell(code));
    expect(found[0]).toBe('flow = 3');
    expect(found.join()).not.toContain('litres');
  });

  test('keywords, so that Enter behind one in full does not put a name in its place', async () => {
    expect(await labels(cell('for x in []:\n    pass¦'))).toContain('pass');
  });

  test.each([
    ['parameters', 'def area(self, width, *heights, depth=1, **other):\n    x = wid¦', ['width']],
    ['self', 'class A:\n    def f(self):\n        return sel¦', ['self']],
    [
      'what a body binds before',
      'def f(a):\n    total, rest = divmod(a, 2)\n    with open(a) as stream:\n        for turn in a:\n            x = ¦\n    late = 1',
      ['total', 'rest', 'stream', 'turn'],
    ],
    [
      'those of functions around',
      'def f(outer):\n    mine = 1\n    def g(inner):\n        return ¦',
      ['outer', 'inner', 'mine'],
    ],
    ['of a comprehension, which stands behind', 'x = [ke¦ for key, value in {}.items()]', ['key']],
    ['of a comprehension over lines', 'x = {\n    k: ite¦\n    for k, item in {}.items()\n}', ['item']],
    ['of a lambda', 'x = sorted([], key=lambda pair: pai¦)', ['pair']],
    ['in an f-string', 'x = {k: f"{val¦}" for k, val in {}.items()}', ['val']],
  ])('local ones: %s', async (_, code, wanted) => {
    const all = await labels(cell(code));
    for (const one of wanted) expect(all.slice(0, 12)).toContain(one);
  });

  test.each([
    ['other functions', 'def f(hidden):\n    inside = 1\ndef g():\n    return ¦'],
    ['functions within', 'def f():\n    def g(hidden):\n        inside = 1\n    return ¦'],
    ['functions, in the module', 'def f(hidden):\n    inside = 1\nx = ¦'],
  ])('none of %s', async (_, code) => {
    const all = await labels(cell(code));
    expect(all).not.toContain('hidden');
    expect(all).not.toContain('inside');
  });

  test.each([
    'def be¦',
    'class Be¦(object):\n    pass',
    'import math as m¦',
    'x = [1, 2]¦',
    'x = max(1, 2)¦',
    'x = "a"¦',
  ])('none where none can stand: %s', async code => {
    expect(await labels(cell(code))).toEqual([]);
  });

  test('no constants or exceptions that no more than hold the letters', async () => {
    const all = await labels(cell('x = best¦'));
    expect(all).toEqual([]);
    expect(await labels(cell('x = zde¦'))).toContain('ZeroDivisionError');
    expect(await labels(cell('x = h100fl¦'))).toContain('H100_FLOPS_FP16_TENSOR');
    expect(await labels(cell('x = H100_FL¦'))).toContain('H100_FLOPS_FP16_TENSOR');
  });

  test('arguments by their names alone', async () => {
    const all = await labels(cell('x = open("a.csv",¦)'));
    expect(all).not.toContain('...=');
  });

  test('none in a comment or a text', async () => {
    expect(await labels(cell('x = 1  # see ¦'))).toEqual([]);
    expect(await labels(cell('x = "see ¦"'))).toEqual([]);
  });

  test('in the fields of an f-string', async () => {
    expect((await rows(behind('litres = 40', 'x = f"holds {¦}"'))).join()).toContain('litres = 40');
  });

  test('constants of the library with value, unit and import', async () => {
    const marked = cell('from mlsys.formatting import fmt\nx = H100_FLOPS_FP16¦');
    const found = (await completions(marked)).find(({ label }) => label.startsWith('H100_FLOPS_FP16'))!;
    expect(found.detail).toMatch(/TFLOPs\/s/);
    expect(await taking(marked, found.label)).toMatch(
      new RegExp(
        `^\`\`\`\\{python\\}\\nfrom mlsys.constants import ${found.label}\\nfrom mlsys.formatting import fmt\\nx = ${found.label}`,
      ),
    );
  });

  test('functions of the library with their import', async () => {
    expect(await taking(cell('x = fm¦'), 'fmt')).toContain('from mlsys.formatting import fmt\nx = fmt');
  });

  test('a guard where a statement begins', async () => {
    expect(await labels(cell('x = 1\n¦'))).toContain('check …');
    expect(await labels(cell('x = ¦'))).not.toContain('check …');
  });
});

describe('attributes', () => {
  test('what a library module offers', async () => {
    expect(await labels(behind('from mlsys import Hardware', 'x = Hardware.Cloud.¦'))).toContain('A100');
    expect(await labels(behind('import math', 'x = math.¦'))).toContain('sqrt');
  });

  test('fields of a twin with their values', async () => {
    expect((await rows(behind('from mlsys import Hardware', 'x = Hardware.Cloud.A100.¦'))).join()).toMatch(
      / = .*(GiB|GB)/,
    );
  });

  test.each([
    ['"a"', 'upper'],
    ['[1]', 'append'],
    ['{"a": 1}', 'items'],
    ['(1, 2)', 'index'],
  ])('methods of %s', async (value, method) => {
    expect(await labels(behind(`x = ${value}`, 'y = x.¦'))).toContain(method);
  });

  test('of a quantity: its parts and its conversions', async () => {
    const found = await labels(behind('from mlsys.constants import GB\nsize = 80 * GB', 'y = size.¦'));
    expect(found).toEqual(expect.arrayContaining(['magnitude', 'units', 'm_as', 'to']));
  });

  test('of an item of a list', async () => {
    expect(await labels(behind('names = ["bowl", "vase"]', 'y = names[0].up¦'))).toContain('upper');
    expect(await labels(behind('rows = [[1, 2], [3]]', 'y = rows[-1].¦'))).toContain('append');
    expect(await labels(behind('rows = [[1, 2], [3]]', 'y = [rows[0].¦ for rows in []]'))).toEqual([]);
    const objects = 'class Pump:\n    def __init__(self):\n        self.flow = 2\nrows = [Pump()]';
    expect(await labels(behind(objects, 'y = rows[0].¦'))).toContain('flow');
    expect(await labels(behind(objects, 'y = [rows[0].¦ for rows in []]'))).toEqual([]);
  });

  test('of a quantity what is asked most comes first', async () => {
    const found = await labels(behind('from mlsys.constants import GB\nsize = 80 * GB', 'y = (size.¦'));
    expect(found.slice(0, 4)).toEqual(['m_as', 'to', 'magnitude', 'units']);
  });

  test('of an array', async () => {
    expect(await labels(behind('import numpy as np\na = np.array([1, 2])', 'y = a.¦'))).toEqual(
      expect.arrayContaining(['shape', 'mean', 'sum']),
    );
  });

  test('of an object its fields, with values, and its methods', async () => {
    const code =
      'class Tank:\n    def __init__(self):\n        self.litres = 40\n    def drain(self, by):\n        return by\ntank = Tank()';
    expect(await rows(behind(code, 'y = tank.¦'))).toEqual(['litres = 40', 'drain']);
  });

  test('of a text in quotes', async () => {
    expect(await labels(cell('x = "a".¦'))).toContain('upper');
  });

  test('of a name of the class body around', async () => {
    const code = 'class Tank:\n    name = "big"\n    shout = name.¦';
    expect(await labels(behind('class Tank:\n    name = "big"', code))).toContain('upper');
  });

  test.each([
    ['of a quotient', 'x = (size / rate).¦', 'm_as'],
    ['of what is computed of texts', 'x = name.upper().¦', 'replace'],
    ['of an f-string', 'x = f"{name}".¦', 'split'],
    ['of a list as it is written', 'x = [1, 2].¦', 'append'],
    ['of an item of a dict', 'x = costs["gpu"].¦', 'items'],
    ['within a call', 'x = round((size / rate).¦, 1)', 'm_as'],
    ['in the field of an f-string', 'x = f"{(size / rate).¦}"', 'm_as'],
  ])('%s', async (_, code, method) => {
    const made = `from mlsys.constants import GB, second\nsize = 80 * GB\nrate = 2 * GB / second\nname = "a"\n${COSTS}`;
    expect(await labels(behind(made, code), { typed: '.' })).toContain(method);
  });

  test('none of what only code would tell, nor of a parameter called like a name', async () => {
    const made = 'def f(size):\n    return size\nsize = "a"';
    expect(await labels(behind(made, 'x = f(size).¦'))).toEqual([]);
    expect(await labels(behind(made, 'def g(size):\n    return (size).¦'))).toEqual([]);
  });

  test('none behind a number', async () => {
    expect(await labels(cell('x = 1.¦'))).toEqual([]);
  });
});

describe('arguments', () => {
  test('names that a function of the chapter takes, without those given', async () => {
    const found = await labels(
      behind('def flow(width, depth=2, *, speed=1):\n    return width', 'x = flow(width=3, ¦)'),
    );
    expect(found.slice(0, 2)).toEqual(['depth=', 'speed=']);
    expect(found).not.toContain('width=');
  });

  test('of functions of the library and of dataclasses', async () => {
    expect(await labels(behind('from mlsys.formatting import fmt', 'x = fmt(3, ¦)'))).toContain('precision=');
    const code = 'from dataclasses import dataclass\n@dataclass\nclass Tank:\n    litres: int\n    name: str = "a"';
    expect((await labels(behind(code, 'x = Tank(¦)'))).slice(0, 2)).toEqual(['litres=', 'name=']);
  });

  test('none that is given by its place; where all that must be given is there, before other names', async () => {
    const found = await labels(behind('def flow(width, depth=2):\n    return width\nwide = 3', 'x = flow(wide, ¦)'));
    expect(found[0]).toBe('depth=');
    expect(found).not.toContain('width=');
  });

  test('what is called as the parameter is comes first', async () => {
    const made = 'def flow(width, depth):\n    return width\na_depth = 1\ndepth = 2\naa = 3';
    expect((await labels(behind(made, 'x = flow(1, ¦)'))).slice(0, 2)).toEqual(['depth', 'a_depth']);
    expect((await labels(behind(made, 'x = flow(1, depth=¦)'))).slice(0, 2)).toEqual(['depth', 'a_depth']);
  });

  test('none of a built-in function for a method called alike', async () => {
    expect(await labels(behind('a = "x"', 'x = (a + a).format(¦)'))).not.toContain('format_spec=');
  });

  test('none within an argument', async () => {
    expect(await labels(behind('def flow(width):\n    return width', 'x = flow(1 + ¦)'))).not.toContain('width=');
  });
});

const COSTS = 'costs = {"gpu": {"hour": 2.5}, "cpu": 1}';

test('what a line below makes is no name yet, but in the body of a function', async () => {
  expect(await labels(cell('x = la¦\nlater = 1'))).not.toContain('later');
  expect(await rows(behind('later = 3', 'x = la¦\nlater = 1'))).toContain('later = 3');
  expect(await labels(cell('def f():\n    return la¦\nlater = 1'))).toContain('later');
  expect(await labels(cell('class Tank:\n    x = la¦\n    later = 1'))).not.toContain('later');
});

test('functions and objects without the text that Python has for them', async () => {
  const made = 'def fill(a):\n    return a\n\nclass Tank:\n    pass\n\ntank = Tank()';
  expect(await rows(behind(made, 'x = fil¦'))).toContain('fill');
  expect(await rows(behind(made, 'x = tan¦'))).toContain('tank');
  expect(await rows(behind('from mlsys.formatting import check', 'x = che¦'))).toContain('check');
});

describe('keys', () => {
  test.each([
    ['stock = [{"size": 3, "kind": "oak"}]', 'stock[0]["¦"]', "size = 3,kind = 'oak'"],
    ['stock = {"oak": [{"size": 3}]}', 'stock["oak"][0]["¦"]', 'size = 3'],
    [
      `stock = {"oak": {${Array.from({ length: 400 }, (_, at) => `"k${at}": ${at}`).join(', ')}}, "elm": {"size": 3}}`,
      'stock["elm"]["¦"]',
      'size = 3',
    ],
  ])('of an item of a container, however long that is: %.40s', async (code, typed, wanted) => {
    expect((await rows(behind(code, `x = ${typed}`))).join()).toBe(wanted);
  });

  test('of a known dict, with their values', async () => {
    expect(await rows(behind(COSTS, 'x = costs["¦"]'))).toEqual(["gpu = {'hour': 2.5}", 'cpu = 1']);
    expect(await rows(behind(COSTS, 'x = costs["gpu"]["¦"]'))).toEqual(['hour = 2.5']);
    expect(await rows(behind(COSTS, 'x = costs["gpu"].get("¦")'))).toEqual(['hour = 2.5']);
    expect(await rows(behind(COSTS, "x = costs.get('c¦')"))).toEqual(["gpu = {'hour': 2.5}", 'cpu = 1']);
  });

  test('in a reference', async () => {
    expect(await labels(`${cell(COSTS)}\nIt costs \`{python} costs["¦"]\`.\n`, { typed: '"' })).toEqual(['gpu', 'cpu']);
  });
});

describe('units of a registry', () => {
  const POWER = 'from mlsys import ureg\npower = 7.2 * ureg.kilowatt';

  test('those that fit come first where a quantity is converted', async () => {
    const found = await rows(behind(POWER, 'x = power.to(ureg.¦)'), { typed: '.' });
    expect(found.slice(0, 2)).toEqual(['watt = 7200 W', 'kilowatt = 7.2 kW']);
    expect(found).toContain('hour = h');
  });

  test('all of them elsewhere', async () => {
    expect(await taking(behind(POWER, 'x = 3 * ureg.ho¦ + 2'), 'hour')).toContain('x = 3 * ureg.hour + 2');
  });

  test('products of units come behind', async () => {
    const energy = `${POWER}\nenergy = power * (9.5 * ureg.hour)`;
    const found = await labels(behind(energy, 'x = energy.m_as("¦")'));
    expect(found.indexOf('kilowatt_hour')).toBeLessThan(found.indexOf('watt*hour'));
  });
});

describe('units', () => {
  const SIZE = 'from mlsys.constants import GB, TFLOPs, second\nsize = 80 * GB\nrate = 312 * TFLOPs / second';

  test('that fit the quantity, each with the number that it gives', async () => {
    const found = await rows(behind(SIZE, 'x = size.m_as(¦)'), { typed: '(' });
    expect(found).toContain('MB = 80000 MB');
    expect(found.join()).not.toContain('second');
    expect(await rows(behind(SIZE, "x = rate.to('¦')"), { typed: "'" })).toContain('TFLOPs/second = 312 TFLOPs/s');
  });

  test('of an expression, in whatever it stands', async () => {
    const time = 'from mlsys.constants import GB, second, hour\nsize = 80 * GB\nrate = 2 * GB / second';
    expect((await rows(behind(time, 'x = (size / rate).to(¦)'), { typed: '(' }))[0]).toBe('second = 40 s');
    expect((await rows(behind(time, 'x = f"{(size / rate).m_as(¦)}"'), { typed: '(' }))[0]).toBe('second = 40 s');
    expect((await rows(behind(time, "x = round((size / rate).m_as('¦'))"), { typed: "'" })).join()).toContain(
      'minute = 0.666667 min',
    );
  });

  test("those of the chapter's own names come first, the ones in which the number is readable before others", async () => {
    const own = 'import pint\nureg = pint.UnitRegistry()\nkWh = ureg.kWh\nMWh = ureg.MWh\nuse = 840 * kWh';
    const found = await rows(behind(own, 'x = use.m_as(¦)'), { typed: '(' });
    expect(found.slice(0, 2)).toEqual(['kWh = 840 kWh', 'MWh = 0.84 MWh']);
    const quoted = await rows(behind(own, 'x = use.m_as("¦")'), { typed: '"' });
    expect(quoted.slice(0, 3).join()).toContain('kilowatt_hour = 840 kWh');
  });

  test('bring their import', async () => {
    expect(await taking(behind(SIZE, 'x = size.m_as(¦)'), 'TB')).toContain(
      '```{python}\nfrom mlsys.constants import TB\nx = size.m_as(TB)',
    );
    expect(await taking(behind(SIZE, 'x = size.m_as(¦)'), 'GB')).not.toContain('import GB\n');
  });
});

describe('formats', () => {
  test('show what they make of the value', async () => {
    const found = await rows(behind('days = 25.2345', 'x = f"{days:¦}"'), { typed: ':' });
    expect(found.slice(0, 3)).toEqual(['.0f  25', '.1f  25.2', '.2f  25.23']);
  });

  test.each([
    ['days * 2', '.1f  50.5'],
    ['round(days)', ', = 25'],
    ['size.m_as(GB)', '.1f  80.0'],
    ['(size / GB).magnitude', '.1f  80.0'],
    ['costs["gpu"]["hour"]', '.2f  2.50'],
  ])('of %s', async (code, row) => {
    const made = `from mlsys.constants import GB\ndays = 25.2345\nsize = 80 * GB\n${COSTS}`;
    expect((await rows(behind(made, `x = f"{${code}:¦}"`))).map(one => one.replace(',  ', ', = '))).toContain(row);
  });

  test('digits of a quantity that nobody knows are not told', async () => {
    const found = await rows(behind('from mlsys.constants import GB\nsize = 80 * GB / 7', 'x = f"{size:¦}"'));
    expect(found).toContain('.1f~P  11.4 GB');
    expect(found).toContain('~P');
  });

  test('of a quantity', async () => {
    const found = await rows(behind('from mlsys.constants import GB\nsize = 80 * GB', 'x = f"{size:¦}"'));
    expect(found).toContain('.1f~P  80.0 GB');
  });
});

describe('imports', () => {
  test.each(libraryModules())('of %s, which no cell has run', async module => {
    // Modules that hold nothing but others.
    const isBare = module === 'numpy.polynomial' || module === 'pydantic._internal';
    expect((await labels(cell(`from ${module} import ¦`))).length === 0).toBe(isBare);
  });

  test('names of a module', async () => {
    expect(await labels(cell('from mlsys.formatting import ¦'), { typed: ' ' })).toContain('fmt');
    expect(await labels(cell('from mlsys.constants import (\n    GB,\n    ¦\n)'))).toContain('TB');
  });

  test('modules, and those within a package', async () => {
    expect(await labels(cell('import ¦'), { typed: ' ' })).toEqual(expect.arrayContaining(['math', 'mlsys', 'numpy']));
    expect(await labels(cell('from mlsys.¦'), { typed: '.' })).toContain('constants');
  });
});

describe('items of containers', () => {
  const KILNS = `from dataclasses import dataclass
@dataclass
class Kiln:
    litres: float
    power_kw: float
kilns = {"small": Kiln(60, 4.5), "large": Kiln(220, 14)}
row = list(kilns.values())`;

  test.each([
    'x = kilns["large"].¦',
    'x = row[1].¦',
    'x = sum(k.¦ for k in kilns.values())',
    'x = [k.pow¦ for name, k in kilns.items()]',
    'x = max(\n    k.¦\n    for k in row\n)',
    'for k in row:\n    x = k.¦',
    'for name, k in kilns.items():\n    print(k.¦)',
  ])('have their attributes: %s', async code => {
    expect(await labels(behind(KILNS, code))).toEqual(expect.arrayContaining(['litres', 'power_kw']));
  });

  test('in a reference, and in the body of a class that ended at what is typed', async () => {
    expect(await labels(`${cell(KILNS)}\nIt is \`{python} kilns["large"].¦\``)).toContain('power_kw');
    expect(
      await labels(cell(`${KILNS}\nclass Plan:\n    own = kilns\n    total = sum(k.pow¦ for k in own.values())`)),
    ).toContain('power_kw');
  });

  test.each([
    ['a list', 'both = [Kiln(60, 4.5), Oven(3)]', 'for k in both:\n    x = k.¦'],
    ['a dict', 'both = {"a": Kiln(60, 4.5), "b": Oven(3)}', 'x = [k.¦ for k in both.values()]'],
  ])('of several classes have those of each, and first those of all: %s', async (_, made, code) => {
    const oven = '@dataclass\nclass Oven:\n    litres: float\n    shelves: int = 2\n';
    const found = await labels(behind(`${KILNS}\n${oven}${made}`, code));
    expect(found).toEqual(expect.arrayContaining(['litres', 'power_kw', 'shelves']));
    expect(found.indexOf('litres')).toBeLessThan(Math.min(found.indexOf('power_kw'), found.indexOf('shelves')));
  });

  test('keys of a dict are texts', async () => {
    const found = await labels(behind(KILNS, 'x = [k.¦ for k in kilns]'));
    expect(found).not.toContain('power_kw');
  });
});

test('a name of a module of which the cell imports all needs no import', async () => {
  const code = (imported: string) => cell(`${imported}\nx = A100_FLOPS_FP16¦`);
  const edits = async (imported: string) => {
    const row = (await completions(code(imported))).find(({ label }) => label === 'A100_FLOPS_FP16_TENSOR');
    return row!.additionalTextEdits?.length ?? 0;
  };
  expect(await edits('from mlsys.constants import *\ny = 1 / 0')).toBe(0);
  expect(await edits('from mlsys.constants import GB')).toBe(1);
});

test('files of data where a call reads one', async () => {
  const filesIn = () => [
    { name: 'prices.yml', isFolder: false },
    { name: 'chapter.qmd', isFolder: false },
  ];
  const marked = cell('with open("pr¦") as file:\n    pass');
  expect(await labels(marked, { context: { filesIn } })).toEqual(['prices.yml']);
  expect(await taking(marked, 'prices.yml', { context: { filesIn } })).toContain('open("prices.yml") as file');
  expect(await labels(cell('x = print("pr¦")'), { context: { filesIn } })).toEqual([]);
});
