import * as vscode from 'vscode';
import { CELL_SNIPPET } from '../../server/protocol';
import { isChapterLanguage } from '../chapters';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Puts a LEGO cell at the cursor, with header and bridge filled, and stops for what is still to be written. */
export const insertCell: Command = {
  id: COMMANDS.insertCell,
  run: async ({ server }) => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isChapterLanguage(editor.document))
      return vscode.window.showInformationMessage('Open the chapter that the cell is to be put into.');
    const { line, character } = editor.selection.active;
    const position = { line, character };
    const text = await server.request<string | null>(CELL_SNIPPET, {
      textDocument: { uri: server.uriOf(editor.document.uri) },
      position,
    });
    if (typeof text !== 'string') return undefined;
    const isEmpty = editor.document.lineAt(line).isEmptyOrWhitespace;
    const at = isEmpty ? editor.document.lineAt(line).range : editor.document.lineAt(line).range.end;
    return editor.insertSnippet(new vscode.SnippetString(isEmpty ? text : `\n\n${text}\n`), at);
  },
};
