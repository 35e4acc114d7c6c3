import * as vscode from 'vscode';
import { CHECK_WORKSPACE } from '../../server/protocol';
import { COMMANDS } from '../ids';
import type { Command } from './index';

interface Entry extends vscode.QuickPickItem {
  readonly command: string;
}

const ENTRIES: readonly Entry[] = [
  { label: '$(warning) Show findings', command: COMMANDS.showProblems },
  { label: '$(open-preview) Open preview to the side', command: COMMANDS.openPreviewToSide },
  { label: '$(symbol-numeric) Show or hide values in the text', command: COMMANDS.toggleInlayHints },
  { label: '$(checklist) Check all chapters of the workspace', command: CHECK_WORKSPACE },
  { label: '$(debug-restart) Restart the server', command: COMMANDS.restartServer },
  { label: '$(output) Show the output', command: COMMANDS.showOutput },
];

/** What a click on the status bar item offers. */
export const showMenu: Command = {
  id: COMMANDS.showMenu,
  run: async () => {
    const chosen = await vscode.window.showQuickPick(ENTRIES, { title: 'Reckoner' });
    if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
  },
};
