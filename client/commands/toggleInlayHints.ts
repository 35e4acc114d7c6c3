import * as vscode from 'vscode';
import { COMMANDS, SECTION } from '../ids';
import type { Command } from './index';

/** Shows or hides the values behind references, in the workspace where it has that setting, else for the user. */
export const toggleInlayHints: Command = {
  id: COMMANDS.toggleInlayHints,
  run: async () => {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const name = 'inlayHints.enabled';
    const target =
      settings.inspect(name)?.workspaceValue === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    await settings.update(name, !settings.get(name, true), target);
  },
};
