import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';
import { chapterArgument } from './openPreview';

/** Opens the preview beside the editor, which keeps the focus. */
export const openPreviewToSide: Command = {
  id: COMMANDS.openPreviewToSide,
  run: ({ previews }, argument) => {
    const uri = chapterArgument(argument);
    if (uri === undefined) return vscode.window.showInformationMessage('Open a chapter to preview it.');
    return previews.open(uri, vscode.ViewColumn.Beside);
  },
};
