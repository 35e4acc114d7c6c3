import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, eventually, findings, openChapter, positionOf } from '../support';

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
    assert.match(document.getText(), /```\{python\}\n#\| echo: false\n# ┌─+\n# │ FUEL/);
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

  it('leads to the page of its rule, rendered', async () => {
    const { document } = await openChapter('trip.qmd');
    const [finding] = await findings(document.uri, 'undefined-export');
    const code = finding!.code as { readonly target: vscode.Uri };
    assert.equal(code.target.toString(true), 'command:reckoner.showRule?["undefined-export"]');
    await vscode.commands.executeCommand('reckoner.showRule', 'undefined-export');
    await eventually('the page', () =>
      vscode.window.tabGroups.all.flatMap(group => group.tabs).find(tab => tab.label.includes('undefined-export.md')),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is silent once its rule is off in the project', async () => {
    const { document } = await openChapter('trip.qmd');
    await findings(document.uri, 'undefined-export');
    const chosen = vscode.commands.executeCommand('reckoner.setRuleLevel', 'undefined-export', document.uri.toString());
    await eventually('the level', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const left = vscode.languages.getDiagnostics(document.uri).filter(each => /undefined-export/.test(codeOf(each)));
      return left.length === 0 ? true : undefined;
    });
    await chosen;
    const [found] = await vscode.workspace.findFiles('.reckoner.yml');
    assert.match((await vscode.workspace.openTextDocument(found!)).getText(), /rules:\n {2}undefined-export: off/);
    await vscode.workspace.fs.delete(found!);
    await findings(document.uri, 'undefined-export');
  });
});
