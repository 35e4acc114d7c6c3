import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { RulePages } from '../rulePages';
import type { Command } from './index';

/** Shows the page of a rule, given by its code, as the editor renders Markdown. */
export const showRule: Command = {
  id: COMMANDS.showRule,
  run: async (_, code) => {
    if (typeof code !== 'string') return;
    const uri = RulePages.uriOf(code);
    const commands = await vscode.commands.getCommands(true);
    if (commands.includes('markdown.showPreview')) await vscode.commands.executeCommand('markdown.showPreview', uri);
    // The editor's own Markdown extension may be disabled.
    else await vscode.window.showTextDocument(uri);
  },
};
