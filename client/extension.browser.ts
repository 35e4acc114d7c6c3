/** Where VS Code enters in a browser. */
import type * as vscode from 'vscode';
import { type Api, activateWith } from './activation';
import { serverWorkers } from './serverWorker';

export function activate(context: vscode.ExtensionContext): Api {
  return activateWith(context, serverWorkers(context));
}
