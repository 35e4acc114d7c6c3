/** A lock of values beside a chapter that is open: what drifts from it, and how that is accepted. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { LineIndex } from '../../../server/chapter/lines';
import type { Engine } from '../../../server/engine';
import { codeAction } from '../../../server/features/codeAction';
import { NodeFileSystem } from '../../../server/files/node';
import { engineIn } from '../../support/engine';
import { TestWorkspace } from '../../support/workspace';

const CHAPTER = '```{python}\na = 6 * 7\nb = 2\n```\n\nIt is `{python} a`, and `{python} b`.\n';
const LOCK = '{"version": 1, "chapters": {"a.qmd": {"a": "41", "b": "1"}}}';

let workspace: TestWorkspace;
let files: NodeFileSystem;
let engine: Engine;
let uri: string;

beforeEach(() => {
  workspace = new TestWorkspace({ '_quarto.yml': '', 'reckoner.lock.json': LOCK });
  files = new NodeFileSystem();
  engine = engineIn(workspace.folder, {}, files).engine;
  uri = workspace.uriOf('a.qmd');
  engine.open(uri, 1, CHAPTER);
});

afterEach(async () => {
  await engine.close();
  workspace.remove();
});

const drifting = async () =>
  (await engine.chapter(uri)!.whenChecked()).findings
    .filter(({ code }) => code === 'value-drift')
    .map(({ range }) => CHAPTER.slice(range.start, range.end));

async function actions(): Promise<CodeAction[]> {
  const position = engine.chapter(uri)!.chapter.lines.positionAt(CHAPTER.indexOf(' a`') + 1);
  const params = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } };
  return (await engine.answer(uri, codeAction, params))!;
}

/** Does what an action says to the lock. */
function take(title: string, all: readonly CodeAction[]): void {
  const { changes } = all.find(one => one.title === title)!.edit!;
  const [edit] = (changes as Record<string, TextEdit[]>)[workspace.uriOf('reckoner.lock.json')]!;
  expect(edit!.range).toEqual(LineIndex.of(LOCK).rangeOf({ start: 0, end: LOCK.length }));
  workspace.write('reckoner.lock.json', edit!.newText);
  files.report([{ path: workspace.pathOf('reckoner.lock.json'), cameOrWent: false }]);
}

test('one value is accepted, or all of the chapter', async () => {
  expect(await drifting()).toEqual(['a', 'b']);
  const offered = await actions();
  expect(offered.map(({ title }) => title)).toEqual([
    'Accept the value of `a`',
    'Accept all values of this chapter',
    'Ignore `value-drift` here, for a reason',
    'Turn `value-drift` off in this chapter',
  ]);
  take('Accept the value of `a`', offered);
  expect(await drifting()).toEqual(['b']);
});

test('all values of the chapter are accepted', async () => {
  await drifting();
  take('Accept all values of this chapter', await actions());
  expect(await drifting()).toEqual([]);
});

test('a lock that comes counts at once, and one that goes no more', async () => {
  const path = workspace.pathOf('reckoner.lock.json');
  await drifting();
  workspace.delete('reckoner.lock.json');
  files.report([{ path, cameOrWent: true }]);
  expect(await drifting()).toEqual([]);
  workspace.write('reckoner.lock.json', LOCK);
  files.report([{ path, cameOrWent: true }]);
  expect(await drifting()).toEqual(['a', 'b']);
});
