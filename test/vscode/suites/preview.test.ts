import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, PREVIEW_PANEL } from '../../../client/ids';
import { eventually, openChapter } from '../support';

function previewTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(tab => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(PREVIEW_PANEL));
}

describe('preview', () => {
  it('opens beside the editor, once a chapter', async () => {
    await openChapter('trip.qmd');
    await vscode.commands.executeCommand(COMMANDS.openPreviewToSide);
    await eventually('the panel', () => (previewTabs().length === 1 ? true : undefined));
    await vscode.commands.executeCommand(COMMANDS.openPreviewToSide);
    assert.equal(previewTabs().length, 1);
    assert.equal(previewTabs()[0]!.group.viewColumn, vscode.ViewColumn.Two);
  });

  it('leaves the editor in front', () => {
    assert.equal(vscode.window.activeTextEditor?.document.fileName.endsWith('trip.qmd'), true);
  });

  it('goes along with other chapters, and stays where a file that these include is edited', async () => {
    const shown: string[] = [];
    const watching = vscode.window.tabGroups.onDidChangeTabs(() =>
      shown.push(...previewTabs().map(({ label }) => label)),
    );
    await openChapter('_fares.qmd');
    await openChapter('typing.qmd');
    await eventually('the other chapter', () => previewTabs()[0]?.label.includes('typing.qmd') || undefined);
    watching.dispose();
    assert.deepEqual(
      shown.filter(label => label.includes('_fares.qmd')),
      [],
    );
  });

  it('closes', async () => {
    await vscode.window.tabGroups.close(previewTabs());
    await eventually('no panel', () => (previewTabs().length === 0 ? true : undefined));
  });
});
