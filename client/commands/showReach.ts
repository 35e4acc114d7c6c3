import * as vscode from 'vscode';
import { REACH } from '../../server/protocol';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Shows what the number at the cursor reaches. */
export const showReach: Command = {
  id: COMMANDS.showReach,
  run: ({ sources }) => {
    const editor = vscode.window.activeTextEditor;
    return editor && sources.show(REACH, editor.document.uri, editor.selection.active);
  },
};
