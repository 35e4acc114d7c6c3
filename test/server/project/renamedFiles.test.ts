/** Files are renamed or moved, and what names them names them still. */
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editsFor, type Renamed } from '../../../server/project/renamedFiles';

const CHAPTER = `---
bibliography:
  - ../references.bib
---

{{< include ../parts/_pump.qmd >}}

![A](images/a.png) and [next](./next.qmd#sec-a), [all](/index.qmd), [web](https://x.org/next.qmd), [gone](gone.qmd).
`;

const THERE = [
  'references.bib',
  'parts/_pump.qmd',
  'chapters/images/a.png',
  'chapters/next.qmd',
  'index.qmd',
  'chapters/a.qmd',
  'data/pumps.yml',
  'data/tanks.csv',
  'pkg/load.py',
  'pkg/devices/a100.yml',
  'pkg/devices/h100.yml',
];

/** The text after the renames, whose paths are those of a book. */
function edited(text: string, path: string, ...renames: readonly (readonly [from: string, to: string])[]): string {
  const file = { path: `/book/${path}`, text, root: '/book' };
  const whole = renames.map(([from, to]): Renamed => ({ from: `/book/${from}`, to: `/book/${to}` }));
  const isThere = (one: string) => THERE.some(name => one === `/book/${name}` || `/book/${name}`.startsWith(`${one}/`));
  const document = TextDocument.create('file:///a', 'quarto', 1, text);
  return TextDocument.applyEdits(document, [...editsFor(file, whole, isThere)]);
}

test.each([
  [['references.bib', 'bib/all.bib'], '../references.bib', '../bib/all.bib'],
  [['parts/_pump.qmd', 'parts/_valve.qmd'], '../parts/_pump.qmd', '../parts/_valve.qmd'],
  [['chapters/images/a.png', 'chapters/images/b.png'], 'images/a.png', 'images/b.png'],
  [['chapters/next.qmd', 'chapters/last.qmd'], './next.qmd#sec-a', './last.qmd#sec-a'],
  [['index.qmd', 'start.qmd'], '(/index.qmd)', '(/start.qmd)'],
] as const)('a file that a chapter names: %j', (rename, old, text) => {
  expect(edited(CHAPTER, 'chapters/a.qmd', rename)).toBe(CHAPTER.replace(old, text));
});

test('a folder', () => {
  expect(edited(CHAPTER, 'chapters/a.qmd', ['chapters/images', 'chapters/pictures'])).toBe(
    CHAPTER.replace('images/a.png', 'pictures/a.png'),
  );
});

test('the chapter itself moves: what it names stays where it is', () => {
  const moved = edited(CHAPTER, 'chapters/a.qmd', ['chapters/a.qmd', 'a.qmd']);
  expect(moved).toContain('  - references.bib\n');
  expect(moved).toContain('{{< include parts/_pump.qmd >}}');
  expect(moved).toContain('](chapters/images/a.png)');
  expect(moved).toContain('](./chapters/next.qmd#sec-a)');
  expect(moved).toContain('(/index.qmd)');
});

test('the folder of all moves: nothing changes', () => {
  expect(edited(CHAPTER, 'chapters/a.qmd', ['chapters', 'text'])).toBe(CHAPTER);
});

test('a chapter in the list of a book', () => {
  const list = 'book:\n  chapters:\n    - index.qmd\n    - part: "Pumps"\n      chapters: [chapters/next.qmd]\n';
  expect(edited(list, '_quarto.yml', ['chapters/next.qmd', 'chapters/last.qmd'])).toBe(list.replace('next', 'last'));
});

test('what is no file, or another one, stays', () => {
  expect(edited(CHAPTER, 'chapters/a.qmd', ['other.qmd', 'gone.qmd'])).toBe(CHAPTER);
});

describe('paths in code', () => {
  const CELLS = `# A

\`\`\`{python}
import pandas as pd
from pathlib import Path
DATA = Path("../data")
with open("../data/pumps.yml") as file:
    text = file.read()
label = "../data/pumps.yml"
\`\`\`

\`\`\`{python}
table = pd.read_csv(DATA / "tanks.csv")
name = "x/pumps.yml".join(["a"])
\`\`\`
`;
  test.each([
    ['a file', ['data/pumps.yml', 'data/wells.yml'], [['open("../data/pumps.yml")', 'open("../data/wells.yml")']]],
    [
      'a file that goes elsewhere',
      ['data/tanks.csv', 'tables/tanks.csv'],
      [['DATA / "tanks.csv"', 'DATA / "../tables/tanks.csv"']],
    ],
    [
      'a folder',
      ['data', 'facts'],
      [
        ['Path("../data")', 'Path("../facts")'],
        ['open("../data/pumps.yml")', 'open("../facts/pumps.yml")'],
      ],
    ],
    [
      'the chapter',
      ['chapters/a.qmd', 'a.qmd'],
      [
        ['Path("../data")', 'Path("data")'],
        ['open("../data/pumps.yml")', 'open("data/pumps.yml")'],
      ],
    ],
    ['a file that nothing names', ['data/other.yml', 'data/more.yml'], []],
  ] as const)('in cells: %s', (_, rename, changes) => {
    const wanted = changes.reduce((text, [old, now]) => text.replace(old, now), CELLS);
    expect(edited(CELLS, 'chapters/a.qmd', [rename[0], rename[1]])).toBe(wanted);
  });

  const MODULE = `import os
from pathlib import Path
HERE = Path(__file__).resolve().parent
DEVICES = HERE / "devices"
def load(name):
    return (DEVICES / "a100.yml").read_text() + open(DEVICES / f"{name}.yml").read()
UNITS = os.path.join(os.path.dirname(__file__), "devices", 'h100.yml')
MADE = 'devices/a\\x31.yml'
`;
  test.each([
    ['a file', ['pkg/devices/a100.yml', 'pkg/devices/a100-80.yml'], [['"a100.yml"', '"a100-80.yml"']]],
    [
      'a folder',
      ['pkg/devices', 'pkg/machines'],
      [
        ['HERE / "devices"', 'HERE / "machines"'],
        ['__file__), "devices"', '__file__), "machines"'],
      ],
    ],
    [
      'the module',
      ['pkg/load.py', 'pkg/inner/load.py'],
      [
        ['HERE / "devices"', 'HERE / "../devices"'],
        ['__file__), "devices"', '__file__), "../devices"'],
      ],
    ],
    ['the package with its files', ['pkg', 'lib'], []],
  ] as const)('in a module: %s', (_, rename, changes) => {
    const wanted = changes.reduce((text, [old, now]) => text.replace(old, now), MODULE);
    expect(edited(MODULE, 'pkg/load.py', [rename[0], rename[1]])).toBe(wanted);
  });

  test('a name with several values is not followed', () => {
    const code = 'D = "data/pumps.yml"\nD = "data/tanks.csv"\nopen(D)\n';
    expect(edited(code, 'm.py', ['data/pumps.yml', 'data/x.yml'])).toBe(code);
  });
});

describe('imports', () => {
  /** A book with a package of its own, by its files. */
  const BOOK: Readonly<Record<string, string>> = {
    'plant/__init__.py':
      'from .pumps import Pump\nfrom . import flows, tanks\n\n__all__ = ["Pump", "flows", "tanks"]\n',
    'plant/pumps.py':
      'import plant.flows\nfrom plant import tanks\nfrom plant.flows import LITRE\n\nSUM = plant.flows.LITRE + tanks.SIZE\n',
    'plant/flows.py': 'LITRE = 1\n',
    'plant/tanks.py': 'from .flows import (\n    LITRE,\n)\nfrom . import flows as f\n\nSIZE = f.LITRE + LITRE\n',
    'plant/parts/__init__.py': 'from ..flows import LITRE\nfrom .valve import V\n',
    'plant/parts/valve.py': 'from .. import flows\nfrom ...plant import pumps\nV = flows.LITRE\n',
    'chapters/a.qmd': `# A

\`\`\`{python}
# ┌─────────────
# │ Imports: plant.flows (LITRE), math
# └─────────────
import math
import plant.flows
import plant.tanks as t
from plant import flows
from plant.parts.valve import V
one = plant.flows.LITRE + t.SIZE + flows.LITRE + plant.SUM
def f(flows):
    return flows
\`\`\`

Of \`{python} plant.flows.LITRE\` and \`{python} t.SIZE + plant.tanks.SIZE\`, plant.flows.
`,
    'plant/late.py':
      'from importlib import import_module\nlate = import_module(".flows", __package__)\nother = import_module("plant.flows")\n',
    'chapters/c.qmd':
      '```{python}\nimport importlib\nimport importlib as lib\nf = importlib.import_module("plant.flows")\ng = lib.import_module(\'plant.flows\').LITRE\nh = other.import_module("plant.flows")\n```\n\n`{python} round(importlib.import_module("plant.flows").LITRE)`\n',
    'chapters/b.qmd':
      '```{python}\nfrom plant import flows, tanks\nx = flows.LITRE + tanks.SIZE\n```\n\n`{python} flows.LITRE`\n',
  };

  function behind(path: string, ...renames: readonly (readonly [from: string, to: string])[]): string {
    const text = BOOK[path]!;
    const name = (one: string) => one.replace('/book/', '');
    const file = { path: `/book/${path}`, text, root: '/book', packages: ['/book/chapters', '/book'] };
    const whole = renames.map(([from, to]): Renamed => ({ from: `/book/${from}`, to: `/book/${to}` }));
    const isThere = (one: string) =>
      Object.keys(BOOK).some(known => known === name(one) || known.startsWith(`${name(one)}/`));
    const edits = editsFor(file, whole, isThere, one => BOOK[name(one)]);
    return TextDocument.applyEdits(TextDocument.create('file:///a', 'quarto', 1, text), [...edits]);
  }

  const FLOWS = ['plant/flows.py', 'plant/rates.py'] as const;

  test('a module is renamed: imports, what the code calls it, references and headers follow', () => {
    expect(behind('plant/__init__.py', FLOWS)).toBe(
      'from .pumps import Pump\nfrom . import rates, tanks\n\n__all__ = ["Pump", "rates", "tanks"]\n',
    );
    expect(behind('plant/pumps.py', FLOWS)).toBe(
      'import plant.rates\nfrom plant import tanks\nfrom plant.rates import LITRE\n\nSUM = plant.rates.LITRE + tanks.SIZE\n',
    );
    expect(behind('plant/tanks.py', FLOWS)).toBe(
      'from .rates import (\n    LITRE,\n)\nfrom . import rates as f\n\nSIZE = f.LITRE + LITRE\n',
    );
    expect(behind('plant/parts/__init__.py', FLOWS)).toBe('from ..rates import LITRE\nfrom .valve import V\n');
    expect(behind('chapters/b.qmd', FLOWS)).toBe(BOOK['chapters/b.qmd']!.replaceAll('flows', 'rates'));
  });

  test('a module that a call imports', () => {
    expect(behind('plant/late.py', FLOWS)).toBe(BOOK['plant/late.py']!.replaceAll('flows', 'rates'));
    expect(behind('plant/late.py', ['plant/flows.py', 'plant/parts/flows.py'])).toBe(
      BOOK['plant/late.py']!.replace('".flows"', '".parts.flows"').replace('plant.flows', 'plant.parts.flows'),
    );
    const [before, other = '', after] = BOOK['chapters/c.qmd']!.split(/(\nh = .*\n)/);
    expect(behind('chapters/c.qmd', FLOWS)).toBe(
      before!.replaceAll('plant.flows', 'plant.rates') + other + after!.replace('plant.flows', 'plant.rates'),
    );
  });

  test('what is bound otherwise as well keeps its name', () => {
    const wanted = BOOK['chapters/a.qmd']!.replace('│ Imports: plant.flows', '│ Imports: plant.rates')
      .replace('import plant.flows\n', 'import plant.rates\n')
      .replace('from plant import flows', 'from plant import rates as flows')
      .replace('one = plant.flows', 'one = plant.rates')
      .replace('{python} plant.flows', '{python} plant.rates');
    expect(behind('chapters/a.qmd', FLOWS)).toBe(wanted);
  });

  test('a module goes to another folder', () => {
    const moved = ['plant/flows.py', 'plant/parts/flows.py'] as const;
    expect(behind('plant/tanks.py', moved)).toBe(
      'from .parts.flows import (\n    LITRE,\n)\nfrom .parts import flows as f\n\nSIZE = f.LITRE + LITRE\n',
    );
    expect(behind('plant/pumps.py', moved)).toBe(
      'import plant.parts.flows\nfrom plant import tanks\nfrom plant.parts.flows import LITRE\n\nSUM = plant.parts.flows.LITRE + tanks.SIZE\n',
    );
    expect(behind('plant/parts/__init__.py', moved)).toBe('from .flows import LITRE\nfrom .valve import V\n');
    expect(behind('plant/__init__.py', moved)).toBe(
      'from .pumps import Pump\nfrom .parts import flows\nfrom . import tanks\n\n__all__ = ["Pump", "flows", "tanks"]\n',
    );
  });

  test('a module moves, and imports what it imported', () => {
    expect(behind('plant/tanks.py', ['plant/tanks.py', 'plant/parts/tanks.py'])).toBe(
      'from ..flows import (\n    LITRE,\n)\nfrom .. import flows as f\n\nSIZE = f.LITRE + LITRE\n',
    );
  });

  test('a package is renamed, or a folder in it', () => {
    expect(behind('plant/pumps.py', ['plant', 'works'])).toBe(
      'import works.flows\nfrom works import tanks\nfrom works.flows import LITRE\n\nSUM = works.flows.LITRE + tanks.SIZE\n',
    );
    expect(behind('plant/parts/valve.py', ['plant', 'works'])).toBe(
      BOOK['plant/parts/valve.py']!.replace('...plant', '..'),
    );
    expect(behind('plant/tanks.py', ['plant', 'works'])).toBe(BOOK['plant/tanks.py']);
    expect(behind('chapters/a.qmd', ['plant/parts', 'plant/pieces'])).toBe(
      BOOK['chapters/a.qmd']!.replace('plant.parts.valve', 'plant.pieces.valve'),
    );
  });

  test('other files, and names that are no modules, change nothing', () => {
    for (const path of Object.keys(BOOK)) {
      expect(behind(path, ['plant/data.py', 'plant/facts.py'])).toBe(BOOK[path]);
      expect(behind(path, ['plant/flows.py', 'plant/new-flows.py'])).toBe(BOOK[path]);
    }
  });
});
