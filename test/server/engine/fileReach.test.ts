/** What a place of a data file or a module reaches, in open chapters and in those on disk. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallHierarchyItem, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../../../server/engine';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../../server/features/callHierarchy';
import { reach } from '../../../server/features/provenance';
import type { SourceTree } from '../../../server/protocol';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const FILES: Readonly<Record<string, string>> = {
  '_quarto.yml': 'project:\n  type: book\nbook:\n  chapters: [index.qmd, barn.qmd, mill.qmd, pumps.qmd]\n',
  'farm/__init__.py': 'from .rates import LITRES, COW, milk, Herd\n',
  'farm/rates.py': `from dataclasses import dataclass

LITRES = 28.0
DAYS = 305


@dataclass
class Herd:
    litres: float
    feed: float


COW = Herd(litres=28.0, feed=19.5)


def milk(cows, days=DAYS):
    return cows * LITRES * days / 1000


def share(part, whole):
    return part / whole
`,
  'farm/seasons.py': 'DRY = 60\nMILKED = 28.0\nSEASON = MILKED * (365 - DRY)\n',
  'data/barns.yaml': 'barns:\n  - name: North\n    cows: 60\n    prices: [0.41, 0.44]\n  - name: South\n    cows: 85\n',
  'data/pumps.yaml': 'north:\n  flow: 30\nsouth:\n  flow: 20\n',
  'pumps.qmd': `# Pumps

\`\`\`{python}
from dataclasses import dataclass
from pathlib import Path
import yaml

@dataclass
class Pump:
    flow: float

rows = yaml.safe_load(Path("data/pumps.yaml").read_text())
pumps = {name: Pump(**row) for name, row in rows.items()}
total = sum(pump.flow for pump in pumps.values())
weekly = 0
for pump in pumps.values():
    weekly += pump.flow * 7
\`\`\`

All give \`{python} total\` m³, \`{python} weekly\` a week, the largest \`{python} max(p.flow for p in pumps.values())\`.
`,
  'index.qmd': '# Farms\n\nNo numbers.\n',
  'barn.qmd': `# Barns

\`\`\`{python}
from pathlib import Path
import yaml
from farm import milk, COW
from mlsys.formatting import check

barns = yaml.safe_load(Path("data/barns.yaml").read_text())["barns"]
north = barns[0]["cows"]
south = barns[1]["cows"]
litres = milk(north)
feed_kg = north * COW.feed
check(feed_kg > 1000, "more than a tonne")
feed_str = f"{feed_kg:.0f}"
\`\`\`

North gives \`{python} litres\` m³ and eats \`{python} feed_str\` kg; South has \`{python} south\` cows, all \`{python} north + south\`.
`,
  'mill.qmd': `# Mills

\`\`\`{python}
from farm import COW
from farm.seasons import SEASON
sacks = COW.feed / 25
cans = SEASON / 40
\`\`\`

A cow eats \`{python} sacks\` sacks.
`,
};

let workspace: TestWorkspace;
let engine: Engine;

beforeEach(() => {
  workspace = new TestWorkspace(FILES);
  engine = engineIn(workspace.folder).engine;
  open('barn.qmd');
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

function open(name: string): void {
  engine.open(workspace.uriOf(name), 1, FILES[name]!);
}

async function asked(name: string, words: string, shift = 0): Promise<SourceTree | null> {
  const uri = workspace.uriOf(name);
  if (!engine.isOpen(uri)) open(name);
  await engine.chapter(workspace.uriOf('barn.qmd'))!.whenChecked();
  const position: Position = TextDocument.create(uri, '', 1, FILES[name]!).positionAt(
    FILES[name]!.indexOf(words) + shift,
  );
  return engine.answer(uri, reach, { textDocument: { uri }, position });
}

/** `label | description` of the first node, then of each chapter its sentences and guards. */
function told(tree: SourceTree | null): string[] {
  if (tree === null) return [];
  const { nodes } = tree;
  const chapters = nodes[0]!.children.map(at => nodes[at]!);
  const shown = chapters.map(({ label, children }) => {
    const groups = children.map(at => nodes[at]!).filter(one => one.label !== 'Values');
    return `${label}: ${groups.flatMap(one => one.children.map(at => nodes[at]!.label)).join(', ')}`;
  });
  return [`${nodes[0]!.label} | ${nodes[0]!.description}`, ...shown];
}

describe('a data file', () => {
  test('a number', async () => {
    expect(told(await asked('data/barns.yaml', '60'))).toEqual([
      'barns[0].cows = 60 | 3 sentences in 1 chapter',
      'barn.qmd: 512.4, 1170, 145, feed_kg > 1000',
    ]);
    expect(told(await asked('data/barns.yaml', '85', 1))).toEqual([
      'barns[1].cows = 85 | 2 sentences in 1 chapter',
      'barn.qmd: 85, 145',
    ]);
  });

  test('all that stands under a key', async () => {
    expect(told(await asked('data/barns.yaml', 'barns', 1))[0]).toBe('barns | 4 sentences in 1 chapter');
  });

  test('what sums, loops and choices over several objects make', async () => {
    expect(told(await asked('data/pumps.yaml', '20'))).toEqual([
      'south.flow = 20 | 3 sentences in 1 chapter',
      'pumps.qmd: 50, 350, 30',
    ]);
  });

  test('what nothing shows', async () => {
    expect(told(await asked('data/barns.yaml', 'prices'))).toEqual(['barns[0].prices | nothing']);
  });
});

describe('a module', () => {
  test('a number, and the name of one', async () => {
    const litres = ['LITRES = 28 | 1 sentence in 1 chapter', 'barn.qmd: 512.4'];
    expect(told(await asked('farm/rates.py', 'LITRES = '))).toEqual(litres);
    expect(told(await asked('farm/rates.py', '28.0\nDAYS'))).toEqual(litres);
    expect(told(await asked('farm/rates.py', '305'))).toEqual([
      'DAYS = 305 | 1 sentence in 1 chapter',
      'barn.qmd: 512.4',
    ]);
  });

  test('an argument, in chapters that are open and in others', async () => {
    expect(told(await asked('farm/rates.py', '19.5'))).toEqual([
      'COW.feed = 19.5 | 2 sentences in 2 chapters',
      'barn.qmd: 1170, feed_kg > 1000',
      'mill.qmd: 0.78',
    ]);
    expect(told(await asked('farm/rates.py', '28.0, feed'))).toEqual(['COW.litres = 28 | nothing']);
  });

  test('a number within a function, and the function', async () => {
    expect(told(await asked('farm/rates.py', '1000'))).toEqual([
      'milk#1 = 1,000 | 1 sentence in 1 chapter',
      'barn.qmd: 512.4',
    ]);
    expect(told(await asked('farm/rates.py', 'milk'))).toEqual(['milk | 1 sentence in 1 chapter', 'barn.qmd: 512.4']);
    expect(told(await asked('farm/rates.py', 'share'))).toEqual(['share | nothing']);
  });

  test('a name that is handed on', async () => {
    expect(told(await asked('farm/__init__.py', 'LITRES'))).toEqual([
      'LITRES | 1 sentence in 1 chapter',
      'barn.qmd: 512.4',
    ]);
  });
});

describe('a call hierarchy', () => {
  async function item(name: string, words: string, shift = 0): Promise<CallHierarchyItem> {
    const uri = workspace.uriOf(name);
    if (!engine.isOpen(uri)) open(name);
    await engine.chapter(workspace.uriOf('barn.qmd'))!.whenChecked();
    const text = FILES[name]!;
    const position = TextDocument.create(uri, '', 1, text).positionAt(text.indexOf(words) + shift);
    const items = await engine.answer(uri, prepareCallHierarchy, { textDocument: { uri }, position });
    return items![0]!;
  }
  const uriOf = (one: CallHierarchyItem) => (one.data as { readonly uri: string } | undefined)?.uri ?? one.uri;
  const callers = async (one: CallHierarchyItem) =>
    ((await engine.answer(uriOf(one), incomingCalls, { item: one })) ?? []).map(({ from }) => from);
  const callees = async (one: CallHierarchyItem) =>
    ((await engine.answer(uriOf(one), outgoingCalls, { item: one })) ?? []).map(({ to }) => to);
  const names = (items: readonly CallHierarchyItem[]) => items.map(({ name }) => name);

  test('from a data file leads to what reads the entry, and on from there', async () => {
    const cows = await item('data/barns.yaml', '60');
    expect(cows).toMatchObject({ name: 'barns[0].cows = 60', detail: 'barns.yaml' });
    expect(await callees(cows)).toEqual([]);
    const found = await callers(cows);
    expect(names(found)).toEqual(['north = 60']);
    expect(names(await callers(found[0]!))).toEqual(['litres = 512.4', 'feed_kg = 1170.0', '145']);
  });

  test('from a module goes through chapters that are not open as well', async () => {
    const feed = await item('farm/rates.py', '19.5');
    const found = await callers(feed);
    expect(names(found)).toEqual(['feed_kg = 1170.0', 'sacks = 0.78']);
    expect(found[1]!.uri).toBe(workspace.uriOf('mill.qmd'));
    expect(names(await callers(found[1]!))).toEqual(['0.78']);
    expect(names(await callees(found[1]!))).toEqual(['COW.feed = 19.5']);
  });

  test.each([
    ['open', true],
    ['not open', false],
  ])('from a computed name of a module leads to what it is made of, by a chapter that is %s', async (_, isOpen) => {
    if (isOpen) {
      open('mill.qmd');
      await engine.chapter(workspace.uriOf('mill.qmd'))!.whenChecked();
    }
    const season = await item('farm/seasons.py', 'SEASON');
    expect(season.name).toBe('SEASON');
    const made = await callees(season);
    expect(names(made)).toEqual(['MILKED = 28', 'DRY = 60']);
    expect(made[0]!.uri).toBe(workspace.uriOf('farm/seasons.py'));
    expect(await callees(made[0]!)).toEqual([]);
    const found = await callers(season);
    expect(names(found)).toEqual(['SEASON = 8540.0']);
    expect(names(await callers(found[0]!))).toEqual(['cans = 213.5']);
  });

  test('where nothing is that a chapter could show, there is none', async () => {
    const uri = workspace.uriOf('data/barns.yaml');
    open('data/barns.yaml');
    const position = { line: 5, character: 0 };
    expect(await engine.answer(uri, prepareCallHierarchy, { textDocument: { uri }, position })).toBeNull();
  });
});
