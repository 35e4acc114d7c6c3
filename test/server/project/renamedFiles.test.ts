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
