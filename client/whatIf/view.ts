/** The view of what is tried: the values, and what follows from them. */
import * as vscode from 'vscode';
import type { CausePlace } from '../../server/protocol';
import { COMMANDS, VIEWS } from '../ids';
import type { Server } from '../server';
import { openCommand } from '../views/place';
import type { WhatIfSession } from './session';

interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  /** `change` for a value that is tried: it can be dropped. */
  readonly context?: 'change';
  readonly place?: CausePlace;
  readonly command?: vscode.Command;
  readonly name?: string;
}

export class WhatIfView implements vscode.Disposable, vscode.TreeDataProvider<Row> {
  readonly #session: WhatIfSession;
  readonly #server: Server;
  readonly #view: vscode.TreeView<Row>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: WhatIfSession, server: Server) {
    this.#session = session;
    this.#server = server;
    this.#view = vscode.window.createTreeView(VIEWS.whatIf, { treeDataProvider: this });
    this.#subscription = session.onChanged(() => {
      this.#view.message = session.result === undefined ? '' : `${session.result.summary}.`;
      this.#changed.fire();
    });
  }

  getChildren(row?: Row): Row[] {
    const { tried, result } = this.#session;
    if (row !== undefined) return [];
    const rows: Row[] = tried.map(({ name, value, was, unit }) => ({
      label: `${name} = ${value}${unit === '' ? '' : ` ${unit}`}`,
      description: `was ${was}`,
      icon: 'beaker',
      context: 'change',
      name,
      command: { command: COMMANDS.whatIf, title: 'Change', arguments: [{ name, value, was, unit }] },
    }));
    if (result === undefined) return rows;
    for (const problem of result.problems) rows.push({ label: problem, icon: 'error' });
    for (const { text, holds, message, place } of result.guards)
      rows.push({
        label: text,
        description: holds ? 'holds' : `breaks: ${message}`,
        icon: holds ? 'pass' : 'shield',
        place,
      });
    for (const { message, appears, place } of result.findings)
      rows.push({ label: message, icon: appears ? 'warning' : 'pass', place });
    for (const { expr, before, after, place } of result.numbers)
      rows.push({
        label: `${before ?? 'no value'} → ${after ?? 'no value'}`,
        description: `${expr}, line ${place.range.start.line + 1}`,
        icon: 'whole-word',
        place,
      });
    return rows;
  }

  getTreeItem({ label, description, icon, context, place, command, name }: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    const chapter = this.#session.chapter;
    item.iconPath = new vscode.ThemeIcon(icon);
    if (description !== undefined) item.description = description;
    if (context !== undefined) item.contextValue = context;
    if (name !== undefined) item.id = name;
    if (command !== undefined) item.command = command;
    else if (place !== undefined && chapter !== undefined) item.command = openCommand(place, chapter, this.#server);
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
