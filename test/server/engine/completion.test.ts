/** Completion while a cell is typed in: from the text as it is, with what is known by then. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import type { Engine } from '../../../server/engine';
import { completion } from '../../../server/features/completion';
import { hover } from '../../../server/features/hover';
import { uriOfPath } from '../../../server/files/uri';
import { rowText } from '../../support/completion';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let workspace: TestWorkspace;
let engine: Engine;

beforeEach(() => {
  workspace = new TestWorkspace();
  engine = engineIn(workspace.folder).engine;
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

/** The rows right after text was typed in place of `□`, before anything is evaluated again. */
async function typed(chapter: string, text: string): Promise<readonly string[]> {
  const uri = uriOfPath(workspace.write('chapter.qmd', ''));
  const at = chapter.indexOf('□');
  const lines = chapter.slice(0, at).split('\n');
  const start = { line: lines.length - 1, character: lines.at(-1)!.length };
  engine.open(uri, 1, chapter.replace('□', ''));
  // An answer that waits for what assignments made.
  await engine.answer(uri, hover, { textDocument: { uri }, position: { line: start.line - 1, character: 5 } });
  engine.change(uri, 2, [{ range: { start, end: start }, text }]);
  const position = { line: start.line, character: start.character + text.length };
  const params = { textDocument: { uri }, position, context: { triggerKind: 1 as const } };
  const list = (await engine.answer(uri, completion, params)) as CompletionList | null;
  return (list?.items ?? []).map(rowText);
}

const cell = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n`;

test('names above have the values that they keep', async () => {
  const code = 'class Tank:\n    litres = 40\n    name_str = "big"\n    □\n    height = 3';
  expect(await typed(cell(code), 'pressure = l')).toContain('litres = 40');
  expect(await typed(cell(code), 'pressure = na')).toContain("name_str = 'big'");
});

test('what a line below makes is not offered, and what may be another one by what is typed has none', async () => {
  expect(await typed(cell('class Tank:\n    litres = 40\n    □\n    height = 3'), 'width = h')).not.toContain('height');
  expect(await typed(cell('a = 1\nfor i in range(2):\n    total = i + a\n    a = 2□'), ' + to')).toContain('total');
  expect(await typed(cell('total = (4 +\n    1□)\n'), ' + to')).toContain('total');
});

test('units that fit an object, in a call that fails as it stands', async () => {
  workspace.write(
    'tanks.py',
    'import pint\nureg = pint.UnitRegistry()\nminute = ureg.minute\nclass Tank:\n    def __init__(self):\n        self.flow = 2 * ureg.liter / minute\nclass All:\n    big = Tank()\n',
  );
  const code =
    'from tanks import All, minute, ureg\nclass Big:\n    tank = All.big\n    volume = 40 * ureg.liter\n    □';
  expect((await typed(cell(code), 'time = (volume / tank.flow).to('))[0]).toBe('minute = 20 min');
});
