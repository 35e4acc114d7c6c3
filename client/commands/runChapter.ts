import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';
import { chapterArgument } from './openPreview';

/** Runs the cells of a chapter that is suspended because the server ended while it worked on it. */
export const runChapter: Command = {
  id: COMMANDS.runChapter,
  run: ({ server }, argument) => {
    const uri = chapterArgument(argument);
    if (uri !== undefined && server.isHeld(uri)) return server.release(uri);
    return vscode.window.showInformationMessage('The cells of this chapter are being run.');
  },
};
