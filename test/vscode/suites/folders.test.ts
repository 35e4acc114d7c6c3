/** A workspace of several folders: what one of them sets holds for its own files, and goes with it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeOf, eventually, hoverText } from '../support';

function fileIn(folder: string, name: string): vscode.Uri {
  const found = vscode.workspace.workspaceFolders?.find(one => one.name === folder);
  if (found === undefined) throw new Error(`The workspace has no folder ${folder}.`);
  return vscode.Uri.joinPath(found.uri, name);
}

/** Resolves once the first finding of a name that no cell makes has a severity. */
function severityOf(uri: vscode.Uri, wanted: vscode.DiagnosticSeverity): Promise<true> {
  return eventually(`a finding of severity ${wanted} in ${uri.path}`, () => {
    const found = vscode.languages.getDiagnostics(uri).find(each => codeOf(each) === 'undefined-export');
    return found?.severity === wanted ? true : undefined;
  });
}

async function values(uri: vscode.Uri): Promise<string[]> {
  const whole = new vscode.Range(0, 0, 99, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, whole);
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(part => part.value).join('')));
}

const { Error: Fault, Warning, Information } = vscode.DiagnosticSeverity;

describe('a workspace of several folders', () => {
  it('gives each folder its own rules, packages and hints', async () => {
    const [one, two] = [fileIn('one', 'open.qmd'), fileIn('two', 'open.qmd')];
    for (const uri of [one, two]) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await severityOf(one, Fault);
    await severityOf(two, Warning);
    await eventually('values in the first folder', async () => ((await values(one))[0] === '40' ? true : undefined));
    assert.deepEqual(await values(two), []);
    const position = new vscode.Position(1, 20);
    await eventually('the value of the second folder', async () =>
      (await hoverText(two, position)).includes('50') ? true : undefined,
    );
  });

  it('checks the chapters that are not open with the settings of their folder', async () => {
    await severityOf(fileIn('two', 'closed.qmd'), Warning);
  }).timeout(60_000);

  it('follows a setting of one folder, and leaves the other alone', async () => {
    const one = fileIn('one', 'open.qmd');
    const rules = vscode.workspace.getConfiguration('reckoner', one);
    await rules.update('rules', { 'undefined-export': 'info' }, vscode.ConfigurationTarget.WorkspaceFolder);
    await severityOf(one, Information);
    await severityOf(fileIn('two', 'open.qmd'), Warning);
  });

  it('takes the findings of a folder away with it', async () => {
    const closed = fileIn('two', 'closed.qmd');
    const at = vscode.workspace.workspaceFolders!.findIndex(one => one.name === 'two');
    assert.ok(vscode.workspace.updateWorkspaceFolders(at, 1));
    await eventually('the findings to go', () =>
      vscode.languages.getDiagnostics(closed).length === 0 ? true : undefined,
    );
  });
});
