import * as vscode from 'vscode';
import { CHECK_WORKSPACE } from '../../server/protocol';
import { activeChapter } from '../chapters';
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
  run: async ({ notices }) => {
    const chapter = activeChapter();
    const notice = chapter && notices.of(chapter.uri);
    // What helps now comes first, and only once.
    const first = (notice?.actions ?? []).map(({ title, command }) => ({ label: `$(arrow-right) ${title}`, command }));
    const others = ENTRIES.filter(({ command }) => first.every(entry => entry.command !== command));
    const title = notice === undefined ? 'Reckoner' : `Reckoner: ${notice.text}`;
    const chosen = await vscode.window.showQuickPick<Entry>([...first, ...others], { title });
    if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
  },
};
