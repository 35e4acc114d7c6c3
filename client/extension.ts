/** Where VS Code enters in Node. */
import type * as vscode from 'vscode';
import { type Api, activateWith } from './activation';
import { serverProcesses } from './serverProcess';

export type { Api } from './activation';

export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, serverProcesses(context));
}
