import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Goes from the number at the cursor to the assumptions and data that it ends in. */
export const goToSource: Command = {
  id: COMMANDS.goToSource,
  run: () => vscode.commands.executeCommand('editor.action.goToImplementation'),
};
