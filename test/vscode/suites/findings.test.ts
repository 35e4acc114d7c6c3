import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, findings, openChapter, positionOf } from '../support';

describe('findings', () => {
  it('reports a name that no cell makes, where it stands', async () => {
    const { document } = await openChapter('trip.qmd');
    const [finding] = await findings(document.uri, 'undefined-export');
    assert.equal(document.getText(finding!.range), 'hour_str');
    assert.equal(finding!.source, 'reckoner');
  });

  it('names a near name and puts it in', async () => {
    const { document } = await openChapter('trip.qmd');
    const [finding] = await findings(document.uri, 'undefined-export');
    const fix = await eventually('a fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding!.range,
      );
      return actions.find(action => action.title.includes('hours_str') && action.edit !== undefined);
    });
    await vscode.workspace.applyEdit(fix.edit!);
    assert.match(document.getText(), /Spelled wrongly: `\{python\} hours_str`/);
    await eventually('the finding to go', () => {
      const left = vscode.languages.getDiagnostics(document.uri).filter(each => /hour_str/.test(each.message));
      return left.length === 0 ? true : undefined;
    });
  });

  it('opens a cell that lost its fence', async () => {
    const { document } = await openChapter('trip.qmd');
    const [finding] = await findings(document.uri, 'unopened-cell');
    const fix = await eventually('the fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding!.range,
      );
      return actions.find(action => action.edit !== undefined && action.kind?.value.startsWith('quickfix'));
    });
    await vscode.workspace.applyEdit(fix.edit!);
    await eventually('the finding to go', () => {
      const left = vscode.languages.getDiagnostics(document.uri).map(each => each.message);
      return left.some(message => /litres_str/.test(message)) ? undefined : true;
    });
    assert.match(document.getText(), /```\{python\}\n# ┌─+\n# │ FUEL/);
  });

  it('follows an edit', async () => {
    const { document } = await openChapter('trip.qmd');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, positionOf(document, 'Some words'), 'It is `{python} nowhere_str` far. ');
    await vscode.workspace.applyEdit(edit);
    await eventually('the new finding', () =>
      vscode.languages.getDiagnostics(document.uri).find(each => each.message.includes('nowhere_str')),
    );
  });
});
