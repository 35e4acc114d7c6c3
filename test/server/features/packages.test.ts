/** Features at names of a book's own packages, in chapters and in the files of the packages. */

import { expect, test } from 'vitest';
import type { CompletionList, Hover, Location, LocationLink } from 'vscode-languageserver';
import { parseProgram } from '../../../mlsys';

import { type FeatureContext, features } from '../../../server/features';
import { DEFAULT_SETTINGS } from '../../../server/protocol';
import { analyzeBook, viewPackage } from '../../support/books';

const handlers = new Map(await Promise.all(features.map(async one => [one.method, await one.load()] as const)));

const SOURCES = {
  'tanks/__init__.py': 'from .pumps import *\nfrom .pumps import Pump as Machine\nfrom . import shapes\n',
  'tanks/pumps.py': `"""Pumps of the plant."""
import pint
ureg = pint.UnitRegistry()
FLOW = 40 * ureg.liter / ureg.minute  # data sheet, 2023
# From the catalogue of 2021.
HEAD = (
    12
)
VOLUME = 23
"""What fits into one."""


class Pump:
    power = 5  # kW, name plate


class Large(Pump):
    pass


def need(volume,
         flow=FLOW):
    """How long it takes.

    More on this.
    """
    return volume / flow


def __getattr__(name):
    return name
`,
  'tanks/shapes.py': 'from .pumps import FLOW, Large\n\ndouble = FLOW * 2\n\n\ndef one(FLOW):\n    return FLOW\n',
};

const CHAPTER = `\`\`\`{python}
from tanks import *
from tanks.pumps import HEAD, Large as Big, need
import tanks
import tanks.shapes as forms
x = FLOW
y = tanks.HEAD
z = Big.power
w = tanks.pumps.later
v = Machine
n = need
h = HEAD + 1
\`\`\`

It takes \`{python} VOLUME\`, \`{python} HEAD\` and \`{python} tanks.FLOW\` and \`{python} x\` and \`{python} h\`.
`;

const URI = 'file:///book/chapter.qmd';
const analysis = analyzeBook(CHAPTER, SOURCES);
const context: FeatureContext = {
  uri: URI,
  settings: DEFAULT_SETTINGS,
  findings: [],
  chapters: () => [{ uri: URI, analysis }],
};

/** Asks in the chapter, `shift` code units behind the beginning of `near`. */
function ask<R>(method: string, near: string, shift = 0, params: object = {}, one = analysis): R {
  const position = one.chapter.lines.positionAt(one.chapter.text.indexOf(near) + shift);
  return handlers.get(method)!.handle(one, { textDocument: { uri: URI }, position, ...params }, context) as R;
}

/** Asks in a file of the package. */
function askIn<R>(file: keyof typeof SOURCES, method: string, near: string, shift = 0, params: object = {}): R {
  const name = file.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
  const view = viewPackage(name, parseProgram(SOURCES[file], `/book/${file}`), SOURCES);
  const position = view.module.lines.positionAt(SOURCES[file].indexOf(near) + shift);
  const feature = handlers.get(method)!;
  return (feature.inPackage?.(view, { position, ...params }, context) ?? null) as R;
}

const textOf = async (hover: Hover | null | Promise<Hover | null>) =>
  ((await hover)?.contents as { value: string } | undefined)?.value;

test("an attribute of a value is no matter of the module's __getattr__", async () => {
  const text = '```{python}\nimport tanks.pumps\nx = tanks.pumps.HEAD.real\n```\n';
  const one = analyzeBook(text, SOURCES);
  expect((await ask('textDocument/definition', 'real', 1, {}, one)) ?? []).toEqual([]);
  expect((await textOf(ask('textDocument/hover', 'real', 1, {}, one))) ?? '').not.toContain('__getattr__');
});

test.each([
  ['FLOW\ny', ["`FLOW` = `<Quantity(40.0, 'liter / minute')>` *Quantity*", '# data sheet, 2023', 'pumps.py#L4']],
  ['tanks.FLOW', ['40 * ureg.liter / ureg.minute  # data sheet, 2023'], 6],
  ['HEAD, Large', ['`HEAD` = `12` *int*', '# From the catalogue of 2021.\nHEAD = (\n    12\n)\n', '(line 6)']],
  ['{python} VOLUME', ['**23**', 'VOLUME = 23\n', 'What fits into one.', '`tanks.pumps`'], 10],
  ['{python} HEAD', ['**12**', '`12` *int*\n', '# From the catalogue of 2021.\nHEAD = ('], 10],
  [
    '{python} h',
    ['h = HEAD + 1', '- `HEAD` = `12` *assumption* (From the catalogue of 2021.) [↗](file:///book/tanks/pumps.py#L6)'],
    9,
  ],
  ['{python} x', ['- `FLOW` = `40 l/min`', 'pumps.py#L4'], 9],
  ['Big.power', ['`Big.power` = `5` *int*', 'power = 5  # kW, name plate'], 5],
  ['tanks.pumps.later', ['def __getattr__(name):'], 13],
  ['Machine', ['class Pump:']],
  ['need\nh =', ['def need(volume,\n         flow=FLOW):\n```', 'How long it takes.\n']],
  ['tanks.pumps import', ['Pumps of the plant.', 'pumps.py#L1'], 8],
] satisfies [string, string[], number?][])('hover at %j in a chapter', async (near, parts, shift = 0) => {
  const text = await textOf(ask('textDocument/hover', near, shift));
  for (const part of parts) expect(text).toContain(part);
});

test.each([
  ['FLOW\ny', 'pumps.py 4:1'],
  ['{python} tanks.FLOW', 'pumps.py 4:1', 16],
  ['Big.power', 'pumps.py 14:5', 5],
  ['Machine', 'pumps.py 13:7'],
  ['forms', 'shapes.py 1:1'],
  ['tanks.shapes', 'shapes.py 1:1', 7],
  ['tanks import', '__init__.py 1:1', 2],
])('definition of %j', async (near, place, shift = 0) => {
  const [link] = await ask<Promise<LocationLink[]>>('textDocument/definition', near, shift);
  const { line, character } = link!.targetSelectionRange.start;
  expect(`${link!.targetUri.split('/').at(-1)} ${line + 1}:${character + 1}`).toBe(place);
});

const placesOf = (found: Location[]) =>
  found.map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line + 1}`);

const EVERYWHERE = ['chapter.qmd:15', 'chapter.qmd:6', 'pumps.py:22', 'pumps.py:4', 'shapes.py:1', 'shapes.py:3'];

test('references to a name of a package are those in all files, local names of that name left out', () => {
  const all = { context: { includeDeclaration: true } };
  expect(placesOf(ask('textDocument/references', 'FLOW\ny', 0, all)).sort()).toEqual(EVERYWHERE);
  expect(placesOf(askIn('tanks/shapes.py', 'textDocument/references', 'FLOW *', 0, all)).sort()).toEqual(EVERYWHERE);
  const uses = placesOf(ask('textDocument/references', 'FLOW\ny', 0, { context: { includeDeclaration: false } }));
  expect(uses.sort()).toEqual(EVERYWHERE.filter(place => place !== 'pumps.py:4'));
});

test('hover and definition in a file of the package', async () => {
  const hover = await textOf(askIn('tanks/shapes.py', 'textDocument/hover', 'FLOW * 2'));
  expect(hover).toContain("`FLOW` = `<Quantity(40.0, 'liter / minute')>` *Quantity*");
  expect(hover).toContain('# data sheet, 2023');
  expect(askIn('tanks/shapes.py', 'textDocument/hover', 'return FLOW', 8)).toBeNull();
  const [link] = askIn<LocationLink[]>('tanks/__init__.py', 'textDocument/definition', '.pumps import Pump', 3);
  expect(link!.targetUri).toBe('file:///book/tanks/pumps.py');
});

test.each([
  ['tanks.', ['FLOW', 'HEAD', 'Large', 'Machine', 'Pump', 'VOLUME', 'need', 'pint', 'pumps', 'shapes', 'ureg']],
  ['Big.', ['power']],
  ['from tanks.shapes import ', ['FLOW', 'Large', 'double', 'one']],
])('completion after %j', async (typed, names) => {
  const edited = analyzeBook(
    CHAPTER.replace('h = HEAD + 1\n', `h = HEAD + 1\n\`\`\`\n\n\`\`\`{python}\n${typed}\n`),
    SOURCES,
  );
  const { items } = await ask<Promise<CompletionList>>(
    'textDocument/completion',
    `\n${typed}\n`,
    typed.length + 1,
    {},
    edited,
  );
  expect(items.map(({ label }) => label).sort()).toEqual(names);
});

test('names of modules that cells import from are offered with what they are and their import, and none of the library', async () => {
  const edited = analyzeBook('```{python}\nfrom tanks.pumps import Pump\nx = F\n```\n', {
    'tanks/__init__.py': '',
    'tanks/pumps.py': 'import math\nFLOW = 40 * math.pi\nclass Pump:\n    pass\n',
  });
  const { items } = await ask<Promise<CompletionList>>('textDocument/completion', 'x = F', 5, {}, edited);
  const [flow] = items.filter(({ label }) => label === 'FLOW');
  expect(flow).toMatchObject({ detail: '40 * math.pi', labelDetails: { description: 'tanks.pumps' } });
  expect(flow!.additionalTextEdits).toMatchObject([{ newText: ', FLOW' }]);
  expect(items.some(({ labelDetails }) => labelDetails?.description?.startsWith('mlsys') === true)).toBe(false);
});
