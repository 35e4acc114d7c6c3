/** Trees that are asked for while a chapter is still evaluated: they wait for it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver';
import type { Engine } from '../../../server/engine';
import { prepareCallHierarchy } from '../../../server/features/callHierarchy';
import { provenance } from '../../../server/features/provenance';
import { uriOfPath } from '../../../server/files/uri';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let workspace: TestWorkspace;
let engine: Engine;
let uri: string;

// It counts for longer than a request waits that takes what is known by then.
const CHAPTER = `\`\`\`{python}
nurses = 7
turns = 0
while turns < 1_500_000:
    turns += 1
hours = nurses * 8
\`\`\`

They work \`{python} hours\` hours.
`;

const AT = { line: 8, character: 21 };

beforeEach(() => {
  workspace = new TestWorkspace();
  engine = engineIn(workspace.folder).engine;
  uri = uriOfPath(workspace.write('chapter.qmd', CHAPTER));
  engine.open(uri, 1, CHAPTER);
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

test('right after a chapter was opened, a tree is whole, with a link at each node', async () => {
  const params = { textDocument: { uri }, position: AT };
  const [tree, items] = await Promise.all([
    engine.answer(uri, provenance, params),
    engine.answer(uri, prepareCallHierarchy, params),
  ]);
  expect(tree?.nodes.map(({ label, place }) => [label, place?.range.start.line])).toEqual([
    ['hours = 56', 5],
    ['nurses = 7', 1],
  ]);
  expect(items).toHaveLength(1);
});

test('whoever gives up a tree does not wait for it', async () => {
  const source = new CancellationTokenSource();
  const asked = engine.answer(uri, provenance, { textDocument: { uri }, position: AT }, source.token);
  source.cancel();
  await expect(asked).rejects.toThrow();
  expect(engine.chapter(uri)!.evaluation.analysis.cells[0]!.pending).not.toBe(false);
});
