/** What the suites share: opening chapters of the workspace, waiting for what the server says. */
import * as vscode from 'vscode';

export const EXTENSION = 'reckoner.reckoner';

export function fileOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The tests need a workspace folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a chapter afresh: unsaved edits of an earlier test are undone. */
export async function openChapter(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(fileOf(name));
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
  return editor;
}

/** Asks again and again until there is an answer; fails with what it waited for. */
export async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** The findings of a document that have a code, once there is one. */
export function findings(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic[]> {
  return eventually(`a finding ${code}`, () => {
    const found = vscode.languages.getDiagnostics(uri).filter(each => codeOf(each) === code);
    return found.length > 0 ? found : undefined;
  });
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Position of a text in a document, `offset` characters into it. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${text} does not stand in the document.`);
  return document.positionAt(at + offset);
}

/** Text of all hovers at a place. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(hover => hover.contents)
    .map(content => (typeof content === 'string' ? content : content.value))
    .join('\n');
}
