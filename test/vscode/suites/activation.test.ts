import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../client/ids';
import { EXTENSION, eventually, openChapter } from '../support';

describe('activation', () => {
  it('starts with the first chapter', async () => {
    const editor = await openChapter('trip.qmd');
    assert.equal(editor.document.languageId, 'quarto');
    const extension = await eventually('the extension', () => {
      const found = vscode.extensions.getExtension(EXTENSION);
      return found?.isActive ? found : undefined;
    });
    await (extension.exports as { ready: Promise<void> }).ready;
  });

  it('registers every command that it contributes', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = vscode.extensions.getExtension(EXTENSION)!.packageJSON.contributes.commands as {
      command: string;
    }[];
    for (const { command } of contributed) assert.ok(known.has(command), `${command} is not registered`);
    for (const command of Object.values(COMMANDS)) assert.ok(known.has(command), `${command} is not registered`);
  });

  it('starts a new server on demand', async () => {
    const { document } = await openChapter('trip.qmd');
    await vscode.commands.executeCommand(COMMANDS.restartServer);
    await eventually('findings of the new server', () =>
      vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined,
    );
  });
});
