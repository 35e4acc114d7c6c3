import * as vscode from 'vscode';
import { activeChapter } from '../chapters';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** The chapter that a command is about: an argument of the explorer or title menu, else the active editor's. */
export function chapterArgument(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : activeChapter()?.uri;
}

/** Opens the preview in the active column. */
export const openPreview: Command = {
  id: COMMANDS.openPreview,
  run: ({ previews }, argument) => {
    const uri = chapterArgument(argument);
    if (uri === undefined) return vscode.window.showInformationMessage('Open a chapter to preview it.');
    return previews.open(uri, vscode.ViewColumn.Active);
  },
};
