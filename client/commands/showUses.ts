import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Lists the places where the name at a position of a document is used, as a lens over an export names them. */
export const showUses: Command = {
  id: COMMANDS.showUses,
  run: (_, uri, position) => {
    if (typeof uri !== 'string' || !isPosition(position)) return undefined;
    const at = new vscode.Position(position.line, position.character);
    return vscode.commands.executeCommand('editor.action.findReferences', vscode.Uri.parse(uri), at);
  },
};

function isPosition(value: unknown): value is { readonly line: number; readonly character: number } {
  const { line, character } = (value ?? {}) as { readonly line?: unknown; readonly character?: unknown };
  return typeof line === 'number' && typeof character === 'number';
}
