import * as vscode from 'vscode';
import { COMMANDS, SECTION } from '../ids';
import type { Command } from './index';

/** Shows or hides the values behind references: in the folder or the workspace where it has that setting, else for the user. */
export const toggleInlayHints: Command = {
  id: COMMANDS.toggleInlayHints,
  run: () => toggleSetting('inlayHints.enabled', vscode.window.activeTextEditor?.document.uri),
};

/** Changes a setting that is true by default: in the folder or the workspace where it is set, else for the user. */
export async function toggleSetting(name: string, uri: vscode.Uri | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SECTION, uri);
  await settings.update(name, !settings.get(name, true), targetOf(settings.inspect(name)));
}

function targetOf(
  set: { readonly workspaceFolderValue?: unknown; readonly workspaceValue?: unknown } | undefined,
): vscode.ConfigurationTarget {
  if (set?.workspaceFolderValue !== undefined) return vscode.ConfigurationTarget.WorkspaceFolder;
  if (set?.workspaceValue !== undefined) return vscode.ConfigurationTarget.Workspace;
  return vscode.ConfigurationTarget.Global;
}
