import * as vscode from 'vscode';
import { PROVENANCE } from '../../server/protocol';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Shows where the number at the cursor comes from. */
export const showProvenance: Command = {
  id: COMMANDS.showProvenance,
  run: ({ sources }) => {
    const editor = vscode.window.activeTextEditor;
    return editor && sources.show(PROVENANCE, editor.document.uri, editor.selection.active);
  },
};
