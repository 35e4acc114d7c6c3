import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Command } from './index';

/** Ends the server and starts a new one. */
export const restartServer: Command = {
  id: COMMANDS.restartServer,
  run: ({ server, output }) =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Restarting Reckoner' }, async () => {
      output.info('Restarting the server.');
      await server.restart();
    }),
};
