import * as vscode from 'vscode';
import { DOCTOR } from '../../server/protocol';
import { activeChapter } from '../chapters';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Opens what Reckoner sees of the project of the active chapter as a text, to be pasted into a report. */
export const showReport: Command = {
  id: COMMANDS.showReport,
  run: async () => {
    const chapter = activeChapter();
    if (chapter === undefined)
      return vscode.window.showInformationMessage('Open a chapter of the project that the report is to be about.');
    const content = await vscode.commands.executeCommand<string | null>(DOCTOR, chapter.uri.toString());
    if (content === null) return undefined;
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content });
    return vscode.window.showTextDocument(document);
  },
};
