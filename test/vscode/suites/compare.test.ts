/** Numbers against the last commit, by the real Git extension. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../client/ids';
import type { GitApi } from '../../../client/lastCommit';
import { eventually, fileOf, hoverText, openChapter, positionOf } from '../support';

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi & { openRepository(root: vscode.Uri): Promise<unknown> };
}

const NAME = 'tank.qmd';
const TEXT = '```{python}\nrate = 40\nhours = 1200 / rate\n```\n\nIt takes `{python} hours` hours.\n';

describe('comparing with the last commit', () => {
  before(async function () {
    const folder = fileOf('.').fsPath;
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
    await vscode.workspace.fs.writeFile(fileOf(NAME), Buffer.from(TEXT));
    git('init', '-b', 'main');
    git('add', '.');
    git('commit', '-m', 'First');
    const extension = vscode.extensions.getExtension('vscode.git');
    if (extension === undefined) return this.skip();
    const exported = (await extension.activate()) as GitExtension;
    // The host of the tests has it disabled.
    await vscode.workspace.getConfiguration('git').update('enabled', true);
    await eventually('the Git extension', () => (exported.enabled ? true : undefined));
    const api = exported.getAPI(1);
    await api.openRepository(fileOf('.'));
    await eventually('the first commit', () => api.getRepository(fileOf(NAME))?.state.HEAD?.commit);
  });

  it('the command leads to a number that changed, and hovers say what it was', async () => {
    const editor = await openChapter(NAME);
    const { document } = editor;
    const at = positionOf(document, 'rate = 40', 7);
    await editor.edit(edit => edit.replace(new vscode.Range(at, at.translate(0, 2)), '50'));
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const shown = vscode.commands.executeCommand(COMMANDS.compareNumbers);
    const place = positionOf(document, '`{python} hours`');
    await eventually('the place of the number', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const selection = vscode.window.activeTextEditor?.selection;
      return selection?.start.isEqual(place) ? true : undefined;
    });
    await shown;
    const text = await hoverText(document.uri, place.translate(0, 12));
    assert.match(text, /Was \*\*30\.0\*\* at the last commit/);
  });
});
