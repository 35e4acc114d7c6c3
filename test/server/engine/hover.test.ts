/** What hovers ask the evaluation for, and when: somebody who points at a number waits for the answer. */
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '../../../server/engine';
import { hover } from '../../../server/features/hover';
import { inlayHint } from '../../../server/features/inlayHint';
import { uriOfPath } from '../../../server/files/uri';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let workspace: TestWorkspace;
let engine: Engine;
let uri: string;
/** Expressions of which somebody asked the evaluation where they come from. */
let asked: string[] = [];

const CHAPTER = `\`\`\`{python}
beds = 12
\`\`\`

The ward has \`{python} beds\` beds.

\`\`\`{python}
nurses = beds / 4
hours = nurses * 8
\`\`\`

Its \`{python} nurses\` nurses work \`{python} hours\` hours.
`;

beforeEach(() => {
  workspace = new TestWorkspace();
  asked = [];
  engine = engineIn(workspace.folder, {}, undefined, request => {
    if (request.kind === 'ask' && request.question.kind === 'provenance') asked.push(request.question.expr);
  }).engine;
  uri = uriOfPath(workspace.write('chapter.qmd', CHAPTER));
  engine.open(uri, 1, CHAPTER);
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

async function hoverAt(line: number, character: number): Promise<string> {
  // A busy machine would be answered from what is known by then.
  await engine.chapter(uri)!.whenChecked();
  const found = await engine.answer(uri, hover, { textDocument: { uri }, position: { line, character } });
  return (found?.contents as { value: string } | undefined)?.value ?? '';
}

const hoverOnHours = () => hoverAt(11, CHAPTER.split('\n')[11]!.indexOf('hours'));

test('what is in view is asked for before somebody points at it', async () => {
  const range = { start: { line: 4, character: 0 }, end: { line: 12, character: 0 } };
  await engine.chapter(uri)!.whenChecked();
  await engine.answer(uri, inlayHint, { textDocument: { uri }, range });
  await vi.waitFor(() => expect(asked).toEqual(['beds', 'nurses', 'hours']), { timeout: 20_000 });
  expect(await hoverOnHours()).toContain('`nurses × 8`');
  expect(asked).toEqual(['beds', 'nurses', 'hours']);
});

test('a second look asks for nothing, and words that are typed change nothing of that', async () => {
  const first = await hoverOnHours();
  const start = { line: 11, character: 0 };
  engine.change(uri, 2, [{ range: { start, end: start }, text: 'Now: ' }]);
  expect((await hoverAt(11, CHAPTER.split('\n')[11]!.indexOf('hours') + 5)).replace('Now: ', '')).toBe(first);
  expect(asked).toEqual(['hours']);
});

test('a cell that is edited is asked about again, also where it gives the same value; what stands above it is not', async () => {
  await hoverOnHours();
  await hoverAt(4, 25);
  const start = { line: 7, character: 'nurses = '.length };
  engine.change(uri, 2, [
    { range: { start, end: { line: 7, character: 'nurses = beds / 4'.length } }, text: '2 + 1.0' },
  ]);
  expect(await hoverOnHours()).toContain('assumption');
  expect(await hoverOnHours()).not.toContain('beds');
  await hoverAt(4, 25);
  expect(asked).toEqual(['hours', 'beds', 'hours']);
});

test('what is in view is not asked for any more once the text is another', async () => {
  const range = { start: { line: 4, character: 0 }, end: { line: 12, character: 0 } };
  await engine.chapter(uri)!.whenChecked();
  await engine.answer(uri, inlayHint, { textDocument: { uri }, range });
  engine.change(uri, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }]);
  await pause(300);
  expect(asked).toEqual([]);
});

test('an entry of a data file is told with the keys that lead there, a list as it is written', async () => {
  workspace.write('data/wards.yaml', 'wards:\n  - name: East\n    beds: 12\n    rates: [0.5, 0.8]\n');
  const text = `\`\`\`{python}
from pathlib import Path
import yaml
east = yaml.safe_load(Path("data/wards.yaml").read_text())["wards"][0]
shifts = {"day": 3, "night": 2}
hours = east["beds"] * 8 + sum(shifts.values())
mean = sum(east["rates"]) / 2
\`\`\`

\`{python} hours\` and \`{python} mean\`
`;
  uri = uriOfPath(workspace.write('wards.qmd', text));
  engine.open(uri, 1, text);
  const link = `${uriOfPath(workspace.pathOf('data/wards.yaml'))}#L`;
  const hours = await hoverAt(9, 12);
  expect(hours).toContain(`- \`east["beds"]\` = \`12\` [data/wards.yaml:3](${link}3) \`wards[0].beds\``);
  expect(hours).toContain('- `shifts` = `{"day": 3, "night": 2}`');
  expect(await hoverAt(9, 32)).toContain(
    `- \`east["rates"]\` = \`[0.5, 0.8]\` [data/wards.yaml:4](${link}4) \`wards[0].rates\``,
  );
});

test('a data file that changes while a chapter that reads it is evaluated for the first time', async () => {
  const path = workspace.write('data/wards.yaml', 'beds: 10\n');
  const data = uriOfPath(path);
  const text = `\`\`\`{python}
import yaml
with open("data/wards.yaml") as file:
    beds = yaml.safe_load(file)["beds"]
\`\`\`

\`{python} beds\`
`;
  for (let turns = 0; turns < 12; turns++) {
    const one = uriOfPath(workspace.write(`ward${turns}.qmd`, text));
    engine.open(data, 1, 'beds: 10\n');
    engine.open(one, 1, text);
    for (let turn = 0; turn < turns; turn++) await immediate();
    engine.change(data, 2, [{ text: `beds: ${20 + turns}\n` }]);
    const { analysis } = await engine.chapter(one)!.whenChecked();
    expect(analysis.refs[0]?.text, `after ${turns} turns`).toBe(String(20 + turns));
    engine.closeDocument(one);
    engine.closeDocument(data);
  }
});

test('a module of a package that changes while a chapter that imports it is evaluated for the first time', async () => {
  const module = uriOfPath(workspace.write('hospital/wards.py', 'BEDS = 10\n'));
  workspace.write('hospital/__init__.py', 'from .wards import BEDS\n');
  const text = '```{python}\nfrom hospital import BEDS\n```\n\n`{python} BEDS`\n';
  for (let turns = 0; turns < 12; turns++) {
    const one = uriOfPath(workspace.write(`hospital${turns}.qmd`, text));
    engine.open(module, 1, 'BEDS = 10\n');
    engine.open(one, 1, text);
    for (let turn = 0; turn < turns; turn++) await immediate();
    engine.change(module, 2, [{ text: `BEDS = ${20 + turns}\n` }]);
    const { analysis } = await engine.chapter(one)!.whenChecked();
    expect(analysis.refs[0]?.text, `after ${turns} turns`).toBe(String(20 + turns));
    engine.closeDocument(one);
    engine.closeDocument(module);
  }
});

test('a failed guard leads to the entry of a data file, also once that has moved', async () => {
  const path = workspace.write('data/wards.yaml', 'beds: 10\n');
  const data = uriOfPath(path);
  const text = `\`\`\`{python}
import yaml
with open("data/wards.yaml") as file:
    ward = yaml.safe_load(file)
beds = ward["beds"]
\`\`\`

\`\`\`{python}
def check(holds, message):
    if not holds:
        raise ValueError(message)
check(beds > 12, "wards have room")
\`\`\`
`;
  uri = uriOfPath(workspace.write('guard.qmd', text));
  engine.open(data, 1, 'beds: 10\n');
  engine.open(uri, 1, text);
  const entry = async () => {
    const { findings } = await engine.chapter(uri)!.whenChecked();
    const [place] = findings.find(({ code }) => code === 'failed-check')?.related ?? [];
    return place && `${place.position!.start.line + 1}: ${place.message}`;
  };
  expect(await entry()).toBe('1: `ward["beds"]` is 10 here');
  engine.change(data, 2, [{ text: '# At night\nbeds: 10\n' }]);
  expect(await entry()).toBe('2: `ward["beds"]` is 10 here');
});
