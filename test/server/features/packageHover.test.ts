/** Hovers that reach into a book's own packages: to arguments of instances, sources in comments and attributes, parts of expressions. */
import { describe, expect, test } from 'vitest';
import { MarkedBook } from '../../support/books';

const cell = (code: string) => `\`\`\`{python}\n${code.trim()}\n\`\`\`\n`;

const SIM = {
  'sim/__init__.py': 'from .catalogue import Hardware, FLEET\nfrom .model import show\n',
  'sim/catalogue.py': `from .model import Chip, Memory

class Hardware:
    """All that can be bought."""
    class Cloud:
        # NVIDIA H100 data sheet, 2023
        H100 = Chip(
            peak=989,  # dense
            memory=Memory(80, bandwidth=3.35),
            source='NVIDIA data sheet',
        )

# --- Fleet report, 2024 ---
NODES = 1200
HOURS = 8000  # per year
RATE = 0.4

ALONE = 1

FLEET = dict(a=1)
`,
  'sim/model.py': `from dataclasses import dataclass

@dataclass
class Memory:
    size: float
    bandwidth: float = 1

@dataclass
class Chip:
    peak: float  # TFLOP/s
    memory: Memory
    source: str = ''

    @property
    def half(self):
        return self.peak / 2

def show(number, digits=1):
    return f'{number:.{digits}f}'
`,
};

const hover = (chapter: string) => new MarkedBook({ 'chapter.qmd': chapter, ...SIM }).hover();

describe('an attribute of an instance', () => {
  test.each([
    ['in a cell', cell('from sim import Hardware\nx = Hardware.Cloud.H100.pe¦ak')],
    ['through an alias', cell('from sim import Hardware as H\nC = H.Cloud\nx = C.H100.pe¦ak')],
    ['in a reference', `${cell('from sim import Hardware')}\nIt has \`{python} Hardware.Cloud.H100.pe¦ak\`.\n`],
  ])('tells value, argument, source and place, %s', async (_, chapter) => {
    const text = await hover(chapter);
    for (const part of [
      '`989` *int*',
      'peak=989,  # dense',
      'Source: NVIDIA data sheet',
      'sim/catalogue.py](file:///book/sim/catalogue.py#L8) (line 8)',
    ])
      expect(text).toContain(part);
  });

  test('of an instance in an instance', async () => {
    const text = await hover(cell('from sim import Hardware\nx = Hardware.Cloud.H100.memory.band¦width'));
    expect(text).toContain('`Hardware.Cloud.H100.memory.bandwidth` = `3.35` *float*');
    expect(text).toContain('catalogue.py#L9');
  });

  test('of one that the chapter makes', async () => {
    const text = await hover(cell('from sim.model import Memory\nm = Memory(3, bandwidth=2)\nx = m.band¦width'));
    expect(text).toContain('`m.bandwidth` = `2` *int*');
    expect(text).toContain('```python\nbandwidth=2\n```');
  });

  test('a property is told by its function, since a hover runs no code', async () => {
    const text = await hover(cell('from sim import Hardware\nx = Hardware.Cloud.H100.ha¦lf'));
    expect(text).not.toContain('<property');
    expect(text).toContain('def half(self):');
  });

  test('of an object that no text makes', async () => {
    const text = await hover(
      cell('from sim import Hardware\nbox = type("Box", (), {"size": 4, "source": "here"})()\nx = box.si¦ze'),
    );
    expect(text).toContain('`box.size` = `4` *int*');
    expect(text).toContain('Source: here');
  });
});

describe('through aliases, constants and properties', () => {
  const BOOK = {
    'hw/__init__.py': 'from .registry import Hardware\n',
    'hw/constants.py': '# H100 (data sheet, 2023)\nH100_PEAK = 989\nH100_POWER = 700  # W\n',
    'hw/registry.py': `from pydantic import BaseModel
from .constants import H100_PEAK, H100_POWER

class Core(BaseModel):
    peak: float

class Node(BaseModel):
    name: str
    core: Core
    power: float = 0
    metadata: dict = {}

    @property
    def peak(self) -> float:
        """The peak of its core."""
        return self.core.peak

class Cloud:
    H100 = Node(
        name='H100',
        core=Core(peak=H100_PEAK),
        power=H100_POWER,
        metadata={'source_url': 'https://example.org/h100'},
    )

class Hardware:
    Cloud = Cloud
    H100 = Cloud.H100
`,
  };
  const at = (path: string) =>
    new MarkedBook({ 'chapter.qmd': cell(`from hw import Hardware\nx = ${path}`), ...BOOK }).hover();

  test.each([
    [
      'Hardware.Cloud.H100.core.pe¦ak',
      ['core=Core(peak=H100_PEAK),', '# H100 (data sheet, 2023)\nH100_PEAK = 989', 'constants.py#L2'],
    ],
    ['Hardware.H100.pe¦ak', ['def peak(self)', 'The peak of its core', 'H100_PEAK = 989', 'constants.py#L2']],
    ['Hardware.H100.po¦wer', ['power=H100_POWER', 'H100_POWER = 700  # W', '*H100 \\(data sheet, 2023\\)*']],
    ['Hardware.H100.core.pe¦ak', ['Source url: https://example.org/h100']],
    ['Hardware.H1¦00', ['H100 = Cloud.H100', 'registry.py#L19']],
    ['Hardware.Clo¦ud', ['Cloud = Cloud', 'class Cloud:']],
  ])('%s', async (path, parts) => {
    const text = await at(path);
    for (const part of parts) expect(text).toContain(part);
  });
});

describe('a comment over a group of constants', () => {
  test.each([
    ['the first', 'NODES', '# --- Fleet report, 2024 ---\nNODES = 1200', undefined],
    ['one with a comment of its own', 'HOURS', 'HOURS = 8000  # per year', '*Fleet report, 2024*'],
    ['the last', 'RATE', 'RATE = 0.4', '*Fleet report, 2024*'],
  ])('counts for %s', async (_, name, source, group) => {
    const text = await hover(cell(`from sim.catalogue import ${name}\nx = ${name}¦`));
    expect(text).toContain(source);
    if (group !== undefined) expect(text.split('\n')).toContain(group);
  });

  test('ends at a blank line', async () => {
    expect(await hover(cell('from sim.catalogue import ALONE\nx = ALONE¦'))).not.toContain('Fleet report');
  });
});

test('of an attribute that no text makes, the object is told', async () => {
  const text = await hover(
    `${cell('from sim import Hardware')}\nIt has \`{python} Hardware.Cloud.H100.peak.rea¦l\`.\n`,
  );
  expect(text).toContain('`989` *int*');
  expect(text).toContain('peak=989,  # dense');
});

test('a bridge through an alias of a class leads to the line that computed the value', async () => {
  const code = 'class Fleet:\n    nodes = 3\n    hours = nodes * 8\nF = Fleet\nhours_str = F.hours';
  const text = await hover(`${cell(code)}\nIt takes \`{python} hours¦_str\`.\n`);
  expect(text).toContain('hours = nodes * 8');
  expect(text).toContain('← `nodes × 8`  \n= `3 × 8`');
  expect(text).toContain('- `Fleet.nodes` = `3`');
});

describe('an expression in a reference', () => {
  const chapter = (expression: string) =>
    `${cell('from sim import Hardware, show\nFF = Hardware\nhours = 3\nfleet_str = show(hours)')}\nIt is \`{python} ${expression}\`.\n`;

  test('tells each of its names with value and place, and the one under the cursor in full', async () => {
    const text = await hover(chapter('hours * FF.Cloud.H100.pe¦ak'));
    expect(text).toContain('It is **2967**.');
    expect(text).toContain('- `hours` = `3` *assumption* [↗](file:///book/chapter.qmd#L4)');
    expect(text).toContain('- `FF.Cloud.H100.peak` = `989` *assumption* [↗](file:///book/sim/catalogue.py#L8)');
    expect(text).toContain('peak=989,  # dense');
  });

  test('tells the number that a function of the book formats', async () => {
    expect(await hover(chapter('sh¦ow(Hardware.Cloud.H100.peak)'))).toContain(
      '- `Hardware.Cloud.H100.peak` = `989` *assumption*',
    );
    const text = await hover(chapter('fleet¦_str'));
    expect(text).toContain('fleet_str = show(hours)');
    expect(text).toContain('- `hours` = `3` *assumption*');
  });

  test('tells the object of a method', async () => {
    expect(await hover(chapter('Hardware.Cloud.H100.peak.bit_length¦()'))).toContain(
      '- `Hardware.Cloud.H100.peak` = `989`',
    );
  });
});

test('in a file of the package', async () => {
  const text = await new MarkedBook({
    'chapter.qmd': cell('import sim'),
    ...SIM,
    'sim/use.py': 'from .catalogue import Hardware\nx = Hardware.Cloud.H100.pe¦ak\n',
  }).hover();
  expect(text).toContain('peak=989,  # dense');
  expect(text).toContain('catalogue.py#L8');
});

describe('a number that a package makes of constants of another of its modules', () => {
  const PUMPS = {
    'works/__init__.py': 'from .pumps import Pumps\n',
    'works/rates.py':
      'import pint\nureg = pint.UnitRegistry()\n# Fast pump (2022) — Source: Pump Works Data Sheet\nFLOW = 12 * ureg.liter / ureg.second\nPOWER = 700 * ureg.watt\n\n# Field report, 2024\nGPU_MTTF_HOURS = 50_000\n',
    'works/pumps.py': `from dataclasses import dataclass
from .rates import FLOW, POWER

@dataclass(frozen=True)
class Pump:
    name: str
    flow: object
    power: object

class Site:
    FAST = Pump("Fast", FLOW, POWER)

class Pumps:
    FAST = Site.FAST
`,
  };
  const told = (chapter: string) => new MarkedBook({ 'chapter.qmd': chapter, ...PUMPS }).hover();

  test('ends in the constant that it is, where that is made', async () => {
    const text = await told(
      `${cell('from works import Pumps\nclass Plant:\n    pump = Pumps.FAST\n    flow_str = f"{pump.flow.m_as(\'liter/second\'):.1f}"')}\n\`{python} Plant.flow_¦str\`\n`,
    );
    expect(text).toContain('- `FLOW` = `12 l/s` Pump Works Data Sheet [↗](file:///book/works/rates.py#L4)');
    expect(text).not.toContain('POWER');
  });

  test('is the one of the package, though the registry has one of that name', async () => {
    const text = await told(
      `${cell('from works.rates import GPU_MTTF_HOURS\nx_str = f"{GPU_MTTF_HOURS / 1000:.0f}"')}\n\`{python} x_¦str\`\n`,
    );
    expect(text).toContain(
      '- `GPU_MTTF_HOURS` = `50,000` *assumption* (Field report, 2024) [↗](file:///book/works/rates.py#L8)',
    );
  });
});
