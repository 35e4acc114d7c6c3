import * as vscode from 'vscode';
import { COMMANDS, SECTION } from '../ids';
import type { Command } from './index';

/** Shows or hides the values behind references: in the folder or the workspace where it has that setting, else for the user. */
export const toggleInlayHints: Command = {
  id: COMMANDS.toggleInlayHints,
  run: async () => {
    const settings = vscode.workspace.getConfiguration(SECTION, vscode.window.activeTextEditor?.document.uri);
    const name = 'inlayHints.enabled';
    await settings.update(name, !settings.get(name, true), targetOf(settings.inspect(name)));
  },
};

function targetOf(
  set: { readonly workspaceFolderValue?: unknown; readonly workspaceValue?: unknown } | undefined,
): vscode.ConfigurationTarget {
  if (set?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (set?.workspaceValue !== undefined) return vscode.ConfigurationTarget.Workspace;
  return vscode.ConfigurationTarget.Global;
}
