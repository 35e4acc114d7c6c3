/** One symbol over cells, references, headers and the modules of a package: all its places, and what a rename makes of them. */
import { describe, expect, test } from 'vitest';
import type { DocumentHighlight, Location, LocationLink } from 'vscode-languageserver';
import { MarkedBook, type Sources } from '../../support/books';

const cell = (code: string) => `\`\`\`{python}\n${code.trim()}\n\`\`\`\n`;

const unmarked = (files: Sources, marks: RegExp): Sources =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(marks, '')]));

/**
 * Books in which «» stand around each place that means the same, and ¦ at one of them. Where `‹›` stand instead, the place has
 * another name: it is a reference and is not renamed along.
 */
const BOOKS: readonly (readonly [string, Sources])[] = [
  [
    'a constant: star import, import, module attribute, reference, list of exported names',
    {
      'chapter.qmd': `${cell('from tanks import *\nimport tanks.pumps\nfrom tanks import «FLOW»\nx = «FL¦OW»\ny = tanks.pumps.«FLOW»')}
At \`{python} «FLOW»\` or \`{python} tanks.«FLOW» * 2\`.
`,
      'tanks/__init__.py': "from .pumps import «FLOW»\n__all__ = ['«FLOW»']\n",
      'tanks/pumps.py': '«FLOW» = 4\n\ndef double():\n    return 2 * «FLOW»\n\ndef other(FLOW):\n    return FLOW\n',
    },
  ],
  [
    'a constant under other names',
    {
      'chapter.qmd': `${cell('from tanks.pumps import «FLOW» as ‹RATE›\nx = ‹RATE›\nimport tanks\ny = tanks.‹STREAM›')}
At \`{python} ‹RATE›\`.
`,
      'tanks/__init__.py': 'from .pumps import «FLOW» as ‹STREAM›\n',
      'tanks/pumps.py': '«FL¦OW» = 4\n',
    },
  ],
  [
    'an attribute of a class through an alias, an alias of that, and a module under another name',
    {
      'chapter.qmd': `${cell('import tanks.pumps as tp\nfrom tanks.pumps import Pump as P\nQ = P\nR = Q\nx = R.«po¦wer» + tp.Pump.«power»')}
At \`{python} Q.«power»\`.
`,
      'tanks/__init__.py': '',
      'tanks/pumps.py': 'class Pump:\n    «power» = 4\n    twice = 2 * «power»\n',
    },
  ],
  [
    'an attribute that a base class defines',
    {
      'chapter.qmd': `${cell('from tanks import Large\nx = Large.«po¦wer»')}`,
      'tanks/__init__.py': 'from .pumps import Large\n',
      'tanks/pumps.py': 'from .base import Pump\n\nclass Large(Pump):\n    pass\n',
      'tanks/base.py': 'class Pump:\n    «power» = 4\n',
    },
  ],
  [
    'a field of a dataclass: arguments, instances, methods, annotated parameters',
    {
      'chapter.qmd': `${cell('from tanks import Pump, BIG\nsmall = Pump(«rate»=2)\nx = small.«ra¦te» + BIG.«rate» + Pump(«rate»=1).«rate»')}
At \`{python} small.«rate»\` and \`{python} BIG.«rate»\`.
`,
      'tanks/__init__.py':
        'from dataclasses import dataclass\n\n@dataclass\nclass Pump:\n    «rate»: float = 1\n\n    def twice(self):\n        return 2 * self.«rate»\n\nBIG = Pump(«rate»=9)\n\ndef need(pump: Pump, other: "Pump") -> float:\n    return pump.«rate» + other.«rate»\n',
    },
  ],
  [
    'an attribute that a method makes',
    {
      'chapter.qmd': `${cell('from tanks import Pump\npump = Pump(3)\nx = pump.«le¦vel»')}`,
      'tanks/__init__.py':
        'class Pump:\n    def __init__(self, level):\n        self.«level» = level\n\n    def raised(self):\n        return self.«level» + 1\n',
    },
  ],
  [
    'a parameter with the arguments that name it',
    {
      'chapter.qmd': `${cell('def need(«vol¦ume», flow=2):\n    return «volume» / flow\nx = need(«volume»=4) + need(3)')}
It takes \`{python} need(«volume»=2)\`.
`,
    },
  ],
  [
    'an alias that the chapter gives to a module from elsewhere',
    {
      'chapter.qmd': `${cell('import math as «m»\nx = «m».pi\ndef f():\n    return «¦m».e')}
At \`{python} «m».pi\`.
`,
    },
  ],
  [
    'a name that the header lists',
    {
      'chapter.qmd': `${cell('# ┌── LEGO ─────\n# │ Exports: «rate_str»\n# └─────────────\nclass Pump:\n    rate_str = "3"\n«rate_str» = Pump.rate_str')}
At \`{python} «rate¦_str»\`.
`,
    },
  ],
  [
    'a class attribute through an alias in a reference',
    {
      'chapter.qmd': `${cell('class FleetFoundations:\n    «nodes» = 3\nFF = FleetFoundations\nFF.extra = 1')}
At \`{python} FF.«no¦des»\` or \`{python} FleetFoundations.«nodes» + FF.extra\`.
`,
    },
  ],
  [
    'a class with type parameters, and its attribute',
    {
      'chapter.qmd': `${cell('class Box[T]:\n    «size» = 3\n    both = «size» + 1\n    def of(self) -> T:\n        return self.«size»\nx = Box.«si¦ze»')}`,
    },
  ],
  [
    'a field in a pattern',
    {
      'chapter.qmd': `${cell('from dataclasses import dataclass\n@dataclass\nclass Pump:\n    «rate»: int\nmatch Pump(3):\n    case Pump(«ra¦te»=2 as n):\n        x = n')}`,
    },
  ],
];

describe.each(BOOKS)('%s', (_, files) => {
  const marked = unmarked(files, /[«»‹›]/g);
  const withoutCursor = unmarked(files, /¦/g);
  const all = unmarked(withoutCursor, /NOTHING/g);
  const places = Object.fromEntries(
    Object.entries(all).map(([name, text]) => [name, text.replace(/‹/g, '«').replace(/›/g, '»')]),
  );

  test('references', () => {
    const book = new MarkedBook(marked);
    const found = book.ask<Location[]>('textDocument/references', { context: { includeDeclaration: true } });
    expect(book.marked(found)).toEqual(places);
  });

  test('rename', () => {
    const renamed = Object.entries(all).map(([name, text]) => [
      name,
      text.replace(/«[^»]*»/g, 'renamed').replace(/[‹›]/g, ''),
    ]);
    expect(new MarkedBook(marked).renamed('renamed')).toEqual(Object.fromEntries(renamed));
  });

  test('highlights are those of the chapter', () => {
    const book = new MarkedBook(marked);
    if (!marked['chapter.qmd']!.includes('¦')) return;
    const found = book.ask<DocumentHighlight[]>('textDocument/documentHighlight');
    const uri = 'file:///book/chapter.qmd';
    const own = { 'chapter.qmd': all['chapter.qmd']!.replace(/[‹›]/g, '') };
    expect(book.marked(found.map(({ range }) => ({ uri, range })))).toMatchObject(own);
  });
});

const PACKAGE = {
  'tanks/__init__.py': 'from .pumps import FLOW, Pump, Large, need\n',
  'tanks/pumps.py':
    'FLOW = 4\nSPEED = 3\n\nclass Pump:\n    rate = 4\n    label = 1\n\nclass Large(Pump):\n    rate = 9\n\ndef need(volume):\n    return volume / FLOW\n',
};

describe('what a rename refuses, with the reason', () => {
  test.each([
    [
      'an attribute that a derived class has too',
      'from tanks import Pump\nx = Pump.ra¦te',
      'A class that is derived from the same one has a "rate" of its own in pumps.py (line 9).',
    ],
    [
      'an attribute of who knows what',
      'from tanks import Pump\nx = Pump.la¦bel\ndef f(one):\n    return one.label',
      '"label" may be another one\'s attribute in this chapter (line 5).',
    ],
    [
      'a field that is replaced in who knows what',
      'from dataclasses import dataclass, replace\n@dataclass\nclass Flu:\n    da¦ys: int\ndef longer(one):\n    return replace(one, days=9)',
      '"days" may be another one\'s attribute in this chapter (line 7).',
    ],
    [
      'an argument that is bound to who knows what',
      'from functools import partial\ndef cost(ra¦te):\n    return rate\nfor f in [cost]:\n    g = partial(f, rate=3)',
      'A call passes "rate" by its name in this chapter (line 6).',
    ],
    [
      'a name that stands for something else later',
      'from tanks import FLOW\nx = FL¦OW\nFLOW = 5',
      '"FLOW" also stands for something else in this chapter (line 4).',
    ],
    [
      'a name that a text names',
      "from tanks import Pump\nx = Pump.la¦bel\ny = getattr(Pump, 'label')",
      '"label" is named by a text in this chapter (line 4).',
    ],
    [
      'a name that the module has already',
      'from tanks.pumps import FLOW\nx = FL¦OW',
      '"SPEED" already has another meaning in pumps.py (line 2).',
      'SPEED',
    ],
    [
      'a name that the chapter has already',
      'from tanks.pumps import FLOW\nnow = FL¦OW',
      '"now" already has another meaning in this chapter (line 3).',
      'now',
    ],
    [
      'a parameter that an unknown function may get by its name',
      'def f(vol¦ume):\n    return volume\ng = [f]\nx = g[0](volume=1)',
      'A call passes "volume" by its name in this chapter (line 5).',
    ],
    [
      'what stands in a cell that cannot be parsed',
      'from tanks import FLOW\nx = FL¦OW\n```\n\n```{python}\ny = FLOW +',
      '"FLOW" may be used in this chapter (line 7), which cannot be parsed.',
    ],
  ])('%s', (_, code, reason, newName = 'renamed') => {
    const book = new MarkedBook({ 'chapter.qmd': cell(code), ...PACKAGE });
    expect(() => book.renamed(newName)).toThrow(reason);
  });

  test.each([
    ['a module', 'import ta¦nks'],
    ['what comes from elsewhere', 'from math import p¦i'],
    ['a special method', 'class A:\n    def __in¦it__(self):\n        pass'],
  ])('%s', (_, code) => {
    const book = new MarkedBook({ 'chapter.qmd': cell(code), ...PACKAGE });
    const reason = 'Only names that this chapter or a package beside it makes can be renamed here.';
    expect(() => book.ask('textDocument/prepareRename')).toThrow(reason);
    expect(() => book.renamed('x')).toThrow(reason);
  });
});

describe('a file that is not open', () => {
  const chapter = cell('from tanks import FLOW\nx = FL¦OW');
  const rename = (closed: Sources) => new MarkedBook({ 'chapter.qmd': chapter, ...PACKAGE }, closed).renamed('rate');

  test.each([
    ['other.qmd', cell('import tanks\nx = tanks.FLOW'), '"FLOW" also stands in other.qmd, which is not open.'],
    ['other.qmd', `${cell('import tanks')}\nAt \`{python} tanks.FLOW\`.\n`, 'other.qmd, which is not open.'],
    ['tests/test_flow.py', 'import tanks\nassert tanks.FLOW', 'in test_flow.py, which no open chapter imports.'],
    ['tanks/later.py', 'from .pumps import FLOW', 'in later.py, which no open chapter imports.'],
  ])('%s that uses the name keeps it from being renamed', (name, text, reason) => {
    expect(() => rename({ [name]: text })).toThrow(reason);
  });

  test.each([
    ['other.qmd', 'The FLOW of tanks.\n'],
    ['other.qmd', cell('FLOW = 3')],
    ['other.qmd', cell('import tanks\nx = tanks.OVERFLOW')],
    ['other.py', 'FLOW = 3'],
  ])('%s with %j does not', (name, text) => {
    expect(rename({ [name]: text })['tanks/__init__.py']).toContain('import rate,');
  });
});

describe('definition', () => {
  /** The file and the text that the definition selects. */
  async function target(files: Sources): Promise<string> {
    const book = new MarkedBook(files);
    const [link] = await book.ask<Promise<LocationLink[]>>('textDocument/definition');
    const name = link!.targetUri.replace('file:///book/', '');
    const { start, end } = link!.targetSelectionRange;
    const lines = book.files[name]!.split('\n');
    const text = lines[start.line]!.slice(start.character, start.line === end.line ? end.character : undefined);
    return `${name}:${start.line + 1} ${text}`;
  }

  const HARDWARE = {
    'sim/__init__.py': 'from .catalogue import Hardware\n',
    'sim/catalogue.py': `from .model import Accelerator, Memory

class Hardware:
    class Cloud:
        H100 = Accelerator(
            peak=989,
            memory=Memory(80, bandwidth=3.35),
        )
`,
    'sim/model.py': `from dataclasses import dataclass

@dataclass
class Memory:
    size: float
    bandwidth: float

@dataclass
class Accelerator:
    peak: float
    memory: Memory
    price: float = 30

    @property
    def half(self) -> Memory:
        return self.memory
`,
  };

  test.each([
    ['Hardware.Cloud.H100.pe¦ak', 'sim/catalogue.py:6 peak=989'],
    ['Hardware.Cloud.H100.memory.band¦width', 'sim/catalogue.py:7 bandwidth=3.35'],
    ['Hardware.Cloud.H100.memory.si¦ze', 'sim/catalogue.py:7 80'],
    ['Hardware.Cloud.H100.pri¦ce', 'sim/model.py:12 price'],
    ['Hardware.Cloud.H100.half.si¦ze', 'sim/catalogue.py:7 80'],
    ['Hardware.Cloud.H1¦00', 'sim/catalogue.py:5 H100'],
  ])('of %s in a cell and in a reference', async (path, place) => {
    expect(await target({ 'chapter.qmd': cell(`from sim import Hardware\nx = ${path}`), ...HARDWARE })).toBe(place);
    const chapter = `${cell('from sim import Hardware')}\nIt has \`{python} ${path} * 2\`.\n`;
    expect(await target({ 'chapter.qmd': chapter, ...HARDWARE })).toBe(place);
  });

  test.each([
    [
      'a loop variable, though an earlier cell has one of that name',
      `${cell('x = 1')}\n${cell('for x in [2]:\n    y = ¦x')}`,
      'chapter.qmd:6 x',
    ],
    ['the earlier of two', cell('x = 1\ny = ¦x\nx = 2'), 'chapter.qmd:2 x'],
    [
      'an import that is tried before None',
      cell('try:\n    import math as m\nexcept ImportError:\n    m = None\ny = ¦m'),
      'chapter.qmd:3 m',
    ],
  ])('%s', async (_, chapter, place) => {
    expect(await target({ 'chapter.qmd': chapter })).toBe(place);
  });
});
