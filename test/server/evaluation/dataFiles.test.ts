/** Data files as dependencies: a change evaluates what has seen the file, and nothing else, to the values of a cold run. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import type { CellRun } from '../../../server/evaluation/analysis';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { NodeFileSystem } from '../../../server/files/node';
import { analyse } from '../../../server/workspace/check';
import { PackageStore, Packages } from '../../../server/workspace/packages';
import { fingerprint } from '../../support/fingerprint';
import { TestWorkspace } from '../../support/workspace';

let workspace: TestWorkspace;
let folder: string;

beforeEach(() => {
  workspace = new TestWorkspace();
  folder = workspace.folder;
});
afterEach(() => workspace.remove());

const write = (files: Readonly<Record<string, string>>) => workspace.writeAll(files);

/** A chapter of cells, each with a reference below it to what it binds. */
function chapterOf(cells: readonly string[], refs: readonly string[]) {
  const text = cells
    .map((cell, at) => `\`\`\`{python}\n${cell}\n\`\`\`\n\n\`{python} ${refs[at] ?? '0'}\`\n`)
    .join('\n');
  return parseChapter(text, 'file:///book/a.qmd');
}

/** Evaluates a chapter in `book`, and again after each change of files. */
class Book {
  readonly store = new PackageStore(new NodeFileSystem());
  readonly #chapter;
  /** The cells that ran for the last values. */
  ran: number[] = [];
  readonly #evaluator: Evaluator;

  constructor(cells: readonly string[], refs: readonly string[]) {
    this.#chapter = chapterOf(cells, refs);
    this.#evaluator = new Evaluator({
      modules: this.#packages(this.store),
      running: ({ at, kind }) => kind === 'cell' && this.ran.push(at),
    });
  }

  #packages(store: PackageStore): Packages {
    return new Packages({ folder: join(folder, 'book'), workspace: folder }, store);
  }

  /** The runs of the cells behind the last values. */
  runs: readonly (CellRun | undefined)[] = [];

  /** The texts of the references; what ran for them is in `ran`. */
  values(): (string | undefined)[] {
    this.ran = [];
    this.store.refresh();
    this.#evaluator.refreshData();
    const analysis = this.#evaluator.update(this.#chapter);
    const cold = new Evaluator({ modules: this.#packages(new PackageStore(new NodeFileSystem())) });
    expect(fingerprint(analysis)).toEqual(fingerprint(cold.update(this.#chapter)));
    this.runs = analysis.cells.map(({ run }) => run);
    return analysis.refs.map(({ text, unknown }) => text ?? unknown?.message);
  }
}

describe('a change of a file', () => {
  test('evaluates the cells that read it and what depends on them', () => {
    write({ 'book/a.txt': '1', 'book/b.txt': '2' });
    const book = new Book(
      ['a = int(open("a.txt").read())', 'b = int(open("b.txt").read())', 'c = b * 10', 'd = 7'],
      ['a', 'b', 'c', 'd'],
    );
    expect(book.values()).toEqual(['1', '2', '20', '7']);
    write({ 'book/b.txt': '3' });
    expect(book.values()).toEqual(['1', '3', '30', '7']);
    expect(book.ran).toEqual([1, 2]);
    expect(book.values()).toEqual(['1', '3', '30', '7']);
    expect(book.ran).toEqual([]);
  });

  test('tells no run anew that gave what it gave before, though it met other objects', () => {
    write({
      'book/a.yaml': 'x: 1',
      'book/b.yaml': 'x: 2',
      'plant/__init__.py': `import yaml, pint
from pathlib import Path
ureg = pint.UnitRegistry()
class Device:
    def __init__(self, x): self.flow = x * ureg.meter
    def __repr__(self): return f"Device({self.flow})"
class Devices: pass
for path in sorted(Path(__file__).parent.parent.joinpath("book").glob("*.yaml")):
    setattr(Devices, path.stem, Device(yaml.safe_load(path.read_text())["x"]))
`,
    });
    const cells = [
      'from plant import Devices',
      'class A:\n    own = Devices.a\n    also = own\n    twice = 2 * own.flow',
      'class B:\n    twice = 2 * Devices.b.flow\n    text = f"{twice:~}"',
      'import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([Devices.b.flow.magnitude])',
      'names = [one for one in vars(Devices) if one != "__module__"]',
    ];
    const book = new Book(cells, ['0', 'A.twice', 'B.text', '0', 'len(names)']);
    expect(book.values()).toEqual(['0', '2 meter', '4 m', '0', '2']);
    const before = book.runs;
    write({ 'book/b.yaml': 'x: 3' });
    expect(book.values()).toEqual(['0', '2 meter', '6 m', '0', '2']);
    expect(book.ran).toEqual([0, 1, 2, 3, 4]);
    // The import took less than the first one; a figure is another one, even where it looks the same.
    expect(book.runs.map((run, at) => run === before[at])).toEqual([false, true, false, false, true]);
    write({ 'book/c.yaml': 'x: 4' });
    expect(book.values()).toEqual(['0', '2 meter', '6 m', '0', '3']);
    expect(book.runs[1]).toBe(before[1]);
    expect(book.runs[4]).not.toBe(before[4]);
  });

  test('that leaves the value as it was goes no further', () => {
    write({ 'book/a.yaml': 'x: 1\n' });
    const book = new Book(['import yaml\nx = yaml.safe_load(open("a.yaml"))["x"]', 'y = x + 1'], ['x', 'y']);
    book.values();
    write({ 'book/a.yaml': '# the same\nx: 1\n' });
    expect(book.values()).toEqual(['1', '2']);
    expect(book.ran).toEqual([0]);
  });

  test('counts where a file was missing, a folder was listed or a path was looked for', () => {
    write({ 'book/data/a.txt': '' });
    const book = new Book(
      [
        'from pathlib import Path\nlisted = len(list(Path("data").iterdir()))',
        'there = Path("other.txt").exists()',
        'try: text = open("late.txt").read()\nexcept FileNotFoundError: text = "none"',
        'deep = Path("x/y/z").is_dir()',
      ],
      ['listed', 'there', 'text', 'deep'],
    );
    expect(book.values()).toEqual(['1', 'False', 'none', 'False']);
    write({ 'book/data/b.txt': '' });
    expect(book.values()).toEqual(['2', 'False', 'none', 'False']);
    expect(book.ran).toEqual([0]);
    write({ 'book/other.txt': '', 'book/late.txt': 'here' });
    expect(book.values()).toEqual(['2', 'True', 'here', 'False']);
    expect(book.ran).toEqual([1, 2]);
    mkdirSync(join(folder, 'book/x/y/z'), { recursive: true });
    expect(book.values()).toEqual(['2', 'True', 'here', 'True']);
    expect(book.ran).toEqual([3]);
    workspace.delete('book/late.txt');
    expect(book.values()).toEqual(['2', 'True', 'none', 'True']);
  });

  test('loads anew the modules that read it and those that import them, and no others', () => {
    write({
      'book/plant/__init__.py': '',
      'book/plant/units.py': 'LITRE = 1\n',
      'book/plant/data.py': 'from pathlib import Path\nFLOW = int(Path(__file__).with_name("flow.txt").read_text())\n',
      'book/plant/pumps.py': 'from plant.data import FLOW\nclass Pump:\n    flow = FLOW * 2\n',
      'book/plant/flow.txt': '40',
    });
    const book = new Book(
      [
        'from plant.units import LITRE',
        'from plant.pumps import Pump',
        'p = Pump()',
        'n = LITRE',
        'f = isinstance(p, Pump)',
      ],
      ['LITRE', 'Pump.flow', 'p.flow', 'n', 'f'],
    );
    expect(book.values()).toEqual(['1', '80', '80', '1', 'True']);
    write({ 'book/plant/flow.txt': '50' });
    expect(book.values()).toEqual(['1', '100', '100', '1', 'True']);
    expect(book.ran).toEqual([1, 2, 4]);
  });

  test('starts over where a module reaches into another, or a cell has changed what a module holds', () => {
    write({
      'book/plant/__init__.py': '',
      'book/plant/registry.py': 'ALL = []\ndef add(x): ALL.append(x)\n',
      'book/plant/data.py': 'from plant.registry import add\nadd(open("flow.txt").read())\n',
      'book/flow.txt': '40',
    });
    const book = new Book(
      ['from plant import data, registry', 'registry.add("cell")'],
      ['len(registry.ALL)', 'registry.ALL'],
    );
    expect(book.values()).toEqual(['1', "['40', 'cell']"]);
    write({ 'book/flow.txt': '50' });
    expect(book.values()).toEqual(['1', "['50', 'cell']"]);
  });

  test('counts for what a function of a module reads when it is called, and what it keeps', () => {
    write({
      'book/loader.py':
        'from functools import cache\n@cache\ndef flow(): return int(open("flow.txt").read())\ndef fresh(): return int(open("flow.txt").read())\n',
      'book/flow.txt': '40',
    });
    const book = new Book(
      ['from loader import flow, fresh', 'a = flow()', 'b = flow()', 'c = fresh()'],
      ['1', 'a', 'b', 'fresh()'],
    );
    expect(book.values()).toEqual(['1', '40', '40', '40']);
    write({ 'book/flow.txt': '41' });
    expect(book.values()).toEqual(['1', '41', '41', '41']);
  });
});

describe('a package whose parts import each other', () => {
  const parts: Readonly<Record<string, string>> = {
    'pkg/__init__.py': `from . import units
from .devices import PUMP
from .fmt import show
from .engine import tuning
NAMES = " ".join(sorted(name for name in globals() if not name.startswith("_")))
`,
    'pkg/units.py': 'import pint\nureg = pint.UnitRegistry()\npint.set_application_registry(ureg)\n',
    'pkg/fmt.py':
      'from .deep import DIGITS\nfrom .units import ureg\ndef show(q): return f"{q.magnitude:.{DIGITS}f}"\n',
    'pkg/deep.py': 'DIGITS = 1\n',
    'pkg/devices.py': `import yaml
from pathlib import Path
from .units import ureg
PUMP = yaml.safe_load((Path(__file__).parent / "pump.yaml").read_text())["flow"] * ureg.liter
`,
    'pkg/engine/__init__.py': 'KIND = "steady"\n',
    'pkg/engine/tuning.py':
      'from pathlib import Path\nLOSS = float((Path(__file__).parent / "loss.txt").read_text())\n',
    'pkg/engine/loss.txt': '0.5',
    'pkg/pump.yaml': 'flow: 2',
  };
  const inBook = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`book/${path}`, text]));
  const cells = [
    'from pkg import PUMP, NAMES',
    'from pkg.fmt import show\nimport pint\na = show(pint.get_application_registry().Quantity(4, "liter"))',
    'from pkg.engine import tuning\nb = tuning.LOSS * 10',
    'import pkg\nc = pkg.tuning.LOSS',
    'from pkg.fmt import show\nd = show(PUMP)',
  ];

  test('loads anew what read a file and what takes something of that, and not what is part of the same package', () => {
    write(inBook(parts));
    const book = new Book(cells, ['NAMES', 'a', 'b', 'c', 'd']);
    const names = 'PUMP deep devices engine fmt show tuning units';
    expect(book.values()).toEqual([names, '4.0', '5.0', '0.5', '2.0']);
    write({ 'book/pkg/pump.yaml': 'flow: 3' });
    expect(book.values()).toEqual([names, '4.0', '5.0', '0.5', '3.0']);
    expect(book.ran).toEqual([0, 3, 4]);
    write({ 'book/pkg/engine/loss.txt': '0.25' });
    expect(book.values()).toEqual([names, '4.0', '2.5', '0.25', '3.0']);
    expect(book.ran).toEqual([0, 2, 3]);
    write({ 'book/pkg/deep.py': 'DIGITS = 2\n' });
    expect(book.values()).toEqual([names, '4.00', '2.5', '0.25', '3.00']);
  });

  test('follows a package that cannot be imported any more, though only a part of it is asked for', () => {
    write(inBook({ ...parts, 'pkg/__init__.py': 'from .devices import PUMP\nassert PUMP.magnitude < 5\n' }));
    const book = new Book(
      [
        'try:\n    import pkg\nexcept AssertionError:\n    pass\nx = 1',
        'from pkg.fmt import show\na = show',
        'y = a.__name__',
      ],
      ['x', '2', 'y'],
    );
    expect(book.values()).toEqual(['1', '2', 'show']);
    write({ 'book/pkg/pump.yaml': 'flow: 7' });
    expect(book.values()[2]).not.toBe('show');
    write({ 'book/pkg/pump.yaml': 'flow: 4' });
    expect(book.values()).toEqual(['1', '2', 'show']);
  });

  test('tells what an import prints where it is the first one', () => {
    write(inBook({ ...parts, 'pkg/__init__.py': 'from .devices import PUMP\nprint(PUMP)\n' }));
    const book = new Book(
      ['from pkg.fmt import show', 'from pkg.fmt import show\nfrom pkg import PUMP'],
      ['1', 'PUMP'],
    );
    expect(book.values()).toEqual(['1', '2 liter']);
    write({ 'book/pkg/pump.yaml': 'flow: 7' });
    expect(book.values()).toEqual(['1', '7 liter']);
  });

  test('starts over where a part has changed an object of another that is loaded anew', () => {
    write(
      inBook({
        ...parts,
        'pkg/__init__.py': 'from .devices import PUMPS\nfrom . import plugin\nTOTAL = sum(PUMPS)\n',
        'pkg/devices.py': `${parts['pkg/devices.py']}PUMPS = [PUMP.magnitude]\n`,
        'pkg/plugin.py': 'from .devices import PUMPS\nPUMPS.append(100)\n',
      }),
    );
    const book = new Book(['from pkg import TOTAL, PUMPS', 'n = len(PUMPS)'], ['TOTAL', 'n']);
    expect(book.values()).toEqual(['102', '2']);
    write({ 'book/pkg/pump.yaml': 'flow: 7' });
    expect(book.values()).toEqual(['107', '2']);
  });

  test('has its first import load it as the states of cells above are', () => {
    write(inBook({ ...parts, 'pkg/units.py': 'import pint\nureg = pint.get_application_registry()\n' }));
    const start = (unit: string) =>
      `import pint\nureg = pint.UnitRegistry()\nureg.define("${unit}")\npint.set_application_registry(ureg)`;
    const evaluator = new Evaluator({
      modules: new Packages(
        { folder: join(folder, 'book'), workspace: folder },
        new PackageStore(new NodeFileSystem()),
      ),
    });
    const texts = ['box = 3 * liter', 'box = 4 * liter'].map(unit => {
      const chapter = chapterOf(
        [start(unit), 'from pkg import PUMP', 'x = f"{(PUMP * 6).to(\'box\').magnitude:.1f}"'],
        ['1', '2', 'x'],
      );
      return evaluator.update(chapter).refs[2]?.text;
    });
    expect(texts).toEqual(['4.0', '3.0']);
  });
});

describe('what an editor holds of a file', () => {
  test('is what cells read, until it is closed', () => {
    write({ 'book/a.yaml': 'x: 1\n' });
    const store = new PackageStore(new NodeFileSystem());
    const modules = new Packages({ folder: join(folder, 'book'), workspace: folder }, store);
    const evaluator = new Evaluator({ modules });
    const chapter = chapterOf(['import yaml\nx = yaml.safe_load(open("a.yaml"))["x"]'], ['x']);
    const value = () => {
      evaluator.refreshData();
      return evaluator.update(chapter).refs[0]!.text;
    };
    expect(value()).toBe('1');
    expect(store.overlay(join(folder, 'book/a.yaml'), 'x: 2\n')).toBe(true);
    expect(value()).toBe('2');
    expect(store.overlay(join(folder, 'book/a.yaml'), undefined)).toBe(true);
    expect(value()).toBe('1');
  });
});

test('cells run in the folder of the chapter, or in that of the project with `execute-dir: project`', () => {
  write({ 'book/where.txt': 'project', 'book/part/where.txt': 'chapter', 'book/part/a.qmd': '' });
  const where = (configuration: string) => {
    write({ 'book/_quarto.yml': configuration });
    const text = '```{python}\nx = open("where.txt").read()\n```\n\n`{python} x`\n';
    const store = new PackageStore(new NodeFileSystem());
    return analyse(join(folder, 'book/part/a.qmd'), text, { root: folder }, store).analysis.refs[0]!.text;
  };
  expect(where('project:\n  type: book\n')).toBe('chapter');
  expect(where('project:\n  type: book\n  execute-dir: project\n')).toBe('project');
  expect(where('project:\n  execute-dir: file\n')).toBe('chapter');
});

describe('refused by name, and no error of the author', () => {
  test.each([
    [
      'x = open("/etc/passwd").read()',
      'open("/etc/passwd") is not supported by Reckoner: it lies outside of the workspace',
    ],
    ['x = open("../../../nope/nope.txt").read()', 'lies outside of the workspace'],
    [
      'x = open("leads/out.txt").read()',
      'open("leads/out.txt") is not supported by Reckoner: it lies outside of the workspace',
    ],
    ['import os\nx = os.listdir("leads")', 'lies outside of the workspace'],
    ['x = open("new.txt", "w")', 'open("new.txt") is not supported by Reckoner: cells write no files'],
    ['from pathlib import Path\nx = Path("new.txt").write_text("a")', 'Path.write_text("new.txt")'],
    ['from pathlib import Path\nx = Path.home()', 'Path.home is not supported by Reckoner: cells have no home folder'],
    ['import os\nx = os.stat("a.txt")', 'os.stat is not supported by Reckoner'],
    ['import yaml\nx = yaml.safe_load("a: [")', 'this YAML text cannot be read: line 1'],
    ['import yaml\nx = yaml.safe_load("!what x")', 'there is no constructor for the tag !what'],
    [
      'import tomllib\nx = tomllib.loads("a = 1\\na = 2")',
      'this TOML text cannot be read: line 2: the key a stands twice',
    ],
    ['import tomllib\nx = tomllib.loads("[a]\\n[a]")', 'line 2: the table is declared twice'],
    ['import yaml\nx = yaml.dump({})', 'yaml.dump is not supported by Reckoner'],
  ])('%s', (cell, message) => {
    const outside = mkdtempSync(join(tmpdir(), 'reckoner-outside-'));
    try {
      writeFileSync(join(outside, 'out.txt'), 'secret');
      write({ 'book/a.txt': '' });
      symlinkSync(outside, join(folder, 'book/leads'));
      const book = new Book([cell], ['x']);
      expect(book.values()[0]).toContain(message);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  test('what an unknown function may have written is unknown as well, and what it reads is not', () => {
    write({ 'book/in.csv': 'in', 'book/out.csv': 'old', 'book/other.csv': 'other' });
    const book = new Book(
      [
        'import polars as pl\nframe = pl.read_csv("in.csv")\nframe.write_csv("out.csv")',
        'x = open("out.csv").read()',
        'y = open("in.csv").read()',
        'z = open("other.csv").read()',
        'try: w = open("made.csv").read()\nexcept FileNotFoundError: w = "none"',
      ],
      ['1', 'x', 'y', 'z', 'w'],
    );
    const [, x, y, z, w] = book.values();
    expect(x).toContain('a cell above was to write');
    expect([y, z, w]).toEqual(['in', 'other', 'none']);
  });

  test('what a cell was to write is unknown to those below, and what else there is, is known', () => {
    write({ 'book/old.txt': 'old', 'book/other.txt': 'other' });
    const book = new Book(
      [
        'with open("old.txt", "w") as f:\n    f.write("new")',
        'x = open("old.txt").read()',
        'y = open("other.txt").read()',
      ],
      ['1', 'x', 'y'],
    );
    const [, x, y] = book.values();
    expect(x).toContain('a cell above was to write');
    expect(y).toBe('other');
  });
});

describe('a long file is gone through line by line within what a cell may use', () => {
  const ROWS = 8_000;
  const lines = (mark: string) =>
    [
      'name,load',
      ...Array.from({ length: ROWS }, (_, at) => `pump ${at} of the northern station${mark},${at % 7}`),
    ].join('\n');

  test.each([
    [
      'as rows',
      'import csv\nwith open("pumps.csv", newline="") as f:\n    n = sum(1 for row in csv.DictReader(f))',
      '',
    ],
    ['as lines', 'with open("pumps.csv") as f:\n    n = sum(1 for line in f) - 1', ''],
    ['of characters beyond the basic plane', 'with open("pumps.csv") as f:\n    n = sum(1 for line in f) - 1', ' 🏭'],
    ['as bytes', 'with open("pumps.csv", "rb") as f:\n    n = sum(1 for line in f) - 1', ''],
    [
      'with a line end of its own',
      'with open("pumps.csv", newline="\\r") as f:\n    n = f.readline().count("pump")',
      '',
    ],
  ])('%s', (_, cell, mark) => {
    write({ 'book/pumps.csv': lines(mark) });
    expect(new Book([cell], ['n']).values()).toEqual([String(ROWS)]);
  });
});
