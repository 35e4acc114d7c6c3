import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Opens the Problems view. */
export const showProblems: Command = {
  id: COMMANDS.showProblems,
  run: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
};
