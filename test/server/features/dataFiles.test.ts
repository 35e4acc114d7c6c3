/**
 * Attributes whose values come from data files: hovers tell the line and definitions lead to it, in chapters of the book
 * `test/fixtures/book` (models from YAML) and beside files that a test writes. ¦ is where the author asks.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Hover, LocationLink } from 'vscode-languageserver';
import { features } from '../../../server/features';
import { NodeFileSystem } from '../../../server/files/node';
import { DEFAULT_SETTINGS } from '../../../server/protocol';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { TestWorkspace } from '../../support/workspace';

const BOOK = join(import.meta.dirname, '../../fixtures/book');
const workspace = new TestWorkspace();
const { folder } = workspace;
afterAll(() => workspace.remove());

const handlers = new Map(await Promise.all(features.map(async one => [one.method, await one.load()] as const)));

const cell = (code: string) => `\`\`\`{python}\n${code.trim()}\n\`\`\`\n`;

/** The answers in a chapter of a book at the cursor. */
function ask<Result>(method: string, marked: string, root: string): Promise<Result> {
  const path = join(root, root === BOOK ? 'chapters' : '', 'probe.qmd');
  const { analysis } = analyse(path, marked.replace('¦', ''), { root }, new PackageStore(new NodeFileSystem()));
  const uri = pathToFileURL(path).href;
  const position = analysis.chapter.lines.positionAt(marked.indexOf('¦'));
  const context = { uri, settings: DEFAULT_SETTINGS, findings: [] };
  return handlers.get(method)!.handle(analysis, { textDocument: { uri }, position }, context) as Promise<Result>;
}

async function hover(marked: string, root: string): Promise<string> {
  const found = await ask<Hover | null>('textDocument/hover', marked, root);
  return (found?.contents as { value: string } | undefined)?.value ?? '';
}

/** Where the definition is: its file, line and text. */
async function definition(marked: string, root: string): Promise<string[]> {
  const links = (await ask<LocationLink[] | null>('textDocument/definition', marked, root)) ?? [];
  return links.map(({ targetUri, targetSelectionRange: { start, end } }) => {
    const isOwn = targetUri.endsWith('.qmd');
    const line = (isOwn ? marked.replace('¦', '') : readFileSync(new URL(targetUri), 'utf8')).split('\n')[start.line]!;
    const text = line.slice(start.character, end.line === start.line ? end.character : undefined);
    return `${targetUri.slice(pathToFileURL(root).href.length + 1)}:${start.line + 1}: ${text}`;
  });
}

const DEVICES = 'plantbook/data/devices';

describe('models of the book', () => {
  const imported = cell('from plantbook import Catalogue');
  test.each([
    ['in a cell', cell('from plantbook import Catalogue\nx = Catalogue.Mainline.peak_f¦low')],
    ['in a reference', `${imported}\nIt moves \`{python} Catalogue.Mainline.peak_f¦low\`.\n`],
    ['in a class', cell('from plantbook import Catalogue\nclass A:\n    M = Catalogue.Mainline\n    x = M.peak_f¦low')],
    ['in an expression', `${imported}\nIt moves \`{python} 2 * Catalogue.Mainline.peak_f¦low\`.\n`],
  ])('a value that a validator made of a text, %s', async (_, chapter) => {
    const text = await hover(chapter, BOOK);
    expect(text).toMatch(
      /from \[devices\/mainline\.yaml:6\]\(file:[^)]*\/devices\/mainline\.yaml#L6\): `peak_flow: 310 lps`/,
    );
    expect(await definition(chapter, BOOK)).toEqual([`${DEVICES}/mainline.yaml:6: 310 lps`]);
  });

  test.each([
    ['a value that a merge brings', 'Catalogue.Mainline.sour¦ce', `mainline.yaml:3: Maker's data sheet, 2021`],
    ['a date', 'Catalogue.Booster.test¦ed', 'booster.yaml:7: 2023-04-05'],
  ])('%s', async (_, code, place) => {
    expect(await definition(cell(`from plantbook import Catalogue\nx = ${code}`), BOOK)).toEqual([
      `${DEVICES}/${place}`,
    ]);
  });

  test.each([
    ['a default', 'Catalogue.Booster.co¦p'],
    ['a property', 'Catalogue.Booster.effic¦iency'],
  ])('%s comes from no file', async (_, code) => {
    const chapter = cell(`from plantbook import Catalogue\nx = ${code}`);
    expect(await hover(chapter, BOOK)).not.toContain('yaml');
    expect((await definition(chapter, BOOK)).join()).not.toContain('yaml');
  });
});

describe('a registry of classes that a package fills from its files', () => {
  workspace.write('sim/hardware/h100.yaml', 'name: H100\nyear: 2022\npeak_flops: 989 TFLOPs/s  # dense\n');
  workspace.write(
    'sim/__init__.py',
    `from pathlib import Path
import pint, yaml
from pydantic import BaseModel, ConfigDict, field_validator
ureg = pint.UnitRegistry()
ureg.define("FLOPs = []")
class Chip(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    name: str
    year: int
    peak_flops: pint.Quantity
    @field_validator("peak_flops", mode="before")
    @classmethod
    def _quantity(cls, text): return ureg(text)
def load(name):
    with open(Path(__file__).parent / "hardware" / f"{name}.yaml") as file:
        return Chip(**yaml.safe_load(file))
class Hardware:
    class Cloud:
        H100 = load("h100")
`,
  );
  const IMPORT = cell('from sim import Hardware');
  test.each([
    ['in a reference', `${IMPORT}\nIt does \`{python} Hardware.Cloud.H100.peak_f¦lops\`.\n`],
    ['in an expression', `${IMPORT}\nIt does \`{python} 8 * Hardware.Cloud.H100.peak_f¦lops\`.\n`],
    ['in a cell', cell('from sim import Hardware as H\nC = H.Cloud\nx = C.H100.peak_f¦lops')],
  ])('leads to the line, %s', async (_, chapter) => {
    const link = `[hardware/h100.yaml:3](${pathToFileURL(join(folder, 'sim/hardware/h100.yaml')).href}#L3)`;
    expect(await hover(chapter, folder)).toContain(`from ${link}: \`peak_flops: 989 TFLOPs/s  # dense\``);
    expect(await definition(chapter, folder)).toEqual(['sim/hardware/h100.yaml:3: 989 TFLOPs/s']);
  });
});

describe('a registry that makes its attributes when they are asked for', () => {
  workspace.write('shop/pumps.yaml', 'slow:\n  flow: 12\nfast:\n  flow: 40\n');
  workspace.write(
    'shop/__init__.py',
    `from functools import cached_property
from pathlib import Path
import yaml
from pydantic import BaseModel
class Pump(BaseModel):
    flow: float
    @cached_property
    def shown(self) -> str: return f'{self.flow:.0f}'
    def __repr__(self): return self.shown
class Lazy(type):
    def __getattr__(cls, name):
        if name.startswith('_'): raise AttributeError(name)
        if '_items' not in vars(cls):
            raw = yaml.safe_load((Path(__file__).parent / 'pumps.yaml').read_text())
            cls._items = {key: Pump(**value) for key, value in raw.items()}
        return cls._items[name]
class Pumps(metaclass=Lazy): pass
`,
  );
  test.each([
    ['in a cell', cell('from shop import Pumps\nx = Pumps.fast.fl¦ow')],
    ['in a reference', `${cell('from shop import Pumps\nx = Pumps.slow.flow')}\n\`{python} Pumps.fast.fl¦ow\`\n`],
  ])('leads to the line, %s', async (_, chapter) => {
    expect(await hover(chapter, folder)).toMatch(/from \[shop\/pumps\.yaml:4\]\([^)]*\): `flow: 40`/);
    expect(await definition(chapter, folder)).toEqual(['shop/pumps.yaml:4: 40']);
  });
});

describe('instances of a chapter', () => {
  const files = {
    'h100.yaml': '# from the data sheet\nname: H100\npeak: 989 TFLOPs/s\nmemory: {size: 80}\n',
    'h100.json': '{\n  "name": "H100",\n  "peak": 989,\n  "memory": {"size": 80}\n}\n',
    'h100.toml': 'name = "H100"\r\npeak = 989\r\n[memory]\r\nsize = 80\r\n',
  };
  workspace.writeAll(files);

  const HEAD = `import json, tomllib, yaml
from dataclasses import dataclass
from pathlib import Path
from pydantic import BaseModel, Field
y = yaml.safe_load(Path("h100.yaml").read_text())
j = json.loads(Path("h100.json").read_text())
with open("h100.toml", "rb") as f: t = tomllib.load(f)
@dataclass
class Memory:
    size: float = 1
@dataclass(frozen=True)
class Chip:
    name: str
    peak: object
    memory: object = None
class Model(BaseModel):
    name: str = ''
    top: object = Field(default=0, alias='peak')
    memory: Memory = Memory()
class Plain:
    def __init__(self, peak): self.peak = 2 * peak
`;
  const YAML = 'h100.yaml:3: 989 TFLOPs/s';
  test.each([
    ['a data class of a mapping', 'c = Chip(**y)\nx = c.pe¦ak', [YAML]],
    ['JSON', 'c = Chip(**j)\nx = c.pe¦ak', ['h100.json:3: 989']],
    ['TOML with line ends of Windows', 'c = Chip(**t)\nx = c.pe¦ak', ['h100.toml:2: 989']],
    ['an argument by name', "c = Chip('a', peak=y['peak'])\nx = c.pe¦ak", [YAML]],
    ['an argument that converts', "c = Chip('a', peak=float(j['peak']) * 1e12)\nx = c.pe¦ak", ['h100.json:3: 989']],
    ['an element of an element', "c = Memory(size=y['memory']['size'])\nx = c.si¦ze", ['h100.yaml:4: 80']],
    ['a model of a mapping, by an alias', 'c = Model(**y)\nx = c.t¦op', [YAML]],
    ['a model that is validated', 'c = Model.model_validate(y)\nx = c.t¦op', [YAML]],
    ['a data class in a model', 'c = Model.model_validate(y)\nx = c.memory.si¦ze', ['h100.yaml:4: 80']],
    ['arguments of a function', 'def f(**d): return Chip(**d)\nc = f(**y)\nx = c.na¦me', ['h100.yaml:2: H100']],
  ])('%s', async (_, code, places) => {
    expect(await definition(cell(HEAD + code), folder)).toEqual(places);
    expect(await hover(cell(HEAD + code), folder)).toContain(
      `[${folder.split('/').at(-1)!.replaceAll('-', '\\-')}/${places[0]!.slice(0, 11)}](`,
    );
  });

  test.each([
    ['a value put in its place in the dict', "y['peak'] = 3\nc = Chip(**y)\nx = c.pe¦ak"],
    ['a value given to the attribute later', 'c = Model(**y)\nc.top = 3\nx = c.t¦op'],
    ['one of two elements', "c = Chip('a', peak=j['peak'] / j['memory']['size'])\nx = c.pe¦ak"],
    ['an argument that wins over the mapping', "c = Chip(**{**y, 'peak': 3})\nx = c.pe¦ak"],
    ['a class with an __init__ of its own', "c = Plain(peak=j['peak'])\nx = c.pe¦ak"],
  ])('%s has no place in a file', async (_, code) => {
    expect(await hover(cell(HEAD + code), folder)).not.toContain('h100');
    expect((await definition(cell(HEAD + code), folder)).join()).not.toContain('h100');
  });
});
