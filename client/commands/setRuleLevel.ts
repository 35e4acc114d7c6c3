import * as vscode from 'vscode';
import { LEVEL_EDIT, type LevelEditParams } from '../../server/protocol';
import { COMMANDS } from '../ids';
import type { Command } from './index';

const LEVELS: readonly { readonly label: LevelEditParams['level']; readonly description: string }[] = [
  { label: 'off', description: 'The rule reports nothing.' },
  { label: 'hint', description: 'Reported as a hint, without a squiggle.' },
  { label: 'info', description: 'Reported as information.' },
  { label: 'warning', description: 'Reported as a warning.' },
  { label: 'error', description: 'Reported as an error.' },
];

/** Lets the author choose the level of a rule, and writes it into the `.reckoner.yml` of the chapter's project. */
export const setRuleLevel: Command = {
  id: COMMANDS.setRuleLevel,
  run: async ({ server }, code, chapter) => {
    if (typeof code !== 'string' || typeof chapter !== 'string') return undefined;
    const title = `Level of ${code} in this project (.reckoner.yml)`;
    const chosen = await vscode.window.showQuickPick(LEVELS, { title });
    if (chosen === undefined) return undefined;
    const params: LevelEditParams = { uri: chapter, code, level: chosen.label };
    const edit = await server.requestEdit(LEVEL_EDIT, params);
    if (edit === undefined)
      return vscode.window.showWarningMessage('.reckoner.yml is not valid YAML, or cannot be read: mend it first.');
    await vscode.workspace.applyEdit(edit);
    // What the file says counts once it is saved.
    for (const [uri] of edit.entries()) await (await vscode.workspace.openTextDocument(uri)).save();
    return undefined;
  },
};
